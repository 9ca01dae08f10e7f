#include <string.h>

#include "arena.h"
#include "buf.h"
#include "json.h"
#include "mail_words.h"
#include "record.h"
#include "when.h"

#include "notice.h"
#include "plan.h"
#include "ticket.h"

#include "parcel.h"
#include "store.h"

#include "story.h"

struct story_person {
	const struct Contact *contact;
	const char *alias; /* "" when the contact data is destroyed */
};

struct story_message {
	const struct Message *message;
	const struct MessageData *content; /* NULL: destroyed */
};

struct story {
	struct arena *arena;
	const struct Ticket *ticket;
	const char *subject;
	const struct CreationData *filled; /* when it was opened */
	struct story_person *people;
	size_t person_count;
	struct story_message *messages;
	size_t message_count;
	struct Outbox **notices;
	size_t notice_count;
	struct Audit **traces;
	size_t trace_count;
};

/* ---- reading ------------------------------------------------------------ */

static void
read_people(struct story *story, struct store_txn *txn)
{
	story->people = arena_take_many(story->arena,
	    story->ticket->participants + 1, sizeof *story->people);
	for (uint32_t slot = 0; slot < story->ticket->participants; slot++) {
		struct story_person *person =
		    &story->people[story->person_count];
		struct Contact *contact;
		struct ContactData *known;

		if (store_contact_get(txn, story->arena,
			story->ticket->number, slot, &contact) != 1)
			continue;
		person->contact = contact;
		person->alias = store_contact_open(
				    txn, story->arena, contact, &known) == 1
		    ? people_alias(story->arena, known->address)
		    : "";
		story->person_count++;
	}
}

static void
read_messages(struct story *story, struct store_txn *txn)
{
	const struct Ticket *ticket = story->ticket;

	story->messages = arena_take_many(
	    story->arena, ticket->messages + 1, sizeof *story->messages);
	for (uint32_t n = 0; n < ticket->messages; n++) {
		struct Message *message;
		struct MessageData *content = NULL;

		if (store_message_get(
			txn, story->arena, ticket->number, n, &message) != 1)
			continue;
		if (store_message_open(
			txn, story->arena, ticket, message, &content) != 1)
			content = NULL;
		story->messages[story->message_count++] =
		    (struct story_message){message, content};
	}
}

static void
read_rows(struct story *story, struct store_txn *txn)
{
	struct Outbox *outbox;
	struct Audit *audit;
	uint64_t after = 0;

	while (store_outbox_next(txn, story->arena, story->ticket->number,
		   after, &outbox) == 1) {
		after = outbox->id;
		record_append(story->arena, (void ***)&story->notices,
		    &story->notice_count, outbox);
	}
	after = 0;
	while (store_audit_next(txn, story->arena, after, &audit) == 1) {
		after = audit->number;
		if (audit->ticket == story->ticket->number)
			record_append(story->arena, (void ***)&story->traces,
			    &story->trace_count, audit);
	}
}

struct story *
story_read(struct store_txn *txn, struct arena *arena, uint64_t number)
{
	struct story *story = arena_take(arena, sizeof *story);
	struct Ticket *ticket;

	if (store_ticket_get(txn, arena, number, &ticket) != 1)
		return NULL;
	story->arena = arena;
	story->ticket = ticket;
	story->subject = store_subject_open(txn, arena, ticket);
	story->filled = store_creation_open(txn, arena, ticket);
	read_people(story, txn);
	read_messages(story, txn);
	read_rows(story, txn);
	return story;
}

/* ---- as text ------------------------------------------------------------ */

static const char *
author_name(struct arena *arena, const struct story *story,
    const struct Message *message)
{
	if (message->engineer[0] != '\0')
		return arena_print(arena, "engineer %s", message->engineer);
	for (size_t i = 0; i < story->person_count; i++)
		if (story->people[i].contact->slot == message->slot &&
		    message->author == AUTHOR_CUSTOMER)
			return arena_print(arena, "customer %s",
			    story->people[i].alias);
	return author_word((enum author)message->author);
}

static void
add_indented(struct buf *out, const char *text)
{
	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		buf_print(out, "      %.*s\n", (int)len, text);
		text += len;
		if (*text == '\n')
			text++;
	}
}

