#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

#include "buf.h"
#include "utf8.h"

#include "quote_rules.h"

/* A line of a person is matched in a few hundred steps; these bounds are what
 * a hostile one may cost (research: libs.md 7). */
#define MATCH_LIMIT 100000
#define DEPTH_LIMIT 1000
#define HEAP_LIMIT  1024 /* KiB */
/* What an admin's file may add, so that a mistake in it shows at the start
 * and not as slow mail. */
#define PATTERNS_MAX	2000
#define PATTERN_OCTETS	2000
#define WORDS_OCTETS	(64 * 1024) /* of one sign */

/* All patterns of one sign. Words are one alternation: it is anchored, so
 * that most lines fail at its first letter. */
struct sign_rules {
	pcre2_code **codes;
	size_t count, room;
	struct buf words;
	pcre2_code *of_words;
};

struct quote_rules {
	struct arena *arena; /* of all but the machine code */
	pcre2_match_context *limits;
	pcre2_compile_context *compiling;
	struct sign_rules signs[QUOTE_SIGNS];
	size_t count;
};

struct quote_matcher {
	const struct quote_rules *rules;
	pcre2_match_data *found;
};

/* The name of each sign in the file, and what stands round its words. */
static const struct {
	const char *name, *before, *behind;
} sign_rows[QUOTE_SIGNS] = {
    [QUOTE_VERB] = {"verb", NULL, NULL},
    [QUOTE_OPENING] = {"opening", NULL, NULL},
    [QUOTE_DATE] = {"date", NULL, NULL},
    [QUOTE_DEVICE] = {"device", NULL, NULL},
    [QUOTE_FOOTER] = {"footer", NULL, NULL},
    [QUOTE_NOTICE] = {"notice", NULL, NULL},
    [QUOTE_GREETING] = {"greeting", NULL, NULL},
    /* A rule on both sides, or a blank line of nothing on the right. */
    [QUOTE_ORIGINAL] = {"original", "^[\\s\\-_=*—–]{2,}(?:",
	")[\\s\\-_=*—–:：]*$"},
    [QUOTE_FORWARD] = {"forward", "^[\\s\\-_=*—–]*(?:", ")"},
    /* HTML mails leave the names in bold, Hebrew and Arabic ones have marks
     * of direction before them. */
#define BEFORE_NAME "^[\\s*_\\x{200e}\\x{200f}\\x{202a}-\\x{202e}]*(?:"
#define BEHIND_NAME ")[\\s*_\\x{200e}\\x{200f}]*[:：]"
    [QUOTE_FROM] = {"from", BEFORE_NAME, BEHIND_NAME},
    [QUOTE_SENT] = {"sent", BEFORE_NAME, BEHIND_NAME},
    [QUOTE_TO] = {"to", BEFORE_NAME, BEHIND_NAME},
    [QUOTE_SUBJECT] = {"subject", BEFORE_NAME, BEHIND_NAME},
    [QUOTE_FIELD] = {"field", BEFORE_NAME, BEHIND_NAME},
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

/* Words are taken as they stand: all that means something to PCRE2 is masked;
 * a blank is any blank, since clients put no-break ones there. */
static int
add_words(struct sign_rules *sign, struct span words, const char **why_r)
{
	struct buf *out = &sign->words;

	if (out->len + 4 * words.len > WORDS_OCTETS) {
		*why_r = "there are too many words of this kind";
		return -1;
	}
	if (out->len > 0)
		buf_put(out, '|');
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
	return 0;
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
	return sign >= QUOTE_ORIGINAL
	    ? add_words(&rules->signs[sign], line, why_r)
	    : add_pattern(rules, &rules->signs[sign], line, why_r);
}

/* Makes the words of each sign one pattern. They are masked, so that only a
 * fault of ours, which the first test shows, keeps them from compiling. */
static void
compile_words(struct quote_rules *rules)
{
	for (int i = QUOTE_ORIGINAL; i < QUOTE_SIGNS; i++) {
		struct sign_rules *sign = &rules->signs[i];
		struct buf whole = buf_in(rules->arena);
		const char *why;

		buf_add_text(&whole, sign_rows[i].before);
		buf_add(&whole, buf_span(&sign->words));
		buf_add_text(&whole, sign_rows[i].behind);
		pcre2_code_free(sign->of_words);
		sign->of_words = compile(rules, buf_span(&whole), &why);
		if (sign->of_words == NULL)
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
		rules->signs[i].words = buf_in(arena);
	/* These are our own: one that does not compile is a fault of the
	 * build, which its first test shows. */
	for (size_t i = 0; quote_builtin[i] != NULL; i++) {
		if (add_line(rules, span_of(quote_builtin[i]), &why) < 0)
			abort();
	}
	compile_words(rules);
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
	compile_words(rules);
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
		pcre2_code_free(rules->signs[i].of_words);
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

	if (rules->of_words != NULL)
		return matches(matcher, rules->of_words, text);
	for (size_t i = 0; i < rules->count; i++) {
		if (matches(matcher, rules->codes[i], text))
			return true;
	}
	return false;
}
