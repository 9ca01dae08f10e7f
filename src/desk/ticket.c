#include <stddef.h>

#include "ticket.h"

#define GO(state)   {STEP_GO, STATE_##state, NULL}
#define REFUSE(why) {STEP_REFUSE, STATE_NONE, why}
#define NEW	    {STEP_NEW, STATE_PENDING, NULL}
#define NOTHING	    {STEP_NOTHING, STATE_NONE, NULL}

/* The rule, all of it. The customer's message in Pending confirmation goes to
 * Pending reply because whoever writes on instead of confirming says that it
 * is not solved. Accepting what another holds is refused by the caller, who
 * alone knows the holder. */
static const struct transition steps[STATES][EVENTS] = {
    [STATE_NONE] = {
	[EVENT_ACCEPT] = REFUSE("no-ticket"),
	[EVENT_ENGINEER_MESSAGE] = REFUSE("no-ticket"),
	[EVENT_RESOLVE] = REFUSE("no-ticket"),
	[EVENT_CUSTOMER_MESSAGE] = NEW,
	[EVENT_CANCEL] = REFUSE("no-ticket"),
	[EVENT_CLOSE] = REFUSE("no-ticket"),
	[EVENT_CONFIRM] = REFUSE("no-ticket"),
	[EVENT_CLOCK] = NOTHING,
    },
    [STATE_PENDING] = {
	[EVENT_ACCEPT] = GO(PROCESSING),
	[EVENT_ENGINEER_MESSAGE] = GO(PENDING_FEEDBACK),
	[EVENT_RESOLVE] = GO(PENDING_CONFIRMATION),
	[EVENT_CUSTOMER_MESSAGE] = GO(PENDING),
	[EVENT_CANCEL] = GO(CANCELED),
	[EVENT_CLOSE] = REFUSE("use-cancel"),
	[EVENT_CONFIRM] = REFUSE("not-answered"),
	[EVENT_CLOCK] = NOTHING,
    },
    [STATE_PROCESSING] = {
	[EVENT_ACCEPT] = NOTHING,
	[EVENT_ENGINEER_MESSAGE] = GO(PENDING_FEEDBACK),
	[EVENT_RESOLVE] = GO(PENDING_CONFIRMATION),
	[EVENT_CUSTOMER_MESSAGE] = GO(PROCESSING),
	[EVENT_CANCEL] = REFUSE("use-close"),
	[EVENT_CLOSE] = GO(CLOSED),
	[EVENT_CONFIRM] = REFUSE("not-resolved"),
	[EVENT_CLOCK] = NOTHING,
    },
    [STATE_PENDING_FEEDBACK] = {
	[EVENT_ACCEPT] = NOTHING,
	[EVENT_ENGINEER_MESSAGE] = GO(PENDING_FEEDBACK),
	[EVENT_RESOLVE] = GO(PENDING_CONFIRMATION),
	[EVENT_CUSTOMER_MESSAGE] = GO(PENDING_REPLY),
	[EVENT_CANCEL] = REFUSE("use-close"),
	[EVENT_CLOSE] = GO(CLOSED),
	[EVENT_CONFIRM] = REFUSE("not-resolved"),
	[EVENT_CLOCK] = GO(PENDING_CONFIRMATION),
    },
    [STATE_PENDING_REPLY] = {
	[EVENT_ACCEPT] = NOTHING,
	[EVENT_ENGINEER_MESSAGE] = GO(PENDING_FEEDBACK),
	[EVENT_RESOLVE] = GO(PENDING_CONFIRMATION),
	[EVENT_CUSTOMER_MESSAGE] = GO(PENDING_REPLY),
	[EVENT_CANCEL] = REFUSE("use-close"),
	[EVENT_CLOSE] = GO(CLOSED),
	[EVENT_CONFIRM] = REFUSE("not-resolved"),
	[EVENT_CLOCK] = NOTHING,
    },
    [STATE_PENDING_CONFIRMATION] = {
	[EVENT_ACCEPT] = NOTHING,
	[EVENT_ENGINEER_MESSAGE] = GO(PENDING_FEEDBACK),
	[EVENT_RESOLVE] = NOTHING,
	[EVENT_CUSTOMER_MESSAGE] = GO(PENDING_REPLY),
	[EVENT_CANCEL] = REFUSE("use-close"),
	[EVENT_CLOSE] = GO(CLOSED),
	[EVENT_CONFIRM] = GO(CLOSED),
	[EVENT_CLOCK] = GO(CLOSED),
    },
    [STATE_CANCELED] = {
	[EVENT_ACCEPT] = REFUSE("over"),
	[EVENT_ENGINEER_MESSAGE] = REFUSE("over"),
	[EVENT_RESOLVE] = REFUSE("over"),
	[EVENT_CUSTOMER_MESSAGE] = NEW,
	[EVENT_CANCEL] = REFUSE("over"),
	[EVENT_CLOSE] = REFUSE("over"),
	[EVENT_CONFIRM] = REFUSE("over"),
	[EVENT_CLOCK] = NOTHING,
    },
    [STATE_CLOSED] = {
	[EVENT_ACCEPT] = REFUSE("over"),
	[EVENT_ENGINEER_MESSAGE] = REFUSE("over"),
	[EVENT_RESOLVE] = REFUSE("over"),
	[EVENT_CUSTOMER_MESSAGE] = NEW,
	[EVENT_CANCEL] = REFUSE("over"),
	[EVENT_CLOSE] = REFUSE("over"),
	[EVENT_CONFIRM] = REFUSE("over"),
	[EVENT_CLOCK] = NOTHING,
    },
};

