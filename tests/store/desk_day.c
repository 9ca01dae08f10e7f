#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "code.h"
#include "mail_words.h"

#include "store_txn.h"
#include "slot.h"

#include "desk_day.h"

const unsigned char day_master[32] = "thirty-two octets of a master k";

struct store *
day_open(const struct store_conf *conf, bool recover)
{
	struct store *store = NULL;
	const char *why = "";
	enum store_result result = store_open(&store, conf, recover, &why);

	ck_assert_msg(result == STORE_OK, "%d: %s", result, why);
	return store;
}

/* ---- the steps ---------------------------------------------------------- */

static struct Origin
origin_of(uint64_t uid)
{
	struct Origin origin = ORIGIN__INIT;

	origin.mailbox = (char *)(uintptr_t) "support";
	origin.uidvalidity = 7;
	origin.uid = uid;
	return origin;
}

/* Whether the step was taken before; else it is now. */
static bool
known(struct store_txn *txn, uint64_t uid, uint64_t ticket)
{
	struct Origin origin = origin_of(uid);
	struct Ledger ledger = LEDGER__INIT, *old;
	char digest[32] = "a digest of ";

	memcpy(digest + 12, &uid, sizeof uid);
	if (store_ledger_get(txn, txn->arena, &origin, &old) != 0)
		return true;
	if (store_digest_get(txn, txn->arena,
		(struct span){digest, sizeof digest}, &old) != 0)
		return true;
	ledger.ticket = ticket;
	ledger.outcome = OUTCOME_TICKET;
	store_ledger_put(
	    txn, &origin, (struct span){digest, sizeof digest}, &ledger);
	return false;
}

static void
audit(struct store_txn *txn, const char *trace, uint64_t ticket)
{
	struct Audit row = AUDIT__INIT;

	row.time = DAY_NOW;
	row.actor = (char *)(uintptr_t) "clock";
	row.trace = (char *)(uintptr_t)trace;
	row.ticket = ticket;
	store_audit_add(txn, &row);
}

static struct Attachment *
attachment_of(struct store_txn *txn, size_t size)
{
	struct Attachment *attachment =
	    record_new(txn->arena, &attachment__descriptor);
	char *octets = arena_take(txn->arena, size);

	for (size_t i = 0; i < size; i++)
		octets[i] = (char)(i * 31 >> 3);
	attachment->octets = record_bytes((struct span){octets, size});
	return attachment;
}

static void
message_of(struct store_txn *txn, struct Ticket *ticket, const char *text,
    size_t attachment_size)
{
	struct Message *message = record_new(txn->arena, &message__descriptor);
	struct MessageData with = MESSAGE_DATA__INIT;
	struct Attachment *attachment = NULL;

	with.text = (char *)(uintptr_t)text;
	if (attachment_size > 0)
		attachment = attachment_of(txn, attachment_size);
	store_message_add(txn, ticket, message, &with, &attachment,
	    attachment != NULL ? 1 : 0);
}

static void
outbox_of(struct store_txn *txn, uint64_t ticket, const char *address)
{
	struct Outbox *outbox = record_new(txn->arena, &outbox__descriptor);
	struct OutboxData with = OUTBOX_DATA__INIT;
	struct Due due = DUE__INIT;

	outbox->ticket = ticket;
	outbox->created = DAY_NOW;
	with.address = (char *)(uintptr_t)(address != NULL ? address : "");
	store_outbox_add(
	    txn, outbox, address != NULL ? &with : NULL, DAY_EXPIRES);
	due.at = DAY_NOW;
	due.kind = DUE_SEND;
	due.outbox = outbox->id;
	store_due_add(txn, &due);
}

int
day_ticket(struct store_txn *txn, void *arg)
{
	struct day_mail *mail = arg;
	struct Ticket *ticket = record_new(txn->arena, &ticket__descriptor);
	struct Contact *contact = record_new(txn->arena, &contact__descriptor);
	struct ContactData person = CONTACT_DATA__INIT;

	if (known(txn, mail->uid, 0))
		return 0;
	ticket->state = 1;
	ticket->created = DAY_NOW;
	store_ticket_new(txn, ticket, span_of("It does not work"));
	message_of(txn, ticket, mail->text, mail->attachment);
	contact->since = DAY_NOW;
	person.address = (char *)(uintptr_t)mail->address;
	person.mobile = (char *)(uintptr_t)mail->mobile;
	person.name = (char *)(uintptr_t)mail->name;
	store_contact_add(txn, ticket, contact, &person, DAY_EXPIRES);
	store_ticket_put(txn, ticket);
	store_message_id_put(txn, mail->address, ticket->number);
	outbox_of(txn, ticket->number, NULL);
	audit(txn, "createCase", ticket->number);
	mail->ticket_r = ticket->number;
	return 0;
}

