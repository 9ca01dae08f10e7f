#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

#include "buf.h"
#include "utf8.h"

#include "quote_rules.h"
#include "stem.h"

/* A line of a person is matched in a few hundred steps; these bounds are what
 * a hostile one may cost (research: libs.md 7). */
#define MATCH_LIMIT 100000
#define DEPTH_LIMIT 1000
#define HEAP_LIMIT  1024 /* KiB */
/* What an admin's file may add, so that a mistake in it shows at the start
 * and not as slow mail. */
#define PATTERNS_MAX	2000
#define PATTERN_OCTETS	2000
#define JOINED_OCTETS	(64 * 1024) /* of one sign */

/* All patterns of one sign. */
struct sign_rules {
	pcre2_code **codes;
	size_t count, room;
	size_t ours; /* so many of them are not an admin's */
	struct buf joined;
	pcre2_code *as_one;
};

struct quote_rules {
	struct arena *arena; /* of all but the machine code */
	pcre2_match_context *limits;
	pcre2_compile_context *compiling;
	struct sign_rules signs[QUOTE_SIGNS];
	struct stems hints;
	size_t count;
	bool ours_read; /* what comes now is an admin's */
};

struct quote_matcher {
	const struct quote_rules *rules;
	pcre2_match_data *found;
};

/* What the words of a line are. */
enum form {
	FORM_PATTERN,
	/* Patterns that all begin where the line does: ours are tried as one,
	 * so that most lines fail at its first letter. Those that begin with
	 * any letter stay apart, because PCRE2 then sees by itself that a line
	 * lacks the letter they end in; and so do an admin's, because one may
	 * hold what only a whole pattern may. */
	FORM_LINE,
	FORM_WORDS, /* taken as they stand, and tried as one */
	FORM_HINT,
};

/* The name of each sign in the file, and what stands round each of those that
 * are tried as one. */
static const struct {
	const char *name;
	enum form form;
	const char *before, *between, *behind;
} sign_rows[QUOTE_SIGNS] = {
    [QUOTE_VERB] = {.name = "verb"},
    [QUOTE_OPENING] = {.name = "opening"},
    [QUOTE_DATE] = {.name = "date"},
    [QUOTE_DEVICE] = {"device", FORM_LINE, "(?:", ")|(?:", ")"},
    [QUOTE_SENDING] = {"sending", FORM_LINE, "(?:", ")|(?:", ")"},
    [QUOTE_MAKE] = {.name = "make"},
    [QUOTE_FOOTER] = {.name = "footer"},
    [QUOTE_NOTICE] = {.name = "notice"},
    [QUOTE_GREETING] = {.name = "greeting"},
    /* A rule on both sides, or a blank line of nothing on the right. */
    [QUOTE_ORIGINAL] = {"original", FORM_WORDS, "^[\\s\\-_=*—–]{2,}(?:", "|",
	")[\\s\\-_=*—–:：]*$"},
    [QUOTE_FORWARD] = {"forward", FORM_WORDS, "^[\\s\\-_=*—–]*(?:", "|", ")"},
    /* HTML mails leave the names in bold, Hebrew and Arabic ones have marks
     * of direction before them. */
#define NAMES                                                                  \
	FORM_WORDS, "^[\\s*_\\x{200e}\\x{200f}\\x{202a}-\\x{202e}]*(?:", "|",  \
	    ")[\\s*_\\x{200e}\\x{200f}]*[:：]"
    [QUOTE_FROM] = {"from", NAMES},
    [QUOTE_SENT] = {"sent", NAMES},
    [QUOTE_TO] = {"to", NAMES},
    [QUOTE_SUBJECT] = {"subject", NAMES},
    [QUOTE_FIELD] = {"field", NAMES},
    [QUOTE_HINT] = {.name = "hint", .form = FORM_HINT},
};

static void *
take_from_arena(PCRE2_SIZE size, void *arena)
{
	return arena_take(arena, size);
}

static void
leave_to_arena(void *piece, void *arena)
{
	(void)piece;
	(void)arena;
}

static pcre2_general_context *
memory_in(struct arena *arena)
{
	return pcre2_general_context_create(
	    take_from_arena, leave_to_arena, arena);
}

