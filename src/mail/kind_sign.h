/* kind_sign: the signs by which a machine's mail shows itself, as a table.
 * Pure. */
#ifndef MAIL_KIND_SIGN_H
#define MAIL_KIND_SIGN_H

#include <stddef.h>

#include "mail_words.h"

/* Where a sign stands. */
enum kind_place {
	PLACE_FIELD,   /* in the header field `field` */
	PLACE_SENDER,  /* the local part of From's address */
	PLACE_SUBJECT, /* the decoded subject */
};

enum kind_match {
	MATCH_PRESENT, /* it is there and not empty */
	MATCH_IS,      /* all of it, up to a ';' or a blank */
	MATCH_BEGINS,
	MATCH_HOLDS,   /* anywhere in it */
	MATCH_UNLIKE,  /* it is there and not this word */
};

struct kind_sign {
	enum mail_kind kind;
	enum kind_place place;
	const char *field;
	enum kind_match match;
	const char *word; /* compared without regard to ASCII case */
	const char *reason;
};

/* The first that is found decides: sure signs stand above weak ones. */
extern const struct kind_sign kind_signs[];
extern const size_t kind_sign_count;

#endif
