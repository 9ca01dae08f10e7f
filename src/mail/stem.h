/* stem: whether a text holds one of many words, at the price of one look over
 * it. Pure.
 *
 * A cheap answer before a dear one. It takes ASCII capitals for small letters,
 * and some other octets for each other too: "no" is sure, after "yes" whoever
 * must be sure looks again. */
#ifndef MAIL_STEM_H
#define MAIL_STEM_H

#include <stdbool.h>
#include <stdint.h>

#include "span.h"

#define STEM_LEAST 4 /* octets of a stem */
#define STEMS_MOST 256

/* Zero is an empty set. */
struct stems {
	uint32_t heads[4 * STEMS_MOST]; /* a hash table; 0 is a free place */
	struct span words[4 * STEMS_MOST];
	size_t count;
};

/* `word` lives as long as the set. False when it is shorter than a stem, or
 * the set is full. */
bool stems_add(struct stems *stems, struct span word);
bool stems_in(const struct stems *stems, struct span text);

#endif
