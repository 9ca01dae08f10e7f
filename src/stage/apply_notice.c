#include <string.h>

#include "arena.h"
#include "record.h"

#include "notice.h"
#include "people.h"
#include "token.h"

#include "store.h"

#include "apply_notice.h"

static void
ready_add(struct applying *a, uint64_t id)
{
	struct ready *ready = a->ready;

	if (ready->count == ready->room) {
		size_t room = ready->room ? ready->room * 2 : 64;

		ready->ids = arena_grow(a->view->arena, ready->ids,
		    ready->room * sizeof *ready->ids,
		    room * sizeof *ready->ids);
		ready->room = room;
	}
	ready->ids[ready->count++] = id;
}

/* Gives the row its id, its Message-ID (once and for all: a repeat must be
 * recognisable) and its place in the due index, which is its safety net: the
 * row itself leaves at once, or is due when its time has come. */
static void
put_row(struct applying *a, struct Outbox *row,
    const struct OutboxData *content, int engineer)
{
	const struct view *view = a->view;
	struct token token = {.slot = row->slot};
	struct Due due = DUE__INIT;

	row->status = OUTBOX_QUEUED;
	row->created = view->now;
	if (row->next < view->now)
		row->next = view->now;
	row->id = store_outbox_id(view->txn);
	if (a->first == 0)
		a->first = row->id;
	row->first = a->first;
	if (row->medium == MEDIUM_MAIL && a->ticket != NULL) {
		memcpy(token.secret, a->ticket->secret, TOKEN_SECRET_SIZE);
		token.outbox = row->id;
		if (engineer >= 0) {
			token.engineer = true;
			token.slot = (uint64_t)engineer;
		}
		row->message_id = arena_print(view->arena, "%s@%s",
		    token_write(
			view->arena, view->keys, TOKEN_MESSAGE, &token),
		    view->conf->domain);
	} else if (row->medium == MEDIUM_MAIL) {
		row->message_id = arena_print(view->arena, "n%llu@%s",
		    (unsigned long long)row->id, view->conf->domain);
	}
	store_outbox_add(view->txn, row, content,
	    when_add_months(view->now, a->facts->policy->keep_months));
	due.at = row->next > view->now ? row->next : view->now + APPLY_LEASE;
	due.kind = DUE_SEND;
	due.ticket = row->ticket;
	due.outbox = row->id;
	store_due_add(view->txn, &due);
	if (row->next == view->now)
		ready_add(a, row->id);
}

static struct Outbox *
new_row(struct applying *a, const struct effect *effect, enum medium medium)
{
	struct Outbox *row = record_new(a->view->arena, &outbox__descriptor);

	row->ticket = a->ticket ? a->ticket->number : 0;
	row->notice = effect->notice;
	row->medium = medium;
	row->next = effect->at;
	row->detail =
	    arena_copy_text(a->view->arena, effect->text ? effect->text : "");
	row->copy_changes = a->ticket ? a->ticket->copy_changes : 0;
	row->has_message = effect->of_message && a->has_message;
	row->message = a->applied.message;
	return row;
}

/* ---- to customers ------------------------------------------------------- */

/* An SMS that still waits and only tells an older state is not worth sending
 * any more. */
static void
supersede_sms(struct applying *a, uint32_t slot)
{
	struct Outbox *row;
	uint64_t after = 0;

	while (store_outbox_next(a->view->txn, a->view->arena,
		   a->ticket->number, after, &row) == 1) {
		after = row->id;
		if (row->medium != MEDIUM_SMS || row->slot != slot ||
		    row->status != OUTBOX_QUEUED ||
		    !notice_row((enum notice)row->notice)->progress)
			continue;
		row->status = OUTBOX_SUPERSEDED;
		store_outbox_put(a->view->txn, row);
	}
}

/* The notice that contact data is destroyed must outlive it: the address goes
 * along, sealed under a key that dies with the row. */
