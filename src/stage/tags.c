#include <string.h>

#include <sodium.h>

#include "arena.h"
#include "buf.h"
#include "record.h"
#include "span.h"

#include "decide.h"
#include "tag.h"

#include "store.h"

#include "tags.h"

#define CONTACTS_LOOKED 20 /* of one address, the newest */

/* ---- whose -------------------------------------------------------------- */

/* The conf's name of the speaker; NULL: he is known by his address alone. */
static const char *
conf_name(const struct view *view, const struct facts *facts)
{
	if (facts->speaker.engineer[0] != '\0')
		return arena_print(
		    view->arena, "engineer:%s", facts->speaker.engineer);
	if (facts->user != NULL)
		return arena_print(view->arena, "user:%s", facts->user);
	return NULL;
}

/* What one of the address's contacts holds; empty: none does. */
static struct span
held_by(const struct view *view, const char *address)
{
	uint64_t tickets[CONTACTS_LOOKED];
	uint32_t slots[CONTACTS_LOOKED];
	size_t count = address[0] == '\0'
	    ? 0
	    : store_contact_find(view->txn, address, tickets, slots,
		  CONTACTS_LOOKED);

	for (size_t i = 0; i < count; i++) {
		struct Contact *contact;
		struct ContactData *known;

		if (store_contact_get(view->txn, view->arena, tickets[i],
			slots[i], &contact) == 1 &&
		    store_contact_open(
			view->txn, view->arena, contact, &known) == 1 &&
		    known->tags.len == STORE_HOLDER_SIZE)
			return record_span(known->tags);
	}
	return (struct span){NULL, 0};
}

static struct span
holder_of(const struct view *view, const struct facts *facts)
{
	const char *name = conf_name(view, facts);
	char *holder;

	if (name == NULL)
		return held_by(view, facts->speaker.address);
	holder = arena_take(view->arena, STORE_HOLDER_SIZE);
	store_tags_named(view->txn, name, (unsigned char *)holder);
	return (struct span){holder, STORE_HOLDER_SIZE};
}

int
tags_of_speaker(const struct view *view, const struct facts *facts,
    struct Tags **tags_r, struct TagsData **tags_data_r)
{
	struct span holder = holder_of(view, facts);

	return holder.len > 0 &&
	    store_tags_get(view->txn, view->arena, holder, tags_r) == 1 &&
	    store_tags_open(
		view->txn, view->arena, *tags_r, tags_data_r) == 1;
}

/* ---- which -------------------------------------------------------------- */

static size_t
place_of(const struct Tag *tag, uint64_t ticket)
{
	size_t i = 0;

	while (i < tag->n_tickets && tag->tickets[i] != ticket)
		i++;
	return i;
}

bool
tags_has(const struct Tag *tag, uint64_t ticket)
{
	return place_of(tag, ticket) < tag->n_tickets;
}

const char *
tags_on(struct arena *arena, const struct TagsData *tags_data,
    uint64_t ticket)
{
	struct buf out = buf_in(arena);

	for (size_t i = 0; tags_data != NULL && i < tags_data->n_tags; i++)
		if (tags_has(tags_data->tags[i], ticket))
			buf_print(&out, "%s%s", out.len > 0 ? ", " : "",
			    tags_data->tags[i]->name);
	return buf_text(&out);
}

static bool
asks_for_tags(const struct commands *commands)
{
	for (size_t i = 0; i < commands->count; i++)
		if (tag_is_operation(commands->list[i].operation))
			return true;
	return false;
}

void
tags_look(const struct view *view, struct facts *facts,
    const struct commands *commands)
{
	struct Tags *row;
	struct TagsData *known;
	struct tag *list;

	if (facts->ticket == NULL || !asks_for_tags(commands))
		return;
	facts->taggers = facts->ticket->n_taggers;
	if (tags_of_speaker(view, facts, &row, &known) != 1)
		return;
	list = arena_take_many(view->arena, known->n_tags + 1, sizeof *list);
	for (size_t i = 0; i < known->n_tags; i++) {
		const struct Tag *tag = known->tags[i];

		list[i] = (struct tag){
		    tag->name, tags_has(tag, facts->ticket->number)};
		facts->tagged += tag->n_tickets;
	}
	facts->tags = list;
	facts->tag_count = known->n_tags;
}

