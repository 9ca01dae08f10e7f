#include "arena.h"
#include "mail_words.h"

#include "access.h"
#include "action.h"
#include "notice.h"
#include "people.h"
#include "ticket.h"

#include "notice_text.h"
#include "quote_own.h"
#include "store.h"

#include "action_view.h"
#include "own_words.h"

/* A reply quotes what came last; older messages come with it where a client
 * quotes the whole exchange. */
#define MESSAGES_SEEN 20
#define TEXTS_MAX     (MESSAGES_SEEN + NOTICES + 1)
#define VALUES	      (13 + NOTICE_CHOICES)

struct texts {
	struct own_text list[TEXTS_MAX];
	size_t count;
	const char *latest; /* what the last notice told, most likely */
};

static bool
is_engineer(const struct facts *facts)
{
	return facts->speaker.engineer[0] != '\0';
}

/* Whether the speaker is on the ticket: what others were sent is not compared
 * with a stranger's words. */
static bool
takes_part(const struct facts *facts)
{
	return facts->ticket != NULL &&
	       (is_engineer(facts) || facts->speaker.slot >= 0);
}

static bool
is_speakers(const struct facts *facts, const struct Message *message)
{
	if (is_engineer(facts))
		return strcmp(message->engineer, facts->speaker.engineer) == 0;
	return message->author == AUTHOR_CUSTOMER &&
	       (int)message->slot == facts->speaker.slot;
}

static void
add_messages(const struct view *view, const struct facts *facts,
    struct texts *texts)
{
	uint32_t number = facts->ticket->messages;
	uint32_t first = number > MESSAGES_SEEN ? number - MESSAGES_SEEN : 0;

	while (number-- > first) {
		struct Message *message;
		struct MessageData *content;

		if (store_message_get(view->txn, view->arena,
			facts->ticket->number, number, &message) != 1 ||
		    (message->visibility != VISIBLE_ALL &&
			!is_engineer(facts)) ||
		    store_message_open(view->txn, view->arena, facts->ticket,
			message, &content) != 1)
			continue;
		if (texts->latest[0] == '\0' && !is_speakers(facts, message))
			texts->latest = content->new_text;
		texts->list[texts->count++] = (struct own_text){
		    .text = span_of(content->new_text),
		    .speakers = is_speakers(facts, message)};
	}
}

/* How engineers see the customer; "" to the customer. */
static const char *
alias_for(const struct view *view, const struct facts *facts)
{
	const struct engineer *engineer = people_engineer(
	    view->conf->people, facts->speaker.engineer);
	struct ContactData *known;

	if (engineer == NULL || facts->contact_count == 0 ||
	    store_contact_open(view->txn, view->arena, facts->contacts[0],
		&known) != 1)
		return "";
	return engineer->contacts ? known->address
				  : people_alias(view->arena, known->address);
}

/* What each notice says beside the message: as it would be sent now. Most
 * replies answer the last one; a line that was different then is known by the
 * lines around it. */
static void
add_notices(const struct view *view, const struct facts *facts,
    struct texts *texts)
{
	const struct Ticket *ticket = facts->ticket;
	const struct engineer *owner =
	    people_engineer(view->conf->people, ticket->owner);
	const struct service *service =
	    people_service(view->conf->people, ticket->service);
	enum state state = (enum state)ticket->state;
	const char *owner_name = owner ? owner->full_name : ticket->owner;
	struct template_value values[VALUES] = {
	    {"number",
		arena_print(view->arena, "%llu",
		    (unsigned long long)ticket->number), false},
	    {"state", state_name(state), false},
	    {"customer_state", state_customer_name(state), false},
	    {"service", service ? service->title : "", false},
	    {"owner", owner_name, false},
	    {"engineer", owner_name, false},
	    {"trusted", "yes", false},
	    {"subject",
		store_subject_open(view->txn, view->arena, ticket), false},
	    {"desk", view->conf->desk_name, false},
	    {"alias", alias_for(view, facts), false},
	    {"text", texts->latest, false},
	    {"commands", action_commands(view->arena, ROLE_ENGINEER, state),
		false},
	    {"over", state_is_over(state) ? "yes" : "", false},
	};

	notice_choices(state, values + VALUES - NOTICE_CHOICES);
	for (int i = NOTICE_NONE + 1; i < NOTICES; i++) {
		const struct notice_row *row = notice_row((enum notice)i);
		const struct notice_set *set;
		struct notice_text said;

		if (!row->mail || row->to_customer == is_engineer(facts))
			continue;
		set = notice_set_for(view->conf->notices,
		    is_engineer(facts) ? view->conf->language
				       : ticket->language,
		    row->notice);
		said = notice_text_fill(
		    view->arena, set, row->notice, values, VALUES);
		texts->list[texts->count++] =
		    (struct own_text){.text = span_of(said.text)};
	}
}

/* The links of all his notices, once: many notices have the same. */
static void
add_actions(const struct view *view, const struct facts *facts,
    struct texts *texts)
{
	const struct notice_set *set = notice_set_for(
	    view->conf->notices, facts->ticket->language, NOTICE_ANSWER);

	if (facts->speaker.slot >= 0)
		texts->list[texts->count++] = (struct own_text){
		    .text = span_of(action_view_lines(view, facts->ticket,
			(uint32_t)facts->speaker.slot,
			notice_set_words(set)))};
}

const struct Mail *
own_words_taken_out(const struct view *view, const struct facts *facts)
{
	const struct Mail *mail = facts->mail;
	struct Mail *less;
	struct texts texts = {.latest = ""};
	struct span left, whole;

	if (!takes_part(facts) || mail->new_text[0] == '\0' ||
	    (mail->kind != MAIL_HUMAN && mail->kind != MAIL_LIST))
		return mail;
	whole = span_of(mail->new_text);
	add_messages(view, facts, &texts);
	add_notices(view, facts, &texts);
	add_actions(view, facts, &texts);
	left = quote_without_own(
	    view->arena, whole, texts.list, texts.count);
	if (left.len == whole.len)
		return mail;
	less = arena_take(view->arena, sizeof *less);
	*less = *mail;
	less->new_text = arena_copy(view->arena, left);
	return less;
}
