#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "record.h"

#include "access.h"
#include "action.h"
#include "notice.h"
#include "people.h"

#include "store.h"

#include "parcel_creation.h"
#include "parcel_view.h"

void
parcel_set(struct rendering *r, const char *name, const char *text)
{
	if (r->count < PARCEL_VALUES && text != NULL && text[0] != '\0')
		r->values[r->count++] =
		    (struct template_value){name, text, false};
}

void
parcel_set_html(struct rendering *r, const char *name, const char *html)
{
	if (r->count < PARCEL_VALUES && html[0] != '\0')
		r->values[r->count++] =
		    (struct template_value){name, html, true};
}

/* How an engineer sees a participant: by alias, or whole when the conf lists
 * him among those who may. */
static const char *
seen_contact(struct rendering *r, uint32_t slot, struct Contact **contact_r)
{
	struct ContactData *known;

	if (store_contact_get(r->view->txn, r->view->arena, r->ticket->number,
		slot, contact_r) != 1)
		return "";
	if (store_contact_open(
		r->view->txn, r->view->arena, *contact_r, &known) != 1)
		return "";
	return r->engineer->contacts
	    ? known->address
	    : people_alias(r->view->arena, known->address);
}

/* How many changes of who is in copy this engineer was told of before; the
 * mails that come back to him or are held do not tell. */
static uint32_t
changes_told(const struct rendering *r)
{
	uint64_t after = 0;
	uint32_t told = 0;
	struct Outbox *row;

	while (store_outbox_next(r->view->txn, r->view->arena,
		   r->ticket->number, after, &row) == 1 &&
	    row->id < r->outbox->id) {
		after = row->id;
		if (strcmp(row->engineer, r->outbox->engineer) == 0 &&
		    row->notice != NOTICE_COMMAND_REFUSED &&
		    row->notice != NOTICE_HELD)
			told = row->copy_changes;
	}
	return told;
}

static void
add_seen(struct buf *to, const char *seen)
{
	buf_print(to, "%s%s", to->len ? ", " : "", seen);
}

static void
set_engineers_view(struct rendering *r)
{
	struct buf cc = buf_in(r->view->arena);
	struct buf proposed = buf_in(r->view->arena);
	struct buf added = buf_in(r->view->arena);
	struct buf dropped = buf_in(r->view->arena);
	uint32_t told = changes_told(r);

	for (uint32_t slot = 0; slot < r->ticket->participants; slot++) {
		struct Contact *contact;
		const char *seen = seen_contact(r, slot, &contact);

		if (seen[0] == '\0')
			continue;
		if (contact->role == PARTICIPANT_REQUESTER)
			parcel_set(r, "alias", seen);
		if (contact->role == PARTICIPANT_CC)
			add_seen(&cc, seen);
		if (contact->role == PARTICIPANT_CC_PROPOSED)
			add_seen(&proposed, seen);
		if (contact->copy_change <= told ||
		    contact->copy_change > r->outbox->copy_changes)
			continue;
		add_seen(contact->role == PARTICIPANT_CC ? &added : &dropped,
		    seen);
	}
	parcel_set(r, "cc", buf_text(&cc));
	parcel_set(r, "cc_proposed", buf_text(&proposed));
	parcel_set(r, "cc_added", buf_text(&added));
	parcel_set(r, "cc_dropped", buf_text(&dropped));
}

/* The requester put them on his mail himself, and yet only their number is
 * told: a forged mail must not teach anybody who they are. */
static void
set_copies(struct rendering *r)
{
	unsigned count = 0;

	for (uint32_t slot = 0; slot < r->ticket->participants; slot++) {
		struct Contact *contact;

		count += store_contact_get(r->view->txn, r->view->arena,
			     r->ticket->number, slot, &contact) == 1 &&
		    contact->role == PARTICIPANT_CC_PROPOSED;
	}
	if (count > 0)
		parcel_set(r, "copies",
		    arena_print(r->view->arena, "%u", count));
}

/* Engineers see which; a customer that there are, and how many. */
static void
set_links(struct rendering *r)
{
	const struct Ticket *ticket = r->ticket;
	struct buf out = buf_in(r->view->arena);

	if (ticket->n_linked == 0)
		return;
	for (size_t i = 0; i < ticket->n_linked; i++)
		buf_print(&out, "%s%llu", i > 0 ? ", " : "",
		    (unsigned long long)ticket->linked[i]);
	if (r->engineer != NULL)
		parcel_set(r, "linked", buf_text(&out));
	else
		parcel_set(r, "links",
		    arena_print(r->view->arena, "%zu", ticket->n_linked));
}

