/* quote: what a mail adds to the exchange, set apart from what it quotes.
 * Pure; nothing is destroyed: the whole text is kept beside it. When in doubt
 * the text counts as new: losing a customer's words is the worst fault. */
#ifndef MAIL_QUOTE_H
#define MAIL_QUOTE_H

#include "arena.h"
#include "span.h"

/* `text` is UTF-8 with \n line ends. The new text, trimmed of blank lines at
 * both ends, in the arena. */
struct span quote_new_text(struct arena *arena, struct span text);

#endif
