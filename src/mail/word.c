#include <config.h>

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "span.h"

#include "charset.h"
#include "flag.h"
#include "transfer.h"
#include "word.h"

#define CHARSET_MAX 60 /* longer than any name and language */

struct word {
	struct span charset;
	char encoding; /* 'b' or 'q' */
	struct span text;
	const char *end; /* what follows the word */
};

/* Reads `=?charset?encoding?text?=` at the start of `text`. `no_end` is set
 * once a text has no "?=" any more, so that it is not sought again and
 * again. */
static bool
read_word(struct span text, bool *no_end, struct word *word)
{
	const char *end = text.at + text.len;
	const char *at = text.at + 2, *mark;

	if (text.len < 8 || text.at[0] != '=' || text.at[1] != '?')
		return false;
	mark = memchr(at, '?',
	    (size_t)(end - at) < CHARSET_MAX ? (size_t)(end - at)
					     : CHARSET_MAX);
	if (mark == NULL || mark == at || end - mark < 5 || mark[2] != '?')
		return false;
	word->charset = span_from(at, mark);
	word->encoding = (char)ascii_lower((unsigned char)mark[1]);
	if (word->encoding != 'b' && word->encoding != 'q')
		return false;
	at = mark + 3;
	mark = *no_end ? NULL : memmem(at, (size_t)(end - at), "?=", 2);
	if (mark == NULL) {
		*no_end = true;
		return false;
	}
	word->text = span_from(at, mark);
	word->end = mark + 2;
	return true;
}

size_t
word_length(struct span text)
{
	const char *end = text.at + text.len;
	int marks = 0;

	if (text.len < 8 || text.at[1] != '?')
		return 0;
	for (const char *at = text.at + 2; at < end; at++) {
		if (ascii_blank((unsigned char)*at))
			return 0;
		if (*at == '?' && ++marks > 2)
			return at + 1 < end && at[1] == '='
				   ? (size_t)(at + 2 - text.at)
				   : 0;
	}
	return 0;
}

/* Words that follow one another in one charset: their octets are converted
 * together, because many programs cut a text between two octets of one
 * character, and base64 between two letters of one group. */
struct run {
	struct span charset;
	char encoding;
	struct buf encoded;
	struct buf octets;
};

static void
run_decode(struct arena *arena, struct run *run, struct flags *flags)
{
	struct span encoded = buf_span(&run->encoded);

	if (encoded.len == 0)
		return;
	buf_add(&run->octets,
	    run->encoding == 'b'
		? transfer_base64(arena, encoded, flags)
		: transfer_quoted_printable(arena, encoded, true, flags));
	run->encoded.len = 0;
}

static void
run_flush(
    struct arena *arena, struct run *run, struct buf *out, struct flags *flags)
{
	run_decode(arena, run, flags);
	if (run->octets.len > 0)
		buf_add(out, charset_to_utf8(arena, buf_span(&run->octets),
				 run->charset, flags));
	*run = (struct run){.encoded = buf_in(arena), .octets = buf_in(arena)};
}

static bool
same_word(struct span a, struct span b)
{
	if (a.len != b.len)
		return false;
	for (size_t i = 0; i < a.len; i++)
		if (ascii_lower((unsigned char)a.at[i]) !=
		    ascii_lower((unsigned char)b.at[i]))
			return false;
	return true;
}

static void
run_add(struct arena *arena, struct run *run, const struct word *word,
    struct buf *out, struct flags *flags)
{
	if (run->encoding != 0 && !same_word(run->charset, word->charset))
		run_flush(arena, run, out, flags);
	else if (run->encoding != word->encoding ||
		 (run->encoded.len % 4 == 0) || run->encoding == 'q')
		run_decode(arena, run, flags);
	run->charset = word->charset;
	run->encoding = word->encoding;
	buf_add(&run->encoded, word->text);
}

static void
add_plain(
    struct arena *arena, struct buf *out, struct span text, struct flags *flags)
{
	buf_add(out, charset_to_utf8(arena, text, (struct span){"", 0}, flags));
}

struct span
word_decode(
    struct arena *arena, struct span text, size_t limit, struct flags *flags)
{
	struct buf out = buf_in(arena);
	struct run run = {.encoded = buf_in(arena), .octets = buf_in(arena)};
	const char *end, *plain = text.at, *at = text.at;
	bool no_end = false;
	size_t count = 0;

	if (text.len == 0)
		return (struct span){"", 0};
	end = at + text.len;
	while ((at = memmem(at, (size_t)(end - at), "=?", 2)) != NULL) {
		struct span between = span_from(plain, at);
		struct word word;

		if (!read_word(span_from(at, end), &no_end, &word)) {
			flag_raise(flags, FLAG_BAD_WORD);
			at += 2;
			continue;
		}
		if (count++ == limit) {
			flag_raise(flags, FLAG_LIMIT_WORDS);
			break;
		}
		/* Blanks between two words belong to neither. */
		if (run.encoding == 0 || span_trim(between).len > 0) {
			run_flush(arena, &run, &out, flags);
			add_plain(arena, &out, between, flags);
		}
		run_add(arena, &run, &word, &out, flags);
		plain = at = word.end;
	}
	run_flush(arena, &run, &out, flags);
	add_plain(arena, &out, span_from(plain, end), flags);
	return buf_span(&out);
}
