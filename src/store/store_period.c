/* The end of days: the backstop that destroys what nobody destroyed by hand. */
#include "blind.h"
#include "slot.h"
#include "store_txn.h"

struct ending {
	int64_t today;
	size_t count;
};

static int
end_days(struct store_txn *txn, void *arg)
{
	struct ending *ending = arg;
	struct row row = row_of(ROW_PERIOD);
	struct span key, value;

	ending->count = 0;
	while (txn_next(txn, &row, KV_AFTER, 1, &key, &value) == 1) {
		int64_t day = (int64_t)row_read_u64(key, 1);

		if (day >= ending->today)
			break;
		slot_doom(txn, row_read_u64(value, 0));
		row = row_of_u64(ROW_PERIOD, (uint64_t)day);
		txn_del(txn, &row);
		ending->count++;
	}
	ending->count += blind_months_end(txn, ending->today);
	if (ending->count > 0 && txn->meta->days_over < ending->today - 1) {
		txn->meta->days_over = ending->today - 1;
		txn->counted = true;
	}
	return 0;
}

size_t
store_periods_destroy(struct store *store, when now)
{
	struct ending ending = {.today = when_day(now)};

	return store_write(store, end_days, &ending) == STORE_OK ? ending.count
								 : 0;
}
