#include <stddef.h>

#include "operation.h"

#define BIT(state) (1u << STATE_##state)
#define ALIVE                                                                  \
	(BIT(PENDING) | BIT(PROCESSING) | BIT(PENDING_FEEDBACK) |              \
	    BIT(PENDING_REPLY) | BIT(PENDING_CONFIRMATION))
#define ANY (ALIVE | BIT(CANCELED) | BIT(CLOSED))

/* A verb is short; whatever is longer than this is no slip of a verb. */
#define VERB_MAX 24

/* In the order of the enum; operation_row() counts on it. The verbs "create",
 * "message", "purge", "escalate", "apart"
 * and "agreement" are no words of a mail: access.c gives
 * them to nobody who could write one. */
static const struct operation_row rows[OPERATIONS] = {
    {OPERATION_NONE, "none", "none", EVENTS, 0, false, false, "",
	"No operation."},
    {OPERATION_CREATE, "create", "createCase", EVENTS, BIT(NONE), false, true,
	"", "Open a new ticket."},
    {OPERATION_MESSAGE, "message", "addMessage", EVENT_CUSTOMER_MESSAGE, 0,
	false, true, "", "Write on a ticket."},
    {OPERATION_ACCEPT, "accept", "acceptCase", EVENT_ACCEPT, 0, false, true,
	"", "Take the ticket."},
    {OPERATION_NOTE, "note", "noteCase", EVENTS, ANY, false, true, "[TEXT]",
	"Write what only engineers read."},
    {OPERATION_RESOLVE, "resolve", "resolveCase", EVENT_RESOLVE, 0, false,
	true, "", "Ask the customer to confirm that it is solved."},
    {OPERATION_CONFIRM, "confirm", "confirmCase", EVENT_CONFIRM, 0, false,
	true, "[SCORE] [COMMENT]", "Say that it is solved, and how well."},
    {OPERATION_CLOSE, "close", "closeCase", EVENT_CLOSE, 0, false, true, "",
	"Close the ticket."},
    {OPERATION_CANCEL, "cancel", "cancelCase", EVENT_CANCEL, 0, false, true,
	"", "Take back a ticket that nobody works on yet."},
    {OPERATION_RATE, "rate", "createScores", EVENTS,
	BIT(PENDING_CONFIRMATION) | BIT(CLOSED), false, true,
	"SCORE [COMMENT]", "Say how well it was solved, from 1 to 5."},
    {OPERATION_SMS, "sms", "contactChange", EVENTS, ALIVE, false, true,
	"NUMBER", "Be told of progress on a mobile number as well."},
    {OPERATION_VERIFY, "verify", "contactChange", EVENTS, ALIVE, false, true,
	"CODE", "Give back the code that came to the mobile number."},
    {OPERATION_REMIND, "remind", "remindCase", EVENTS,
	BIT(PENDING) | BIT(PROCESSING), false, true, "",
	"Remind the engineers of a ticket that waits for long."},
    {OPERATION_FORWARD, "forward", "forwardCase", EVENTS, ALIVE, false, true,
	"NAME", "Give the ticket to another engineer."},
    {OPERATION_SEVERITY, "severity", "severityCase", EVENTS, ALIVE, false,
	true, "SEVERITY", "Say how grave it is, as the customer's plan allows."},
    {OPERATION_SERVICE, "service", "serviceCase", EVENTS, ALIVE, false, true,
	"SERVICE", "Move the ticket to another service and its engineers."},
    {OPERATION_CC, "cc", "ccCase", EVENTS, ALIVE, false, true,
	"[ADDRESS...]", "Put somebody in copy; alone: all who are proposed."},
    {OPERATION_UNCC, "uncc", "ccCase", EVENTS, ALIVE, false, true,
	"[ADDRESS...]", "Take somebody out of copy; alone: leave it yourself."},
    {OPERATION_LINK, "link", "associateCase", EVENTS, ANY, false, true,
	"NUMBER", "Say that another ticket of the same account belongs to it."},
    {OPERATION_UNLINK, "unlink", "associateCase", EVENTS, ANY, false, true,
	"NUMBER", "Say that it does not."},
    {OPERATION_TAG, "tag", "tagCase", EVENTS, ANY, false, true, "NAME",
	"Put a tag of yours on the ticket."},
    {OPERATION_UNTAG, "untag", "tagCase", EVENTS, ANY, false, true, "NAME",
	"Take it off again."},
    {OPERATION_RENAME_TAG, "rename-tag", "tagCase", EVENTS, ANY, false, true,
	"OLD NEW", "Rename a tag of yours, wherever it is."},
    {OPERATION_DELETE_TAG, "delete-tag", "tagCase", EVENTS, ANY, false, true,
	"NAME", "Delete a tag of yours, wherever it is."},
    {OPERATION_STATUS, "status", "queryCase", EVENTS, ANY, false, true, "",
	"Be told how the ticket stands."},
    {OPERATION_LIST, "list", "queryCase", EVENTS, ANY, false, true,
	"[FILTER]", "Be told which tickets there are."},
    {OPERATION_HISTORY, "history", "queryCase", EVENTS, ANY, false, true, "",
	"Be told what was done to the ticket."},
    {OPERATION_QUOTA, "quota", "queryCase", EVENTS, ANY, false, true, "",
	"Be told how many tickets the account has left."},
    {OPERATION_LIMITS, "limits", "queryCase", EVENTS, ANY, false, true, "",
	"Be told the limits."},
    {OPERATION_FORGET, "forget", "purgeContact", EVENTS, ANY, true, true,
	"[CODE]", "Destroy my contact data now."},
    {OPERATION_DELETE, "delete", "deleteCase", EVENTS,
	BIT(CANCELED) | BIT(CLOSED), true, true, "[CODE]",
	"Destroy all that the ticket holds."},
    {OPERATION_HELP, "help", "queryCase", EVENTS, ANY, false, true, "",
	"Be told the commands."},
    {OPERATION_TRANSCRIPT, "transcript", "queryCase", EVENTS, ANY, false,
	true, "", "Be sent all that this mail does."},
    {OPERATION_UNDO, "undo", "undoMessage", EVENTS, ALIVE, false, true, "",
	"Call back an answer that has not left yet."},
    {OPERATION_PURGE, "purge", "purgeContact", EVENTS, ANY, false, true, "",
	"Destroy the contact data of a ticket."},
    {OPERATION_ESCALATE, "escalate", "escalateCase", EVENTS,
	BIT(PENDING) | BIT(PENDING_REPLY), false, true, "",
	"Tell the engineers that nobody answered."},
    {OPERATION_APART, "apart", "keepConfidential", EVENTS, ANY, false, true,
	"", "Keep secrets apart from the words around them."},
    {OPERATION_AGREE, "agreement", "signAgreement", EVENTS, ANY, false, true,
	"", "Accept the agreement that a ticket is opened under."},
};

