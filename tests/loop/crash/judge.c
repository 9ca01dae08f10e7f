#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "arena.h"
#include "log.h"
#include "mail_words.h"
#include "notice.h"
#include "record.h"
#include "ticket.h"

#include "store.h"

#include "house.h"

#include "judge.h"

struct judging {
	struct store_txn *txn;
	struct arena *arena;
	struct talk *talk;
	struct verdicts *v;
};

__attribute__((format(printf, 2, 3))) static void
accuse(size_t *count, const char *format, ...)
{
	va_list args;

	++*count;
	va_start(args, format);
	vfprintf(stderr, format, args);
	va_end(args);
	fputc('\n', stderr);
}

static void
open_store(struct yard *yard, struct house *house, struct arena *arena)
{
	if (house_open_all(house,
		yard_path(yard, arena, "gatepost.conf")) != EX_OK)
		yard_broken("the store does not open");
	log_level(2);
}

static struct Ledger *
ledger_of(struct store_txn *txn, struct arena *arena, uint64_t uid)
{
	struct Origin origin = ORIGIN__INIT;
	struct Ledger *row;

	origin.mailbox = arena_copy_text(arena, "support");
	origin.uidvalidity = 1;
	origin.uid = uid;
	return store_ledger_get(txn, arena, &origin, &row) == 1 ? row : NULL;
}

/* ---- a conversation ----------------------------------------------------- */

/* Each text exactly once, and nothing else. */
static void
judge_messages(struct judging *j, const struct conversation *c,
    const struct Ticket *ticket)
{
	static const char *const texts[] = {
	    "first-", "answer-", "more-", "solved-"};
	size_t found[4] = {0};

	for (uint32_t i = 0; i < ticket->messages; i++) {
		struct Message *message;
		struct MessageData *content;

		if (store_message_get(j->txn, j->arena, ticket->number, i,
			&message) != 1 ||
		    store_message_open(j->txn, j->arena, ticket, message,
			&content) != 1) {
			accuse(&j->v->lost, "case %u: message %u is not whole",
			    c->number, i);
			continue;
		}
		for (size_t k = 0; k < 4; k++)
			found[k] += strstr(content->new_text,
					arena_print(j->arena, "%s%u.", texts[k],
					    c->number)) != NULL;
	}
	for (size_t k = 0; k < 4 && k < c->mails; k++) {
		if (found[k] == 0)
			accuse(&j->v->lost, "case %u: %s is missing",
			    c->number, texts[k]);
		else if (found[k] > 1)
			accuse(&j->v->twice, "case %u: %s is there %zu times",
			    c->number, texts[k], found[k]);
	}
}

/* Each notice exactly once. */
static void
judge_notices(struct judging *j, const struct conversation *c,
    const struct Ticket *ticket)
{
	static const enum notice wanted[] = {NOTICE_RECEIVED, NOTICE_NEW,
	    NOTICE_ANSWER, NOTICE_MESSAGE, NOTICE_CONFIRM, NOTICE_TRANSCRIPT,
	    NOTICE_CLOSED, NOTICE_STATE};
	size_t count[NOTICES] = {0};
	struct Outbox *row;

	for (uint64_t id = 0; store_outbox_next(j->txn, j->arena,
				  ticket->number, id, &row) == 1;
	     id = row->id)
		if (row->notice < NOTICES)
			count[row->notice]++;
	for (size_t i = 0; i < sizeof wanted / sizeof *wanted; i++) {
		const char *word = notice_row(wanted[i])->word;

		if (count[wanted[i]] == 0)
			accuse(&j->v->lost, "case %u: no notice %s", c->number,
			    word);
		else if (count[wanted[i]] > 1)
			accuse(&j->v->twice, "case %u: notice %s %zu times",
			    c->number, word, count[wanted[i]]);
	}
}

/* A conversation that stands still does so because a person has to look. */
static bool
waits_for_a_person(struct judging *j, const struct conversation *c,
    uint64_t ticket)
{
	struct Outbox *row;

	for (size_t i = 0; i < c->mails; i++) {
		struct Ledger *ledger =
		    ledger_of(j->txn, j->arena, c->uids[i]);

		if (ledger != NULL && ledger->outcome == OUTCOME_UNPARSEABLE)
			return true;
	}
	for (uint64_t id = 0; store_outbox_next(
				  j->txn, j->arena, ticket, id, &row) == 1;
	     id = row->id)
		if (row->status == OUTBOX_HELD)
			return true;
	return false;
}

static void
judge_mails(struct judging *j, const struct conversation *c)
{
	static const enum outcome wanted[TALK_MAILS] = {OUTCOME_TICKET,
	    OUTCOME_APPENDED, OUTCOME_APPENDED, OUTCOME_APPENDED,
	    OUTCOME_COMMAND};

	for (size_t i = 0; i < c->mails; i++) {
		struct Ledger *row = ledger_of(j->txn, j->arena, c->uids[i]);

		j->v->mails++;
		if (row == NULL)
			accuse(&j->v->lost, "case %u: mail %zu has no fate",
			    c->number, i);
		else if (row->outcome == OUTCOME_UNPARSEABLE)
			j->v->poison++;
		else if (row->outcome != wanted[i])
			accuse(&j->v->lost, "case %u: mail %zu is %s by %s",
			    c->number, i,
			    outcome_word((enum outcome)row->outcome),
			    row->rule);
	}
}

