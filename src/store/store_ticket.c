/* Tickets, their secrets, and the foreign Message-IDs seen on them. */
#include <sodium.h>

#include "code.h"

#include "slot.h"
#include "store_txn.h"

#define SECRET_SIZE 6

static struct seal_place
subject_place(const struct Ticket *ticket)
{
	return (struct seal_place){.kind = ROW_TICKET, .owner = ticket->number};
}

static struct row
secret_row(struct span secret)
{
	struct row row = row_of(ROW_SECRET);

	row_octets(&row, secret);
	return row;
}

/* Six letters that no ticket has, and the row that makes them this one's. */
static char *
make_secret(struct store_txn *txn, uint64_t number)
{
	struct row row, value = {.len = 0};
	unsigned char random[4];
	struct span taken;
	char *secret;

	do {
		randombytes_buf(random, sizeof random);
		secret = code_base32(txn->arena,
		    (struct span){(const char *)random, sizeof random});
		secret[SECRET_SIZE] = '\0';
		row = secret_row(span_of(secret));
	} while (txn_get(txn, &row, &taken) == 1);
	row_u64(&value, number);
	txn_put(txn, &row, row_span(&value));
	return secret;
}

static struct span
seal_subject(
    struct store_txn *txn, const struct Ticket *ticket, struct span subject)
{
	struct seal_place place = subject_place(ticket);
	unsigned char key[KEYRING_KEY_SIZE];
	unsigned char *sealed;

	if (txn_key(txn, ticket->key_slot, key) != 1)
		return (struct span){NULL, 0};
	sealed = arena_take(txn->arena, subject.len + SEAL_OVER);
	seal_close(sealed, subject, key, &place);
	sodium_memzero(key, sizeof key);
	return (struct span){(const char *)sealed, subject.len + SEAL_OVER};
}

void
store_ticket_new(
    struct store_txn *txn, struct Ticket *ticket, struct span subject)
{
	ticket->number = txn->meta->next_ticket++;
	txn->counted = true;
	ticket->secret = make_secret(txn, ticket->number);
	ticket->key_slot = slot_take(txn, 0);
	ticket->subject = record_bytes(seal_subject(txn, ticket, subject));
	store_ticket_put(txn, ticket);
}

int
store_ticket_get(struct store_txn *txn, struct arena *arena, uint64_t number,
    struct Ticket **ticket_r)
{
	struct row row = row_of_u64(ROW_TICKET, number);

	return txn_get_record(txn, arena, &row, &ticket__descriptor, ticket_r);
}

int
store_ticket_by_secret(struct store_txn *txn, struct arena *arena,
    const char *secret, struct Ticket **ticket_r)
{
	struct span letters = span_of(secret), number;
	struct row row;
	int rc;

	if (letters.len != SECRET_SIZE)
		return txn->error == KV_OK ? 0 : -1;
	row = secret_row(letters);
	rc = txn_get(txn, &row, &number);
	if (rc != 1)
		return rc;
	return store_ticket_get(txn, arena, row_read_u64(number, 0), ticket_r);
}

void
store_ticket_put(struct store_txn *txn, const struct Ticket *ticket)
{
	struct row row = row_of_u64(ROW_TICKET, ticket->number);

	txn_put_record(txn, &row, &ticket->base);
}

int
store_ticket_next(struct store_txn *txn, struct arena *arena, uint64_t after,
    struct Ticket **ticket_r)
{
	struct row row = row_of_u64(ROW_TICKET, after);

	return txn_next_record(
	    txn, arena, &row, 1, &ticket__descriptor, ticket_r);
}

int
store_ticket_before(struct store_txn *txn, struct arena *arena,
    uint64_t before, struct Ticket **ticket_r)
{
	struct row row = row_of_u64(ROW_TICKET, before);
	struct span key, value;
	int rc = txn_next(txn, &row, KV_BEFORE, 1, &key, &value);

	if (rc != 1)
		return rc;
	return store_ticket_get(txn, arena, row_read_u64(key, 1), ticket_r);
}

const char *
store_subject_open(
    struct store_txn *txn, struct arena *arena, const struct Ticket *ticket)
{
	struct seal_place place = subject_place(ticket);
	struct span sealed = record_span(ticket->subject);
	unsigned char key[KEYRING_KEY_SIZE];
	char *subject;
	bool good;

	if (sealed.len < SEAL_OVER || txn_key(txn, ticket->key_slot, key) != 1)
		return "";
	subject = arena_take(arena, sealed.len - SEAL_OVER + 1);
	good = seal_open((unsigned char *)subject, sealed, key, &place);
	sodium_memzero(key, sizeof key);
	if (!good) {
		txn_fail(txn, KV_BROKEN);
		return "";
	}
	return subject;
}

void
store_ticket_destroy(struct store_txn *txn, struct Ticket *ticket)
{
	slot_doom(txn, ticket->key_slot);
	ticket->key_slot = 0;
	ticket->subject = record_bytes((struct span){NULL, 0});
	ticket->creation = record_bytes((struct span){NULL, 0});
}

static struct row
seen_row(struct store_txn *txn, const char *message_id)
{
	struct row row = row_of(ROW_SEEN);
	unsigned char hash[16];

	txn_hash(txn, ROW_SEEN, span_of(message_id), hash);
	row_octets(&row, (struct span){(const char *)hash, sizeof hash});
	return row;
}

void
store_message_id_put(
    struct store_txn *txn, const char *message_id, uint64_t ticket)
{
	struct row row = seen_row(txn, message_id), value = {.len = 0};

	row_u64(&value, ticket);
	txn_put(txn, &row, row_span(&value));
}

uint64_t
store_message_id_get(struct store_txn *txn, const char *message_id)
{
	struct row row = seen_row(txn, message_id);
	struct span ticket;

	return txn_get(txn, &row, &ticket) == 1 ? row_read_u64(ticket, 0) : 0;
}
