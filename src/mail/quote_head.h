/* quote_head: the block of header fields that Outlook and others put above
 * what they quote ("From: ... Sent: ... To: ... Subject: ..."), in the
 * languages they speak. Pure. */
#ifndef MAIL_QUOTE_HEAD_H
#define MAIL_QUOTE_HEAD_H

#include <stdbool.h>
#include <stddef.h>

#include "quote_rules.h"
#include "span.h"

/* The colon that Chinese and Japanese have. */
#define QUOTE_WIDE_COLON "："

/* Whether `line` names a field that such a block may begin with. */
bool quote_head_may_begin(
    const struct quote_matcher *matcher, struct span line);
/* Whether such a block begins with the first of these lines, which may begin
 * one. */
bool quote_head_begins(const struct quote_matcher *matcher,
    const struct span *lines, size_t count);

#endif
