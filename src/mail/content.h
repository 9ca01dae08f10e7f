/* content: what an attachment is by its octets, whatever its name and its
 * declared type say. Pure. */
#ifndef MAIL_CONTENT_H
#define MAIL_CONTENT_H

#include "span.h"

/* "image/jpeg", "image/bmp", "image/gif", "image/png", "text/plain" (UTF-8
 * without controls); NULL for everything else. */
const char *content_type(struct span octets);
/* Whether an image's own header announces more pixels than a viewer should be
 * made to unpack. Nothing is unpacked to find out. */
bool content_too_many_pixels(struct span octets);

#endif
