#include "groups.h"
#include "people.h"

#include "facts.h"

enum role
facts_group_role(const struct view *view, const struct Ticket *ticket,
    const char *address, enum role own)
{
	const struct people *people = view->conf->people;
	struct opener opener = {ticket->user,
	    (const char *const *)ticket->groups, ticket->n_groups};

	return groups_role(
	    people, people_user_at(people, address), &opener, own);
}
