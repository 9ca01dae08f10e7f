/* ticket: the states of a ticket and how it goes from one to the next.
 *
 * The rule: one table, [state][event], is all there is (product.md, section
 * 2; seed 004). Only decide_*() asks it, and only its answer changes a
 * ticket's state. */
#ifndef DESK_TICKET_H
#define DESK_TICKET_H

#include <stdbool.h>

enum state {
	STATE_NONE, /* not yet a ticket */
	STATE_PENDING,
	STATE_PROCESSING,
	STATE_PENDING_FEEDBACK,
	STATE_PENDING_REPLY,
	STATE_PENDING_CONFIRMATION,
	STATE_CANCELED,
	STATE_CLOSED,
	STATES
};

enum event {
	EVENT_ACCEPT,		/* an engineer takes it */
	EVENT_ENGINEER_MESSAGE, /* an engineer's message to the customer */
	EVENT_RESOLVE,		/* an engineer asks for confirmation */
	EVENT_CUSTOMER_MESSAGE,
	EVENT_CANCEL,
	EVENT_CLOSE,
	EVENT_CONFIRM,
	EVENT_CLOCK, /* the days given for an answer are over */
	EVENTS
};

/* What the table says: go to `state`; stay; or refuse with a reason. */
enum step {
	STEP_GO,     /* `to` may be the same state */
	STEP_NEW,    /* a new ticket, associated with this one */
	STEP_REFUSE, /* `why` says why and what to do instead */
	STEP_NOTHING /* has no meaning here and needs no answer */
};

struct transition {
	enum step step;
	enum state to;
	const char *why; /* a key of the refusal texts, "use-close" */
};

/* An engineer's message on a Pending ticket accepts it first: the answer is
 * the state at the end. */
struct transition ticket_step(enum state state, enum event event);

/* Over: Canceled or Closed. */
bool state_is_over(enum state state);
/* "Pending feedback". The customer's word for Pending is Submitted. */
const char *state_name(enum state state);
const char *state_customer_name(enum state state);
/* "pending-feedback": for conf, JSON and templates. */
const char *state_word(enum state state);
const char *event_word(enum event event);

/* Roles of a Contact row. */
enum participant {
	PARTICIPANT_REQUESTER,
	PARTICIPANT_CC_PROPOSED, /* found on a mail; is told nothing */
	PARTICIPANT_CC,		 /* accepted */
	PARTICIPANT_LEFT,	 /* dropped, and stays dropped */
	PARTICIPANT_OTHER	 /* wrote to the ticket without being on it */
};

/* Who wrote a Message row. */
enum author {
	AUTHOR_CUSTOMER,
	AUTHOR_ENGINEER,
	AUTHOR_MACHINE, /* auto-reply, bounce, list robot */
	AUTHOR_STRANGER, /* somebody who is not on the ticket */
	AUTHOR_ADMIN
};

/* Who may see a Message row. */
enum visibility {
	VISIBLE_ALL,	   /* requester, accepted CC, engineers */
	VISIBLE_ENGINEERS, /* notes, machines' mail, held matter */
};

const char *author_word(enum author author);
const char *participant_word(enum participant role);

#endif
