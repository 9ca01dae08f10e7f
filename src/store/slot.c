#include "slot.h"

/* The numbers of slots, growing in an arena. */
struct slots {
	struct arena *arena;
	uint64_t *at;
	size_t count;
	size_t room;
};

static void
slots_add(struct slots *slots, uint64_t slot)
{
	if (slots->count == slots->room) {
		size_t room = slots->room == 0 ? 16 : 2 * slots->room;

		slots->at = arena_grow(slots->arena, slots->at,
		    slots->room * sizeof *slots->at, room * sizeof *slots->at);
		slots->room = room;
	}
	slots->at[slots->count++] = slot;
}

/* ---- taking ------------------------------------------------------------- */

static uint64_t
take_number(struct store_txn *txn)
{
	struct row first = row_of(ROW_FREE), row;
	struct span key, value;
	int rc = txn_next(txn, &first, KV_AT, 1, &key, &value);
	uint64_t slot;

	if (rc < 0)
		return 0;
	if (rc == 0) {
		txn->counted = true;
		return ++txn->meta->key_slots;
	}
	slot = row_read_u64(key, 1);
	row = row_of_u64(ROW_FREE, slot);
	txn_del(txn, &row);
	return slot;
}

static void
make(struct store_txn *txn, uint64_t slot, int64_t day, uint64_t period)
{
	if (txn->error == KV_OK &&
	    keyring_make(txn->store->keyring, slot, day, period) != KEYRING_OK)
		txn_fail(txn, KV_BROKEN);
}

/* The slot of the day's period key, made when it is the first of its day. */
static uint64_t
period_slot(struct store_txn *txn, int64_t day)
{
	struct row row = row_of_u64(ROW_PERIOD, (uint64_t)day);
	struct row value = {.len = 0};
	struct span found;
	uint64_t slot;
	int rc = txn_get(txn, &row, &found);

	if (rc != 0)
		return rc == 1 ? row_read_u64(found, 0) : 0;
	slot = take_number(txn);
	make(txn, slot, day, 0);
	row_u64(&value, slot);
	txn_put(txn, &row, row_span(&value));
	return slot;
}

int64_t
slot_day(struct store_txn *txn, when expires)
{
	int64_t day = when_day(expires);

	if (expires == 0)
		return 0;
	/* A day that is over never gets a key again. */
	if (day <= txn->meta->days_over)
		day = txn->meta->days_over + 1;
	return day < 1 ? 1 : day;
}

uint64_t
slot_take(struct store_txn *txn, when expires)
{
	int64_t day = slot_day(txn, expires);
	uint64_t period = day == 0 ? 0 : period_slot(txn, day);
	uint64_t slot;

	if (txn->error != KV_OK)
		return 0;
	slot = take_number(txn);
	make(txn, slot, day, period);
	return txn->error == KV_OK ? slot : 0;
}

void
slot_doom(struct store_txn *txn, uint64_t slot)
{
	struct row row = row_of_u64(ROW_DOOMED, slot);

	if (slot == 0)
		return;
	txn_put(txn, &row, (struct span){NULL, 0});
	txn->doomed = true;
}

/* ---- overwriting -------------------------------------------------------- */

/* The slots that have a row in the table. */
static void
list(struct store_txn *txn, enum row_table table, struct slots *slots)
{
	struct row row = row_of(table);
	struct span key, value;

	while (txn_next(txn, &row, KV_AFTER, 1, &key, &value) == 1) {
		uint64_t slot = row_read_u64(key, 1);

		slots_add(slots, slot);
		row = row_of_u64(table, slot);
	}
}

/* Free slots that still hold something: their transaction never committed. */
static void
list_orphans(struct store_txn *txn, struct slots *slots)
{
	struct slots free_slots = {.arena = txn->arena};
	struct keyring *keyring = txn->store->keyring;
	uint64_t end = keyring_size(keyring);

	list(txn, ROW_FREE, &free_slots);
	for (size_t i = 0; i < free_slots.count; i++)
		if (keyring_used(keyring, free_slots.at[i]))
			slots_add(slots, free_slots.at[i]);
	for (uint64_t i = txn->meta->key_slots + 1; i < end; i++)
		if (keyring_used(keyring, i))
			slots_add(slots, i);
}

struct sweep {
	bool all;
	bool done; /* all that was to be overwritten is */
};

static int
sweep_slots(struct store_txn *txn, void *arg)
{
	struct sweep *sweep = arg;
	struct slots slots = {.arena = txn->arena};
	size_t doomed;

	list(txn, ROW_DOOMED, &slots);
	doomed = slots.count;
	if (sweep->all)
		list_orphans(txn, &slots);
	if (txn->error != KV_OK)
		return 0;
	if (keyring_destroy(txn->store->keyring, slots.at, slots.count) !=
	    KEYRING_OK)
		txn_fail(txn, KV_UNCERTAIN);
	else
		sweep->done = true;
	for (size_t i = 0; i < doomed; i++) {
		struct row row = row_of_u64(ROW_DOOMED, slots.at[i]);

		txn_del(txn, &row);
		row = row_of_u64(ROW_FREE, slots.at[i]);
		txn_put(txn, &row, (struct span){NULL, 0});
	}
	txn->doomed = false;
	return 0;
}

enum store_result
slot_sweep(struct store *store, bool all)
{
	struct sweep sweep = {.all = all};
	enum store_result result = txn_run(store, sweep_slots, &sweep);

	/* A full disk does not hinder overwriting. The rows that say what is
	 * doomed then stay, and the next sweep frees the slots. */
	return result == STORE_SPACE && sweep.done ? STORE_OK : result;
}
