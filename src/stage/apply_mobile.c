#include <sodium.h>

#include "arena.h"
#include "record.h"

#include "decide.h"

#include "store.h"

#include "apply_mobile.h"

struct Contact *
apply_contact_at(struct applying *a, int slot)
{
	struct Contact *contact;

	if (slot < 0 || a->ticket == NULL ||
	    store_contact_get(a->view->txn, a->view->arena, a->ticket->number,
		(uint32_t)slot, &contact) != 1)
		return NULL;
	return contact;
}

/* A fresh code of six digits, even in its distribution. */
void
apply_mobile(struct applying *a, const struct effect *effect)
{
	struct Contact *contact = apply_contact_at(a, a->facts->speaker.slot);
	struct ContactData *known;

	if (contact == NULL || store_contact_open(a->view->txn, a->view->arena,
				   contact, &known) != 1)
		return;
	known->mobile = arena_copy_text(a->view->arena, effect->text);
	known->code = arena_print(
	    a->view->arena, "%06u", randombytes_uniform(1000000));
	known->code_sent = a->view->now;
	known->code_tries = 0;
	contact->mobile_verified = false;
	store_contact_put(a->view->txn, contact, known);
}

void
apply_mobile_answer(struct applying *a, bool right)
{
	struct Contact *contact = apply_contact_at(a, a->facts->speaker.slot);
	struct ContactData *known;

	if (contact == NULL || store_contact_open(a->view->txn, a->view->arena,
				   contact, &known) != 1)
		return;
	if (right) {
		contact->mobile_verified = true;
		known->code = arena_copy_text(a->view->arena, "");
	} else {
		known->code_tries++;
	}
	store_contact_put(a->view->txn, contact, known);
}
