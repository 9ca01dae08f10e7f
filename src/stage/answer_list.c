#include <string.h>
#include <strings.h>

#include "arena.h"
#include "record.h"
#include "utf8.h"
#include "when.h"

#include "filter.h"
#include "groups.h"
#include "people.h"

#include "store.h"

#include "answer_list.h"
#include "tags.h"

#define ROWS_MAX	40    /* tickets in one answer */
#define LOOKED_MAX	20000 /* tickets gone through for one answer */
#define OPENED_MAX	2000  /* of them, whose words were read */
#define ADDRESS_MAX	500   /* tickets of one address, the newest */
#define SUBJECT_MAX	60    /* octets of a subject */

struct mine {
	uint64_t tickets[ADDRESS_MAX];
	uint32_t slots[ADDRESS_MAX];
	size_t count;
};

struct list {
	const struct view *view; /* its arena is of one ticket */
	const struct facts *facts;
	const struct notice_words *words;
	struct filter filter;
	const struct Tag *tag;	 /* the speaker's that is asked for */
	const struct TagsData *tags; /* all of his; NULL: none */
	const char *by_user;	 /* whom `by` means, by name */
	struct mine *own;	 /* where the speaker takes part */
	struct mine *by;	 /* where the address of `by` does; or NULL */
	size_t looked, opened, rows;
	struct buf *out;
};

static struct mine *
tickets_of(const struct view *view, const char *address)
{
	struct mine *mine = arena_take(view->arena, sizeof *mine);

	if (address[0] != '\0')
		mine->count = store_contact_find(view->txn, address,
		    mine->tickets, mine->slots, ADDRESS_MAX);
	return mine;
}

/* As requester or in copy. */
static bool
takes_part(const struct list *l, const struct mine *mine, uint64_t ticket)
{
	for (size_t i = 0; i < mine->count; i++) {
		struct Contact *contact;

		if (mine->tickets[i] == ticket &&
		    store_contact_get(l->view->txn, l->view->arena, ticket,
			mine->slots[i], &contact) == 1 &&
		    (contact->role == PARTICIPANT_REQUESTER ||
			contact->role == PARTICIPANT_CC))
			return true;
	}
	return false;
}

static bool
is_engineer(const struct list *l)
{
	return l->facts->speaker.engineer[0] != '\0';
}

static bool
serves(const struct list *l, const struct Ticket *ticket)
{
	const struct service *service =
	    people_service(l->view->conf->people, ticket->service);
	const char *name = l->facts->speaker.engineer;

	if (strcmp(ticket->owner, name) == 0)
		return true;
	for (size_t i = 0; service != NULL && i < service->owner_count; i++)
		if (strcmp(service->owners[i], name) == 0)
			return true;
	return false;
}

/* Those that he opened or is in copy of; with "group" those of the others
 * that one of his groups lets him see (seed 002, sections 3 and 4). */
static bool
may_see(const struct list *l, const struct Ticket *ticket)
{
	const struct facts *facts = l->facts;
	const struct speaker *speaker = &facts->speaker;
	enum role role;
	bool own;

	if (ticket->deleted)
		return false;
	if (is_engineer(l))
		return serves(l, ticket);
	own = (facts->user != NULL &&
		  strcmp(ticket->user, facts->user) == 0) ||
	    takes_part(l, l->own, ticket->number);
	if (!l->filter.group)
		return own;
	role = facts_group_role(
	    l->view, ticket, speaker->address, ROLE_STRANGER);
	return !own && (role == ROLE_OPERATOR || role == ROLE_ADMINISTRATOR);
}

static bool
is_by(const struct list *l, const struct Ticket *ticket)
{
	const struct filter *f = &l->filter;

	if (f->by == NULL)
		return true;
	if (strcmp(l->by_user, "") != 0 &&
	    strcasecmp(ticket->user, l->by_user) == 0)
		return true;
	if (l->by != NULL) {
		for (size_t i = 0; i < l->by->count; i++)
			if (l->by->tickets[i] == ticket->number &&
			    l->by->slots[i] == 0)
				return true;
		return false;
	}
	return ticket->account[0] != '\0' &&
	    strcasecmp(ticket->account, f->by) == 0;
}

static bool
has_words(struct list *l, const struct Ticket *ticket)
{
	struct Message *message;
	struct MessageData *first;

	if (l->filter.words == NULL)
		return true;
	l->opened++;
	if (store_message_get(l->view->txn, l->view->arena, ticket->number, 0,
		&message) != 1 ||
	    store_message_open(
		l->view->txn, l->view->arena, ticket, message, &first) != 1)
		return false;
	return filter_found(l->filter.words,
	    store_subject_open(l->view->txn, l->view->arena, ticket),
	    first->new_text);
}

static bool
fits(struct list *l, const struct Ticket *ticket)
{
	return filter_fits(&l->filter, ticket) &&
	    (l->filter.tag == NULL ||
		(l->tag != NULL && tags_has(l->tag, ticket->number))) &&
	    may_see(l, ticket) && is_by(l, ticket) && has_words(l, ticket);
}

