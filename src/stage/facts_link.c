#include <string.h>
#include <strings.h>

#include "arena.h"
#include "record.h"

#include "store.h"

#include "facts.h"

/* The address of who opened it; "" when it is destroyed. */
static const char *
requester_of(const struct view *view, uint64_t ticket)
{
	struct Contact *contact;
	struct ContactData *known;

	if (store_contact_get(
		view->txn, view->arena, ticket, 0, &contact) != 1 ||
	    store_contact_open(view->txn, view->arena, contact, &known) != 1)
		return "";
	return known->address;
}

/* An operator links only what he may work on: the tickets of his groups. */
static bool
may_reach(const struct view *view, const struct speaker *speaker,
    const struct Ticket *other)
{
	return speaker->role != ROLE_OPERATOR ||
	    facts_group_role(view, other, speaker->address, ROLE_STRANGER) ==
		ROLE_OPERATOR;
}

static bool
is_same(const struct view *view, const struct facts *facts, uint64_t number)
{
	const struct Ticket *ticket = facts->ticket;
	struct Ticket *other;
	const char *requester;

	if (store_ticket_get(view->txn, view->arena, number, &other) != 1)
		return false;
	if (!may_reach(view, &facts->speaker, other))
		return false;
	if (ticket->account[0] != '\0' || other->account[0] != '\0')
		return strcmp(ticket->account, other->account) == 0;
	requester = requester_of(view, number);
	return requester[0] != '\0' &&
	    strcasecmp(requester, requester_of(view, ticket->number)) == 0;
}

void
facts_links(const struct view *view, struct facts *facts,
    const struct commands *commands)
{
	struct other *list = arena_take_many(
	    view->arena, commands->count + 1, sizeof *list);

	for (size_t i = 0; facts->ticket && i < commands->count; i++) {
		const struct command *one = &commands->list[i];

		if (one->operation != OPERATION_LINK || one->number == 0)
			continue;
		list[facts->other_count++] = (struct other){one->number,
		    is_same(view, facts, one->number)};
	}
	facts->others = list;
}
