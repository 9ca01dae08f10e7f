/* answer: what somebody asked for, as text that only he is sent. It may hold
 * words of tickets and tags, so it is kept in his notice's row alone, sealed,
 * and ends with it. */
#ifndef STAGE_ANSWER_H
#define STAGE_ANSWER_H

#include "apply_notice.h"

/* Adds to a->answer, which the next notice takes along. */
void answer_make(struct applying *a, const struct effect *effect);

#endif
