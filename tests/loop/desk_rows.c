/* The rows of a desk, one at a time, as a test asks for them. */
#include <check.h>
#include <string.h>

#include "desk.h"

struct question {
	struct desk *desk;
	uint64_t ticket;
	uint32_t number;
	void *row;
	struct MessageData *content;
	const char *text;
	size_t count;
};

static void
ask(struct desk *desk, store_fn *fn, struct question *question)
{
	question->desk = desk;
	ck_assert_int_eq(store_read(desk->store, fn, question), STORE_OK);
}

static int
ask_ticket(struct store_txn *txn, void *arg)
{
	struct question *q = arg;
	struct Ticket *ticket;

	ck_assert_int_eq(
	    store_ticket_get(txn, q->desk->kept, q->ticket, &ticket), 1);
	q->row = ticket;
	return 0;
}

struct Ticket *
desk_ticket(struct desk *desk, uint64_t number)
{
	struct question q = {.ticket = number};

	ask(desk, ask_ticket, &q);
	return q.row;
}

static int
ask_outbox(struct store_txn *txn, void *arg)
{
	struct question *q = arg;
	struct Outbox *outbox;

	ck_assert_int_eq(
	    store_outbox_get(txn, q->desk->kept, q->ticket, &outbox), 1);
	q->row = outbox;
	return 0;
}

struct Outbox *
desk_outbox(struct desk *desk, uint64_t id)
{
	struct question q = {.ticket = id};

	ask(desk, ask_outbox, &q);
	return q.row;
}

static int
ask_count(struct store_txn *txn, void *arg)
{
	struct question *q = arg;
	struct Ticket *ticket;

	q->count = 0;
	for (uint64_t n = 0;
	     store_ticket_next(txn, q->desk->kept, n, &ticket) == 1;
	     n = ticket->number)
		q->count++;
	return 0;
}

size_t
desk_tickets(struct desk *desk)
{
	struct question q = {0};

	ask(desk, ask_count, &q);
	return q.count;
}

static int
ask_message(struct store_txn *txn, void *arg)
{
	struct question *q = arg;
	struct Ticket *ticket;
	struct Message *message;

	ck_assert_int_eq(
	    store_ticket_get(txn, q->desk->kept, q->ticket, &ticket), 1);
	ck_assert_int_eq(store_message_get(txn, q->desk->kept, q->ticket,
			     q->number, &message),
	    1);
	if (store_message_open(
		txn, q->desk->kept, ticket, message, &q->content) != 1)
		q->content = NULL;
	q->row = message;
	return 0;
}

struct Message *
desk_message(struct desk *desk, uint64_t ticket, uint32_t number,
    struct MessageData **content_r)
{
	struct question q = {.ticket = ticket, .number = number};

	ask(desk, ask_message, &q);
	*content_r = q.content;
	return q.row;
}

static int
ask_address(struct store_txn *txn, void *arg)
{
	struct question *q = arg;
	struct Contact *contact;
	struct ContactData *known;

	ck_assert_int_eq(store_contact_get(txn, q->desk->kept, q->ticket,
			     q->number, &contact),
	    1);
	q->text = store_contact_open(txn, q->desk->kept, contact, &known) == 1
	    ? known->address
	    : "";
	return 0;
}

const char *
desk_address(struct desk *desk, uint64_t ticket, uint32_t slot)
{
	struct question q = {.ticket = ticket, .number = slot};

	ask(desk, ask_address, &q);
	return q.text;
}

static int
ask_code(struct store_txn *txn, void *arg)
{
	struct question *q = arg;
	struct Contact *contact;
	struct ContactData *known;

	ck_assert_int_eq(
	    store_contact_get(txn, q->desk->kept, q->ticket, 0, &contact), 1);
	ck_assert_int_eq(
	    store_contact_open(txn, q->desk->kept, contact, &known), 1);
	q->text = known->code;
	return 0;
}

const char *
desk_code(struct desk *desk, uint64_t ticket)
{
	struct question q = {.ticket = ticket};

	ask(desk, ask_code, &q);
	return q.text;
}
