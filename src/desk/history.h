/* history: what of a ticket's operation log somebody may see. */
#ifndef DESK_HISTORY_H
#define DESK_HISTORY_H

#include <stdbool.h>

#include "arena.h"
#include "record.h"

#include "people.h"

/* Customers do not see notes, nor what was refused to engineers, nor what
 * strangers tried. */
bool history_shows(const struct Audit *audit, bool engineer);
/* Who did it, without personal data: an engineer's full name, "requester",
 * "participant 2", "clock". */
const char *history_actor(struct arena *arena, const struct people *people,
    const struct Audit *audit);

#endif
