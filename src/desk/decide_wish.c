#include <string.h>

#include "decision.h"

/* What a customer asks for, done. Each function answers NULL, or why not. */

static bool
by_admin(const struct decision *decision)
{
	return decision->facts->speaker.role == ROLE_ADMIN;
}

/* The wishes that move the state, and what is told about them. */
static const struct {
	enum operation operation;
	enum notice customers;
	const char *engineers; /* detail of NOTICE_STATE */
} moves[] = {
    {OPERATION_CONFIRM, NOTICE_CLOSED, "confirmed"},
    {OPERATION_CLOSE, NOTICE_CLOSED, "closed"},
    {OPERATION_CANCEL, NOTICE_CANCELED, "canceled"},
};

/* The comment behind the score, and what stands below. */
static const char *
words_with(struct decision *decision, const struct command *command,
    const char *rest)
{
	const char *comment = command->argument;

	if (text_is_blank(comment))
		return rest;
	if (text_is_blank(rest))
		return comment;
	return arena_print(decision->arena, "%s\n\n%s", comment, rest);
}

static void
rate(struct decision *decision, int score)
{
	if (score == 0 || decision->ticket->score != 0)
		return;
	decision_add(decision, EFFECT_RATE)->number = (uint64_t)score;
	decision_trace(decision, OPERATION_RATE, "");
}

static const char *
wish_move(struct decision *decision, const struct command *command,
    const char *rest)
{
	const struct operation_row *row = operation_row(command->operation);
	struct transition step = ticket_step(decision->state, row->event);
	const char *words = words_with(decision, command, rest);
	bool told = !text_is_blank(words);

	if (step.step != STEP_GO)
		return step.why != NULL ? step.why : "not-now";
	if (told && !by_admin(decision))
		decision_message(
		    decision, AUTHOR_CUSTOMER, VISIBLE_ALL, words);
	rate(decision, command->score);
	decision_state(decision, step.to);
	for (size_t i = 0; i < sizeof moves / sizeof *moves; i++) {
		if (moves[i].operation != command->operation)
			continue;
		decision_notice(
		    decision, moves[i].customers, TO_CUSTOMERS, "");
		decision_notice(decision, NOTICE_STATE, TO_OWNER,
		    by_admin(decision) ? "by-admin" : moves[i].engineers);
		decision->effects.list[decision->effects.count - 1]
		    .of_message = told && !by_admin(decision);
	}
	if (!by_admin(decision) && !decision_hears(decision))
		decision_tell(decision, NOTICE_DONE, "status");
	decision_trace(decision, command->operation, "");
	return NULL;
}

static const char *
wish_rate(struct decision *decision, const struct command *command,
    const char *rest)
{
	/* On a ticket that goes on, decide_commands() sees to the rest. */
	const char *words = words_with(decision, command,
	    state_is_over(decision->state) ? rest : "");

	if (decision->ticket->score != 0)
		return "rated";
	if (!text_is_blank(words))
		decision_message(
		    decision, AUTHOR_CUSTOMER, VISIBLE_ALL, words);
	rate(decision, command->score);
	decision_notice(decision, NOTICE_STATE, TO_OWNER, "was-rated");
	decision->effects.list[decision->effects.count - 1].of_message =
	    !text_is_blank(words);
	decision_tell(decision, NOTICE_DONE, "rating");
	return NULL;
}

static bool
may_sms(const struct policy *policy, const char *number)
{
	for (const char *const *country = policy->sms_countries;
	     *country != NULL; country++)
		if (strncmp(number, *country, strlen(*country)) == 0)
			return true;
	return false;
}

static bool
asks_code(const struct decision *decision)
{
	for (size_t i = 0; i < decision->effects.count; i++) {
		if (decision->effects.list[i].kind == EFFECT_MOBILE)
			return true;
	}
	return false;
}

/* Of the number that was counted: there is one code for a mail. */
static bool
spent_codes(const struct decision *decision, const char *number)
{
	const struct facts *facts = decision->facts;
	const unsigned *most = facts->policy->budget;

	return facts->codes_sent >= facts->policy->codes_a_day ||
	    budget_over(most, facts->used, BUDGET_CODES_NUMBER) ||
	    budget_over(most, facts->used, BUDGET_CODES_ALL) ||
	    (facts->mobile_asked != NULL &&
		strcmp(facts->mobile_asked, number) != 0);
}

/* Each code costs money, which somebody abroad may earn: only to the conf's
 * countries, and only a few a day. */
static const char *
wish_sms(struct decision *decision, const struct command *command,
    const char *rest)
{
	const struct policy *policy = decision->facts->policy;

	(void)rest;
	if (policy->sms_countries == NULL)
		return "no-sms";
	if (!may_sms(policy, command->argument))
		return "sms-country";
	/* One for a mail: the facts do not count what this very mail asks. */
	if (spent_codes(decision, command->argument) || asks_code(decision))
		return "many-codes";
	decision_add(decision, EFFECT_MOBILE)->text = command->argument;
	decision_notice(decision, NOTICE_CODE, TO_SPEAKER, "");
	decision_notice(decision, NOTICE_CODE_SENT, TO_SPEAKER, "");
	decision_trace(decision, command->operation, "");
	return NULL;
}

/* A wrong code is answered and counted; it is no refusal that would undo what
 * else the mail asked for, since then it would not be counted. */
