/* smtp_verdict: which of the four words an SMTP transaction ends with.
 *
 * Pure: how far it came and the code of the reply that it ended with. A reply
 * counts only for the command that it answers: a connection that dies while
 * DATA is answered has no code, although the 250 of RCPT lies just behind. */
#ifndef TRANSPORT_SMTP_VERDICT_H
#define TRANSPORT_SMTP_VERDICT_H

#include <stdbool.h>

#include "mail_words.h"

/* How far it came: what had been asked when it ended. */
enum smtp_stage {
	SMTP_AT_OPEN,	  /* connect, banner, EHLO, STARTTLS, AUTH */
	SMTP_AT_ENVELOPE, /* MAIL, RCPT, DATA: up to the 354 */
	SMTP_AT_BODY,	  /* after the 354: our mail is on its way */
	SMTP_AT_DOT,	  /* all of it, with the final dot, has left */
};

/* `code` is the reply that ended it, 0 when the connection was lost, timed
 * out or spoke no SMTP before one came. */
enum verdict smtp_verdict(enum smtp_stage stage, unsigned code);
/* Whether such a refusal is about us (log in, connection) and not about the
 * mail: an error for the administrator. */
bool smtp_about_us(enum smtp_stage stage, unsigned code);

#endif
