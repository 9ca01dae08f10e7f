/* uu: files that were written into a plain text by uuencode, the way before
 * there was MIME. Pure. */
#ifndef MAIL_UU_H
#define MAIL_UU_H

#include "arena.h"

#include "mail_read.h"
#include "part.h"

/* A mail that is one plain text with such files in it becomes a mail of
 * several parts (type "multipart/mixed"): texts and files in their order.
 * Any other mail stays as it is. */
void uu_split(
    struct arena *arena, struct parts *parts, const struct mail_limits *limits);

#endif
