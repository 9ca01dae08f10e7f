#include <string.h>

#include "arena.h"
#include "record.h"

#include "action.h"
#include "people.h"
#include "token.h"

#include "action_links.h"
#include "notice_text.h"

#include "action_view.h"

static const char *
address_of(const struct view *view, const struct Ticket *ticket,
    uint32_t slot, enum action action)
{
	const struct door *door =
	    people_door(view->conf->people, ticket->mailbox);
	struct token token = {.slot = slot, .action = action};

	memcpy(token.secret, ticket->secret, TOKEN_SECRET_SIZE);
	return token_address(view->arena, door->address,
	    token_write(view->arena, view->keys, TOKEN_ACTION, &token));
}

static void
add_link(const struct view *view, const struct Ticket *ticket, uint32_t slot,
    enum action action, struct action_link *list, size_t *count)
{
	list[(*count)++] = (struct action_link){
	    action, address_of(view, ticket, slot, action)};
}

/* Some notices are about something else than the ticket's progress. */
static bool
offers(enum notice notice)
{
	return notice != NOTICE_CODE && notice != NOTICE_CODE_SENT &&
	    notice != NOTICE_PURGED && notice != NOTICE_ASK;
}

static enum role
role_of(const struct rendering *r)
{
	switch ((enum participant)r->participant) {
	case PARTICIPANT_REQUESTER:
		return ROLE_REQUESTER;
	case PARTICIPANT_CC:
		return ROLE_CC;
	case PARTICIPANT_CC_PROPOSED:
	case PARTICIPANT_LEFT:
	case PARTICIPANT_OTHER:
		break;
	}
	return ROLE_STRANGER;
}

void
action_view(struct rendering *r, const char *subject)
{
	struct arena *arena = r->view->arena;
	struct action_link list[ACTIONS];
	struct action_links links = {.list = list,
	    .number = r->ticket->number,
	    .subject = subject,
	    .words = notice_set_words(r->notices)};

	if (r->contact == NULL || r->ticket->deleted ||
	    r->outbox->medium != MEDIUM_MAIL ||
	    !offers((enum notice)r->outbox->notice))
		return;
	for (int i = ACTION_NONE + 1; i < ACTIONS; i++)
		if (action_offered((enum action)i, role_of(r),
			(enum state)r->ticket->state, r->ticket->score > 0))
			add_link(r->view, r->ticket, r->outbox->slot,
			    (enum action)i, list, &links.count);
	parcel_set(r, "actions", action_links_text(arena, &links));
	parcel_set_html(r, "actions", action_links_html(arena, &links));
}

const char *
action_view_lines(const struct view *view, const struct Ticket *ticket,
    uint32_t slot, const struct notice_words *words)
{
	struct action_link list[ACTIONS];
	struct action_links links = {.list = list,
	    .number = ticket->number,
	    .subject = "",
	    .words = words};

	for (int i = ACTION_NONE + 1; i < ACTIONS; i++)
		add_link(view, ticket, slot, (enum action)i, list,
		    &links.count);
	return action_links_text(view->arena, &links);
}
