#include <strings.h>

#include <sodium.h>

#include "arena.h"
#include "code.h"
#include "record.h"

#include "store.h"

#include "apply_purge.h"
#include "tags.h"

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
	if (store_contact_open(
		a->view->txn, a->view->arena, contact, &known) == 1) {
		if (alone)
			drop_held(a, known->address);
		tags_leave(a, known);
	}
	store_contact_destroy(a->view->txn, contact);
}

/* What was set apart from the messages of all, or of one of them. */
static void
drop_apart(struct applying *a, int slot)
{
	struct Confidential *row;
	uint32_t from = 0;

	while (store_confidential_next(a->view->txn, a->view->arena,
		   a->ticket->number, from, &row) == 1) {
		from = row->message + 1;
		if (slot < 0 || row->slot == (uint32_t)slot)
			store_confidential_destroy(a->view->txn, row);
	}
}

void
apply_purge(struct applying *a, const struct effect *effect)
{
	drop_apart(a, effect->slot);
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

void
apply_delete(struct applying *a)
{
	apply_purge(a, &(struct effect){.kind = EFFECT_PURGE, .slot = -1});
	tags_forget_ticket(a);
	store_ticket_destroy(a->view->txn, a->ticket);
	a->ticket->deleted = true;
	a->ticket->ask_hash = record_bytes((struct span){NULL, 0});
}

/* 128 bits by chance; kept is their hash, so that no backup of the store can
 * answer the question. */
void
apply_ask(struct applying *a, const struct effect *effect)
{
	const char *verb = operation_row(effect->operation)->verb;
	unsigned char random[16];
	char *hash = arena_take(a->view->arena, FACTS_HASH_SIZE);
	const char *code;

	randombytes_buf(random, sizeof random);
	code = code_base32(a->view->arena,
	    (struct span){(const char *)random, sizeof random});
	facts_hash(span_of(code), (unsigned char *)hash);
	a->ticket->ask_hash =
	    record_bytes((struct span){hash, FACTS_HASH_SIZE});
	a->ticket->ask_verb = arena_copy_text(a->view->arena, verb);
	a->ticket->ask_until = effect->at;
	/* -1, as every slot of somebody who is not on the ticket. */
	a->ticket->ask_slot = (uint32_t)effect->slot;
	a->asked = arena_print(a->view->arena, "/%s %s", verb, code);
}
