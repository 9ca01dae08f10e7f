/* encode: text as mail carries it: encoded words in header fields (RFC 2047),
 * folding, quoted-printable and base64 bodies (RFC 2045). Pure.
 *
 * Nothing that is given here as a value can end its field or its line. */
#ifndef MAIL_ENCODE_H
#define MAIL_ENCODE_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "buf.h"
#include "span.h"

/* A header field under way: it knows how full its line is. */
struct encode_field {
	struct buf *out;
	size_t column;
};

/* `text` as one line fit to be shown: UTF-8, without controls, without the
 * invisible characters that reorder or hide text (bidi, zero width), blanks
 * in runs of one, at most `limit` octets. */
char *encode_clean(struct arena *arena, struct span text, size_t limit);

/* "Name:"; the values then come one by one, each with a blank before it. */
struct encode_field encode_field_begin(struct buf *out, const char *name);
/* A word as it is: printable ASCII without blanks, which the caller has
 * checked. Goes on a new line when it does not fit. */
void encode_field_word(struct encode_field *field, struct span word);
/* Words of ASCII between blanks, folded between them. */
void encode_field_words(struct encode_field *field, struct span text);
/* Unstructured text such as a subject, cleaned by encode_clean(). */
void encode_field_text(struct encode_field *field, struct span text);
/* A display name, cleaned likewise: atoms, a quoted string or encoded words,
 * whichever is the plainest that can carry it. */
void encode_field_phrase(struct encode_field *field, struct span text);
void encode_field_end(struct encode_field *field);

/* Text of a body: UTF-8 whatever `text` was, one \n for each line end (also
 * for \r\n and \r), without controls but tabs, ended by a line end. */
struct span encode_text(struct arena *arena, struct span text);
/* Whether quoted-printable is the shorter way for `text`. */
bool encode_is_quoted(struct span text);
/* `text` came from encode_text(). Lines of at most 76 octets, CR LF. */
void encode_quoted(struct buf *out, struct span text);
/* Likewise in base64; its line ends are CR LF before they are encoded. */
void encode_base64(struct buf *out, struct span text);

/* A parameter of a field ("; filename=..."), on a line of its own: a quoted
 * string, or RFC 2231 when `value` (cleaned) is not plain ASCII. */
void encode_parameter(struct buf *out, const char *name, struct span value);

#endif
