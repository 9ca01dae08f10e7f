#include <check.h>
#include <string.h>

#include "buf.h"
#include "due.h"
#include "mail_words.h"
#include "notice.h"
#include "record.h"
#include "ticket.h"

#include "rows.h"

struct telling {
	struct store_txn *txn;
	struct arena *arena;
	struct buf out;
};

static void
tell_messages(struct telling *t, const struct Ticket *ticket)
{
	for (uint32_t i = 0; i < ticket->messages; i++) {
		struct Message *message;
		struct MessageData *content;

		ck_assert_int_eq(store_message_get(t->txn, t->arena,
				     ticket->number, i, &message), 1);
		buf_print(&t->out, "  message %u: %s %s slot %u seen by %u",
		    i, author_word((enum author)message->author),
		    message->engineer, message->slot, message->visibility);
		if (store_message_open(t->txn, t->arena, ticket, message,
			&content) == 1) {
			buf_print(&t->out, " \"%.60s\" of %zu",
			    content->new_text, strlen(content->text));
			for (size_t k = 0; k < content->n_attachments; k++)
				buf_print(&t->out, " with %s",
				    content->attachments[k]->name);
		}
		buf_add_text(&t->out, "\n");
	}
}

static void
tell_contacts(struct telling *t, const struct Ticket *ticket)
{
	for (uint32_t i = 0; i < ticket->participants; i++) {
		struct Contact *contact;
		struct ContactData *known;

		ck_assert_int_eq(store_contact_get(t->txn, t->arena,
				     ticket->number, i, &contact), 1);
		buf_print(&t->out, "  contact %u: %s verified %d bounces %u",
		    i, participant_word((enum participant)contact->role),
		    contact->mobile_verified, contact->bounces);
		if (store_contact_open(
			t->txn, t->arena, contact, &known) == 1)
			buf_print(&t->out, " %s <%s> %s", known->name,
			    known->address, known->mobile);
		else
			buf_print(&t->out, " destroyed, %zu octets left",
			    contact->sealed.len + contact->index_mail.len +
				contact->index_mobile.len);
		buf_add_text(&t->out, "\n");
	}
}

static void
tell_outbox(struct telling *t)
{
	struct Outbox *row;
	struct OutboxData *content;

	for (uint64_t id = 0;
	     store_outbox_next(t->txn, t->arena, 0, id, &row) == 1;
	     id = row->id) {
		buf_print(&t->out,
		    "outbox %d of ticket %d: %s by %s to %u%s, %s %s",
		    (int)row->id, (int)row->ticket,
		    notice_row((enum notice)row->notice)->word,
		    medium_word((enum medium)row->medium), row->slot,
		    row->engineer,
		    outbox_status_word((enum outbox_status)row->status),
		    row->detail);
		if (row->has_message)
			buf_print(&t->out, ", of message %u", row->message);
		if (store_outbox_open(t->txn, t->arena, row, &content) == 1)
			buf_print(&t->out, ", to <%s>", content->address);
		buf_add_text(&t->out, "\n");
	}
}

static void
tell_time(struct telling *t)
{
	struct Due *due;
	struct span key;
	size_t counts[DUES] = {0};
	int rc = store_due_first(t->txn, t->arena, &due, &key);

	while (rc == 1) {
		counts[due->kind]++;
		if (due->kind != DUE_SEND)
			buf_print(&t->out, "due %s of ticket %d\n",
			    due_word((enum due)due->kind), (int)due->ticket);
		rc = store_due_next(t->txn, t->arena, key, &due, &key);
	}
}

static void
tell_audit(struct telling *t)
{
	struct Audit *row;

	for (uint64_t n = 0;
	     store_audit_next(t->txn, t->arena, n, &row) == 1;
	     n = row->number)
		buf_print(&t->out, "audit %s %s of ticket %d%s %s\n",
		    row->actor, row->trace, (int)row->ticket,
		    row->refused ? " refused" : "", row->detail);
	ck_assert_uint_eq(store_audit_verify(t->txn, t->arena), 0);
}

static void
tell_held(struct telling *t)
{
	struct Held *held;
	struct span octets;

	for (uint64_t n = 0;
	     store_held_next(t->txn, t->arena, n, &held) == 1; n = held->id)
		buf_print(&t->out, "held %s of ticket %d: %s\n",
		    held->reason, (int)held->ticket,
		    store_held_open(t->txn, t->arena, held, &octets) == 1
			? "readable"
			: "destroyed");
}

static int
tell_all(struct store_txn *txn, void *arg)
{
	struct telling *t = arg;
	struct Ticket *ticket;

	t->txn = txn;
	t->out.len = 0;
	for (uint64_t n = 0;
	     store_ticket_next(txn, t->arena, n, &ticket) == 1;
	     n = ticket->number) {
		buf_print(&t->out, "ticket %d: %s, service %s, owner %s, "
				   "score %u, \"%s\"%s\n",
		    (int)ticket->number, state_name((enum state)ticket->state),
		    ticket->service, ticket->owner, ticket->score,
		    store_subject_open(txn, t->arena, ticket),
		    ticket->purged ? ", purged" : "");
		tell_messages(t, ticket);
		tell_contacts(t, ticket);
	}
	tell_outbox(t);
	tell_time(t);
	tell_audit(t);
	tell_held(t);
	return 0;
}

struct ledger_question {
	struct telling *t;
	const char *mailbox;
	uint64_t uids;
};

static int
tell_ledger(struct store_txn *txn, void *arg)
{
	struct ledger_question *q = arg;

	for (uint64_t uid = 1; uid <= q->uids; uid++) {
		struct Origin origin = ORIGIN__INIT;
		struct Ledger *row;

		origin.mailbox = arena_copy_text(q->t->arena, q->mailbox);
		origin.uidvalidity = 7;
		origin.uid = uid;
		if (store_ledger_get(txn, q->t->arena, &origin, &row) == 1)
			buf_print(&q->t->out,
			    "mail %d: %s by %s, ticket %d\n", (int)uid,
			    outcome_word((enum outcome)row->outcome),
			    row->rule, (int)row->ticket);
	}
	return 0;
}

char *
rows_text(struct store *store, struct arena *arena, const char *mailbox,
    uint64_t uids)
{
	struct telling t = {.arena = arena, .out = buf_in(arena)};
	struct ledger_question q = {&t, mailbox, uids};

	ck_assert_int_eq(store_read(store, tell_all, &t), STORE_OK);
	ck_assert_int_eq(store_read(store, tell_ledger, &q), STORE_OK);
	return buf_text(&t.out);
}

static int
ask_audit(struct store_txn *txn, void *arg)
{
	struct arena *arena = arena_new(0);

	*(bool *)arg = store_audit_verify(txn, arena) == 0;
	arena_free(arena);
	return 0;
}

bool
rows_audit_whole(struct store *store)
{
	bool whole = false;

	ck_assert_int_eq(store_read(store, ask_audit, &whole), STORE_OK);
	return whole;
}
