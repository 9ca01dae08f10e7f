/* ballast: a file that is in the way, to be thrown out when the disk is full.
 *
 * Deleting needs room too: the engine writes pages anew. So what has to be
 * destroyed on its day finds room where the ballast was. */
#ifndef STORE_BALLAST_H
#define STORE_BALLAST_H

#include <stdbool.h>

/* Puts it there when there is room for it twice over; else does nothing. */
void ballast_take(const char *folder);
/* Whether there was one to throw out. */
bool ballast_drop(const char *folder);

#endif
