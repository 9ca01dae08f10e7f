/* quota: an account's tickets of a month, asked for and counted. */
#ifndef STAGE_QUOTA_H
#define STAGE_QUOTA_H

#include "apply_notice.h"
#include "facts.h"

/* What the speaker's account has and used; nothing when he has none. For
 * somebody who is vouched for alone: a forged sender must neither use up an
 * account's tickets nor be told of them. */
void quota_look(const struct view *view, struct facts *facts);
/* The ticket that was just opened is one more. */
void quota_count(struct applying *a);

#endif
