/* The audit: rows that cannot be changed, taken out or cut off unseen. Each
 * has the hash of the one before; the last one's is kept in Meta as well. */
#include <sodium.h>

#include "store_txn.h"

#define HASH_SIZE 32

/* Of the row as it is packed without its own hash. */
static void
hash_of(struct store_txn *txn, const struct Audit *audit,
    unsigned char hash_r[HASH_SIZE])
{
	struct room *packed = &txn->store->packed;
	struct Audit bare = *audit;
	size_t len;

	bare.hash.len = 0;
	len = txn_pack(txn, packed, &bare.base);
	crypto_generichash(hash_r, HASH_SIZE, packed->at, len,
	    txn->store->keys->audit, KEYS_SIZE);
}

void
store_audit_add(struct store_txn *txn, struct Audit *audit)
{
	struct row row = row_of_u64(ROW_AUDIT, txn->meta->next_audit);
	unsigned char *hash = arena_take(txn->arena, HASH_SIZE);

	audit->number = txn->meta->next_audit++;
	audit->before = txn->meta->audit_hash;
	hash_of(txn, audit, hash);
	audit->hash =
	    record_bytes((struct span){(const char *)hash, HASH_SIZE});
	txn->meta->audit_hash = audit->hash;
	txn->counted = true;
	txn_put_record(txn, &row, &audit->base);
}

int
store_audit_get(struct store_txn *txn, struct arena *arena, uint64_t number,
    struct Audit **audit_r)
{
	struct row row = row_of_u64(ROW_AUDIT, number);

	return txn_get_record(txn, arena, &row, &audit__descriptor, audit_r);
}

int
store_audit_next(struct store_txn *txn, struct arena *arena, uint64_t after,
    struct Audit **audit_r)
{
	struct row row = row_of_u64(ROW_AUDIT, after);

	return txn_next_record(
	    txn, arena, &row, 1, &audit__descriptor, audit_r);
}

static bool
same(ProtobufCBinaryData field, struct span octets)
{
	return field.len == octets.len &&
	       (octets.len == 0 ||
		   sodium_memcmp(field.data, octets.at, octets.len) == 0);
}

uint64_t
store_audit_verify(struct store_txn *txn, struct arena *arena)
{
	unsigned char last[HASH_SIZE], hash[HASH_SIZE];
	struct span before = {NULL, 0};
	struct Audit *audit;
	uint64_t number = 1;

	for (; store_audit_next(txn, arena, number - 1, &audit) == 1;
	     number++) {
		hash_of(txn, audit, hash);
		if (audit->number != number || !same(audit->before, before) ||
		    !same(audit->hash,
			(struct span){(const char *)hash, HASH_SIZE}))
			return number;
		memcpy(last, hash, HASH_SIZE);
		before = (struct span){(const char *)last, HASH_SIZE};
	}
	if (txn->error != KV_OK)
		return 0;
	/* Rows cut off at the end leave a chain that is whole. */
	if (number != txn->meta->next_audit ||
	    !same(txn->meta->audit_hash, before))
		return number;
	return 0;
}
