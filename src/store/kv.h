/* kv: what the store asks of an engine: ten functions over ordered keys.
 *
 * Keys have 1 to 511 octets and are ordered as memcmp() orders them, values
 * have at most 65,536 octets. One writer at a time, in any process; readers
 * see the state of their begin(). Engines: LMDB (kv_lmdb.c), memory
 * (kv_mem.c); one suite tests both (tests/store/test_kv.c). No engine's name
 * or code goes above this floor. */
#ifndef STORE_KV_H
#define STORE_KV_H

#include <stdbool.h>
#include <stddef.h>

#include "span.h"

#define KV_KEY_MAX   511
#define KV_VALUE_MAX 65536

enum kv_result {
	KV_OK = 0,
	KV_NONE = 1,	   /* no such key; no further key */
	KV_FULL = -1,	   /* the map is full: abort, grow(), run again */
	KV_AGAIN = -2,	   /* another process grew it: abort, grow(), again */
	KV_UNCERTAIN = -3, /* commit: may or may not be on disk. The process
			      stops: after a failed fsync nothing is proved */
	KV_SPACE = -4,	   /* the disk is full; nothing was changed */
	KV_BROKEN = -5,	   /* anything else: not a store, no rights, damage */
};

/* Which key kv_engine.next finds. */
enum kv_which {
	KV_AT,	   /* the first at or after the one given */
	KV_AFTER,  /* the first after it */
	KV_BEFORE, /* the last before it */
};

struct kv;
struct kv_txn;

struct kv_engine {
	const char *name;
	/* `why_r`: a sentence when the result is not KV_OK. */
	enum kv_result (*open)(struct kv **kv_r, const char *folder,
	    size_t size, const char **why_r);
	void (*close)(struct kv *kv);
	/* Makes room; only while this process holds no transaction. */
	enum kv_result (*grow)(struct kv *kv);
	enum kv_result (*begin)(
	    struct kv *kv, bool write, struct kv_txn **txn_r);
	enum kv_result (*commit)(struct kv_txn *txn); /* ends it in any case */
	void (*abort)(struct kv_txn *txn);
	/* Values are valid until the next change within the transaction. */
	enum kv_result (*get)(
	    struct kv_txn *txn, struct span key, struct span *value_r);
	enum kv_result (*next)(struct kv_txn *txn, struct span key,
	    enum kv_which which, struct span *key_r, struct span *value_r);
	enum kv_result (*put)(
	    struct kv_txn *txn, struct span key, struct span value);
	enum kv_result (*del)(struct kv_txn *txn, struct span key);
};

extern const struct kv_engine kv_lmdb;
extern const struct kv_engine kv_mem;

#endif
