#include <string.h>
#include <strings.h>

#include "span.h"
#include "utf8.h"

#include "people.h"

const struct engineer *
people_engineer(const struct people *people, const char *name)
{
	for (size_t i = 0; i < people->engineer_count; i++)
		if (strcmp(people->engineers[i].name, name) == 0)
			return &people->engineers[i];
	return NULL;
}

const struct engineer *
people_engineer_at(const struct people *people, const char *address)
{
	for (size_t i = 0; i < people->engineer_count; i++)
		if (strcasecmp(people->engineers[i].address, address) == 0)
			return &people->engineers[i];
	return NULL;
}

const struct service *
people_service(const struct people *people, const char *name)
{
	for (size_t i = 0; i < people->service_count; i++)
		if (strcmp(people->services[i].name, name) == 0)
			return &people->services[i];
	return people->service_count > 0 ? &people->services[0] : NULL;
}

const struct door *
people_door(const struct people *people, const char *name)
{
	for (size_t i = 0; i < people->door_count; i++)
		if (strcmp(people->doors[i].name, name) == 0)
			return &people->doors[i];
	return people->door_count > 0 ? &people->doors[0] : NULL;
}

/* local and local+anything are the same door. */
static bool
is_door(const char *ours, const char *address)
{
	const char *at = strrchr(address, '@');
	const char *our_at = strrchr(ours, '@');
	const char *plus;
	size_t local;

	if (at == NULL || our_at == NULL || strcasecmp(at, our_at) != 0)
		return false;
	plus = memchr(address, '+', (size_t)(at - address));
	local = (size_t)((plus ? plus : at) - address);
	return local == (size_t)(our_at - ours) &&
	    strncasecmp(ours, address, local) == 0;
}

bool
people_is_ours(const struct people *people, const char *address)
{
	for (size_t i = 0; i < people->door_count; i++)
		if (is_door(people->doors[i].address, address))
			return true;
	return false;
}

static bool
is_listed(const char *const *list, const char *text)
{
	for (; list != NULL && *list != NULL; list++)
		if (strcasecmp(*list, text) == 0)
			return true;
	return false;
}

const struct account *
people_account_named(const struct people *people, const char *name)
{
	for (size_t i = 0; i < people->account_count; i++)
		if (strcmp(people->accounts[i].name, name) == 0)
			return &people->accounts[i];
	return NULL;
}

const struct plan *
people_plan(const struct people *people, const char *account)
{
	const struct account *known = people_account_named(people, account);

	for (size_t i = 0; known != NULL && i < people->plan_count; i++)
		if (strcmp(people->plans[i].name, known->plan) == 0)
			return &people->plans[i];
	return NULL;
}

const struct user_group *
people_group(const struct people *people, const char *name)
{
	for (size_t i = 0; i < people->group_count; i++)
		if (strcmp(people->groups[i].name, name) == 0)
			return &people->groups[i];
	return NULL;
}

const struct user *
people_user(const struct people *people, const char *name)
{
	for (size_t i = 0; i < people->user_count; i++)
		if (strcmp(people->users[i].name, name) == 0)
			return &people->users[i];
	return NULL;
}

const struct user *
people_user_at(const struct people *people, const char *address)
{
	for (size_t i = 0; i < people->user_count; i++)
		if (strcasecmp(people->users[i].address, address) == 0)
			return &people->users[i];
	return NULL;
}

const struct account *
people_account(const struct people *people, const char *address)
{
	const char *at = strrchr(address, '@');
	const struct user *user = people_user_at(people, address);

	if (user != NULL)
		return people_account_named(people, user->account);
	for (size_t i = 0; i < people->account_count; i++)
		if (is_listed(people->accounts[i].addresses, address))
			return &people->accounts[i];
	for (size_t i = 0; at != NULL && i < people->account_count; i++)
		if (is_listed(people->accounts[i].domains, at + 1))
			return &people->accounts[i];
	return NULL;
}

char *
people_alias(struct arena *arena, const char *address)
{
	const char *at = strrchr(address, '@');
	size_t first;

	if (at == NULL || at == address)
		return arena_copy_text(arena, "");
	first = utf8_cut(span_from(address, at), 4);
	if (first > 1 && (unsigned char)address[0] < 0x80)
		first = 1;
	return arena_print(arena, "%.*s\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2%s",
	    (int)first, address, at);
}
