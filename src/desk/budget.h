/* budget: how much of a thing is enough, and what a flood degrades to.
 *
 * Each row counts one thing in spans of an hour or a day; what was counted is
 * a fact, the most is the policy's. Over its budget a mail is still kept;
 * what becomes less is what goes out: no receipts, and for the engineers one
 * digest an hour instead of a mail each. 0 is no limit. */
#ifndef DESK_BUDGET_H
#define DESK_BUDGET_H

#include <stdbool.h>
#include <stdint.h>

#include "when.h"

/* The numbers are on disk: one is never given another meaning. */
enum budget {
	BUDGET_NONE,
	/* with a limit */
	BUDGET_TICKETS_ADDRESS = 1,  /* new tickets of one address, an hour */
	BUDGET_TICKETS_DOMAIN = 2,   /* of one domain */
	BUDGET_TICKETS_ALL = 3,	     /* of all */
	BUDGET_RECEIPTS_STRANGER = 4, /* to an address for which nobody
					 vouches, a day */
	BUDGET_RECEIPTS_STRANGERS = 5, /* to all of them, an hour */
	BUDGET_MAILS = 6,	     /* into one ticket, an hour */
	BUDGET_NOTICES = 7,	     /* of one ticket, an hour */
	BUDGET_NOTICES_DAY = 8,
	BUDGET_AUTOMATIC = 9,	     /* automatic answers to one address, an
					hour */
	BUDGET_SAME_TEXT = 10,	     /* the same words of one address, a day */
	/* counted alone */
	BUDGET_LATELY = 11,	     /* automatic answers, ten minutes */
	BUDGET_HELD = 12,	     /* for a service's digest, an hour: mails
					that are held, */
	BUDGET_OPENED = 13,	     /* tickets and */
	BUDGET_UNTOLD = 14,	     /* mails that nobody was told of */
	BUDGET_DIGEST = 15,	     /* any of these three */
	BUDGET_SWEEP = 16,	     /* of older stores */
	/* with a limit again: rows on disk hold these numbers */
	BUDGET_ANSWERS = 17,	     /* answers to what one address asks for, an
					hour */
	BUDGET_CODES_NUMBER = 18,    /* verification codes to one number, a day */
	BUDGET_CODES_ALL = 19,	     /* to all, an hour */
	BUDGET_COPIES_ADDRESS = 20,  /* people put in copy at the wish of one
					address, a day */
	BUDGET_COPIES_ALL = 21,	     /* of all customers, an hour */
	BUDGETS
};

struct budget_row {
	enum budget budget;
	const char *word; /* its key in the conf, "tickets_address" */
	when span;
	bool limited; /* has a most, which is the conf's */
};

const struct budget_row *budget_row(enum budget budget);

/* How many there were within the last `span`, when `before` were counted in
 * the span that is over and `now` in the one that began `passed` ago: of
 * those before, as many as an even stream would have within reach, rounded
 * up, so that no burst at the turn of the hour gets twice the budget. */
unsigned budget_used(
    uint32_t before, uint32_t now, when span, when passed);

/* `most` and `used` have a place for each budget. */
static inline bool
budget_over(const unsigned *most, const unsigned *used, enum budget budget)
{
	return most[budget] != 0 && used[budget] >= most[budget];
}

#endif
