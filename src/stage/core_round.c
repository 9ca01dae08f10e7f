#include <string.h>
#include <time.h>

#include "arena.h"
#include "log.h"
#include "record.h"
#include "when.h"

#include "decide.h"
#include "due.h"

#include "store.h"

#include "core_round.h"
#include "intake.h"

/* So many mails at once are a crowd: they are let in first, and the notices
 * about them go out by a few at a time. What is still on the server may be
 * lost there; a notice is a row already. */
#define CROWD	    32
#define CROWD_SHARE 8

/* A clock that leaps by more than this between two rounds is not believed
 * where belief destroys: purging waits for CLOCK_PAUSE. */
#define CLOCK_LEAP  WHEN_DAY
#define CLOCK_PAUSE WHEN_DAY
#define COUNTS_MOST 2000

static int64_t
monotonic(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_BOOTTIME, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

void
round_start(struct round *round, const struct core_conf *conf,
    struct store *store, struct arena *arena, when now)
{
	memset(round, 0, sizeof *round);
	round->conf = conf;
	round->arena = arena;
	round->keys.count = 2;
	for (int i = 0; i < 2; i++)
		store_token_key(store, i, round->keys.key[i]);
	round->last_wall = now;
	round->last_monotonic = monotonic();
}

void
round_begin(struct round *round)
{
	round->mail_count = 0;
	round->receipt_count = 0;
	round->recover = false;
	round->stub = false;
	round->batch = (struct outflow_batch){0};
}

void
round_end(struct round *round)
{
	outflow_free(&round->outflow);
}

static void
look_at_clock(struct round *round, when now)
{
	int64_t passed = monotonic() - round->last_monotonic;
	when leap = now - round->last_wall - passed;

	if (leap > CLOCK_LEAP && now > round->suspect_until) {
		log_warn("clock: it leapt by %lld hours; purging waits a day",
		    (long long)(leap / WHEN_HOUR));
		round->suspect_until = now + CLOCK_PAUSE;
	}
	/* Set right again: the pause was reckoned on the wrong clock, and
	 * must not outlast a day of the right one. */
	if (round->suspect_until > now + CLOCK_PAUSE)
		round->suspect_until = now + CLOCK_PAUSE;
	round->last_wall = now;
	round->last_monotonic += passed;
}

/* ---- what time brings --------------------------------------------------- */

static bool
destroys(const struct Due *due)
{
	return due->kind == DUE_PURGE_CALENDAR || due->kind == DUE_PURGE_OVER;
}

/* Many at once would keep the mails of a flood waiting. */
static void
drop_counts(const struct view *view)
{
	struct Due again = DUE__INIT;

	if (store_tallies_drop(view->txn, view->now, COUNTS_MOST) <
	    COUNTS_MOST)
		return;
	again.at = view->now + WHEN_SECOND;
	again.kind = DUE_COUNTS;
	store_due_add(view->txn, &again);
}

static void
tick_one(const struct view *view, const struct Due *due, struct ready *ready)
{
	struct facts *facts;
	struct effects effects;

	if (due->kind == DUE_SEND) {
		outflow_due(view, due, ready);
		return;
	}
	if (due->kind == DUE_COUNTS) {
		drop_counts(view);
		return;
	}
	facts = facts_of_due(view, due);
	if (facts == NULL)
		return;
	effects = decide_tick(view->arena, facts);
	apply_effects(view, facts, &effects, ready);
}

static void
tick(struct round *round, const struct view *view)
{
	struct Due *due;
	struct span key;
	size_t done = 0;
	int found = store_due_first(view->txn, view->arena, &due, &key);

	while (found == 1 && due->at <= view->now && done < ROUND_DUE) {
		if (!destroys(due) || view->now >= round->suspect_until) {
			store_due_drop(view->txn, key);
			tick_one(view, due, &round->ready);
			done++;
		}
		found = store_due_next(
		    view->txn, view->arena, key, &due, &key);
	}
	round->next_due = found == 1 ? due->at : 0;
	round->more = done == ROUND_DUE;
}

/* Keys that end with their day: once a day, and never by a clock that is not
 * believed. What goes wrong here is told by the next transaction. */
static void
end_days(struct round *round, struct store *store, when now)
{
	if (when_day(now) == round->day || now < round->suspect_until)
		return;
	store_periods_destroy(store, now);
	round->day = when_day(now);
}

/* ---- the transaction ---------------------------------------------------- */

/* Each parcel comes down with one receipt, whatever has become of its row. */
static size_t
still_in_air(const struct round *round)
{
	size_t in_air = round->outflow.in_air;

	return in_air > round->receipt_count ? in_air - round->receipt_count
					     : 0;
}

static int
round_fn(struct store_txn *txn, void *arg)
{
	struct round *round = arg;
	struct view view = {.txn = txn,
	    .arena = round->arena,
	    .conf = round->conf,
	    .keys = &round->keys,
	    .now = round->last_wall};
	size_t room = round->closing ? 0
	    : round->mail_count >= CROWD ? round->conf->parcels_most / CROWD_SHARE
					 : round->conf->parcels_most;
	size_t in_air;

	round->ready = (struct ready){0};
	if (round->recover)
		outflow_recover(&view, &round->ready);
	for (size_t i = 0; i < round->receipt_count; i++)
		outflow_settle(&view, round->receipts[i]);
	for (size_t i = round->from; i < round->to; i++)
		round->applied[i] = round->stub
		    ? intake_stub(&view, round->mails[i], &round->ready)
		    : intake_mail(&view, round->mails[i], &round->ready);
	tick(round, &view);
	/* Rows that this very transaction made may leave with it. */
	outflow_add(&round->outflow, round->ready.ids, round->ready.count);
	in_air = still_in_air(round);
	round->batch = outflow_take(
	    &view, &round->outflow, room > in_air ? room - in_air : 0);
	/* Taken back here, for the case that all of this runs again. */
	round->outflow.end -= round->ready.count;
	return 0;
}

static void
round_done(struct round *round)
{
	/* Counted in the transaction, now for good. */
	round->outflow.end += round->ready.count;
	round->outflow.in_air = still_in_air(round);
	outflow_taken(&round->outflow, &round->batch);
	if (outflow_waiting(&round->outflow) > 0 &&
	    round->outflow.in_air < round->conf->parcels_most)
		round->more = true;
}

/* Nothing came and nothing is due: no transaction, no flush. */
static bool
is_idle(const struct round *round)
{
	return round->mail_count == 0 && round->receipt_count == 0 &&
	    !round->recover && outflow_waiting(&round->outflow) == 0;
}

struct due_look {
	struct arena *arena;
	when at;
};

static int
look_fn(struct store_txn *txn, void *arg)
{
	struct due_look *look = arg;
	struct Due *due;
	struct span key;

	look->at = store_due_first(txn, look->arena, &due, &key) == 1
	    ? due->at
	    : 0;
	return 0;
}

/* Not for want of room, and certainly not done. */
static bool
is_refused(enum store_result result)
{
	return result == STORE_ABORTED || result == STORE_BROKEN;
}

/* One mail in a transaction of its own; a stub of it when even that is
 * refused. */
static enum store_result
run_one(struct round *round, struct store *store, size_t i)
{
	const struct Origin *origin = round->mails[i]->origin;
	enum store_result result;

	round->from = i;
	round->to = i + 1;
	result = store_write(store, round_fn, round);
	if (!is_refused(result))
		return result;
	round->stub = true;
	result = store_write(store, round_fn, round);
	round->stub = false;
	if (result == STORE_OK)
		log_warn("store: mail uid %llu of mailbox %s cannot be "
			 "stored; kept as a stub",
		    (unsigned long long)origin->uid, origin->mailbox);
	return result;
}

/* All of it once more, for the fault may have been nobody's; then each mail
 * alone, to find those that cannot be stored. Parcels leave with the last. */
static enum store_result
run_one_by_one(struct round *round, struct store *store)
{
	enum store_result result = store_write(store, round_fn, round);
	bool closing = round->closing;

	if (!is_refused(result))
		return result;
	for (size_t i = 0; i < round->mail_count; i++) {
		round->closing = closing || i + 1 < round->mail_count;
		result = run_one(round, store, i);
		if (result != STORE_OK)
			break;
		if (i + 1 == round->mail_count)
			break;
		round_done(round);
		/* On disk with the first. */
		round->receipt_count = 0;
		round->recover = false;
	}
	round->closing = closing;
	return result;
}

enum store_result
round_run(struct round *round, struct store *store, when now)
{
	enum store_result result;

	look_at_clock(round, now);
	end_days(round, store, now);
	if (is_idle(round)) {
		struct due_look look = {.arena = round->arena};

		if (store_read(store, look_fn, &look) != STORE_OK)
			return STORE_BROKEN;
		round->next_due = look.at;
		round->more = false;
		if (look.at == 0 || look.at > now)
			return STORE_OK;
		/* What is due may be a purge that waits for the clock. */
		if (now < round->suspect_until)
			round->next_due = now + WHEN_MINUTE;
	}
	round->from = 0;
	round->to = round->mail_count;
	result = store_write(store, round_fn, round);
	if (is_refused(result))
		result = run_one_by_one(round, store);
	if (result == STORE_OK)
		round_done(round);
	return result;
}
