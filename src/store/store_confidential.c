/* What was set apart from messages. A key each: it ends with the ticket, while
 * the message itself stays readable. */
#include <sodium.h>

#include "chunk.h"
#include "slot.h"
#include "store_txn.h"

static struct row
confidential_row(enum row_table table, uint64_t ticket, uint32_t message)
{
	struct row row = row_of_u64(table, ticket);

	row_u32(&row, message);
	return row;
}

static struct seal_place
confidential_place(const struct Confidential *confidential)
{
	return (struct seal_place){.kind = ROW_CONFIDENTIAL_CHUNK,
	    .owner = confidential->ticket,
	    .number = confidential->message};
}

void
store_confidential_add(struct store_txn *txn,
    struct Confidential *confidential,
    const struct ConfidentialData *confidential_data, when expires)
{
	struct seal_place place = confidential_place(confidential);
	struct room *plain = &txn->store->plain;
	struct row row = confidential_row(ROW_CONFIDENTIAL_CHUNK,
	    confidential->ticket, confidential->message);
	size_t len;

	confidential->key_slot = slot_take(txn, expires);
	len = txn_pack(txn, plain, &confidential_data->base);
	chunk_put(txn, &row, confidential->key_slot, &place,
	    (struct span){(const char *)plain->at, len});
	if (len > 0)
		sodium_memzero(plain->at, len);
	confidential->chunks = chunk_count(len);
	row = confidential_row(ROW_CONFIDENTIAL, confidential->ticket,
	    confidential->message);
	txn_put_record(txn, &row, &confidential->base);
}

int
store_confidential_get(struct store_txn *txn, struct arena *arena,
    uint64_t ticket, uint32_t message, struct Confidential **confidential_r)
{
	struct row row = confidential_row(ROW_CONFIDENTIAL, ticket, message);

	return txn_get_record(
	    txn, arena, &row, &confidential__descriptor, confidential_r);
}

int
store_confidential_next(struct store_txn *txn, struct arena *arena,
    uint64_t ticket, uint32_t from, struct Confidential **confidential_r)
{
	struct row row = confidential_row(ROW_CONFIDENTIAL, ticket, from);
	int rc = store_confidential_get(
	    txn, arena, ticket, from, confidential_r);

	if (rc != 0)
		return rc;
	return txn_next_record(txn, arena, &row, 9, &confidential__descriptor,
	    confidential_r);
}

int
store_confidential_open(struct store_txn *txn, struct arena *arena,
    const struct Confidential *confidential,
    struct ConfidentialData **confidential_data_r)
{
	struct seal_place place = confidential_place(confidential);
	struct row row = confidential_row(ROW_CONFIDENTIAL_CHUNK,
	    confidential->ticket, confidential->message);
	struct ConfidentialData *found;
	struct span octets;
	int rc = chunk_open(
	    txn, arena, &row, confidential->key_slot, &place, &octets);

	if (rc != 1)
		return rc;
	found = record_unpack(arena, &confidential_data__descriptor, octets);
	if (found == NULL) {
		txn_fail(txn, KV_BROKEN);
		return -1;
	}
	*confidential_data_r = found;
	return 1;
}

/* The caller's copy may be old: the row knows whether the slot is still its
 * own. */
void
store_confidential_destroy(
    struct store_txn *txn, const struct Confidential *confidential)
{
	struct Confidential *old;
	struct row row;

	if (store_confidential_get(txn, txn->arena, confidential->ticket,
		confidential->message, &old) != 1)
		return;
	slot_doom(txn, old->key_slot);
	row = confidential_row(
	    ROW_CONFIDENTIAL_CHUNK, old->ticket, old->message);
	chunk_del(txn, &row);
	row = confidential_row(ROW_CONFIDENTIAL, old->ticket, old->message);
	txn_del(txn, &row);
}
