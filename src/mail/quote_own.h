/* quote_own: what the desk itself wrote, found in a reply by comparison. A
 * client may quote without marks, wrap lines anew, translate the attribution
 * or change the marks; the words stay. Pure. */
#ifndef MAIL_QUOTE_OWN_H
#define MAIL_QUOTE_OWN_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "span.h"

/* A text that the reply may quote. */
struct own_text {
	struct span text;
	/* The speaker wrote it, and we only sent it back. People repeat
	 * themselves, so that it is a quote only below words of ours. */
	bool speakers;
};

/* `new_text`, UTF-8, without the lines at its end that are ours, and without
 * long runs of such lines elsewhere. A line that holds one word that is not
 * ours stays whole, except in the attribution above what goes. The result is
 * `new_text` itself when nothing goes, else in the arena. */
struct span quote_without_own(struct arena *arena, struct span new_text,
    const struct own_text *own, size_t count);

#endif
