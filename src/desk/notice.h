/* notice: what people are told, and who is told what.
 *
 * One row a notice: its word (the template's name), who may get it, by which
 * media, whether it holds what a customer wrote. */
#ifndef DESK_NOTICE_H
#define DESK_NOTICE_H

#include <stdbool.h>

enum notice {
	NOTICE_NONE,
	/* to customers */
	NOTICE_RECEIVED,      /* acknowledgement: the ticket's number */
	NOTICE_ANSWER,	      /* an engineer's message */
	NOTICE_ACCEPTED,      /* an engineer works on it (SMS only) */
	NOTICE_CONFIRM,	      /* solved? */
	NOTICE_CLOSED,
	NOTICE_CANCELED,
	NOTICE_REMINDER,      /* we wait for you */
	NOTICE_REFUSED,	      /* a command could not be done, and why */
	NOTICE_DONE,	      /* a command was done, where nothing else says so */
	NOTICE_CODE,	      /* the verification code (SMS) */
	NOTICE_CODE_SENT,     /* a code went to your phone: reply with it */
	NOTICE_OVERSIZE,      /* your mail was too large */
	NOTICE_PURGED,	      /* your contact data is destroyed */
	NOTICE_CONFIDENTIAL,  /* secrets in your mail are kept apart */
	/* to engineers */
	NOTICE_NEW,	      /* a new ticket */
	NOTICE_MESSAGE,	      /* the customer wrote */
	NOTICE_MACHINE,	      /* a machine wrote: bounce, auto-reply */
	NOTICE_STATE,	      /* canceled, closed, confirmed, reminded */
	NOTICE_ESCALATION,    /* nobody answered */
	NOTICE_COMMAND_REFUSED, /* engineer's mail back, with the reason */
	NOTICE_TRANSCRIPT,    /* what was done */
	NOTICE_HELD,	      /* a mail is held */
	NOTICE_DIGEST,	      /* what an hour held beyond its budget */
	/* to customers again: rows on disk hold these numbers */
	NOTICE_JOINED,	      /* you are in copy from now on, and why */
	NOTICE_ASK,	      /* asks once more, with the code that does it */
	NOTICES
};

struct notice_row {
	enum notice notice;
	const char *word;  /* "received": templates/<lang>/received.txt */
	bool to_customer;
	bool mail;
	bool sms;	   /* where a verified number is on file */
	bool progress;	   /* tells a state: a newer one supersedes it (SMS) */
	const char *help;  /* when it is sent, one sentence */
};

const struct notice_row *notice_row(enum notice notice);

#endif
