#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <sodium.h>

#include "arena.h"
#include "log.h"
#include "mail_words.h"
#include "record.h"
#include "when.h"

#include "due.h"

#include "store.h"

#include "outflow.h"
#include "parcel.h"

/* ---- the waiting list --------------------------------------------------- */

void
outflow_add(struct outflow *outflow, const uint64_t *ids, size_t count)
{
	if (outflow->end + count > outflow->room) {
		size_t waiting = outflow_waiting(outflow);
		size_t room = (waiting + count) * 2 + 64;
		uint64_t *fresh = malloc(room * sizeof *fresh);

		if (fresh == NULL) {
			log_error("memory: none for the waiting notices");
			_exit(EX_TEMPFAIL);
		}
		if (waiting > 0)
			memcpy(fresh, outflow->ids + outflow->first,
			    waiting * sizeof *fresh);
		free(outflow->ids);
		outflow->ids = fresh;
		outflow->first = 0;
		outflow->end = waiting;
		outflow->room = room;
	}
	if (count > 0)
		memcpy(outflow->ids + outflow->end, ids, count * sizeof *ids);
	outflow->end += count;
}

size_t
outflow_waiting(const struct outflow *outflow)
{
	return outflow->end - outflow->first;
}

void
outflow_free(struct outflow *outflow)
{
	free(outflow->ids);
	*outflow = (struct outflow){0};
}

/* ---- handing out -------------------------------------------------------- */

static void
put_status(const struct view *view, struct Outbox *row,
    enum outbox_status status, const char *said)
{
	row->status = status;
	if (said != NULL)
		row->said = arena_copy_text(view->arena, said);
	store_outbox_put(view->txn, row);
}

static void
take_row(const struct view *view, uint64_t id, struct outflow_batch *batch)
{
	struct Outbox *row;
	struct Parcel *parcel;
	const char *why = "";

	if (store_outbox_get(view->txn, view->arena, id, &row) != 1 ||
	    row->status != OUTBOX_QUEUED || row->next > view->now)
		return;
	row->attempts++;
	switch (parcel_make(view, row, &parcel, &why)) {
	case PARCEL_GONE:
		put_status(view, row, OUTBOX_FAILED, "purged");
		return;
	case PARCEL_WRONG:
		log_warn("notice %llu of ticket %llu cannot be written: %s",
		    (unsigned long long)row->id,
		    (unsigned long long)row->ticket, why);
		put_status(view, row, OUTBOX_FAILED, "cannot be written");
		return;
	case PARCEL_READY:
		break;
	}
	/* From now on, however long it waited for its turn. */
	row->next = view->now + APPLY_LEASE;
	put_status(view, row, OUTBOX_SENDING, NULL);
	batch->parcels[batch->count++] = parcel;
}

struct outflow_batch
outflow_take(
    const struct view *view, const struct outflow *outflow, size_t most)
{
	struct outflow_batch batch = {0};

	if (most > outflow_waiting(outflow))
		most = outflow_waiting(outflow);
	batch.parcels =
	    arena_take_many(view->arena, most + 1, sizeof *batch.parcels);
	for (; batch.taken < most; batch.taken++)
		take_row(view, outflow->ids[outflow->first + batch.taken],
		    &batch);
	return batch;
}

void
outflow_taken(struct outflow *outflow, const struct outflow_batch *batch)
{
	outflow->first += batch->taken;
	outflow->in_air += batch->count;
}

/* ---- what comes back ---------------------------------------------------- */

when
outflow_pause(uint32_t attempts, uint32_t chance)
{
	static const int minutes[] = {1, 5, 15, 60, 180, 360, 720, 1440};
	size_t last = sizeof minutes / sizeof *minutes - 1;
	size_t step = attempts == 0 ? 0 : attempts - 1;
	when pause = minutes[step < last ? step : last] * WHEN_MINUTE;

	/* A tenth more or less, so that what failed together does not come
	 * back together. */
	return pause - pause / 10 + (when)chance % (pause / 5);
}

static void
add_due(const struct view *view, const struct Outbox *row, when at)
{
	struct Due due = DUE__INIT;

	due.at = at;
	due.kind = DUE_SEND;
	due.ticket = row->ticket;
	due.outbox = row->id;
	store_due_add(view->txn, &due);
}

static void
try_again(const struct view *view, struct Outbox *row, when pause)
{
	when age = view->now - row->created;
	when most = row->medium == MEDIUM_SMS ? view->conf->give_up_sms
					      : view->conf->give_up_mail;

	if (age + pause > most) {
		put_status(view, row, OUTBOX_FAILED, "given up");
		return;
	}
	row->next = view->now + pause;
	put_status(view, row, OUTBOX_QUEUED, NULL);
	add_due(view, row, row->next);
}

