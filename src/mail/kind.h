/* kind: a person or a machine, by the union of known signs (research/peers.md
 * 4.2), and what a delivery report says. Pure. */
#ifndef MAIL_KIND_H
#define MAIL_KIND_H

#include "arena.h"
#include "mail_words.h"
#include "part.h"
#include "record.h"

/* Sets kind, kind_reason and bounce of a mail whose header fields, subject,
 * addresses and text are set. */
void kind_find(
    struct arena *arena, struct Mail *mail, const struct parts *parts);

#endif
