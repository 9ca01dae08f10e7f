#include "decision.h"

/* The command line: the same works and wishes, by whoever may open the store,
 * with no mail behind them. */

static bool
is_work(enum operation operation)
{
	return access_ask(&(struct ladder){0}, ROLE_ENGINEER, operation,
		   ASSURANCE_LOCAL) == ACCESS_YES;
}

/* The command as a mail would have had it; what only the command line has,
 * the name behind "accept" and lines in a note, is taken as it is. */
static struct command
command_from(struct arena *arena, const struct facts *facts)
{
	struct command command = {
	    .operation = facts->operation,
	    .line = "",
	    .argument = facts->argument ? facts->argument : "",
	};
	struct commands commands;

	if (facts->operation != OPERATION_CONFIRM &&
	    facts->operation != OPERATION_LINK &&
	    facts->operation != OPERATION_UNLINK &&
	    facts->operation != OPERATION_FORWARD &&
	    facts->operation != OPERATION_SEVERITY &&
	    facts->operation != OPERATION_SERVICE)
		return command;
	commands = command_read(arena,
	    arena_print(arena, "/%s %s",
		operation_row(facts->operation)->verb, command.argument));
	return commands.count == 1 ? commands.list[0] : command;
}

static const char *
purge(struct decision *decision)
{
	if (decision->ticket->purged)
		return "purged";
	decision_add(decision, EFFECT_PURGE);
	decision_trace(decision, OPERATION_PURGE, "by-admin");
	return NULL;
}

static const char *
operate(struct decision *decision, const struct command *command)
{
	if (decision->ticket == NULL)
		return "no-ticket";
	if (command->error != NULL)
		return command->error;
	if (decision_access(decision, command->operation) != ACCESS_YES)
		return "not-yours";
	if (command->operation == OPERATION_PURGE)
		return purge(decision);
	if (is_work(command->operation))
		return decide_work(decision, command, "");
	return decide_wish(decision, command, "");
}

struct effects
decide_operation(struct arena *arena, const struct facts *facts)
{
	struct facts own = *facts;
	struct decision decision, before;
	struct command command = command_from(arena, facts);
	const char *why;

	own.speaker = (struct speaker){
	    .role = ROLE_ADMIN,
	    .assurance = ASSURANCE_LOCAL,
	    .slot = -1,
	    .engineer = "",
	    .address = "",
	    .name = "",
	};
	decision = decision_start(arena, &own);
	before = decision;
	why = operate(&decision, &command);
	if (why != NULL) {
		decision_undo(&decision, &before);
		decision_refused(&decision, command.operation, why);
	}
	return decision.effects;
}
