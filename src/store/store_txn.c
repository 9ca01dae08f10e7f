#include <assert.h>
#include <sodium.h>
#include <stdlib.h>

#include "ballast.h"
#include "slot.h"
#include "store_txn.h"

#define RUNS_MOST 100 /* of one transaction whose map had to grow */

void
txn_fail(struct store_txn *txn, enum kv_result error)
{
	if (txn->error == KV_OK)
		txn->error = error;
}

/* ---- rows --------------------------------------------------------------- */

/* What a look-up answers. */
static int
found(struct store_txn *txn, enum kv_result result)
{
	if (result == KV_OK)
		return 1;
	if (result == KV_NONE)
		return 0;
	txn_fail(txn, result);
	return -1;
}

int
txn_get(struct store_txn *txn, const struct row *row, struct span *value_r)
{
	if (txn->error != KV_OK)
		return -1;
	return found(
	    txn, txn->store->engine->get(txn->kv, row_span(row), value_r));
}

static int
unpack(struct store_txn *txn, struct arena *arena, struct span value,
    const ProtobufCMessageDescriptor *type, void *record_r)
{
	void *record = record_unpack(arena, type, value);

	if (record == NULL) {
		txn_fail(txn, KV_BROKEN);
		return -1;
	}
	memcpy(record_r, &record, sizeof record);
	return 1;
}

int
txn_get_record(struct store_txn *txn, struct arena *arena,
    const struct row *row, const ProtobufCMessageDescriptor *type,
    void *record_r)
{
	struct span value;
	int rc = txn_get(txn, row, &value);

	return rc == 1 ? unpack(txn, arena, value, type, record_r) : rc;
}

int
txn_next(struct store_txn *txn, const struct row *row, enum kv_which which,
    size_t same, struct span *key_r, struct span *value_r)
{
	struct span key, value;
	int rc;

	if (txn->error != KV_OK)
		return -1;
	rc = found(txn, txn->store->engine->next(
			    txn->kv, row_span(row), which, &key, &value));
	if (rc != 1)
		return rc;
	if (key.len < same || memcmp(key.at, row->at, same) != 0)
		return 0;
	*key_r = key;
	*value_r = value;
	return 1;
}

int
txn_next_record(struct store_txn *txn, struct arena *arena,
    const struct row *row, size_t same, const ProtobufCMessageDescriptor *type,
    void *record_r)
{
	struct span key, value;
	int rc = txn_next(txn, row, KV_AFTER, same, &key, &value);

	return rc == 1 ? unpack(txn, arena, value, type, record_r) : rc;
}

void
txn_put(struct store_txn *txn, const struct row *row, struct span value)
{
	assert(txn->write);
	if (txn->error == KV_OK)
		txn_fail(txn,
		    txn->store->engine->put(txn->kv, row_span(row), value));
}

void
txn_put_record(struct store_txn *txn, const struct row *row,
    const ProtobufCMessage *record)
{
	struct room *packed = &txn->store->packed;
	size_t len = txn_pack(txn, packed, record);

	txn_put(txn, row, (struct span){(const char *)packed->at, len});
}

void
txn_del(struct store_txn *txn, const struct row *row)
{
	enum kv_result result;

	assert(txn->write);
	if (txn->error != KV_OK)
		return;
	result = txn->store->engine->del(txn->kv, row_span(row));
	if (result != KV_NONE)
		txn_fail(txn, result);
}

/* ---- packing and sealing ------------------------------------------------ */

bool
txn_room(struct store_txn *txn, struct room *room, size_t size)
{
	size_t more = size + size / 2 + 4096;
	unsigned char *at;

	if (size <= room->size)
		return true;
	/* Not realloc(): it would leave a copy of what is to be wiped. */
	at = malloc(more);
	if (at == NULL) {
		txn_fail(txn, KV_BROKEN);
		return false;
	}
	free(room->at);
	room->at = at;
	room->size = more;
	return true;
}

size_t
txn_pack(
    struct store_txn *txn, struct room *room, const ProtobufCMessage *record)
{
	size_t len = protobuf_c_message_get_packed_size(record);

	if (!txn_room(txn, room, len + 1))
		return 0;
	return protobuf_c_message_pack(record, room->at);
}

int
txn_key(
    struct store_txn *txn, uint64_t slot, unsigned char key_r[KEYRING_KEY_SIZE])
{
	int rc;

	if (txn->error != KV_OK)
		return -1;
	rc = keyring_key(txn->store->keyring, slot, key_r);
	if (rc < 0)
		txn_fail(txn, KV_BROKEN);
	return rc < 0 ? -1 : rc;
}

struct span
txn_seal(struct store_txn *txn, uint64_t slot, const struct seal_place *place,
    const ProtobufCMessage *record)
{
	struct room *plain = &txn->store->plain;
	unsigned char key[KEYRING_KEY_SIZE];
	struct span sealed = {NULL, 0};
	unsigned char *octets;
	size_t len;

	if (txn_key(txn, slot, key) != 1)
		return sealed;
	len = txn_pack(txn, plain, record);
	if (txn->error == KV_OK) {
		octets = arena_take_unset(txn->arena, len + SEAL_OVER);
		seal_close(octets, (struct span){(const char *)plain->at, len},
		    key, place);
		sodium_memzero(plain->at, len);
		sealed = (struct span){(const char *)octets, len + SEAL_OVER};
	}
	sodium_memzero(key, sizeof key);
	return sealed;
}

