#include <stdbool.h>
#include <stddef.h>

#include "span.h"

#include "charset_pairs.h"

#define PAIRS_MIN 3 /* fewer prove nothing */

/* How the pairs of a text spread over the rows of one charset. */
struct spread {
	size_t pairs;
	size_t usual; /* where nearly all of a text lies */
	size_t kana;  /* Japanese syllables */
	size_t late;  /* first octets that Korean has no syllables at */
	size_t bad;
};

static int
octet(struct span s, size_t i)
{
	return i < s.len ? (unsigned char)s.at[i] : 0;
}

static bool
within(int c, int low, int high)
{
	return c >= low && c <= high;
}

/* Shift_JIS: 81-9f and e0-fc begin a pair, a1-df stand alone (half-width
 * syllables, which hardly any mail has). */
static struct spread
shift_jis(struct span s)
{
	struct spread all = {0};

	for (size_t i = 0; i < s.len; i++) {
		int c = octet(s, i), next = octet(s, i + 1);

		if (c < 0x80)
			continue;
		if (!within(c, 0x81, 0x9f) && !within(c, 0xe0, 0xfc)) {
			all.bad++;
			continue;
		}
		all.pairs++;
		i++;
		if (!within(next, 0x40, 0x7e) && !within(next, 0x80, 0xfc))
			all.bad++;
		/* Punctuation, kana, and the kanji of the first level. */
		all.usual += within(c, 0x81, 0x83) || within(c, 0x88, 0x97);
		all.kana += (c == 0x82 && within(next, 0x9f, 0xf1)) ||
			    (c == 0x83 && within(next, 0x40, 0x96));
	}
	return all;
}

/* The EUC charsets: both octets from a1 to fe. */
static struct spread
euc(struct span s)
{
	struct spread all = {0};

	for (size_t i = 0; i < s.len; i++) {
		int c = octet(s, i), next = octet(s, i + 1);

		if (c < 0x80)
			continue;
		all.pairs++;
		i++;
		if (!within(c, 0xa1, 0xfe) || !within(next, 0xa1, 0xfe))
			all.bad++;
		/* Both Korea's syllables and China's first level begin at
		 * b0; Korea's end at c8. */
		all.usual += within(c, 0xb0, 0xd7) || within(c, 0xa1, 0xa3);
		all.late += within(c, 0xc9, 0xfe);
		all.kana += within(c, 0xa4, 0xa5) && next >= 0xa1;
	}
	return all;
}

/* GBK's own area and GB18030's fours are seldom; they are no fault. */
static struct spread
gbk(struct span s)
{
	struct spread all = {0};

	for (size_t i = 0; i < s.len; i++) {
		int c = octet(s, i), next = octet(s, i + 1);

		if (c < 0x80)
			continue;
		all.pairs++;
		i++;
		if (within(c, 0x81, 0xfe) && within(next, '0', '9')) {
			i += 2;
			continue;
		}
		if (!within(c, 0x81, 0xfe) || !within(next, 0x40, 0xfe) ||
		    next == 0x7f)
			all.bad++;
		all.usual += (within(c, 0xb0, 0xd7) || within(c, 0xa1, 0xa3)) &&
			     next >= 0xa1;
	}
	return all;
}

/* Big5: a4-c6 is the first level; the second octet is ASCII half the time. */
static struct spread
big5(struct span s)
{
	struct spread all = {0};

	for (size_t i = 0; i < s.len; i++) {
		int c = octet(s, i), next = octet(s, i + 1);

		if (c < 0x80)
			continue;
		all.pairs++;
		i++;
		if (!within(c, 0xa1, 0xf9) ||
		    (!within(next, 0x40, 0x7e) && !within(next, 0xa1, 0xfe)))
			all.bad++;
		all.usual += within(c, 0xa4, 0xc6) ||
			     (c == 0xa1 && within(next, 0x40, 0x7e));
		all.late += within(next, 0x40, 0x7e);
	}
	return all;
}

/* A sample may end within a pair. */
static bool
sound(const struct spread *all)
{
	return all->pairs >= PAIRS_MIN && all->bad <= 1 + all->pairs / 200 &&
	       all->bad * 4 < all->pairs;
}

static bool
share(size_t part, size_t whole, size_t percent)
{
	return part * 100 >= whole * percent;
}

const char *
charset_pairs(struct span octets)
{
	struct spread jis = shift_jis(octets), pairs = euc(octets);
	struct spread chinese = gbk(octets), taiwan = big5(octets);

	/* No Japanese sentence is without kana, no Chinese one has them. */
	if (sound(&pairs) && share(pairs.kana, pairs.pairs, 20))
		return "EUC-JP-MS";
	if (sound(&jis) && share(jis.kana, jis.pairs, 20) &&
	    share(jis.usual, jis.pairs, 85))
		return "CP932";
	if (sound(&pairs) && share(pairs.usual, pairs.pairs, 85) &&
	    !share(pairs.late, pairs.pairs, 8))
		return "CP949";
	if (sound(&pairs) && share(pairs.usual, pairs.pairs, 85))
		return "GB18030";
	if (sound(&taiwan) && share(taiwan.usual, taiwan.pairs, 85) &&
	    share(taiwan.late, taiwan.pairs, 15))
		return "BIG5-HKSCS";
	if (sound(&chinese) && share(chinese.usual, chinese.pairs, 75))
		return "GB18030";
	return NULL;
}