static void
add_messages(struct buf *out, const struct story *story)
{
	for (size_t i = 0; i < story->message_count; i++) {
		const struct Message *m = story->messages[i].message;
		const struct MessageData *c = story->messages[i].content;

		buf_print(out, "\n  %.16s  %s%s\n",
		    when_text(out->arena, m->time),
		    author_name(out->arena, story, m),
		    m->visibility == VISIBLE_ENGINEERS ? " (engineers only)"
						       : "");
		add_indented(out, c ? c->new_text : "(destroyed)");
		for (size_t a = 0; c != NULL && a < c->n_attachments; a++)
			buf_print(out, "      [%s, %llu octets%s%s]\n",
			    c->attachments[a]->name,
			    (unsigned long long)c->attachments[a]->size,
			    c->attachments[a]->kept ? "" : ", not kept: ",
			    c->attachments[a]->reason);
	}
}

static void
add_rows(struct buf *out, const struct story *story)
{
	buf_add_text(out, "\nNotices\n");
	for (size_t i = 0; i < story->notice_count; i++) {
		const struct Outbox *row = story->notices[i];

		buf_print(out, "  %.16s  %-16s %-4s to %-14s %s%s%s\n",
		    when_text(out->arena, row->created),
		    notice_row((enum notice)row->notice)->word,
		    medium_word((enum medium)row->medium),
		    row->engineer[0] ? row->engineer
				     : arena_print(out->arena,
					   "participant %u", row->slot),
		    outbox_status_word((enum outbox_status)row->status),
		    row->said[0] ? ": " : "", row->said);
	}
	buf_add_text(out, "\nTraces\n");
	for (size_t i = 0; i < story->trace_count; i++) {
		const struct Audit *row = story->traces[i];

		buf_print(out, "  %.16s  %-16s %-18s %s%s%s\n",
		    when_text(out->arena, row->time), row->trace, row->actor,
		    row->refused ? "refused" : "done",
		    row->detail[0] ? ": " : "", row->detail);
	}
}

char *
story_text(struct arena *arena, const struct story *story)
{
	const struct Ticket *ticket = story->ticket;
	struct buf out = buf_in(arena);

	buf_print(&out, "Ticket %llu: %s\n",
	    (unsigned long long)ticket->number, story->subject);
	buf_print(&out, "  state    %s since %.16s UTC\n",
	    state_name((enum state)ticket->state),
	    when_text(arena, ticket->changed));
	buf_print(&out, "  service  %s\n  owner    %s\n", ticket->service,
	    ticket->owner[0] ? ticket->owner : "nobody yet");
	if (ticket->account[0] != '\0')
		buf_print(&out, "  account  %s%s%s\n", ticket->account,
		    ticket->user[0] ? ", user " : "", ticket->user);
	if (ticket->severity != SEVERITY_NONE)
		buf_print(&out, "  severity %s\n",
		    severity_name((enum severity)ticket->severity));
	if (ticket->answer_by != 0)
		buf_print(&out, "  answer   by %.16s UTC%s\n",
		    when_text(arena, ticket->answer_by),
		    ticket->waits > 0 ? ", missed" : "");
	if (ticket->missed > 0)
		buf_print(&out, "  missed   %u in all\n", ticket->missed);
	if (ticket->score > 0)
		buf_print(&out, "  rated    %u of 5\n", ticket->score);
	for (size_t i = 0; i < ticket->n_linked; i++)
		buf_print(&out, "  linked   %llu\n",
		    (unsigned long long)ticket->linked[i]);
	if (ticket->agreement_version[0] != '\0')
		buf_print(&out, "  agreement %s, %s\n",
		    ticket->agreement_version,
		    ticket->agreement ? "accepted" : "not accepted yet");
	for (size_t i = 0; i < story->filled->n_fields; i++)
		buf_print(&out, "  field    %s: %s%s\n",
		    story->filled->fields[i]->key,
		    story->filled->fields[i]->value,
		    story->filled->fields[i]->unknown ? " (not known)" : "");
	for (size_t i = 0; i < story->person_count; i++)
		buf_print(&out, "  %-8s %s%s\n",
		    participant_word(
			(enum participant)story->people[i].contact->role),
		    story->people[i].alias[0] ? story->people[i].alias
					      : "(contact data destroyed)",
		    story->people[i].contact->mobile_verified
			? ", mobile verified"
			: "");
	add_messages(&out, story);
	add_rows(&out, story);
	return buf_text(&out);
}

/* ---- as JSON ------------------------------------------------------------ */

static void
people_json(struct json *json, const struct story *story)
{
	json_array(json, "participants");
	for (size_t i = 0; i < story->person_count; i++) {
		const struct Contact *c = story->people[i].contact;

		json_object(json, NULL);
		json_text(json, "role",
		    participant_word((enum participant)c->role));
		json_text(json, "alias", story->people[i].alias);
		json_bool(json, "mobile_verified", c->mobile_verified);
		json_bool(json, "destroyed", c->key_slot == 0);
		json_end_object(json);
	}
	json_end_array(json);
}

