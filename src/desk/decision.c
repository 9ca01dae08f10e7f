#include "decision.h"

/* What time is to bring in a state that is entered: the policy's span is
 * found at `span`, as an offset, so that the table stays a table. */
static const struct {
	enum state state;
	enum due due;
	size_t span;
} awaited[] = {
    {STATE_PENDING_FEEDBACK, DUE_REMIND,
	offsetof(struct policy, remind_after)},
    {STATE_PENDING_FEEDBACK, DUE_FEEDBACK,
	offsetof(struct policy, feedback_after)},
    {STATE_PENDING_CONFIRMATION, DUE_CONFIRMATION,
	offsetof(struct policy, confirm_after)},
};

struct decision
decision_start(struct arena *arena, const struct facts *facts)
{
	return (struct decision){
	    .arena = arena,
	    .facts = facts,
	    .ticket = facts->ticket,
	    .state = facts->ticket ? (enum state)facts->ticket->state
				   : STATE_NONE,
	    .owner = facts->ticket ? facts->ticket->owner : "",
	    .severity = facts->ticket ? (enum severity)facts->ticket->severity
				      : SEVERITY_NONE,
	    .plan = facts->ticket ? facts->plan : NULL,
	};
}

struct effect *
decision_add(struct decision *decision, enum effect_kind kind)
{
	struct effects *effects = &decision->effects;
	size_t size = sizeof *effects->list;
	struct effect *effect;

	if (effects->count == decision->room) {
		size_t room = decision->room ? decision->room * 2 : 16;

		effects->list = arena_grow(decision->arena, effects->list,
		    decision->room * size, room * size);
		decision->room = room;
	}
	effect = &effects->list[effects->count++];
	*effect = (struct effect){
	    .kind = kind, .text = "", .name = "", .slot = -1};
	return effect;
}

void
decision_message(struct decision *decision, enum author author,
    enum visibility visibility, const char *text)
{
	struct effect *effect;

	if (decision->facts->apart != NULL && !decision->apart)
		decision_trace(decision, OPERATION_APART, "");
	decision->apart = true;
	effect = decision_add(decision, EFFECT_MESSAGE);
	effect->author = author;
	effect->visibility = visibility;
	effect->text = text;
	effect->slot = decision->facts->speaker.slot;
}

void
decision_notice(struct decision *decision, enum notice notice,
    enum audience to, const char *detail)
{
	struct effect *effect = decision_add(decision, EFFECT_NOTICE);

	effect->notice = notice;
	effect->to = to;
	effect->text = detail;
}

void
decision_notice_message(struct decision *decision, enum notice notice,
    enum audience to, const char *detail)
{
	decision_notice(decision, notice, to, detail);
	decision->effects.list[decision->effects.count - 1].of_message = true;
}

void
decision_answer(
    struct decision *decision, enum notice notice, const char *text)
{
	struct effect *effect = decision_add(decision, EFFECT_SENDER_NOTICE);

	effect->notice = notice;
	effect->to = TO_SPEAKER;
	effect->text = text;
}

void
decision_answers(struct decision *decision)
{
	if (decision->answers)
		return;
	decision->answers = true;
	decision->was = decision->state;
	decision->was_owner = decision->owner;
}

void
decision_hold_back(struct decision *decision)
{
	const struct facts *facts = decision->facts;
	when until = facts->now + facts->policy->answer_hold;
	struct effect *effect;

	if (until == facts->now)
		return;
	decision->effects.list[decision->effects.count - 1].at = until;
	effect = decision_add(decision, EFFECT_HOLD_BACK);
	effect->at = until;
	effect->state = decision->was;
	effect->text = decision->was_owner;
}

void
decision_owner(struct decision *decision, const char *engineer)
{
	decision_add(decision, EFFECT_OWNER)->text = engineer;
	decision->owner = engineer;
}

void
decision_ask(struct decision *decision, enum operation operation, int slot,
    when until)
{
	struct effect *effect = decision_add(decision, EFFECT_ASK);

	effect->operation = operation;
	effect->slot = slot;
	effect->at = until;
}

void
decision_due(struct decision *decision, enum due due, when at)
{
	struct effect *effect = decision_add(decision, EFFECT_DUE);

	effect->due = due;
	effect->at = at;
}

void
decision_plan(struct decision *decision)
{
	const struct plan *plan = decision->facts->plan_new;

	decision->plan = plan;
	decision->severity = plan ? plan->severity : SEVERITY_NONE;
	if (plan != NULL)
		decision_add(decision, EFFECT_SEVERITY)->number =
		    plan->severity;
}

void
decision_promise(struct decision *decision, when since)
{
	const struct policy *policy = decision->facts->policy;

	decision_due(decision, DUE_ESCALATE,
	    decision->plan != NULL
		? plan_answer_by(
		      decision->plan, decision->severity, since, 1)
		: since + policy->escalate_after);
	decision->effects.list[decision->effects.count - 1].flag =
	    decision->plan != NULL;
}

