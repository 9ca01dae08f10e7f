/* secret: what a person would rather not have sent: cards, accounts, keys,
 * passwords. Pure.
 *
 * They are found so that they can be kept apart from the words around them.
 * What only looks like one (an order's number, a telephone's, a hash) hides
 * words from the engineer who needs them, so each kind has to prove itself:
 * by a checksum, by a prefix that nobody else uses, or by the word before it.
 * Linear in time: what is looked at from one place has a limit. */
#ifndef MAIL_SECRET_H
#define MAIL_SECRET_H

#include <stddef.h>

#include "arena.h"
#include "span.h"

enum secret_kind {
	SECRET_CARD,	 /* of a bank: prefix, length and Luhn's digit */
	SECRET_IBAN,	 /* of an account: country, length, modulo 97 */
	SECRET_KEY,	 /* a private key in its armour */
	SECRET_PASSWORD, /* what stands behind "password:" */
	SECRET_TOKEN,	 /* an access key of a service */
	SECRET_KINDS
};

struct secret {
	enum secret_kind kind;
	size_t at, len;	  /* in the text */
	const char *mask; /* "[card ending 4242: kept apart]" */
};

/* In the order of the text; none overlaps another. */
struct secrets {
	struct secret *list; /* in the arena */
	size_t count;
};

struct secrets secret_find(struct arena *arena, struct span text);
/* The text with each secret replaced by its mask. Nothing is found in it
 * again. */
char *secret_mask(
    struct arena *arena, struct span text, const struct secrets *secrets);
const char *secret_word(enum secret_kind kind); /* "card" */

#endif
