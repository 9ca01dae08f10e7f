/* flood: the counts that budgets ask for, looked up and written down.
 *
 * A limit of 0 is neither looked up nor counted. */
#ifndef STAGE_FLOOD_H
#define STAGE_FLOOD_H

#include "apply_notice.h"
#include "facts.h"

/* Fills facts->used, when the ticket and the speaker are known. */
void flood_look(const struct view *view, struct facts *facts);
/* For a digest: what its hour came to. */
void flood_look_back(
    const struct view *view, const struct Due *due, struct facts *facts);

/* Writes down what was counted of the sender: at the end of applying. */
void flood_keep(struct applying *a);
/* Of what is being applied: a ticket was opened, a mail was written onto it, a
 * notice is given out. */
void flood_count_ticket(struct applying *a);
void flood_count_mail(struct applying *a);
/* A verification code goes to a number. */
void flood_count_code(struct applying *a, const char *number);
void flood_count_notice(struct applying *a, const struct effect *effect);
/* Something that only the digest tells of; the first of its hour makes the
 * digest due. */
void flood_count_digest(struct applying *a, const struct effect *effect);

#endif
