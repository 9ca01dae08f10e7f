#include "buf.h"

#include "action.h"
#include "decision.h"

/* A mail to an action address: the verb is in the address, so nothing of the
 * mail has to be read for it. Who may do it is asked as for the command. */

/* What was written besides; the lines in brackets are those that the link put
 * there. */
static const char *
own_words(const struct decision *decision)
{
	struct span text = span_of(decision->facts->mail->new_text);
	struct buf out = buf_in(decision->arena);

	while (text.len > 0) {
		const char *end = memchr(text.at, '\n', text.len);
		size_t len = end ? (size_t)(end - text.at) + 1 : text.len;
		struct span line = span_trim((struct span){text.at, len});

		if (line.len < 2 || line.at[0] != '[' ||
		    line.at[line.len - 1] != ']')
			buf_add(&out, (struct span){text.at, len});
		text.at += len;
		text.len -= len;
	}
	buf_text(&out);
	return arena_copy(decision->arena, span_trim(buf_span(&out)));
}

struct commands
decide_action_commands(const struct decision *decision)
{
	const struct action_row *row = action_row(decision->facts->action);
	const char *words = row->words ? own_words(decision) : "";
	bool comment = row->score > 0 && strlen(words) <= COMMAND_COMMENT_MAX;

	return (struct commands){
	    .list = {{.operation = row->operation,
		.line = row->word,
		.argument = comment ? words : "",
		.score = row->score}},
	    .count = 1,
	    .rest = comment ? "" : words,
	};
}

void
decide_action_refuse(struct decision *decision, const char *why)
{
	decision_tell(decision, NOTICE_REFUSED, why);
	decision_refused(decision,
	    action_row(decision->facts->action)->operation, why);
	decision_outcome(decision, OUTCOME_COMMAND, why);
}

/* Nobody is known on the ticket any more, whose key this is: what can still
 * be done is done for whoever holds it and can be answered. */
void
decide_action_late(struct decision *decision)
{
	const struct facts *facts = decision->facts;
	struct commands commands = decide_action_commands(decision);

	if (!facts->vouched || facts->mail->damaged || facts->actions > 1)
		decision_hold(decision, "command-unsure");
	else if (facts->action == ACTION_UNSOLVED)
		decide_open(decision, decision->ticket->number);
	else if (!decide_rates_late(decision, &commands))
		decide_action_refuse(decision,
		    state_is_over(decision->state) ? "over" : "purged");
}

void
decide_action(struct decision *decision)
{
	const struct facts *facts = decision->facts;
	struct commands commands = decide_action_commands(decision);

	if (facts->mail->damaged || facts->ambiguity != NULL) {
		decide_action_refuse(decision, "ambiguous");
	} else if (facts->actions > 1) {
		decide_action_refuse(decision, "many-actions");
	} else if (facts->action != ACTION_UNSOLVED) {
		decide_commands(decision, &commands);
	} else if (state_is_over(decision->state)) {
		decide_open(decision, decision->ticket->number);
	} else {
		/* Without a word the link's own line says it. */
		decide_message(decision,
		    text_is_blank(commands.rest) ? facts->mail->new_text
						 : commands.rest);
		decision_tell(decision, NOTICE_DONE, "not-solved");
		decision_outcome(decision, OUTCOME_APPENDED, "not-solved");
	}
}
