#include <strings.h>

#include "arena.h"
#include "record.h"

#include "decide.h"

#include "store.h"

#include "apply_mobile.h"
#include "apply_people.h"
#include "tags.h"

/* A number that this address once verified holds for its new tickets as
 * well, as long as one of them still knows it. */
static bool
known_mobile(
    struct applying *a, const char *address, struct ContactData *fill)
{
	uint64_t tickets[8];
	uint32_t slots[8];
	size_t count =
	    store_contact_find(a->view->txn, address, tickets, slots, 8);

	for (size_t i = 0; i < count; i++) {
		struct Contact *contact;
		struct ContactData *known;

		if (store_contact_get(a->view->txn, a->view->arena,
			tickets[i], slots[i], &contact) == 1 &&
		    contact->mobile_verified &&
		    store_contact_open(a->view->txn, a->view->arena, contact,
			&known) == 1) {
			fill->mobile = known->mobile;
			return true;
		}
	}
	return false;
}

int
apply_slot_at(struct applying *a, const char *address)
{
	for (uint32_t slot = 0; slot < a->ticket->participants; slot++) {
		struct Contact *contact;
		struct ContactData *known;

		if (store_contact_get(a->view->txn, a->view->arena,
			a->ticket->number, slot, &contact) == 1 &&
		    store_contact_open(a->view->txn, a->view->arena, contact,
			&known) == 1 &&
		    strcasecmp(known->address, address) == 0)
			return (int)slot;
	}
	return -1;
}

void
apply_participant(struct applying *a, const struct effect *effect)
{
	struct arena *arena = a->view->arena;
	struct Contact *contact = record_new(arena, &contact__descriptor);
	struct ContactData *content =
	    record_new(arena, &contact_data__descriptor);

	a->joined = -1;
	/* In whatever role: who left stays away. */
	if (apply_slot_at(a, effect->text) >= 0)
		return;
	contact->role = effect->role;
	if (effect->role == PARTICIPANT_CC)
		contact->copy_change = ++a->ticket->copy_changes;
	contact->since = a->view->now;
	content->address = arena_copy_text(arena, effect->text);
	content->name = arena_copy_text(arena, effect->name ? effect->name : "");
	/* A forged sender must not bring notices to the number, nor keep it
	 * here beyond its owner's own tickets. */
	if (effect->role == PARTICIPANT_REQUESTER &&
	    a->facts->speaker.assurance >= ASSURANCE_CUSTOMER)
		contact->mobile_verified =
		    known_mobile(a, effect->text, content);
	if (effect->role == PARTICIPANT_REQUESTER &&
	    a->facts->speaker.assurance >= ASSURANCE_CUSTOMER)
		tags_join(a, content);
	store_contact_add(a->view->txn, a->ticket, contact, content,
	    a->ticket->contact_expires);
	if (effect->role == PARTICIPANT_CC)
		a->joined = (int)contact->slot;
}

void
apply_role(struct applying *a, const struct effect *effect)
{
	struct Contact *contact = apply_contact_at(a, effect->slot);

	if (contact == NULL)
		return;
	contact->role = effect->role;
	contact->copy_change = ++a->ticket->copy_changes;
	store_contact_put(a->view->txn, contact, NULL);
	a->joined = effect->role == PARTICIPANT_CC ? effect->slot : -1;
	if (effect->role == PARTICIPANT_LEFT)
		apply_drop_left(a, effect->slot);
}

#define HARD_BOUNCES_MOST 3

/* The delivery that the report is about has failed after all. */
void
apply_bounced(struct applying *a, const struct effect *effect)
{
	struct Outbox *outbox;
	struct Contact *contact;

	if (store_outbox_get(a->view->txn, a->view->arena, effect->number,
		&outbox) != 1 ||
	    !effect->flag)
		return;
	outbox->status = OUTBOX_FAILED;
	outbox->said = arena_copy_text(a->view->arena, "returned");
	store_outbox_put(a->view->txn, outbox);
	if (outbox->engineer[0] != '\0' || outbox->ticket == 0 ||
	    store_contact_get(a->view->txn, a->view->arena, outbox->ticket,
		outbox->slot, &contact) != 1)
		return;
	contact->bounces++;
	if (contact->bounces >= HARD_BOUNCES_MOST)
		contact->suppressed = true;
	store_contact_put(a->view->txn, contact, NULL);
}
