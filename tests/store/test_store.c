/* Every verb of store.h, on both engines. */
#include <stdlib.h>
#include <string.h>

#include "mail_words.h"

#include "store_txn.h"

#include "check_store.h"
#include "desk_day.h"
#include "folder.h"

static struct folder folder;
static struct store *store;
static struct arena *arena;

static void
start(int in_memory)
{
	struct store_conf conf = {
	    .master = day_master, .create = true, .in_memory = in_memory};

	folder = folder_make();
	conf.folder = folder.path;
	arena = arena_new(0);
	store = day_open(&conf, true);
}

static void
stop(void)
{
	day_check(store);
	store_close(store);
	arena_free(arena);
	folder_remove(&folder);
}

static void
write_it(store_fn *fn)
{
	ck_assert_int_eq(store_write(store, fn, NULL), STORE_OK);
}

static void
read_it(store_fn *fn)
{
	ck_assert_int_eq(store_read(store, fn, NULL), STORE_OK);
}

static char *
text(const char *literal)
{
	return arena_copy_text(arena, literal);
}

START_TEST(a_day_is_the_same_on_both_engines)
{
	char *dumps[2][DAY_STEPS];
	struct arena *kept = arena_new(0);

	for (int in_memory = 0; in_memory < 2; in_memory++) {
		start(in_memory);
		for (int i = 0; i < DAY_STEPS; i++) {
			ck_assert_int_eq(day_step(store, i), STORE_OK);
			dumps[in_memory][i] = day_dump(store, kept);
			/* Taken again, a step does nothing. */
			ck_assert_int_eq(day_step(store, i), STORE_OK);
			ck_assert_str_eq(
			    day_dump(store, kept), dumps[in_memory][i]);
		}
		stop();
	}
	for (int i = 0; i < DAY_STEPS; i++)
		ck_assert_str_eq(dumps[0][i], dumps[1][i]);
	arena_free(kept);
}
END_TEST

/* ---- transactions ------------------------------------------------------- */

static int
refuse(struct store_txn *txn, void *arg)
{
	struct day_mail mail = {9, "x@example.org", "", "", "", 0, 0};

	day_ticket(txn, &mail);
	(void)arg;
	return 1;
}

START_TEST(a_function_that_says_no_leaves_no_trace)
{
	char *before;

	start(_i);
	ck_assert_int_eq(day_step(store, 0), STORE_OK);
	before = day_dump(store, arena);
	ck_assert_int_eq(store_write(store, refuse, NULL), STORE_ABORTED);
	ck_assert_str_eq(day_dump(store, arena), before);
	ck_assert_int_eq(day_step(store, 1), STORE_OK);
	stop();
}
END_TEST

/* ---- the ledger --------------------------------------------------------- */

static struct Origin
origin(char *mailbox, uint32_t uidvalidity, uint64_t uid)
{
	struct Origin o = ORIGIN__INIT;

	o.mailbox = mailbox;
	o.uidvalidity = uidvalidity;
	o.uid = uid;
	return o;
}

static void
position_is(struct store_txn *txn, const char *mailbox, uint32_t uidvalidity,
    uint64_t uid)
{
	uint32_t v = 0;
	uint64_t u = 0;

	ck_assert_int_eq(
	    store_position_get(txn, mailbox, &v, &u), uidvalidity != 0);
	ck_assert_uint_eq(v, uidvalidity);
	ck_assert_uint_eq(u, uid);
}

