/* apply_mobile: a mobile number, and the code that verifies it, put down with
 * who speaks. */
#ifndef STAGE_APPLY_MOBILE_H
#define STAGE_APPLY_MOBILE_H

#include "apply_notice.h"

/* Of the ticket; NULL when there is none in that slot. */
struct Contact *apply_contact_at(struct applying *a, int slot);
void apply_mobile(struct applying *a, const struct effect *effect);
void apply_mobile_answer(struct applying *a, bool right);

#endif
