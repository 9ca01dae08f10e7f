/* flag: the words for what was odd about a mail.
 *
 * A mail that two readers may understand differently is a weapon: what one
 * program checked is not what the next one shows. So the reader guesses, as
 * people expect it to, and says that it had to. The words stand in
 * Mail.flags, each once, in the order of this list. */
#ifndef MAIL_FLAG_H
#define MAIL_FLAG_H

#include <stdint.h>

#include "record.h"

enum flag {
	/* Two readers may see two different mails. */
	FLAG_NUL,	      /* a NUL octet in a header or a text */
	FLAG_BARE_CR,	      /* CR without LF in a header */
	FLAG_JUNK_IN_HEADER,  /* lines there that are no fields */
	FLAG_NO_HEADER,	      /* not one field */
	FLAG_NO_EMPTY_LINE,   /* the body begins without one */
	FLAG_DUPLICATE_FIELD, /* Subject, Date, ... more than once */
	FLAG_SEVERAL_FROM,    /* more than one From field or author */
	FLAG_DUPLICATE_MIME,  /* Content-Type, ... more than once */
	FLAG_DUPLICATE_PARAMETER,
	FLAG_MIXED_PARAMETER, /* plain and RFC 2231 of one name */
	FLAG_BAD_PARAMETER,
	FLAG_BAD_TYPE,		/* a Content-Type that is none */
	FLAG_UNKNOWN_ENCODING,	/* Content-Transfer-Encoding */
	FLAG_ENCODED_MULTIPART, /* RFC 2045, section 6.4 forbids it */
	FLAG_BAD_BASE64,
	FLAG_BAD_QUOTED_PRINTABLE,
	FLAG_BAD_BOUNDARY, /* missing, too long, never seen, RFC 2231 */
	FLAG_NO_END_BOUNDARY,
	FLAG_BAD_ADDRESS,      /* an address list out of its grammar */
	FLAG_BAD_WORD,	       /* an encoded word that is none */
	FLAG_HIDDEN_CHARACTER, /* controls, bidi, zero width in a header */
	/* A text that had to be guessed at. */
	FLAG_UNKNOWN_CHARSET,
	FLAG_BAD_CHARSET, /* octets that its charset does not have */
	FLAG_UNDECLARED_8BIT,
	/* Nobody here can read it: OpenPGP or S/MIME. */
	FLAG_ENCRYPTED,
	/* Something was left out because of a limit. */
	FLAG_LIMIT_MAIL,
	FLAG_LIMIT_HEADER,
	FLAG_LIMIT_FIELD,
	FLAG_LIMIT_FIELDS,
	FLAG_LIMIT_ADDRESSES,
	FLAG_LIMIT_WORDS,
	FLAG_LIMIT_REFERENCES,
	FLAG_LIMIT_DEPTH,
	FLAG_LIMIT_PARTS,
	FLAG_LIMIT_PARAMETERS,
	FLAG_LIMIT_TEXT,
	FLAG_COUNT
};

struct flags {
	uint64_t seen;
};

static inline void
flag_raise(struct flags *flags, enum flag flag)
{
	flags->seen |= (uint64_t)1 << flag;
}

static inline bool
flag_raised(const struct flags *flags, enum flag flag)
{
	return (flags->seen >> flag & 1) != 0;
}

const char *flag_word(enum flag flag); /* "no-end-boundary" */
/* Adds the words of all flags to the record. */
void flag_write(
    struct arena *arena, const struct flags *flags, struct Mail *mail);

#endif