static int
ledger(struct store_txn *txn, void *arg)
{
	struct Origin first = origin(text("a"), 3, 10),
		      second = origin(text("a"), 3, 12),
		      between = origin(text("a"), 3, 11),
		      other = origin(text("b"), 3, 10),
		      anew = origin(text("a"), 4, 1);
	struct Ledger row = LEDGER__INIT, *found;
	struct span digest = span_of("a digest of 32 octets, or of any");

	(void)arg;
	position_is(txn, "a", 0, 0);
	row.ticket = 77;
	row.rule = text("a-rule");
	store_ledger_put(txn, &first, digest, &row);
	ck_assert_int_eq(store_ledger_get(txn, arena, &first, &found), 1);
	ck_assert_uint_eq(found->ticket, 77);
	ck_assert_str_eq(found->rule, "a-rule");
	ck_assert_int_eq(store_ledger_get(txn, arena, &other, &found), 0);
	ck_assert_int_eq(store_ledger_get(txn, arena, &second, &found), 0);
	ck_assert_int_eq(store_digest_get(txn, arena, digest, &found), 1);
	ck_assert_int_eq(
	    store_digest_get(txn, arena, span_of("another"), &found), 0);
	position_is(txn, "a", 3, 10);
	position_is(txn, "b", 0, 0);
	store_ledger_put(txn, &second, (struct span){NULL, 0}, &row);
	position_is(txn, "a", 3, 12);
	store_ledger_put(txn, &between, (struct span){NULL, 0}, &row);
	position_is(txn, "a", 3, 12);
	store_ledger_put(txn, &anew, (struct span){NULL, 0}, &row);
	position_is(txn, "a", 4, 1);
	return 0;
}

START_TEST(the_ledger_knows_what_was_seen_and_where_to_go_on)
{
	start(_i);
	write_it(ledger);
	stop();
}
END_TEST

/* ---- tickets and messages ----------------------------------------------- */

static const size_t sizes[] = {0, 1, 59999, 60000, 60001, 120000, 300001};
#define SIZES (sizeof sizes / sizeof *sizes)

static char *
octets_of(size_t size)
{
	char *octets = arena_take(arena, size + 1);

	for (size_t i = 0; i < size; i++)
		octets[i] = (char)('a' + (i * 7 >> 5) % 26);
	return octets;
}

static int
add_messages(struct store_txn *txn, void *arg)
{
	struct Ticket *ticket = record_new(arena, &ticket__descriptor);
	struct Attachment *attachments[SIZES];

	(void)arg;
	store_ticket_new(txn, ticket, (struct span){NULL, 0});
	for (size_t i = 0; i < SIZES; i++) {
		attachments[i] = record_new(arena, &attachment__descriptor);
		attachments[i]->octets =
		    record_bytes((struct span){octets_of(sizes[i]), sizes[i]});
	}
	for (size_t i = 0; i < SIZES; i++) {
		struct Message *message =
		    record_new(arena, &message__descriptor);
		struct MessageData with = MESSAGE_DATA__INIT;

		with.text = octets_of(sizes[i]);
		store_message_add(txn, ticket, message, &with, attachments,
		    i == 3 ? SIZES : 0);
		ck_assert_uint_eq(message->number, i);
	}
	store_ticket_put(txn, ticket);
	return 0;
}

static int
read_messages(struct store_txn *txn, void *arg)
{
	struct MessageData *with;
	struct Message *message;
	struct Ticket *ticket;
	struct span octets;

	(void)arg;
	ck_assert_int_eq(store_ticket_get(txn, arena, 1, &ticket), 1);
	ck_assert_int_eq(store_ticket_get(txn, arena, 2, &ticket), 0);
	ck_assert_str_eq(store_subject_open(txn, arena, ticket), "");
	ck_assert_uint_eq(ticket->messages, SIZES);
	for (uint32_t i = 0; i < SIZES; i++) {
		ck_assert_int_eq(
		    store_message_get(txn, arena, 1, i, &message), 1);
		ck_assert_int_eq(
		    store_message_open(txn, arena, ticket, message, &with), 1);
		ck_assert_str_eq(with->text, octets_of(sizes[i]));
	}
	ck_assert_int_eq(store_message_get(txn, arena, 1, SIZES, &message), 0);
	ck_assert_int_eq(store_message_get(txn, arena, 1, 3, &message), 1);
	for (uint32_t i = 0; i < SIZES; i++) {
		ck_assert_int_eq(store_attachment_open(
				     txn, arena, ticket, message, i, &octets),
		    1);
		ck_assert_uint_eq(octets.len, sizes[i]);
		ck_assert_mem_eq(octets.at, octets_of(sizes[i]), octets.len);
	}
	ck_assert_int_eq(
	    store_attachment_open(txn, arena, ticket, message, SIZES, &octets),
	    0);
	return 0;
}

