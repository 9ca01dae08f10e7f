/* apply_creation: a field of a ticket, sealed with it. */
#ifndef STAGE_APPLY_CREATION_H
#define STAGE_APPLY_CREATION_H

#include "apply_notice.h"

void apply_field(struct applying *a, const struct effect *effect);
/* And what it is opened under. */
void apply_agreement(struct applying *a, const struct effect *effect);

#endif
