#include <string.h>

#include "arena.h"
#include "buf.h"
#include "span.h"

#include "jis.h"

#define ESCAPE '\033'

enum set {
	SET_ASCII,
	SET_KANA,   /* JIS X 0201, one octet */
	SET_DOUBLE, /* JIS X 0208, two octets */
	SET_OTHER,
};

/* The set that the three octets of an escape switch to. */
static enum set
switch_to(const char *escape)
{
	if (memcmp(escape + 1, "(B", 2) == 0 ||
	    memcmp(escape + 1, "(J", 2) == 0)
		return SET_ASCII;
	if (memcmp(escape + 1, "(I", 2) == 0)
		return SET_KANA;
	if (memcmp(escape + 1, "$B", 2) == 0 ||
	    memcmp(escape + 1, "$@", 2) == 0)
		return SET_DOUBLE;
	return SET_OTHER;
}

static bool
double_octet(int c)
{
	return c >= 0x21 && c <= 0x7e;
}

/* Two rows of JIS X 0208 share one first octet of Shift_JIS. There is room. */
static void
put_double(struct buf *out, int row, int cell)
{
	int high = ((row + 1) >> 1) + (row < 0x5f ? 0x70 : 0xb0);
	int low = cell + 0x7e;

	if (row % 2 == 1)
		low = cell + (cell >= 0x60 ? 0x20 : 0x1f);
	out->at[out->len++] = (char)high;
	out->at[out->len++] = (char)low;
}

bool
jis_to_shift_jis(
    struct arena *arena, struct span octets, struct span *shifted_r)
{
	struct buf out = buf_in(arena);
	enum set set = SET_ASCII;

	buf_reserve(&out, octets.len + 1);
	for (size_t i = 0; i < octets.len; i++) {
		int c = (unsigned char)octets.at[i], next = 0;

		if (i + 1 < octets.len)
			next = (unsigned char)octets.at[i + 1];
		if (c == ESCAPE && octets.len - i >= 3) {
			set = switch_to(octets.at + i);
			if (set == SET_OTHER)
				return false;
			i += 2;
			continue;
		}
		if (c == '\n') /* each line begins in ASCII */
			set = SET_ASCII;
		if (set == SET_DOUBLE && double_octet(c) &&
		    double_octet(next)) {
			put_double(&out, c, next);
			i++;
		} else if (set == SET_KANA && c >= 0x21 && c <= 0x5f) {
			buf_put(&out, (char)(c | 0x80));
		} else {
			buf_put(&out, (char)c);
		}
	}
	*shifted_r = buf_span(&out);
	return true;
}
