#include <stdio.h>
#include <string.h>

#include "arena.h"
#include "record.h"
#include "when.h"

#include "decide.h"
#include "operation.h"
#include "people.h"

#include "store.h"

#include "answer.h"
#include "apply.h"
#include "apply_belongs.h"
#include "apply_creation.h"
#include "apply_message.h"
#include "apply_mobile.h"
#include "apply_notice.h"
#include "apply_people.h"
#include "flood.h"
#include "apply_purge.h"
#include "apply_undo.h"
#include "quota.h"
#include "tags.h"

/* ---- tickets ------------------------------------------------------------ */

static void
link_tickets(struct applying *a, uint64_t number)
{
	struct Ticket *other;

	if (number == 0 || number == a->ticket->number ||
	    store_ticket_get(
		a->view->txn, a->view->arena, number, &other) != 1)
		return;
	a->ticket->linked = arena_grow(a->view->arena, a->ticket->linked,
	    a->ticket->n_linked * sizeof *a->ticket->linked,
	    (a->ticket->n_linked + 1) * sizeof *a->ticket->linked);
	a->ticket->linked[a->ticket->n_linked++] = number;
	other->linked = arena_grow(a->view->arena, other->linked,
	    other->n_linked * sizeof *other->linked,
	    (other->n_linked + 1) * sizeof *other->linked);
	other->linked[other->n_linked++] = a->ticket->number;
	store_ticket_put(a->view->txn, other);
}

static void
forget_link(struct Ticket *ticket, uint64_t number)
{
	size_t kept = 0;

	for (size_t i = 0; i < ticket->n_linked; i++)
		if (ticket->linked[i] != number)
			ticket->linked[kept++] = ticket->linked[i];
	ticket->n_linked = kept;
}

static void
unlink_tickets(struct applying *a, uint64_t number)
{
	struct Ticket *other;

	forget_link(a->ticket, number);
	if (store_ticket_get(
		a->view->txn, a->view->arena, number, &other) != 1)
		return;
	forget_link(other, a->ticket->number);
	store_ticket_put(a->view->txn, other);
}

static void
do_open(struct applying *a, const struct effect *effect)
{
	const struct Mail *mail = a->facts->mail;
	struct Ticket *ticket =
	    record_new(a->view->arena, &ticket__descriptor);
	char *mailbox = mail ? mail->origin->mailbox : ticket->mailbox;

	apply_ticket_done(a);
	ticket->state = STATE_PENDING;
	ticket->service = arena_copy_text(
	    a->view->arena, effect->name ? effect->name : "");
	ticket->created = ticket->changed = ticket->spoken = a->view->now;
	apply_belongs(a, ticket);
	ticket->language = arena_copy_text(a->view->arena,
	    mail && mail->language[0] ? mail->language
				      : a->view->conf->language);
	ticket->mailbox = mailbox;
	ticket->contact_expires = when_add_months(
	    a->view->now, a->facts->policy->keep_months);
	store_ticket_new(a->view->txn, ticket,
	    span_of(effect->text ? effect->text : ""));
	a->ticket = ticket;
	a->fresh = true;
	flood_count_ticket(a);
	link_tickets(a, effect->number);
}

/* ---- traces, held mails, the due index ---------------------------------- */

static char *
actor_text(struct applying *a)
{
	const struct speaker *speaker = &a->facts->speaker;
	struct arena *arena = a->view->arena;

	if (speaker->engineer[0] != '\0')
		return arena_print(arena, "engineer:%s", speaker->engineer);
	if (speaker->role == ROLE_CLOCK)
		return arena_copy_text(arena, "clock");
	if (speaker->role == ROLE_ADMIN)
		return arena_copy_text(arena, "admin");
	if (a->ticket != NULL && (a->fresh || speaker->slot >= 0))
		return arena_print(arena, "customer:%llu/%d",
		    (unsigned long long)a->ticket->number,
		    a->fresh ? 0 : speaker->slot);
	if (a->facts->user != NULL)
		return arena_print(arena, "user:%s", a->facts->user);
	return arena_copy_text(arena, "stranger");
}

