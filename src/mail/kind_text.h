/* kind_text: machines that show themselves by words alone, in the languages
 * they speak. Words prove little, so each is asked only beside another sign.
 * Pure. */
#ifndef MAIL_KIND_TEXT_H
#define MAIL_KIND_TEXT_H

#include <stdbool.h>

#include "span.h"

/* A read receipt of Outlook and its kin: the subject is the mail's behind
 * "Read:", the text is short and tells when. */
bool kind_text_receipt(struct span subject, struct span text);
/* A note that somebody is away, or that a mail has come in: the first lines. */
bool kind_text_note(struct span text);
/* The note that Lotus Notes sends for somebody away, with no other mark: the
 * subject says so of a name, and the text begins so in the first person. */
bool kind_text_absence(struct span subject, struct span text);
/* A request to prove that a person wrote. */
bool kind_text_challenge(struct span subject);
/* A provider's report on a mail that its reader marked as spam. */
bool kind_text_complaint(struct span subject);
/* The subject of an automatic reply, in any language. */
bool kind_text_reply_subject(struct span subject);

#endif
