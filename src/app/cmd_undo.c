#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "arena.h"
#include "json.h"
#include "record.h"

#include "decide.h"

#include "store.h"

#include "apply.h"
#include "facts.h"

#include "cmd.h"
#include "house.h"

struct undoing {
	const struct house *house;
	uint64_t number;
	struct token_keys keys;
	const char *why; /* it was not done; NULL: it was */
};

static const char *
why_refused(const struct effects *effects)
{
	for (size_t i = 0; i < effects->count; i++)
		if (effects->list[i].kind == EFFECT_TRACE &&
		    effects->list[i].flag)
			return effects->list[i].text;
	return NULL;
}

static int
undo_fn(struct store_txn *txn, void *arg)
{
	struct undoing *u = arg;
	struct arena *arena = u->house->arena;
	struct view view = house_view(u->house, txn, arena, &u->keys);
	struct facts *facts = facts_of_operation(
	    &view, u->number, "", OPERATION_UNDO, "");
	struct effects effects;
	struct ready ready = {0};

	u->why = "no-ticket";
	if (facts == NULL)
		return 0;
	effects = decide_operation(arena, facts);
	u->why = why_refused(&effects);
	apply_effects(&view, facts, &effects, &ready);
	/* The daemon sends what there is to tell; its rows are due now. */
	for (size_t i = 0; i < ready.count; i++) {
		struct Due due = DUE__INIT;

		due.at = view.now;
		due.kind = DUE_SEND;
		due.ticket = u->number;
		due.outbox = ready.ids[i];
		store_due_add(txn, &due);
	}
	return 0;
}

static int
say(const struct undoing *u, bool json_wanted)
{
	struct arena *arena = u->house->arena;
	const char *said = u->why != NULL
	    ? decide_reason(arena, u->why)
	    : "The answer is called back. The customer was told nothing.";
	struct json json = json_in(arena);

	json_object(&json, NULL);
	json_number(&json, "ticket", (int64_t)u->number);
	json_bool(&json, "undone", u->why == NULL);
	json_text(&json, "reason", u->why != NULL ? u->why : "");
	json_end_object(&json);
	buf_put(&json.out, '\n');
	if (json_wanted)
		cmd_print(buf_text(&json.out));
	else if (u->why == NULL)
		cmd_print(arena_print(arena, "%s\n", said));
	else
		fprintf(stderr, "gatepost: ticket %llu: %s\n",
		    (unsigned long long)u->number, said);
	return u->why == NULL ? EX_OK : EX_DATAERR;
}

static int
undo(struct house *house, uint64_t number, bool json)
{
	struct undoing u = {.house = house, .number = number};

	house_token_keys(house, &u.keys);
	if (store_write(house->store, undo_fn, &u) != STORE_OK) {
		fprintf(stderr, "gatepost: the store cannot be written; try "
				"again\n");
		return EX_TEMPFAIL;
	}
	house_nudge(house);
	return say(&u, json);
}

int
cmd_undo(const struct cmd_line *line)
{
	struct house house;
	uint64_t number;
	char *end;
	int code;

	if (line->argc != 1)
		return cmd_usage("undo");
	errno = 0;
	number = strtoull(
	    line->argv[0] + (line->argv[0][0] == '#'), &end, 10);
	if (*end != '\0' || number == 0 || errno != 0) {
		fprintf(stderr, "gatepost: \"%s\" is no ticket number\n",
		    line->argv[0]);
		return EX_USAGE;
	}
	code = house_open_all(&house, line->conf_path);
	if (code == EX_OK)
		code = undo(&house, number, line->json);
	house_close(&house);
	return code;
}
