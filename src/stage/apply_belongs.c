#include "arena.h"
#include "record.h"

#include "decide.h"
#include "people.h"

#include "apply_belongs.h"

/* Who is a user of an account is put down by name, with his groups: they know
 * the ticket as theirs when his address is destroyed. In the name of a user
 * for whom nobody vouches nothing comes to his groups. */
static void
set_user(struct applying *a, struct Ticket *ticket)
{
	struct arena *arena = a->view->arena;
	const struct user *user = people_user_at(
	    a->view->conf->people, a->facts->speaker.address);

	if (user == NULL || a->facts->speaker.assurance < ASSURANCE_CUSTOMER)
		return;
	ticket->user = arena_copy_text(arena, user->name);
	for (const char *const *name = user->groups; *name != NULL; name++)
		record_append(arena, (void ***)&ticket->groups,
		    &ticket->n_groups, arena_copy_text(arena, *name));
}

void
apply_belongs(struct applying *a, struct Ticket *ticket)
{
	const struct account *account = people_account(
	    a->view->conf->people, a->facts->speaker.address);

	if (account != NULL)
		ticket->account =
		    arena_copy_text(a->view->arena, account->name);
	set_user(a, ticket);
}
