/* Tags: one row a person, with all of his tags and the tickets that have them,
 * so that renaming or deleting one is a single change wherever it is. Their
 * names are his words, and sealed like them. */
#include "slot.h"
#include "store_txn.h"

static struct row
tags_row(struct span holder)
{
	struct row row = row_of(ROW_TAGS);

	row_octets(&row, holder);
	return row;
}

static struct seal_place
tags_place(const struct Tags *tags)
{
	return (struct seal_place){.kind = ROW_TAGS,
	    .owner = row_read_u64(record_span(tags->holder), 0)};
}

void
store_tags_named(struct store_txn *txn, const char *who,
    unsigned char holder_r[STORE_HOLDER_SIZE])
{
	txn_hash(txn, ROW_TAGS, span_of(who), holder_r);
}

int
store_tags_get(struct store_txn *txn, struct arena *arena, struct span holder,
    struct Tags **tags_r)
{
	struct row row = tags_row(holder);

	return txn_get_record(txn, arena, &row, &tags__descriptor, tags_r);
}

int
store_tags_next(struct store_txn *txn, struct arena *arena, struct span holder,
    struct Tags **tags_r)
{
	struct row row = tags_row(holder);

	return txn_next_record(
	    txn, arena, &row, 1, &tags__descriptor, tags_r);
}

int
store_tags_open(struct store_txn *txn, struct arena *arena,
    const struct Tags *tags, struct TagsData **tags_data_r)
{
	struct seal_place place = tags_place(tags);

	return txn_open(txn, arena, tags->key_slot, &place,
	    record_span(tags->sealed), &tags_data__descriptor, tags_data_r);
}

void
store_tags_put(struct store_txn *txn, struct Tags *tags,
    const struct TagsData *tags_data, when expires)
{
	struct seal_place place = tags_place(tags);
	struct row row = tags_row(record_span(tags->holder));

	if (tags->key_slot != 0 && tags->expires != 0 &&
	    expires > tags->expires) {
		slot_doom(txn, tags->key_slot);
		tags->key_slot = 0;
	}
	if (tags->key_slot == 0) {
		tags->key_slot = slot_take(txn, expires);
		tags->expires = expires;
	}
	tags->sealed = record_bytes(
	    txn_seal(txn, tags->key_slot, &place, &tags_data->base));
	txn_put_record(txn, &row, &tags->base);
}

/* The caller's copy may be old: the row knows the slot. */
void
store_tags_destroy(struct store_txn *txn, const struct Tags *tags)
{
	struct row row = tags_row(record_span(tags->holder));
	struct Tags *old;

	if (store_tags_get(
		txn, txn->arena, record_span(tags->holder), &old) != 1)
		return;
	slot_doom(txn, old->key_slot);
	txn_del(txn, &row);
}
