/* Contacts: the only place of a participant's address, number and name. */
#include "blind.h"
#include "slot.h"
#include "store_txn.h"

static struct row
contact_row(uint64_t ticket, uint32_t slot)
{
	struct row row = row_of_u64(ROW_CONTACT, ticket);

	row_u32(&row, slot);
	return row;
}

static struct seal_place
contact_place(const struct Contact *contact)
{
	return (struct seal_place){.kind = ROW_CONTACT,
	    .owner = contact->ticket,
	    .number = contact->slot};
}

/* Months since year 0. */
static uint32_t
month_of(when t)
{
	struct when_civil civil = when_to_civil(t);

	return (uint32_t)(civil.year * 12 + civil.month - 1);
}

/* Puts the index row of one of his addresses in the place of the old one. */
static void
index_one(struct store_txn *txn, const struct Contact *contact,
    const char *address, ProtobufCBinaryData *index)
{
	struct blind blind;
	int rc = blind_of(txn, contact->month, address, &blind);
	unsigned char *fresh;

	if (rc == 1 && index->len == BLIND_SIZE &&
	    memcmp(index->data, blind.at, BLIND_SIZE) == 0)
		return;
	blind_del(txn, record_span(*index), contact->ticket, contact->slot);
	*index = record_bytes((struct span){NULL, 0});
	if (rc != 1)
		return;
	fresh = arena_take(txn->arena, BLIND_SIZE);
	memcpy(fresh, blind.at, BLIND_SIZE);
	*index = record_bytes((struct span){(const char *)fresh, BLIND_SIZE});
	blind_put(txn, record_span(*index), contact->ticket, contact->slot);
}

static void
seal(struct store_txn *txn, struct Contact *contact,
    const struct ContactData *contact_data)
{
	struct seal_place place = contact_place(contact);

	contact->sealed = record_bytes(
	    txn_seal(txn, contact->key_slot, &place, &contact_data->base));
	index_one(txn, contact, contact_data->address, &contact->index_mail);
	index_one(txn, contact, contact_data->mobile, &contact->index_mobile);
}

static void
make_empty(struct Contact *contact)
{
	const ProtobufCBinaryData nothing = {.len = 0};

	contact->key_slot = 0;
	contact->sealed = nothing;
	contact->index_mail = nothing;
	contact->index_mobile = nothing;
}

static void
put_row(struct store_txn *txn, const struct Contact *contact)
{
	struct row row = contact_row(contact->ticket, contact->slot);

	txn_put_record(txn, &row, &contact->base);
}

void
store_contact_add(struct store_txn *txn, struct Ticket *ticket,
    struct Contact *contact, const struct ContactData *contact_data,
    when expires)
{
	contact->ticket = ticket->number;
	contact->slot = ticket->participants++;
	contact->key_slot = slot_take(txn, expires);
	contact->month = month_of(contact->since);
	blind_month_join(txn, contact->month, slot_day(txn, expires));
	seal(txn, contact, contact_data);
	put_row(txn, contact);
}

int
store_contact_get(struct store_txn *txn, struct arena *arena, uint64_t ticket,
    uint32_t slot, struct Contact **contact_r)
{
	struct row row = contact_row(ticket, slot);

	return txn_get_record(
	    txn, arena, &row, &contact__descriptor, contact_r);
}

/* The row knows whether he is destroyed: the caller's copy may be old, and its
 * slot another's by now. */
void
store_contact_put(struct store_txn *txn, struct Contact *contact,
    const struct ContactData *contact_data)
{
	struct Contact *row;

	if (store_contact_get(
		txn, txn->arena, contact->ticket, contact->slot, &row) != 1)
		return;
	if (row->key_slot == 0)
		make_empty(contact);
	else if (contact_data != NULL)
		seal(txn, contact, contact_data);
	put_row(txn, contact);
}

int
store_contact_open(struct store_txn *txn, struct arena *arena,
    const struct Contact *contact, struct ContactData **contact_data_r)
{
	struct seal_place place = contact_place(contact);

	return txn_open(txn, arena, contact->key_slot, &place,
	    record_span(contact->sealed), &contact_data__descriptor,
	    contact_data_r);
}

/* As above, what is doomed is read from the row. */
void
store_contact_destroy(struct store_txn *txn, struct Contact *contact)
{
	struct Contact *row;

	if (store_contact_get(
		txn, txn->arena, contact->ticket, contact->slot, &row) != 1)
		return;
	if (row->key_slot != 0) {
		slot_doom(txn, row->key_slot);
		blind_del(
		    txn, record_span(row->index_mail), row->ticket, row->slot);
		blind_del(txn, record_span(row->index_mobile), row->ticket,
		    row->slot);
		blind_month_leave(txn, row->month);
	}
	make_empty(contact);
	put_row(txn, contact);
}
