#include "decision.h"

/* What time brings. An entry speaks of the past: whether it still holds is
 * asked of the ticket as it is now. */

static when
later(when a, when b)
{
	return a > b ? a : b;
}

/* Lets the entry come again when it is too early by now; false when it is
 * time. */
static bool
is_early(struct decision *decision, when at)
{
	const struct facts *facts = decision->facts;

	if (facts->now >= at)
		return false;
	decision_due(decision, (enum due)facts->due->kind, at);
	return true;
}

/* `waits` counts what the clock has done in this state, so that of several
 * entries for the same moment only the first does anything. */
static void
tick_remind(struct decision *decision)
{
	const struct facts *facts = decision->facts;
	const struct Ticket *ticket = decision->ticket;
	when after = facts->policy->remind_after;

	if (decision->state != STATE_PENDING_FEEDBACK ||
	    ticket->waits >= facts->policy->remind_most)
		return;
	if (is_early(decision,
		later(ticket->changed, ticket->spoken) +
		    (ticket->waits + 1) * after))
		return;
	decision_notice(decision, NOTICE_REMINDER, TO_CUSTOMERS, "");
	decision_add(decision, EFFECT_WAITED);
	decision_due(decision, DUE_REMIND, facts->now + after);
	decision_trace(decision, OPERATION_REMIND, "clock");
}

static void
tick_feedback(struct decision *decision)
{
	const struct Ticket *ticket = decision->ticket;

	if (decision->state != STATE_PENDING_FEEDBACK ||
	    is_early(decision,
		later(ticket->changed, ticket->spoken) +
		    decision->facts->policy->feedback_after))
		return;
	decision_state(decision,
	    ticket_step(STATE_PENDING_FEEDBACK, EVENT_CLOCK).to);
	decision_notice(decision, NOTICE_CONFIRM, TO_CUSTOMERS, "clock");
	decision_trace(decision, OPERATION_RESOLVE, "clock");
}

static void
tick_confirmation(struct decision *decision)
{
	if (decision->state != STATE_PENDING_CONFIRMATION ||
	    is_early(decision,
		decision->ticket->changed +
		    decision->facts->policy->confirm_after))
		return;
	decision_state(decision,
	    ticket_step(STATE_PENDING_CONFIRMATION, EVENT_CLOCK).to);
	decision_notice(decision, NOTICE_CLOSED, TO_CUSTOMERS, "clock");
	decision_notice(decision, NOTICE_STATE, TO_OWNER, "clock");
	decision_trace(decision, OPERATION_CLOSE, "clock");
}

/* By the account's plan in working time, each target once more; by the clock
 * of the conf for those who have none. */
static when
escalates_at(const struct decision *decision, when since, unsigned times)
{
	const struct facts *facts = decision->facts;

	if (facts->plan != NULL)
		return plan_answer_by(
		    facts->plan, decision->severity, since, times);
	return since + times * facts->policy->escalate_after;
}

/* Counted from when the state began, not from the last mail: a customer who
 * asks again must not be served later for it. */
static void
tick_escalate(struct decision *decision)
{
	const struct facts *facts = decision->facts;
	const struct Ticket *ticket = decision->ticket;
	const char *why = facts->plan != NULL ? "target-missed" : "";

	if ((decision->state != STATE_PENDING &&
		decision->state != STATE_PENDING_REPLY) ||
	    is_early(decision, escalates_at(decision, ticket->changed, ticket->waits + 1)))
		return;
	decision_notice(decision, NOTICE_ESCALATION, TO_OWNER, why);
	if (decision->owner[0] != '\0')
		decision_notice(
		    decision, NOTICE_ESCALATION, TO_ENGINEERS, why);
	decision_add(decision, EFFECT_WAITED)->flag =
	    facts->plan != NULL && ticket->waits == 0;
	decision_due(
	    decision, DUE_ESCALATE, escalates_at(decision, facts->now, 1));
	decision_trace(decision, OPERATION_ESCALATE, why);
}

static void
purge(struct decision *decision, const char *why)
{
	decision_add(decision, EFFECT_PURGE);
	decision_trace(decision, OPERATION_PURGE, why);
}

static void
tick_purge_calendar(struct decision *decision)
{
	if (decision->ticket->purged ||
	    is_early(decision, decision->ticket->contact_expires))
		return;
	purge(decision, "calendar");
}

/* The last notice shall leave first; but no server that does not answer keeps
 * the data for longer than the conf allows. */
static void
tick_purge_over(struct decision *decision)
{
	const struct facts *facts = decision->facts;
	const struct Ticket *ticket = decision->ticket;

	if (!state_is_over(decision->state) || ticket->purged)
		return;
	if (facts->notices_waiting &&
	    facts->now < ticket->changed + facts->policy->purge_delay) {
		decision_due(
		    decision, DUE_PURGE_OVER, facts->now + WHEN_MINUTE);
		return;
	}
	purge(decision, "over");
}

static void (*const ticks[DUES])(struct decision *) = {
    [DUE_SEND] = NULL, /* the send stage's */
    [DUE_REMIND] = tick_remind,
    [DUE_FEEDBACK] = tick_feedback,
    [DUE_CONFIRMATION] = tick_confirmation,
    [DUE_ESCALATE] = tick_escalate,
    [DUE_PURGE_CALENDAR] = tick_purge_calendar,
    [DUE_PURGE_OVER] = tick_purge_over,
    [DUE_DIGEST] = tick_digest,
    [DUE_COUNTS] = NULL, /* the core stage's */
};

struct effects
decide_tick(struct arena *arena, const struct facts *facts)
{
	struct decision decision = decision_start(arena, facts);

	if ((decision.ticket != NULL || facts->due->kind == DUE_DIGEST) &&
	    facts->due->kind < DUES &&
	    ticks[facts->due->kind] != NULL)
		ticks[facts->due->kind](&decision);
	return decision.effects;
}
