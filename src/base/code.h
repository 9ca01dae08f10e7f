/* code: octets as letters: hexadecimal, base32 and base64. */
#ifndef BASE_CODE_H
#define BASE_CODE_H

#include <stdbool.h>

#include "arena.h"
#include "buf.h"
#include "span.h"

/* Lower-case hexadecimal. */
char *code_hex(struct arena *arena, struct span octets);
/* Crockford's base32 in lower case: no i, l, o, u, so that it survives being
 * read aloud and any change of case. Five bits a letter, most significant
 * first, the last letter filled up with zero bits. */
char *code_base32(struct arena *arena, struct span octets);
/* Reads exactly `len` octets; false when the letters are not such a text.
 * Takes i and l as 1, o as 0, and either case. */
bool code_base32_read(struct span letters, unsigned char *out, size_t len);
/* Base64 (RFC 4648) in lines of 76 letters, each ended by CR LF as mail
 * wants it (RFC 2045, section 6.8); without line ends when `wrap` is not
 * set. */
void code_base64(struct buf *out, struct span octets, bool wrap);

#endif
