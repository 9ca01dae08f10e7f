#include <stdio.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include <sodium.h>

#include "arena.h"
#include "json.h"
#include "mail_words.h"
#include "record.h"
#include "when.h"

#include "command.h"
#include "decide.h"

#include "mail_read.h"
#include "quote.h"
#include "store.h"

#include "facts.h"

#include "cmd.h"
#include "explain_json.h"
#include "explain_text.h"
#include "house.h"

/* What one file is explained with. The house's store is there when the conf
 * is: then the tickets that it holds count as well. */
struct explaining {
	const struct house *house; /* NULL: no conf */
	const struct mail_limits *limits;
	const struct quote_rules *quotes;
	struct token_keys keys;
	struct arena *arena; /* of one file */
	bool json_wanted;
};

/* Without a conf: a desk that takes everybody's mail. */
static const struct policy open_desk = {
    .ladder = {ASSURANCE_NONE, ASSURANCE_THREAD, ASSURANCE_CUSTOMER,
	ASSURANCE_ENGINEER},
    .acknowledge_strangers = true,
    .cc_max = 10,
    .keep_months = 3,
};

struct asking {
	const struct explaining *with;
	const struct Mail *mail;
	struct explanation *out;
};

static int
ask_fn(struct store_txn *txn, void *arg)
{
	struct asking *ask = arg;
	struct view view = house_view(ask->with->house, txn,
	    ask->with->arena, &ask->with->keys);

	ask->out->facts =
	    facts_of_mail(&view, ask->mail, &ask->out->trail);
	return 0;
}

static void
decide(const struct explaining *with, const struct mail_reading *reading,
    struct explanation *out)
{
	struct facts *facts = arena_take(with->arena, sizeof *facts);
	struct asking ask = {with, reading->mail, out};

	facts->now = when_now();
	facts->policy = &open_desk;
	facts->mail = reading->mail;
	facts->service = "";
	facts->speaker = (struct speaker){.role = ROLE_STRANGER,
	    .slot = -1,
	    .engineer = "",
	    .address = reading->mail->n_from > 0
		? reading->mail->from[0]->address
		: "",
	    .name = ""};
	out->facts = facts;
	out->trail.auth = "";
	if (with->house != NULL &&
	    store_read(with->house->store, ask_fn, &ask) != STORE_OK)
		out->facts = facts;
	out->effects = decide_mail(with->arena, out->facts);
	out->commands =
	    command_read(with->arena, out->facts->mail->new_text);
}

static int
explain_json(const struct explaining *with, const char *path,
    const struct mail_reading *reading, const struct explanation *e)
{
	struct json json = json_in(with->arena);

	json_object(&json, NULL);
	explain_mail(&json, path, reading);
	json_array(&json, "commands");
	for (size_t i = 0; i < e->commands.count; i++) {
		const struct command *c = &e->commands.list[i];

		json_object(&json, NULL);
		json_text(&json, "line", c->line);
		json_text(
		    &json, "verb", operation_row(c->operation)->verb);
		json_text(&json, "argument", c->argument);
		json_text(&json, "error",
		    c->error ? decide_reason(with->arena, c->error) : "");
		json_end_object(&json);
	}
	json_end_array(&json);
	explain_rules_json(with->arena, &json, e);
	json_text(&json, "decision", explain_decision(with->arena, e));
	json_end_object(&json);
	buf_put(&json.out, '\n');
	return cmd_print(buf_text(&json.out));
}

/* A file that cannot be read still gets its object. */
static int
explain_failure(
    const struct explaining *with, const char *path, const char *why)
{
	struct json json = json_in(with->arena);

	if (!with->json_wanted) {
		fprintf(stderr, "%s: %s\n", path, why);
		return EX_NOINPUT;
	}
	json_object(&json, NULL);
	json_text(&json, "file", path);
	json_text(&json, "error", why);
	json_end_object(&json);
	buf_put(&json.out, '\n');
	return cmd_print(buf_text(&json.out)) == EX_OK ? EX_NOINPUT
						       : EX_IOERR;
}

static int
explain_file(const struct explaining *with, const char *path)
{
	struct RawMail *raw = record_new(with->arena, &raw_mail__descriptor);
	struct explanation e = {0};
	struct mail_reading reading;
	struct span octets;
	const char *why;

	if (house_read_file(with->arena, path, with->limits->mail, &octets,
		&why) < 0)
		return explain_failure(with, path, why);
	raw->octets = record_bytes(octets);
	raw->origin = record_new(with->arena, &origin__descriptor);
	raw->origin->size = octets.len;
	reading = mail_read_whole(
	    with->arena, raw, with->limits, with->quotes);
	decide(with, &reading, &e);
	if (with->json_wanted)
		return explain_json(with, path, &reading, &e);
	return cmd_print(
	    explain_text(with->arena, path, reading.mail, &e));
}

static int
explain_files(struct explaining *with, const struct cmd_line *line)
{
	int code = EX_OK;

	for (int i = 0; i < line->argc; i++) {
		int one = explain_file(with, line->argv[i]);

		code = one == EX_OK ? code : one;
		arena_reset(with->arena);
	}
	return code;
}

/* With the conf where there is one; a mail can be explained without. */
static int
open_conf(struct house *house, const struct cmd_line *line,
    struct explaining *with)
{
	int code;

	if (access(line->conf_path, F_OK) != 0) {
		with->quotes = house->quotes = quote_rules_new();
		return house->quotes != NULL ? EX_OK : EX_SOFTWARE;
	}
	code = house_open_all(house, line->conf_path);
	if (code != EX_OK)
		return code;
	with->house = house;
	with->limits = &house->conf->limits;
	with->quotes = house->quotes;
	house_token_keys(house, &with->keys);
	return EX_OK;
}

int
cmd_explain(const struct cmd_line *line)
{
	struct house house = {.arena = NULL};
	struct explaining with = {.limits = &mail_limits_default,
	    .arena = arena_new(0),
	    .json_wanted = line->json};
	int code;

	if (line->argc == 0) {
		arena_free(with.arena);
		return cmd_usage("explain");
	}
	if (sodium_init() < 0)
		return EX_OSERR;
	code = open_conf(&house, line, &with);
	if (code == EX_OK)
		code = explain_files(&with, line);
	house_close(&house);
	arena_free(with.arena);
	return code;
}
