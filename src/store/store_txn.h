/* store_txn: a transaction as the store's own files see it.
 *
 * Rows are read and written through txn_*; the first error sticks, after
 * which look-ups find nothing and changes do nothing. Look-ups answer 1, 0,
 * or -1 for a sticky error. Private to this floor. */
#ifndef STORE_STORE_TXN_H
#define STORE_STORE_TXN_H

#include "keyring.h"
#include "keys.h"
#include "kv.h"
#include "row.h"
#include "seal.h"
#include "store.h"

/* Sealed octets in one value: a chunk. With what else a row holds it stays
 * below KV_VALUE_MAX. */
#define CHUNK_SIZE 60000

/* Memory that is used again, and wiped where it held plain text. */
struct room {
	unsigned char *at;
	size_t size;
};

struct store {
	const struct kv_engine *engine;
	struct kv *kv;
	struct keyring *keyring;
	struct keys *keys;
	char *folder;	     /* NULL: in memory */
	int lock;	     /* the daemon's; -1 */
	struct arena *wrote; /* of the last write transaction */
	struct arena *read;  /* of the last read transaction */
	struct room packed;  /* a row on its way to the engine */
	struct room plain;   /* a record before and after its seal */
	bool uncertain;	     /* nothing is written any more */
};

struct store_txn {
	struct store *store;
	struct kv_txn *kv;
	struct arena *arena; /* the store's, until the next of its kind */
	bool write;
	enum kv_result error; /* the first one, which sticks */
	struct Meta *meta;    /* counters; written at the end */
	bool counted;	      /* meta has changed */
	bool doomed;	      /* there are slots to overwrite */
};

void txn_fail(struct store_txn *txn, enum kv_result error);

int txn_get(struct store_txn *txn, const struct row *row, struct span *value_r);
/* A record in `arena`; one that does not unpack is damage. */
int txn_get_record(struct store_txn *txn, struct arena *arena,
    const struct row *row, const ProtobufCMessageDescriptor *type,
    void *record_r);
/* The row next to `row` that shares its first `same` octets. */
int txn_next(struct store_txn *txn, const struct row *row, enum kv_which which,
    size_t same, struct span *key_r, struct span *value_r);
int txn_next_record(struct store_txn *txn, struct arena *arena,
    const struct row *row, size_t same, const ProtobufCMessageDescriptor *type,
    void *record_r);
void txn_put(struct store_txn *txn, const struct row *row, struct span value);
void txn_put_record(struct store_txn *txn, const struct row *row,
    const ProtobufCMessage *record);
/* A row that is not there is no error. */
void txn_del(struct store_txn *txn, const struct row *row);

/* The record packed and sealed under the slot's key, in the transaction's
 * arena; empty after an error. */
struct span txn_seal(struct store_txn *txn, uint64_t slot,
    const struct seal_place *place, const ProtobufCMessage *record);
/* 1; 0 when the slot is destroyed; what does not open is damage. */
int txn_open(struct store_txn *txn, struct arena *arena, uint64_t slot,
    const struct seal_place *place, struct span sealed,
    const ProtobufCMessageDescriptor *type, void *record_r);
/* The key of a slot, with the sticky error for one that is damaged. */
int txn_key(struct store_txn *txn, uint64_t slot,
    unsigned char key_r[KEYRING_KEY_SIZE]);
/* Packs into room->at; the length. 0 and a sticky error without memory. */
size_t txn_pack(
    struct store_txn *txn, struct room *room, const ProtobufCMessage *record);
/* Keyed with the digest key; `use` keeps the uses apart. */
void txn_hash(struct store_txn *txn, enum row_table use, struct span text,
    unsigned char hash_r[16]);

/* A write transaction of the store's own: overwrites no doomed slots. */
enum store_result txn_run(struct store *store, store_fn *fn, void *arg);

/* At least `size` octets, or false and a sticky error. */
bool txn_room(struct store_txn *txn, struct room *room, size_t size);

#endif
