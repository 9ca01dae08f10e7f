#include <string.h>
#include <strings.h>

#include "arena.h"
#include "record.h"
#include "span.h"

#include "decide.h"
#include "people.h"
#include "token.h"

#include "store.h"

#include "carriers.h"
#include "carriers_quoted.h"

/* ---- the trail ---------------------------------------------------------- */

void
facts_rule_add(const struct view *view, struct facts_trail *trail,
    const char *part, const char *rule, const char *value, const char *says)
{
	size_t size = sizeof *trail->rules;

	if (trail == NULL)
		return;
	trail->rules = arena_grow(view->arena, trail->rules,
	    trail->rule_count * size, (trail->rule_count + 1) * size);
	trail->rules[trail->rule_count++] =
	    (struct facts_rule){part, rule, value, says};
}

/* Not put together for nobody. */
static const char *
says_number(const struct view *view, const struct carriers *carriers,
    const char *what, uint64_t number)
{
	if (carriers->trail == NULL)
		return what;
	return arena_print(
	    view->arena, "%s %llu", what, (unsigned long long)number);
}

static const char *
says_ticket(const struct view *view, const struct carriers *carriers,
    bool engineer, const struct Ticket *ticket)
{
	if (ticket == NULL)
		return "keyed, but its ticket is not here";
	return says_number(view, carriers,
	    engineer ? "keyed, an engineer's: ticket" : "keyed: ticket",
	    ticket->number);
}

/* ---- which ticket ------------------------------------------------------- */

/* A token that came back keyed: which ticket it names. */
static struct Ticket *
ticket_of_token(const struct view *view, const struct token *token)
{
	struct Ticket *ticket;

	if (store_ticket_by_secret(
		view->txn, view->arena, token->secret, &ticket) != 1)
		return NULL;
	return ticket;
}

static void
note_ticket(
    struct carriers *carriers, uint64_t *carrier, struct Ticket *ticket)
{
	if (ticket == NULL)
		return;
	if (*carrier == 0)
		*carrier = ticket->number;
	if (carriers->chosen == NULL)
		carriers->chosen = ticket;
	else if (carriers->chosen->number != ticket->number)
		carriers->thread.conflict = true;
}

static const char *
note_action(const struct view *view, struct carriers *carriers,
    const struct token *token)
{
	struct Ticket *ticket = ticket_of_token(view, token);

	if (ticket == NULL)
		return says_ticket(view, carriers, false, NULL);
	note_ticket(carriers, &carriers->thread.reply_address, ticket);
	if (carriers->actions == 0 || carriers->action != token->action)
		carriers->actions++;
	carriers->action = token->action;
	carriers->slot = (int)token->slot;
	return arena_print(view->arena, "%s, to %s",
	    says_ticket(view, carriers, false, ticket),
	    action_row(token->action)->word);
}

/* An address that the mail was sent to: a reply address or the envelope
 * sender of one of our notices. */
static void
note_address(const struct view *view, struct carriers *carriers,
    const char *field, const char *address)
{
	struct span detail = token_detail(span_of(address));
	const char *says = "ours, without a key of ours";
	struct token token;

	if (!people_is_ours(view->conf->people, address))
		return;
	if (detail.len == 0) {
		says = "ours, without a detail";
	} else if (token_read(view->keys, TOKEN_REPLY, detail, &token)) {
		struct Ticket *ticket = ticket_of_token(view, &token);

		note_ticket(
		    carriers, &carriers->thread.reply_address, ticket);
		carriers->engineer_token |= token.engineer;
		if (!token.engineer)
			carriers->slot = (int)token.slot;
		says = says_ticket(view, carriers, token.engineer, ticket);
	} else if (token_read(view->keys, TOKEN_ACTION, detail, &token)) {
		says = note_action(view, carriers, &token);
	} else if (token_read(view->keys, TOKEN_BOUNCE, detail, &token)) {
		carriers->bounced = token.slot;
		says = says_number(
		    view, carriers, "keyed: a report on notice", token.slot);
	}
	facts_rule_add(view, carriers->trail, "ticket", field, address, says);
}