static pcre2_code *
compile(const struct quote_rules *rules, struct span pattern, const char **why_r)
{
	const uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS |
	    PCRE2_NO_UTF_CHECK | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOTALL;
	int error;
	size_t offset;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern.at, pattern.len,
	    options, &error, &offset, rules->compiling);

	if (code == NULL) {
		PCRE2_UCHAR words[120] = "";

		pcre2_get_error_message(error, words, sizeof words);
		*why_r = arena_print(rules->arena, "at octet %zu of \"%.*s\": %s",
		    offset, (int)pattern.len, pattern.at, (char *)words);
		return NULL;
	}
	/* Where no memory may be both written and run this fails, and
	 * pcre2_match() then takes the interpreter by itself. */
	pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	return code;
}

static int
add_pattern(struct quote_rules *rules, struct sign_rules *sign,
    struct span pattern, const char **why_r)
{
	pcre2_code *code = compile(rules, pattern, why_r);

	if (code == NULL)
		return -1;
	if (sign->count == sign->room) {
		size_t room = sign->room ? 2 * sign->room : 16;
		pcre2_code **more =
		    arena_take_many(rules->arena, room, sizeof(pcre2_code *));

		for (size_t i = 0; i < sign->count; i++)
			more[i] = sign->codes[i];
		sign->codes = more;
		sign->room = room;
	}
	sign->codes[sign->count++] = code;
	return 0;
}

/* Makes room in what is tried as one, and sets it off from what is there. */
static int
begin_joined(struct sign_rules *sign, const char *between, size_t octets,
    const char **why_r)
{
	if (sign->joined.len + octets > JOINED_OCTETS) {
		*why_r = "there are too many words of this kind";
		return -1;
	}
	if (sign->joined.len > 0)
		buf_add_text(&sign->joined, between);
	return 0;
}

/* All that means something to PCRE2 is masked; a blank is any blank, since
 * clients put no-break ones there. */
static void
mask_words(struct buf *out, struct span words)
{
	for (size_t i = 0; i < words.len; i++) {
		int c = (unsigned char)words.at[i];

		if (c == ' ') {
			buf_add_text(out, "\\s");
			continue;
		}
		if (c < 0x80 && !ascii_alpha(c) && !ascii_digit(c))
			buf_put(out, '\\');
		buf_put(out, (char)c);
	}
}

static int
add_to_sign(struct quote_rules *rules, int sign, struct span text,
    const char **why_r)
{
	struct sign_rules *to = &rules->signs[sign];
	const char *between = sign_rows[sign].between;

	switch (sign_rows[sign].form) {
	case FORM_PATTERN:
		break;
	case FORM_LINE:
		if (rules->ours_read || span_begins(text, "^."))
			break;
		if (begin_joined(to, between, text.len, why_r) < 0)
			return -1;
		buf_add(&to->joined, text);
		return 0;
	case FORM_WORDS:
		if (begin_joined(to, between, 4 * text.len, why_r) < 0)
			return -1;
		mask_words(&to->joined, text);
		return 0;
	case FORM_HINT:
		if (stems_add(&rules->hints, text))
			return 0;
		*why_r = "a hint has four octets at least, "
			 "and there are not too many";
		return -1;
	}
	return add_pattern(rules, to, text, why_r);
}

/* The next word of the line, and the blanks behind it. */
static struct span
take_word(struct span *line)
{
	struct span word = {line->at, 0};

	while (word.len < line->len &&
	       !ascii_blank((unsigned char)line->at[word.len]))
		word.len++;
	*line = span_trim(
	    span_from(line->at + word.len, line->at + line->len));
	return word;
}

static int
find_sign(struct span name)
{
	for (int i = 0; i < QUOTE_SIGNS; i++) {
		if (span_is(name, sign_rows[i].name))
			return i;
	}
	return -1;
}

static int
add_line(struct quote_rules *rules, struct span line, const char **why_r)
{
	struct span name;
	int sign;

	line = span_trim(line);
	if (line.len == 0 || line.at[0] == '#')
		return 0;
	if (line.len > PATTERN_OCTETS || !utf8_valid(line)) {
		*why_r = "the line is too long or not UTF-8";
		return -1;
	}
	name = take_word(&line);
	sign = find_sign(name);
	if (sign < 0) {
		*why_r = arena_print(rules->arena,
		    "\"%.*s\" is no kind of a sign", (int)name.len, name.at);
		return -1;
	}
	if (take_word(&line).len == 0 || line.len == 0) {
		*why_r = "a kind, a language and a pattern are wanted";
		return -1;
	}
	if (rules->count++ >= PATTERNS_MAX) {
		*why_r = "there are too many patterns";
		return -1;
	}
	return add_to_sign(rules, sign, line, why_r);
}

