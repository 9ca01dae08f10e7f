#include <string.h>

#include "operation.h"
#include "span.h"

#include "history.h"

static bool
begins(const char *text, const char *with)
{
	return strncmp(text, with, strlen(with)) == 0;
}

bool
history_shows(const struct Audit *audit, bool engineer)
{
	if (engineer)
		return true;
	if (strcmp(audit->trace, operation_row(OPERATION_NOTE)->trace) == 0 ||
	    strcmp(audit->actor, "stranger") == 0 ||
	    strcmp(audit->detail, "stranger") == 0)
		return false;
	return !audit->refused || begins(audit->actor, "customer:") ||
	    begins(audit->actor, "user:");
}

const char *
history_actor(struct arena *arena, const struct people *people,
    const struct Audit *audit)
{
	const char *actor = audit->actor;
	const char *slot = strchr(actor, '/');
	const struct engineer *engineer;

	if (begins(actor, "engineer:")) {
		engineer =
		    people_engineer(people, actor + strlen("engineer:"));
		return engineer ? engineer->full_name
				: actor + strlen("engineer:");
	}
	if (!begins(actor, "customer:") || slot == NULL)
		return actor;
	return strcmp(slot, "/0") == 0
	    ? "requester"
	    : arena_print(arena, "participant %s", slot + 1);
}
