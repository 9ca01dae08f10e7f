#include <string.h>

#include "buf.h"
#include "operation.h"

#include "action.h"

#define LINE_MAX 66

#define BIT(state) (1u << STATE_##state)
#define WORKED                                                                 \
	(BIT(PROCESSING) | BIT(PENDING_FEEDBACK) | BIT(PENDING_REPLY))
#define ALIVE	   (BIT(PENDING) | WORKED | BIT(PENDING_CONFIRMATION))
#define ASKED	   (BIT(PENDING_CONFIRMATION) | BIT(CLOSED))

#define RATE(score)                                                            \
	{ACTION_RATE_##score, "rate" #score, OPERATION_CONFIRM, score, ASKED,  \
	    true, "rate", "How well was it solved? 1: not at all, 5: very well"}

/* In the order of the enum; action_row() counts on it. A score says that it
 * is solved, too; on a closed ticket that is all it says. */
static const struct action_row rows[ACTIONS] = {
    {ACTION_NONE, "none", OPERATION_NONE, 0, 0, false, "", ""},
    {ACTION_CONFIRM, "confirm", OPERATION_CONFIRM, 0,
	BIT(PENDING_CONFIRMATION), true, "confirm", "Yes, it is solved"},
    {ACTION_UNSOLVED, "unsolved", OPERATION_MESSAGE, 0, ASKED, true,
	"unsolved", "No, it is not solved"},
    {ACTION_CANCEL, "cancel", OPERATION_CANCEL, 0, BIT(PENDING), true,
	"cancel", "Cancel the ticket"},
    {ACTION_CLOSE, "close", OPERATION_CLOSE, 0, WORKED, true, "close",
	"Close the ticket"},
    {ACTION_REMIND, "remind", OPERATION_REMIND, 0,
	BIT(PENDING) | BIT(PROCESSING), false, "remind",
	"Remind the engineers"},
    {ACTION_STATUS, "status", OPERATION_STATUS, 0, ALIVE, false, "status",
	"How does it stand?"},
    {ACTION_LEAVE, "leave", OPERATION_UNCC, 0, ALIVE, false, "leave",
	"Leave this ticket"},
    RATE(1),
    RATE(2),
    RATE(3),
    RATE(4),
    RATE(5),
};

static const struct {
	const char *key;
	const char *label;
} phrases[] = {
    {"tap", "Or tap one of these, and send the mail that opens:"},
    {"send", "Just send this mail. Nothing needs to be written."},
    {"write", "Write what there is to say, if anything, and send this mail."},
};

const struct action_row *
action_row(enum action action)
{
	return &rows[(unsigned)action < ACTIONS ? action : ACTION_NONE];
}

enum action
action_find(struct span word)
{
	for (int i = ACTION_NONE + 1; i < ACTIONS; i++) {
		if (span_is(word, rows[i].word))
			return rows[i].action;
	}
	return ACTION_NONE;
}

bool
action_offered(
    enum action action, enum role role, enum state state, bool rated)
{
	const struct action_row *row = action_row(action);

	if (!(row->states & 1u << state) || (row->score > 0 && rated))
		return false;
	/* Whoever opened the ticket is not in copy of it. */
	if (action == ACTION_LEAVE && role != ROLE_CC)
		return false;
	return access_ask(&(struct ladder){0}, role, row->operation,
		   ASSURANCE_CUSTOMER) == ACCESS_YES;
}

const char *
action_key(size_t index, const char **label_r)
{
	size_t count = sizeof phrases / sizeof *phrases;

	if (index < count) {
		*label_r = phrases[index].label;
		return phrases[index].key;
	}
	/* The five scores have one label. */
	index -= count;
	if (index > ACTION_RATE_1 - ACTION_CONFIRM)
		return NULL;
	*label_r = rows[ACTION_CONFIRM + index].label;
	return rows[ACTION_CONFIRM + index].key;
}

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

		/* The transcript of an answer that waits names /undo. */
		if (!row->built || !fits(row, state) ||
		    row->operation == OPERATION_UNDO ||
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
