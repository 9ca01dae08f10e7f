#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include <sodium.h>

#include "arena.h"
#include "json.h"
#include "mail_words.h"
#include "record.h"
#include "when.h"

#include "mail_read.h"
#include "store.h"

#include "intake.h"

#include "cmd.h"
#include "house.h"

struct ingesting {
	const struct house *house;
	struct arena *arena;
	const struct Mail *mail;
	struct token_keys keys;
	struct applied applied;
};

static int
ingest_fn(struct store_txn *txn, void *arg)
{
	struct ingesting *in = arg;
	struct view view = house_view(in->house, txn, in->arena, &in->keys);
	struct ready ready = {0};

	in->applied = intake_mail(&view, in->mail, &ready);
	/* A daemon takes the rows up at once; without one they wait. */
	for (size_t i = 0; i < ready.count; i++) {
		struct Due due = DUE__INIT;

		due.at = view.now;
		due.kind = DUE_SEND;
		due.outbox = ready.ids[i];
		store_due_add(txn, &due);
	}
	return 0;
}

/* A mail out of a pipe has no place on a server: its name is a digest of its
 * octets, so that the same pipe run twice is one mail. */
static struct RawMail *
raw_of(struct arena *arena, const struct house *house, struct span octets)
{
	struct RawMail *raw = record_new(arena, &raw_mail__descriptor);
	uint64_t uid = 0;

	raw->origin = record_new(arena, &origin__descriptor);
	raw->origin->mailbox = arena_print(
	    arena, "%s", house->conf->people.doors[0].name);
	crypto_generichash((unsigned char *)&uid, sizeof uid,
	    (const unsigned char *)octets.at, octets.len, NULL, 0);
	raw->origin->uid = uid >> 1;
	raw->origin->received = when_now();
	raw->origin->size = octets.len;
	raw->octets = record_bytes(octets);
	return raw;
}

static int
say_json(struct arena *arena, const struct applied *applied)
{
	struct json json = json_in(arena);

	json_object(&json, NULL);
	json_text(&json, "outcome", outcome_word(applied->outcome));
	json_number(&json, "ticket", (int64_t)applied->ticket);
	json_text(&json, "rule", applied->rule);
	json_end_object(&json);
	buf_put(&json.out, '\n');
	return cmd_print(buf_text(&json.out));
}

static int
say_text(struct arena *arena, const struct applied *applied)
{
	const char *outcome = outcome_word(applied->outcome);

	if (applied->ticket == 0)
		return cmd_print(
		    arena_print(arena, "%s: %s\n", outcome, applied->rule));
	return cmd_print(arena_print(arena, "%s: ticket %llu\n", outcome,
	    (unsigned long long)applied->ticket));
}

static int
ingest(struct house *house, const char *path, bool json)
{
	struct ingesting in = {.house = house, .arena = house->arena};
	struct span octets;
	const char *why;

	if (house_read_file(house->arena, path, house->conf->limits.mail,
		&octets, &why) < 0) {
		fprintf(stderr, "%s: %s\n", path, why);
		return EX_NOINPUT;
	}
	if (octets.len == 0) {
		fprintf(stderr, "%s: no mail in it\n", path);
		return EX_DATAERR;
	}
	in.mail = mail_read(house->arena,
	    raw_of(house->arena, house, octets), &house->conf->limits,
	    house->quotes);
	house_token_keys(house, &in.keys);
	/* EX_TEMPFAIL: whoever delivers keeps the mail and comes again. */
	if (store_write(house->store, ingest_fn, &in) != STORE_OK) {
		fprintf(stderr, "%s: could not be stored; try again\n", path);
		return EX_TEMPFAIL;
	}
	house_nudge(house);
	return json ? say_json(house->arena, &in.applied)
		    : say_text(house->arena, &in.applied);
}

int
cmd_ingest(const struct cmd_line *line)
{
	struct house house;
	int code;

	if (line->argc != 1)
		return cmd_usage("ingest");
	code = house_open_all(&house, line->conf_path);
	if (code == EX_OK)
		code = ingest(&house, line->argv[0], line->json);
	house_close(&house);
	return code;
}
