#include <stdint.h>
#include <string.h>

#include <sodium.h>

#include "arena.h"
#include "buf.h"
#include "code.h"
#include "record.h"
#include "utf8.h"

#include "decide.h"
#include "groups.h"
#include "notice.h"
#include "people.h"
#include "token.h"

#include "mail_write.h"
#include "notice_text.h"
#include "store.h"

#include "action_view.h"
#include "parcel.h"
#include "parcel_view.h"

#define QUOTE_MAX  2000 /* octets of the customer's text under an answer */
#define LOOK_BACK  20	/* messages that are looked at for what is answered */

/* ---- looking up --------------------------------------------------------- */

static bool
find_recipient(struct rendering *r)
{
	const struct Outbox *outbox = r->outbox;
	struct Contact *contact;

	r->to_name = r->language = "";
	if (outbox->sealed.len > 0 &&
	    store_outbox_open(
		r->view->txn, r->view->arena, outbox, &r->own) != 1)
		return false;
	if (outbox->engineer[0] != '\0') {
		r->engineer = people_engineer(
		    r->view->conf->people, outbox->engineer);
		if (r->engineer == NULL)
			return false;
		r->to_address = r->engineer->address;
		r->to_name = r->engineer->full_name;
		return true;
	}
	if (r->own != NULL && r->own->address[0] != '\0') {
		r->to_address = r->own->address;
		r->to_name = r->own->name;
		r->language = r->own->language;
		return true;
	}
	if (store_contact_get(r->view->txn, r->view->arena, outbox->ticket,
		outbox->slot, &contact) != 1 ||
	    store_contact_open(
		r->view->txn, r->view->arena, contact, &r->contact) != 1)
		return false;
	r->to_address = outbox->medium == MEDIUM_SMS ? r->contact->mobile
						      : r->contact->address;
	r->to_name = r->contact->name;
	r->language = contact->language;
	r->participant = contact->role;
	return r->to_address[0] != '\0';
}

/* The customer's newest message before this row: what a mail client takes us
 * to answer. */
static void
find_answered(struct rendering *r)
{
	uint32_t from = r->outbox->has_message ? r->outbox->message + 1
					       : r->ticket->messages;

	for (uint32_t i = 0; i < LOOK_BACK && i < from; i++) {
		struct Message *message;

		if (store_message_get(r->view->txn, r->view->arena,
			r->ticket->number, from - 1 - i, &message) != 1 ||
		    message->author != AUTHOR_CUSTOMER)
			continue;
		if (store_message_open(r->view->txn, r->view->arena,
			r->ticket, message, &r->answered) != 1)
			r->answered = NULL;
		return;
	}
}

static bool
look_up(struct rendering *r)
{
	const struct Outbox *outbox = r->outbox;

	if (outbox->ticket != 0 &&
	    store_ticket_get(r->view->txn, r->view->arena, outbox->ticket,
		&r->ticket) != 1)
		return false;
	if (!find_recipient(r))
		return false;
	if (r->ticket == NULL)
		return true;
	if (outbox->has_message &&
	    store_message_get(r->view->txn, r->view->arena, outbox->ticket,
		outbox->message, &r->message) == 1 &&
	    store_message_open(r->view->txn, r->view->arena, r->ticket,
		r->message, &r->content) != 1)
		r->message = NULL;
	if (outbox->medium == MEDIUM_MAIL)
		find_answered(r);
	return true;
}

/* Engineers read the conf's language; a customer his own, where he has one,
 * and else the ticket's. */
static void
choose_language(struct rendering *r)
{
	if (r->engineer != NULL)
		r->language = r->view->conf->language;
	else if (r->language[0] == '\0' && r->ticket != NULL)
		r->language = r->ticket->language;
	r->notices = notice_set_for(r->view->conf->notices, r->language,
	    (enum notice)r->outbox->notice);
}

/* ---- values ------------------------------------------------------------- */

static const char *
full_name(const struct rendering *r, const char *engineer)
{
	const struct engineer *known =
	    people_engineer(r->view->conf->people, engineer);

	return known ? known->full_name : engineer;
}

static const char *
attachment_lines(struct rendering *r)
{
	struct buf out = buf_in(r->view->arena);

	for (size_t i = 0; i < r->content->n_attachments; i++) {
		const struct AttachmentData *a = r->content->attachments[i];

		buf_print(&out, "%s%s", out.len ? "\n" : "",
		    a->name[0] ? a->name : a->type);
		if (!a->kept)
			buf_print(&out, " (not kept: %s)", a->reason);
	}
	return buf_text(&out);
}

