/* utf8: reading and writing UTF-8 (RFC 3629: no surrogates, no overlong
 * forms, nothing above U+10FFFF). */
#ifndef BASE_UTF8_H
#define BASE_UTF8_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "buf.h"
#include "span.h"

#define UTF8_BAD	 0xffffffffu
#define UTF8_REPLACEMENT 0xfffdu

/* The character at `text`, which has at least one octet, and its length in
 * `len_r` (1 to 4). UTF8_BAD, with the number of octets to skip, when the
 * octets are not UTF-8. */
static inline uint32_t utf8_read(struct span text, size_t *len_r);
bool utf8_valid(struct span text);
void utf8_put(struct buf *buf, uint32_t c);
/* Adds `text` with each bad octet run as U+FFFD and without NUL. */
void utf8_add_clean(struct buf *buf, struct span text);
/* Adds `text` as a terminal may show it: controls but tab and line end, and
 * what turns the direction of writing, become U+FFFD. */
void utf8_add_printable(struct buf *buf, struct span text);
/* How many characters. */
size_t utf8_length(struct span text);
/* How many octets of `text`, at most `limit`, end at a character's end. */
size_t utf8_cut(struct span text, size_t limit);

/* What utf8_read() does where more than ASCII stands. */
uint32_t utf8_read_long(struct span text, size_t *len_r);

static inline uint32_t
utf8_read(struct span text, size_t *len_r)
{
	unsigned char c = (unsigned char)*text.at;

	if (c >= 0x80)
		return utf8_read_long(text, len_r);
	*len_r = 1;
	return c;
}

#endif
