/* bounce_text: delivery reports that are written for people: qmail, Exim,
 * Exchange, sendmail, Postfix and their kin. Pure. */
#ifndef MAIL_BOUNCE_TEXT_H
#define MAIL_BOUNCE_TEXT_H

#include <stdbool.h>

#include "arena.h"
#include "record.h"
#include "span.h"

/* The first status in `text`: an enhanced code (RFC 3463: "5.1.1"), else the
 * class of an SMTP reply ("550" is "5.0.0"); "" when there is none. */
const char *bounce_text_status(struct arena *arena, struct span text);
/* The first that tells of a failure: of class 4 or 5. */
const char *bounce_text_failure(struct arena *arena, struct span text);
/* The status that its words mean: "5.0.0", "4.0.0", or "". */
const char *bounce_text_meaning(struct span text);
/* The subject and the report above the copy of the mail that came back. */
struct span bounce_text_report(
    struct span subject, struct span text, struct arena *arena);
/* Adds the recipients that a report names: addresses that stand at a line's
 * beginning or behind a word like "to", or else any. With `all` every one is
 * taken; else not those that the report itself came from or went to. */
void bounce_text_recipients(struct arena *arena, struct Bounce *bounce,
    struct span report, const struct Mail *mail, bool all);
/* Adds those whom the copy of the mail that came back was written to. */
void bounce_text_addressees(struct arena *arena, struct Bounce *bounce,
    struct span copy, const struct Mail *mail);
/* The Message-ID named in the copy of a header, without < >; "". */
const char *bounce_text_message_id(struct arena *arena, struct span text);

#endif
