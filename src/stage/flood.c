#include <string.h>

#include "arena.h"
#include "record.h"

#include "budget.h"
#include "decide.h"
#include "tally.h"

#include "store.h"

#include "flood.h"

#define SAME_LEAST 20	/* letters that make a text one to be recognised */
#define SAME_MOST  4096 /* octets of it that are looked at */

/* ---- whose -------------------------------------------------------------- */

static struct span
lower(struct arena *arena, const char *address)
{
	size_t len = strlen(address);
	char *copy = arena_take_unset(arena, len + 1);

	for (size_t i = 0; i < len; i++)
		copy[i] = (char)ascii_lower((unsigned char)address[i]);
	return (struct span){copy, len};
}

static struct span
domain_of(struct span address)
{
	const char *at =
	    address.len ? memrchr(address.at, '@', address.len) : NULL;

	return at ? span_from(at, address.at + address.len) : address;
}

static struct span
service_key(struct arena *arena, const char *service)
{
	return span_of(arena_print(arena, "service %s", service));
}

static const struct span everybody = {"", 0};

/* Anybody can write in anybody's name. What is counted of a name for which
 * nobody vouches must not keep out him whose name it is, nor silence the desk
 * for those who are vouched for. */
static struct span
in_crowd(struct arena *arena, const struct facts *facts, struct span of)
{
	if (facts->vouched)
		return of;
	return span_of(
	    arena_print(arena, "unvouched %.*s", (int)of.len, of.at));
}

static struct span
sender_key(struct arena *arena, const struct facts *facts)
{
	return in_crowd(arena, facts, lower(arena, facts->speaker.address));
}

static struct span
domain_key(struct arena *arena, const struct facts *facts)
{
	return in_crowd(arena, facts,
	    domain_of(lower(arena, facts->speaker.address)));
}

/* Of the letters alone: a machine's text differs from its last one by a
 * number, a date, a blank. 0 when there are too few. */
static uint64_t
text_number(const struct view *view, const char *text)
{
	char letters[SAME_MOST];
	size_t count = 0;

	for (size_t i = 0; text[i] != '\0' && i < SAME_MOST; i++) {
		unsigned char c = (unsigned char)text[i];

		letters[count] = (char)ascii_lower(c);
		count += ascii_alpha(c) || c >= 0x80;
	}
	if (count < SAME_LEAST)
		return 0;
	return store_text_number(view->txn, (struct span){letters, count});
}

/* ---- kept --------------------------------------------------------------- */

static void
load(const struct view *view, struct span of, struct tally *tally_r)
{
	struct span octets = {NULL, 0};

	if (store_tally_get(view->txn, of, view->now, &octets) != 1)
		octets = (struct span){NULL, 0};
	tally_read(tally_r, octets);
}

/* The first one of a day puts down that its day's will have to go. */
static void
keep(const struct view *view, struct span of, const struct tally *tally)
{
	struct Due due = DUE__INIT;

	if (!store_tally_put(view->txn, of, view->now,
		tally_write(view->arena, tally, view->now)))
		return;
	due.at = view->now - view->now % WHEN_DAY + WHEN_DAY +
	    STORE_TALLY_KEPT;
	due.kind = DUE_COUNTS;
	store_due_add(view->txn, &due);
}

/* ---- looking ------------------------------------------------------------ */

/* A budget without a limit is not looked at, and not counted. */
static bool
is_counted(const struct facts *facts, enum budget budget)
{
	return !budget_row(budget)->limited ||
	    facts->policy->budget[budget] != 0;
}

static void
look(const struct view *view, struct facts *facts, const struct tally *tally,
    enum budget budget, uint64_t of)
{
	if (is_counted(facts, budget))
		facts->used[budget] =
		    tally_used(tally, budget, of, view->now);
}

static void
look_at_all(const struct view *view, struct facts *facts)
{
	struct tally tally;

	if (is_counted(facts, BUDGET_TICKETS_DOMAIN)) {
		load(view, domain_key(view->arena, facts), &tally);
		look(view, facts, &tally, BUDGET_TICKETS_DOMAIN, 0);
	}
	load(view, in_crowd(view->arena, facts, everybody), &tally);
	look(view, facts, &tally, BUDGET_TICKETS_ALL, 0);
	if (facts->speaker.assurance < ASSURANCE_CUSTOMER)
		look(view, facts, &tally, BUDGET_RECEIPTS_STRANGERS, 0);
}

