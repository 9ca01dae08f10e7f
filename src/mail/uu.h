/* uu: files that were written into a plain text by uuencode, the way before
 * there was MIME. Pure. */
#ifndef MAIL_UU_H
#define MAIL_UU_H

#include "arena.h"

#include "part.h"

/* The texts and files that a plain text consists of, in their order; none
 * when there is no file in it, or `limit` leaves no room. The result's parts
 * have no parent and no depth yet. */
struct parts uu_split(
    struct arena *arena, const struct part *whole, size_t limit);

#endif