static struct OutboxData *
last_address(struct applying *a, const struct Contact *contact)
{
	struct OutboxData *content =
	    record_new(a->view->arena, &outbox_data__descriptor);
	struct ContactData *known;

	if (store_contact_open(
		a->view->txn, a->view->arena, contact, &known) != 1)
		return NULL;
	content->address = known->address;
	content->name = known->name;
	return content;
}

/* A question, and the requester's last notice, carry the line that has it
 * done: sealed in the row, and nowhere else in clear. */
static struct OutboxData *
question(struct applying *a, enum notice notice, uint32_t slot)
{
	bool last = notice == NOTICE_CLOSED || notice == NOTICE_CANCELED;
	struct OutboxData *content;

	if (a->asked[0] == '\0' ||
	    (notice != NOTICE_ASK && (!last || slot != 0)))
		return NULL;
	content = record_new(a->view->arena, &outbox_data__descriptor);
	content->text = arena_copy_text(a->view->arena, a->asked);
	return content;
}

/* The answer goes once, to whoever asked. */
static struct OutboxData *
take_answer(struct applying *a, enum notice notice)
{
	struct OutboxData *content;

	if (a->answer[0] == '\0' ||
	    (notice != NOTICE_DONE && notice != NOTICE_TRANSCRIPT))
		return NULL;
	content = record_new(a->view->arena, &outbox_data__descriptor);
	content->text = arena_copy_text(a->view->arena, a->answer);
	a->answer = "";
	return content;
}

/* What goes along with a notice to a customer, beside what all may read. */
static struct OutboxData *
goes_along(struct applying *a, const struct effect *effect,
    const struct Contact *contact)
{
	if (effect->notice == NOTICE_PURGED)
		return last_address(a, contact);
	if (effect->notice == NOTICE_DONE && effect->to == TO_SPEAKER)
		return take_answer(a, effect->notice);
	return question(a, effect->notice, contact->slot);
}

static void
tell_contact(struct applying *a, const struct effect *effect, uint32_t slot,
    bool customers_only)
{
	const struct notice_row *notice = notice_row(effect->notice);
	struct Contact *contact;
	bool mobile;

	if (store_contact_get(a->view->txn, a->view->arena, a->ticket->number,
		slot, &contact) != 1 ||
	    contact->key_slot == 0)
		return;
	if (customers_only && contact->role != PARTICIPANT_REQUESTER &&
	    contact->role != PARTICIPANT_CC)
		return;
	if (notice->mail && !contact->suppressed) {
		struct Outbox *row = new_row(a, effect, MEDIUM_MAIL);

		row->slot = slot;
		put_row(a, row, goes_along(a, effect, contact), -1);
	}
	/* The code itself is what verifies the number. */
	mobile = contact->mobile_verified || effect->notice == NOTICE_CODE;
	if (notice->sms && mobile && a->view->conf->sms_enabled) {
		struct Outbox *row = new_row(a, effect, MEDIUM_SMS);

		if (notice->progress)
			supersede_sms(a, slot);
		row->slot = slot;
		put_row(a, row, NULL, -1);
	}
}

static void
tell_customers(struct applying *a, const struct effect *effect)
{
	for (uint32_t slot = 0; slot < a->ticket->participants; slot++)
		tell_contact(a, effect, slot, true);
}

/* ---- to engineers ------------------------------------------------------- */

static void
tell_engineer(
    struct applying *a, const struct effect *effect, const char *name)
{
	const struct people *people = a->view->conf->people;
	const struct engineer *engineer = people_engineer(people, name);
	struct Outbox *row;

	if (engineer == NULL || !notice_row(effect->notice)->mail)
		return;
	row = new_row(a, effect, MEDIUM_MAIL);
	row->engineer = arena_copy_text(a->view->arena, name);
	put_row(a, row, take_answer(a, effect->notice),
	    (int)(engineer - people->engineers));
}

static void
tell_service(struct applying *a, const struct effect *effect)
{
	const struct service *service = people_service(a->view->conf->people,
	    a->ticket ? a->ticket->service : a->facts->service);

	for (size_t i = 0; service != NULL && i < service->owner_count; i++)
		tell_engineer(a, effect, service->owners[i]);
}

