/* Tallies: rows in the order of the day on which they end, so that what nobody
 * asks for any more lies in front. */
#include "store_txn.h"

static when
day_of(when at)
{
	return at - (at % WHEN_DAY + WHEN_DAY) % WHEN_DAY;
}

/* A time as rows are ordered by it. */
static uint64_t
order_of(when at)
{
	return (uint64_t)at ^ (uint64_t)1 << 63;
}

static when
end_of(when day)
{
	return day + WHEN_DAY + STORE_TALLY_KEPT;
}

static struct row
day_row(when day)
{
	return row_of_u64(ROW_TALLY, order_of(end_of(day)));
}

/* What was put today has all that is still asked for of yesterday's. */
int
store_tally_get(struct store_txn *txn, struct span of, when at,
    struct span *octets_r)
{
	unsigned char hash[16];
	const struct span name = {(const char *)hash, sizeof hash};
	struct row today = day_row(day_of(at));
	struct row yesterday = day_row(day_of(at) - WHEN_DAY);
	int rc;

	txn_hash(txn, ROW_TALLY, of, hash);
	row_octets(&today, name);
	row_octets(&yesterday, name);
	rc = txn_get(txn, &today, octets_r);
	return rc != 0 ? rc : txn_get(txn, &yesterday, octets_r);
}

static bool
is_first_of_day(struct store_txn *txn, when day)
{
	struct row row = day_row(day);
	struct span key, value;

	return txn_next(txn, &row, KV_AFTER, row.len, &key, &value) == 0;
}

bool
store_tally_put(
    struct store_txn *txn, struct span of, when at, struct span octets)
{
	struct row row = day_row(day_of(at));
	bool first = is_first_of_day(txn, day_of(at));
	unsigned char hash[16];

	txn_hash(txn, ROW_TALLY, of, hash);
	row_octets(&row, (struct span){(const char *)hash, sizeof hash});
	txn_put(txn, &row, octets);
	return first;
}

/* Older stores have rows for single counts, which end in the same way. */
static size_t
drop(struct store_txn *txn, enum row_table table, when now, size_t most)
{
	struct row row = row_of(table);
	struct span key, value;
	size_t count = 0;

	while (count < most &&
	    txn_next(txn, &row, KV_AFTER, 1, &key, &value) == 1) {
		struct row gone = {.len = 0};

		if (row_read_u64(key, 1) > order_of(now))
			break;
		row_octets(&gone, key);
		txn_del(txn, &gone);
		count++;
	}
	return count;
}

size_t
store_tallies_drop(struct store_txn *txn, when now, size_t most)
{
	size_t count = drop(txn, ROW_TALLY, now, most);

	return count + drop(txn, ROW_COUNT, now, most - count);
}

uint64_t
store_text_number(struct store_txn *txn, struct span text)
{
	unsigned char hash[16];
	uint64_t number;

	txn_hash(txn, ROW_TALLY, text, hash);
	number = row_read_u64((struct span){(const char *)hash, 8}, 0);
	return number != 0 ? number : 1;
}