START_TEST(messages_and_attachments_of_any_size_come_back)
{
	start(_i);
	write_it(add_messages);
	read_it(read_messages);
	stop();
}
END_TEST

/* A row of a large attachment is lost, or changes places with another. */
static int
damage(struct store_txn *txn, void *arg)
{
	const int *how = arg;
	struct row last = row_of_u64(ROW_ATTACHMENT, 1), first;
	struct span value;
	char *copy;

	row_u32(&last, 3);
	row_u32(&last, 6);
	first = last;
	row_u32(&first, 0);
	row_u32(&last, 5);
	if (*how == 0) {
		txn_del(txn, &last);
		return 0;
	}
	ck_assert_int_eq(txn_get(txn, &last, &value), 1);
	copy = arena_copy(arena, value);
	txn_put(txn, &first, (struct span){copy, value.len});
	return 0;
}

static int
open_damaged(struct store_txn *txn, void *arg)
{
	struct Message *message;
	struct Ticket *ticket;
	struct span octets;

	(void)arg;
	ck_assert_int_eq(store_ticket_get(txn, arena, 1, &ticket), 1);
	ck_assert_int_eq(store_message_get(txn, arena, 1, 3, &message), 1);
	ck_assert_int_eq(
	    store_attachment_open(txn, arena, ticket, message, 5, &octets), 1);
	ck_assert_int_lt(
	    store_attachment_open(txn, arena, ticket, message, 6, &octets), 0);
	/* It sticks. */
	ck_assert_int_lt(
	    store_attachment_open(txn, arena, ticket, message, 5, &octets), 0);
	ck_assert_int_lt(store_ticket_get(txn, arena, 1, &ticket), 0);
	return 0;
}

START_TEST(an_attachment_with_a_row_lost_or_moved_is_damage)
{
	start(_i % 2);
	_i /= 2;
	write_it(add_messages);
	ck_assert_int_eq(store_write(store, damage, &_i), STORE_OK);
	ck_assert_int_eq(store_read(store, open_damaged, NULL), STORE_BROKEN);
	stop();
}
END_TEST

static int
message_ids(struct store_txn *txn, void *arg)
{
	(void)arg;
	ck_assert_uint_eq(store_message_id_get(txn, "a@b"), 0);
	store_message_id_put(txn, "a@b", 5);
	store_message_id_put(txn, "", 6);
	ck_assert_uint_eq(store_message_id_get(txn, "a@b"), 5);
	ck_assert_uint_eq(store_message_id_get(txn, "A@b"), 0);
	ck_assert_uint_eq(store_message_id_get(txn, ""), 6);
	return 0;
}

START_TEST(a_foreign_message_id_finds_its_ticket)
{
	start(_i);
	write_it(message_ids);
	stop();
}
END_TEST

/* ---- contacts ----------------------------------------------------------- */

#define MONTHS 5

/* Ten tickets by one person over some months, the odd ones by mobile too. */
static int
add_contacts(struct store_txn *txn, void *arg)
{
	(void)arg;
	for (int i = 0; i < 10; i++) {
		struct Ticket *ticket = record_new(arena, &ticket__descriptor);
		struct Contact *contact =
		    record_new(arena, &contact__descriptor);
		struct ContactData person = CONTACT_DATA__INIT;

		store_ticket_new(txn, ticket, span_of("subject"));
		/* The later ticket's month is not always the later month. */
		contact->since = DAY_NOW + (i * 3 % MONTHS) * 31 * WHEN_DAY;
		person.address = text("Anna.Long@Example.ORG");
		person.mobile = text(i % 2 ? "+491511" : "");
		ticket->participants = (uint32_t)i;
		store_contact_add(txn, ticket, contact, &person, DAY_EXPIRES);
		ck_assert_uint_eq(contact->slot, i);
		store_ticket_put(txn, ticket);
	}
	return 0;
}

