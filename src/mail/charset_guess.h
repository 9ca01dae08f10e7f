/* charset_guess: what charset a text may be in that nobody declared, or that
 * is not what its label says. Pure.
 *
 * Looks at a bounded sample. Eastern charsets are told by which rows their
 * pairs fall into, alphabets by how often their letters stand in a text of
 * their languages, Latin ones by which languages have all of the letters.
 * When in doubt it finds nothing. */
#ifndef MAIL_CHARSET_GUESS_H
#define MAIL_CHARSET_GUESS_H

#include "arena.h"
#include "span.h"

/* The converter's name (charset_names.h) of an undeclared text that is no
 * UTF-8; NULL: nothing is more likely than windows-1252. */
const char *charset_guess(struct arena *arena, struct span octets);
/* The same of a text that is labelled as Western: found only when it is a
 * text of another script beyond doubt. */
const char *charset_guess_other(struct arena *arena, struct span octets);

#endif
