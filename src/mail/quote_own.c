#include <stdint.h>

#include "buf.h"
#include "utf8.h"

#include "quote_own.h"

/* So many words in a row must be ours before one of them counts: three are
 * said by chance, as "to this mail". */
#define SHINGLE 4
/* What is compared, at most. The rest of a longer reply is new text, the rest
 * of our own texts is not known. */
#define WORDS_MAX     20000
#define OWN_WORDS_MAX 50000
/* A tail of so few words of ours may be the person's own answer in our words,
 * as somebody does who is asked to say something. */
#define TAIL_WORDS 12
/* Between the person's lines the proof must be stronger. */
#define RUN_WORDS 30
#define RUN_LINES 3
/* A line of a footer that changed in between, as the ticket's state does. */
#define PARTLY_WORDS 10
/* How far above our words their attribution or header may begin. */
#define ABOVE_LINES 8

#define SEED  UINT64_C(0xcbf29ce484222325) /* FNV-1a */
#define PRIME UINT64_C(0x100000001b3)

enum whose {
	WHOSE_OURS = 1,
	WHOSE_SPEAKERS = 2,
};

struct word {
	uint64_t hash;
	size_t line;
	unsigned whose; /* of enum whose: part of a shingle of theirs */
};

struct words {
	struct word *list;
	size_t count, most;
};

struct line {
	struct span text;
	size_t words, known, ours;
	bool gone;
};

/* The shingles of all own texts, by their hash; 0 is an empty place. */
struct known {
	uint64_t *keys;
	unsigned char *whose;
	size_t mask;
};

struct compared {
	struct line *lines;
	size_t count;
};

/* ---- words --------------------------------------------------------------- */

/* Scripts that set no blanks between words: each character is one, so that
 * lines may be wrapped anywhere. */
static bool
stands_alone(uint32_t c)
{
	return (c >= 0x0e00 && c <= 0x0edf) || (c >= 0x2e80 && c <= 0x9fff) ||
	       (c >= 0xf900 && c <= 0xfaff) || (c >= 0x20000 && c <= 0x3ffff);
}

/* Marks and blanks that clients change: quotation marks, bullets, no-break
 * blanks, marks of direction, wide punctuation. */
static bool
is_gap(uint32_t c)
{
	if (c < 0x80)
		return !ascii_alpha((int)c) && !ascii_digit((int)c);
	return c == UTF8_BAD || (c >= 0x80 && c <= 0xbf) ||
	       (c >= 0x2000 && c <= 0x206f) || (c >= 0x2190 && c <= 0x27ff) ||
	       (c >= 0x3000 && c <= 0x3004) || (c >= 0x3008 && c <= 0x3020) ||
	       c == 0xfeff || (c >= 0xff00 && c <= 0xff0f) ||
	       (c >= 0xff1a && c <= 0xff20);
}

static void
end_word(struct words *words, uint64_t *hash, size_t line)
{
	if (*hash != SEED && words->count < words->most)
		words->list[words->count++] = (struct word){*hash, line, 0};
	*hash = SEED;
}

/* Adds the words of `text`, all of them as of `line`. */
static void
add_words(struct words *words, struct span text, size_t line)
{
	uint64_t hash = SEED;

	for (size_t i = 0, len; i < text.len; i += len) {
		uint32_t c = utf8_read(
		    (struct span){text.at + i, text.len - i}, &len);

		if (is_gap(c)) {
			end_word(words, &hash, line);
			continue;
		}
		if (stands_alone(c))
			end_word(words, &hash, line);
		if (c < 0x80)
			c = (uint32_t)ascii_lower((int)c);
		hash = (hash ^ c) * PRIME;
		if (stands_alone(c))
			end_word(words, &hash, line);
	}
	end_word(words, &hash, line);
}

static struct words
words_for(struct arena *arena, size_t octets, size_t most)
{
	struct words words = {NULL, 0, octets < most ? octets : most};

	words.list = arena_take_many(
	    arena, words.most + 1, sizeof *words.list);
	return words;
}

static uint64_t
shingle_at(const struct word *words)
{
	uint64_t hash = SEED;

	for (size_t i = 0; i < SHINGLE; i++)
		hash = (hash ^ words[i].hash) * PRIME;
	return hash | 1; /* never the empty place */
}

