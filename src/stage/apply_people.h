/* apply_people: who takes part in a ticket, and what is known of them. */
#ifndef STAGE_APPLY_PEOPLE_H
#define STAGE_APPLY_PEOPLE_H

#include "apply_notice.h"

void apply_participant(struct applying *a, const struct effect *effect);
void apply_role(struct applying *a, const struct effect *effect);
void apply_bounced(struct applying *a, const struct effect *effect);

#endif
