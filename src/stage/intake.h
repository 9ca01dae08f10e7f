/* intake: one mail, from the ledger's question to the ledger's answer. */
#ifndef STAGE_INTAKE_H
#define STAGE_INTAKE_H

#include "apply.h"

/* Within a write transaction: looks whether the mail is known, decides,
 * applies, writes the ledger row and moves the mailbox's position. What the
 * ledger says of it, known or new. */
struct applied intake_mail(const struct view *view, const struct Mail *mail,
    struct ready *ready);
/* A mail that made its transaction fail: only a stub of it is kept, so that
 * the next one comes through. */
struct applied intake_stub(const struct view *view, const struct Mail *mail,
    struct ready *ready);

#endif