/* Words are masked, and what else is joined is ours, so that only a fault of
 * ours, which the first test shows, keeps them from compiling. */
static void
compile_joined(struct quote_rules *rules)
{
	for (int i = 0; i < QUOTE_SIGNS; i++) {
		struct sign_rules *sign = &rules->signs[i];
		struct buf whole = buf_in(rules->arena);
		const char *why;

		if (sign->joined.len == 0)
			continue;
		buf_add_text(&whole, sign_rows[i].before);
		buf_add(&whole, buf_span(&sign->joined));
		buf_add_text(&whole, sign_rows[i].behind);
		pcre2_code_free(sign->as_one);
		sign->as_one = compile(rules, buf_span(&whole), &why);
		if (sign->as_one == NULL)
			abort();
	}
}

struct quote_rules *
quote_rules_new(void)
{
	struct arena *arena = arena_new(0);
	struct quote_rules *rules = arena_take(arena, sizeof *rules);
	pcre2_general_context *memory = memory_in(arena);
	const char *why;

	*rules = (struct quote_rules){.arena = arena};
	rules->compiling = pcre2_compile_context_create(memory);
	rules->limits = pcre2_match_context_create(memory);
	pcre2_set_match_limit(rules->limits, MATCH_LIMIT);
	pcre2_set_depth_limit(rules->limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(rules->limits, HEAP_LIMIT);
	for (int i = 0; i < QUOTE_SIGNS; i++)
		rules->signs[i].joined = buf_in(arena);
	/* These are our own: one that does not compile is a fault of the
	 * build, which its first test shows. */
	for (size_t i = 0; quote_builtin[i] != NULL; i++) {
		if (add_line(rules, span_of(quote_builtin[i]), &why) < 0)
			abort();
	}
	for (int i = 0; i < QUOTE_SIGNS; i++)
		rules->signs[i].ours = rules->signs[i].count;
	rules->ours_read = true;
	compile_joined(rules);
	return rules;
}

int
quote_rules_add(struct quote_rules *rules, struct span text, size_t *line_r,
    const char **why_r)
{
	const char *at = text.at, *end = text.at + text.len;

	for (size_t line = 1; at < end; line++) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));

		if (add_line(rules, span_from(at, stop ? stop : end), why_r) <
		    0) {
			*line_r = line;
			return -1;
		}
		at = stop ? stop + 1 : end;
	}
	compile_joined(rules);
	return 0;
}

void
quote_rules_free(struct quote_rules *rules)
{
	if (rules == NULL)
		return;
	/* The machine code lies outside the arena. */
	for (int i = 0; i < QUOTE_SIGNS; i++) {
		for (size_t k = 0; k < rules->signs[i].count; k++)
			pcre2_code_free(rules->signs[i].codes[k]);
		pcre2_code_free(rules->signs[i].as_one);
	}
	arena_free(rules->arena);
}

struct quote_matcher *
quote_matcher_new(struct arena *arena, const struct quote_rules *rules)
{
	struct quote_matcher *matcher = arena_take(arena, sizeof *matcher);

	matcher->rules = rules;
	matcher->found = pcre2_match_data_create(1, memory_in(arena));
	return matcher;
}

static bool
matches(const struct quote_matcher *matcher, const pcre2_code *code,
    struct span text)
{
	return pcre2_match(code, (PCRE2_SPTR)text.at, text.len, 0,
		   PCRE2_NO_UTF_CHECK, matcher->found,
		   matcher->rules->limits) >= 0;
}

bool
quote_matches(
    const struct quote_matcher *matcher, enum quote_sign sign, struct span text)
{
	const struct sign_rules *rules = &matcher->rules->signs[sign];
	size_t i = 0;

	/* PCRE2 takes our word for it. */
	if (!utf8_valid(text))
		return false;
	if (rules->as_one != NULL && matches(matcher, rules->as_one, text))
		return true;
	/* Patterns of notices are many, and look through whole paragraphs;
	 * nearly all paragraphs hold no word that they want. */
	if (sign == QUOTE_NOTICE && !stems_in(&matcher->rules->hints, text))
		i = rules->ours;
	for (; i < rules->count; i++) {
		if (matches(matcher, rules->codes[i], text))
			return true;
	}
	return false;
}
