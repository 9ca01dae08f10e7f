#include "record.h"

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

void
facts_plans(const struct view *view, struct facts *facts)
{
	const struct people *people = view->conf->people;
	const struct account *account = facts->speaker.address != NULL
	    ? people_account(people, facts->speaker.address)
	    : NULL;

	if (facts->ticket != NULL)
		facts->plan = people_plan(people, facts->ticket->account);
	if (account != NULL)
		facts->plan_new = people_plan(people, account->name);
}
