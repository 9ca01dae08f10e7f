#include <errno.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>

#include "arena.h"
#include "buf.h"
#include "json.h"
#include "mail_words.h"
#include "record.h"
#include "when.h"

#include "decide.h"

#include "store.h"

#include "held.h"

#include "cmd.h"
#include "house.h"

/* What is asked, and what came of it. */
struct asking {
	const struct house *house;
	struct token_keys keys;
	uint64_t id, ticket;
	bool json_wanted;
	struct buf text;
	struct json json;
	enum held_end end;
	struct applied applied;
	const char *why;
};

static struct view
view_of(const struct asking *asking, struct store_txn *txn)
{
	return house_view(
	    asking->house, txn, asking->house->arena, &asking->keys);
}

static int
print(struct asking *asking)
{
	buf_put(&asking->json.out, '\n');
	return cmd_print(asking->json_wanted ? buf_text(&asking->json.out)
					     : buf_text(&asking->text));
}

/* ---- looking ------------------------------------------------------------ */

static void
list_one(struct asking *asking, const struct Held *held)
{
	struct arena *arena = asking->house->arena;
	const char *since = when_text(arena, held->time);

	buf_print(&asking->text, "%6llu  %s  %-16s  ",
	    (unsigned long long)held->id, since, held->reason);
	if (held->ticket != 0)
		buf_print(&asking->text, "ticket %llu, ",
		    (unsigned long long)held->ticket);
	buf_print(&asking->text, "mailbox %s uid %llu\n",
	    held->origin->mailbox, (unsigned long long)held->origin->uid);
	json_object(&asking->json, NULL);
	json_number(&asking->json, "id", (int64_t)held->id);
	json_text(&asking->json, "since", since);
	json_text(&asking->json, "reason", held->reason);
	json_text(&asking->json, "says", decide_reason(arena, held->reason));
	json_number(&asking->json, "ticket", (int64_t)held->ticket);
	json_text(&asking->json, "mailbox", held->origin->mailbox);
	json_number(&asking->json, "uid", (int64_t)held->origin->uid);
	json_end_object(&asking->json);
}

static int
list_fn(struct store_txn *txn, void *arg)
{
	struct asking *asking = arg;
	struct arena *arena = asking->house->arena;
	struct Held *held;
	uint64_t after = 0;

	asking->text = buf_in(arena);
	asking->json = json_in(arena);
	json_array(&asking->json, NULL);
	while (store_held_next(txn, arena, after, &held) == 1) {
		after = held->id;
		list_one(asking, held);
	}
	json_end_array(&asking->json);
	if (asking->text.len == 0)
		buf_add_text(&asking->text, "No mail is held.\n");
	return 0;
}

static void
add_addresses(struct asking *asking, const char *word,
    struct Address *const *list, size_t count)
{
	json_array(&asking->json, word);
	for (size_t i = 0; i < count; i++) {
		buf_print(&asking->text, "%-8s  %s%s<%s>\n", word,
		    list[i]->name, list[i]->name[0] != '\0' ? " " : "",
		    list[i]->address);
		json_text(&asking->json, NULL, list[i]->address);
	}
	json_end_array(&asking->json);
}

static void
show_mail(struct asking *asking, const struct Mail *mail)
{
	struct arena *arena = asking->house->arena;

	add_addresses(asking, "from", mail->from, mail->n_from);
	add_addresses(asking, "to", mail->to, mail->n_to);
	buf_print(&asking->text, "%-8s  %s\n", "subject", mail->subject);
	buf_print(&asking->text, "%-8s  %s\n", "date",
	    mail->date != 0 ? when_text(arena, mail->date) : "");
	for (size_t i = 0; i < mail->n_attachments; i++)
		buf_print(&asking->text, "%-8s  %s (%s, %llu octets)\n",
		    "file", mail->attachments[i]->name,
		    mail->attachments[i]->type,
		    (unsigned long long)mail->attachments[i]->size);
	buf_print(&asking->text, "\n%s\n", mail->text);
	json_text(&asking->json, "subject", mail->subject);
	json_text(&asking->json, "text", mail->text);
}

static int
show_fn(struct store_txn *txn, void *arg)
{
	struct asking *asking = arg;
	struct arena *arena = asking->house->arena;
	struct view view = view_of(asking, txn);
	struct Held *held;
	struct Mail *mail;

	asking->text = buf_in(arena);
	asking->json = json_in(arena);
	asking->end = HELD_NONE;
	if (held_get(&view, asking->id, &held, &mail) != 1 || mail == NULL)
		return 0;
	asking->end = HELD_DONE;
	json_object(&asking->json, NULL);
	json_number(&asking->json, "id", (int64_t)held->id);
	json_text(&asking->json, "reason", held->reason);
	buf_print(&asking->text, "%-8s  %s\n", "held",
	    decide_reason(arena, held->reason));
	show_mail(asking, mail);
	json_end_object(&asking->json);
	held_seen(&view, held);
	return 0;
}