static void
fields_json(struct json *json, const struct story *story)
{
	json_array(json, "fields");
	for (size_t i = 0; i < story->filled->n_fields; i++) {
		const struct CreationField *field = story->filled->fields[i];

		json_object(json, NULL);
		json_text(json, "key", field->key);
		json_text(json, "value", field->value);
		json_bool(json, "known", !field->unknown);
		json_end_object(json);
	}
	json_end_array(json);
}

static void
messages_json(struct json *json, const struct story *story)
{
	json_array(json, "messages");
	for (size_t i = 0; i < story->message_count; i++) {
		const struct Message *m = story->messages[i].message;
		const struct MessageData *c = story->messages[i].content;

		json_object(json, NULL);
		json_number(json, "number", m->number);
		json_text(json, "time", when_text(story->arena, m->time));
		json_text(json, "author",
		    author_word((enum author)m->author));
		json_text(json, "engineer", m->engineer);
		json_bool(json, "engineers_only",
		    m->visibility == VISIBLE_ENGINEERS);
		json_text(json, "text", c ? c->new_text : "");
		json_array(json, "attachments");
		for (size_t a = 0; c != NULL && a < c->n_attachments; a++) {
			json_object(json, NULL);
			json_text(json, "name", c->attachments[a]->name);
			json_text(json, "type", c->attachments[a]->type);
			json_number(json, "size",
			    (int64_t)c->attachments[a]->size);
			json_bool(json, "kept", c->attachments[a]->kept);
			json_text(json, "reason", c->attachments[a]->reason);
			json_end_object(json);
		}
		json_end_array(json);
		json_end_object(json);
	}
	json_end_array(json);
}

static void
rows_json(struct json *json, const struct story *story)
{
	json_array(json, "notices");
	for (size_t i = 0; i < story->notice_count; i++) {
		const struct Outbox *row = story->notices[i];

		json_object(json, NULL);
		json_number(json, "id", (int64_t)row->id);
		json_text(json, "notice",
		    notice_row((enum notice)row->notice)->word);
		json_text(
		    json, "medium", medium_word((enum medium)row->medium));
		json_text(json, "engineer", row->engineer);
		json_number(json, "participant", row->slot);
		json_text(json, "status",
		    outbox_status_word((enum outbox_status)row->status));
		json_number(json, "attempts", row->attempts);
		json_number(json, "code", row->code);
		json_end_object(json);
	}
	json_end_array(json);
	json_array(json, "traces");
	for (size_t i = 0; i < story->trace_count; i++) {
		const struct Audit *row = story->traces[i];

		json_object(json, NULL);
		json_text(json, "time", when_text(story->arena, row->time));
		json_text(json, "trace", row->trace);
		json_text(json, "actor", row->actor);
		json_bool(json, "refused", row->refused);
		json_text(json, "detail", row->detail);
		json_end_object(json);
	}
	json_end_array(json);
}

void
story_json(struct json *json, const struct story *story)
{
	const struct Ticket *ticket = story->ticket;
	enum state state = (enum state)ticket->state;

	json_object(json, NULL);
	json_number(json, "number", (int64_t)ticket->number);
	json_text(json, "state", state_word(state));
	json_text(json, "subject", story->subject);
	json_text(json, "service", ticket->service);
	json_text(json, "owner", ticket->owner);
	json_text(json, "account", ticket->account);
	json_text(json, "user", ticket->user);
	json_text(json, "severity",
	    severity_word((enum severity)ticket->severity));
	if (ticket->answer_by != 0)
		json_text(json, "answer_by",
		    when_text(story->arena, ticket->answer_by));
	json_number(json, "missed", ticket->missed);
	json_text(json, "created", when_text(story->arena, ticket->created));
	json_text(json, "changed", when_text(story->arena, ticket->changed));
	json_number(json, "score", ticket->score);
	json_bool(json, "purged", ticket->purged);
	json_array(json, "linked");
	for (size_t i = 0; i < ticket->n_linked; i++)
		json_number(json, NULL, (int64_t)ticket->linked[i]);
	json_end_array(json);
	json_text(json, "agreement_version", ticket->agreement_version);
	json_bool(json, "agreement", ticket->agreement);
	fields_json(json, story);
	people_json(json, story);
	messages_json(json, story);
	rows_json(json, story);
	json_end_object(json);
}
