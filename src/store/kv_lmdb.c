/* The engine on disk: LMDB.
 *
 * What was measured and decides the form: MDB_WRITEMAP dies of SIGBUS on a
 * full disk and is never used, nor is any of the flags that leave out a
 * flush. A full disk shows as EIO. After a failed fdatasync the next commit
 * succeeds and proves nothing. Memory is cleared before it becomes a page
 * (no MDB_NOMEMINIT), so that no plain text of the heap gets into the file. */
#include <errno.h>
#include <lmdb.h>
#include <stdint.h>
#include <stdlib.h>
#include <sys/statvfs.h>

#include "kv.h"

#define SIZE_DEFAULT ((size_t)64 << 30)
#define SIZE_LEAST   ((size_t)16 << 20)
/* A write that a full disk cut short leaves next to nothing. */
#define ROOM_NONE (1u << 20)

struct kv {
	MDB_env *env;
	MDB_dbi dbi;
	char *folder;
	bool resized; /* by another process */
};

struct kv_txn {
	struct kv *kv;
	MDB_txn *txn;
	MDB_cursor *cursor; /* made by the first next() */
};

static MDB_val
to_val(struct span s)
{
	return (MDB_val){.mv_size = s.len, .mv_data = (void *)(uintptr_t)s.at};
}

static struct span
to_span(MDB_val val)
{
	return (struct span){val.mv_data, val.mv_size};
}

/* What an error means before anything was to be made durable. */
static enum kv_result
translate(int rc)
{
	switch (rc) {
	case MDB_SUCCESS:
		return KV_OK;
	case MDB_NOTFOUND:
		return KV_NONE;
	case MDB_MAP_FULL:
		return KV_FULL;
	case MDB_MAP_RESIZED:
		return KV_AGAIN;
	case ENOSPC:
	case EDQUOT:
	case MDB_TXN_FULL: /* of pages: half a gigabyte in one transaction */
		return KV_SPACE;
	default:
		return KV_BROKEN;
	}
}

static bool
disk_is_full(const struct kv *kv)
{
	struct statvfs room;

	return statvfs(kv->folder, &room) == 0 &&
	       (unsigned long long)room.f_bavail * room.f_frsize < ROOM_NONE;
}

/* Pages are written before the flush, and the new head after it: when there
 * was no room for the pages the old head holds, and nothing has changed. */
static enum kv_result
translate_commit(const struct kv *kv, int rc)
{
	switch (rc) {
	case MDB_SUCCESS:
	case MDB_MAP_FULL:
	case MDB_MAP_RESIZED:
	case MDB_TXN_FULL:
	case MDB_BAD_TXN:
		return translate(rc);
	case ENOSPC:
	case EDQUOT:
		return KV_SPACE;
	default:
		return disk_is_full(kv) ? KV_SPACE : KV_UNCERTAIN;
	}
}

static const char *
sentence(int rc)
{
	switch (rc) {
	case EACCES:
	case EPERM:
	case EROFS:
		return "the store's folder or files may not be written";
	case ENOENT:
	case ENOTDIR:
		return "the store's folder is not there";
	case ENOSPC:
	case EDQUOT:
		return "the disk is full";
	case ENOMEM:
		return "there is no address space for the store's map";
	case EAGAIN:
		return "the store's lock file is held by something else";
	case MDB_INVALID:
	case MDB_VERSION_MISMATCH:
	case MDB_CORRUPTED:
	case MDB_PAGE_NOTFOUND:
	case MDB_PANIC:
		return "the store's data file is damaged or not a store";
	default:
		return "the store's data file cannot be opened";
	}
}

static int
env_open(struct kv *kv, size_t size)
{
	int rc = mdb_env_create(&kv->env);

	if (rc != 0) {
		kv->env = NULL;
		return rc;
	}
	rc = mdb_env_set_mapsize(kv->env, size);
	if (rc == 0)
		rc = mdb_env_open(kv->env, kv->folder, MDB_NOTLS, 0600);
	if (rc != 0) {
		mdb_env_close(kv->env);
		kv->env = NULL;
	}
	return rc;
}

static int
dbi_open(struct kv *kv)
{
	MDB_txn *txn;
	int rc = mdb_txn_begin(kv->env, NULL, 0, &txn);

	if (rc == MDB_MAP_RESIZED) {
		rc = mdb_env_set_mapsize(kv->env, 0);
		if (rc == 0)
			rc = mdb_txn_begin(kv->env, NULL, 0, &txn);
	}
	if (rc != 0)
		return rc;
	rc = mdb_dbi_open(txn, NULL, 0, &kv->dbi);
	if (rc != 0) {
		mdb_txn_abort(txn);
		return rc;
	}
	return mdb_txn_commit(txn);
}

static void
lmdb_close(struct kv *kv)
{
	if (kv == NULL)
		return;
	if (kv->env != NULL)
		mdb_env_close(kv->env);
	free(kv->folder);
	free(kv);
}

/* The map is address space, not memory; a limit on that (RLIMIT_AS, strict
 * overcommit) is met by taking less and growing later. */
