/* mail_words: the words that records carry between processes. */
#ifndef BASE_MAIL_WORDS_H
#define BASE_MAIL_WORDS_H

/* Why a mail came without its body. */
enum trouble {
	TROUBLE_NONE,
	TROUBLE_OVERSIZE,   /* larger than the limit; the header is there */
	TROUBLE_UNREADABLE, /* the server does not give it out */
	TROUBLE_POISON,	    /* reading it killed the parse process twice */
};

/* Who wrote a mail: a person, or which kind of machine. */
enum mail_kind {
	MAIL_HUMAN,
	MAIL_LIST,	     /* through a mailing list; newsletters too */
	MAIL_AUTO_REPLY,     /* vacation, out of office (RFC 3834) */
	MAIL_AUTO_GENERATED, /* a machine's own mail */
	MAIL_BOUNCE,	     /* a delivery report (RFC 3464) */
	MAIL_FEEDBACK,	     /* an abuse report (RFC 5965), a read receipt */
};

/* What became of a mail: each ends in exactly one of these. */
enum outcome {
	OUTCOME_NONE,
	OUTCOME_TICKET,	    /* a new ticket */
	OUTCOME_APPENDED,   /* a message on a ticket */
	OUTCOME_COMMAND,    /* only commands, done or refused */
	OUTCOME_IGNORED,    /* with the rule */
	OUTCOME_HELD,	    /* for a person to look at */
	OUTCOME_OVERSIZE,
	OUTCOME_UNPARSEABLE,
	OUTCOME_DUPLICATE,  /* the same mail is in the ledger already */
};

enum medium {
	MEDIUM_MAIL,
	MEDIUM_SMS,
};

/* The four ends of everything that leaves the house. */
enum verdict {
	VERDICT_YES,	/* the other side took it */
	VERDICT_LATER,	/* it did not, and may when tried again */
	VERDICT_NEVER,	/* it did not and will not */
	VERDICT_UNSURE, /* it may have */
};

enum outbox_status {
	OUTBOX_QUEUED,
	OUTBOX_SENDING,	   /* handed out, no receipt yet */
	OUTBOX_SENT,	   /* yes */
	OUTBOX_FAILED,	   /* never */
	OUTBOX_HELD,	   /* unsure twice, or an unsure SMS: for a person */
	OUTBOX_SUPERSEDED, /* a newer notice says all that it would have said */
};

const char *mail_kind_word(enum mail_kind kind);   /* "auto-reply" */
const char *outcome_word(enum outcome outcome);	   /* "appended" */
const char *verdict_word(enum verdict verdict);	   /* "later" */
const char *outbox_status_word(enum outbox_status status);
const char *medium_word(enum medium medium);	   /* "mail", "sms" */

#endif