static int
reply(struct store_txn *txn, void *arg)
{
	const int *step = arg;
	char *text = arena_take(txn->arena, 130001);
	struct Ticket *ticket;

	if (known(txn, (uint64_t)*step + 1, 1) ||
	    store_ticket_get(txn, txn->arena, 1, &ticket) != 1)
		return 0;
	memset(text, 'x', 130000);
	message_of(txn, ticket, text, 0);
	ticket->state = 2;
	store_ticket_put(txn, ticket);
	outbox_of(txn, 1, "helper@example.net");
	audit(txn, "reply", 1);
	return 0;
}

/* The first due entries are done, and their rows sent. */
static int
send(struct store_txn *txn, void *arg)
{
	const int *step = arg;
	struct Outbox *outbox;
	struct Due *due;
	struct span key;

	if (known(txn, (uint64_t)*step + 1, 0))
		return 0;
	while (store_due_first(txn, txn->arena, &due, &key) == 1) {
		store_due_drop(txn, key);
		if (store_outbox_get(txn, txn->arena, due->outbox, &outbox) !=
		    1)
			continue;
		outbox->status = OUTBOX_SENT;
		store_outbox_put(txn, outbox);
	}
	return 0;
}

static int
change(struct store_txn *txn, void *arg)
{
	const int *step = arg;
	struct ContactData *person;
	struct Contact *contact;

	if (known(txn, (uint64_t)*step + 1, 2) ||
	    store_contact_get(txn, txn->arena, 2, 0, &contact) != 1 ||
	    store_contact_open(txn, txn->arena, contact, &person) != 1)
		return 0;
	person->address = (char *)(uintptr_t) "berta@example.net";
	store_contact_put(txn, contact, person);
	return 0;
}

static int
purge(struct store_txn *txn, void *arg)
{
	const int *step = arg;
	struct Contact *contact;

	if (known(txn, (uint64_t)*step + 1, 1) ||
	    store_contact_get(txn, txn->arena, 1, 0, &contact) != 1)
		return 0;
	store_contact_destroy(txn, contact);
	audit(txn, "purgeContact", 1);
	return 0;
}

static int
hold(struct store_txn *txn, void *arg)
{
	const int *step = arg;
	struct Held held = HELD__INIT;

	if (known(txn, (uint64_t)*step + 1, 0))
		return 0;
	store_held_add(txn, &held, span_of("raw octets"), DAY_NOW + WHEN_DAY);
	return 0;
}

static int
end_days(struct store *store)
{
	/* What it answers when it fails is told by the next write. */
	store_periods_destroy(store, DAY_NOW + 3 * WHEN_DAY);
	return store->uncertain ? STORE_UNCERTAIN : STORE_OK;
}

enum store_result
day_step(struct store *store, int step)
{
	struct day_mail anna = {
	    1, "anna@example.org", "+4915112345678", "Anna", "Help!", 70000, 0};
	struct day_mail bert = {
	    2, "bert@example.org", "", "Bert", "Me too", 0, 0};
	store_fn *const fns[] = {NULL, NULL, reply, send, change, purge, hold};

	if (step == 0)
		return store_write(store, day_ticket, &anna);
	if (step == 1)
		return store_write(store, day_ticket, &bert);
	if (step == DAY_STEPS - 1)
		return end_days(store);
	return store_write(store, fns[step], &step);
}

/* ---- all that can be read ----------------------------------------------- */

struct dump {
	struct buf out;
};