static const struct {
	const char *name;
	const char *customer;
	const char *word;
} state_rows[STATES] = {
    [STATE_NONE] = {"None", "None", "none"},
    [STATE_PENDING] = {"Pending", "Submitted", "pending"},
    [STATE_PROCESSING] = {"Processing", "Processing", "processing"},
    [STATE_PENDING_FEEDBACK] = {"Pending feedback", "Pending feedback",
	"pending-feedback"},
    [STATE_PENDING_REPLY] = {"Pending reply", "Pending reply",
	"pending-reply"},
    [STATE_PENDING_CONFIRMATION] = {"Pending confirmation",
	"Pending confirmation", "pending-confirmation"},
    [STATE_CANCELED] = {"Canceled", "Canceled", "canceled"},
    [STATE_CLOSED] = {"Closed", "Closed", "closed"},
};

static const char *const event_words[EVENTS] = {
    [EVENT_ACCEPT] = "accept",
    [EVENT_ENGINEER_MESSAGE] = "engineer-message",
    [EVENT_RESOLVE] = "resolve",
    [EVENT_CUSTOMER_MESSAGE] = "customer-message",
    [EVENT_CANCEL] = "cancel",
    [EVENT_CLOSE] = "close",
    [EVENT_CONFIRM] = "confirm",
    [EVENT_CLOCK] = "clock",
};

static const char *const author_words[] = {
    [AUTHOR_CUSTOMER] = "customer",
    [AUTHOR_ENGINEER] = "engineer",
    [AUTHOR_MACHINE] = "machine",
    [AUTHOR_STRANGER] = "stranger",
    [AUTHOR_ADMIN] = "admin",
};

static const char *const participant_words[] = {
    [PARTICIPANT_REQUESTER] = "requester",
    [PARTICIPANT_CC_PROPOSED] = "cc-proposed",
    [PARTICIPANT_CC] = "cc",
    [PARTICIPANT_LEFT] = "left",
    [PARTICIPANT_OTHER] = "other",
};

/* States and roles come back from the store as plain numbers, so a number
 * outside its set is answered, not trusted. */
static unsigned
state_index(enum state state)
{
	return (unsigned)state < STATES ? (unsigned)state : STATE_NONE;
}

struct transition
ticket_step(enum state state, enum event event)
{
	if ((unsigned)event >= EVENTS)
		return (struct transition)NOTHING;
	return steps[state_index(state)][event];
}

bool
state_is_over(enum state state)
{
	return state == STATE_CANCELED || state == STATE_CLOSED;
}

const char *
state_name(enum state state)
{
	return state_rows[state_index(state)].name;
}

const char *
state_customer_name(enum state state)
{
	return state_rows[state_index(state)].customer;
}

const char *
state_word(enum state state)
{
	return state_rows[state_index(state)].word;
}

const char *
event_word(enum event event)
{
	return (unsigned)event < EVENTS ? event_words[event] : "none";
}

const char *
author_word(enum author author)
{
	return (unsigned)author <= AUTHOR_ADMIN ? author_words[author]
						: "unknown";
}

const char *
participant_word(enum participant role)
{
	return (unsigned)role <= PARTICIPANT_OTHER ? participant_words[role]
						   : "unknown";
}
