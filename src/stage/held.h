/* held: what an administrator does with a mail that is kept for a person. */
#ifndef STAGE_HELD_H
#define STAGE_HELD_H

#include "apply.h"

enum held_end {
	HELD_DONE,
	HELD_NONE,	/* there is no such mail, or it is destroyed */
	HELD_NO_TICKET, /* there is none of that number */
	HELD_KEPT,	/* the desk would hold it again: `why_r`, a key of
			   decide_reason() */
};

/* The row and the mail; `mail_r` is NULL when its key is destroyed. 1, 0, or
 * negative. */
int held_get(const struct view *view, uint64_t id, struct Held **held_r,
    struct Mail **mail_r);
/* Takes the mail in as if its sender were vouched for, within a write
 * transaction: on `ticket`, or with 0 where its carriers lead. It is no longer
 * held then. */
enum held_end held_release(const struct view *view, uint64_t id,
    uint64_t ticket, struct ready *ready, struct applied *applied_r,
    const char **why_r);
/* Destroys it, with its key. */
enum held_end held_drop(const struct view *view, uint64_t id);
/* That somebody looked at it. */
void held_seen(const struct view *view, const struct Held *held);

#endif