/* Somebody with a key of a ticket on which nobody is known any more. */
static bool
is_late(const struct rendering *r)
{
	return r->ticket != NULL && r->ticket->purged && r->own != NULL &&
	    r->own->address[0] != '\0' && r->outbox->notice != NOTICE_PURGED;
}

/* Who may see the words of a mail: engineers always; a customer only when it
 * is sure that the mail was the customer's own (the first acknowledgement to
 * a stranger holds none of their text). */
static bool
may_see_words(const struct rendering *r)
{
	return r->engineer != NULL ||
	    (strcmp(r->outbox->detail, "stranger") != 0 && !is_late(r));
}

static void
set_ticket_values(struct rendering *r)
{
	struct arena *arena = r->view->arena;
	struct Ticket *ticket = r->ticket;
	struct template_value choices[NOTICE_CHOICES];
	enum state state = (enum state)ticket->state;
	struct Confidential *apart;
	const struct notice_words *said = notice_set_words(r->notices);
	const struct service *service =
	    people_service(r->view->conf->people, ticket->service);

	parcel_set(r, "number",
	    arena_print(arena, "%llu", (unsigned long long)ticket->number));
	parcel_set(r, "state", notice_words_state(said, state));
	parcel_set(
	    r, "customer_state", notice_words_customer_state(said, state));
	parcel_set(r, "service", service ? service->title : "");
	if (ticket->owner[0] != '\0')
		parcel_set(r, "owner", full_name(r, ticket->owner));
	if (ticket->quota_most > 0)
		parcel_set(r, "quota",
		    arena_print(arena, "%u / %u", ticket->quota_used,
			ticket->quota_most));
	if (ticket->score > 0)
		parcel_set(
		    r, "score", arena_print(arena, "%u", ticket->score));
	if (may_see_words(r)) {
		const char *subject =
		    store_subject_open(r->view->txn, arena, ticket);

		parcel_set(r, "trusted", "yes");
		parcel_set(r, "subject", subject);
		action_view(r, subject);
	}
	notice_choices(state, choices);
	for (size_t i = 0; i < NOTICE_CHOICES; i++)
		parcel_set(r, choices[i].name, choices[i].text);
	if (store_confidential_get(r->view->txn, arena, ticket->number,
		r->outbox->message, &apart) == 1)
		parcel_set(r, "confidential", "yes");
	parcel_view(r);
}

static void
set_message_values(struct rendering *r)
{
	struct arena *arena = r->view->arena;

	parcel_set(r, "text", r->content->new_text);
	parcel_set(r, "attachments", attachment_lines(r));
	if (r->message->engineer[0] != '\0')
		parcel_set(r, "engineer", full_name(r, r->message->engineer));
	if (r->answered != NULL && r->answered != r->content &&
	    r->outbox->notice == NOTICE_ANSWER) {
		const char *text = r->answered->new_text;
		size_t cut = utf8_cut(span_of(text), QUOTE_MAX);

		parcel_set(r, "quoted",
		    arena_print(arena, "%.*s%s", (int)cut, text,
			text[cut] ? "\n[...]" : ""));
	}
}

/* "/delete CODE", in its parts. */
static void
set_question(struct rendering *r)
{
	const char *line = r->own->text;
	size_t verb = strcspn(line, " ");

	parcel_set(r, "verb",
	    arena_copy(r->view->arena, (struct span){line + 1, verb - 1}));
	parcel_set(r, "code", line + verb + (line[verb] != '\0'));
}

/* Whom a colleague to whom his account granted nothing may ask: by name, and
 * nobody of another account. */
static void
set_granted(struct rendering *r)
{
	const struct people *people = r->view->conf->people;
	const struct account *account =
	    people_account(people, r->own->address);

	if (account != NULL)
		parcel_set(r, "granted",
		    groups_who_create(r->view->arena, people, account));
}