static void
tell_owner(struct applying *a, const struct effect *effect)
{
	if (a->ticket == NULL || a->ticket->owner[0] == '\0' ||
	    people_engineer(a->view->conf->people, a->ticket->owner) == NULL)
		tell_service(a, effect);
	else
		tell_engineer(a, effect, a->ticket->owner);
}

static void
tell_speaker(struct applying *a, const struct effect *effect)
{
	const struct speaker *speaker = &a->facts->speaker;

	if (effect->notice == NOTICE_COMMAND_REFUSED)
		apply_sender_notice(a, effect);
	else if (speaker->engineer[0] != '\0')
		tell_engineer(a, effect, speaker->engineer);
	else if (a->ticket != NULL && (a->fresh || speaker->slot >= 0))
		tell_contact(a, effect,
		    a->fresh ? 0 : (uint32_t)speaker->slot, false);
	else
		apply_sender_notice(a, effect);
}

void
apply_notice(struct applying *a, const struct effect *effect)
{
	switch (effect->to) {
	case TO_REQUESTER:
		if (a->ticket != NULL)
			tell_contact(a, effect, 0, false);
		break;
	case TO_CUSTOMERS:
		if (a->ticket != NULL)
			tell_customers(a, effect);
		break;
	case TO_SPEAKER:
		tell_speaker(a, effect);
		break;
	case TO_OWNER:
		tell_owner(a, effect);
		break;
	case TO_ENGINEERS:
		tell_service(a, effect);
		break;
	case TO_JOINED:
		if (a->ticket != NULL && a->joined >= 0)
			tell_contact(a, effect, (uint32_t)a->joined, false);
		break;
	}
}

/* To whoever wrote the mail; the address is only in this row, sealed. An
 * engineer's own mail goes along, because it comes back with the reason. */
void
apply_sender_notice(struct applying *a, const struct effect *effect)
{
	const struct people *people = a->view->conf->people;
	const struct speaker *speaker = &a->facts->speaker;
	const struct engineer *engineer =
	    people_engineer(people, speaker->engineer);
	const struct Mail *mail = a->facts->mail;
	struct OutboxData *content =
	    record_new(a->view->arena, &outbox_data__descriptor);
	struct Outbox *row;

	if (mail == NULL || speaker->address[0] == '\0' ||
	    !notice_row(effect->notice)->mail)
		return;
	row = new_row(a, effect, MEDIUM_MAIL);
	content->address = arena_copy_text(a->view->arena, speaker->address);
	content->name = arena_copy_text(a->view->arena, speaker->name);
	content->in_reply_to = mail->message_id;
	content->language = mail->language;
	if (engineer != NULL)
		row->engineer =
		    arena_copy_text(a->view->arena, engineer->name);
	if (effect->notice == NOTICE_DONE) {
		content->text = arena_copy_text(a->view->arena, a->answer);
		a->answer = "";
	} else if (engineer != NULL) {
		content->subject = mail->subject;
		content->text = mail->new_text;
	} else if (effect->notice == NOTICE_ASK) {
		content->text = arena_copy_text(a->view->arena, a->asked);
	}
	put_row(a, row, content,
	    engineer ? (int)(engineer - people->engineers) : -1);
}

static void
drop_notices(struct applying *a, int slot, const char *said)
{
	struct Outbox *row;
	uint64_t after = 0;

	while (store_outbox_next(a->view->txn, a->view->arena,
		   a->ticket->number, after, &row) == 1) {
		after = row->id;
		if (row->engineer[0] != '\0' || row->key_slot != 0 ||
		    (row->status != OUTBOX_QUEUED &&
			row->status != OUTBOX_HELD) ||
		    (slot >= 0 && row->slot != (uint32_t)slot))
			continue;
		row->status = OUTBOX_FAILED;
		row->said = arena_copy_text(a->view->arena, said);
		store_outbox_put(a->view->txn, row);
	}
}

void
apply_drop_notices(struct applying *a, int slot)
{
	drop_notices(a, slot, "purged");
}

void
apply_drop_left(struct applying *a, int slot)
{
	drop_notices(a, slot, "left");
}
