#include <check.h>
#include <string.h>

#include "buf.h"
#include "utf8.h"

#include "read_back.h"

/* The header, unfolded: each field ends with \n. */
const char *
read_back_header(struct arena *arena, struct span octets)
{
	struct buf out = buf_in(arena);

	for (size_t i = 0; i < octets.len; i++) {
		if (octets.at[i] == '\r')
			continue;
		if (octets.at[i] == '\n') {
			if (octets.at[i + 1] == '\r')
				break;
			if (octets.at[i + 1] == ' ')
				continue;
		}
		buf_put(&out, octets.at[i]);
	}
	buf_put(&out, '\n');
	return buf_text(&out);
}

/* A field's body; NULL when it is not there, or is there twice. */
const char *
read_back_field(struct arena *arena, const char *header, const char *name)
{
	const char *found = NULL;
	const char *prefix = arena_print(arena, "%s:", name);

	for (const char *line = header; *line != '\0';
	     line = strchr(line, '\n') + 1) {
		if (strncmp(line, prefix, strlen(prefix)) != 0)
			continue;
		if (found != NULL)
			return NULL;
		line += strlen(prefix);
		found = arena_copy(
		    arena, span_trim(span_from(line, strchr(line, '\n'))));
	}
	return found;
}

static int
digit_of(char c)
{
	const char *digits = "0123456789ABCDEF";
	const char *found = strchr(digits, c);

	return c != '\0' && found != NULL ? (int)(found - digits) : -1;
}

void
read_back_base64(struct buf *out, struct span text)
{
	const char *letters = "ABCDEFGHIJKLMNOPQRSTUVWXYZ"
			      "abcdefghijklmnopqrstuvwxyz0123456789+/";
	unsigned bits = 0, held = 0;

	for (size_t i = 0; i < text.len; i++) {
		const char *found = strchr(letters, text.at[i]);

		if (found == NULL || *found == '\0')
			continue;
		bits = bits << 6 | (unsigned)(found - letters);
		held += 6;
		if (held >= 8) {
			held -= 8;
			buf_put(out, (char)(bits >> held & 255));
		}
	}
}

/* Quoted-printable as in bodies, and, with `underscore`, as in Q words. */
void
read_back_quoted(struct buf *out, struct span text, bool underscore)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (c == '=' && text.at[i + 1] == '\r') {
			i += 2;
		} else if (c == '=') {
			ck_assert(digit_of(text.at[i + 1]) >= 0);
			buf_put(out, (char)(digit_of(text.at[i + 1]) * 16 +
					    digit_of(text.at[i + 2])));
			i += 2;
		} else if (c == '_' && underscore) {
			buf_put(out, ' ');
		} else if (c != '\r') {
			buf_put(out, c);
		}
	}
}

/* RFC 2047: words between blanks; blanks between two encoded ones vanish.
 * Each word is UTF-8 by itself. */
const char *
read_back_words(struct arena *arena, const char *body)
{
	struct buf out = buf_in(arena);
	bool after_word = false;

	while (*body != '\0') {
		size_t blanks = strspn(body, " ");
		size_t len = strcspn(body + blanks, " ");
		struct span word = {body + blanks, len};
		bool is_word = span_begins(word, "=?utf-8?") && len > 12;
		size_t before = out.len;

		if (!(is_word && after_word))
			buf_add(&out, (struct span){body, blanks});
		before = out.len;
		if (is_word) {
			struct span inner = {word.at + 10, len - 12};

			ck_assert_uint_le(len, 75);
			if (word.at[8] == 'Q')
				read_back_quoted(&out, inner, true);
			else
				read_back_base64(&out, inner);
			ck_assert(utf8_valid(
			    (struct span){out.at + before, out.len - before}));
		} else {
			buf_add(&out, word);
		}
		after_word = is_word;
		body += blanks + len;
	}
	return buf_text(&out);
}

void
read_back_lines(struct span octets, size_t longest)
{
	size_t column = 0;

	for (size_t i = 0; i < octets.len; i++) {
		unsigned char c = (unsigned char)octets.at[i];

		if (c == '\n') {
			ck_assert(i > 0 && octets.at[i - 1] == '\r');
			column = 0;
			continue;
		}
		ck_assert_uint_lt(c, 0x7f);
		if (c != '\r')
			ck_assert_uint_le(++column, longest);
	}
	ck_assert_uint_eq(column, 0);
}

const char *
read_back_names(struct arena *arena, const char *header)
{
	struct buf out = buf_in(arena);

	for (const char *line = header; *line != '\0';
	     line = strchr(line, '\n') + 1) {
		buf_add(&out, (struct span){line, strcspn(line, ":\n")});
		buf_put(&out, ' ');
	}
	return buf_text(&out);
}

struct span
read_back_body(struct span octets)
{
	const char *body = octets.at;

	while (strncmp(body, "\r\n\r\n", 4) != 0)
		body++;
	return span_from(body + 4, octets.at + octets.len);
}

size_t
read_back_count(struct span octets, const char *what)
{
	size_t n = 0, len = strlen(what);

	for (size_t i = 0; i + len <= octets.len; i++)
		n += memcmp(octets.at + i, what, len) == 0;
	return n;
}
