/* apply_belongs: to whose account, and to which of its users, a ticket that is
 * opened belongs. */
#ifndef STAGE_APPLY_BELONGS_H
#define STAGE_APPLY_BELONGS_H

#include "apply_notice.h"

void apply_belongs(struct applying *a, struct Ticket *ticket);

#endif
