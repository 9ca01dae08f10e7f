#include <stdint.h>
#include <string.h>

#include "groups.h"

#include "conf_check_people.h"

bool
conf_same(const char *a, const char *b)
{
	return *a != '\0' && span_is(span_of(a), b);
}

void
conf_check_once(struct checking *checking, const void *list, size_t count,
    size_t item, size_t offset)
{
	const char *base = (const char *)list + offset;

	for (size_t i = 1; i < count; i++) {
		const char *const *mine = (const void *)(base + i * item);

		for (size_t j = 0; j < i; j++) {
			const char *const *other =
			    (const void *)(base + j * item);

			if (!conf_same(*mine, *other))
				continue;
			WRONG(mine, "\"%s\" is there already, in line %d",
			    *mine,
			    conf_marked(checking->wrongs, other)->where.line);
			break;
		}
	}
}

static void
check_engineers(struct checking *checking)
{
	struct conf *conf = checking->conf;
	/* The list is the conf's own; only readers see it as constant. */
	struct engineer *engineers =
	    (struct engineer *)(uintptr_t)conf->people.engineers;
	size_t count = conf->people.engineer_count;

	ONCE(engineers, count, engineer, name);
	ONCE(engineers, count, engineer, address);
	for (size_t i = 0; i < count; i++) {
		for (size_t j = 0; j < conf->mailbox_count; j++) {
			if (conf_same(engineers[i].address,
				conf->mailboxes[j].door.address))
				WRONG(&engineers[i].address,
				    "is the address of a mailbox of the desk; "
				    "name the engineer's own");
		}
		if (*engineers[i].full_name == '\0')
			engineers[i].full_name = engineers[i].name;
	}
}

static bool
has_users(const struct people *people, const struct account *account)
{
	for (size_t i = 0; i < people->user_count; i++)
		if (strcmp(people->users[i].account, account->name) == 0)
			return true;
	return false;
}

static void
check_accounts(struct checking *checking)
{
	const struct people *people = &checking->conf->people;

	ONCE(people->accounts, people->account_count, account, name);
	for (size_t i = 0; i < people->account_count; i++) {
		const struct account *account = &people->accounts[i];

		if (account->domains[0] == NULL &&
		    account->addresses[0] == NULL &&
		    !has_users(people, account))
			WRONG(&account->name,
			    "has neither domains nor "
			    "addresses nor users; nobody belongs to it");
		for (size_t j = 0; j < i; j++) {
			const char *const *mine = account->domains;
			const char *const *other;

			for (; *mine != NULL; mine++) {
				other = people->accounts[j].domains;
				while (*other != NULL && !conf_same(*mine, *other))
					other++;
				if (*other != NULL)
					WRONG(&account->domains,
					    "\"%s\" is a "
					    "domain of %s already",
					    *mine, people->accounts[j].name);
			}
		}
	}
}

/* ---- groups and users --------------------------------------------------- */

/* An item's name member, for what a wrong name may have meant; all items have
 * it first. */
static const char *
near(struct checking *checking, const char *name, const void *list,
    size_t count, size_t item)
{
	const char **names = arena_take_many(
	    checking->wrongs->arena, count + 1, sizeof *names);

	for (size_t i = 0; i < count; i++)
		memcpy(&names[i], (const char *)list + i * item,
		    sizeof *names);
	return conf_near(checking->wrongs->arena, name, names);
}

static void
check_account(struct checking *checking, const char *const *account)
{
	const struct people *people = &checking->conf->people;

	if (people_account_named(people, *account) == NULL)
		WRONG(account, "there is no account \"%s\"%s", *account,
		    near(checking, *account, people->accounts,
			people->account_count, sizeof *people->accounts));
}

static unsigned
grant_of(const char *role)
{
	return strcmp(role, "administrator") == 0 ? GRANT_ADMINISTRATOR
	    : strcmp(role, "operator") == 0	  ? GRANT_OPERATOR
						  : 0;
}

static void
check_groups(struct checking *checking)
{
	static const char *const roles[] = {"administrator", "operator", NULL};
	struct people *people = &checking->conf->people;
	struct user_group *groups = (struct user_group *)(uintptr_t)people->groups;

	ONCE(groups, people->group_count, user_group, name);
	for (size_t i = 0; i < people->group_count; i++) {
		struct user_group *group = &groups[i];

		check_account(checking, &group->account);
		for (const char *const *role = group->roles; *role != NULL;
		     role++) {
			group->grants |= grant_of(*role);
			if (grant_of(*role) == 0)
				WRONG(&group->roles,
				    "\"%s\" is no role; write "
				    "\"administrator\" or \"operator\"%s",
				    *role,
				    conf_near(checking->wrongs->arena, *role,
					roles));
		}
	}
}

static void
check_user_groups(struct checking *checking, const struct user *user)
{
	const struct people *people = &checking->conf->people;

	for (const char *const *name = user->groups; *name != NULL; name++) {
		const struct user_group *group = people_group(people, *name);

		if (group == NULL)
			WRONG(&user->groups, "there is no group \"%s\"%s",
			    *name,
			    near(checking, *name, people->groups,
				people->group_count, sizeof *group));
		else if (strcmp(group->account, user->account) != 0)
			WRONG(&user->groups,
			    "\"%s\" is a group of account \"%s\"; a user is "
			    "only in groups of his own account",
			    *name, group->account);
	}
}

static void
check_users(struct checking *checking)
{
	struct people *people = &checking->conf->people;
	struct user *users = (struct user *)(uintptr_t)people->users;

	ONCE(users, people->user_count, user, name);
	ONCE(users, people->user_count, user, address);
	for (size_t i = 0; i < people->user_count; i++) {
		check_account(checking, &users[i].account);
		check_user_groups(checking, &users[i]);
		if (people_engineer_at(people, users[i].address) != NULL)
			WRONG(&users[i].address,
			    "is the address of an engineer; a customer writes "
			    "from another one");
		if (*users[i].full_name == '\0')
			users[i].full_name = users[i].name;
	}
}

/* A policy that lets nobody in is a slip more often than a wish. */
static void
check_policies(struct checking *checking)
{
	const struct people *people = &checking->conf->people;

	for (size_t i = 0; i < people->account_count; i++) {
		const struct account *account = &people->accounts[i];

		if (account->ticket_policy &&
		    groups_who_create(checking->wrongs->arena, people,
			account)[0] == '\0')
			WRONG(&account->ticket_policy,
			    "lets nobody open a ticket: no user of \"%s\" is "
			    "in a group with the role \"administrator\"",
			    account->name);
	}
}

void
conf_check_people(struct checking *checking)
{
	check_engineers(checking);
	check_accounts(checking);
	check_groups(checking);
	check_users(checking);
	check_policies(checking);
}
