/* Counts by the hour or the day: rows in the order of the end of their time,
 * so that what nobody asks for any more lies in front. */
#include "store_txn.h"

/* A count is asked for in its own span and in the next one. */
static struct row
count_row(struct store_txn *txn, unsigned char what, struct span of,
    when span, when at)
{
	when start = at - (at % span + span) % span;
	struct row row = row_of_u64(
	    ROW_COUNT, (uint64_t)(start + 2 * span) ^ (uint64_t)1 << 63);
	unsigned char hash[16];

	txn_hash(txn, ROW_COUNT, of, hash);
	row_octets(&row, (struct span){(const char *)&what, 1});
	row_octets(&row, (struct span){(const char *)hash, sizeof hash});
	return row;
}

uint32_t
store_count_get(struct store_txn *txn, unsigned char what, struct span of,
    when span, when at)
{
	struct row row = count_row(txn, what, of, span, at);
	struct span value;

	return txn_get(txn, &row, &value) == 1 ? row_read_u32(value, 0) : 0;
}

uint32_t
store_count_add(struct store_txn *txn, unsigned char what, struct span of,
    when span, when at)
{
	struct row row = count_row(txn, what, of, span, at);
	struct row value = {.len = 0};
	struct span found;
	uint32_t count = 0;

	if (txn_get(txn, &row, &found) == 1)
		count = row_read_u32(found, 0);
	if (count < UINT32_MAX)
		count++;
	row_u32(&value, count);
	txn_put(txn, &row, row_span(&value));
	return count;
}

size_t
store_counts_drop(struct store_txn *txn, when now, size_t most)
{
	struct row row = row_of(ROW_COUNT);
	struct span key, value;
	size_t count = 0;

	while (count < most &&
	    txn_next(txn, &row, KV_AFTER, 1, &key, &value) == 1) {
		struct row gone = {.len = 0};

		if (row_read_u64(key, 1) >
		    ((uint64_t)now ^ (uint64_t)1 << 63))
			break;
		row_octets(&gone, key);
		txn_del(txn, &gone);
		count++;
	}
	return count;
}
