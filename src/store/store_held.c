/* Held mails: octets kept, sealed, for a person to look at. */
#include "chunk.h"
#include "slot.h"
#include "store_txn.h"

static struct seal_place
held_place(const struct Held *held)
{
	return (struct seal_place){.kind = ROW_HELD_CHUNK, .owner = held->id};
}

uint64_t
store_held_add(
    struct store_txn *txn, struct Held *held, struct span octets, when expires)
{
	struct seal_place place;
	struct row row;

	held->id = txn->meta->next_held++;
	txn->counted = true;
	held->key_slot = slot_take(txn, expires);
	held->chunks = chunk_count(octets.len);
	place = held_place(held);
	row = row_of_u64(ROW_HELD_CHUNK, held->id);
	chunk_put(txn, &row, held->key_slot, &place, octets);
	row = row_of_u64(ROW_HELD, held->id);
	txn_put_record(txn, &row, &held->base);
	return held->id;
}

int
store_held_next(struct store_txn *txn, struct arena *arena, uint64_t after,
    struct Held **held_r)
{
	struct row row = row_of_u64(ROW_HELD, after);

	return txn_next_record(txn, arena, &row, 1, &held__descriptor, held_r);
}

int
store_held_open(struct store_txn *txn, struct arena *arena,
    const struct Held *held, struct span *octets_r)
{
	struct seal_place place = held_place(held);
	struct row row = row_of_u64(ROW_HELD_CHUNK, held->id);

	return chunk_open(txn, arena, &row, held->key_slot, &place, octets_r);
}

void
store_held_drop(struct store_txn *txn, const struct Held *held)
{
	struct row row = row_of_u64(ROW_HELD, held->id);
	struct Held *old;

	if (txn_get_record(txn, txn->arena, &row, &held__descriptor, &old) != 1)
		return;
	slot_doom(txn, old->key_slot);
	txn_del(txn, &row);
	row = row_of_u64(ROW_HELD_CHUNK, old->id);
	chunk_del(txn, &row);
}