/* ---- done --------------------------------------------------------------- */

/* All contacts of the address hold the new tags, so that they last as long as
 * any of his tickets does. */
static void
give_to_contacts(struct applying *a, struct Tags *tags, when *expires)
{
	const struct view *view = a->view;
	uint64_t tickets[CONTACTS_LOOKED];
	uint32_t slots[CONTACTS_LOOKED];
	size_t count = store_contact_find(view->txn,
	    a->facts->speaker.address, tickets, slots, CONTACTS_LOOKED);

	for (size_t i = 0; i < count; i++) {
		struct Contact *contact;
		struct ContactData *known;
		struct Ticket *ticket;

		if (store_ticket_get(
			view->txn, view->arena, tickets[i], &ticket) != 1 ||
		    store_contact_get(view->txn, view->arena, tickets[i],
			slots[i], &contact) != 1 ||
		    store_contact_open(
			view->txn, view->arena, contact, &known) != 1)
			continue;
		known->tags = tags->holder;
		store_contact_put(view->txn, contact, known);
		tags->contacts++;
		if (ticket->contact_expires > *expires)
			*expires = ticket->contact_expires;
	}
}

static struct Tags *
new_tags(struct applying *a, when *expires)
{
	struct arena *arena = a->view->arena;
	struct Tags *tags = record_new(arena, &tags__descriptor);
	const char *name = conf_name(a->view, a->facts);
	unsigned char *holder = arena_take(arena, STORE_HOLDER_SIZE);

	if (name != NULL)
		store_tags_named(a->view->txn, name, holder);
	else
		randombytes_buf(holder, STORE_HOLDER_SIZE);
	tags->holder = record_bytes(
	    (struct span){(const char *)holder, STORE_HOLDER_SIZE});
	if (name == NULL)
		give_to_contacts(a, tags, expires);
	return tags;
}

static struct Tag *
find(const struct TagsData *known, const char *name, size_t *place_r)
{
	for (size_t i = 0; i < known->n_tags; i++) {
		if (!span_is(span_of(name), known->tags[i]->name))
			continue;
		*place_r = i;
		return known->tags[i];
	}
	*place_r = known->n_tags;
	return NULL;
}

static struct Tag *
add_tag(struct arena *arena, struct TagsData *known, const char *name)
{
	struct Tag *tag = record_new(arena, &tag__descriptor);

	tag->name = arena_copy_text(arena, name);
	known->tags = arena_grow(arena, known->tags,
	    known->n_tags * sizeof *known->tags,
	    (known->n_tags + 1) * sizeof *known->tags);
	known->tags[known->n_tags++] = tag;
	return tag;
}

static void
put_on(struct arena *arena, struct Tag *tag, uint64_t ticket)
{
	if (tags_has(tag, ticket))
		return;
	tag->tickets = arena_grow(arena, tag->tickets,
	    tag->n_tickets * sizeof *tag->tickets,
	    (tag->n_tickets + 1) * sizeof *tag->tickets);
	tag->tickets[tag->n_tickets++] = ticket;
}

static void
take_off(struct Tag *tag, uint64_t ticket)
{
	size_t at = place_of(tag, ticket);

	if (at == tag->n_tickets)
		return;
	tag->n_tickets--;
	memmove(tag->tickets + at, tag->tickets + at + 1,
	    (tag->n_tickets - at) * sizeof *tag->tickets);
}

