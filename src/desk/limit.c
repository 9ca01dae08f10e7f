#include "command.h"
#include "tag.h"

#include "limit.h"

struct limit
limits_at(const struct policy *policy, size_t index)
{
	const struct limit limits[] = {
	    {"limit-cc", policy->cc_max},
	    {"limit-tags", TAGS_MAX},
	    {"limit-tags-ticket", TAGS_ON_TICKET_MAX},
	    {"limit-commands", COMMANDS_MAX},
	    {"limit-comment", COMMAND_COMMENT_MAX},
	    {"limit-codes", policy->codes_a_day},
	    {"limit-remind-age", policy->remind_age / WHEN_HOUR},
	    {"limit-remind-every", policy->remind_every / WHEN_HOUR},
	    {"limit-feedback", policy->feedback_after / WHEN_DAY},
	    {"limit-confirm", policy->confirm_after / WHEN_DAY},
	    {"limit-keep", policy->keep_months},
	    {NULL, 0},
	};
	size_t last = sizeof limits / sizeof *limits - 1;

	return limits[index < last ? index : last];
}