static void
dump_messages(struct store_txn *txn, struct buf *out, struct Ticket *ticket)
{
	struct MessageData *with;
	struct Message *message;
	struct span octets;

	for (uint32_t i = 0; i < ticket->messages; i++) {
		ck_assert_int_eq(store_message_get(txn, out->arena,
				     ticket->number, i, &message),
		    1);
		ck_assert_int_eq(
		    store_message_open(txn, out->arena, ticket, message, &with),
		    1);
		buf_print(out, " message %u: %zu %.20s\n", i,
		    strlen(with->text), with->text);
		for (uint32_t k = 0; k < message->attachments; k++) {
			ck_assert_int_eq(store_attachment_open(txn, out->arena,
					     ticket, message, k, &octets),
			    1);
			buf_print(out, "  attachment of %zu\n", octets.len);
		}
	}
}

static void
dump_contacts(struct store_txn *txn, struct buf *out, struct Ticket *ticket)
{
	struct ContactData *person;
	struct Contact *contact;

	for (uint32_t i = 0; i < ticket->participants; i++) {
		ck_assert_int_eq(store_contact_get(txn, out->arena,
				     ticket->number, i, &contact),
		    1);
		if (store_contact_open(txn, out->arena, contact, &person) == 1)
			buf_print(out, " contact %u: %s %s %s\n", i,
			    person->name, person->address, person->mobile);
		else
			buf_print(out, " contact %u: destroyed, %zu\n", i,
			    contact->sealed.len + contact->index_mail.len +
				contact->index_mobile.len);
	}
}

static void
dump_outbox(struct store_txn *txn, struct buf *out, uint64_t ticket)
{
	struct OutboxData *with;
	struct Outbox *outbox;

	for (uint64_t id = 0;
	     store_outbox_next(txn, out->arena, ticket, id, &outbox) == 1;
	     id = outbox->id) {
		int rc = store_outbox_open(txn, out->arena, outbox, &with);

		buf_print(out, " outbox %d of %d: status %u %s\n",
		    (int)outbox->id, (int)outbox->ticket, outbox->status,
		    rc == 1 ? with->address : "-");
	}
}

static void
dump_find(struct store_txn *txn, struct buf *out, const char *address)
{
	uint64_t tickets[8];
	size_t count = store_contact_find(txn, address, tickets, NULL, 8);

	buf_print(out, "%s is on", address);
	for (size_t i = 0; i < count; i++)
		buf_print(out, " %d", (int)tickets[i]);
	buf_print(
	    out, ", wrote on %d\n", (int)store_message_id_get(txn, address));
}

static void
dump_rest(struct store_txn *txn, struct buf *out)
{
	struct Held *held;
	struct Audit *row;
	struct Due *due;
	struct span key;
	uint32_t uidvalidity = 0;
	uint64_t uid = 0;
	int rc;

	for (rc = store_due_first(txn, out->arena, &due, &key); rc == 1;
	     rc = store_due_next(txn, out->arena, key, &due, &key))
		buf_print(out, "due %d\n", (int)due->outbox);
	for (uint64_t n = 0; store_audit_next(txn, out->arena, n, &row) == 1;
	     n = row->number)
		buf_print(out, "audit %s %s\n", row->trace,
		    code_hex(out->arena, record_span(row->hash)));
	for (uint64_t n = 0; store_held_next(txn, out->arena, n, &held) == 1;
	     n = held->id)
		buf_print(out, "held %d: %d\n", (int)held->id,
		    store_held_open(txn, out->arena, held, &key));
	store_position_get(txn, "support", &uidvalidity, &uid);
	buf_print(out, "position %u %d\n", uidvalidity, (int)uid);
}

static int
dump(struct store_txn *txn, void *arg)
{
	struct dump *dump = arg;
	struct buf *out = &dump->out;
	struct Ticket *ticket, *again;

	out->len = 0;
	for (uint64_t n = 0;
	     store_ticket_next(txn, out->arena, n, &ticket) == 1;
	     n = ticket->number) {
		ck_assert_int_eq(store_ticket_by_secret(
				     txn, out->arena, ticket->secret, &again),
		    1);
		ck_assert_uint_eq(again->number, ticket->number);
		buf_print(out, "ticket %d: state %u, %s\n", (int)n,
		    ticket->state, store_subject_open(txn, out->arena, ticket));
		dump_messages(txn, out, ticket);
		dump_contacts(txn, out, ticket);
		dump_outbox(txn, out, ticket->number);
	}
	dump_outbox(txn, out, 0);
	dump_find(txn, out, "anna@example.org");
	dump_find(txn, out, "+4915112345678");
	dump_find(txn, out, "bert@example.org");
	dump_find(txn, out, "BERTA@example.net");
	dump_rest(txn, out);
	return 0;
}

