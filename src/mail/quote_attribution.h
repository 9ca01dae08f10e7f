/* quote_attribution: the line that tells whom a quote is from: "On ..., Anna
 * <anna@example.org> wrote:", wrapped or not. Pure. */
#ifndef MAIL_QUOTE_ATTRIBUTION_H
#define MAIL_QUOTE_ATTRIBUTION_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "quote_rules.h"
#include "span.h"

#define QUOTE_ATTRIBUTION_LINES	 4
#define QUOTE_ATTRIBUTION_OCTETS 600 /* of one line */

/* A cheap look that most lines do not pass: whether it may be the last line of
 * an attribution. */
bool quote_attribution_may_end(struct span line);
/* How many of `lines`, which stand last to first, are an attribution; 0: none.
 * `apart`: nothing stands on the line below them. `sure_r` is set when they need
 * no quote below to be believed. */
size_t quote_attribution_length(struct arena *arena,
    const struct quote_matcher *matcher, const struct span *lines,
    size_t count, bool apart, bool *sure_r);

#endif
