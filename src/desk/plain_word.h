/* plain_word: the words that customers write instead of commands, "yes" and
 * "close", in the languages of the templates. All are understood whatever the
 * ticket's language, because people answer in the language they think in. */
#ifndef DESK_PLAIN_WORD_H
#define DESK_PLAIN_WORD_H

#include <stddef.h>

#include "operation.h"
#include "span.h"
#include "ticket.h"

struct plain_word {
	const char *word;
	enum operation operation;
	unsigned states; /* those in which it is awaited, 1 << STATE_... */
};

/* The word at the front of `line` that a ticket in `state` awaits: the longest
 * one, and only where no letter stands behind it. NULL: none. */
const struct plain_word *plain_word_find(struct span line, enum state state);

#endif
