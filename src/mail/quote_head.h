/* quote_head: the block of header fields that Outlook and others put above
 * what they quote ("From: ... Sent: ... To: ... Subject: ..."), in the
 * languages they speak. Pure. */
#ifndef MAIL_QUOTE_HEAD_H
#define MAIL_QUOTE_HEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "span.h"

/* Whether such a block begins with the first of these lines. */
bool quote_head_begins(const struct span *lines, size_t count);

#endif