static void
set_values(struct rendering *r)
{
	const struct Outbox *outbox = r->outbox;

	parcel_set(r, "desk", r->view->conf->desk_name);
	parcel_set(r, "reply", r->reply_to);
	if (r->ticket != NULL)
		set_ticket_values(r);
	if (r->content != NULL && may_see_words(r))
		set_message_values(r);
	else if (r->ticket != NULL && r->ticket->owner[0] != '\0')
		parcel_set(r, "engineer", full_name(r, r->ticket->owner));
	if (r->own != NULL && (outbox->notice == NOTICE_DONE ||
				  outbox->notice == NOTICE_TRANSCRIPT)) {
		parcel_set(r, "answer", r->own->text);
	} else if (r->own != NULL && r->own->text[0] != '\0') {
		parcel_set(r, "text", r->own->text);
		parcel_set(r, "commands", r->own->text);
	}
	if (r->own != NULL && r->own->text[0] == '/' &&
	    outbox->notice != NOTICE_DONE && r->engineer == NULL)
		set_question(r);
	if (r->own != NULL && strcmp(outbox->detail, "policy-denied") == 0)
		set_granted(r);
	if (r->own != NULL && r->ticket == NULL)
		parcel_set(r, "subject", r->own->subject);
	/* An engineer must not take a stranger for the customer; to that one
	 * it says nothing. */
	if (!parcel_view_transcript(r) &&
	    (r->engineer != NULL || strcmp(outbox->detail, "stranger") != 0)) {
		const char *reason = notice_words_reason(r->view->arena,
		    notice_set_words(r->notices), outbox->detail);

		parcel_set(r, "reason", reason);
		parcel_set(r, "event", reason);
		parcel_set(r, "transcript", reason);
	}
	if (outbox->notice == NOTICE_CODE && r->contact != NULL)
		parcel_set(r, "code", r->contact->code);
	if (outbox->notice == NOTICE_CONFIRM)
		parcel_set(r, "days",
		    arena_print(r->view->arena, "%lld",
			(long long)(r->view->conf->policy->confirm_after /
			    WHEN_DAY)));
}

/* ---- the mail ----------------------------------------------------------- */

static char *
random_boundary(struct arena *arena)
{
	unsigned char octets[15];

	randombytes_buf(octets, sizeof octets);
	return code_base32(
	    arena, (struct span){(char *)octets, sizeof octets});
}

/* The keyed addresses: where a reply goes, and where a delivery report. */
static void
make_addresses(struct rendering *r)
{
	const struct view *view = r->view;
	struct token token = {.slot = r->outbox->slot};

	r->door = people_door(
	    view->conf->people, r->ticket ? r->ticket->mailbox : "");
	r->reply_to = r->bounce_to = "";
	if (r->ticket == NULL)
		return;
	memcpy(token.secret, r->ticket->secret, TOKEN_SECRET_SIZE);
	if (r->engineer != NULL) {
		token.engineer = true;
		token.slot = (uint64_t)(
		    r->engineer - view->conf->people->engineers);
	}
	r->reply_to = token_address(view->arena, r->door->address,
	    token_write(view->arena, view->keys, TOKEN_REPLY, &token));
	token.engineer = false;
	token.slot = r->outbox->id;
	/* A stranger's address may be forged: no report about it comes back
	 * to us, and none goes on to anybody. */
	if (may_see_words(r))
		r->bounce_to = token_address(view->arena, r->door->address,
		    token_write(view->arena, view->keys, TOKEN_BOUNCE, &token));
}

/* Our constant pseudo-reference, then what the customer wrote last. */
static void
set_thread(struct rendering *r, struct mail_draft *draft)
{
	const struct view *view = r->view;
	const char **references =
	    arena_take_many(view->arena, 2, sizeof *references);
	const char *theirs = "";
	struct token token = {.slot = 0};

	if (r->ticket != NULL) {
		memcpy(token.secret, r->ticket->secret, TOKEN_SECRET_SIZE);
		references[draft->reference_count++] =
		    arena_print(view->arena, "%s@%s",
			token_write(
			    view->arena, view->keys, TOKEN_THREAD, &token),
			view->conf->domain);
		draft->in_reply_to = references[0];
	}
	if (r->own != NULL && r->contact == NULL)
		theirs = r->own->in_reply_to;
	else if (r->engineer == NULL && r->answered != NULL)
		theirs = r->answered->message_id;
	if (theirs[0] != '\0') {
		references[draft->reference_count++] = theirs;
		draft->in_reply_to = theirs;
	}
	draft->references = references;
}