/* ---- what is ours -------------------------------------------------------- */

static size_t
place_of(const struct known *known, uint64_t key)
{
	size_t at = (size_t)(key >> 20) & known->mask;

	while (known->keys[at] != 0 && known->keys[at] != key)
		at = (at + 1) & known->mask;
	return at;
}

static struct known
know(struct arena *arena, const struct own_text *own, size_t count)
{
	struct known known = {.mask = 1023};
	struct words words;
	size_t octets = 0, left = OWN_WORDS_MAX;

	for (size_t i = 0; i < count; i++)
		octets += own[i].text.len;
	/* Half empty, whatever the texts hold. */
	while (known.mask < 2 * octets && known.mask < 2 * OWN_WORDS_MAX)
		known.mask = known.mask * 2 + 1;
	known.keys =
	    arena_take_many(arena, known.mask + 1, sizeof *known.keys);
	known.whose = arena_take(arena, known.mask + 1);
	memset(known.keys, 0, (known.mask + 1) * sizeof *known.keys);
	memset(known.whose, 0, known.mask + 1);
	words = words_for(arena, octets, OWN_WORDS_MAX);
	for (size_t i = 0; i < count; i++) {
		words.count = 0;
		words.most = words.most < left ? words.most : left;
		add_words(&words, own[i].text, 0);
		left -= words.count;
		for (size_t w = 0; w + SHINGLE <= words.count; w++) {
			uint64_t key = shingle_at(words.list + w);
			size_t at = place_of(&known, key);

			known.keys[at] = key;
			known.whose[at] |=
			    own[i].speakers ? WHOSE_SPEAKERS : WHOSE_OURS;
		}
	}
	return known;
}

/* ---- the reply ----------------------------------------------------------- */

static struct compared
compare(struct arena *arena, struct span text, const struct known *known)
{
	struct compared out = {NULL, 1};
	struct words words = words_for(arena, text.len, WORDS_MAX);
	const char *at = text.at, *end = text.at + text.len;

	for (size_t i = 0; i < text.len; i++)
		out.count += text.at[i] == '\n';
	out.lines = arena_take_many(arena, out.count, sizeof *out.lines);
	for (size_t i = 0; i < out.count; i++) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));

		out.lines[i] = (struct line){
		    .text = span_from(at, stop ? stop : end)};
		add_words(&words, out.lines[i].text, i);
		/* What is beyond the bound counts as the person's. */
		if (words.count == words.most)
			out.lines[i].words++;
		at = stop ? stop + 1 : end;
	}
	for (size_t i = 0; i + SHINGLE <= words.count; i++) {
		unsigned whose =
		    known->whose[place_of(known, shingle_at(words.list + i))];

		for (size_t k = 0; whose != 0 && k < SHINGLE; k++)
			words.list[i + k].whose |= whose;
	}
	for (size_t i = 0; i < words.count; i++) {
		struct line *line = &out.lines[words.list[i].line];

		line->words++;
		line->known += words.list[i].whose != 0;
		line->ours += (words.list[i].whose & WHOSE_OURS) != 0;
	}
	return out;
}

static bool
is_known(const struct line *line)
{
	return line->words > 0 && line->known == line->words;
}

static bool
is_partly_known(const struct line *line)
{
	return line->words <= PARTLY_WORDS && 2 * line->known >= line->words;
}

/* The run of known lines that ends before line `end` begins here; it begins
 * with words that are ours. `stop_r`: no run that ends above has a line from
 * there on. */
static size_t
run_begins(const struct compared *c, size_t end, size_t *words_r,
    size_t *stop_r)
{
	size_t at = end, begins = end, words = 0, candidate = 0;

	*words_r = 0;
	while (at > 0) {
		const struct line *line = &c->lines[at - 1];

		if (!is_known(line) && line->words > 0 &&
		    (at == end || !is_partly_known(line)))
			break;
		at--;
		candidate += line->ours;
		if (is_known(line) && line->ours == line->words) {
			begins = at;
			words = candidate;
		}
	}
	*words_r = words;
	*stop_r = at;
	return begins;
}

/* Whether a line tells when or from whom: an address, or a date and a time. */
static bool
tells_whom(struct span s)
{
	size_t numbers = 0;
	bool inside = false;

	for (size_t i = 0; i < s.len; i++) {
		bool digit = ascii_digit((unsigned char)s.at[i]);

		if (s.at[i] == '@')
			return true;
		numbers += digit && !inside;
		inside = digit;
	}
	return numbers >= 4;
}

