#include <sodium.h>

#include "chunk.h"

uint32_t
chunk_count(size_t len)
{
	return (uint32_t)((len + CHUNK_SIZE - 1) / CHUNK_SIZE);
}

static struct row
piece_row(const struct row *row, uint32_t number)
{
	struct row piece = *row;

	row_u32(&piece, number);
	return piece;
}

void
chunk_put(struct store_txn *txn, const struct row *row, uint64_t slot,
    const struct seal_place *place, struct span octets)
{
	struct room *packed = &txn->store->packed;
	unsigned char key[KEYRING_KEY_SIZE];
	struct seal_place here = *place;

	if (octets.len == 0 || txn_key(txn, slot, key) != 1 ||
	    !txn_room(txn, packed, CHUNK_SIZE + SEAL_OVER))
		return;
	here.chunks = chunk_count(octets.len);
	for (here.chunk = 0; here.chunk < here.chunks; here.chunk++) {
		struct row at = piece_row(row, here.chunk);
		size_t from = (size_t)here.chunk * CHUNK_SIZE;
		size_t len = octets.len - from;

		if (len > CHUNK_SIZE)
			len = CHUNK_SIZE;
		seal_close(packed->at, (struct span){octets.at + from, len},
		    key, &here);
		txn_put(txn, &at,
		    (struct span){(const char *)packed->at, len + SEAL_OVER});
	}
	sodium_memzero(key, sizeof key);
}

void
chunk_del(struct store_txn *txn, const struct row *row)
{
	struct row at = *row;
	struct span key, value;

	while (txn_next(txn, row, KV_AFTER, row->len, &key, &value) == 1) {
		at.len = 0;
		row_octets(&at, key);
		txn_del(txn, &at);
	}
}

/* How many pieces there are, and of how many octets. */
static uint32_t
measure(struct store_txn *txn, const struct row *row, size_t *size_r)
{
	uint32_t count = 0;
	struct span value;
	size_t size = 0;

	for (;; count++) {
		struct row at = piece_row(row, count);

		if (txn_get(txn, &at, &value) != 1)
			break;
		if (value.len < SEAL_OVER) {
			txn_fail(txn, KV_BROKEN);
			break;
		}
		size += value.len - SEAL_OVER;
	}
	*size_r = size;
	return count;
}

int
chunk_open(struct store_txn *txn, struct arena *arena, const struct row *row,
    uint64_t slot, const struct seal_place *place, struct span *octets_r)
{
	unsigned char key[KEYRING_KEY_SIZE], *octets, *to;
	struct seal_place here = *place;
	int rc = txn_key(txn, slot, key);
	struct span value;
	size_t size;

	if (rc != 1)
		return rc;
	here.chunks = measure(txn, row, &size);
	to = octets = arena_take_unset(arena, size + 1);
	for (here.chunk = 0; here.chunk < here.chunks; here.chunk++) {
		struct row at = piece_row(row, here.chunk);

		if (txn_get(txn, &at, &value) != 1)
			break;
		if (!seal_open(to, value, key, &here))
			txn_fail(txn, KV_BROKEN);
		to += value.len - SEAL_OVER;
	}
	sodium_memzero(key, sizeof key);
	if (txn->error != KV_OK)
		return -1;
	*octets_r = (struct span){(const char *)octets, size};
	return 1;
}