static void
look_at_copies(
    const struct view *view, struct facts *facts, const struct tally *sender)
{
	struct tally tally;

	look(view, facts, sender, BUDGET_COPIES_ADDRESS, 0);
	load(view, everybody, &tally);
	look(view, facts, &tally, BUDGET_COPIES_ALL, 0);
}

static void
look_at_sender(const struct view *view, struct facts *facts)
{
	struct tally tally;

	load(view, sender_key(view->arena, facts), &tally);
	if (facts->ticket != NULL)
		look_at_copies(view, facts, &tally);
	look(view, facts, &tally, BUDGET_AUTOMATIC, 0);
	look(view, facts, &tally, BUDGET_ANSWERS, 0);
	if (facts->ticket != NULL && facts->speaker.role != ROLE_STRANGER &&
	    !state_is_over((enum state)facts->ticket->state))
		return;
	look(view, facts, &tally, BUDGET_TICKETS_ADDRESS, 0);
	if (facts->speaker.assurance < ASSURANCE_CUSTOMER)
		look(view, facts, &tally, BUDGET_RECEIPTS_STRANGER, 0);
	if (is_counted(facts, BUDGET_AUTOMATIC))
		look(view, facts, &tally, BUDGET_LATELY, 0);
	if (is_counted(facts, BUDGET_SAME_TEXT))
		facts->same_text = text_number(view, facts->mail->new_text);
	if (facts->same_text != 0)
		look(view, facts, &tally, BUDGET_SAME_TEXT, facts->same_text);
	look_at_all(view, facts);
}

static struct span
number_key(struct arena *arena, const char *number)
{
	return span_of(arena_print(arena, "mobile %s", number));
}

static void
look_at_codes(const struct view *view, struct facts *facts)
{
	struct tally tally;

	load(view, number_key(view->arena, facts->mobile_asked), &tally);
	look(view, facts, &tally, BUDGET_CODES_NUMBER, 0);
	load(view, everybody, &tally);
	look(view, facts, &tally, BUDGET_CODES_ALL, 0);
}

void
flood_look(const struct view *view, struct facts *facts)
{
	struct tally tally;

	if (facts->mobile_asked[0] != '\0')
		look_at_codes(view, facts);

	if (facts->speaker.engineer[0] == '\0' &&
	    facts->speaker.address[0] != '\0')
		look_at_sender(view, facts);
	if (facts->ticket != NULL) {
		tally_read(&tally, record_span(facts->ticket->tally));
		look(view, facts, &tally, BUDGET_MAILS, 0);
	} else {
		load(view, service_key(view->arena, facts->service), &tally);
	}
	look(view, facts, &tally, BUDGET_NOTICES, 0);
	look(view, facts, &tally, BUDGET_NOTICES_DAY, 0);
}

void
flood_look_back(
    const struct view *view, const struct Due *due, struct facts *facts)
{
	static const enum budget told[] = {
	    BUDGET_HELD, BUDGET_OPENED, BUDGET_UNTOLD};
	struct tally tally;

	load(view, service_key(view->arena, due->service), &tally);
	for (size_t i = 0; i < sizeof told / sizeof *told; i++)
		facts->used[told[i]] =
		    tally_count(&tally, told[i], 0, due->at - 1);
}

/* ---- counting ----------------------------------------------------------- */

static void
count(const struct applying *a, struct tally *tally, enum budget budget,
    uint64_t of)
{
	if (is_counted(a->facts, budget))
		tally_add(tally, budget, of, a->view->now);
}

static void
count_of(const struct applying *a, struct span of, enum budget budget)
{
	struct tally tally;

	if (!is_counted(a->facts, budget))
		return;
	load(a->view, of, &tally);
	count(a, &tally, budget, 0);
	keep(a->view, of, &tally);
}

/* The sender's is asked for again and again by one decision. */
static struct tally *
of_sender(struct applying *a)
{
	if (a->sender == NULL) {
		a->sender = arena_take_unset(a->view->arena, sizeof *a->sender);
		load(a->view, sender_key(a->view->arena, a->facts),
		    a->sender);
	}
	return a->sender;
}

