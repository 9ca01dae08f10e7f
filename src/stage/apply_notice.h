/* apply_notice: whom a notice goes to, and the outbox rows that come of it. */
#ifndef STAGE_APPLY_NOTICE_H
#define STAGE_APPLY_NOTICE_H

#include <stdbool.h>
#include <stdint.h>

#include "apply.h"

struct tally;

/* The state of one apply_effects(). */
struct applying {
	const struct view *view;
	const struct facts *facts;
	struct ready *ready;
	struct Ticket *ticket; /* as it is by now; NULL: none */
	bool fresh;	       /* it was opened by this very mail */
	bool has_message;      /* a message was written */
	bool mail_kept;	       /* the mail's whole text is in a message */
	uint64_t first;	       /* the first row in the outbox; 0: none yet */
	const char *asked;     /* the line that answers a question; "" none */
	const char *answer; /* what was asked for, for the next notice that
			       tells the speaker; "" nothing */
	struct tally *sender;  /* his counts (flood.h); NULL: not looked at */
	int joined;	       /* the slot last put in copy; -1: none */
	struct applied applied;
};

void apply_notice(struct applying *a, const struct effect *effect);
void apply_sender_notice(struct applying *a, const struct effect *effect);
/* Notices that wait for a contact that is destroyed now (slot; -1: for any
 * customer) can never be sent. */
void apply_drop_notices(struct applying *a, int slot);
/* Likewise of somebody who has left: what waits for him is not sent. */
void apply_drop_left(struct applying *a, int slot);
/* The slot of an address on the ticket, in whatever role; -1: none. */
int apply_slot_at(struct applying *a, const char *address);
/* Writes what was changed of the ticket. */
void apply_ticket_done(struct applying *a);

#endif
