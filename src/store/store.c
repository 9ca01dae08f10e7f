/* Opening and closing. */
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/file.h>
#include <sys/stat.h>
#include <time.h>
#include <unistd.h>

#include "ballast.h"
#include "slot.h"
#include "store_txn.h"

#define SCHEMA	    1
#define LOCK_WAIT   5000 /* milliseconds for a daemon that is just ending */
#define LOCK_PAUSE  50
#define STORE_ID    16
#define PATH_LENGTH 4096

struct opening {
	struct store *store;
	const struct store_conf *conf;
	const char *why;
};

static bool
path_in(char *path, const char *folder, const char *name)
{
	return (size_t)snprintf(path, PATH_LENGTH, "%s/%s", folder, name) <
	       PATH_LENGTH;
}

/* ---- the folder and its lock -------------------------------------------- */

static const char *
folder_check(const struct store_conf *conf)
{
	char path[PATH_LENGTH];
	struct stat st;

	if (!path_in(path, conf->folder, "keyring"))
		return "the store's folder has too long a name";
	if (conf->create && mkdir(conf->folder, 0700) != 0 && errno != EEXIST)
		return "the store's folder cannot be made";
	if (!conf->create && stat(path, &st) != 0)
		return errno == ENOENT ? "there is none yet; `gatepost run` makes it"
				       : "the store's folder cannot be read";
	return NULL;
}

/* The lock ends with its process, however that ends. */
static const char *
lock_take(struct store *store)
{
	const struct timespec pause = {.tv_nsec = LOCK_PAUSE * 1000000L};
	char path[PATH_LENGTH];

	if (!path_in(path, store->folder, "daemon.lock"))
		return "the store's folder has too long a name";
	store->lock = open(path, O_RDWR | O_CREAT | O_CLOEXEC, 0600);
	if (store->lock < 0)
		return "the store's daemon.lock cannot be opened";
	for (int waited = 0;; waited += LOCK_PAUSE) {
		if (flock(store->lock, LOCK_EX | LOCK_NB) == 0)
			return NULL;
		if (errno != EWOULDBLOCK && errno != EINTR)
			return "the store's daemon.lock cannot be locked";
		if (waited >= LOCK_WAIT)
			return "another gatepost runs on this store";
		nanosleep(&pause, NULL);
	}
}

/* ---- meta and keyring --------------------------------------------------- */

static int
open_keyring(struct opening *opening, const struct Meta *meta, bool create)
{
	struct store *store = opening->store;
	char path[PATH_LENGTH];
	bool in_memory = store->folder == NULL;

	if (!in_memory && !path_in(path, store->folder, "keyring"))
		return KEYRING_BROKEN;
	return keyring_open(&store->keyring, in_memory ? NULL : path,
	    opening->conf->master, meta->store_id.data, create, &opening->why);
}

/* The keyring is on disk before the row that makes this a store. Until then
 * whatever lies there belongs to nothing, and is begun anew. */
static int
make_store(struct store_txn *txn, struct opening *opening)
{
	struct row row = row_of(ROW_META);
	struct Meta *meta = record_new(txn->arena, &meta__descriptor);

	if (!opening->conf->create) {
		opening->why = "there is none yet; `gatepost run` makes it";
		return -1;
	}
	meta->schema = SCHEMA;
	meta->next_ticket = meta->next_outbox = meta->next_audit = 1;
	meta->next_held = meta->next_due = 1;
	meta->store_id.len = STORE_ID;
	meta->store_id.data = arena_take(txn->arena, STORE_ID);
	randombytes_buf(meta->store_id.data, STORE_ID);
	if (open_keyring(opening, meta, true) != KEYRING_OK)
		return -1;
	txn_put_record(txn, &row, &meta->base);
	return 0;
}

static int
open_store(struct store_txn *txn, void *arg)
{
	struct opening *opening = arg;
	const struct Meta *meta = txn->meta;

	keyring_close(txn->store->keyring); /* of a run before this one */
	txn->store->keyring = NULL;
	if (meta->schema == 0)
		return make_store(txn, opening);
	if (meta->schema != SCHEMA || meta->store_id.len != STORE_ID) {
		opening->why = "the store was written by another version";
		return -1;
	}
	return open_keyring(opening, meta, false) == KEYRING_OK ? 0 : -1;
}

/* ---- open and close ----------------------------------------------------- */

static enum store_result
open_files(struct opening *opening)
{
	struct store *store = opening->store;
	const struct store_conf *conf = opening->conf;
	enum store_result result;
	enum kv_result opened;

	store->engine = conf->engine != NULL ? conf->engine
			: conf->in_memory    ? &kv_mem
					     : &kv_lmdb;
	store->keys = keys_new(conf->master);
	if (store->keys == NULL) {
		opening->why = "there is no memory for keys";
		return STORE_BROKEN;
	}
	opened = store->engine->open(
	    &store->kv, store->folder, conf->size, &opening->why);
	if (opened != KV_OK)
		return opened == KV_SPACE ? STORE_SPACE : STORE_BROKEN;
	opening->why = "the store cannot be read or written";
	result = txn_run(store, open_store, opening);
	return result == STORE_ABORTED ? STORE_BROKEN : result;
}

static const char *
prepare(struct store *store, const struct store_conf *conf, bool recover)
{
	const char *why = NULL;

	if (!conf->in_memory) {
		why = folder_check(conf);
		store->folder = strdup(conf->folder);
		if (why == NULL && store->folder == NULL)
			why = "there is no memory";
		if (why == NULL && recover)
			why = lock_take(store);
	}
	return why;
}

enum store_result
store_open(struct store **store_r, const struct store_conf *conf, bool recover,
    const char **why_r)
{
	struct store *store = calloc(1, sizeof *store);
	struct opening opening = {.store = store, .conf = conf};
	enum store_result result = STORE_BROKEN;

	if (store == NULL) {
		*why_r = "there is no memory";
		return STORE_BROKEN;
	}
	store->lock = -1;
	store->wrote = arena_new(0);
	store->read = arena_new(0);
	opening.why = prepare(store, conf, recover);
	if (opening.why == NULL)
		result = open_files(&opening);
	if (result == STORE_OK && recover) {
		opening.why = "the store's keyring cannot be put in order";
		result = slot_sweep(store, true);
		if (store->folder != NULL)
			ballast_take(store->folder);
	}
	if (result != STORE_OK) {
		*why_r = opening.why;
		store_close(store);
		return result;
	}
	*store_r = store;
	return STORE_OK;
}

static void
room_free(struct room *room)
{
	if (room->at != NULL)
		sodium_memzero(room->at, room->size);
	free(room->at);
}

void
store_close(struct store *store)
{
	if (store == NULL)
		return;
	if (store->kv != NULL)
		store->engine->close(store->kv);
	keyring_close(store->keyring);
	keys_free(store->keys);
	arena_free(store->wrote);
	arena_free(store->read);
	room_free(&store->packed);
	room_free(&store->plain);
	if (store->lock >= 0)
		close(store->lock);
	free(store->folder);
	free(store);
}

void
store_token_key(
    const struct store *store, int generation, unsigned char key_r[32])
{
	memcpy(key_r, store->keys->token[generation == 0 ? 0 : 1], KEYS_SIZE);
}