void
flood_keep(struct applying *a)
{
	if (a->sender != NULL)
		keep(a->view, sender_key(a->view->arena, a->facts),
		    a->sender);
}

void
flood_count_ticket(struct applying *a)
{
	struct arena *arena = a->view->arena;

	if (a->facts->mail == NULL || a->facts->speaker.address[0] == '\0')
		return;
	count(a, of_sender(a), BUDGET_TICKETS_ADDRESS, 0);
	if (a->facts->same_text != 0)
		count(a, of_sender(a), BUDGET_SAME_TEXT, a->facts->same_text);
	count_of(a, domain_key(arena, a->facts), BUDGET_TICKETS_DOMAIN);
	count_of(a, in_crowd(arena, a->facts, everybody), BUDGET_TICKETS_ALL);
}

/* A ticket's tally lies with it. */
static void
count_of_ticket(
    struct applying *a, const enum budget *budgets, size_t how_many)
{
	struct tally tally;

	tally_read(&tally, record_span(a->ticket->tally));
	for (size_t i = 0; i < how_many; i++)
		count(a, &tally, budgets[i], 0);
	a->ticket->tally = record_bytes(
	    tally_write(a->view->arena, &tally, a->view->now));
}

void
flood_count_mail(struct applying *a)
{
	static const enum budget budgets[] = {BUDGET_MAILS};

	if (a->facts->mail != NULL)
		count_of_ticket(a, budgets, 1);
}

void
flood_count_code(struct applying *a, const char *number)
{
	count_of(a, number_key(a->view->arena, number), BUDGET_CODES_NUMBER);
	count_of(a, everybody, BUDGET_CODES_ALL);
}

/* Of a ticket, or of a service when there is none. */
static void
count_told(struct applying *a)
{
	static const enum budget budgets[] = {
	    BUDGET_NOTICES, BUDGET_NOTICES_DAY};
	struct span service;

	if (a->ticket != NULL) {
		count_of_ticket(a, budgets, 2);
		return;
	}
	service = service_key(a->view->arena, a->facts->service);
	count_of(a, service, BUDGET_NOTICES);
	count_of(a, service, BUDGET_NOTICES_DAY);
}

void
flood_count_notice(struct applying *a, const struct effect *effect)
{
	if (effect->notice == NOTICE_JOINED && a->facts->mail != NULL &&
	    a->facts->speaker.engineer[0] == '\0') {
		count(a, of_sender(a), BUDGET_COPIES_ADDRESS, 0);
		count_of(a, everybody, BUDGET_COPIES_ALL);
	}
	if (budget_is_answer(a->facts, effect)) {
		count(a, of_sender(a), BUDGET_ANSWERS, 0);
		return;
	}
	if (budget_counts(effect->notice))
		count_told(a);
	if (a->facts->mail == NULL ||
	    a->facts->speaker.address[0] == '\0' ||
	    !budget_is_automatic(effect->notice))
		return;
	count(a, of_sender(a), BUDGET_AUTOMATIC, 0);
	if (is_counted(a->facts, BUDGET_AUTOMATIC))
		count(a, of_sender(a), BUDGET_LATELY, 0);
	if (effect->notice == NOTICE_RECEIVED &&
	    strcmp(effect->text, "stranger") == 0) {
		count(a, of_sender(a), BUDGET_RECEIPTS_STRANGER, 0);
		count_of(a,
		    in_crowd(a->view->arena, a->facts, everybody),
		    BUDGET_RECEIPTS_STRANGERS);
	}
}

void
flood_count_digest(struct applying *a, const struct effect *effect)
{
	const struct view *view = a->view;
	const char *service =
	    a->ticket ? a->ticket->service : a->facts->service;
	when span = budget_row(BUDGET_DIGEST)->span;
	struct span key = service_key(view->arena, service);
	struct Due due = DUE__INIT;
	struct tally tally;
	bool first;

	load(view, key, &tally);
	tally_add(&tally, (enum budget)effect->number, 0, view->now);
	first = tally_count(&tally, BUDGET_DIGEST, 0, view->now) == 0;
	tally_add(&tally, BUDGET_DIGEST, 0, view->now);
	keep(view, key, &tally);
	if (!first)
		return;
	due.at = view->now - view->now % span + span;
	due.kind = DUE_DIGEST;
	due.service = arena_copy_text(view->arena, service);
	store_due_add(view->txn, &due);
}
