#include "arena.h"
#include "record.h"

#include "decide.h"

#include "store.h"

#include "held.h"

int
held_get(const struct view *view, uint64_t id, struct Held **held_r,
    struct Mail **mail_r)
{
	struct span octets;
	struct Held *held;
	int rc = id == 0
	    ? 0
	    : store_held_next(view->txn, view->arena, id - 1, &held);

	if (rc != 1 || held->id != id)
		return rc < 0 ? rc : 0;
	rc = store_held_open(view->txn, view->arena, held, &octets);
	if (rc < 0)
		return rc;
	*held_r = held;
	*mail_r = rc == 1
	    ? record_unpack(view->arena, &mail__descriptor, octets)
	    : NULL;
	return 1;
}

/* Who let it in, saw it or threw it away: the one at the command line. */
static void
trace(const struct view *view, const struct Held *held, const char *trace,
    uint64_t ticket)
{
	struct Audit *audit = record_new(view->arena, &audit__descriptor);

	audit->time = view->now;
	audit->actor = arena_copy_text(view->arena, "admin");
	audit->trace = arena_copy_text(view->arena, trace);
	audit->ticket = ticket;
	audit->assurance = ASSURANCE_LOCAL;
	audit->detail = arena_print(view->arena, "held %llu, %s",
	    (unsigned long long)held->id, held->reason);
	store_audit_add(view->txn, audit);
}

/* The ledger says by now what became of it in the end, also for a copy that
 * comes from somebody who is vouched for. */
static void
write_ledger(const struct view *view, const struct Mail *mail,
    const struct applied *applied)
{
	struct Ledger row = LEDGER__INIT;

	row.outcome = applied->outcome;
	row.ticket = applied->ticket;
	row.message = applied->message;
	row.time = view->now;
	row.rule = arena_copy_text(view->arena, "released");
	store_ledger_put(
	    view->txn, mail->origin, record_span(mail->digest), &row);
}

static const char *
why_held(const struct effects *effects)
{
	for (size_t i = 0; i < effects->count; i++)
		if (effects->list[i].kind == EFFECT_HOLD)
			return effects->list[i].text;
	return NULL;
}

enum held_end
held_release(const struct view *view, uint64_t id, uint64_t ticket,
    struct ready *ready, struct applied *applied_r, const char **why_r)
{
	const struct admission admission = {.ticket = ticket};
	struct view here = *view;
	struct effects effects;
	struct Ticket *named;
	struct facts *facts;
	struct Held *held;
	struct Mail *mail;

	if (held_get(view, id, &held, &mail) != 1 || mail == NULL)
		return HELD_NONE;
	if (ticket != 0 &&
	    store_ticket_get(view->txn, view->arena, ticket, &named) != 1)
		return HELD_NO_TICKET;
	here.admitted = &admission;
	facts = facts_of_mail(&here, mail, NULL);
	effects = decide_mail(view->arena, facts);
	*why_r = why_held(&effects);
	if (*why_r != NULL)
		return HELD_KEPT;
	*applied_r = apply_effects(&here, facts, &effects, ready);
	write_ledger(view, mail, applied_r);
	trace(view, held, "releaseHeld", applied_r->ticket);
	store_held_drop(view->txn, held);
	return HELD_DONE;
}

enum held_end
held_drop(const struct view *view, uint64_t id)
{
	struct Held *held;
	struct Mail *mail;

	if (held_get(view, id, &held, &mail) != 1)
		return HELD_NONE;
	trace(view, held, "dropHeld", held->ticket);
	store_held_drop(view->txn, held);
	return HELD_DONE;
}

void
held_seen(const struct view *view, const struct Held *held)
{
	trace(view, held, "readHeld", held->ticket);
}
