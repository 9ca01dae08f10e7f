#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "arena.h"
#include "buf.h"
#include "json.h"
#include "record.h"
#include "when.h"

#include "history.h"

#include "store.h"

#include "cmd.h"
#include "house.h"

struct telling {
	uint64_t number;
	struct arena *arena;
	struct Audit **rows; /* the newest first */
	size_t count;
	bool found;
};

static int
history_fn(struct store_txn *txn, void *arg)
{
	struct telling *t = arg;
	struct Ticket *ticket;
	uint64_t next;
	size_t room = 0;

	t->count = 0;
	t->found =
	    store_ticket_get(txn, t->arena, t->number, &ticket) == 1;
	if (!t->found)
		return 0;
	for (next = ticket->audit_last; next != 0;
	     next = t->rows[t->count++]->earlier) {
		if (t->count == room) {
			size_t more = room ? room * 2 : 32;

			t->rows = arena_grow(t->arena, t->rows,
			    room * sizeof *t->rows, more * sizeof *t->rows);
			room = more;
		}
		if (store_audit_get(txn, t->arena, next,
			&t->rows[t->count]) != 1)
			break;
	}
	return 0;
}

static int
print(const struct house *house, const struct telling *t, bool json_wanted)
{
	const struct people *people = &house->conf->people;
	struct buf text = buf_in(house->arena);
	struct json json = json_in(house->arena);

	json_array(&json, NULL);
	for (size_t i = t->count; i-- > 0;) {
		const struct Audit *row = t->rows[i];
		const char *time = when_text(house->arena, row->time);
		const char *actor =
		    history_actor(house->arena, people, row);

		buf_print(&text, "%s  %-16s  %-18s%s%s%s\n", time, actor,
		    row->trace, row->refused ? "  refused" : "",
		    row->detail[0] ? "  " : "", row->detail);
		json_object(&json, NULL);
		json_text(&json, "time", time);
		json_text(&json, "actor", actor);
		json_text(&json, "trace", row->trace);
		json_bool(&json, "refused", row->refused);
		json_text(&json, "detail", row->detail);
		json_end_object(&json);
	}
	json_end_array(&json);
	buf_put(&json.out, '\n');
	return cmd_print(buf_text(json_wanted ? &json.out : &text));
}

static int
history(struct house *house, const struct cmd_line *line, uint64_t number)
{
	struct telling t = {.number = number, .arena = house->arena};

	if (store_read(house->store, history_fn, &t) != STORE_OK) {
		fprintf(stderr, "gatepost: the store cannot be read\n");
		return EX_IOERR;
	}
	if (!t.found) {
		fprintf(stderr, "gatepost: no ticket %llu\n",
		    (unsigned long long)number);
		return EX_DATAERR;
	}
	return print(house, &t, line->json);
}

int
cmd_history(const struct cmd_line *line)
{
	struct house house;
	unsigned long long number;
	char *end;
	int code;

	if (line->argc != 1)
		return cmd_usage("history");
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
		code = history(&house, line, number);
	house_close(&house);
	return code;
}
