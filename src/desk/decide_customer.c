#include "decision.h"
#include "refused_file.h"
#include "token.h"

/* A customer's mail, or a stranger's: somebody's who is no engineer. */

/* Whether the sender of a first mail is told its number. Without assurance
 * the address may be a victim's: one answer without a word of the mail, if
 * the conf allows that at all (research T6). */
static void
acknowledge(struct decision *decision)
{
	const struct facts *facts = decision->facts;
	bool stranger = decision_stranger(decision);

	if ((stranger && !facts->policy->acknowledge_strangers) ||
	    !flood_allows_receipt(decision))
		return;
	decision_notice(decision, NOTICE_RECEIVED, TO_REQUESTER,
	    stranger ? "stranger" : "");
}

/* Answered, and kept: nobody's mail is lost for what his account has or
 * grants. */
static void
refuse_new(struct decision *decision, const char *why)
{
	decision_answer(decision, NOTICE_REFUSED, why);
	decision_add(decision, EFFECT_HOLD)->text = why;
	decision_refused(decision, OPERATION_CREATE, why);
	decision_outcome(decision, OUTCOME_HELD, why);
}

static void
tell_of_new(struct decision *decision, enum flood flood)
{
	enum audience to =
	    decision_assign(decision, decision->facts->service);

	if (flood == FLOOD_QUIET) {
		flood_digest(decision, BUDGET_OPENED);
		return;
	}
	acknowledge(decision);
	decision_notice_message(decision, NOTICE_NEW, to, "");
}

void
decide_open(struct decision *decision, uint64_t linked)
{
	const struct facts *facts = decision->facts;
	enum flood flood = flood_of_new(decision);
	struct effect *effect;

	switch (decision_access_new(decision)) {
	case ACCESS_YES:
		break;
	case ACCESS_UNSURE:
		decision_hold(decision, "open-unsure");
		return;
	case ACCESS_NO:
		refuse_new(decision, "policy-denied");
		return;
	}
	if (flood == FLOOD_HOLD) {
		flood_digest(decision, BUDGET_HELD);
		decision_hold(decision, "flood");
		return;
	}
	/* What follows a ticket belongs to what was paid for already. */
	if (linked == 0 && facts->quota != 0 && !facts->admitted &&
	    facts->quota_used >= facts->quota) {
		refuse_new(decision, "quota-over");
		return;
	}
	effect = decision_add(decision, EFFECT_OPEN);
	effect->name = facts->service;
	effect->text =
	    token_subject_clean(decision->arena, facts->mail->subject);
	/* A link's mail may have no subject of its own. */
	if (linked != 0 && facts->action != ACTION_NONE &&
	    text_is_blank(effect->text))
		effect->text = facts->subject;
	effect->number = linked;
	decision_plan(decision);
	if (linked == 0 && facts->quota != 0)
		decision_add(decision, EFFECT_QUOTA);
	effect = decision_add(decision, EFFECT_PARTICIPANT);
	effect->role = PARTICIPANT_REQUESTER;
	effect->text = facts->speaker.address;
	effect->name = facts->speaker.name;
	decide_propose(decision, 0);
	decision_message(decision, AUTHOR_CUSTOMER, VISIBLE_ALL,
	    decide_creation_new(decision));
	decision->effects.list[decision->effects.count - 1].slot = 0;
	decide_agreement_new(decision);
	tell_of_new(decision, flood);
	decision_state(decision, STATE_PENDING);
	decision_due(decision, DUE_PURGE_CALENDAR,
	    when_add_months(facts->now, facts->policy->keep_months));
	decision_trace(decision, OPERATION_CREATE, linked ? "follows" : "");
	decision_outcome(decision, OUTCOME_TICKET,
	    linked ? "follows" : facts->ticket ? "not-on-ticket" : "new");
}

/* Who writes without being on the ticket has to be kept as its author, unless
 * its contact data is destroyed: nobody is added to that any more. */
static void
join_as(struct decision *decision, enum participant role)
{
	const struct facts *facts = decision->facts;
	struct effect *effect;

	if (facts->speaker.slot >= 0 || decision->ticket->purged)
		return;
	effect = decision_add(decision, EFFECT_PARTICIPANT);
	effect->role = role;
	effect->text = facts->speaker.address;
	effect->name = facts->speaker.name;
}

/* An operator who writes on another's ticket is in copy from then on: he has
 * to hear what is answered. */
static void
join(struct decision *decision)
{
	const struct facts *facts = decision->facts;
	bool copy = facts->speaker.role == ROLE_OPERATOR &&
	    decide_copies(decision) < facts->policy->cc_max;

	join_as(decision, copy ? PARTICIPANT_CC : PARTICIPANT_OTHER);
}

/* Somebody who is not on the ticket, but whose mail carries its key: a
 * colleague to whom it was forwarded, or a thief. Kept for the engineers'
 * eyes; never shown to the customer, never answered (research T2, T3). */
