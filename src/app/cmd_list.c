#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sysexits.h>

#include "arena.h"
#include "buf.h"
#include "json.h"
#include "record.h"
#include "utf8.h"
#include "when.h"

#include "filter.h"
#include "plan.h"
#include "ticket.h"

#include "store.h"

#include "cmd.h"
#include "house.h"

#define SUBJECT_WIDTH 44

/* Tickets, by number. */
struct set {
	uint64_t *at;
	size_t count;
};

#define ADDRESS_MAX 10000 /* tickets of one address, the newest */

/* What is listed, as it is gathered. */
struct listing {
	struct filter filter;
	bool count_wanted; /* only how many are in which state */
	bool json_wanted;
	struct arena *arena; /* of the answer */
	struct arena *row;   /* of one ticket */
	struct buf text;
	struct json json;
	size_t count;
	size_t in[STATES];
	struct set tagged; /* of the tags that are called filter.tag */
	struct set by;	   /* of the address filter.by */
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
	json_text(&l->json, "account", ticket->account);
	json_text(&l->json, "user", ticket->user);
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
compare(const void *a, const void *b)
{
	const uint64_t *x = a, *y = b;

	return *x < *y ? -1 : *x > *y;
}

static bool
is_in(const struct set *set, uint64_t ticket)
{
	return set->count > 0 &&
	    bsearch(&ticket, set->at, set->count, sizeof *set->at,
		compare) != NULL;
}

static void
add_tickets(struct listing *l, const struct Tag *tag)
{
	struct set *set = &l->tagged;

	set->at = arena_grow(l->arena, set->at, set->count * sizeof *set->at,
	    (set->count + tag->n_tickets) * sizeof *set->at);
	for (size_t i = 0; i < tag->n_tickets; i++)
		set->at[set->count++] = tag->tickets[i];
}

/* Whoever may open the store sees the tags of all. */
static void
find_tagged(struct listing *l, struct store_txn *txn)
{
	char holder[STORE_HOLDER_SIZE];
	struct span after = {holder, 0};
	struct Tags *tags;
	struct TagsData *known;

	l->tagged = (struct set){0};
	while (store_tags_next(txn, l->row, after, &tags) == 1) {
		memcpy(holder, tags->holder.data, sizeof holder);
		after.len = sizeof holder;
		if (store_tags_open(txn, l->row, tags, &known) == 1)
			for (size_t i = 0; i < known->n_tags; i++)
				if (strcasecmp(known->tags[i]->name,
					l->filter.tag) == 0)
					add_tickets(l, known->tags[i]);
		arena_reset(l->row);
	}
	if (l->tagged.count > 0)
		qsort(l->tagged.at, l->tagged.count, sizeof *l->tagged.at,
		    compare);
}

/* By the blind index: no address is read. */
static void
find_by(struct listing *l, struct store_txn *txn)
{
	uint32_t *slots = arena_take_many(
	    l->arena, ADDRESS_MAX, sizeof *slots);
	size_t found, kept = 0;

	l->by.at = arena_take_many(l->arena, ADDRESS_MAX, sizeof *l->by.at);
	found = store_contact_find(
	    txn, l->filter.by, l->by.at, slots, ADDRESS_MAX);
	for (size_t i = 0; i < found; i++)
		if (slots[i] == 0)
			l->by.at[kept++] = l->by.at[i];
	l->by.count = kept;
	if (kept > 0)
		qsort(l->by.at, kept, sizeof *l->by.at, compare);
}

static bool
is_by(const struct listing *l, const struct Ticket *ticket)
{
	const char *by = l->filter.by;

	if (by == NULL)
		return true;
	if (strchr(by, '@') != NULL)
		return is_in(&l->by, ticket->number);
	return strcasecmp(by, ticket->user) == 0 ||
	    strcasecmp(by, ticket->account) == 0;
}

static bool
has_words(struct listing *l, struct store_txn *txn,
    const struct Ticket *ticket)
{
	struct Message *message;
	struct MessageData *first;

	if (l->filter.words == NULL)
		return true;
	if (store_message_get(txn, l->row, ticket->number, 0, &message) != 1 ||
	    store_message_open(txn, l->row, ticket, message, &first) != 1)
		return false;
	return filter_found(l->filter.words,
	    store_subject_open(txn, l->row, ticket), first->new_text);
}

static bool
fits(struct listing *l, struct store_txn *txn, const struct Ticket *ticket)
{
	return filter_fits(&l->filter, ticket) &&
	    (l->filter.tag == NULL || is_in(&l->tagged, ticket->number)) &&
	    is_by(l, ticket) && has_words(l, txn, ticket);
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
	memset(l->in, 0, sizeof l->in);
	if (l->filter.tag != NULL)
		find_tagged(l, txn);
	if (l->filter.by != NULL && strchr(l->filter.by, '@') != NULL)
		find_by(l, txn);
	json_array(&l->json, NULL);
	while (store_ticket_next(txn, l->row, after, &ticket) == 1) {
		after = ticket->number;
		if (fits(l, txn, ticket) && ticket->state < STATES) {
			l->in[ticket->state]++;
			if (!l->count_wanted)
				add_row(l, txn, ticket);
		}
		arena_reset(l->row);
	}
	json_end_array(&l->json);
	return 0;
}

static int
print_counts(const struct listing *l)
{
	struct json json = json_in(l->arena);
	struct buf text = buf_in(l->arena);
	size_t all = 0;

	json_object(&json, NULL);
	for (int state = STATE_PENDING; state < STATES; state++) {
		buf_print(&text, "%6zu  %s\n", l->in[state],
		    state_name((enum state)state));
		json_number(&json, state_word((enum state)state),
		    (int64_t)l->in[state]);
		all += l->in[state];
	}
	buf_print(&text, "%6zu  all\n", all);
	json_number(&json, "all", (int64_t)all);
	json_end_object(&json);
	buf_put(&json.out, '\n');
	return cmd_print(buf_text(l->json_wanted ? &json.out : &text));
}

static int
print(struct listing *l)
{
	if (l->count_wanted)
		return print_counts(l);
	if (l->json_wanted) {
		buf_put(&l->json.out, '\n');
		return cmd_print(buf_text(&l->json.out));
	}
	if (l->count == 0 && l->filter.words != NULL)
		return cmd_print(arena_print(l->arena,
		    "No tickets with the words \"%s\".\n",
		    l->filter.words));
	if (l->count == 0)
		return cmd_print("No tickets.\n");
	printf("%6s  %-20s  %-8s  %-10s  %-16s  %s\n", "number", "state",
	    "severity", "owner", "changed (UTC)", "subject");
	return cmd_print(buf_text(&l->text));
}

static int
list(struct house *house, struct listing *l)
{
	int code = EX_OK;

	l->row = arena_new(0);
	if (store_read(house->store, list_fn, l) != STORE_OK) {
		fprintf(stderr, "gatepost: the store cannot be read\n");
		code = EX_IOERR;
	} else {
		code = print(l);
	}
	arena_free(l->row);
	return code;
}

/* The words of the command line as one filter. */
static int
read_filter(const struct cmd_line *line, struct listing *l)
{
	struct buf words = buf_in(l->arena);

	for (int i = 0; i < line->argc; i++) {
		if (strcmp(line->argv[i], "--count") == 0)
			l->count_wanted = true;
		else
			buf_print(&words, "%s ", line->argv[i]);
	}
	if (filter_read(l->arena, buf_text(&words), true, &l->filter))
		return EX_OK;
	fprintf(stderr,
	    "gatepost: no such list; there are open, over, a state, and "
	    "behind a word: tag NAME, number N, below N, from and to "
	    "YYYY-MM-DD, by NAME|ADDRESS, account NAME, group NAME, words "
	    "TEXT\n");
	return cmd_usage("list");
}

int
cmd_list(const struct cmd_line *line)
{
	struct house house;
	struct listing l = {.json_wanted = line->json};
	int code = house_open_all(&house, line->conf_path);

	if (code == EX_OK) {
		l.arena = house.arena;
		code = read_filter(line, &l);
	}
	if (code == EX_OK)
		code = list(&house, &l);
	house_close(&house);
	return code;
}
