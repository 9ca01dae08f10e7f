/* Private keys in the armours of PEM (RFC 7468), OpenSSH, OpenPGP, PuTTY. */
#include <string.h>

#include "secret_look.h"

#define LINE_MOST    120   /* octets of one line of an armour */
#define ESCAPED_MOST 16384 /* of one that is all on one line */

/* The line at `at` without marks of quoting; its end, with the line's end, at
 * `next_r`. Longer lines than an armour has are cut, which ends it. */
static struct span
take_line(struct span text, size_t at, size_t *next_r)
{
	size_t end = at;
	struct span line;

	while (end < text.len && end - at < LINE_MOST && text.at[end] != '\n')
		end++;
	line = span_from(text.at + at, text.at + end);
	*next_r = end < text.len && text.at[end] == '\n' ? end + 1 : end;
	while (line.len > 0 && strchr("> \t|", line.at[0]) != NULL) {
		line.at++;
		line.len--;
	}
	return span_trim(line);
}

static bool
holds(struct span line, const char *word)
{
	size_t len = strlen(word);

	for (size_t i = 0; i + len <= line.len; i++)
		if (memcmp(line.at + i, word, len) == 0)
			return true;
	return false;
}

static bool
is_base64(struct span line)
{
	for (size_t i = 0; i < line.len; i++)
		if (!ascii_digit((unsigned char)line.at[i]) &&
		    !ascii_alpha((unsigned char)line.at[i]) &&
		    strchr("+/=", line.at[i]) == NULL)
			return false;
	return true;
}

/* A line that may stand in an armour: empty, base64, or a field before it. */
static bool
is_inside(struct span line)
{
	return is_base64(line) || memchr(line.at, ':', line.len) != NULL ||
	    line.at[line.len - 1] == '\\';
}

/* Up to the armour's end; failing that, as far as its lines go: a key that
 * was cut off on the way is a key. */
static size_t
armour_end(struct span text, size_t at, const char *last)
{
	size_t end = at, next;

	while (at < text.len) {
		struct span line = take_line(text, at, &next);

		if (last != NULL && holds(line, "-----END") &&
		    holds(line, last))
			return (size_t)(line.at + line.len - text.at);
		if (!is_inside(line))
			break;
		if (line.len > 0)
			end = (size_t)(line.at + line.len - text.at);
		at = next;
	}
	return end;
}

/* All on one line, its line ends written as \n, as a file of settings has
 * it. */
static size_t
escaped_end(struct span text, size_t at)
{
	size_t end = at;

	while (end < text.len && end - at < ESCAPED_MOST &&
	    text.at[end] != '\n' && text.at[end] != '"' &&
	    text.at[end] != '\'')
		end++;
	return end;
}

size_t
secret_look_key(struct span text, size_t at, size_t *seen_r)
{
	struct span left = {text.at + at, text.len - at};
	struct span line;
	size_t next, end;

	if (span_begins(left, "PuTTY-User-Key-File-")) {
		*seen_r = end = armour_end(text, at, NULL);
		return holds((struct span){text.at + at, end - at},
			   "Private-Lines")
		    ? end - at
		    : 0;
	}
	if (!span_begins(left, "-----BEGIN "))
		return 0;
	line = take_line(text, at, &next);
	if (!holds(line, "PRIVATE KEY"))
		return 0;
	if (holds(line, "\\n")) {
		*seen_r = end = escaped_end(text, at);
		return end - at;
	}
	end = armour_end(text, next, "PRIVATE KEY");
	*seen_r = end;
	/* The line alone is how people speak of keys. */
	return end > next ? end - at : 0;
}
