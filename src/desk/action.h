/* action: what a reader of a notice can do with the ticket as it stands.
 *
 * Made from the tables of operations, roles and states, so that no notice
 * offers what would be refused. */
#ifndef DESK_ACTION_H
#define DESK_ACTION_H

#include "access.h"
#include "arena.h"
#include "ticket.h"

/* "/accept, /note [TEXT], ...": the commands that are left to `role` on a
 * ticket in `state`, several a line. */
const char *action_commands(
    struct arena *arena, enum role role, enum state state);

#endif
