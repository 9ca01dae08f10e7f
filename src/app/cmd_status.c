#include <errno.h>
#include <fcntl.h>
#include <stdio.h>
#include <sysexits.h>
#include <unistd.h>

#include "arena.h"
#include "json.h"
#include "mail_words.h"
#include "record.h"
#include "when.h"

#include "ticket.h"

#include "store.h"

#include "cmd.h"
#include "house.h"

#define OUTBOX_STATUSES (OUTBOX_SUPERSEDED + 1)

struct status {
	const struct house *house;
	struct arena *row;
	size_t states[STATES];
	size_t outbox[OUTBOX_STATUSES];
	size_t held;
	when oldest; /* of the notices that wait; 0: none waits */
	bool audit_whole;
	uint32_t uidvalidity[64];
	uint64_t position[64];
};

static void
count_outbox(struct status *s, struct store_txn *txn)
{
	struct Outbox *row;
	uint64_t after = 0;

	while (store_outbox_next(txn, s->row, 0, after, &row) == 1) {
		after = row->id;
		if (row->status < OUTBOX_STATUSES)
			s->outbox[row->status]++;
		if ((row->status == OUTBOX_QUEUED ||
			row->status == OUTBOX_SENDING) &&
		    (s->oldest == 0 || row->created < s->oldest))
			s->oldest = row->created;
		arena_reset(s->row);
	}
}

static int
status_fn(struct store_txn *txn, void *arg)
{
	struct status *s = arg;
	const struct people *people = &s->house->conf->people;
	struct Ticket *ticket;
	struct Held *held;
	uint64_t after = 0;

	while (store_ticket_next(txn, s->row, after, &ticket) == 1) {
		after = ticket->number;
		if (ticket->state < STATES)
			s->states[ticket->state]++;
		arena_reset(s->row);
	}
	count_outbox(s, txn);
	for (after = 0; store_held_next(txn, s->row, after, &held) == 1;
	     after = held->id)
		s->held++;
	s->audit_whole = store_audit_verify(txn, s->row) == 0;
	for (size_t i = 0; i < people->door_count && i < 64; i++)
		if (store_position_get(txn, people->doors[i].name,
			&s->uidvalidity[i], &s->position[i]) != 1)
			s->position[i] = 0;
	return 0;
}

/* A running daemon reads its nudge; opening it for writing tells. */
static bool
daemon_runs(const struct house *house)
{
	int fd = open(house_path(house, "nudge"),
	    O_WRONLY | O_NONBLOCK | O_CLOEXEC);

	if (fd < 0)
		return false;
	close(fd);
	return true;
}

static void
print_json(const struct status *s, struct json *json)
{
	const struct people *people = &s->house->conf->people;

	json_object(json, NULL);
	json_bool(json, "running", daemon_runs(s->house));
	json_object(json, "tickets");
	for (int i = STATE_PENDING; i < STATES; i++)
		json_number(json, state_word((enum state)i),
		    (int64_t)s->states[i]);
	json_end_object(json);
	json_object(json, "notices");
	for (int i = 0; i < OUTBOX_STATUSES; i++)
		json_number(json, outbox_status_word((enum outbox_status)i),
		    (int64_t)s->outbox[i]);
	json_end_object(json);
	json_number(json, "oldest_notice_seconds",
	    s->oldest ? (when_now() - s->oldest) / WHEN_SECOND : 0);
	json_number(json, "held_mails", (int64_t)s->held);
	json_bool(json, "audit_whole", s->audit_whole);
	json_array(json, "mailboxes");
	for (size_t i = 0; i < people->door_count && i < 64; i++) {
		json_object(json, NULL);
		json_text(json, "name", people->doors[i].name);
		json_number(json, "uidvalidity", s->uidvalidity[i]);
		json_number(json, "position", (int64_t)s->position[i]);
		json_end_object(json);
	}
	json_end_array(json);
	json_end_object(json);
	buf_put(&json->out, '\n');
}

static void
print_text(const struct status *s, struct buf *out)
{
	const struct people *people = &s->house->conf->people;

	buf_print(out, "daemon   %s\n",
	    daemon_runs(s->house) ? "runs" : "does not run");
	buf_add_text(out, "tickets ");
	for (int i = STATE_PENDING; i < STATES; i++)
		buf_print(out, " %zu %s%s", s->states[i],
		    state_name((enum state)i), i + 1 < STATES ? "," : "\n");
	buf_add_text(out, "notices ");
	for (int i = 0; i < OUTBOX_STATUSES; i++)
		buf_print(out, " %zu %s%s", s->outbox[i],
		    outbox_status_word((enum outbox_status)i),
		    i + 1 < OUTBOX_STATUSES ? "," : "\n");
	if (s->oldest != 0)
		buf_print(out, "oldest   notice waits since %lld seconds\n",
		    (long long)((when_now() - s->oldest) / WHEN_SECOND));
	buf_print(out, "held     %zu mails%s\n", s->held,
	    s->held > 0 ? "; gatepost held tells of them" : "");
	buf_print(out, "audit    %s\n",
	    s->audit_whole ? "whole" : "BROKEN: rows were changed or removed");
	for (size_t i = 0; i < people->door_count && i < 64; i++) {
		/* The mails of a Maildir have names, not numbers. */
		if (s->house->conf->mailboxes[i].kind == MAILBOX_MAILDIR)
			buf_print(out, "mailbox  %s: a Maildir\n",
			    people->doors[i].name);
		else
			buf_print(out, "mailbox  %s: everything up to uid "
				       "%llu is in the ledger\n",
			    people->doors[i].name,
			    (unsigned long long)s->position[i]);
	}
}

static int
status(struct house *house, const struct cmd_line *line)
{
	struct status s = {.house = house, .row = arena_new(0)};
	struct json json = json_in(house->arena);
	struct buf out = buf_in(house->arena);
	int code;

	if (store_read(house->store, status_fn, &s) != STORE_OK) {
		fprintf(stderr, "gatepost: the store cannot be read\n");
		code = EX_IOERR;
	} else if (line->json) {
		print_json(&s, &json);
		code = cmd_print(buf_text(&json.out));
	} else {
		print_text(&s, &out);
		code = cmd_print(buf_text(&out));
	}
	arena_free(s.row);
	return code;
}

int
cmd_status(const struct cmd_line *line)
{
	struct house house;
	int code;

	if (line->argc > 0)
		return cmd_usage("status");
	code = house_open_all(&house, line->conf_path);
	if (code == EX_OK)
		code = status(&house, line);
	house_close(&house);
	return code;
}
