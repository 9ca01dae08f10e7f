/* filter: which tickets somebody wants listed. The same words in a mail's
 * /list and on the command line:
 *
 *	open tag vip from 2026-11-01 printer smells */
#ifndef DESK_FILTER_H
#define DESK_FILTER_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "record.h"
#include "ticket.h"
#include "when.h"

struct filter {
	unsigned states;     /* bits 1u << STATE_... */
	const char *tag;     /* here and below: NULL: any */
	uint64_t number;     /* 0: any */
	uint64_t below;	     /* only those with a smaller number; 0: all */
	when from, to;	     /* opened from then on, and before then; 0: any */
	const char *by;	     /* user, account or address */
	const char *words;   /* all of them in subject or description */
	bool group;	     /* of the others in the speaker's groups */
	const char *in_group; /* the command line's: of one group */
	const char *account; /* likewise */
};

/* False when a word that needs another one behind it has none that fits. With
 * `admin` "group" has a name behind it, and there is "account". */
bool filter_read(struct arena *arena, const char *text, bool admin,
    struct filter *filter_r);
/* As far as the ticket's row tells; not tag, `by` and words. */
bool filter_fits(const struct filter *filter, const struct Ticket *ticket);
/* Whether each of `words` occurs in one of the texts, without regard to ASCII
 * case. */
bool filter_found(
    const char *words, const char *subject, const char *description);
/* What to ask for the rest: the same, below `number`. */
const char *filter_rest(
    struct arena *arena, const char *text, uint64_t number);

#endif
