/* apply_purge: contact data, destroyed wherever a ticket has it. */
#ifndef STAGE_APPLY_PURGE_H
#define STAGE_APPLY_PURGE_H

#include "apply_notice.h"

/* All participants' or one's (effect->slot): contacts, notices that wait for
 * them, and mails of the ticket that are held, which have their senders'
 * addresses in them. */
/* A code that has an operation done, asked for in the notices behind it. */
void apply_ask(struct applying *a, const struct effect *effect);
/* Everything: contacts, held mails, and the key of what was written. */
void apply_delete(struct applying *a);
void apply_purge(struct applying *a, const struct effect *effect);

#endif