static void
judge_conversation(struct judging *j, const struct conversation *c)
{
	struct Ledger *first = ledger_of(j->txn, j->arena, c->uids[0]);
	struct Ticket *ticket;

	judge_mails(j, c);
	if (first == NULL || first->outcome == OUTCOME_UNPARSEABLE)
		return;
	if (store_ticket_get(j->txn, j->arena, first->ticket, &ticket) != 1) {
		accuse(&j->v->lost, "case %u: its ticket is gone", c->number);
		return;
	}
	if (c->phase != PHASE_DONE) {
		if (!waits_for_a_person(j, c, ticket->number))
			accuse(&j->v->lost, "case %u stands still in phase %d",
			    c->number, c->phase);
		return;
	}
	if (ticket->state != STATE_CLOSED)
		accuse(&j->v->lost, "case %u is not closed", c->number);
	judge_messages(j, c, ticket);
	judge_notices(j, c, ticket);
}

/* ---- what went out ------------------------------------------------------ */

static int
by_row(const void *a, const void *b)
{
	const struct heard *x = a, *y = b;

	if (x->outbox != y->outbox)
		return x->outbox < y->outbox ? -1 : 1;
	return x->attempt < y->attempt ? -1 : x->attempt > y->attempt;
}

/* The files of one row: at least one when it is sent, a second only when the
 * row says that the first was unsure, and all the same mail. */
static void
judge_row(struct judging *j, const struct Outbox *row,
    const struct heard *files, size_t count)
{
	int id = (int)row->id;

	if (row->status == OUTBOX_HELD)
		j->v->held++;
	else if (row->status != OUTBOX_SENT &&
	    strcmp(row->said, "purged") != 0)
		accuse(&j->v->lost, "notice %d is %s", id,
		    outbox_status_word((enum outbox_status)row->status));
	if (row->status == OUTBOX_SENT && count == 0)
		accuse(&j->v->lost, "notice %d is sent, and in no file", id);
	if (count > 1 + row->unsure || count > 2)
		accuse(&j->v->twice, "notice %d went %zu times", id, count);
	else if (count > 1)
		j->v->repeats += count - 1;
	for (size_t i = 0; i < count; i++)
		if (!files[i].sms &&
		    strcmp(files[i].message_id, row->message_id) != 0)
			accuse(&j->v->twice,
			    "notice %d has another Message-ID", id);
	for (size_t i = 1; i < count; i++)
		if (files[i].attempt == files[i - 1].attempt)
			accuse(&j->v->twice, "notice %d: attempt %u twice", id,
			    files[i].attempt);
}

static void
judge_outbox(struct judging *j)
{
	struct talk *talk = j->talk;
	struct Outbox *row;
	size_t at = 0;

	qsort(talk->heard, talk->heard_count, sizeof *talk->heard, by_row);
	for (uint64_t id = 0;
	     store_outbox_next(j->txn, j->arena, 0, id, &row) == 1;
	     id = row->id) {
		size_t first = at;

		while (at < talk->heard_count &&
		    talk->heard[at].outbox == row->id)
			at++;
		judge_row(j, row, talk->heard + first, at - first);
		j->v->notices++;
		if (at == first && at < talk->heard_count &&
		    talk->heard[at].outbox < row->id)
			accuse(&j->v->twice, "a file of no notice: %d",
			    (int)talk->heard[at++].outbox);
	}
	if (at < talk->heard_count)
		accuse(&j->v->twice, "files of no notice");
}

/* ---- all ---------------------------------------------------------------- */

static int
judge_fn(struct store_txn *txn, void *arg)
{
	struct judging *j = arg;
	struct Ticket *ticket;

	j->txn = txn;
	for (uint64_t n = 0;
	     store_ticket_next(txn, j->arena, n, &ticket) == 1;
	     n = ticket->number)
		j->v->tickets++;
	for (size_t i = 0; i < j->talk->count; i++)
		judge_conversation(j, &j->talk->list[i]);
	judge_outbox(j);
	j->v->audit_whole = store_audit_verify(txn, j->arena) == 0;
	return 0;
}

struct verdicts
judge_all(struct yard *yard, struct talk *talk)
{
	struct verdicts v = {0};
	struct judging j = {
	    .arena = arena_new(0), .talk = talk, .v = &v};
	struct house house;

	open_store(yard, &house, j.arena);
	if (store_read(house.store, judge_fn, &j) != STORE_OK)
		yard_broken("the store cannot be read");
	if (v.tickets > talk->count + v.poison)
		accuse(&v.twice, "%zu tickets of %zu conversations", v.tickets,
		    talk->count);
	house_close(&house);
	arena_free(j.arena);
	return v;
}

struct question {
	struct arena *arena;
	uint64_t uid;
	int outcome;
};

static int
ask_outcome(struct store_txn *txn, void *arg)
{
	struct question *q = arg;
	struct Ledger *row = ledger_of(txn, q->arena, q->uid);

	q->outcome = row != NULL ? (int)row->outcome : OUTCOME_NONE;
	return 0;
}

int
judge_outcome(struct yard *yard, uint64_t uid)
{
	struct question q = {.arena = arena_new(0), .uid = uid};
	struct house house;

	open_store(yard, &house, q.arena);
	if (store_read(house.store, ask_outcome, &q) != STORE_OK)
		yard_broken("the store cannot be read");
	house_close(&house);
	arena_free(q.arena);
	return q.outcome;
}