static int
find_contacts(struct store_txn *txn, void *arg)
{
	uint64_t tickets[20];
	uint32_t slots[20];

	(void)arg;
	ck_assert_uint_eq(store_contact_find(txn, " anna.long@example.org",
			      tickets, slots, 20),
	    10);
	for (unsigned i = 0; i < 10; i++) {
		ck_assert_uint_eq(tickets[i], 10 - i);
		ck_assert_uint_eq(slots[i], 9 - i);
	}
	ck_assert_uint_eq(
	    store_contact_find(txn, "anna.long@example.org", tickets, NULL, 3),
	    3);
	ck_assert_uint_eq(tickets[0], 10);
	ck_assert_uint_eq(tickets[2], 8);
	ck_assert_uint_eq(
	    store_contact_find(txn, "+491511", tickets, NULL, 20), 5);
	ck_assert_uint_eq(tickets[4], 2);
	ck_assert_uint_eq(
	    store_contact_find(txn, "anna@example.org", tickets, NULL, 20), 0);
	ck_assert_uint_eq(store_contact_find(txn, "", tickets, NULL, 20), 0);
	ck_assert_uint_eq(
	    store_contact_find(txn, "+491511", tickets, NULL, 0), 0);
	return 0;
}

static int
change_contact(struct store_txn *txn, void *arg)
{
	struct ContactData *person;
	struct Contact *contact;
	uint64_t tickets[20];

	(void)arg;
	ck_assert_int_eq(store_contact_get(txn, arena, 10, 9, &contact), 1);
	ck_assert_int_eq(store_contact_open(txn, arena, contact, &person), 1);
	ck_assert_str_eq(person->address, "Anna.Long@Example.ORG");
	person->mobile = text("");
	person->name = text("Anna");
	contact->bounces = 3;
	store_contact_put(txn, contact, person);
	ck_assert_int_eq(store_contact_get(txn, arena, 10, 9, &contact), 1);
	ck_assert_uint_eq(contact->bounces, 3);
	ck_assert_int_eq(store_contact_open(txn, arena, contact, &person), 1);
	ck_assert_str_eq(person->name, "Anna");
	ck_assert_uint_eq(
	    store_contact_find(txn, "+491511", tickets, NULL, 20), 4);
	ck_assert_uint_eq(
	    store_contact_find(txn, "anna.long@example.org", tickets, NULL, 20),
	    10);
	/* One by one they go, and the keys of their months with them. */
	for (uint32_t i = 0; i < 10; i++) {
		ck_assert_int_eq(
		    store_contact_get(txn, arena, i + 1, i, &contact), 1);
		store_contact_destroy(txn, contact);
		ck_assert_int_eq(
		    store_contact_open(txn, arena, contact, &person), 0);
		ck_assert_uint_eq(
		    store_contact_find(
			txn, "anna.long@example.org", tickets, NULL, 20),
		    9 - i);
	}
	return 0;
}

START_TEST(a_participant_is_found_newest_ticket_first_until_destroyed)
{
	start(_i);
	write_it(add_contacts);
	read_it(find_contacts);
	write_it(change_contact);
	day_check(store);
	write_it(add_contacts);
	stop();
}
END_TEST

/* ---- outbox, due index, held mails -------------------------------------- */