const struct operation_row *
operation_row(enum operation operation)
{
	return &rows[(unsigned)operation < OPERATIONS ? operation : 0];
}

const struct operation_row *
operation_find(struct span verb)
{
	for (size_t i = OPERATION_CREATE; i < OPERATIONS; i++) {
		if (span_is(verb, rows[i].verb))
			return &rows[i];
	}
	return NULL;
}

static unsigned
least(unsigned a, unsigned b)
{
	return a < b ? a : b;
}

/* How many letters must be put in, left out, changed or swapped with their
 * neighbour (optimal string alignment). Three rows of the matrix are enough,
 * since a swap looks back two. */
static unsigned
distance(struct span a, struct span b)
{
	unsigned row[3][VERB_MAX + 1] = {{0}};

	for (size_t j = 0; j <= b.len; j++)
		row[0][j] = (unsigned)j;
	for (size_t i = 1; i <= a.len; i++) {
		unsigned *now = row[i % 3];
		const unsigned *up = row[(i + 2) % 3];
		const unsigned *upper = row[(i + 1) % 3];

		now[0] = (unsigned)i;
		for (size_t j = 1; j <= b.len; j++) {
			int x = ascii_lower((unsigned char)a.at[i - 1]);
			int y = ascii_lower((unsigned char)b.at[j - 1]);

			now[j] = least(least(up[j], now[j - 1]) + 1,
			    up[j - 1] + (x != y));
			if (i > 1 && j > 1 && x == b.at[j - 2] &&
			    ascii_lower((unsigned char)a.at[i - 2]) == y)
				now[j] = least(now[j], upper[j - 2] + 1);
		}
	}
	return row[a.len % 3][b.len];
}

const struct operation_row *
operation_guess(struct span verb)
{
	const struct operation_row *best = NULL;
	unsigned best_distance = 3;

	if (verb.len < 2 || verb.len > VERB_MAX)
		return NULL;
	for (size_t i = OPERATION_ACCEPT; i < OPERATION_PURGE; i++) {
		struct span known = span_of(rows[i].verb);
		unsigned far = distance(verb, known);

		/* Two slips in a word of four letters make another word. */
		if (!rows[i].built || far >= best_distance ||
		    far > (known.len > 4 ? 2u : 1u))
			continue;
		best = &rows[i];
		best_distance = far;
	}
	return best;
}
