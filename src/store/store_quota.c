/* What accounts use, a row a month. */
#include "store_txn.h"

static struct row
quota_row(struct store_txn *txn, const char *account, uint32_t month)
{
	struct row row = row_of(ROW_QUOTA);
	unsigned char hash[16];

	txn_hash(txn, ROW_QUOTA, span_of(account), hash);
	row_octets(&row, (struct span){(const char *)hash, sizeof hash});
	row_u32(&row, month);
	return row;
}

int
store_quota_get(struct store_txn *txn, struct arena *arena,
    const char *account, when at, struct Quota **quota_r)
{
	struct when_civil civil = when_to_civil(at);
	uint32_t month = (uint32_t)(civil.year * 12 + civil.month - 1);
	struct row row = quota_row(txn, account, month);
	struct Quota *quota;
	int rc = txn_get_record(txn, arena, &row, &quota__descriptor, &quota);

	if (rc < 0)
		return rc;
	if (rc == 0) {
		quota = record_new(arena, &quota__descriptor);
		quota->account = arena_copy_text(arena, account);
		quota->month = month;
	}
	*quota_r = quota;
	return 1;
}

void
store_quota_put(struct store_txn *txn, const struct Quota *quota)
{
	struct row row = quota_row(txn, quota->account, quota->month);

	txn_put_record(txn, &row, &quota->base);
}
