#include <stddef.h>

#include "notice.h"

#define CUSTOMER true
#define ENGINEER false
#define MAIL	 true
#define SMS	 true
#define PROGRESS true
#define NO	 false

/* In the order of the enum; notice_row() counts on it. */
static const struct notice_row rows[NOTICES] = {
    {NOTICE_NONE, "none", NO, NO, NO, NO, "Never."},
    {NOTICE_RECEIVED, "received", CUSTOMER, MAIL, NO, NO,
	"A mail became a new ticket."},
    {NOTICE_ANSWER, "answer", CUSTOMER, MAIL, SMS, PROGRESS,
	"An engineer wrote to the customer."},
    {NOTICE_ACCEPTED, "accepted", CUSTOMER, NO, SMS, PROGRESS,
	"An engineer works on the ticket."},
    {NOTICE_CONFIRM, "confirm", CUSTOMER, MAIL, SMS, PROGRESS,
	"It is taken for solved, and the customer is asked to confirm."},
    {NOTICE_CLOSED, "closed", CUSTOMER, MAIL, SMS, PROGRESS,
	"The ticket is closed."},
    {NOTICE_CANCELED, "canceled", CUSTOMER, MAIL, SMS, PROGRESS,
	"The ticket is canceled."},
    {NOTICE_REMINDER, "reminder", CUSTOMER, MAIL, SMS, PROGRESS,
	"An answer of the customer's is waited for."},
    {NOTICE_REFUSED, "refused", CUSTOMER, MAIL, NO, NO,
	"What the customer asked for could not be done, and why."},
    {NOTICE_DONE, "done", CUSTOMER, MAIL, NO, NO,
	"What the customer asked for is done."},
    {NOTICE_CODE, "code", CUSTOMER, NO, SMS, NO,
	"A mobile number was named and is to be verified."},
    {NOTICE_CODE_SENT, "code-sent", CUSTOMER, MAIL, NO, NO,
	"A code went to the customer's mobile number."},
    {NOTICE_OVERSIZE, "oversize", CUSTOMER, MAIL, NO, NO,
	"The customer's mail was too large to be read."},
    {NOTICE_PURGED, "purged", CUSTOMER, MAIL, NO, NO,
	"The customer's contact data is destroyed."},
    {NOTICE_CONFIDENTIAL, "confidential", CUSTOMER, MAIL, NO, NO,
	"A card, key or password in the customer's mail is kept apart."},
    {NOTICE_NEW, "new", ENGINEER, MAIL, NO, NO,
	"There is a new ticket, or it was forwarded to the reader."},
    {NOTICE_MESSAGE, "message", ENGINEER, MAIL, NO, NO,
	"The customer, or somebody who is not on the ticket, wrote."},
    {NOTICE_MACHINE, "machine", ENGINEER, MAIL, NO, NO,
	"A mail to the customer came back."},
    {NOTICE_STATE, "state", ENGINEER, MAIL, NO, NO,
	"The customer canceled, closed, confirmed or reminded."},
    {NOTICE_ESCALATION, "escalation", ENGINEER, MAIL, NO, NO,
	"The customer waits for an answer for too long."},
    {NOTICE_COMMAND_REFUSED, "command-refused", ENGINEER, MAIL, NO, NO,
	"The engineer's mail was not acted upon, and why."},
    {NOTICE_TRANSCRIPT, "transcript", ENGINEER, MAIL, NO, NO,
	"The engineer's commands were done."},
    {NOTICE_HELD, "held", ENGINEER, MAIL, NO, NO,
	"A mail is held for a person to look at."},
    {NOTICE_DIGEST, "digest", ENGINEER, MAIL, NO, NO,
	"An hour held more than the desk tells of one by one."},
    {NOTICE_JOINED, "joined", CUSTOMER, MAIL, NO, NO,
	"Somebody was put in copy of the ticket."},
    {NOTICE_ASK, "ask", CUSTOMER, MAIL, NO, NO,
	"Something that cannot be undone was asked for, and is asked once "
	"more."},
};

const struct notice_row *
notice_row(enum notice notice)
{
	return &rows[(unsigned)notice < NOTICES ? notice : NOTICE_NONE];
}
