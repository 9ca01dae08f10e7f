/* quote_rules: what a single line of a reply looks like, by patterns in the
 * languages people write (quotes/patterns). Pure. */
#ifndef MAIL_QUOTE_RULES_H
#define MAIL_QUOTE_RULES_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "quote.h"
#include "span.h"

/* What a line of quotes/patterns tells. */
enum quote_sign {
	QUOTE_VERB,    /* "wrote": part of an attribution */
	QUOTE_OPENING, /* "On ...", "Am ...": where an attribution begins */
	QUOTE_DATE,    /* a date or a time */
	QUOTE_DEVICE,  /* what a phone or a client adds */
	QUOTE_SENDING, /* "sent from ...": of a device where it has */
	QUOTE_MAKE,    /* the name of one */
	QUOTE_FOOTER,  /* what mailing lists add below a line */
	QUOTE_NOTICE,  /* a confidentiality notice */
	QUOTE_GREETING, /* "Hello all," and no more */
	QUOTE_ORIGINAL, /* "-----Original Message-----" */
	QUOTE_FORWARD,	/* "---- Forwarded message ----" */
	QUOTE_FROM,	/* the fields of a header block */
	QUOTE_SENT,
	QUOTE_TO,
	QUOTE_SUBJECT,
	QUOTE_FIELD,
	QUOTE_HINT, /* a word of one of our notices: no sign by itself */
};
#define QUOTE_SIGNS 17

/* The lines of quotes/patterns, without their ends; NULL behind the last. */
extern const char *const quote_builtin[];

/* The patterns against one text: what a call needs beside them. */
struct quote_matcher;

struct quote_matcher *quote_matcher_new(
    struct arena *arena, const struct quote_rules *rules);
/* Whether `text` shows the sign; what is not UTF-8 shows none. A pattern that
 * runs into a limit does not match. */
bool quote_matches(const struct quote_matcher *matcher, enum quote_sign sign,
    struct span text);

#endif