void
decision_state(struct decision *decision, enum state state)
{
	const struct facts *facts = decision->facts;

	decision_add(decision, EFFECT_STATE)->state = state;
	decision->state = state;
	for (size_t i = 0; i < sizeof awaited / sizeof *awaited; i++) {
		const char *policy = (const char *)facts->policy;
		when span;

		if (awaited[i].state != state)
			continue;
		memcpy(&span, policy + awaited[i].span, sizeof span);
		decision_due(decision, awaited[i].due, facts->now + span);
	}
	if (state == STATE_PENDING || state == STATE_PENDING_REPLY)
		decision_promise(decision, facts->now);
	/* Once the contact is destroyed nobody can be sure who asks; a code
	 * that went to the requester alone still speaks for him. */
	if (state_is_over(state))
		decision_ask(decision, OPERATION_DELETE, 0,
		    facts->now + facts->policy->delete_valid);
	/* Soon, and again and again until the last notice has left. */
	if (state_is_over(state))
		decision_due(decision, DUE_PURGE_OVER,
		    facts->now +
			(facts->policy->purge_delay < WHEN_MINUTE
				? facts->policy->purge_delay
				: WHEN_MINUTE));
}

static void
add_trace(struct decision *decision, enum operation operation,
    const char *detail, bool refused)
{
	struct effect *effect = decision_add(decision, EFFECT_TRACE);

	effect->operation = operation;
	effect->text = detail;
	effect->flag = refused;
}

void
decision_trace(
    struct decision *decision, enum operation operation, const char *detail)
{
	add_trace(decision, operation, detail, false);
}

void
decision_refused(
    struct decision *decision, enum operation operation, const char *why)
{
	add_trace(decision, operation, why, true);
}

void
decision_outcome(
    struct decision *decision, enum outcome outcome, const char *rule)
{
	struct effect *effect = decision_add(decision, EFFECT_OUTCOME);

	effect->outcome = outcome;
	effect->text = rule;
}

void
decision_done(struct decision *decision, const char *rule)
{
	enum outcome outcome = OUTCOME_COMMAND;

	for (size_t i = 0; i < decision->effects.count; i++) {
		if (decision->effects.list[i].kind == EFFECT_MESSAGE)
			outcome = OUTCOME_APPENDED;
	}
	decision_outcome(decision, outcome, rule);
}

void
decision_hold(struct decision *decision, const char *why)
{
	decision_add(decision, EFFECT_HOLD)->text = why;
	decision_refused(decision, OPERATION_MESSAGE, why);
	decision_outcome(decision, OUTCOME_HELD, why);
}

void
decision_undo(struct decision *decision, const struct decision *before)
{
	decision->effects.count = before->effects.count;
	decision->state = before->state;
	decision->owner = before->owner;
	decision->severity = before->severity;
	decision->apart = before->apart;
	decision->answers = before->answers;
}

void
decision_tell(
    struct decision *decision, enum notice notice, const char *detail)
{
	if (decision->facts->speaker.slot >= 0)
		decision_notice(decision, notice, TO_SPEAKER, detail);
	else
		decision_answer(decision, notice, detail);
}

static bool
is_in_copy(const struct facts *facts, int slot)
{
	for (size_t i = 0; i < facts->contact_count; i++)
		if ((int)facts->contacts[i]->slot == slot)
			return facts->contacts[i]->role == PARTICIPANT_CC;
	return false;
}

bool
decision_hears(const struct decision *decision)
{
	const struct facts *facts = decision->facts;

	switch (facts->speaker.role) {
	case ROLE_REQUESTER:
	case ROLE_CC:
		return true;
	case ROLE_OPERATOR:
	case ROLE_ADMINISTRATOR:
		return is_in_copy(facts, facts->speaker.slot);
	case ROLE_STRANGER:
	case ROLE_MEMBER:
	case ROLE_OWNER:
	case ROLE_ENGINEER:
	case ROLE_ADMIN:
	case ROLE_CLOCK:
	case ROLES:
		break;
	}
	return false;
}

bool
decision_stranger(const struct decision *decision)
{
	return decision->facts->speaker.assurance < ASSURANCE_CUSTOMER &&
	    !decision->facts->vouched;
}

enum access
decision_access(const struct decision *decision, enum operation operation)
{
	const struct facts *facts = decision->facts;

	return access_ask(&facts->policy->ladder, facts->speaker.role,
	    operation, facts->speaker.assurance);
}

enum access
decision_access_new(const struct decision *decision)
{
	const struct facts *facts = decision->facts;
	const struct ladder *ladder = &facts->policy->ladder;

	if (facts->admitted)
		return ACCESS_YES;
	if (facts->creates_as != ROLE_STRANGER &&
	    facts->speaker.assurance < ladder->manage)
		return ACCESS_UNSURE;
	return access_ask(ladder, facts->creates_as, OPERATION_CREATE,
	    facts->speaker.assurance);
}

bool
text_is_blank(const char *text)
{
	return span_trim(span_of(text)).len == 0;
}