/* A mail that goes back to an engineer shows his own instead. */
static void
set_commands(struct rendering *r)
{
	enum state state = (enum state)r->ticket->state;

	if (state_is_over(state))
		parcel_set(r, "over", "yes");
	if (r->own == NULL)
		parcel_set(r, "commands",
		    action_commands(r->view->arena, ROLE_ENGINEER, state));
}

/* Who gets what was decided along with this row. A mail and an SMS to somebody
 * come one behind the other. */
static void
set_recipients(struct rendering *r)
{
	struct buf list = buf_in(r->view->arena);
	struct Contact *contact;
	struct Outbox *row;
	uint64_t after = 0, last = UINT64_MAX;

	while (store_outbox_next(r->view->txn, r->view->arena,
		   r->ticket->number, after, &row) == 1 &&
	    row->id < r->outbox->id) {
		after = row->id;
		if (row->first != r->outbox->first ||
		    row->engineer[0] != '\0' || row->slot == last ||
		    (row->notice != NOTICE_ANSWER &&
			row->notice != NOTICE_CONFIRM))
			continue;
		last = row->slot;
		add_seen(&list, seen_contact(r, row->slot, &contact));
	}
	parcel_set(r, "recipients", buf_text(&list));
}

/* "full:pending:accept, note": the state before, and the commands. */
bool
parcel_view_transcript(struct rendering *r)
{
	struct arena *arena = r->view->arena;
	const struct notice_words *words = notice_set_words(r->notices);
	const struct Ticket *ticket = r->ticket;
	struct buf done = buf_in(arena);
	const char *at = r->outbox->detail;
	size_t len;

	if (r->outbox->notice != NOTICE_TRANSCRIPT || ticket == NULL)
		return false;
	if (ticket->undo_until > r->view->now)
		parcel_set(r, "until", when_text(arena, ticket->undo_until));
	if (strncmp(at, "full:", 5) != 0)
		return false;
	at += 5;
	len = strcspn(at, ":");
	for (int s = STATE_PENDING; s < STATES; s++) {
		const char *word = state_word((enum state)s);

		if ((uint32_t)s != ticket->state && strlen(word) == len &&
		    memcmp(at, word, len) == 0)
			parcel_set(r, "was",
			    notice_words_state(words, (enum state)s));
	}
	for (at += len + (at[len] == ':'); *at != '\0';
	     at += len + strspn(at + len, ", ")) {
		len = strcspn(at, ",");
		buf_print(&done, "%s%s", done.len > 0 ? "\n" : "",
		    notice_words_reason(arena, words,
			arena_print(arena, "was-done:%.*s", (int)len, at)));
	}
	parcel_set(r, "transcript", buf_text(&done));
	set_recipients(r);
	return true;
}

static const char *
moment_text(struct rendering *r, when t)
{
	const char *text = when_text(r->view->arena, t);

	return arena_print(
	    r->view->arena, "%.10s %.5s UTC", text, text + 11);
}

/* Up to when an answer is promised is for those who are to answer. */
static void
set_plan(struct rendering *r)
{
	const struct Ticket *ticket = r->ticket;
	enum notice notice = (enum notice)r->outbox->notice;

	if (ticket->severity != SEVERITY_NONE)
		parcel_set(r, "severity",
		    notice_words_severity(notice_set_words(r->notices),
			(enum severity)ticket->severity));
	if (ticket->answer_by != 0 && r->engineer != NULL)
		parcel_set(r, "answer_by", moment_text(r, ticket->answer_by));
	if (notice == NOTICE_ESCALATION || notice == NOTICE_REMINDER)
		parcel_set(r, "since", moment_text(r, ticket->changed));
}

void
parcel_view(struct rendering *r)
{
	set_plan(r);
	set_links(r);
	parcel_creation(r);
	if (r->engineer != NULL)
		set_commands(r);
	if (r->engineer != NULL)
		set_engineers_view(r);
	else if (r->outbox->notice == NOTICE_RECEIVED)
		set_copies(r);
}
