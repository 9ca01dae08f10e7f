/* word: encoded words (RFC 2047) and header text in any charset. Pure. */
#ifndef MAIL_WORD_H
#define MAIL_WORD_H

#include "arena.h"
#include "span.h"

#include "flag.h"

/* `text`, unfolded, with its encoded words decoded: valid UTF-8, neither
 * cleaned nor trimmed. Characters split across adjacent words are joined.
 * Octets above 127 outside of words are UTF-8 if they can be. At most `limit`
 * words are decoded. */
struct span word_decode(
    struct arena *arena, struct span text, size_t limit, struct flags *flags);
/* How many octets the encoded word without blanks at the start of `text`
 * has; 0 when none is there. */
size_t word_length(struct span text);

#endif