static int
due_order(struct store_txn *txn, void *arg)
{
	static const when times[] = {500, -3, 100, 100, 0, 7};
	static const uint64_t order[] = {1, 4, 5, 2, 3, 0};
	struct Due due = DUE__INIT, *found;
	struct span key, first;
	int rc;

	(void)arg;
	ck_assert_int_eq(store_due_first(txn, arena, &found, &key), 0);
	for (uint64_t i = 0; i < 6; i++) {
		due.at = times[i];
		due.ticket = i;
		store_due_add(txn, &due);
	}
	rc = store_due_first(txn, arena, &found, &key);
	first = key;
	for (int i = 0; i < 6; i++) {
		ck_assert_int_eq(rc, 1);
		ck_assert_uint_eq(found->ticket, order[i]);
		rc = store_due_next(txn, arena, key, &found, &key);
	}
	ck_assert_int_eq(rc, 0);
	store_due_drop(txn, first);
	store_due_drop(txn, first);
	ck_assert_int_eq(store_due_first(txn, arena, &found, &key), 1);
	ck_assert_uint_eq(found->ticket, 4);
	return 0;
}

START_TEST(what_is_due_comes_in_the_order_of_time)
{
	start(_i);
	write_it(due_order);
	stop();
}
END_TEST

static int
outbox_rows(struct store_txn *txn, void *arg)
{
	static const enum outbox_status final[] = {
	    OUTBOX_SENT, OUTBOX_FAILED, OUTBOX_SUPERSEDED};
	struct OutboxData with = OUTBOX_DATA__INIT, *opened;
	struct Outbox *row;
	uint64_t id;

	(void)arg;
	with.address = text("someone@example.org");
	for (uint64_t i = 0; i < 6; i++) {
		row = record_new(arena, &outbox__descriptor);
		row->ticket = i % 2;
		store_outbox_add(txn, row, i < 3 ? &with : NULL, DAY_EXPIRES);
		ck_assert_uint_eq(row->id, i + 1);
	}
	for (id = 0; store_outbox_next(txn, arena, 1, id, &row) == 1;
	     id = row->id)
		ck_assert_uint_eq(row->id, id + 2);
	ck_assert_uint_eq(id, 6);
	for (uint64_t i = 0; i < 3; i++) {
		ck_assert_int_eq(store_outbox_get(txn, arena, i + 1, &row), 1);
		row->status = OUTBOX_SENDING;
		store_outbox_put(txn, row);
		ck_assert_int_eq(
		    store_outbox_open(txn, arena, row, &opened), 1);
		ck_assert_str_eq(opened->address, "someone@example.org");
		row->status = final[i];
		store_outbox_put(txn, row);
		ck_assert_int_eq(store_outbox_get(txn, arena, i + 1, &row), 1);
		ck_assert_uint_eq(row->status, final[i]);
		ck_assert_uint_eq(row->key_slot, 0);
		ck_assert_int_eq(
		    store_outbox_open(txn, arena, row, &opened), 0);
	}
	ck_assert_int_eq(store_outbox_get(txn, arena, 7, &row), 0);
	return 0;
}

START_TEST(an_outbox_row_keeps_its_address_until_its_end)
{
	start(_i);
	write_it(outbox_rows);
	stop();
}
END_TEST

static int
held_mails(struct store_txn *txn, void *arg)
{
	struct Held held = HELD__INIT, *found;
	struct span octets, big = {octets_of(200000), 200000};

	(void)arg;
	held.reason = text("looks odd");
	ck_assert_uint_eq(store_held_add(txn, &held, big, DAY_EXPIRES), 1);
	ck_assert_uint_eq(
	    store_held_add(txn, &held, span_of("x"), DAY_EXPIRES), 2);
	ck_assert_int_eq(store_held_next(txn, arena, 0, &found), 1);
	ck_assert_str_eq(found->reason, "looks odd");
	ck_assert_int_eq(store_held_open(txn, arena, found, &octets), 1);
	ck_assert_uint_eq(octets.len, big.len);
	ck_assert_mem_eq(octets.at, big.at, big.len);
	store_held_drop(txn, found);
	store_held_drop(txn, found);
	ck_assert_int_eq(store_held_next(txn, arena, 0, &found), 1);
	ck_assert_uint_eq(found->id, 2);
	ck_assert_int_eq(store_held_open(txn, arena, found, &octets), 1);
	ck_assert_int_eq(store_held_next(txn, arena, 2, &found), 0);
	return 0;
}