static void
note_words(struct decision *decision)
{
	join_as(decision, PARTICIPANT_OTHER);
	decision_message(decision, AUTHOR_STRANGER, VISIBLE_ENGINEERS,
	    decision->facts->mail->new_text);
	decision->effects.list[decision->effects.count - 1].flag = true;
	decision_notice_message(decision, NOTICE_MESSAGE, TO_OWNER, "stranger");
	decision_trace(decision, OPERATION_MESSAGE, "stranger");
}

static void
stranger_writes(struct decision *decision)
{
	note_words(decision);
	decision_outcome(decision, OUTCOME_APPENDED, "stranger");
}

/* The words themselves, whatever commands stood above them. */
void
decide_message(struct decision *decision, const char *text)
{
	struct transition step =
	    ticket_step(decision->state, EVENT_CUSTOMER_MESSAGE);

	if (decision->ticket->purged) {
		note_words(decision);
		return;
	}
	join(decision);
	decision_message(decision, AUTHOR_CUSTOMER, VISIBLE_ALL, text);
	decide_propose(decision, decide_copies(decision));
	if (step.step == STEP_GO && step.to != decision->state)
		decision_state(decision, step.to);
	decision_notice_message(decision, NOTICE_MESSAGE, TO_OWNER, "");
	/* A first mail's receipt says it too. */
	if (decision->facts->apart != NULL)
		decision_tell(decision, NOTICE_CONFIDENTIAL, "");
	if (refused_files(decision->facts->mail))
		decision_notice_message(
		    decision, NOTICE_DONE, TO_SPEAKER, "files-refused");
	decide_agreement_reply(decision, text);
	decide_creation_reply(decision, text);
	decision_trace(decision, OPERATION_MESSAGE, "");
}

/* What was asked for is not done; his words below it, if any, are kept, and
 * he is told why. */
static void
refuse(struct decision *decision, const struct commands *commands,
    const struct command *command, const char *why)
{
	bool over = state_is_over(decision->state);
	bool kept = !over && !text_is_blank(commands->rest) &&
	    decision_access(decision, OPERATION_MESSAGE) == ACCESS_YES;

	if (kept)
		decide_message(decision, commands->rest);
	decision_tell(decision, NOTICE_REFUSED, why);
	decision_refused(decision, command->operation, why);
	decision_outcome(
	    decision, kept ? OUTCOME_APPENDED : OUTCOME_COMMAND, why);
}

/* All or nothing: what the first ones did is taken back when a later one
 * cannot be done. */
void
decide_commands(
    struct decision *decision, const struct commands *commands)
{
	const struct decision before = *decision;

	for (size_t i = 0; i < commands->count; i++) {
		const struct command *one = &commands->list[i];
		const char *why = NULL;

		switch (decision_access(decision, one->operation)) {
		case ACCESS_YES:
			why = decide_wish(decision, one, commands->rest);
			break;
		case ACCESS_NO:
			why = "not-yours";
			break;
		case ACCESS_UNSURE:
			decision_undo(decision, &before);
			decision_notice(
			    decision, NOTICE_HELD, TO_OWNER, "command-unsure");
			decision_hold(decision, "command-unsure");
			return;
		}
		if (why == NULL)
			continue;
		decision_undo(decision, &before);
		refuse(decision, commands, one, why);
		return;
	}
	/* A message that came along with a remind or a rating is an ordinary
	 * one; with a close or a confirm, which moved the state, it was
	 * written down before. */
	if (!state_is_over(decision->state) &&
	    !text_is_blank(commands->rest) &&
	    decision_access(decision, OPERATION_MESSAGE) == ACCESS_YES)
		decide_message(decision, commands->rest);
	decision_done(decision,
	    operation_row(commands->list[0].operation)->verb);
}

static void
participant_writes(struct decision *decision)
{
	const struct facts *facts = decision->facts;
	const char *text = facts->mail->new_text;
	struct commands commands = command_read(decision->arena, text);
	bool over = state_is_over(decision->state);
	/* What can be read in more than one way commands nothing. */
	bool damaged = facts->mail->damaged || facts->ambiguity != NULL;

	if (facts->action != ACTION_NONE) {
		decide_action(decision);
		return;
	}
	if (commands.count == 0)
		commands = command_read_plain(
		    decision->arena, text, decision->state);
	if (commands.count > 0 && !commands.refused && !damaged) {
		decide_commands(decision, &commands);
		return;
	}
	if (over || decision->ticket->purged) {
		decide_open(decision, decision->ticket->number);
		return;
	}
	/* A line that looks like a command and is none stays in the text: what
	 * a customer wrote is never lost for a slip of the pen. */
	decide_message(decision, text);
	for (size_t i = 0; i < commands.count; i++) {
		if (commands.list[i].error == NULL)
			continue;
		decision_tell(
		    decision, NOTICE_REFUSED, commands.list[i].error);
		decision_refused(
		    decision, OPERATION_MESSAGE, "bad-command");
		break;
	}
	decision_outcome(decision, OUTCOME_APPENDED,
	    commands.count > 0 ? "command-refused" : "message");
}