static bool
ends_in_colon(struct span s)
{
	s = span_trim(s);
	while (s.len > 3 && s.at[s.len - 3] == '\xe2' &&
	       s.at[s.len - 2] == '\x80')
		s.len -= 3;
	return s.len > 0 &&
	       (s.at[s.len - 1] == ':' ||
		   (s.len >= 3 && memcmp(s.at + s.len - 3, "：", 3) == 0));
}

/* A field of a header in whatever language: "Name: value". */
static bool
is_field(struct span s)
{
	const char *colon;
	size_t len = s.len < 60 ? s.len : 60;

	colon = len > 0 ? memchr(s.at, ':', len) : NULL;
	return colon != NULL || (len > 0 && memmem(s.at, len, "：", 3));
}

/* The subject that we gave: "[#1234] ...". */
static bool
is_our_subject(struct span s)
{
	const char *mark = s.len > 3 ? memmem(s.at, s.len, "[#", 2) : NULL;

	return mark != NULL && mark + 2 < s.at + s.len &&
	       ascii_digit((unsigned char)mark[2]);
}

/* Where the attribution or the header block begins that stands above line
 * `from`, which is ours; `from` when there is none. */
static size_t
above(const struct compared *c, size_t from)
{
	size_t last = from, found = from, first, fields = 0;
	bool whom = false, subject = false;

	while (last > 0 && c->lines[last - 1].words == 0)
		last--;
	if (last == 0)
		return from;
	if (ends_in_colon(c->lines[last - 1].text)) {
		for (first = last; first > 0 && last - first < 3; first--) {
			if (c->lines[first - 1].words == 0)
				break;
			if (tells_whom(c->lines[first - 1].text))
				found = first - 1;
			else if (found < from)
				break;
		}
		if (found < from)
			return found;
	}
	for (first = last; first > 0 && last - first < ABOVE_LINES; first--) {
		struct span s = c->lines[first - 1].text;

		if (!is_field(s))
			break;
		fields++;
		whom |= tells_whom(s);
		subject |= is_our_subject(s);
	}
	return fields >= 3 && whom && subject ? first : from;
}

/* Marks the lines that go; whether there are any. A reply that quotes us at
 * its end quotes us between its lines too. */
static bool
mark(struct compared *c)
{
	size_t end = c->count;
	bool any = false, tail = true;

	while (end > 0) {
		size_t words, stop;
		size_t from = run_begins(c, end, &words, &stop);

		if (from < end &&
		    (tail || any ? words >= TAIL_WORDS
			  : words >= RUN_WORDS && end - from >= RUN_LINES)) {
			from = above(c, from);
			for (size_t i = from; i < end; i++)
				c->lines[i].gone = any = true;
		}
		/* On to the next line that is not the person's; each line is
		 * looked at once. */
		end = from < stop ? from : stop < end ? stop : end - 1;
		while (end > 0 && !is_known(&c->lines[end - 1]))
			end--;
		tail = false;
	}
	return any;
}

struct span
quote_without_own(struct arena *arena, struct span new_text,
    const struct own_text *own, size_t count)
{
	struct known known;
	struct compared c;
	struct buf out = buf_in(arena);
	struct span kept;
	bool gap = false;

	if (new_text.len == 0 || count == 0)
		return new_text;
	known = know(arena, own, count);
	c = compare(arena, new_text, &known);
	if (!mark(&c))
		return new_text;
	for (size_t i = 0; i < c.count; i++) {
		gap |= c.lines[i].gone;
		if (c.lines[i].gone ||
		    (gap && span_trim(c.lines[i].text).len == 0))
			continue;
		if (gap && out.len > 1 && out.at[out.len - 2] != '\n')
			buf_put(&out, '\n');
		gap = false;
		buf_add(&out, c.lines[i].text);
		buf_put(&out, '\n');
	}
	kept = buf_span(&out);
	while (kept.len > 0 &&
	       ascii_blank((unsigned char)kept.at[kept.len - 1]))
		kept.len--;
	while (kept.len > 0 && kept.at[0] == '\n') {
		kept.at++;
		kept.len--;
	}
	return kept;
}
