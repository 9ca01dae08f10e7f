#include "buf.h"

#include "decision.h"

/* An engineer's mail: commands at the top, an answer to the customer below.
 * Nothing of it reaches the customer when anything about it is wrong. */

static bool
has(const struct commands *commands, enum operation operation)
{
	for (size_t i = 0; i < commands->count; i++) {
		if (commands->list[i].operation == operation)
			return true;
	}
	return false;
}

/* The reason alone, for a notice's detail is kept in clear; the mail's own
 * words go along sealed (apply_sender_notice), so that they need not be
 * written again. */
static void
give_back(struct decision *decision, const char *why)
{
	decision_answer(decision, NOTICE_COMMAND_REFUSED, why);
}

/* The end of a mail of which nothing was done. */
static void
refuse(struct decision *decision, enum operation operation, const char *why)
{
	give_back(decision, why);
	decision_refused(decision, operation, why);
	decision_outcome(decision, OUTCOME_COMMAND, "refused");
}

/* NULL, or why not, after which what was done has to be undone. */
static const char *
do_command(struct decision *decision, const struct command *command,
    const char *rest)
{
	switch (decision_access(decision, command->operation)) {
	case ACCESS_YES:
		return decide_work(decision, command, rest);
	case ACCESS_NO:
	case ACCESS_UNSURE:
		break;
	}
	return "customers-only";
}

/* Who gets the text below the commands: a note's and a forward's readers are
 * colleagues; else it is the customer, with the resolve if there is one. */
static enum operation
taker_of(const struct commands *commands)
{
	static const enum operation takers[] = {
	    OPERATION_NOTE, OPERATION_FORWARD, OPERATION_RESOLVE};

	for (size_t i = 0; i < sizeof takers / sizeof *takers; i++) {
		if (has(commands, takers[i]))
			return takers[i];
	}
	return OPERATION_MESSAGE;
}

/* A note that was put below the greeting must not go to the customer: the
 * mail comes back. True when it did. */
static bool
refuse_astray(struct decision *decision, const char *text)
{
	if (command_astray(decision->arena, text) == NULL)
		return false;
	refuse(decision, OPERATION_MESSAGE, "command-below");
	return true;
}

/* What was done: in brief where there were commands; in full, with the text
 * and its readers, where that is asked for, or always. */
static void
tell_transcript(struct decision *decision, const struct commands *commands,
    const char *done)
{
	const char *was = state_word(decision->ticket != NULL
		? (enum state)decision->ticket->state
		: STATE_NONE);

	if (decision->facts->policy->transcripts ||
	    has(commands, OPERATION_TRANSCRIPT))
		decision_notice_message(decision, NOTICE_TRANSCRIPT,
		    TO_SPEAKER,
		    arena_print(
			decision->arena, "full:%s:%s", was, done));
	else if (commands->count > 0)
		decision_notice(
		    decision, NOTICE_TRANSCRIPT, TO_SPEAKER, done);
}

static void
do_all(struct decision *decision, const struct commands *commands)
{
	const struct decision before = *decision;
	enum operation taker = taker_of(commands);
	struct buf done = buf_in(decision->arena);
	const char *why = NULL;
	size_t i;

	if ((taker == OPERATION_MESSAGE || taker == OPERATION_RESOLVE) &&
	    refuse_astray(decision, commands->rest))
		return;
	for (i = 0; i < commands->count; i++) {
		const struct command *one = &commands->list[i];
		const char *rest =
		    one->operation == taker ? commands->rest : "";

		why = do_command(decision, one, rest);
		if (why != NULL) {
			decision_undo(decision, &before);
			refuse(decision, one->operation, why);
			return;
		}
		buf_print(&done, "%s%s", i > 0 ? ", " : "",
		    operation_row(one->operation)->verb);
	}
	if (taker == OPERATION_MESSAGE && !text_is_blank(commands->rest))
		why = decide_reply(decision, commands->rest);
	if (why != NULL) {
		decision_undo(decision, &before);
		refuse(decision, OPERATION_MESSAGE, why);
		return;
	}
	/* Help alone has its own sentence: other commands than a customer's. */
	if (commands->count == 1 && has(commands, OPERATION_HELP))
		decision_notice(decision, NOTICE_TRANSCRIPT, TO_SPEAKER,
		    "help-engineer");
	else
		tell_transcript(decision, commands, buf_text(&done));
	decision_done(decision, buf_text(&done));
}

static void
refuse_block(struct decision *decision, const struct commands *commands)
{
	const char *why = "many-commands";

	for (size_t i = 0; i < commands->count; i++) {
		if (commands->list[i].error == NULL)
			continue;
		why = commands->list[i].error;
		break;
	}
	give_back(decision, why);
	decision_refused(decision, OPERATION_MESSAGE, "bad-command");
	decision_outcome(decision, OUTCOME_COMMAND, "refused");
}

static void
reply_plainly(struct decision *decision, const char *text)
{
	const struct Mail *mail = decision->facts->mail;
	const char *why;

	if (refuse_astray(decision, text))
		return;
	if (text_is_blank(text) && mail->n_attachments == 0)
		why = "nothing-said";
	else
		why = decide_reply(decision, text);
	if (why == NULL) {
		tell_transcript(decision, &(struct commands){0}, "");
		decision_outcome(decision, OUTCOME_APPENDED, "engineer");
		return;
	}
	refuse(decision, OPERATION_MESSAGE, why);
}

void
decide_engineer(struct decision *decision)
{
	const struct facts *facts = decision->facts;
	const struct Mail *mail = facts->mail;
	struct commands commands;

	if (decision->ticket == NULL && decide_query_alone(decision))
		return;
	/* A forged engineer is the worst that can happen to a customer
	 * (research T1), so such a mail goes nowhere, not even back. */
	if (facts->speaker.assurance < facts->policy->ladder.engineer) {
		decision_notice(
		    decision, NOTICE_HELD, TO_ENGINEERS, "engineer-unsure");
		decision_hold(decision, "engineer-unsure");
		return;
	}
	if (mail->closed) {
		decide_closed(decision);
		return;
	}
	if (decision->ticket == NULL) {
		give_back(decision, "engineer-no-ticket");
		decision_hold(decision, "engineer-no-ticket");
		return;
	}
	/* A customer's link, out of a mail that was forwarded: what its mail
	 * says must not go to the customer as an answer. */
	if (facts->action != ACTION_NONE) {
		refuse(decision, action_row(facts->action)->operation,
		    "customers-only");
		return;
	}
	commands = command_read(decision->arena, mail->new_text);
	if (commands.refused) {
		refuse_block(decision, &commands);
	} else if (commands.count > 0 &&
	    (mail->damaged || facts->ambiguity != NULL)) {
		refuse(decision, commands.list[0].operation, "ambiguous");
	} else if (commands.count > 0) {
		do_all(decision, &commands);
	} else {
		reply_plainly(decision, mail->new_text);
	}
}