/* "#1042  2026-11-21  Pending feedback  The printer smells  [vip]" */
static void
add_row(struct list *l, const struct Ticket *ticket)
{
	enum state state = (enum state)ticket->state;
	const char *subject =
	    store_subject_open(l->view->txn, l->view->arena, ticket);
	size_t cut = utf8_cut(span_of(subject), SUBJECT_MAX);
	const char *tags =
	    tags_on(l->view->arena, l->tags, ticket->number);

	buf_print(l->out, "%s#%llu  %.10s  %s  %.*s%s", l->rows ? "\n" : "",
	    (unsigned long long)ticket->number,
	    when_text(l->view->arena, ticket->created),
	    is_engineer(l) ? notice_words_state(l->words, state)
			   : notice_words_customer_state(l->words, state),
	    (int)cut, subject, subject[cut] ? "..." : "");
	if (is_engineer(l) && ticket->owner[0] != '\0')
		buf_print(l->out, "  (%s)", ticket->owner);
	if (tags[0] != '\0')
		buf_print(l->out, "  [%s]", tags);
	l->rows++;
}

/* The next ticket below `before` that might be his. */
static bool
next(const struct list *l, uint64_t before, struct Ticket **ticket_r)
{
	const struct filter *f = &l->filter;
	uint64_t best = 0;

	if (f->number != 0)
		return before > f->number &&
		    store_ticket_get(l->view->txn, l->view->arena, f->number,
			ticket_r) == 1;
	if (is_engineer(l) || f->group || l->facts->user != NULL)
		return store_ticket_before(
			   l->view->txn, l->view->arena, before, ticket_r) == 1;
	for (size_t i = 0; i < l->own->count; i++)
		if (l->own->tickets[i] < before && l->own->tickets[i] > best)
			best = l->own->tickets[i];
	return best != 0 &&
	    store_ticket_get(
		l->view->txn, l->view->arena, best, ticket_r) == 1;
}

/* The number below which somebody else has to go on; 0: none is left. */
static uint64_t
gather(struct list *l)
{
	uint64_t before = l->filter.below ? l->filter.below : UINT64_MAX;
	struct Ticket *ticket;

	while (next(l, before, &ticket)) {
		if (l->looked == LOOKED_MAX || l->opened == OPENED_MAX)
			return before;
		l->looked++;
		if (fits(l, ticket)) {
			if (l->rows == ROWS_MAX)
				return before;
			add_row(l, ticket);
		}
		before = ticket->number;
		arena_reset(l->view->arena);
	}
	return 0;
}

/* An address names tickets only for who may read addresses; a customer means
 * a colleague of his account by it. */
static const char *
find_by(struct list *l)
{
	const struct people *people = l->view->conf->people;
	const char *by = l->filter.by;
	const struct engineer *engineer =
	    people_engineer(people, l->facts->speaker.engineer);
	const struct user *user;

	l->by_user = "";
	if (by == NULL)
		return NULL;
	user = strchr(by, '@') != NULL && engineer == NULL
	    ? people_user_at(people, by)
	    : people_user(people, by);
	if (user != NULL)
		l->by_user = user->name;
	if (strchr(by, '@') == NULL || engineer == NULL)
		return NULL;
	if (!engineer->contacts)
		return "list-no-address";
	l->by = tickets_of(l->view, by);
	return NULL;
}

static void
find_tags(struct list *l)
{
	struct Tags *row;
	struct TagsData *known;

	if (tags_of_speaker(l->view, l->facts, &row, &known) != 1)
		return;
	l->tags = known;
	for (size_t i = 0; l->filter.tag != NULL && i < known->n_tags; i++)
		if (span_is(span_of(l->filter.tag), known->tags[i]->name))
			l->tag = known->tags[i];
}

void
answer_list(const struct view *view, const struct facts *facts,
    const struct notice_words *words, const char *argument, struct buf *out)
{
	struct list l = {.view = view, .facts = facts, .words = words,
	    .out = out};
	struct view of_ticket = *view;
	const char *why = NULL;
	uint64_t rest;

	if (!filter_read(view->arena, argument, false, &l.filter))
		why = "bad-list";
	if (why == NULL)
		why = find_by(&l);
	if (why != NULL) {
		buf_add_text(out, notice_words_reason(view->arena, words, why));
		return;
	}
	find_tags(&l);
	l.own = tickets_of(view, facts->speaker.address);
	of_ticket.arena = arena_new(0);
	l.view = &of_ticket;
	rest = gather(&l);
	arena_free(of_ticket.arena);
	if (l.rows == 0 && rest == 0)
		buf_add_text(out,
		    notice_words_reason(view->arena, words, "list-none"));
	if (rest != 0)
		buf_print(out, "%s%s", l.rows > 0 ? "\n\n" : "",
		    filter_rest(view->arena, argument, rest));
}
