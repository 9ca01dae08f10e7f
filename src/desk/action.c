#include <string.h>

#include "buf.h"
#include "operation.h"

#include "action.h"

#define LINE_MAX 66

/* As far as it depends on the ticket's state alone. */
static bool
fits(const struct operation_row *row, enum state state)
{
	if (row->event == EVENTS)
		return (row->states & 1u << state) != 0;
	return ticket_step(state, row->event).step == STEP_GO;
}

const char *
action_commands(struct arena *arena, enum role role, enum state state)
{
	struct buf out = buf_in(arena);
	size_t line = 0;

	/* What only a mail itself or the clock does is no command. */
	for (int i = OPERATION_ACCEPT; i < OPERATION_PURGE; i++) {
		const struct operation_row *row =
		    operation_row((enum operation)i);
		size_t len = strlen(row->verb) + strlen(row->arguments) + 2;

		if (!row->built || !fits(row, state) ||
		    access_ask(&(struct ladder){0}, role, row->operation,
			ASSURANCE_ENGINEER) != ACCESS_YES)
			continue;
		if (line > 0 && line + len + 2 > LINE_MAX) {
			buf_add_text(&out, ",\n");
			line = 0;
		} else if (line > 0) {
			buf_add_text(&out, ", ");
			line += 2;
		}
		buf_print(&out, "/%s%s%s", row->verb,
		    row->arguments[0] ? " " : "", row->arguments);
		line += len;
	}
	return buf_text(&out);
}
