#include "mail_words.h"

#define WORD(table, i)                                                         \
	((unsigned)(i) < sizeof(table) / sizeof *(table) ? (table)[i] : "?")

const char *
mail_kind_word(enum mail_kind kind)
{
	static const char *const words[] = {
	    [MAIL_HUMAN] = "human",
	    [MAIL_LIST] = "list",
	    [MAIL_AUTO_REPLY] = "auto-reply",
	    [MAIL_AUTO_GENERATED] = "auto-generated",
	    [MAIL_BOUNCE] = "bounce",
	    [MAIL_FEEDBACK] = "feedback",
	};

	return WORD(words, kind);
}

const char *
outcome_word(enum outcome outcome)
{
	static const char *const words[] = {
	    [OUTCOME_NONE] = "none",
	    [OUTCOME_TICKET] = "ticket",
	    [OUTCOME_APPENDED] = "appended",
	    [OUTCOME_COMMAND] = "command",
	    [OUTCOME_IGNORED] = "ignored",
	    [OUTCOME_HELD] = "held",
	    [OUTCOME_OVERSIZE] = "oversize",
	    [OUTCOME_UNPARSEABLE] = "unparseable",
	    [OUTCOME_DUPLICATE] = "duplicate",
	};

	return WORD(words, outcome);
}

const char *
verdict_word(enum verdict verdict)
{
	static const char *const words[] = {
	    [VERDICT_YES] = "yes",
	    [VERDICT_LATER] = "later",
	    [VERDICT_NEVER] = "never",
	    [VERDICT_UNSURE] = "unsure",
	};

	return WORD(words, verdict);
}

const char *
outbox_status_word(enum outbox_status status)
{
	static const char *const words[] = {
	    [OUTBOX_QUEUED] = "queued",
	    [OUTBOX_SENDING] = "sending",
	    [OUTBOX_SENT] = "sent",
	    [OUTBOX_FAILED] = "failed",
	    [OUTBOX_HELD] = "held",
	    [OUTBOX_SUPERSEDED] = "superseded",
	};

	return WORD(words, status);
}

const char *
medium_word(enum medium medium)
{
	static const char *const words[] = {
	    [MEDIUM_MAIL] = "mail",
	    [MEDIUM_SMS] = "sms",
	};

	return WORD(words, medium);
}
