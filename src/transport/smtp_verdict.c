#include "smtp_verdict.h"

bool
smtp_about_us(enum smtp_stage stage, unsigned code)
{
	if (stage == SMTP_AT_OPEN)
		return true;
	/* RFC 4954, section 6, and RFC 3207, section 4: these codes say "log
	 * in (or encrypt) first", to whichever command they answer. */
	switch (code) {
	case 530:
	case 534:
	case 535:
	case 538:
		return true;
	default:
		return false;
	}
}

/* The rule: YES needs a 250 for the final dot; NEVER needs a 5xx about this
 * mail or its recipient; UNSURE is whatever is not known after the other side
 * said 354, since it may hold a mail whose reply got lost; all else is
 * LATER. */
enum verdict
smtp_verdict(enum smtp_stage stage, unsigned code)
{
	bool body = stage == SMTP_AT_BODY || stage == SMTP_AT_DOT;

	if (smtp_about_us(stage, code))
		return VERDICT_LATER;
	if (stage == SMTP_AT_DOT && code == 250)
		return VERDICT_YES;
	if (code >= 400 && code <= 499)
		return VERDICT_LATER;
	if (code >= 500 && code <= 599)
		return VERDICT_NEVER;
	return body ? VERDICT_UNSURE : VERDICT_LATER;
}
