/* carriers: what of a mail names a ticket, keyed or not.
 *
 * Our mail carries its ticket in several places, since each of them is lost
 * or rewritten somewhere; all that come back are read, and compared. */
#ifndef STAGE_CARRIERS_H
#define STAGE_CARRIERS_H

#include "auth.h"

#include "facts.h"

/* What the carriers say, gathered one after the other. `chosen` is the ticket
 * of the first keyed one; a second that differs is a conflict. */
struct carriers {
	struct facts_trail *trail; /* NULL: nobody asks */
	struct thread_facts thread;
	struct Ticket *chosen;
	bool engineer_token;
	enum action action; /* the verb of an action address */
	unsigned actions;   /* how many different ones */
	int slot; /* of the customer whose keyed address it is; -1: none */
	uint64_t bounced;
	bool own_message_id;
	bool own_mark;
};

/* `trail` may be NULL. */
struct carriers carriers_read(const struct view *view,
    const struct Mail *mail, struct facts_trail *trail);
/* One rule more; nothing without a trail. */
void facts_rule_add(const struct view *view, struct facts_trail *trail,
    const char *part, const char *rule, const char *value, const char *says);
/* Which of the carriers decided, and who speaks: the rest of their trail. */
void facts_explain(const struct view *view, const struct facts *facts,
    const struct carriers *carriers, enum auth auth);

#endif