int
txn_open(struct store_txn *txn, struct arena *arena, uint64_t slot,
    const struct seal_place *place, struct span sealed,
    const ProtobufCMessageDescriptor *type, void *record_r)
{
	struct room *plain = &txn->store->plain;
	unsigned char key[KEYRING_KEY_SIZE];
	int rc = txn_key(txn, slot, key);

	if (rc != 1)
		return rc;
	if (!txn_room(txn, plain, sealed.len))
		rc = -1;
	else if (!seal_open(plain->at, sealed, key, place)) {
		txn_fail(txn, KV_BROKEN);
		rc = -1;
	} else {
		rc = unpack(txn, arena,
		    (struct span){
			(const char *)plain->at, sealed.len - SEAL_OVER},
		    type, record_r);
		sodium_memzero(plain->at, sealed.len);
	}
	sodium_memzero(key, sizeof key);
	return rc;
}

void
txn_hash(struct store_txn *txn, enum row_table use, struct span text,
    unsigned char hash_r[16])
{
	crypto_generichash_state state;
	unsigned char first = (unsigned char)use;

	crypto_generichash_init(
	    &state, txn->store->keys->digest, KEYS_SIZE, 16);
	crypto_generichash_update(&state, &first, 1);
	crypto_generichash_update(
	    &state, (const unsigned char *)text.at, text.len);
	crypto_generichash_final(&state, hash_r, 16);
}

/* ---- the run of a transaction ------------------------------------------- */

static enum kv_result
from_keyring(int result)
{
	switch ((enum keyring_result)result) {
	case KEYRING_OK:
		return KV_OK;
	case KEYRING_SPACE:
		return KV_SPACE;
	case KEYRING_UNCERTAIN:
		return KV_UNCERTAIN;
	case KEYRING_BROKEN:
	default:
		return KV_BROKEN;
	}
}

static void
read_meta(struct store_txn *txn)
{
	struct row row = row_of(ROW_META);

	if (txn_get_record(
		txn, txn->arena, &row, &meta__descriptor, &txn->meta) == 0)
		txn->meta = record_new(txn->arena, &meta__descriptor);
}

/* Counters to their row, new keys to the disk; then all may commit. */
static enum kv_result
finish(struct store_txn *txn)
{
	struct row row = row_of(ROW_META);

	if (txn->counted)
		txn_put_record(txn, &row, &txn->meta->base);
	if (txn->error == KV_OK && txn->write)
		txn_fail(txn, from_keyring(keyring_sync(txn->store->keyring)));
	return txn->error;
}

/* One run. `asked_r`: the function's own answer, when that ended it. */
static enum kv_result
run_once(struct store *store, bool write, store_fn *fn, void *arg,
    bool *asked_r, bool *doomed_r)
{
	struct store_txn txn = {.store = store, .write = write};
	enum kv_result result;
	int answer;

	txn.arena = write ? store->wrote : store->read;
	arena_reset(txn.arena);
	keyring_forget(store->keyring);
	result = store->engine->begin(store->kv, write, &txn.kv);
	if (result != KV_OK)
		return result;
	read_meta(&txn);
	answer = txn.error == KV_OK ? fn(&txn, arg) : 0;
	*asked_r = txn.error == KV_OK && answer != 0;
	if (write && !*asked_r && finish(&txn) == KV_OK) {
		result = store->engine->commit(txn.kv);
	} else {
		store->engine->abort(txn.kv);
		result = txn.error;
	}
	*doomed_r = txn.doomed;
	keyring_forget(store->keyring);
	return result;
}

static enum store_result
to_store(enum kv_result result)
{
	switch (result) {
	case KV_OK:
		return STORE_OK;
	case KV_SPACE:
	case KV_FULL:
	case KV_AGAIN:
		return STORE_SPACE;
	case KV_UNCERTAIN:
		return STORE_UNCERTAIN;
	case KV_NONE:
	case KV_BROKEN:
	default:
		return STORE_BROKEN;
	}
}

/* A map that was too small is made larger, and all is run again. */
static enum store_result
run(struct store *store, bool write, store_fn *fn, void *arg, bool *doomed_r)
{
	enum kv_result result = KV_OK;
	bool asked = false;

	for (int i = 0; i < RUNS_MOST; i++) {
		result = run_once(store, write, fn, arg, &asked, doomed_r);
		if (result != KV_FULL && result != KV_AGAIN)
			break;
		result = store->engine->grow(store->kv);
		if (result != KV_OK)
			break;
		result = KV_FULL;
	}
	if (result == KV_UNCERTAIN)
		store->uncertain = true;
	return result == KV_OK && asked ? STORE_ABORTED : to_store(result);
}

enum store_result
txn_run(struct store *store, store_fn *fn, void *arg)
{
	bool doomed = false;

	return run(store, true, fn, arg, &doomed);
}

enum store_result
store_write(struct store *store, store_fn *fn, void *arg)
{
	enum store_result result;
	bool doomed = false;

	if (store->uncertain)
		return STORE_UNCERTAIN;
	result = run(store, true, fn, arg, &doomed);
	/* Destroying does not wait until somebody makes room. */
	if (result == STORE_SPACE && doomed && store->folder != NULL &&
	    ballast_drop(store->folder))
		result = run(store, true, fn, arg, &doomed);
	if (result != STORE_OK || !doomed)
		return result;
	/* The rows are on disk whatever comes now, and the slots stay doomed
	 * until they are overwritten: at the latest at the next start. */
	if (slot_sweep(store, false) == STORE_OK)
		return STORE_OK;
	store->uncertain = true;
	return STORE_UNCERTAIN;
}

enum store_result
store_read(struct store *store, store_fn *fn, void *arg)
{
	bool doomed = false;

	return run(store, false, fn, arg, &doomed);
}
