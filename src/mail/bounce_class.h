/* bounce_class: why a mail did not arrive, in one word that a decision can be
 * made by. Pure.
 *
 *	hard	the address takes no mail: nobody there, closed, no such host
 *	soft	it did not work now, or nobody knows why
 *	full	the mailbox is full
 *	policy	this mail was refused: spam, size, the sender's name or host
 */
#ifndef MAIL_BOUNCE_CLASS_H
#define MAIL_BOUNCE_CLASS_H

#include <stdbool.h>

#include "span.h"

/* The word; "" for an action that is no failure. `words` is what the remote
 * side said, or the report. */
const char *bounce_class(
    const char *action, const char *status, struct span words);
/* Whether `text` holds `word`, without regard to the case of ASCII. */
bool bounce_holds(struct span text, const char *word);

#endif
