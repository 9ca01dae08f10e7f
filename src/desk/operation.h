/* operation: every verb of the desk, one row each (product.md, section 2).
 *
 * The same verb, from the same row, works in a mail command, an action
 * address, on the command line and from the clock. */
#ifndef DESK_OPERATION_H
#define DESK_OPERATION_H

#include <stdbool.h>

#include "span.h"
#include "ticket.h"

enum operation {
	OPERATION_NONE,
	OPERATION_CREATE,
	OPERATION_MESSAGE,
	OPERATION_ACCEPT,
	OPERATION_NOTE,
	OPERATION_RESOLVE,
	OPERATION_CONFIRM,
	OPERATION_CLOSE,
	OPERATION_CANCEL,
	OPERATION_RATE,
	OPERATION_SMS,	  /* names a mobile number; a code goes to it */
	OPERATION_VERIFY, /* gives that code back */
	OPERATION_REMIND,
	OPERATION_FORWARD,
	OPERATION_SEVERITY,
	OPERATION_SERVICE,
	OPERATION_CC,
	OPERATION_UNCC,
	OPERATION_LINK,
	OPERATION_UNLINK,
	OPERATION_TAG,
	OPERATION_UNTAG,
	OPERATION_RENAME_TAG,
	OPERATION_DELETE_TAG,
	OPERATION_STATUS,
	OPERATION_LIST,
	OPERATION_HISTORY,
	OPERATION_QUOTA,
	OPERATION_LIMITS,
	OPERATION_FORGET,
	OPERATION_DELETE,
	OPERATION_HELP,
	OPERATION_TRANSCRIPT, /* is sent what the mail did */
	OPERATION_UNDO,	   /* an answer that has not left yet comes back */
	OPERATION_PURGE,   /* the clock's: contact data is destroyed */
	OPERATION_ESCALATE, /* the clock's */
	OPERATION_APART,    /* the desk's own: secrets are kept apart */
	OPERATION_AGREE,    /* likewise: the desk's agreement is accepted */
	OPERATIONS
};

struct operation_row {
	enum operation operation;
	const char *verb;  /* "resolve" */
	const char *trace; /* "resolveCase" */
	enum event event;  /* EVENTS when it moves no state */
	unsigned states;   /* from which, bits 1u << STATE_...; asked only
			      when event is EVENTS */
	bool confirm;	   /* asks once more before it is done */
	bool built;	   /* done by this version; else refused with why */
	const char *arguments; /* "NUMBER", "[SCORE] [COMMENT]", "" */
	const char *help;      /* one sentence */
};

const struct operation_row *operation_row(enum operation operation);
/* By verb, without regard to case. NULL when there is none. */
const struct operation_row *operation_find(struct span verb);
/* The verb nearest to a mistyped one; NULL when none is near. */
const struct operation_row *operation_guess(struct span verb);

#endif
