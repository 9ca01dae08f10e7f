#include "due.h"

static const char *const words[DUES] = {
    [DUE_SEND] = "send",
    [DUE_REMIND] = "remind",
    [DUE_FEEDBACK] = "feedback",
    [DUE_CONFIRMATION] = "confirmation",
    [DUE_ESCALATE] = "escalate",
    [DUE_PURGE_CALENDAR] = "purge-calendar",
    [DUE_PURGE_OVER] = "purge-over",
    [DUE_DIGEST] = "digest",
    [DUE_COUNTS] = "counts",
};

const char *
due_word(enum due due)
{
	return (unsigned)due < DUES ? words[due] : "unknown";
}
