/* secret_look: the looks for secrets, each from one place of a text. For
 * secret*.c only.
 *
 * A look answers how many octets from `at` on are a secret, 0 when none are,
 * and sees no more than a limited part of the text before and behind. */
#ifndef MAIL_SECRET_LOOK_H
#define MAIL_SECRET_LOOK_H

#include <stdbool.h>
#include <stddef.h>

#include "span.h"

/* Prefix and all, of any access key. */
#define SECRET_TOKEN_LEAST 20

/* From the first digit. */
size_t secret_look_card(struct span text, size_t at);
/* From the country's first letter. */
size_t secret_look_iban(struct span text, size_t at);
/* From the first letter of a word; the caller sees to SECRET_TOKEN_LEAST. */
size_t secret_look_token(struct span text, size_t at);
/* From the ':' or '=' that ends a word for a password; `start_r` is where
 * its value begins. */
size_t secret_look_password(struct span text, size_t at, size_t *start_r);
/* From the "-----" or "PuTTY" of an armour. Its length is not limited, but
 * the look begins anew only behind it or behind what it saw in `seen_r`. */
size_t secret_look_key(struct span text, size_t at, size_t *seen_r);

static inline bool
secret_is_alnum(struct span text, size_t at)
{
	unsigned char c;

	if (at >= text.len)
		return false;
	c = (unsigned char)text.at[at];
	return ascii_digit(c) || ascii_alpha(c);
}

/* The length of the one blank or hyphen by which people group numbers; a
 * blank of HTML that does not break is two octets. */
static inline size_t
secret_separator(struct span text, size_t at)
{
	if (at >= text.len)
		return 0;
	if (text.at[at] == ' ' || text.at[at] == '-')
		return 1;
	return at + 1 < text.len && text.at[at] == '\xc2' &&
		       text.at[at + 1] == '\xa0'
		   ? 2
		   : 0;
}

#endif
