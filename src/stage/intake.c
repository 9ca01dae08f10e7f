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

static void
write_ledger(const struct view *view, const struct Mail *mail,
    const struct applied *applied)
{
	struct Ledger row = LEDGER__INIT;

	row.outcome = applied->outcome;
	row.ticket = applied->ticket;
	row.message = applied->message;
	row.time = view->now;
	row.rule = arena_copy_text(view->arena, applied->rule);
	store_ledger_put(
	    view->txn, mail->origin, record_span(mail->digest), &row);
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
	struct Ledger *known;
	struct facts *facts;
	struct effects effects;
	struct applied applied;

	if (store_ledger_get(
		view->txn, view->arena, mail->origin, &known) == 1)
		return from_ledger(known);
	if (mail->digest.len > 0 &&
	    store_digest_get(view->txn, view->arena,
		record_span(mail->digest), &known) == 1)
		return write_duplicate(view, mail, known);
	facts = facts_of_mail(view, mail, NULL);
	effects = decide_mail(view->arena, facts);
	applied = apply_effects(view, facts, &effects, ready);
	write_ledger(view, mail, &applied);
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