static enum kv_result
lmdb_open(struct kv **kv_r, const char *folder, size_t size, const char **why_r)
{
	struct kv *kv = calloc(1, sizeof *kv);
	size_t most = size == 0 ? SIZE_DEFAULT : size;
	int dead, rc = ENOMEM;

	if (kv == NULL || (kv->folder = strdup(folder)) == NULL)
		goto out;
	do {
		rc = env_open(kv, most);
		most /= 2;
		/* EINVAL is what valgrind says of a large map. */
	} while ((rc == ENOMEM || rc == EINVAL) && most >= SIZE_LEAST);
	if (rc != 0)
		goto out;
	/* A reader that died keeps every page it saw from being used anew. */
	rc = mdb_reader_check(kv->env, &dead);
	if (rc == 0)
		rc = dbi_open(kv);
out:
	if (rc != 0) {
		lmdb_close(kv);
		*why_r = sentence(rc);
		return rc == ENOSPC ? KV_SPACE : KV_BROKEN;
	}
	*kv_r = kv;
	return KV_OK;
}

static enum kv_result
lmdb_grow(struct kv *kv)
{
	MDB_envinfo info;
	int rc;

	if (kv->resized) {
		kv->resized = false;
		return translate(mdb_env_set_mapsize(kv->env, 0));
	}
	rc = mdb_env_info(kv->env, &info);
	if (rc == 0)
		rc = mdb_env_set_mapsize(kv->env, info.me_mapsize * 2);
	return rc == ENOMEM ? KV_SPACE : translate(rc);
}

static enum kv_result
lmdb_begin(struct kv *kv, bool write, struct kv_txn **txn_r)
{
	struct kv_txn *txn = calloc(1, sizeof *txn);
	int rc;

	if (txn == NULL)
		return KV_BROKEN;
	txn->kv = kv;
	rc = mdb_txn_begin(kv->env, NULL, write ? 0 : MDB_RDONLY, &txn->txn);
	if (rc != 0) {
		kv->resized = rc == MDB_MAP_RESIZED;
		free(txn);
		return translate(rc);
	}
	*txn_r = txn;
	return KV_OK;
}

static enum kv_result
lmdb_commit(struct kv_txn *txn)
{
	enum kv_result result;

	if (txn->cursor != NULL)
		mdb_cursor_close(txn->cursor);
	result = translate_commit(txn->kv, mdb_txn_commit(txn->txn));
	free(txn);
	return result;
}

static void
lmdb_abort(struct kv_txn *txn)
{
	if (txn->cursor != NULL)
		mdb_cursor_close(txn->cursor);
	mdb_txn_abort(txn->txn);
	free(txn);
}

static enum kv_result
lmdb_get(struct kv_txn *txn, struct span key, struct span *value_r)
{
	MDB_val k = to_val(key), v;
	int rc = mdb_get(txn->txn, txn->kv->dbi, &k, &v);

	if (rc == 0)
		*value_r = to_span(v);
	return translate(rc);
}

/* Moves the cursor; `k` and `v` are what it then stands on. */
static int
seek(MDB_cursor *cursor, struct span key, enum kv_which which, MDB_val *k,
    MDB_val *v)
{
	int rc;

	*k = to_val(key);
	rc = mdb_cursor_get(cursor, k, v, MDB_SET_RANGE);
	if (which == KV_BEFORE)
		return mdb_cursor_get(
		    cursor, k, v, rc == MDB_NOTFOUND ? MDB_LAST : MDB_PREV);
	if (which == KV_AFTER && rc == 0 && k->mv_size == key.len &&
	    memcmp(k->mv_data, key.at, key.len) == 0)
		return mdb_cursor_get(cursor, k, v, MDB_NEXT);
	return rc;
}

static enum kv_result
lmdb_next(struct kv_txn *txn, struct span key, enum kv_which which,
    struct span *key_r, struct span *value_r)
{
	MDB_val k, v;
	int rc = 0;

	if (txn->cursor == NULL)
		rc = mdb_cursor_open(txn->txn, txn->kv->dbi, &txn->cursor);
	if (rc == 0)
		rc = seek(txn->cursor, key, which, &k, &v);
	if (rc == 0) {
		*key_r = to_span(k);
		*value_r = to_span(v);
	}
	return translate(rc);
}

static enum kv_result
lmdb_put(struct kv_txn *txn, struct span key, struct span value)
{
	MDB_val k = to_val(key), v = to_val(value);

	if (key.len == 0 || key.len > KV_KEY_MAX || value.len > KV_VALUE_MAX)
		return KV_BROKEN;
	return translate(mdb_put(txn->txn, txn->kv->dbi, &k, &v, 0));
}

static enum kv_result
lmdb_del(struct kv_txn *txn, struct span key)
{
	MDB_val k = to_val(key);

	return translate(mdb_del(txn->txn, txn->kv->dbi, &k, NULL));
}

const struct kv_engine kv_lmdb = {
    .name = "lmdb",
    .open = lmdb_open,
    .close = lmdb_close,
    .grow = lmdb_grow,
    .begin = lmdb_begin,
    .commit = lmdb_commit,
    .abort = lmdb_abort,
    .get = lmdb_get,
    .next = lmdb_next,
    .put = lmdb_put,
    .del = lmdb_del,
};
