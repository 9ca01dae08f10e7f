#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "arena.h"
#include "buf.h"
#include "json.h"

#include "groups.h"
#include "people.h"

#include "cmd.h"
#include "house.h"

/* How a user's right to open tickets is called. */
static const char *
opens(const struct people *people, const char *address)
{
	return groups_creates_as(people, address) == ROLE_STRANGER ? "opens"
	    : groups_creates_as(people, address) == ROLE_ADMINISTRATOR
	    ? "opens by his role"
	    : "opens none";
}

static void
add_names(struct buf *out, const char *const *names)
{
	for (size_t i = 0; names[i] != NULL; i++)
		buf_print(out, "%s%s", i > 0 ? ", " : "", names[i]);
	if (names[0] == NULL)
		buf_add_text(out, "none");
}

static void
account_text(struct buf *out, const struct people *people,
    const struct account *account)
{
	buf_print(out, "%s: ticket policy %s\n", account->name,
	    account->ticket_policy ? "on" : "off");
	for (size_t i = 0; i < people->group_count; i++) {
		const struct user_group *group = &people->groups[i];

		if (strcmp(group->account, account->name) != 0)
			continue;
		buf_print(out, "  group  %-16s  roles: ", group->name);
		add_names(out, group->roles);
		buf_put(out, '\n');
	}
	for (size_t i = 0; i < people->user_count; i++) {
		const struct user *user = &people->users[i];

		if (strcmp(user->account, account->name) != 0)
			continue;
		buf_print(out, "  user   %-16s  %s; groups: ", user->name,
		    opens(people, user->address));
		add_names(out, user->groups);
		buf_put(out, '\n');
	}
}

static void
names_json(struct json *json, const char *name, const char *const *names)
{
	json_array(json, name);
	for (; *names != NULL; names++)
		json_text(json, NULL, *names);
	json_end_array(json);
}

static void
account_json(struct json *json, const struct people *people,
    const struct account *account)
{
	json_object(json, NULL);
	json_text(json, "account", account->name);
	json_bool(json, "ticket_policy", account->ticket_policy);
	json_array(json, "groups");
	for (size_t i = 0; i < people->group_count; i++) {
		if (strcmp(people->groups[i].account, account->name) != 0)
			continue;
		json_object(json, NULL);
		json_text(json, "group", people->groups[i].name);
		names_json(json, "roles", people->groups[i].roles);
		json_end_object(json);
	}
	json_end_array(json);
	json_array(json, "users");
	for (size_t i = 0; i < people->user_count; i++) {
		const struct user *user = &people->users[i];

		if (strcmp(user->account, account->name) != 0)
			continue;
		json_object(json, NULL);
		json_text(json, "user", user->name);
		json_text(json, "full_name", user->full_name);
		json_text(json, "opens_as",
		    role_word(groups_creates_as(people, user->address)));
		names_json(json, "groups", user->groups);
		json_end_object(json);
	}
	json_end_array(json);
	json_end_object(json);
}

static int
tell(const struct house *house, const struct cmd_line *line)
{
	const struct people *people = &house->conf->people;
	const char *name = line->argc == 1 ? line->argv[0] : NULL;
	struct buf text = buf_in(house->arena);
	struct json json = json_in(house->arena);

	if (name != NULL && people_account_named(people, name) == NULL) {
		fprintf(stderr, "gatepost: no account \"%s\"; gatepost users "
				"names them all\n", name);
		return EX_USAGE;
	}
	json_array(&json, NULL);
	for (size_t i = 0; i < people->account_count; i++) {
		const struct account *account = &people->accounts[i];

		if (name != NULL && strcmp(name, account->name) != 0)
			continue;
		account_text(&text, people, account);
		account_json(&json, people, account);
	}
	json_end_array(&json);
	buf_put(&json.out, '\n');
	if (line->json)
		return cmd_print(buf_text(&json.out));
	if (people->account_count == 0)
		return cmd_print("No accounts: the conf names none.\n");
	return cmd_print(buf_text(&text));
}

int
cmd_users(const struct cmd_line *line)
{
	struct house house;
	int code;

	if (line->argc > 1)
		return cmd_usage("users");
	code = house_open(&house, line->conf_path);
	if (code == EX_OK)
		code = tell(&house, line);
	house_close(&house);
	return code;
}
