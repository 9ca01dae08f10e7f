/* tnef: Outlook's winmail.dat (MS-OXTNEF): a text and files. Pure.
 *
 * A reader of our own: libytnef allocates what a stranger's length says,
 * outside of any arena, decides by memory that nobody set (valgrind, on a
 * file without a fault) and writes to stderr. A few attributes are all that
 * a desk wants. */
#ifndef MAIL_TNEF_H
#define MAIL_TNEF_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

#include "part.h"

/* The parts that `whole` holds, without parent or depth: its text first, if
 * `text` asks for it, then the files; at most `limit`. None when it is no
 * such file. One that is cut off is read as far as it goes. */
struct parts tnef_read(
    struct arena *arena, const struct part *whole, bool text, size_t limit);

#endif
