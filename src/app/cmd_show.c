#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <sysexits.h>

#include "arena.h"
#include "json.h"

#include "store.h"

#include "cmd.h"
#include "house.h"
#include "story.h"

struct showing {
	uint64_t number;
	struct arena *arena;
	struct story *story; /* NULL: no such ticket */
};

static int
show_fn(struct store_txn *txn, void *arg)
{
	struct showing *s = arg;

	s->story = story_read(txn, s->arena, s->number);
	return 0;
}

static int
show(struct house *house, const struct cmd_line *line, uint64_t number)
{
	struct showing s = {.number = number, .arena = house->arena};
	struct json json = json_in(house->arena);

	if (store_read(house->store, show_fn, &s) != STORE_OK) {
		fprintf(stderr, "gatepost: the store cannot be read\n");
		return EX_IOERR;
	}
	if (s.story == NULL) {
		fprintf(stderr, "gatepost: no ticket %llu\n",
		    (unsigned long long)number);
		return EX_DATAERR;
	}
	if (!line->json)
		return cmd_print(story_text(house->arena, s.story));
	story_json(&json, s.story);
	buf_put(&json.out, '\n');
	return cmd_print(buf_text(&json.out));
}

int
cmd_show(const struct cmd_line *line)
{
	struct house house;
	unsigned long long number;
	char *end;
	int code;

	if (line->argc != 1)
		return cmd_usage("show");
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
		code = show(&house, line, number);
	house_close(&house);
	return code;
}