START_TEST(a_held_mail_is_kept_whole_until_it_is_dropped)
{
	start(_i);
	write_it(held_mails);
	stop();
}
END_TEST

/* ---- audit and keys ----------------------------------------------------- */

static const struct {
	const char *what;
	uint64_t row; /* that is edited */
	bool remove;
	uint64_t told;
} audit_rows[] = {
    {"a word is changed in the first row", 1, false, 1},
    {"a word is changed in a row between", 6, false, 6},
    {"a word is changed in the last row", 10, false, 10},
    {"the first row is taken out", 1, true, 1},
    {"a row between is taken out", 6, true, 6},
    {"the last row is cut off", 10, true, 10},
};

static int
audit_ten(struct store_txn *txn, void *arg)
{
	(void)arg;
	for (int i = 0; i < 10; i++) {
		struct Audit row = AUDIT__INIT;

		row.actor = text("clock");
		row.trace = text("closeCase");
		store_audit_add(txn, &row);
		ck_assert_uint_eq(row.number, i + 1);
	}
	ck_assert_uint_eq(store_audit_verify(txn, arena), 0);
	return 0;
}

static int
audit_edit(struct store_txn *txn, void *arg)
{
	const int *i = arg;
	struct row row = row_of_u64(ROW_AUDIT, audit_rows[*i].row);
	struct Audit *audit;

	ck_assert_int_eq(
	    store_audit_next(txn, arena, audit_rows[*i].row - 1, &audit), 1);
	audit->actor = text("nobody");
	if (audit_rows[*i].remove)
		txn_del(txn, &row);
	else
		txn_put_record(txn, &row, &audit->base);
	ck_assert_uint_eq(store_audit_verify(txn, arena), audit_rows[*i].told);
	return 1;
}

START_TEST(an_audit_row_that_was_touched_is_told)
{
	start(true);
	write_it(audit_ten);
	ck_assert_int_eq(store_write(store, audit_edit, &_i), STORE_ABORTED);
	stop();
}
END_TEST

START_TEST(token_keys_are_two_and_stay)
{
	unsigned char newest[32], older[32], again[32];

	start(0);
	store_token_key(store, 0, newest);
	store_token_key(store, 1, older);
	ck_assert_mem_ne(newest, older, 32);
	stop();
	start(0);
	store_token_key(store, 0, again);
	ck_assert_mem_eq(newest, again, 32);
	stop();
}
END_TEST

Suite *
suite_store(void)
{
	Suite *suite = suite_create("store");
	TCase *all = tcase_create("both engines");

	tcase_set_timeout(all, 30);
	tcase_add_test(all, a_day_is_the_same_on_both_engines);
	tcase_add_loop_test(all, a_function_that_says_no_leaves_no_trace, 0, 2);
	tcase_add_loop_test(
	    all, the_ledger_knows_what_was_seen_and_where_to_go_on, 0, 2);
	tcase_add_loop_test(
	    all, messages_and_attachments_of_any_size_come_back, 0, 2);
	tcase_add_loop_test(
	    all, an_attachment_with_a_row_lost_or_moved_is_damage, 0, 4);
	tcase_add_loop_test(all, a_foreign_message_id_finds_its_ticket, 0, 2);
	tcase_add_loop_test(all,
	    a_participant_is_found_newest_ticket_first_until_destroyed, 0, 2);
	tcase_add_loop_test(all, what_is_due_comes_in_the_order_of_time, 0, 2);
	tcase_add_loop_test(
	    all, an_outbox_row_keeps_its_address_until_its_end, 0, 2);
	tcase_add_loop_test(
	    all, a_held_mail_is_kept_whole_until_it_is_dropped, 0, 2);
	tcase_add_loop_test(all, an_audit_row_that_was_touched_is_told, 0,
	    (int)(sizeof audit_rows / sizeof *audit_rows));
	tcase_add_test(all, token_keys_are_two_and_stay);
	suite_add_tcase(suite, all);
	return suite;
}
