/* apart: secrets out of a mail, before anybody decides on it.
 *
 * All that is decided, stored and told is about a copy of the mail that has
 * masks in their places, so that no path leads around them. An engineer's own
 * mail is left as it is: what the desk tells its customers on purpose (an
 * account to pay to, a first password) is not found in a customer's mail. */
#ifndef STAGE_APART_H
#define STAGE_APART_H

#include "arena.h"
#include "people.h"
#include "record.h"

struct apart {
	const struct Mail *mail; /* the copy; the mail itself when it holds
				    no secret */
	const struct ConfidentialData *secrets; /* NULL: none */
};

/* In the arena; `mail` stays what it is. */
struct apart apart_set(struct arena *arena, const struct people *people,
    const struct Mail *mail);

#endif
