#include <strings.h>

#include "arena.h"
#include "record.h"

#include "store.h"

#include "apply_purge.h"

/* Whether a held mail is from one address; what cannot be opened is nobody's
 * any more. */
static bool
is_from(struct applying *a, const struct Held *held, const char *address)
{
	struct span octets;
	struct Mail *mail;

	if (store_held_open(a->view->txn, a->view->arena, held, &octets) != 1)
		return false;
	mail = record_unpack(a->view->arena, &mail__descriptor, octets);
	return mail != NULL && mail->n_from > 0 &&
	    strcasecmp(mail->from[0]->address, address) == 0;
}

/* The ticket's held mails: all of them, or those from `address`. */
static void
drop_held(struct applying *a, const char *address)
{
	struct Held *held;
	uint64_t after = 0;

	while (store_held_next(
		   a->view->txn, a->view->arena, after, &held) == 1) {
		after = held->id;
		if (held->ticket == a->ticket->number &&
		    (address == NULL || is_from(a, held, address)))
			store_held_drop(a->view->txn, held);
	}
}

static void
destroy(struct applying *a, uint32_t slot, bool alone)
{
	struct Contact *contact;
	struct ContactData *known;

	if (store_contact_get(a->view->txn, a->view->arena, a->ticket->number,
		slot, &contact) != 1 ||
	    contact->key_slot == 0)
		return;
	if (alone && store_contact_open(a->view->txn, a->view->arena, contact,
			 &known) == 1)
		drop_held(a, known->address);
	store_contact_destroy(a->view->txn, contact);
}

void
apply_purge(struct applying *a, const struct effect *effect)
{
	if (effect->slot >= 0) {
		destroy(a, (uint32_t)effect->slot, true);
	} else {
		for (uint32_t i = 0; i < a->ticket->participants; i++)
			destroy(a, i, false);
		drop_held(a, NULL);
		a->ticket->purged = true;
	}
	apply_drop_notices(a, effect->slot);
}
