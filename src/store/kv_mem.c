/* The engine of tests: rows in memory, with real transactions.
 *
 * A state is a sorted list of rows that never changes once it is committed.
 * A reader holds the state it began with; the writer works on a copy, made
 * by its first change, and commit puts that in the place of the old one.
 * Each copy touches every row, which is fine for some ten thousand. */
#include <stdint.h>
#include <stdlib.h>

#include "kv.h"

struct item {
	size_t refs; /* states that list it */
	struct span key;
	struct span value;
	char octets[];
};

struct state {
	size_t refs; /* the engine, and each transaction that sees it */
	size_t count;
	size_t room;
	struct item **items;
};

struct kv {
	struct state *now;
	bool writing;
};

struct kv_txn {
	struct kv *kv;
	struct state *state;
	bool write;
	bool changed; /* `state` is the writer's own copy */
};

static void
item_unref(struct item *item)
{
	if (--item->refs == 0)
		free(item);
}

static void
state_unref(struct state *state)
{
	if (--state->refs > 0)
		return;
	for (size_t i = 0; i < state->count; i++)
		item_unref(state->items[i]);
	free(state->items);
	free(state);
}

static int
compare(struct span a, struct span b)
{
	size_t len = a.len < b.len ? a.len : b.len;
	int order = len == 0 ? 0 : memcmp(a.at, b.at, len);

	if (order != 0)
		return order;
	return a.len < b.len ? -1 : a.len > b.len;
}

/* Where the first key at or after `key` is. */
static size_t
position(const struct state *state, struct span key, bool *same_r)
{
	size_t low = 0, high = state->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (compare(state->items[middle]->key, key) < 0)
			low = middle + 1;
		else
			high = middle;
	}
	*same_r =
	    low < state->count && compare(state->items[low]->key, key) == 0;
	return low;
}

static struct state *
state_copy(const struct state *old)
{
	struct state *state = calloc(1, sizeof *state);

	if (state == NULL)
		return NULL;
	state->refs = 1;
	state->room = old->count + 64;
	state->items = malloc(state->room * sizeof *state->items);
	if (state->items == NULL) {
		free(state);
		return NULL;
	}
	for (size_t i = 0; i < old->count; i++) {
		state->items[i] = old->items[i];
		state->items[i]->refs++;
	}
	state->count = old->count;
	return state;
}

/* Makes the writer's state his own, with room for one row more. */
static bool
make_writable(struct kv_txn *txn)
{
	struct state *state = txn->state;
	struct item **items;

	if (!txn->changed) {
		state = state_copy(txn->state);
		if (state == NULL)
			return false;
		txn->state->refs--; /* from mem_begin(); the engine has it */
		txn->state = state;
		txn->changed = true;
	}
	if (state->count < state->room)
		return true;
	items = realloc(state->items, 2 * state->room * sizeof *items);
	if (items == NULL)
		return false;
	state->items = items;
	state->room *= 2;
	return true;
}

static enum kv_result
mem_open(struct kv **kv_r, const char *folder, size_t size, const char **why_r)
{
	struct kv *kv = calloc(1, sizeof *kv);

	(void)folder;
	(void)size;
	if (kv == NULL || (kv->now = calloc(1, sizeof *kv->now)) == NULL) {
		free(kv);
		*why_r = "there is no memory";
		return KV_BROKEN;
	}
	kv->now->refs = 1;
	*kv_r = kv;
	return KV_OK;
}

static void
mem_close(struct kv *kv)
{
	if (kv == NULL)
		return;
	state_unref(kv->now); /* from mem_open() or mem_commit() */
	free(kv);
}

static enum kv_result
mem_grow(struct kv *kv)
{
	(void)kv;
	return KV_OK;
}

static enum kv_result
mem_begin(struct kv *kv, bool write, struct kv_txn **txn_r)
{
	struct kv_txn *txn;

	if (write && kv->writing)
		return KV_BROKEN;
	txn = calloc(1, sizeof *txn);
	if (txn == NULL)
		return KV_BROKEN;
	txn->kv = kv;
	txn->state = kv->now;
	txn->state->refs++;
	txn->write = write;
	if (write)
		kv->writing = true;
	*txn_r = txn;
	return KV_OK;
}

static void
mem_abort(struct kv_txn *txn)
{
	if (txn->write)
		txn->kv->writing = false;
	state_unref(txn->state); /* from mem_begin() or make_writable() */
	free(txn);
}

static enum kv_result
mem_commit(struct kv_txn *txn)
{
	if (txn->changed) {
		state_unref(txn->kv->now); /* from mem_open(), mem_commit() */
		txn->kv->now = txn->state;
		txn->state->refs++;
	}
	mem_abort(txn);
	return KV_OK;
}

static enum kv_result
mem_get(struct kv_txn *txn, struct span key, struct span *value_r)
{
	bool same;
	size_t at = position(txn->state, key, &same);

	if (!same)
		return KV_NONE;
	*value_r = txn->state->items[at]->value;
	return KV_OK;
}

static enum kv_result
mem_next(struct kv_txn *txn, struct span key, enum kv_which which,
    struct span *key_r, struct span *value_r)
{
	bool same;
	size_t at = position(txn->state, key, &same);

	if (which == KV_AFTER && same)
		at++;
	if (which == KV_BEFORE && at-- == 0)
		return KV_NONE;
	if (at >= txn->state->count)
		return KV_NONE;
	*key_r = txn->state->items[at]->key;
	*value_r = txn->state->items[at]->value;
	return KV_OK;
}

static struct item *
item_new(struct span key, struct span value)
{
	struct item *item = malloc(sizeof *item + key.len + value.len + 1);

	if (item == NULL)
		return NULL;
	item->refs = 1;
	memcpy(item->octets, key.at, key.len);
	if (value.len > 0)
		memcpy(item->octets + key.len, value.at, value.len);
	item->key = (struct span){item->octets, key.len};
	item->value = (struct span){item->octets + key.len, value.len};
	return item;
}

static enum kv_result
mem_put(struct kv_txn *txn, struct span key, struct span value)
{
	struct state *state;
	struct item *item;
	size_t at;
	bool same;

	if (!txn->write || key.len == 0 || key.len > KV_KEY_MAX ||
	    value.len > KV_VALUE_MAX || !make_writable(txn))
		return KV_BROKEN;
	item = item_new(key, value);
	if (item == NULL)
		return KV_BROKEN;
	state = txn->state;
	at = position(state, key, &same);
	if (same) {
		item_unref(state->items[at]);
	} else {
		memmove(state->items + at + 1, state->items + at,
		    (state->count - at) * sizeof *state->items);
		state->count++;
	}
	state->items[at] = item;
	return KV_OK;
}

static enum kv_result
mem_del(struct kv_txn *txn, struct span key)
{
	struct state *state;
	size_t at;
	bool same;

	if (!txn->write || !make_writable(txn))
		return KV_BROKEN;
	state = txn->state;
	at = position(state, key, &same);
	if (!same)
		return KV_NONE;
	item_unref(state->items[at]);
	state->count--;
	memmove(state->items + at, state->items + at + 1,
	    (state->count - at) * sizeof *state->items);
	return KV_OK;
}

const struct kv_engine kv_mem = {
    .name = "memory",
    .open = mem_open,
    .close = mem_close,
    .grow = mem_grow,
    .begin = mem_begin,
    .commit = mem_commit,
    .abort = mem_abort,
    .get = mem_get,
    .next = mem_next,
    .put = mem_put,
    .del = mem_del,
};
