/* apply_message: a mail, or what an admin says, as a message on the ticket,
 * and what was set apart from it. */
#ifndef STAGE_APPLY_MESSAGE_H
#define STAGE_APPLY_MESSAGE_H

#include "apply_notice.h"

void apply_message(struct applying *a, const struct effect *effect);

#endif
