/* What a customer filled in when the ticket was opened. */
#include <sodium.h>

#include "store_txn.h"

/* Beside the subject, under the same key. */
static struct seal_place
creation_place(const struct Ticket *ticket)
{
	return (struct seal_place){
	    .kind = ROW_TICKET, .owner = ticket->number, .index = 1};
}

struct CreationData *
store_creation_open(
    struct store_txn *txn, struct arena *arena, const struct Ticket *ticket)
{
	struct seal_place place = creation_place(ticket);
	struct span sealed = record_span(ticket->creation);
	struct CreationData *out = NULL;
	unsigned char key[KEYRING_KEY_SIZE];
	char *plain;

	if (sealed.len >= SEAL_OVER &&
	    txn_key(txn, ticket->key_slot, key) == 1) {
		plain = arena_take(arena, sealed.len - SEAL_OVER + 1);
		if (seal_open((unsigned char *)plain, sealed, key, &place))
			out = record_unpack(arena, &creation_data__descriptor,
			    (struct span){plain, sealed.len - SEAL_OVER});
		if (out == NULL)
			txn_fail(txn, KV_BROKEN);
		sodium_memzero(key, sizeof key);
	}
	return out != NULL ? out
			   : record_new(arena, &creation_data__descriptor);
}

void
store_creation_put(struct store_txn *txn, struct Ticket *ticket,
    const struct CreationData *filled)
{
	struct seal_place place = creation_place(ticket);
	struct span plain = record_pack(txn->arena, &filled->base);
	unsigned char key[KEYRING_KEY_SIZE];
	unsigned char *sealed;

	if (txn_key(txn, ticket->key_slot, key) != 1)
		return;
	sealed = arena_take(txn->arena, plain.len + SEAL_OVER);
	seal_close(sealed, plain, key, &place);
	sodium_memzero(key, sizeof key);
	ticket->creation = record_bytes(
	    (struct span){(const char *)sealed, plain.len + SEAL_OVER});
}
