/* Messages and attachments. All of a ticket's are sealed under its key. */
#include <sodium.h>

#include "chunk.h"
#include "store_txn.h"

static struct row
message_row(enum row_table table, uint64_t ticket, uint32_t number)
{
	struct row row = row_of_u64(table, ticket);

	row_u32(&row, number);
	return row;
}

static struct row
attachment_row(uint64_t ticket, uint32_t number, uint32_t index)
{
	struct row row = message_row(ROW_ATTACHMENT, ticket, number);

	row_u32(&row, index);
	return row;
}

static struct seal_place
place_of(enum row_table table, uint64_t ticket, uint32_t number)
{
	return (struct seal_place){
	    .kind = (unsigned char)table, .owner = ticket, .number = number};
}

/* What a person wrote: within the row, or in chunks when it is too much. */
static void
seal_data(struct store_txn *txn, const struct Ticket *ticket,
    struct Message *message, const struct MessageData *message_data)
{
	struct seal_place place =
	    place_of(ROW_MESSAGE, ticket->number, message->number);
	struct room *plain = &txn->store->plain;
	struct row row;
	size_t len;

	message->chunks = 0;
	if (protobuf_c_message_get_packed_size(&message_data->base) <=
	    CHUNK_SIZE) {
		message->sealed = record_bytes(txn_seal(
		    txn, ticket->key_slot, &place, &message_data->base));
		return;
	}
	len = txn_pack(txn, plain, &message_data->base);
	place.kind = ROW_CHUNK;
	row = message_row(ROW_CHUNK, ticket->number, message->number);
	chunk_put(txn, &row, ticket->key_slot, &place,
	    (struct span){(const char *)plain->at, len});
	if (len > 0)
		sodium_memzero(plain->at, len);
	message->sealed = record_bytes((struct span){NULL, 0});
	message->chunks = chunk_count(len);
}

void
store_message_add(struct store_txn *txn, struct Ticket *ticket,
    struct Message *message, const struct MessageData *message_data,
    struct Attachment *const *attachments, size_t attachment_count)
{
	struct row row;

	message->ticket = ticket->number;
	message->number = ticket->messages++;
	message->attachments = (uint32_t)attachment_count;
	seal_data(txn, ticket, message, message_data);
	for (uint32_t i = 0; i < message->attachments; i++) {
		struct seal_place place =
		    place_of(ROW_ATTACHMENT, ticket->number, message->number);

		place.index = i;
		row = attachment_row(ticket->number, message->number, i);
		chunk_put(txn, &row, ticket->key_slot, &place,
		    record_span(attachments[i]->octets));
	}
	row = message_row(ROW_MESSAGE, ticket->number, message->number);
	txn_put_record(txn, &row, &message->base);
}

void
store_message_put(struct store_txn *txn, const struct Message *message)
{
	struct row row =
	    message_row(ROW_MESSAGE, message->ticket, message->number);

	txn_put_record(txn, &row, &message->base);
}

int
store_message_get(struct store_txn *txn, struct arena *arena, uint64_t ticket,
    uint32_t number, struct Message **message_r)
{
	struct row row = message_row(ROW_MESSAGE, ticket, number);

	return txn_get_record(
	    txn, arena, &row, &message__descriptor, message_r);
}

int
store_message_open(struct store_txn *txn, struct arena *arena,
    const struct Ticket *ticket, const struct Message *message,
    struct MessageData **message_data_r)
{
	struct seal_place place =
	    place_of(ROW_MESSAGE, ticket->number, message->number);
	struct MessageData *message_data;
	struct span octets;
	struct row row;
	int rc;

	if (message->chunks == 0)
		return txn_open(txn, arena, ticket->key_slot, &place,
		    record_span(message->sealed), &message_data__descriptor,
		    message_data_r);
	place.kind = ROW_CHUNK;
	row = message_row(ROW_CHUNK, ticket->number, message->number);
	rc = chunk_open(txn, arena, &row, ticket->key_slot, &place, &octets);
	if (rc != 1)
		return rc;
	message_data = record_unpack(arena, &message_data__descriptor, octets);
	if (message_data == NULL) {
		txn_fail(txn, KV_BROKEN);
		return -1;
	}
	*message_data_r = message_data;
	return 1;
}

int
store_attachment_open(struct store_txn *txn, struct arena *arena,
    const struct Ticket *ticket, const struct Message *message, uint32_t index,
    struct span *octets_r)
{
	struct seal_place place =
	    place_of(ROW_ATTACHMENT, ticket->number, message->number);
	struct row row = attachment_row(ticket->number, message->number, index);

	if (index >= message->attachments)
		return txn->error == KV_OK ? 0 : -1;
	place.index = index;
	return chunk_open(txn, arena, &row, ticket->key_slot, &place, octets_r);
}
