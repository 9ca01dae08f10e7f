#include <stdint.h>
#include <string.h>

#include "buf.h"
#include "utf8.h"

#include "charset_octet.h"

#define VALUES 256
#define ROOM   4 /* octets of a character, at most */

/* What lies between ISO 8859-1's two halves in windows-1252; the five octets
 * that it leaves open stand for the control of their number. */
static const uint16_t windows_1252[32] = {
    /* clang-format off */
    0x20ac, 0x0081, 0x201a, 0x0192, 0x201e, 0x2026, 0x2020, 0x2021,
    0x02c6, 0x2030, 0x0160, 0x2039, 0x0152, 0x008d, 0x017d, 0x008f,
    0x0090, 0x2018, 0x2019, 0x201c, 0x201d, 0x2022, 0x2013, 0x2014,
    0x02dc, 0x2122, 0x0161, 0x203a, 0x0153, 0x009d, 0x017e, 0x0178,
    /* clang-format on */
};

struct table {
	char octets[VALUES][ROOM];
	unsigned char len[VALUES]; /* 0: no character */
};

/* One call of iconv stops at each value that is no character. */
static void
make_table(iconv_t converter, struct table *table)
{
	char values[VALUES], *in = values;
	size_t left = sizeof values;

	for (int i = 0; i < VALUES; i++)
		values[i] = (char)i;
	while (left > 0) {
		char out[VALUES * ROOM], *to = out, *at = out;
		size_t room = sizeof out, i = (size_t)(in - values);

		iconv(converter, &in, &left, &to, &room);
		for (; values + i < in; i++) {
			size_t len;

			utf8_read(span_from(at, to), &len);
			memcpy(table->octets[i], at, len);
			table->len[i] = (unsigned char)len;
			at += len;
		}
		if (left > 0) {
			table->len[i] = 0;
			in++;
			left--;
		}
	}
}

struct span
charset_octet_read(struct arena *arena, struct span octets,
    iconv_t converter, size_t *faults_r)
{
	struct buf out = buf_in(arena);
	struct table table;
	char *to;

	make_table(converter, &table);
	to = buf_reserve(&out, octets.len * ROOM);
	for (size_t i = 0; i < octets.len; i++) {
		unsigned char c = (unsigned char)octets.at[i];

		if (table.len[c] == 0) {
			++*faults_r;
			out.len = (size_t)(to - out.at);
			utf8_put(&out, UTF8_REPLACEMENT);
			to = out.at + out.len;
			continue;
		}
		memcpy(to, table.octets[c], ROOM);
		to += table.len[c];
	}
	out.len = (size_t)(to - out.at);
	return buf_span(&out);
}

struct span
charset_1252_read(struct arena *arena, struct span octets, struct flags *flags)
{
	struct buf out = buf_in(arena);
	const char *at = octets.at, *end = at + octets.len;
	char *to;

	/* A character is three octets at most. */
	to = buf_reserve(&out, 3 * octets.len);
	for (; at < end; at++) {
		unsigned char c = (unsigned char)*at;

		if (c == 0) {
			flag_raise(flags, FLAG_NUL);
		} else if (c < 0x80) {
			*to++ = (char)c;
		} else {
			out.len = (size_t)(to - out.at);
			utf8_put(&out, c < 0xa0 ? windows_1252[c - 0x80] : c);
			to = out.at + out.len;
		}
	}
	out.len = (size_t)(to - out.at);
	return buf_span(&out);
}