char *
day_dump(struct store *store, struct arena *arena)
{
	struct dump all = {.out = buf_in(arena)};

	ck_assert_int_eq(store_read(store, dump, &all), STORE_OK);
	return buf_text(&all.out);
}

/* ---- the keyring against the rows --------------------------------------- */

struct use {
	unsigned char *refs; /* of each slot */
	uint64_t count;
};

static void
use_slot(struct store_txn *txn, struct use *use, uint64_t slot, bool whole)
{
	unsigned char key[KEYRING_KEY_SIZE];

	if (slot == 0)
		return;
	ck_assert_uint_le(slot, use->count);
	ck_assert_uint_eq(use->refs[slot]++, 0);
	ck_assert_int_ge(keyring_key(txn->store->keyring, slot, key), whole);
}

static void
use_table(struct store_txn *txn, struct use *use, enum row_table table)
{
	struct row row = row_of(table);
	struct span key, value;

	while (txn_next(txn, &row, KV_AFTER, 1, &key, &value) == 1) {
		if (table == ROW_FREE) {
			uint64_t slot = row_read_u64(key, 1);

			ck_assert_uint_eq(use->refs[slot]++, 0);
			ck_assert(!keyring_used(txn->store->keyring, slot));
		} else {
			use_slot(txn, use, row_read_u64(value, 0), true);
		}
		row.len = 0;
		row_octets(&row, key);
	}
}

static int
check(struct store_txn *txn, void *arg)
{
	struct use use = {.count = txn->meta->key_slots};
	struct arena *arena = arg;
	struct row doomed = row_of(ROW_DOOMED);
	struct Ticket *ticket;
	struct Contact *contact;
	struct Confidential *apart;
	struct Outbox *outbox;
	struct Held *held;
	struct span key, value;

	use.refs = arena_take(arena, use.count + 1);
	for (uint64_t n = 0; store_ticket_next(txn, arena, n, &ticket) == 1;
	     n = ticket->number) {
		use_slot(txn, &use, ticket->key_slot, true);
		for (uint32_t i = 0; i < ticket->participants; i++)
			if (store_contact_get(txn, arena, n + 1, i, &contact) ==
			    1)
				use_slot(txn, &use, contact->key_slot, true);
		for (uint32_t i = 0; store_confidential_next(txn, arena,
				       n + 1, i, &apart) == 1;
		     i = apart->message + 1)
			use_slot(txn, &use, apart->key_slot, false);
	}
	for (uint64_t n = 0; store_outbox_next(txn, arena, 0, n, &outbox) == 1;
	     n = outbox->id)
		use_slot(txn, &use, outbox->key_slot, true);
	for (uint64_t n = 0; store_held_next(txn, arena, n, &held) == 1;
	     n = held->id)
		use_slot(txn, &use, held->key_slot, false);
	use_table(txn, &use, ROW_PERIOD);
	use_table(txn, &use, ROW_MONTH);
	use_table(txn, &use, ROW_FREE);
	ck_assert_int_eq(txn_next(txn, &doomed, KV_AFTER, 1, &key, &value), 0);
	for (uint64_t i = 1; i <= use.count; i++)
		ck_assert_msg(use.refs[i] == 1, "slot %d has no row", (int)i);
	/* Thousands of them, and each assertion is a write to Check's file. */
	for (uint64_t i = use.count + 1; i < keyring_size(txn->store->keyring);
	     i++)
		if (keyring_used(txn->store->keyring, i))
			ck_abort_msg("slot %d is used and not taken", (int)i);
	ck_assert_uint_eq(store_audit_verify(txn, arena), 0);
	return 0;
}

void
day_check(struct store *store)
{
	struct arena *arena = arena_new(0);

	ck_assert_int_eq(slot_sweep(store, true), STORE_OK);
	ck_assert_int_eq(store_read(store, check, arena), STORE_OK);
	arena_free(arena);
}
