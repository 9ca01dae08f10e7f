#include <sodium.h>

#include "blind.h"
#include "slot.h"

/* What a row of ROW_MONTH holds. */
struct month {
	uint64_t slot;
	uint64_t users;
	int64_t last; /* day of the last one to expire */
};

static struct row
month_row(uint32_t month)
{
	struct row row = row_of(ROW_MONTH);

	row_u32(&row, month);
	return row;
}

static struct month
month_read(struct span value)
{
	return (struct month){
	    .slot = row_read_u64(value, 0),
	    .users = row_read_u64(value, 8),
	    .last = (int64_t)row_read_u64(value, 16),
	};
}

static void
month_put(
    struct store_txn *txn, const struct row *row, const struct month *month)
{
	struct row value = {.len = 0};

	row_u64(&value, month->slot);
	row_u64(&value, month->users);
	row_u64(&value, (uint64_t)month->last);
	txn_put(txn, row, row_span(&value));
}

static void
month_end(
    struct store_txn *txn, const struct row *row, const struct month *month)
{
	slot_doom(txn, month->slot);
	txn_del(txn, row);
}

void
blind_month_join(struct store_txn *txn, uint32_t number, int64_t day)
{
	struct row row = month_row(number);
	struct month month = {0};
	struct span value;
	int rc = txn_get(txn, &row, &value);

	if (rc == 1)
		month = month_read(value);
	else
		month.slot = slot_take(txn, 0);
	if (day == 0) /* never */
		month.last = INT64_MAX;
	else if (day > month.last)
		month.last = day;
	month.users++;
	month_put(txn, &row, &month);
}

void
blind_month_leave(struct store_txn *txn, uint32_t number)
{
	struct row row = month_row(number);
	struct month month;
	struct span value;

	if (txn_get(txn, &row, &value) != 1)
		return;
	month = month_read(value);
	if (month.users > 1) {
		month.users--;
		month_put(txn, &row, &month);
	} else {
		month_end(txn, &row, &month);
	}
}

size_t
blind_months_end(struct store_txn *txn, int64_t day)
{
	struct row row = row_of(ROW_MONTH);
	struct span key, value;
	size_t count = 0;

	while (txn_next(txn, &row, KV_AFTER, 1, &key, &value) == 1) {
		struct month month = month_read(value);

		row = month_row(row_read_u32(key, 1));
		if (month.last >= day)
			continue;
		month_end(txn, &row, &month);
		count++;
	}
	return count;
}

/* The same for every way of writing it that reaches the same person: case
 * matters to hardly any server, and never to one who searches. */
static void
hash(const unsigned char key[KEYRING_KEY_SIZE], const char *address,
    struct blind *blind)
{
	struct span text = span_trim(span_of(address));
	crypto_generichash_state state;
	unsigned char letters[64];

	crypto_generichash_init(&state, key, KEYRING_KEY_SIZE, BLIND_SIZE);
	for (size_t i = 0; i < text.len; i++) {
		letters[i % sizeof letters] =
		    (unsigned char)ascii_lower((unsigned char)text.at[i]);
		if ((i + 1) % sizeof letters == 0)
			crypto_generichash_update(
			    &state, letters, sizeof letters);
	}
	crypto_generichash_update(&state, letters, text.len % sizeof letters);
	crypto_generichash_final(&state, blind->at, BLIND_SIZE);
	sodium_memzero(letters, sizeof letters);
}

int
blind_of(struct store_txn *txn, uint32_t month, const char *address,
    struct blind *blind_r)
{
	struct row row = month_row(month);
	unsigned char key[KEYRING_KEY_SIZE];
	struct span value;
	int rc;

	if (address[0] == '\0')
		return 0;
	rc = txn_get(txn, &row, &value);
	if (rc == 1)
		rc = txn_key(txn, month_read(value).slot, key);
	if (rc == 1)
		hash(key, address, blind_r);
	sodium_memzero(key, sizeof key);
	return rc;
}

/* Newest tickets first: their numbers stand inverted. */
static struct row
blind_row(struct span blind, uint64_t ticket, uint32_t slot)
{
	struct row row = row_of(ROW_BLIND);

	row_octets(&row, blind);
	row_u64(&row, ~ticket);
	row_u32(&row, slot);
	return row;
}

void
blind_put(
    struct store_txn *txn, struct span blind, uint64_t ticket, uint32_t slot)
{
	struct row row;

	if (blind.len != BLIND_SIZE)
		return;
	row = blind_row(blind, ticket, slot);
	txn_put(txn, &row, (struct span){NULL, 0});
}

void
blind_del(
    struct store_txn *txn, struct span blind, uint64_t ticket, uint32_t slot)
{
	struct row row;

	if (blind.len != BLIND_SIZE)
		return;
	row = blind_row(blind, ticket, slot);
	txn_del(txn, &row);
}

/* ---- finding ------------------------------------------------------------ */

/* What was found, newest first. */
struct hits {
	uint64_t *tickets;
	uint32_t *slots; /* or NULL */
	size_t count;
	size_t most;
};

/* False when it is older than all of a full list. */
static bool
hits_add(struct hits *hits, uint64_t ticket, uint32_t slot)
{
	size_t at = hits->count;

	if (hits->count == hits->most) {
		if (at == 0 || hits->tickets[at - 1] >= ticket)
			return false;
		at--;
	} else {
		hits->count++;
	}
	for (; at > 0 && hits->tickets[at - 1] < ticket; at--) {
		hits->tickets[at] = hits->tickets[at - 1];
		if (hits->slots != NULL)
			hits->slots[at] = hits->slots[at - 1];
	}
	hits->tickets[at] = ticket;
	if (hits->slots != NULL)
		hits->slots[at] = slot;
	return true;
}

static void
find_in_month(
    struct store_txn *txn, const struct blind *blind, struct hits *hits)
{
	struct row row = row_of(ROW_BLIND);
	struct span key, value;
	size_t same;

	row_octets(&row, (struct span){(const char *)blind->at, BLIND_SIZE});
	same = row.len;
	while (txn_next(txn, &row, KV_AFTER, same, &key, &value) == 1) {
		if (!hits_add(hits, ~row_read_u64(key, same),
			row_read_u32(key, same + 8)))
			return;
		row.len = 0;
		row_octets(&row, key);
	}
}

size_t
store_contact_find(struct store_txn *txn, const char *address,
    uint64_t *tickets_r, uint32_t *slots_r, size_t most)
{
	struct hits hits = {
	    .tickets = tickets_r, .slots = slots_r, .most = most};
	struct row row = row_of(ROW_MONTH);
	struct span key, value;
	struct blind blind;

	while (txn_next(txn, &row, KV_AFTER, 1, &key, &value) == 1) {
		uint32_t month = row_read_u32(key, 1);

		if (blind_of(txn, month, address, &blind) == 1)
			find_in_month(txn, &blind, &hits);
		row = month_row(month);
	}
	return txn->error == KV_OK ? hits.count : 0;
}