static void
do_trace(struct applying *a, const struct effect *effect)
{
	struct Audit *audit = record_new(a->view->arena, &audit__descriptor);

	audit->time = a->view->now;
	audit->actor = actor_text(a);
	audit->trace = arena_copy_text(
	    a->view->arena, operation_row(effect->operation)->trace);
	audit->ticket = a->ticket ? a->ticket->number : 0;
	audit->assurance = a->facts->speaker.assurance;
	audit->refused = effect->flag;
	audit->detail =
	    arena_copy_text(a->view->arena, effect->text ? effect->text : "");
	if (a->ticket != NULL)
		audit->earlier = a->ticket->audit_last;
	store_audit_add(a->view->txn, audit);
	if (a->ticket != NULL)
		a->ticket->audit_last = audit->number;
	a->applied.refused += effect->flag;
}

static void
do_hold(struct applying *a, const struct effect *effect)
{
	const struct Mail *mail =
	    a->facts->whole ? a->facts->whole : a->facts->mail;
	struct Held *held = record_new(a->view->arena, &held__descriptor);

	held->origin = mail->origin;
	held->reason = arena_copy_text(
	    a->view->arena, effect->text ? effect->text : "");
	held->time = a->view->now;
	held->ticket = a->ticket ? a->ticket->number : 0;
	store_held_add(a->view->txn, held,
	    record_pack(a->view->arena, &mail->base),
	    when_add_months(a->view->now, a->facts->policy->keep_months));
}

static void
do_due(struct applying *a, const struct effect *effect)
{
	struct Due due = DUE__INIT;

	due.at = effect->at;
	due.kind = effect->due;
	due.ticket = a->ticket ? a->ticket->number : 0;
	if (effect->due == DUE_PURGE_CALENDAR && a->ticket != NULL)
		a->ticket->contact_expires = effect->at;
	if (effect->flag && a->ticket != NULL)
		a->ticket->answer_by = effect->at;
	store_due_add(a->view->txn, &due);
}

/* ---- one effect --------------------------------------------------------- */

static void
do_on_ticket(struct applying *a, const struct effect *effect)
{
	struct Ticket *ticket = a->ticket;

	switch (effect->kind) {
	case EFFECT_MESSAGE:
		/* Once deleted there is no key that could seal it. */
		if (!ticket->deleted)
			apply_message(a, effect);
		break;
	case EFFECT_STATE:
		ticket->state = effect->state;
		ticket->changed = a->view->now;
		ticket->waits = 0;
		ticket->answer_by = 0;
		break;
	case EFFECT_OWNER:
		ticket->owner =
		    arena_copy_text(a->view->arena, effect->text);
		ticket->passed = effect->flag ? ticket->passed + 1 : 0;
		break;
	case EFFECT_SEVERITY:
		ticket->severity = (uint32_t)effect->number;
		break;
	case EFFECT_SERVICE:
		ticket->service =
		    arena_copy_text(a->view->arena, effect->text);
		break;
	case EFFECT_PARTICIPANT:
		apply_participant(a, effect);
		break;
	case EFFECT_ROLE:
		apply_role(a, effect);
		break;
	case EFFECT_MOBILE:
		flood_count_code(a, effect->text);
		apply_mobile(a, effect);
		break;
	case EFFECT_MOBILE_TRY:
		apply_mobile_answer(a, false);
		break;
	case EFFECT_MOBILE_VERIFIED:
		apply_mobile_answer(a, true);
		break;
	case EFFECT_RATE:
		ticket->score = (uint32_t)effect->number;
		break;
	case EFFECT_LINK:
		link_tickets(a, effect->number);
		break;
	case EFFECT_UNLINK:
		unlink_tickets(a, effect->number);
		break;
	case EFFECT_REMINDED:
		ticket->reminded = a->view->now;
		break;
	case EFFECT_WAITED:
		ticket->waits++;
		ticket->missed += effect->flag;
		break;
	case EFFECT_PURGE:
		apply_purge(a, effect);
		break;
	case EFFECT_ASK:
		apply_ask(a, effect);
		break;
	case EFFECT_DELETE:
		apply_delete(a);
		break;
	case EFFECT_HOLD_BACK:
		apply_hold_back(a, effect);
		break;
	case EFFECT_UNDO:
		apply_undo(a);
		break;
	case EFFECT_QUOTA:
		quota_count(a);
		break;
	case EFFECT_FIELD:
		apply_field(a, effect);
		break;
	case EFFECT_AGREEMENT:
		apply_agreement(a, effect);
		break;
	case EFFECT_TAG:
		tags_apply(a, effect);
		break;
	case EFFECT_OPEN:
	case EFFECT_ANSWER:
	case EFFECT_DIGEST:
	case EFFECT_NOTICE:
	case EFFECT_SENDER_NOTICE:
	case EFFECT_DUE:
	case EFFECT_BOUNCED:
	case EFFECT_TRACE:
	case EFFECT_HOLD:
	case EFFECT_OUTCOME:
		break;
	}
}

