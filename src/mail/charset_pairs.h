/* charset_pairs: the charsets of East Asia by their pairs of octets. Pure.
 * Only charset_guess.c calls it. */
#ifndef MAIL_CHARSET_PAIRS_H
#define MAIL_CHARSET_PAIRS_H

#include "span.h"

/* The converter's name; NULL when the text is in none of them. */
const char *charset_pairs(struct span octets);

#endif
