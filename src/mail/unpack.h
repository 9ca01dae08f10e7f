/* unpack: parts that hold parts in a way that is not MIME's: files written
 * into a text by uuencode, Outlook's winmail.dat, signed S/MIME. Pure. */
#ifndef MAIL_UNPACK_H
#define MAIL_UNPACK_H

#include "arena.h"

#include "mail_read.h"
#include "part.h"

/* The same parts, with those that were found in them as their children; what
 * held them is a multipart then. What cannot be read for want of a key raises
 * a flag. */
struct parts unpack_parts(struct arena *arena, const struct parts *parts,
    const struct mail_limits *limits);

#endif