static void
do_effect(struct applying *a, const struct effect *effect)
{
	switch (effect->kind) {
	case EFFECT_OPEN:
		do_open(a, effect);
		break;
	case EFFECT_NOTICE:
		flood_count_notice(a, effect);
		apply_notice(a, effect);
		break;
	case EFFECT_SENDER_NOTICE:
		flood_count_notice(a, effect);
		apply_sender_notice(a, effect);
		break;
	case EFFECT_ANSWER:
		answer_make(a, effect);
		break;
	case EFFECT_DIGEST:
		flood_count_digest(a, effect);
		break;
	case EFFECT_DUE:
		do_due(a, effect);
		break;
	case EFFECT_BOUNCED:
		apply_bounced(a, effect);
		break;
	case EFFECT_TRACE:
		do_trace(a, effect);
		break;
	case EFFECT_HOLD:
		do_hold(a, effect);
		break;
	case EFFECT_OUTCOME:
		a->applied.outcome = effect->outcome;
		a->applied.rule = effect->text ? effect->text : "";
		break;
	case EFFECT_MESSAGE:
	case EFFECT_STATE:
	case EFFECT_OWNER:
	case EFFECT_SEVERITY:
	case EFFECT_SERVICE:
	case EFFECT_PARTICIPANT:
	case EFFECT_ROLE:
	case EFFECT_MOBILE:
	case EFFECT_MOBILE_TRY:
	case EFFECT_MOBILE_VERIFIED:
	case EFFECT_RATE:
	case EFFECT_LINK:
	case EFFECT_UNLINK:
	case EFFECT_REMINDED:
	case EFFECT_WAITED:
	case EFFECT_PURGE:
	case EFFECT_ASK:
	case EFFECT_HOLD_BACK:
	case EFFECT_UNDO:
	case EFFECT_DELETE:
	case EFFECT_QUOTA:
	case EFFECT_FIELD:
	case EFFECT_AGREEMENT:
	case EFFECT_TAG:
		if (a->ticket != NULL)
			do_on_ticket(a, effect);
		break;
	}
}

void
apply_ticket_done(struct applying *a)
{
	if (a->ticket != NULL)
		store_ticket_put(a->view->txn, a->ticket);
}

struct applied
apply_effects(const struct view *view, const struct facts *facts,
    const struct effects *effects, struct ready *ready)
{
	struct applying a = {
	    .view = view, .facts = facts, .ready = ready, .asked = "", .answer = "",
	    .joined = -1};

	a.applied.rule = "";
	/* A copy: facts stay what they were when the decision was made. */
	if (facts->ticket != NULL) {
		a.ticket = arena_take(view->arena, sizeof *a.ticket);
		*a.ticket = *facts->ticket;
	}
	for (size_t i = 0; i < effects->count; i++)
		do_effect(&a, &effects->list[i]);
	flood_keep(&a);
	apply_ticket_done(&a);
	a.applied.ticket = a.ticket ? a.ticket->number : 0;
	return a.applied;
}
