/* mime: a mail's octets as a tree of parts (RFC 2045, 2046). Pure.
 *
 * One pass over the lines with a stack of open multiparts; the depth of the
 * stack and the number of parts are limits, so time is linear in the mail's
 * length whatever is nested in it. */
#ifndef MAIL_MIME_H
#define MAIL_MIME_H

#include "arena.h"
#include "span.h"

#include "flag.h"
#include "header.h"
#include "mail_read.h"
#include "part.h"

/* The parts of a mail whose lines end in LF or CR LF. There is always one:
 * the mail itself. Flags go to `flags`, which must stay as long as the parts
 * do. */
struct parts mime_read(struct arena *arena, struct span octets,
    const struct mail_limits *limits, struct flags *flags);

#endif
