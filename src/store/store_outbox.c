/* The outbox: what is to go to one person by one medium. */
#include "mail_words.h"

#include "slot.h"
#include "store_txn.h"

static struct row
ticket_row(uint64_t ticket, uint64_t id)
{
	struct row row = row_of_u64(ROW_OUTBOX_OF, ticket);

	row_u64(&row, id);
	return row;
}

static struct seal_place
outbox_place(const struct Outbox *outbox)
{
	return (struct seal_place){.kind = ROW_OUTBOX, .owner = outbox->id};
}

static void
put_row(struct store_txn *txn, const struct Outbox *outbox)
{
	struct row row = row_of_u64(ROW_OUTBOX, outbox->id);

	txn_put_record(txn, &row, &outbox->base);
}

uint64_t
store_outbox_id(struct store_txn *txn)
{
	return txn->meta->next_outbox;
}

void
store_outbox_add(struct store_txn *txn, struct Outbox *outbox,
    const struct OutboxData *outbox_data, when expires)
{
	struct seal_place place;
	struct row row;

	outbox->id = txn->meta->next_outbox++;
	txn->counted = true;
	if (outbox_data != NULL) {
		place = outbox_place(outbox);
		outbox->key_slot = slot_take(txn, expires);
		outbox->sealed = record_bytes(txn_seal(
		    txn, outbox->key_slot, &place, &outbox_data->base));
	}
	put_row(txn, outbox);
	row = ticket_row(outbox->ticket, outbox->id);
	txn_put(txn, &row, (struct span){NULL, 0});
}

int
store_outbox_get(struct store_txn *txn, struct arena *arena, uint64_t id,
    struct Outbox **outbox_r)
{
	struct row row = row_of_u64(ROW_OUTBOX, id);

	return txn_get_record(txn, arena, &row, &outbox__descriptor, outbox_r);
}

int
store_outbox_open(struct store_txn *txn, struct arena *arena,
    const struct Outbox *outbox, struct OutboxData **outbox_data_r)
{
	struct seal_place place = outbox_place(outbox);

	return txn_open(txn, arena, outbox->key_slot, &place,
	    record_span(outbox->sealed), &outbox_data__descriptor,
	    outbox_data_r);
}

static bool
is_final(const struct Outbox *outbox)
{
	return outbox->status == OUTBOX_SENT ||
	       outbox->status == OUTBOX_FAILED ||
	       outbox->status == OUTBOX_SUPERSEDED;
}

/* The row knows whether the slot is still its own; the caller's copy may be
 * old. */
void
store_outbox_put(struct store_txn *txn, const struct Outbox *outbox)
{
	struct Outbox copy = *outbox, *old;

	if (copy.key_slot != 0) {
		if (store_outbox_get(txn, txn->arena, copy.id, &old) != 1)
			return;
		if (old->key_slot != 0 && is_final(&copy))
			slot_doom(txn, old->key_slot);
		if (old->key_slot == 0 || is_final(&copy)) {
			copy.key_slot = 0;
			copy.sealed.len = 0;
		}
	}
	put_row(txn, &copy);
}

int
store_outbox_next(struct store_txn *txn, struct arena *arena, uint64_t ticket,
    uint64_t after, struct Outbox **outbox_r)
{
	struct row row = row_of_u64(ROW_OUTBOX, after);
	struct span key, value;
	int rc;

	if (ticket == 0)
		return txn_next_record(
		    txn, arena, &row, 1, &outbox__descriptor, outbox_r);
	row = ticket_row(ticket, after);
	rc = txn_next(txn, &row, KV_AFTER, 9, &key, &value);
	if (rc != 1)
		return rc;
	return store_outbox_get(txn, arena, row_read_u64(key, 9), outbox_r);
}
