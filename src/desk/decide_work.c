#include "decision.h"

/* What engineers do. Each function answers NULL, or why not. */

static enum author
author_of(const struct decision *decision)
{
	return decision->facts->speaker.role == ROLE_ADMIN ? AUTHOR_ADMIN
							   : AUTHOR_ENGINEER;
}

/* The name as the conf writes it; NULL: nobody is called so. */
static const char *
engineer_named(const struct facts *facts, const char *name)
{
	for (size_t i = 0; i < facts->engineer_count; i++) {
		if (span_is(span_of(name), facts->engineers[i]))
			return facts->engineers[i];
	}
	return NULL;
}

/* Whoever works on a ticket that nobody holds, holds it from then on. The
 * command line works for nobody in particular. */
static void
accept_first(struct decision *decision)
{
	const char *engineer = decision->facts->speaker.engineer;

	if (decision->owner[0] != '\0' || engineer[0] == '\0')
		return;
	decision_owner(decision, engineer);
	decision_trace(decision, OPERATION_ACCEPT, "");
}

static const char *
why_not(struct transition step)
{
	return step.why != NULL ? step.why : "not-now";
}

/* Atomic, because facts and effects are of one transaction: the first wins,
 * the second is told who holds it. */
static const char *
work_accept(struct decision *decision, const struct command *command,
    const char *rest)
{
	const struct facts *facts = decision->facts;
	struct transition step = ticket_step(decision->state, EVENT_ACCEPT);
	const char *engineer = facts->speaker.engineer;

	(void)rest;
	if (facts->speaker.role == ROLE_ADMIN) {
		engineer = engineer_named(facts, command->argument);
		if (engineer == NULL)
			return "no-engineer";
	}
	if (step.step == STEP_REFUSE)
		return why_not(step);
	if (decision->owner[0] != '\0' &&
	    strcmp(decision->owner, engineer) != 0)
		return arena_print(decision->arena,
		    "%s holds it; it is in %s since %s.", decision->owner,
		    state_name(decision->state),
		    when_text(decision->arena, decision->ticket->changed));
	if (decision->owner[0] == '\0')
		decision_owner(decision, engineer);
	if (step.step == STEP_GO) {
		decision_state(decision, step.to);
		decision_notice(
		    decision, NOTICE_ACCEPTED, TO_CUSTOMERS, "");
	}
	decision_trace(decision, OPERATION_ACCEPT, "");
	return NULL;
}

static void
write_note(struct decision *decision, const char *text)
{
	const char *engineer = decision->facts->speaker.engineer;

	decision_message(
	    decision, author_of(decision), VISIBLE_ENGINEERS, text);
	/* A colleague's note is for whoever holds the ticket. */
	if (decision->owner[0] != '\0' &&
	    strcmp(decision->owner, engineer) != 0)
		decision_notice_message(
		    decision, NOTICE_MESSAGE, TO_OWNER, "note");
	decision_trace(decision, OPERATION_NOTE, "");
}

/* Everything below "/note" belongs to the note: a second paragraph must not
 * go to the customer because it stands on a line of its own. */
static const char *
work_note(struct decision *decision, const struct command *command,
    const char *rest)
{
	const char *text = command->argument;

	if (text_is_blank(text))
		text = rest;
	else if (!text_is_blank(rest))
		text = arena_print(decision->arena, "%s\n%s", text, rest);
	if (text_is_blank(text))
		return "no-note";
	write_note(decision, text);
	return NULL;
}

static const char *
work_resolve(struct decision *decision, const struct command *command,
    const char *rest)
{
	struct transition step = ticket_step(decision->state, EVENT_RESOLVE);

	if (step.step == STEP_NOTHING)
		return "resolved-already";
	if (step.step != STEP_GO)
		return why_not(step);
	decision_answers(decision);
	accept_first(decision);
	if (!text_is_blank(rest))
		decision_message(
		    decision, author_of(decision), VISIBLE_ALL, rest);
	decision_state(decision, step.to);
	decision_notice(decision, NOTICE_CONFIRM, TO_CUSTOMERS, "");
	decision->effects.list[decision->effects.count - 1].of_message =
	    !text_is_blank(rest);
	decision_hold_back(decision);
	decision_trace(decision, command->operation, "");
	return NULL;
}

