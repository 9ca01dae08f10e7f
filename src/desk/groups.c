#include <string.h>

#include "buf.h"

#include "groups.h"

static bool
is_in(const char *const *groups, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (strcmp(groups[i], name) == 0)
			return true;
	return false;
}

static size_t
count_of(const char *const *list)
{
	size_t count = 0;

	while (list != NULL && list[count] != NULL)
		count++;
	return count;
}

static unsigned
all_grants(const struct people *people, const struct user *user)
{
	unsigned grants = 0;

	for (size_t i = 0; i < count_of(user->groups); i++) {
		const struct user_group *group =
		    people_group(people, user->groups[i]);

		grants |= group ? group->grants : 0;
	}
	return grants;
}

enum role
groups_creates_as(const struct people *people, const char *address)
{
	const struct account *account = people_account(people, address);
	const struct user *user = people_user_at(people, address);
	unsigned grants = user ? all_grants(people, user) : 0;

	if (account == NULL || !account->ticket_policy)
		return ROLE_STRANGER;
	if (grants & GRANT_ADMINISTRATOR)
		return ROLE_ADMINISTRATOR;
	return grants & GRANT_OPERATOR ? ROLE_OPERATOR : ROLE_MEMBER;
}

/* What the groups that both are in grant together; `shared_r` may be NULL. */
static unsigned
shared_grants(const struct people *people, const struct user *user,
    const struct opener *opener, bool *shared_r)
{
	const struct user *other = people_user(people, opener->user);
	const char *const *groups = other ? other->groups : opener->groups;
	size_t count = other ? count_of(other->groups) : opener->group_count;
	unsigned grants = 0;

	for (size_t i = 0; i < count_of(user->groups); i++) {
		const struct user_group *group =
		    people_group(people, user->groups[i]);

		if (group == NULL || !is_in(groups, count, group->name))
			continue;
		grants |= group->grants;
		if (shared_r != NULL)
			*shared_r = true;
	}
	return grants;
}

enum role
groups_role(const struct people *people, const struct user *user,
    const struct opener *opener, enum role own)
{
	unsigned grants =
	    user ? shared_grants(people, user, opener, NULL) : 0;

	if (own == ROLE_REQUESTER)
		return own;
	/* Whoever has both may do what either may: an operator may do on
	 * others' tickets all that an administrator may. */
	if (grants & GRANT_OPERATOR)
		return ROLE_OPERATOR;
	return grants & GRANT_ADMINISTRATOR ? ROLE_ADMINISTRATOR : own;
}

bool
groups_shared(const struct people *people, const struct user *user,
    const struct opener *opener)
{
	bool shared = false;

	if (user != NULL)
		shared_grants(people, user, opener, &shared);
	return shared;
}

char *
groups_who_create(struct arena *arena, const struct people *people,
    const struct account *account)
{
	struct buf out = buf_in(arena);
	size_t count = 0;

	for (size_t i = 0; i < people->user_count; i++) {
		const struct user *user = &people->users[i];

		if (strcmp(user->account, account->name) != 0 ||
		    !(all_grants(people, user) & GRANT_ADMINISTRATOR))
			continue;
		if (count++ == GROUPS_SHOWN) {
			buf_add_text(&out, ", ...");
			break;
		}
		buf_print(&out, "%s%s", out.len > 0 ? ", " : "",
		    user->full_name);
	}
	return buf_text(&out);
}
