#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "arena.h"
#include "buf.h"
#include "json.h"
#include "record.h"
#include "utf8.h"
#include "when.h"

#include "plan.h"
#include "ticket.h"

#include "store.h"

#include "cmd.h"
#include "house.h"

#define SUBJECT_WIDTH 44

/* What is listed, as it is gathered. */
struct listing {
	const char *state; /* only these; NULL: all */
	bool json_wanted;
	struct arena *arena; /* of the answer */
	struct arena *row;   /* of one ticket */
	struct buf text;
	struct json json;
	size_t count;
};

static void
add_row(struct listing *l, struct store_txn *txn, const struct Ticket *ticket)
{
	const char *subject = store_subject_open(txn, l->row, ticket);
	enum state state = (enum state)ticket->state;

	l->count++;
	if (!l->json_wanted) {
		size_t cut = utf8_cut(span_of(subject), SUBJECT_WIDTH);

		buf_print(&l->text, "%6llu  %-20s  %-8s  %-10s  %.16s  %.*s\n",
		    (unsigned long long)ticket->number, state_name(state),
		    ticket->severity
			? severity_name((enum severity)ticket->severity)
			: "-",
		    ticket->owner[0] ? ticket->owner : "-",
		    when_text(l->row, ticket->changed), (int)cut, subject);
		return;
	}
	json_object(&l->json, NULL);
	json_number(&l->json, "number", (int64_t)ticket->number);
	json_text(&l->json, "state", state_word(state));
	json_text(&l->json, "owner", ticket->owner);
	json_text(&l->json, "service", ticket->service);
	json_text(&l->json, "severity",
	    severity_word((enum severity)ticket->severity));
	json_text(&l->json, "subject", subject);
	json_text(&l->json, "created", when_text(l->row, ticket->created));
	json_text(&l->json, "changed", when_text(l->row, ticket->changed));
	json_number(&l->json, "messages", ticket->messages);
	json_bool(&l->json, "purged", ticket->purged);
	json_end_object(&l->json);
}

static int
list_fn(struct store_txn *txn, void *arg)
{
	struct listing *l = arg;
	struct Ticket *ticket;
	uint64_t after = 0;

	l->text = buf_in(l->arena);
	l->json = json_in(l->arena);
	l->count = 0;
	json_array(&l->json, NULL);
	while (store_ticket_next(txn, l->row, after, &ticket) == 1) {
		after = ticket->number;
		if (l->state == NULL ||
		    strcmp(l->state,
			state_word((enum state)ticket->state)) == 0)
			add_row(l, txn, ticket);
		arena_reset(l->row);
	}
	json_end_array(&l->json);
	return 0;
}

static bool
is_state(const char *word)
{
	for (int state = STATE_PENDING; state < STATES; state++)
		if (strcmp(word, state_word((enum state)state)) == 0)
			return true;
	return false;
}

static void
say_states(const char *word)
{
	fprintf(stderr, "gatepost: no state \"%s\"; there are", word);
	for (int state = STATE_PENDING; state < STATES; state++)
		fprintf(stderr, "%s %s", state > STATE_PENDING ? "," : "",
		    state_word((enum state)state));
	fprintf(stderr, "\n");
}

static int
list(struct house *house, const struct cmd_line *line)
{
	struct listing l = {.state = line->argc > 0 ? line->argv[0] : NULL,
	    .json_wanted = line->json,
	    .arena = house->arena,
	    .row = arena_new(0)};
	int code = EX_OK;

	if (store_read(house->store, list_fn, &l) != STORE_OK) {
		fprintf(stderr, "gatepost: the store cannot be read\n");
		code = EX_IOERR;
	} else if (l.json_wanted) {
		buf_put(&l.json.out, '\n');
		code = cmd_print(buf_text(&l.json.out));
	} else if (l.count == 0) {
		code = cmd_print("No tickets.\n");
	} else {
		printf("%6s  %-20s  %-8s  %-10s  %-16s  %s\n", "number",
		    "state", "severity", "owner", "changed (UTC)", "subject");
		code = cmd_print(buf_text(&l.text));
	}
	arena_free(l.row);
	return code;
}

int
cmd_list(const struct cmd_line *line)
{
	struct house house;
	int code;

	if (line->argc > 1)
		return cmd_usage("list");
	if (line->argc == 1 && !is_state(line->argv[0])) {
		say_states(line->argv[0]);
		return EX_USAGE;
	}
	code = house_open_all(&house, line->conf_path);
	if (code == EX_OK)
		code = list(&house, line);
	house_close(&house);
	return code;
}
