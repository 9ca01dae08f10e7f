#include "decision.h"

/* What is asked and changes nothing: lists, a ticket's history, limits, the
 * quota. The stage looks it up for the one who speaks, as far as he may see
 * it; it goes to the address that is on file. */

static const struct {
	enum operation operation;
	const char *told;
} queries[] = {
    {OPERATION_LIST, "list"},
    {OPERATION_HISTORY, "history"},
    {OPERATION_QUOTA, "quota"},
    {OPERATION_LIMITS, "limits"},
};

static const char *
told_of(enum operation operation)
{
	for (size_t i = 0; i < sizeof queries / sizeof *queries; i++)
		if (queries[i].operation == operation)
			return queries[i].told;
	return NULL;
}

const char *
decide_query(struct decision *decision, const struct command *command,
    const char *rest)
{
	struct effect *effect = decision_add(decision, EFFECT_ANSWER);

	(void)rest;
	effect->operation = command->operation;
	effect->text = command->argument;
	if (decision->ticket == NULL ||
	    decision->facts->speaker.engineer[0] == '\0')
		decision_tell(
		    decision, NOTICE_DONE, told_of(command->operation));
	decision_trace(decision, command->operation,
	    operation_row(command->operation)->verb);
	return NULL;
}

/* Nothing but questions that no ticket is needed for. */
static bool
asks_only(const struct commands *commands)
{
	for (size_t i = 0; i < commands->count; i++)
		if (told_of(commands->list[i].operation) == NULL ||
		    commands->list[i].operation == OPERATION_HISTORY)
			return false;
	return commands->count > 0 && !commands->refused &&
	    text_is_blank(commands->rest);
}

bool
decide_query_alone(struct decision *decision)
{
	const struct facts *facts = decision->facts;
	struct commands commands =
	    command_read(decision->arena, facts->mail->new_text);

	/* One author, sure to be him, or somebody else would have his mailbox
	 * filled with answers. */
	if (!facts->vouched || facts->mail->damaged ||
	    facts->ambiguity != NULL || facts->mail->n_from != 1 ||
	    !asks_only(&commands))
		return false;
	for (size_t i = 0; i < commands.count; i++)
		decide_query(decision, &commands.list[i], "");
	decision_outcome(decision, OUTCOME_COMMAND,
	    operation_row(commands.list[0].operation)->verb);
	return true;
}
