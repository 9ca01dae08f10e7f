/* carriers_quoted: the links of our own notices, come back in a quote. */
#ifndef STAGE_CARRIERS_QUOTED_H
#define STAGE_CARRIERS_QUOTED_H

#include <stdint.h>

#include "facts.h"

/* The one ticket that the keyed addresses in the mail's text name; 0: there
 * are none, or they are of several, as in a mail that quotes two notices.
 * `trail` may be NULL. */
uint64_t carriers_quoted(const struct view *view, const struct Mail *mail,
    struct facts_trail *trail);

#endif
