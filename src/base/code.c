#include <string.h>

#include "arena.h"
#include "buf.h"
#include "code.h"

char *
code_hex(struct arena *arena, struct span octets)
{
	static const char digits[] = "0123456789abcdef";
	char *text = arena_take(arena, octets.len * 2 + 1);

	for (size_t i = 0; i < octets.len; i++) {
		unsigned char c = (unsigned char)octets.at[i];

		text[2 * i] = digits[c >> 4];
		text[2 * i + 1] = digits[c & 15];
	}
	return text;
}

static const char base32_letters[] = "0123456789abcdefghjkmnpqrstvwxyz";

char *
code_base32(struct arena *arena, struct span octets)
{
	size_t len = (octets.len * 8 + 4) / 5;
	char *text = arena_take(arena, len + 1);
	unsigned bits = 0, held = 0;
	size_t n = 0;

	for (size_t i = 0; i < octets.len; i++) {
		bits = (bits << 8 | (unsigned char)octets.at[i]) & 0xfff;
		held += 8;
		while (held >= 5) {
			held -= 5;
			text[n++] = base32_letters[bits >> held & 31];
		}
	}
	if (held > 0)
		text[n++] = base32_letters[bits << (5 - held) & 31];
	return text;
}

static int
base32_value(int c)
{
	const char *found;

	c = ascii_lower(c);
	if (c == 'i' || c == 'l')
		c = '1';
	if (c == 'o')
		c = '0';
	if (c == '\0')
		return -1;
	found = strchr(base32_letters, c);
	return found ? (int)(found - base32_letters) : -1;
}

bool
code_base32_read(struct span letters, unsigned char *out, size_t len)
{
	unsigned bits = 0, held = 0;
	size_t n = 0;

	if (letters.len != (len * 8 + 4) / 5)
		return false;
	for (size_t i = 0; i < letters.len; i++) {
		int value = base32_value((unsigned char)letters.at[i]);

		if (value < 0)
			return false;
		bits = (bits << 5 | (unsigned)value) & 0xfff;
		held += 5;
		if (held >= 8) {
			held -= 8;
			out[n++] = (unsigned char)(bits >> held);
		}
	}
	/* The filling bits are zero, or two texts would mean the same. */
	return n == len && (bits & ((1u << held) - 1)) == 0;
}

void
code_base64(struct buf *out, struct span octets, bool wrap)
{
	static const char letters[] =
	    "ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
	const unsigned char *s = (const unsigned char *)octets.at;
	size_t column = 0, room = (octets.len + 2) / 3 * 4;
	char *to = buf_reserve(out, room + room / 38 + 2);

	for (size_t i = 0; i < octets.len; i += 3) {
		size_t left = octets.len - i;
		unsigned bits = (unsigned)s[i] << 16 |
		    (left > 1 ? (unsigned)s[i + 1] << 8 : 0) |
		    (left > 2 ? s[i + 2] : 0);

		to[0] = letters[bits >> 18];
		to[1] = letters[bits >> 12 & 63];
		to[2] = left > 1 ? letters[bits >> 6 & 63] : '=';
		to[3] = left > 2 ? letters[bits & 63] : '=';
		to += 4;
		column += 4;
		if (wrap && (column == 76 || left <= 3)) {
			*to++ = '\r';
			*to++ = '\n';
			column = 0;
		}
	}
	out->len = (size_t)(to - out->at);
}