static const char *
wish_verify(struct decision *decision, const struct command *command,
    const char *rest)
{
	(void)rest;
	if (decision->facts->code_right) {
		decision_add(decision, EFFECT_MOBILE_VERIFIED);
		decision_tell(decision, NOTICE_DONE, "mobile-verified");
		decision_trace(decision, command->operation, "");
		return NULL;
	}
	decision_add(decision, EFFECT_MOBILE_TRY);
	decision_tell(decision, NOTICE_REFUSED, "wrong-code");
	decision_refused(decision, command->operation, "wrong-code");
	return NULL;
}

static const char *
wish_remind(struct decision *decision, const struct command *command,
    const char *rest)
{
	const struct facts *facts = decision->facts;
	const struct Ticket *ticket = decision->ticket;

	(void)rest;
	if (facts->now - ticket->created < facts->policy->remind_age)
		return "too-young";
	if (ticket->reminded != 0 &&
	    facts->now - ticket->reminded < facts->policy->remind_every)
		return "reminded-lately";
	decision_add(decision, EFFECT_REMINDED);
	decision_notice(decision, NOTICE_STATE, TO_OWNER, "reminded");
	if (decision->owner[0] != '\0')
		decision_notice(
		    decision, NOTICE_STATE, TO_ENGINEERS, "reminded");
	decision_tell(decision, NOTICE_DONE, "reminded");
	decision_trace(decision, command->operation, "");
	return NULL;
}

/* What cannot be undone is done only for the code that was sent to the one
 * who asked: a mail that names what would happen, and asks once more. */
static const char *
ask(struct decision *decision, const struct command *command,
    const char *what)
{
	const struct facts *facts = decision->facts;
	bool by_group = facts->speaker.role == ROLE_OPERATOR ||
	    facts->speaker.role == ROLE_ADMINISTRATOR;
	int slot = facts->speaker.slot;

	if (command->argument[0] != '\0' &&
	    !span_is(span_of(command->argument), "yes"))
		return "wrong-token";
	if (slot < 0 && !by_group)
		return "ask-requester";
	decision_ask(decision, command->operation, slot,
	    facts->now + facts->policy->ask_valid);
	decision_tell(decision, NOTICE_ASK, what);
	decision_refused(decision, command->operation, what);
	return NULL;
}

/* At the command line `gatepost` itself asks. */
static const char *
wish_delete(struct decision *decision, const struct command *command,
    const char *rest)
{
	(void)rest;
	if (!by_admin(decision) && !decision->facts->token_right)
		return ask(decision, command, "delete-ask");
	if (by_admin(decision))
		decision_notice(
		    decision, NOTICE_PURGED, TO_REQUESTER, "deleted");
	else
		decision_tell(decision, NOTICE_PURGED, "deleted");
	decision_notice(decision, NOTICE_STATE, TO_OWNER, "deleted");
	decision_add(decision, EFFECT_DELETE);
	decision_trace(decision, command->operation, "");
	return NULL;
}

/* At the command line all participants are meant. */
static const char *
wish_forget(struct decision *decision, const struct command *command,
    const char *rest)
{
	(void)rest;
	if (decision->ticket->purged)
		return "purged";
	if (!by_admin(decision) && !decision->facts->token_right)
		return ask(decision, command, "forget-ask");
	decision_notice(decision, NOTICE_PURGED,
	    by_admin(decision) ? TO_CUSTOMERS : TO_SPEAKER, "");
	decision_add(decision, EFFECT_PURGE)->slot =
	    by_admin(decision) ? -1 : decision->facts->speaker.slot;
	decision_trace(decision, command->operation, "");
	return NULL;
}

/* Status and help: the template of "done" knows by the detail. */
static const char *
wish_told(struct decision *decision, const struct command *command,
    const char *rest)
{
	(void)rest;
	decision_tell(decision, NOTICE_DONE,
	    operation_row(command->operation)->verb);
	decision_trace(decision, command->operation, "");
	return NULL;
}

static const struct {
	enum operation operation;
	const char *(*wish)(struct decision *, const struct command *,
	    const char *rest);
} wishes[] = {
    {OPERATION_CONFIRM, wish_move},
    {OPERATION_CLOSE, wish_move},
    {OPERATION_CANCEL, wish_move},
    {OPERATION_RATE, wish_rate},
    {OPERATION_SMS, wish_sms},
    {OPERATION_VERIFY, wish_verify},
    {OPERATION_REMIND, wish_remind},
    {OPERATION_FORGET, wish_forget},
    {OPERATION_DELETE, wish_delete},
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
    {OPERATION_STATUS, wish_told},
    {OPERATION_HELP, wish_told},
};

const char *
decide_wish(struct decision *decision, const struct command *command,
    const char *rest)
{
	struct command wish = *command;
	const struct operation_row *row;
	const char *reason = "not-built";

	/* "confirm 5" after the clock has closed it still rates, once. */
	if (wish.operation == OPERATION_CONFIRM && wish.score != 0 &&
	    decision->state == STATE_CLOSED)
		wish.operation = OPERATION_RATE;
	if (decision->ticket->deleted)
		return "deleted";
	row = operation_row(wish.operation);
	if (wish.operation == OPERATION_DELETE &&
	    !(row->states & 1u << decision->state))
		return "not-over";
	if (row->event == EVENTS && !(row->states & 1u << decision->state))
		return state_is_over(decision->state) ? "over" : "not-now";
	for (size_t i = 0; i < sizeof wishes / sizeof *wishes; i++) {
		if (wishes[i].operation == wish.operation)
			reason = wishes[i].wish(decision, &wish, rest);
	}
	return reason;
}
