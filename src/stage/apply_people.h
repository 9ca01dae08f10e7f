/* apply_people: who takes part in a ticket, and what is known of them. */
#ifndef STAGE_APPLY_PEOPLE_H
#define STAGE_APPLY_PEOPLE_H

#include <stdbool.h>

#include "apply_notice.h"

void apply_participant(struct applying *a, const struct effect *effect);
void apply_role(struct applying *a, const struct effect *effect);
/* The speaker's number, with a code that is to verify it; and his answer. */
void apply_mobile(struct applying *a, const struct effect *effect);
void apply_mobile_answer(struct applying *a, bool right);
void apply_bounced(struct applying *a, const struct effect *effect);

#endif
