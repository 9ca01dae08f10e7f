/* header: a header block as fields (RFC 5322, section 2.2). Pure. */
#ifndef MAIL_HEADER_H
#define MAIL_HEADER_H

#include <stdbool.h>

#include "arena.h"
#include "span.h"

#include "flag.h"

struct header_field {
	struct span name;
	struct span body; /* still folded, without the last line end */
};

struct header {
	struct header_field *list;
	size_t count;
	size_t length; /* octets of the block that belong to the header */
};

/* Splits a block that ends where the body (an empty line) begins. Lines that
 * are no fields are passed over, or belong to the field above when another
 * field follows them soon; otherwise the body begins there and `length` is
 * less than the block's. At most `limit` fields are taken. */
struct header header_split(
    struct arena *arena, struct span block, size_t limit, struct flags *flags);
/* Whether a line looks like the first of a field. */
bool header_field_line(struct span line);
/* The n-th (from 0) field of that name; NULL when there are fewer. */
const struct header_field *header_find(
    const struct header *header, const char *name, size_t n);
/* On one line, blanks round it trimmed; NUL is U+FFFD, other octets are as
 * they were; at most `limit` octets. */
struct span header_unfold(
    struct arena *arena, struct span body, size_t limit, struct flags *flags);

#endif