/* Whether the ticket knows that the holder's tags are on it. */
static void
set_tagger(struct applying *a, const struct Tags *tags, bool on)
{
	struct Ticket *ticket = a->ticket;
	ProtobufCBinaryData *fresh = arena_take_many(a->view->arena,
	    ticket->n_taggers + 1, sizeof *fresh);
	size_t count = 0;

	for (size_t i = 0; i < ticket->n_taggers; i++)
		if (ticket->taggers[i].len != tags->holder.len ||
		    memcmp(ticket->taggers[i].data, tags->holder.data,
			tags->holder.len) != 0)
			fresh[count++] = ticket->taggers[i];
	if (on)
		fresh[count++] = tags->holder;
	ticket->taggers = fresh;
	ticket->n_taggers = count;
}

static void
change(struct applying *a, struct TagsData *known,
    const struct effect *effect)
{
	struct arena *arena = a->view->arena;
	size_t at;
	struct Tag *tag = find(known, effect->text, &at);

	if (effect->operation == OPERATION_TAG) {
		if (tag == NULL)
			tag = add_tag(arena, known, effect->text);
		put_on(arena, tag, a->ticket->number);
	} else if (tag != NULL && effect->operation == OPERATION_UNTAG) {
		take_off(tag, a->ticket->number);
	} else if (tag != NULL && effect->operation == OPERATION_RENAME_TAG) {
		tag->name = arena_copy_text(arena, effect->name);
	} else if (tag != NULL) {
		known->n_tags--;
		memmove(known->tags + at, known->tags + at + 1,
		    (known->n_tags - at) * sizeof *known->tags);
	}
}

void
tags_apply(struct applying *a, const struct effect *effect)
{
	struct arena *arena = a->view->arena;
	struct Tags *tags;
	struct TagsData *known;
	when expires = 0;

	if (tags_of_speaker(a->view, a->facts, &tags, &known) != 1) {
		tags = new_tags(a, &expires);
		known = record_new(arena, &tags_data__descriptor);
	} else {
		expires = tags->expires;
	}
	change(a, known, effect);
	store_tags_put(a->view->txn, tags, known, expires);
	set_tagger(a, tags, tags_on(arena, known, a->ticket->number)[0] != '\0');
}

/* ---- coming and going --------------------------------------------------- */

/* A contact lasts until its ticket's contact_expires, and so do its tags. */
void
tags_join(struct applying *a, struct ContactData *contact_data)
{
	const struct view *view = a->view;
	struct span holder = held_by(view, contact_data->address);
	struct Tags *tags;
	struct TagsData *known;

	if (holder.len == 0 ||
	    store_tags_get(view->txn, view->arena, holder, &tags) != 1 ||
	    store_tags_open(view->txn, view->arena, tags, &known) != 1)
		return;
	contact_data->tags = tags->holder;
	tags->contacts++;
	store_tags_put(
	    view->txn, tags, known, a->ticket->contact_expires);
}

/* No tag of the holder's is on the ticket any more. */
static void
leave_ticket(struct applying *a, struct Tags *tags)
{
	struct TagsData *known;

	if (store_tags_open(
		a->view->txn, a->view->arena, tags, &known) != 1)
		return;
	for (size_t i = 0; i < known->n_tags; i++)
		take_off(known->tags[i], a->ticket->number);
	store_tags_put(a->view->txn, tags, known, tags->expires);
}

void
tags_leave(struct applying *a, const struct ContactData *contact_data)
{
	const struct view *view = a->view;
	struct Tags *tags;

	if (contact_data->tags.len != STORE_HOLDER_SIZE ||
	    store_tags_get(view->txn, view->arena,
		record_span(contact_data->tags), &tags) != 1)
		return;
	set_tagger(a, tags, false);
	if (tags->contacts <= 1) {
		store_tags_destroy(view->txn, tags);
		return;
	}
	tags->contacts--;
	leave_ticket(a, tags);
}

void
tags_forget_ticket(struct applying *a)
{
	struct Tags *tags;

	for (size_t i = 0; i < a->ticket->n_taggers; i++)
		if (store_tags_get(a->view->txn, a->view->arena,
			record_span(a->ticket->taggers[i]), &tags) == 1)
			leave_ticket(a, tags);
	a->ticket->n_taggers = 0;
}
