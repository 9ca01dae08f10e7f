/* attachment: what came with a mail, and which of it is kept. Pure. */
#ifndef MAIL_ATTACHMENT_H
#define MAIL_ATTACHMENT_H

#include "arena.h"
#include "record.h"

#include "body.h"
#include "mail_read.h"
#include "part.h"

/* Adds an Attachment to the mail for each of the body's. Kept are JPEG, BMP,
 * GIF, PNG and plain text, by their octets, as long as the limits last; of
 * the others there is a name, a size and the reason. */
void attachment_read_all(struct arena *arena, const struct parts *parts,
    const struct body *body, const struct mail_limits *limits,
    struct Mail *mail);

#endif