static void
note_reference(const struct view *view, struct carriers *carriers,
    const char *field, const char *id)
{
	const char *at = strrchr(id, '@');
	struct span left = at ? span_from(id, at) : span_of(id);
	const char *says = "not known";
	struct token token;

	if (token_read(view->keys, TOKEN_MESSAGE, left, &token) ||
	    token_read(view->keys, TOKEN_THREAD, left, &token)) {
		struct Ticket *ticket = ticket_of_token(view, &token);

		note_ticket(carriers, &carriers->thread.reference, ticket);
		carriers->engineer_token |= token.engineer;
		says = says_ticket(view, carriers, token.engineer, ticket);
	} else {
		uint64_t known = store_message_id_get(view->txn, id);

		if (carriers->thread.known_id == 0)
			carriers->thread.known_id = known;
		if (known != 0)
			says = says_number(view, carriers,
			    "a known mail, not keyed: ticket", known);
	}
	facts_rule_add(view, carriers->trail, "ticket", field, id, says);
}

static void
note_addresses(const struct view *view, struct carriers *carriers,
    const char *field, struct Address *const *list, size_t count)
{
	for (size_t i = 0; i < count; i++)
		note_address(view, carriers, field, list[i]->address);
}

/* Fields in which servers keep the envelope's recipient. */
static bool
is_envelope_field(const char *name)
{
	static const char *const names[] = {"Delivered-To", "X-Original-To",
	    "X-Delivered-To", "Envelope-To", "X-Envelope-To",
	    "X-RCPT-To", "X-Forwarded-To", "X-Original-Delivered-To",
	    "X-Resolved-To", "Apparently-To"};

	for (size_t i = 0; i < sizeof names / sizeof *names; i++)
		if (strcasecmp(name, names[i]) == 0)
			return true;
	return false;
}

/* "<support+x@example.com>" as some servers write it. */
static const char *
envelope_address(struct arena *arena, const char *body)
{
	struct span text = span_trim(span_of(body));

	if (text.len >= 2 && text.at[0] == '<' && text.at[text.len - 1] == '>')
		text = (struct span){text.at + 1, text.len - 2};
	return arena_copy(arena, text);
}

static void
note_bounced_id(
    const struct view *view, struct carriers *carriers, const char *id)
{
	const char *at = strrchr(id, '@');
	struct token token;

	note_reference(view, carriers, "returned Message-ID", id);
	if (carriers->bounced == 0 && at != NULL &&
	    token_read(view->keys, TOKEN_MESSAGE, span_from(id, at), &token))
		carriers->bounced = token.outbox;
}

struct carriers
carriers_read(const struct view *view, const struct Mail *mail,
    struct facts_trail *trail)
{
	struct carriers carriers = {.trail = trail, .slot = -1};
	const char *at = strrchr(mail->message_id, '@');
	struct token token;

	note_addresses(view, &carriers, "To", mail->to, mail->n_to);
	note_addresses(view, &carriers, "Cc", mail->cc, mail->n_cc);
	for (size_t i = 0; i < mail->n_fields; i++) {
		if (is_envelope_field(mail->fields[i]->name))
			note_address(view, &carriers, mail->fields[i]->name,
			    envelope_address(
				view->arena, mail->fields[i]->body));
		/* Whoever wants to be ignored may copy it; any other field
		 * of that family is a stranger's word. */
		if (strcasecmp(mail->fields[i]->name, TOKEN_FIELD) == 0 &&
		    token_read(view->keys, TOKEN_MARK,
			span_of(mail->fields[i]->body), &token))
			carriers.own_mark = true;
	}
	for (size_t i = 0; i < mail->n_in_reply_to; i++)
		note_reference(view, &carriers, "In-Reply-To",
		    mail->in_reply_to[i]);
	for (size_t i = mail->n_references; i-- > 0;)
		note_reference(
		    view, &carriers, "References", mail->references[i]);
	carriers.thread.subject =
	    token_subject_number(span_of(mail->subject));
	facts_rule_add(view, trail, "ticket", "Subject", mail->subject,
	    carriers.thread.subject == 0 ? "no tag"
		: says_number(view, &carriers, "a tag, not keyed: ticket",
		      carriers.thread.subject));
	if (carriers.chosen == NULL)
		carriers.thread.quoted = carriers_quoted(view, mail, trail);
	if (mail->bounce != NULL && mail->bounce->message_id[0] != '\0')
		note_bounced_id(view, &carriers, mail->bounce->message_id);
	carriers.own_message_id = at != NULL &&
	    token_read(view->keys, TOKEN_MESSAGE,
		span_from(mail->message_id, at), &token);
	return carriers;
}
