/* tally: how often each thing that has a budget happened to one subject: an
 * address, a domain, a ticket, a service. Pure.
 *
 * A subject's counts lie together, as octets in one row, because whoever asks
 * for one of them asks for all. Each count is of one span of its budget
 * (budget.h); it is known in that span and in the one after, and is left out
 * when the octets are next written. On disk a count is 17 octets:
 *
 *	01  00 07 92 3b  00 00 00 00 00 00 00 00  00 00 00 02
 *	budget, number of the span since 1970, of what, how often */
#ifndef DESK_TALLY_H
#define DESK_TALLY_H

#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "budget.h"
#include "span.h"
#include "when.h"

/* The counts of one subject. Of those that are told apart by `of` the one that
 * happened least makes room; all others are three a budget at most: of this
 * span, of the one before, and of one ahead when the clock was set back. */
#define TALLY_MOST 96
_Static_assert(3 * BUDGETS < TALLY_MOST, "budgets of one subject");

struct tally_count {
	enum budget budget;
	uint32_t span;
	uint64_t of; /* what more it is told apart by, 0 nothing */
	uint32_t count;
};

struct tally {
	struct tally_count counts[TALLY_MOST];
	size_t used;
};

/* Octets that are none of ours count nothing. */
void tally_read(struct tally *tally_r, struct span octets);
/* Without what is not asked for any more at `at`; in the arena. */
struct span tally_write(
    struct arena *arena, const struct tally *tally, when at);

/* Of the span that `at` is in. */
uint32_t tally_count(const struct tally *tally, enum budget budget,
    uint64_t of, when at);
/* Within the last span before `at`: budget_used(). */
unsigned tally_used(const struct tally *tally, enum budget budget,
    uint64_t of, when at);
/* One more. */
void tally_add(
    struct tally *tally, enum budget budget, uint64_t of, when at);

#endif