static void
set_attachments(struct rendering *r, struct mail_draft *draft)
{
	struct mail_attachment *list;

	if (r->content == NULL || !may_see_words(r) ||
	    (r->engineer == NULL && r->outbox->notice != NOTICE_ANSWER))
		return;
	list = arena_take_many(
	    r->view->arena, r->content->n_attachments + 1, sizeof *list);
	for (uint32_t i = 0; i < r->content->n_attachments; i++) {
		const struct AttachmentData *from = r->content->attachments[i];
		struct mail_attachment *to = &list[draft->attachment_count];

		if (!from->kept ||
		    store_attachment_open(r->view->txn, r->view->arena,
			r->ticket, r->message, i, &to->octets) != 1)
			continue;
		to->name = from->name;
		to->type = from->type;
		draft->attachment_count++;
	}
	draft->attachments = list;
}

/* So that we know our own mail by it, should it come back with another
 * Message-ID and another sender, as forwarders and lists rewrite them. */
static void
set_mark(struct rendering *r, struct mail_draft *draft)
{
	const struct view *view = r->view;
	struct token token = {.secret = "000000", .slot = r->outbox->id};
	const char *(*field)[2] = arena_take(view->arena, sizeof *field);

	(*field)[0] = TOKEN_FIELD;
	(*field)[1] =
	    token_write(view->arena, view->keys, TOKEN_MARK, &token);
	draft->fields = field;
	draft->field_count = 1;
}

/* A vacation note from whom the conf made the owner hands the ticket on; mail
 * with a machine's marks would get none. */
static bool
asks_away(const struct rendering *r)
{
	const struct service *service = r->ticket
	    ? people_service(r->view->conf->people, r->ticket->service)
	    : NULL;

	return service != NULL && service->assign != 0 &&
	    r->engineer != NULL &&
	    (r->outbox->notice == NOTICE_NEW ||
		r->outbox->notice == NOTICE_MESSAGE) &&
	    strcmp(r->engineer->name, r->ticket->owner) == 0;
}

static enum parcel_result
make_mail(struct rendering *r, const struct notice_text *text,
    struct Parcel *parcel, const char **why_r)
{
	const struct view *view = r->view;
	const struct core_conf *conf = view->conf;
	bool answer = r->outbox->notice == NOTICE_ANSWER && r->message;
	struct mail_draft draft = {
	    .date = view->now,
	    .from_name = conf->desk_name,
	    .from_address = r->door->address,
	    /* His name is his text: he chose it. */
	    .to_name = may_see_words(r) ? r->to_name : "",
	    .to_address = r->to_address,
	    .reply_to_name = r->reply_to[0] ? conf->desk_name : "",
	    .reply_to_address = r->reply_to,
	    .subject = text->subject,
	    .message_id = r->outbox->message_id,
	    .in_reply_to = "",
	    .language = notice_set_language(r->notices),
	    .boundary = random_boundary(view->arena),
	    .text = text->text,
	    .html = text->html,
	    .automatic = !answer,
	    .ask_away = asks_away(r),
	};
	struct span octets;

	if (answer && r->message->engineer[0] != '\0')
		draft.from_name = arena_print(view->arena, "%s (%s)",
		    full_name(r, r->message->engineer), conf->desk_name);
	parcel->from = arena_copy_text(view->arena, r->bounce_to);
	set_thread(r, &draft);
	set_mark(r, &draft);
	set_attachments(r, &draft);
	if (mail_write(view->arena, &draft, &octets, why_r) < 0)
		return PARCEL_WRONG;
	parcel->octets = record_bytes(octets);
	return PARCEL_READY;
}

enum parcel_result
parcel_make(const struct view *view, const struct Outbox *outbox,
    struct Parcel **parcel_r, const char **why_r)
{
	struct rendering r = {.view = view, .outbox = outbox};
	struct Parcel *parcel = record_new(view->arena, &parcel__descriptor);
	struct notice_text text;
	enum parcel_result result = PARCEL_READY;

	if (!look_up(&r))
		return PARCEL_GONE;
	make_addresses(&r);
	choose_language(&r);
	set_values(&r);
	text = notice_text_fill(view->arena, r.notices,
	    (enum notice)outbox->notice, r.values, r.count);
	parcel->outbox = outbox->id;
	parcel->attempt = outbox->attempts;
	parcel->medium = outbox->medium;
	parcel->to = arena_copy_text(view->arena, r.to_address);
	parcel->reference = arena_print(view->arena, "g%llu-%u",
	    (unsigned long long)outbox->id, outbox->attempts);
	if (outbox->medium == MEDIUM_SMS)
		parcel->octets = record_bytes(span_of(text.sms));
	else
		result = make_mail(&r, &text, parcel, why_r);
	if (result == PARCEL_READY)
		*parcel_r = parcel;
	return result;
}
