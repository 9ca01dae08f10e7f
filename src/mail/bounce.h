/* bounce: what a delivery report says: to whom, with what status, and about
 * which mail (RFC 3464, and the texts of those who do not follow it). Pure. */
#ifndef MAIL_BOUNCE_H
#define MAIL_BOUNCE_H

#include <stdbool.h>

#include "arena.h"
#include "part.h"
#include "record.h"
#include "span.h"

/* The mail's own part of that type; NULL when it has none, or only within a
 * mail that it passes on. */
const struct part *bounce_part(const struct parts *parts, const char *type);
/* Whether a mail system's subject, or text, tells of a failed delivery. */
bool bounce_subject(struct span subject);
bool bounce_text(struct span text);
/* Never NULL; without recipients when none are named. */
struct Bounce *bounce_read(
    struct arena *arena, const struct Mail *mail, const struct parts *parts);

#endif