/* What has not left comes back, and the ticket with it, unless somebody has
 * done something to it since. It leaves when its time is over, whatever is on
 * the way to us. */
static const char *
work_undo(struct decision *decision, const struct command *command,
    const char *rest)
{
	const struct facts *facts = decision->facts;
	const struct Ticket *ticket = decision->ticket;

	(void)rest;
	if (ticket->undo_until == 0 || facts->now >= ticket->undo_until)
		return "undo-late";
	if (facts->speaker.role != ROLE_ADMIN &&
	    strcmp(ticket->undo_engineer, facts->speaker.engineer) != 0)
		return "undo-another";
	decision_add(decision, EFFECT_UNDO);
	if (ticket->changed == ticket->undo_changed) {
		decision_owner(decision, ticket->undo_owner);
		decision_state(decision, (enum state)ticket->undo_state);
	}
	if (facts->speaker.role == ROLE_ADMIN)
		decision_notice(decision, NOTICE_STATE, TO_OWNER, "undone");
	decision_trace(decision, command->operation, "");
	return NULL;
}

/* The state stays. What stands below is for the colleague. */
static const char *
work_forward(struct decision *decision, const struct command *command,
    const char *rest)
{
	const char *engineer =
	    engineer_named(decision->facts, command->argument);

	if (state_is_over(decision->state))
		return "over";
	if (engineer == NULL)
		return "no-engineer";
	decision_owner(decision, engineer);
	if (!text_is_blank(rest)) {
		decision_message(decision, author_of(decision),
		    VISIBLE_ENGINEERS, rest);
		decision_notice_message(
		    decision, NOTICE_NEW, TO_OWNER, "forwarded");
	} else {
		decision_notice(decision, NOTICE_NEW, TO_OWNER, "forwarded");
	}
	decision_trace(decision, command->operation, engineer);
	return NULL;
}

/* The transcript tells. */
static const char *
work_told(struct decision *decision, const struct command *command,
    const char *rest)
{
	(void)rest;
	decision_trace(decision, command->operation, "");
	return NULL;
}

static const struct {
	enum operation operation;
	const char *(*work)(struct decision *, const struct command *,
	    const char *rest);
} works[] = {
    {OPERATION_ACCEPT, work_accept},
    {OPERATION_NOTE, work_note},
    {OPERATION_RESOLVE, work_resolve},
    {OPERATION_FORWARD, work_forward},
    {OPERATION_SEVERITY, decide_severity},
    {OPERATION_SERVICE, decide_service},
    {OPERATION_UNDO, work_undo},
    {OPERATION_CC, decide_cc},
    {OPERATION_UNCC, decide_uncc},
    {OPERATION_LINK, decide_link},
    {OPERATION_UNLINK, decide_unlink},
    {OPERATION_TAG, decide_tag},
    {OPERATION_UNTAG, decide_tag},
    {OPERATION_RENAME_TAG, decide_tag},
    {OPERATION_DELETE_TAG, decide_tag},
    {OPERATION_LIST, decide_query},
    {OPERATION_HISTORY, decide_query},
    {OPERATION_QUOTA, decide_query},
    {OPERATION_LIMITS, decide_query},
    {OPERATION_STATUS, work_told},
    {OPERATION_HELP, work_told},
    {OPERATION_TRANSCRIPT, work_told},
};

const char *
decide_work(struct decision *decision, const struct command *command,
    const char *rest)
{
	if (decision->ticket->deleted)
		return "deleted";
	for (size_t i = 0; i < sizeof works / sizeof *works; i++) {
		if (works[i].operation == command->operation)
			return works[i].work(decision, command, rest);
	}
	return "not-built";
}

const char *
decide_reply(struct decision *decision, const char *text)
{
	struct transition step =
	    ticket_step(decision->state, EVENT_ENGINEER_MESSAGE);

	if (step.step != STEP_GO)
		return why_not(step);
	if (decision->ticket->purged)
		return "purged";
	decision_answers(decision);
	decision_message(decision, author_of(decision), VISIBLE_ALL, text);
	accept_first(decision);
	decision_state(decision, step.to);
	decision_notice_message(decision, NOTICE_ANSWER, TO_CUSTOMERS, "");
	decision_hold_back(decision);
	decision_trace(decision, OPERATION_MESSAGE, "");
	return NULL;
}
