/* apply_undo: an answer that waits before it leaves, and is called back.
 *
 * Its notices are rows that are due later; what else is needed to take it back
 * is in the ticket's row. Nothing of it is in memory. */
#ifndef STAGE_APPLY_UNDO_H
#define STAGE_APPLY_UNDO_H

#include "apply_notice.h"

void apply_hold_back(struct applying *a, const struct effect *effect);
void apply_undo(struct applying *a);

#endif
