#include <string.h>

#include "arena.h"
#include "buf.h"
#include "record.h"

#include "budget.h"
#include "decide.h"

#include "store.h"

#include "flood.h"

#define SAME_LEAST 20	/* letters that make a text one to be recognised */
#define SAME_MOST  4096 /* octets of it that are looked at */

/* ---- whose -------------------------------------------------------------- */

static struct span
lower(struct arena *arena, const char *address)
{
	struct buf out = buf_in(arena);

	for (; *address != '\0'; address++)
		buf_put(&out, (char)ascii_lower((unsigned char)*address));
	return buf_span(&out);
}

static struct span
domain_of(struct span address)
{
	const char *at =
	    address.len ? memrchr(address.at, '@', address.len) : NULL;

	return at ? span_from(at, address.at + address.len) : address;
}

/* A ticket's notices; those of no ticket are its service's. */
static struct span
ticket_key(struct arena *arena, const struct Ticket *ticket,
    const struct facts *facts)
{
	if (ticket == NULL)
		return span_of(facts->service);
	return span_of(arena_print(
	    arena, "#%llu", (unsigned long long)ticket->number));
}

/* Letters alone: a machine's text differs from its last one by a number, a
 * date, a blank. Empty when there are too few. */
static struct span
same_key(struct arena *arena, const struct facts *facts)
{
	struct span text = span_of(facts->mail->new_text);
	struct span address = lower(arena, facts->speaker.address);
	struct buf out = buf_in(arena);

	for (size_t i = 0; i < text.len && i < SAME_MOST; i++) {
		unsigned char c = (unsigned char)text.at[i];

		if (ascii_alpha(c) || c >= 0x80)
			buf_put(&out, (char)ascii_lower(c));
	}
	if (out.len < SAME_LEAST)
		return (struct span){NULL, 0};
	buf_put(&out, ' ');
	buf_add(&out, address);
	return buf_span(&out);
}

/* ---- looking ------------------------------------------------------------ */

static void
look(const struct view *view, struct facts *facts, enum budget budget,
    struct span of)
{
	when span = budget_row(budget)->span;

	if (budget_row(budget)->limited && facts->policy->budget[budget] == 0)
		return;
	facts->used[budget] = budget_used(
	    store_count_get(view->txn, (unsigned char)budget, of, span,
		view->now - span),
	    store_count_get(
		view->txn, (unsigned char)budget, of, span, view->now),
	    span, view->now % span);
}

static void
look_at_sender(const struct view *view, struct facts *facts)
{
	struct span address = lower(view->arena, facts->speaker.address);
	struct span same = same_key(view->arena, facts);

	look(view, facts, BUDGET_TICKETS_ADDRESS, address);
	look(view, facts, BUDGET_TICKETS_DOMAIN, domain_of(address));
	look(view, facts, BUDGET_TICKETS_ALL, span_of(""));
	if (facts->speaker.assurance < ASSURANCE_CUSTOMER) {
		look(view, facts, BUDGET_RECEIPTS_STRANGER, address);
		look(view, facts, BUDGET_RECEIPTS_STRANGERS, span_of(""));
	}
	if (facts->policy->budget[BUDGET_AUTOMATIC] != 0)
		look(view, facts, BUDGET_LATELY, address);
	if (same.len > 0)
		look(view, facts, BUDGET_SAME_TEXT, same);
}

void
flood_look(const struct view *view, struct facts *facts)
{
	struct span key =
	    ticket_key(view->arena, facts->ticket, facts);

	if (facts->speaker.engineer[0] == '\0' &&
	    facts->speaker.address[0] != '\0') {
		struct span address =
		    lower(view->arena, facts->speaker.address);

		look(view, facts, BUDGET_AUTOMATIC, address);
		look(view, facts, BUDGET_ANSWERS, address);
		if (facts->ticket == NULL ||
		    facts->speaker.role == ROLE_STRANGER ||
		    state_is_over((enum state)facts->ticket->state))
			look_at_sender(view, facts);
	}
	if (facts->ticket != NULL)
		look(view, facts, BUDGET_MAILS, key);
	look(view, facts, BUDGET_NOTICES, key);
	look(view, facts, BUDGET_NOTICES_DAY, key);
}

