/* transfer: taking off a Content-Transfer-Encoding (RFC 2045, section 6).
 * Pure. Tolerant: what does not belong to the encoding is passed over, or
 * kept where it can only be text, and raises a flag. */
#ifndef MAIL_TRANSFER_H
#define MAIL_TRANSFER_H

#include <stdbool.h>

#include "arena.h"
#include "span.h"

#include "flag.h"

/* `encoding` is the field's word in lower case. The result may be `body`
 * itself; an encoding that is not known leaves it as it is. */
struct span transfer_decode(struct arena *arena, struct span body,
    const char *encoding, struct flags *flags);
struct span transfer_base64(
    struct arena *arena, struct span body, struct flags *flags);
/* How many octets that would be, without decoding them: of sound base64 the
 * very number, of all other base64 about so many, of all else the number still
 * encoded. */
size_t transfer_size(struct span body, const char *encoding);
/* `word`: an encoded word's Q, where '_' is a blank (RFC 2047, 4.2). */
struct span transfer_quoted_printable(
    struct arena *arena, struct span body, bool word, struct flags *flags);

#endif
