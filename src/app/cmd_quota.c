#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "arena.h"
#include "buf.h"
#include "json.h"
#include "record.h"
#include "when.h"

#include "people.h"

#include "store.h"

#include "cmd.h"
#include "house.h"

#define ADD_MOST 100000

struct counting {
	struct arena *arena;
	const struct people *people;
	const struct account *account; /* it is added to; NULL: none */
	uint32_t more;
	bool json_wanted;
	struct buf text;
	struct json json;
};

static void
show(struct counting *c, const struct account *account,
    const struct Quota *quota)
{
	unsigned most = account->quota + quota->added;

	buf_print(&c->text, "%-20s  %4u of %u used, %u left\n", account->name,
	    quota->used, most, most > quota->used ? most - quota->used : 0);
	json_object(&c->json, NULL);
	json_text(&c->json, "account", account->name);
	json_number(&c->json, "used", quota->used);
	json_number(&c->json, "quota", account->quota);
	json_number(&c->json, "added", quota->added);
	json_end_object(&c->json);
}

static int
show_fn(struct store_txn *txn, void *arg)
{
	struct counting *c = arg;

	c->text = buf_in(c->arena);
	c->json = json_in(c->arena);
	json_array(&c->json, NULL);
	for (size_t i = 0; i < c->people->account_count; i++) {
		const struct account *account = &c->people->accounts[i];
		struct Quota *quota;

		if (store_quota_get(txn, c->arena, account->name, when_now(),
			&quota) == 1)
			show(c, account, quota);
	}
	json_end_array(&c->json);
	return 0;
}

static int
add_fn(struct store_txn *txn, void *arg)
{
	struct counting *c = arg;
	struct Audit *audit = record_new(c->arena, &audit__descriptor);
	struct Quota *quota;

	if (store_quota_get(
		txn, c->arena, c->account->name, when_now(), &quota) != 1)
		return -1;
	quota->added += c->more;
	store_quota_put(txn, quota);
	audit->time = when_now();
	audit->actor = arena_copy_text(c->arena, "admin");
	audit->trace = arena_copy_text(c->arena, "changeQuota");
	audit->assurance = ASSURANCE_LOCAL;
	audit->detail =
	    arena_print(c->arena, "%s +%u", c->account->name, c->more);
	store_audit_add(txn, audit);
	return 0;
}

static const struct account *
account_named(const struct people *people, const char *name)
{
	for (size_t i = 0; i < people->account_count; i++)
		if (strcmp(people->accounts[i].name, name) == 0)
			return &people->accounts[i];
	fprintf(stderr, "gatepost: no account \"%s\"; there are", name);
	for (size_t i = 0; i < people->account_count; i++)
		fprintf(stderr, "%s %s", i > 0 ? "," : "",
		    people->accounts[i].name);
	fprintf(stderr, "%s\n", people->account_count > 0 ? "" : " none");
	return NULL;
}

static int
add(struct house *house, struct counting *c, const char *name,
    const char *number)
{
	char *end;
	long more = strtol(number, &end, 10);

	c->account = account_named(c->people, name);
	if (c->account == NULL)
		return EX_USAGE;
	if (*number == '\0' || *end != '\0' || more < 1 || more > ADD_MOST) {
		fprintf(stderr, "gatepost: \"%s\" is no number of tickets "
				"from 1 to %d\n", number, ADD_MOST);
		return EX_USAGE;
	}
	c->more = (uint32_t)more;
	if (store_write(house->store, add_fn, c) != STORE_OK) {
		fprintf(stderr, "gatepost: the store cannot be written\n");
		return EX_IOERR;
	}
	return EX_OK;
}

static int
tell(struct house *house, struct counting *c)
{
	if (store_read(house->store, show_fn, c) != STORE_OK) {
		fprintf(stderr, "gatepost: the store cannot be read\n");
		return EX_IOERR;
	}
	if (c->json_wanted) {
		buf_put(&c->json.out, '\n');
		return cmd_print(buf_text(&c->json.out));
	}
	if (c->people->account_count == 0)
		return cmd_print("No accounts: the conf names none.\n");
	return cmd_print(buf_text(&c->text));
}

int
cmd_quota(const struct cmd_line *line)
{
	struct house house;
	struct counting c = {.json_wanted = line->json};
	int code;

	if (line->argc != 0 &&
	    (line->argc != 3 || strcmp(line->argv[0], "add") != 0))
		return cmd_usage("quota");
	code = house_open_all(&house, line->conf_path);
	if (code == EX_OK) {
		c.arena = house.arena;
		c.people = &house.conf->people;
		if (line->argc == 3)
			code = add(&house, &c, line->argv[1], line->argv[2]);
		if (code == EX_OK)
			code = tell(&house, &c);
	}
	house_close(&house);
	return code;
}