void
flood_look_back(
    const struct view *view, const struct Due *due, struct facts *facts)
{
	static const enum budget told[] = {
	    BUDGET_HELD, BUDGET_OPENED, BUDGET_UNTOLD};

	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		facts->used[told[i]] = store_count_get(view->txn,
		    (unsigned char)told[i], span_of(due->service),
		    budget_row(told[i])->span, due->at - 1);
}

/* ---- counting ----------------------------------------------------------- */

/* The end of the span that `at` is in. */
static when
end_of(when span, when at)
{
	return at - at % span + span;
}

/* A row that is new will have to go: once a span, that is put down as due. */
static void
count(struct applying *a, enum budget budget, struct span of)
{
	const struct view *view = a->view;
	when span = budget_row(budget)->span;
	struct Due due = DUE__INIT;

	if (budget_row(budget)->limited &&
	    a->facts->policy->budget[budget] == 0)
		return;
	if (store_count_add(view->txn, (unsigned char)budget, of, span,
		view->now) != 1 ||
	    store_count_add(view->txn, BUDGET_SWEEP, span_of(""), span,
		view->now) != 1)
		return;
	due.at = end_of(span, view->now) + span;
	due.kind = DUE_COUNTS;
	store_due_add(view->txn, &due);
}

void
flood_count_ticket(struct applying *a)
{
	struct arena *arena = a->view->arena;
	struct span address, same;

	if (a->facts->mail == NULL || a->facts->speaker.address[0] == '\0')
		return;
	address = lower(arena, a->facts->speaker.address);
	same = same_key(arena, a->facts);
	count(a, BUDGET_TICKETS_ADDRESS, address);
	count(a, BUDGET_TICKETS_DOMAIN, domain_of(address));
	count(a, BUDGET_TICKETS_ALL, span_of(""));
	if (same.len > 0)
		count(a, BUDGET_SAME_TEXT, same);
}

void
flood_count_mail(struct applying *a)
{
	if (a->facts->mail != NULL)
		count(a, BUDGET_MAILS,
		    ticket_key(a->view->arena, a->ticket, a->facts));
}

void
flood_count_notice(struct applying *a, const struct effect *effect)
{
	const char *speaker = a->facts->speaker.address;
	struct span key = ticket_key(a->view->arena, a->ticket, a->facts);
	struct span address;

	if (budget_is_answer(a->facts, effect)) {
		count(a, BUDGET_ANSWERS, lower(a->view->arena, speaker));
		return;
	}
	if (budget_counts(effect->notice)) {
		count(a, BUDGET_NOTICES, key);
		count(a, BUDGET_NOTICES_DAY, key);
	}
	if (a->facts->mail == NULL || speaker[0] == '\0' ||
	    !budget_is_automatic(effect->notice))
		return;
	address = lower(a->view->arena, speaker);
	count(a, BUDGET_AUTOMATIC, address);
	if (a->facts->policy->budget[BUDGET_AUTOMATIC] != 0)
		count(a, BUDGET_LATELY, address);
	if (effect->notice == NOTICE_RECEIVED &&
	    strcmp(effect->text, "stranger") == 0) {
		count(a, BUDGET_RECEIPTS_STRANGER, address);
		count(a, BUDGET_RECEIPTS_STRANGERS, span_of(""));
	}
}

void
flood_count_digest(struct applying *a, const struct effect *effect)
{
	const struct view *view = a->view;
	const char *service =
	    a->ticket ? a->ticket->service : a->facts->service;
	when span = budget_row(BUDGET_DIGEST)->span;
	struct Due due = DUE__INIT;

	count(a, (enum budget)effect->number, span_of(service));
	if (store_count_add(view->txn, BUDGET_DIGEST, span_of(service), span,
		view->now) != 1)
		return;
	due.at = end_of(span, view->now);
	due.kind = DUE_DIGEST;
	due.service = arena_copy_text(view->arena, service);
	store_due_add(view->txn, &due);
}