/* ---- doing -------------------------------------------------------------- */

static int
release_fn(struct store_txn *txn, void *arg)
{
	struct asking *asking = arg;
	struct view view = view_of(asking, txn);
	struct ready ready = {0};

	asking->end = held_release(&view, asking->id, asking->ticket, &ready,
	    &asking->applied, &asking->why);
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

static int
drop_fn(struct store_txn *txn, void *arg)
{
	struct asking *asking = arg;
	struct view view = view_of(asking, txn);

	asking->end = held_drop(&view, asking->id);
	return 0;
}

static int
complain(const struct asking *asking)
{
	unsigned long long id = asking->id;

	switch (asking->end) {
	case HELD_NONE:
		fprintf(stderr, "gatepost: no mail %llu is held; gatepost "
				"held names them all\n", id);
		break;
	case HELD_NO_TICKET:
		fprintf(stderr, "gatepost: there is no ticket %llu\n",
		    (unsigned long long)asking->ticket);
		break;
	case HELD_KEPT:
		fprintf(stderr, "gatepost: mail %llu stays: %s Name the ticket "
				"it belongs to, or drop it.\n", id,
		    decide_reason(asking->house->arena, asking->why));
		break;
	case HELD_DONE:
		break;
	}
	return asking->end == HELD_DONE ? EX_OK : EX_DATAERR;
}

static int
say_done(struct asking *asking, bool released)
{
	struct arena *arena = asking->house->arena;
	const char *outcome = released
	    ? outcome_word(asking->applied.outcome)
	    : "dropped";

	asking->text = buf_in(arena);
	asking->json = json_in(arena);
	buf_print(&asking->text, "mail %llu: %s",
	    (unsigned long long)asking->id, outcome);
	if (asking->applied.ticket != 0)
		buf_print(&asking->text, ", ticket %llu",
		    (unsigned long long)asking->applied.ticket);
	buf_put(&asking->text, '\n');
	json_object(&asking->json, NULL);
	json_number(&asking->json, "id", (int64_t)asking->id);
	json_text(&asking->json, "outcome", outcome);
	json_number(
	    &asking->json, "ticket", (int64_t)asking->applied.ticket);
	json_end_object(&asking->json);
	return print(asking);
}

/* ---- the command line --------------------------------------------------- */

static bool
read_number(const char *text, uint64_t *number_r)
{
	char *end;

	errno = 0;
	*number_r = strtoull(text + (text[0] == '#'), &end, 10);
	if (*end == '\0' && *number_r != 0 && errno == 0)
		return true;
	fprintf(stderr, "gatepost: \"%s\" is no number\n", text);
	return false;
}

static int
ask(struct asking *asking, const char *what)
{
	bool release = strcmp(what, "release") == 0;
	store_fn *fn = strcmp(what, "list") == 0 ? list_fn
	    : strcmp(what, "show") == 0		 ? show_fn
	    : release				 ? release_fn
						 : drop_fn;
	struct store *store = asking->house->store;
	enum store_result result = fn == list_fn
	    ? store_read(store, fn, asking)
	    : store_write(store, fn, asking);

	if (result != STORE_OK) {
		fprintf(stderr, "gatepost: the store cannot be %s; try "
				"again\n",
		    fn == list_fn ? "read" : "written");
		return EX_TEMPFAIL;
	}
	if (asking->end != HELD_DONE)
		return complain(asking);
	if (fn == list_fn || fn == show_fn)
		return print(asking);
	house_nudge(asking->house);
	return say_done(asking, release);
}

int
cmd_held(const struct cmd_line *line)
{
	const char *what = line->argc > 0 ? line->argv[0] : "list";
	int most = strcmp(what, "release") == 0 ? 3
	    : strcmp(what, "show") == 0 || strcmp(what, "drop") == 0 ? 2
								     : 0;
	struct asking asking = {.json_wanted = line->json};
	struct house house;
	int code;

	if (line->argc > most || (line->argc > 0 && line->argc < 2))
		return cmd_usage("held");
	if ((line->argc > 1 && !read_number(line->argv[1], &asking.id)) ||
	    (line->argc > 2 && !read_number(line->argv[2], &asking.ticket)))
		return EX_USAGE;
	code = house_open_all(&house, line->conf_path);
	if (code == EX_OK) {
		asking.house = &house;
		house_token_keys(&house, &asking.keys);
		code = ask(&asking, what);
	}
	house_close(&house);
	return code;
}
