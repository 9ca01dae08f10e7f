#include <endian.h>
#include <string.h>

#include "buf.h"
#include "utf8.h"

uint32_t
utf8_read_long(struct span text, size_t *len_r)
{
	const unsigned char *s = (const unsigned char *)text.at;
	uint32_t c = s[0];
	uint32_t least;
	size_t want;

	*len_r = 1;
	if (c >= 0xc2 && c <= 0xdf) {
		want = 2;
		least = 0x80;
		c &= 0x1f;
	} else if (c >= 0xe0 && c <= 0xef) {
		want = 3;
		least = 0x800;
		c &= 0x0f;
	} else if (c >= 0xf0 && c <= 0xf4) {
		want = 4;
		least = 0x10000;
		c &= 0x07;
	} else {
		return UTF8_BAD;
	}
	for (size_t i = 1; i < want; i++) {
		if (i >= text.len || (s[i] & 0xc0) != 0x80) {
			*len_r = i;
			return UTF8_BAD;
		}
		c = c << 6 | (s[i] & 0x3f);
	}
	if (c < least || c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		return UTF8_BAD;
	*len_r = want;
	return c;
}

#define HIGH_BITS UINT64_C(0x8080808080808080)
#define ONES	  UINT64_C(0x0101010101010101)

/* Where the next octet stands from `i` on that is above ASCII, or NUL if
 * `no_nul`: eight at a time, because nearly all mail is ASCII. */
static inline size_t
skip_ascii(struct span text, size_t i, bool no_nul)
{
	for (; i + 8 <= text.len; i += 8) {
		uint64_t word, found;

		memcpy(&word, text.at + i, 8);
		word = le64toh(word);
		/* Taking one from each octet shows a NUL in its high bit; what
		 * it borrows falsifies only what stands behind. */
		found = (no_nul ? word | (word - ONES) : word) & HIGH_BITS;
		if (found != 0)
			return i + (size_t)__builtin_ctzll(found) / 8;
	}
	while (i < text.len && (unsigned char)text.at[i] < 0x80 &&
	    (!no_nul || text.at[i] != '\0'))
		i++;
	return i;
}

/* Whether an octet goes on with a character, and does not begin one. */
static bool
goes_on(char c)
{
	return ((unsigned char)c & 0xc0) == 0x80;
}

bool
utf8_valid(struct span text)
{
	size_t i = 0, len;

	while (i < text.len) {
		const char *at = text.at + i;
		size_t left = text.len - i;
		unsigned char c = (unsigned char)*at;

		/* First the letters of Europe, and most of Asia's. */
		if (c < 0x80) {
			i = skip_ascii(text, i, false);
		} else if (c >= 0xc2 && c <= 0xdf && left >= 2 &&
		    goes_on(at[1])) {
			i += 2;
		} else if (c >= 0xe1 && c <= 0xec && left >= 3 &&
		    goes_on(at[1]) && goes_on(at[2])) {
			i += 3;
		} else {
			if (utf8_read((struct span){at, left}, &len) ==
			    UTF8_BAD)
				return false;
			i += len;
		}
	}
	return true;
}

void
utf8_put(struct buf *buf, uint32_t c)
{
	char *out = buf_reserve(buf, 4);

	if (c > 0x10ffff || (c >= 0xd800 && c <= 0xdfff))
		c = UTF8_REPLACEMENT;
	if (c < 0x80) {
		out[0] = (char)c;
		buf->len += 1;
	} else if (c < 0x800) {
		out[0] = (char)(0xc0 | c >> 6);
		out[1] = (char)(0x80 | (c & 0x3f));
		buf->len += 2;
	} else if (c < 0x10000) {
		out[0] = (char)(0xe0 | c >> 12);
		out[1] = (char)(0x80 | (c >> 6 & 0x3f));
		out[2] = (char)(0x80 | (c & 0x3f));
		buf->len += 3;
	} else {
		out[0] = (char)(0xf0 | c >> 18);
		out[1] = (char)(0x80 | (c >> 12 & 0x3f));
		out[2] = (char)(0x80 | (c >> 6 & 0x3f));
		out[3] = (char)(0x80 | (c & 0x3f));
		buf->len += 4;
	}
}

void
utf8_add_clean(struct buf *buf, struct span text)
{
	while (text.len > 0) {
		size_t run = skip_ascii(text, 0, true);
		uint32_t c;

		buf_add(buf, (struct span){text.at, run});
		text.at += run;
		text.len -= run;
		if (text.len == 0)
			break;
		c = utf8_read(text, &run);
		if (c == UTF8_BAD)
			utf8_put(buf, UTF8_REPLACEMENT);
		else if (c != 0)
			buf_add(buf, (struct span){text.at, run});
		text.at += run;
		text.len -= run;
	}
}

size_t
utf8_cut(struct span text, size_t limit)
{
	if (text.len <= limit)
		return text.len;
	while (limit > 0 && ((unsigned char)text.at[limit] & 0xc0) == 0x80)
		limit--;
	return limit;
}

size_t
utf8_length(struct span text)
{
	size_t count = 0;

	for (size_t i = 0; i < text.len; i++)
		count += ((unsigned char)text.at[i] & 0xc0) != 0x80;
	return count;
}

/* C0 and C1 controls drive a terminal; embeddings, overrides and isolates
 * make it show another text than there is. */
static bool
is_unprintable(uint32_t c)
{
	return (c < 0x20 && c != '\n' && c != '\t') ||
	    (c >= 0x7f && c < 0xa0) || (c >= 0x202a && c <= 0x202e) ||
	    (c >= 0x2066 && c <= 0x2069);
}

void
utf8_add_printable(struct buf *buf, struct span text)
{
	while (text.len > 0) {
		size_t len;
		uint32_t c = utf8_read(text, &len);

		utf8_put(buf,
		    c == UTF8_BAD || is_unprintable(c) ? UTF8_REPLACEMENT : c);
		text.at += len;
		text.len -= len;
	}
}
