#include <string.h>

#include "arena.h"
#include "mail_words.h"
#include "record.h"

#include "decide.h"

#include "store.h"

#include "intake.h"

static struct applied
from_ledger(const struct Ledger *row)
{
	return (struct applied){.outcome = (enum outcome)row->outcome,
	    .rule = row->rule,
	    .ticket = row->ticket,
	    .message = row->message};
}

/* By what a mail is known again. One whose sender nobody vouched for is known
 * by a digest of its own: it may be a forged copy that came first, and must
 * not keep the true one out. */
static struct span
digest_of(struct arena *arena, const struct Mail *mail, bool vouched)
{
	struct span digest = record_span(mail->digest);
	char *marked;

	if (vouched || digest.len == 0)
		return digest;
	marked = arena_take(arena, digest.len + 1);
	memcpy(marked, digest.at, digest.len);
	marked[digest.len] = 'u';
	return (struct span){marked, digest.len + 1};
}

static bool
is_known(const struct view *view, const struct Mail *mail, bool vouched,
    struct Ledger **known_r)
{
	struct span digest = digest_of(view->arena, mail, vouched);

	return digest.len > 0 &&
	    store_digest_get(view->txn, view->arena, digest, known_r) == 1;
}

static void
write_ledger(const struct view *view, const struct Mail *mail,
    struct span digest, const struct applied *applied)
{
	struct Ledger row = LEDGER__INIT;

	row.outcome = applied->outcome;
	row.ticket = applied->ticket;
	row.message = applied->message;
	row.time = view->now;
	row.rule = arena_copy_text(view->arena, applied->rule);
	store_ledger_put(view->txn, mail->origin, digest, &row);
}

/* The same mail by another way: delivered twice, or to two of our mailboxes.
 * The digest's row stays the first one's. */
static struct applied
write_duplicate(const struct view *view, const struct Mail *mail,
    const struct Ledger *first)
{
	struct applied applied = from_ledger(first);
	struct Ledger row = *first;

	applied.outcome = OUTCOME_DUPLICATE;
	row.outcome = OUTCOME_DUPLICATE;
	row.time = view->now;
	store_ledger_put(
	    view->txn, mail->origin, (struct span){NULL, 0}, &row);
	return applied;
}

struct applied
intake_mail(const struct view *view, const struct Mail *mail,
    struct ready *ready)
{
	struct facts_trail trail;
	struct Ledger *known;
	struct facts *facts;
	struct effects effects;
	struct applied applied;

	if (store_ledger_get(
		view->txn, view->arena, mail->origin, &known) == 1)
		return from_ledger(known);
	facts = facts_of_mail(view, mail, &trail);
	if (is_known(view, mail, trail.vouched, &known) ||
	    (!trail.vouched && is_known(view, mail, true, &known)))
		return write_duplicate(view, mail, known);
	effects = decide_mail(view->arena, facts);
	applied = apply_effects(view, facts, &effects, ready);
	write_ledger(view, mail,
	    digest_of(view->arena, mail, trail.vouched), &applied);
	return applied;
}

struct applied
intake_stub(const struct view *view, const struct Mail *mail,
    struct ready *ready)
{
	struct Mail *stub = record_new(view->arena, &mail__descriptor);

	stub->origin = mail->origin;
	stub->digest = mail->digest;
	stub->from = mail->from;
	stub->n_from = mail->n_from;
	stub->to = mail->to;
	stub->n_to = mail->n_to;
	stub->message_id = mail->message_id;
	stub->damaged = true;
	stub->trouble = TROUBLE_UNREADABLE;
	return intake_mail(view, stub, ready);
}
