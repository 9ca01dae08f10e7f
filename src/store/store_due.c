/* The due index: what time brings, ordered by time. */
#include "store_txn.h"

/* Times before 1970 stand before those after it. */
static struct row
due_row(when at, uint64_t number)
{
	struct row row = row_of_u64(ROW_DUE, (uint64_t)at ^ (uint64_t)1 << 63);

	row_u64(&row, number);
	return row;
}

void
store_due_add(struct store_txn *txn, const struct Due *due)
{
	struct row row = due_row(due->at, txn->meta->next_due++);

	txn->counted = true;
	txn_put_record(txn, &row, &due->base);
}

static int
next_from(struct store_txn *txn, struct arena *arena, const struct row *row,
    struct Due **due_r, struct span *key_r)
{
	struct span key, value;
	struct Due *due;
	int rc = txn_next(txn, row, KV_AFTER, 1, &key, &value);

	if (rc != 1)
		return rc;
	due = record_unpack(arena, &due__descriptor, value);
	if (due == NULL) {
		txn_fail(txn, KV_BROKEN);
		return -1;
	}
	*due_r = due;
	*key_r = (struct span){arena_copy(arena, key), key.len};
	return 1;
}

int
store_due_first(struct store_txn *txn, struct arena *arena, struct Due **due_r,
    struct span *key_r)
{
	struct row row = row_of(ROW_DUE);

	return next_from(txn, arena, &row, due_r, key_r);
}

int
store_due_next(struct store_txn *txn, struct arena *arena, struct span key,
    struct Due **due_r, struct span *key_r)
{
	struct row row = {.len = 0};

	row_octets(&row, key);
	return next_from(txn, arena, &row, due_r, key_r);
}

void
store_due_drop(struct store_txn *txn, struct span key)
{
	struct row row = {.len = 0};

	row_octets(&row, key);
	txn_del(txn, &row);
}