/* A Ticket Administrator manages tickets and does not write on them: his
 * commands are done, his words are for the engineers. */
static void
manager_writes(struct decision *decision)
{
	const struct facts *facts = decision->facts;
	struct commands commands =
	    command_read(decision->arena, facts->mail->new_text);
	bool over = state_is_over(decision->state) || decision->ticket->purged;

	if (facts->action == ACTION_UNSOLVED || facts->actions > 1) {
		decide_action_refuse(decision, "not-yours");
		return;
	}
	if (facts->action != ACTION_NONE)
		commands = decide_action_commands(decision);
	if (commands.count > 0 && !commands.refused &&
	    !facts->mail->damaged && facts->ambiguity == NULL)
		decide_commands(decision, &commands);
	else if (over)
		decide_open(decision, decision->ticket->number);
	else
		stranger_writes(decision);
}

/* Whose contact data is destroyed is a stranger, and is told nothing; but the
 * code that went to him while he was known still deletes the ticket. */
static bool
deletes_by_code(struct decision *decision)
{
	const struct facts *facts = decision->facts;
	struct commands commands =
	    command_read(decision->arena, facts->mail->new_text);

	if (!facts->token_right || facts->mail->damaged || commands.refused ||
	    commands.count != 1 ||
	    commands.list[0].operation != OPERATION_DELETE ||
	    facts->speaker.assurance < ASSURANCE_THREAD ||
	    decide_wish(decision, &commands.list[0], "") != NULL)
		return false;
	decision_outcome(decision, OUTCOME_COMMAND, "delete");
	return true;
}

/* "rate 4 thanks" or "confirm 4", alone. */
static bool
rates(const struct commands *commands)
{
	const struct command *one = &commands->list[0];

	return commands->count == 1 && !commands->refused && one->score > 0 &&
	    (one->operation == OPERATION_RATE ||
		one->operation == OPERATION_CONFIRM);
}

/* A rating is taken once, also when nobody is known on the ticket any more:
 * then the requester's keyed address says which ticket it is for, and the
 * sender's own server that he is somebody who can be answered. */
bool
decide_rates_late(
    struct decision *decision, const struct commands *commands)
{
	const struct facts *facts = decision->facts;
	const struct decision before = *decision;
	const char *why;

	if (decision->state != STATE_CLOSED || !decision->ticket->purged ||
	    facts->keyed_slot != 0 ||
	    !facts->vouched || facts->mail->damaged || !rates(commands))
		return false;
	why = decide_wish(decision, &commands->list[0], commands->rest);
	if (why != NULL) {
		decision_undo(decision, &before);
		decision_tell(decision, NOTICE_REFUSED, why);
		decision_refused(decision, OPERATION_RATE, why);
	}
	/* His words are the requester's. */
	for (size_t i = 0; i < decision->effects.count; i++) {
		if (decision->effects.list[i].kind == EFFECT_MESSAGE)
			decision->effects.list[i].slot = facts->keyed_slot;
	}
	decision_done(decision, "rate");
	return true;
}

/* Where contact data is destroyed, the ticket's own customer comes back as a
 * stranger, whom nobody could answer on it. */
static void
comes_late(struct decision *decision)
{
	const char *text = decision->facts->mail->new_text;
	struct commands commands = command_read(decision->arena, text);

	if (commands.count == 0)
		commands = command_read_plain(
		    decision->arena, text, decision->state);
	if (decision->facts->action != ACTION_NONE)
		decide_action_late(decision);
	else if (!deletes_by_code(decision) &&
	    !decide_rates_late(decision, &commands))
		decide_open(decision, decision->ticket->number);
}

void
decide_customer(struct decision *decision)
{
	if (decision->ticket == NULL) {
		if (!decide_query_alone(decision))
			decide_open(decision, 0);
		return;
	}
	if (decision->facts->speaker.role == ROLE_STRANGER &&
	    (state_is_over(decision->state) || decision->ticket->purged)) {
		comes_late(decision);
		return;
	}
	/* Asked before the role: who is not sure enough is not even told that
	 * his role may not do it. */
	if (decision->facts->speaker.role != ROLE_STRANGER &&
	    decision->facts->speaker.assurance <
		decision->facts->policy->ladder.append) {
		decision_notice(
		    decision, NOTICE_HELD, TO_OWNER, "append-unsure");
		decision_hold(decision, "append-unsure");
		return;
	}
	switch (decision_access(decision, OPERATION_MESSAGE)) {
	case ACCESS_YES:
		if (decision->facts->speaker.role == ROLE_STRANGER)
			stranger_writes(decision);
		else
			participant_writes(decision);
		break;
	case ACCESS_NO:
		manager_writes(decision);
		break;
	case ACCESS_UNSURE:
		decision_hold(decision, "append-unsure");
		break;
	}
}