/* Nobody knows whether it arrived. A mail goes once more: its Message-ID is
 * the same, so the reader sees one. An SMS has no such mark. */
static void
end_unsure(const struct view *view, struct Outbox *row)
{
	row->unsure++;
	if (row->medium == MEDIUM_SMS || row->unsure > 1)
		put_status(view, row, OUTBOX_HELD, "unsure");
	else
		try_again(view, row, WHEN_MINUTE);
}

/* The enhanced status code of an answer ("5.1.1"), and nothing else of it:
 * servers repeat addresses in their words. */
static const char *
status_code(struct arena *arena, const char *text)
{
	for (const char *s = text; *s != '\0'; s++) {
		size_t len = strspn(s, "0123456789.");

		if (len >= 5 && len <= 9 && s[1] == '.' && s[0] >= '2' &&
		    s[0] <= '5' && (s == text || s[-1] == ' '))
			return arena_copy(arena, (struct span){s, len});
	}
	return "";
}

static void
note_refusal(const struct view *view, const struct Outbox *row)
{
	struct Contact *contact;

	if (row->engineer[0] != '\0' || row->medium != MEDIUM_MAIL ||
	    row->ticket == 0 || row->sealed.len > 0 ||
	    store_contact_get(view->txn, view->arena, row->ticket, row->slot,
		&contact) != 1)
		return;
	contact->bounces++;
	store_contact_put(view->txn, contact, NULL);
}

void
outflow_settle(const struct view *view, const struct Receipt *receipt)
{
	struct Outbox *row;

	if (store_outbox_get(
		view->txn, view->arena, receipt->outbox, &row) != 1 ||
	    row->status != OUTBOX_SENDING ||
	    row->attempts != receipt->attempt)
		return;
	row->code = receipt->code;
	row->said = arena_copy_text(
	    view->arena, status_code(view->arena, receipt->text));
	switch ((enum verdict)receipt->verdict) {
	case VERDICT_YES:
		put_status(view, row, OUTBOX_SENT, NULL);
		break;
	case VERDICT_LATER:
		try_again(view, row,
		    receipt->retry_after > 0
			? receipt->retry_after
			: outflow_pause(
			      row->attempts, randombytes_random()));
		break;
	case VERDICT_NEVER:
		put_status(view, row, OUTBOX_FAILED, NULL);
		note_refusal(view, row);
		break;
	case VERDICT_UNSURE:
		end_unsure(view, row);
		break;
	}
}

/* ---- the due index ------------------------------------------------------ */

static void
make_ready(const struct view *view, const struct Outbox *row,
    struct ready *ready)
{
	if (ready->count == ready->room) {
		size_t room = ready->room ? ready->room * 2 : 64;

		ready->ids = arena_grow(view->arena, ready->ids,
		    ready->room * sizeof *ready->ids,
		    room * sizeof *ready->ids);
		ready->room = room;
	}
	ready->ids[ready->count++] = row->id;
	add_due(view, row, view->now + APPLY_LEASE);
}

/* The lease of a row in the air ends at `next`; an entry that comes up sooner
 * is of the time when it waited for its turn. */
void
outflow_due(
    const struct view *view, const struct Due *due, struct ready *ready)
{
	struct Outbox *row;

	if (store_outbox_get(view->txn, view->arena, due->outbox, &row) != 1)
		return;
	if (row->status == OUTBOX_SENDING && row->next <= view->now)
		end_unsure(view, row);
	else if (row->status == OUTBOX_SENDING)
		add_due(view, row, row->next);
	else if (row->status == OUTBOX_QUEUED && row->next <= view->now)
		make_ready(view, row, ready);
}

/* Whatever was in the air, the process that held it is gone. */
static void
recover_row(const struct view *view, struct Outbox *row, struct ready *ready)
{
	if (row->status == OUTBOX_SENDING)
		end_unsure(view, row);
	else if (row->status == OUTBOX_QUEUED)
		make_ready(view, row, ready);
}

void
outflow_recover(const struct view *view, struct ready *ready)
{
	struct span key = {NULL, 0};
	struct Due *due;
	struct Outbox *row;
	when end = view->now + APPLY_LEASE;
	int found = store_due_first(view->txn, view->arena, &due, &key);

	/* Entries that are added on the way lie at `end`, or are of rows
	 * whose time has not come, which are left: the walk ends. */
	while (found == 1 && due->at < end) {
		if (due->kind == DUE_SEND &&
		    store_outbox_get(view->txn, view->arena, due->outbox,
			&row) == 1 &&
		    (row->status != OUTBOX_QUEUED ||
			row->next <= view->now)) {
			store_due_drop(view->txn, key);
			recover_row(view, row, ready);
		}
		found = store_due_next(
		    view->txn, view->arena, key, &due, &key);
	}
}
