#include <string.h>
#include <strings.h>

#include "arena.h"
#include "record.h"
#include "span.h"

#include "decide.h"
#include "groups.h"
#include "people.h"
#include "token.h"

#include "auth.h"
#include "store.h"

#include "apart.h"
#include "carriers.h"
#include "facts.h"
#include "flood.h"
#include "own_words.h"
#include "quota.h"
#include "tags.h"

#define FOUND_MOST 20 /* tickets of one address that are looked at */

/* ---- who takes part ----------------------------------------------------- */

static void
look_up_contacts(const struct view *view, struct facts *facts)
{
	const struct Ticket *ticket = facts->ticket;
	struct Contact **list;

	if (ticket == NULL)
		return;
	list = arena_take_many(
	    view->arena, ticket->participants + 1, sizeof *list);
	for (uint32_t slot = 0; slot < ticket->participants; slot++) {
		if (store_contact_get(view->txn, view->arena, ticket->number,
			slot, &list[facts->contact_count]) == 1)
			facts->contact_count++;
	}
	facts->contacts = (const struct Contact *const *)list;
	if (facts->contact_count > 0)
		facts->mobile_verified = list[0]->mobile_verified;
}

/* Who they are: the desk compares names, and never reads a store. */
static void
look_up_addresses(const struct view *view, struct facts *facts)
{
	const char **list = arena_take_many(
	    view->arena, facts->contact_count + 1, sizeof *list);

	for (size_t i = 0; i < facts->contact_count; i++) {
		struct ContactData *known;

		list[i] = store_contact_open(view->txn, view->arena,
			      facts->contacts[i], &known) == 1
		    ? known->address
		    : "";
	}
	facts->addresses = list;
}

static int
slot_of(const struct facts *facts, const char *address)
{
	for (size_t i = 0; i < facts->contact_count; i++)
		if (address[0] != '\0' &&
		    strcasecmp(facts->addresses[i], address) == 0)
			return (int)facts->contacts[i]->slot;
	return -1;
}

/* What the desk asks of the conf, the same for every decision. */
static void
set_conf_facts(const struct view *view, struct facts *facts)
{
	facts->now = view->now;
	facts->policy = view->conf->policy;
	facts->engineers = view->conf->engineer_names;
	facts->engineer_count = view->conf->people->engineer_count;
	facts->ours = view->conf->our_addresses;
	facts->our_count = view->conf->our_count;
	facts->services = view->conf->people->services;
	facts->service_count = view->conf->people->service_count;
}

static enum role
role_of_slot(const struct facts *facts, int slot)
{
	for (size_t i = 0; i < facts->contact_count; i++) {
		if ((int)facts->contacts[i]->slot != slot)
			continue;
		if (facts->contacts[i]->role == PARTICIPANT_REQUESTER)
			return ROLE_REQUESTER;
		if (facts->contacts[i]->role == PARTICIPANT_CC)
			return ROLE_CC;
	}
	return ROLE_STRANGER;
}

/* ---- which ticket ------------------------------------------------------- */

/* An unkeyed number or reference names a ticket only for somebody who is on
 * it: everybody may write a number. */
static void
choose_ticket(const struct view *view, struct facts *facts,
    const struct carriers *carriers, const char *address, bool *keyed_r)
{
	uint64_t number = thread_choose(&facts->thread, keyed_r);
	struct Ticket *ticket;

	if (number == 0)
		return;
	if (*keyed_r) {
		facts->ticket = carriers->chosen;
		look_up_contacts(view, facts);
		look_up_addresses(view, facts);
		return;
	}
	if (store_ticket_get(view->txn, view->arena, number, &ticket) != 1)
		return;
	facts->ticket = ticket;
	look_up_contacts(view, facts);
	look_up_addresses(view, facts);
	if (slot_of(facts, address) >= 0 ||
	    facts_group_role(view, ticket, address, ROLE_STRANGER) !=
		ROLE_STRANGER ||
	    people_engineer_at(view->conf->people, address) != NULL)
		return;
	facts->ticket = NULL;
	facts->contacts = NULL;
	facts->addresses = NULL;
	facts->contact_count = 0;
	facts->mobile_verified = false;
}

/* A person has looked at the mail and says where it belongs. */
static void
admit(const struct view *view, struct facts *facts, struct carriers *carriers)
{
	uint64_t ticket = view->admitted->ticket;

	facts->admitted = true;
	carriers->engineer_token = true;
	if (ticket == 0 || store_ticket_get(view->txn, view->arena, ticket,
			       &carriers->chosen) != 1)
		return;
	facts->thread = (struct thread_facts){.reply_address = ticket};
	carriers->slot = -1;
	carriers->actions = 0;
}

/* ---- who speaks --------------------------------------------------------- */

static enum assurance
assurance_of(const struct facts *facts, enum auth auth, bool keyed,
    bool engineer_token)
{
	bool vouched = auth == AUTH_PASS;

	if (facts->speaker.engineer[0] != '\0') {
		/* An engineer's words go to customers: the address must be
		 * vouched for, and the mail must answer one of ours. */
		if (vouched && keyed && engineer_token)
			return ASSURANCE_ENGINEER;
		return keyed ? ASSURANCE_THREAD : ASSURANCE_NONE;
	}
	if (vouched)
		return facts->ticket == NULL || facts->speaker.slot >= 0 ||
			facts->speaker.role != ROLE_STRANGER
		    ? ASSURANCE_CUSTOMER
		    : ASSURANCE_THREAD;
	return keyed || auth == AUTH_SEALED ? ASSURANCE_THREAD
					    : ASSURANCE_NONE;
}

static void
find_user(const struct view *view, struct facts *facts)
{
	struct speaker *speaker = &facts->speaker;
	const struct user *user =
	    people_user_at(view->conf->people, speaker->address);
	facts->user = user ? user->name : NULL;
	if (facts->ticket != NULL)
		speaker->role = facts_group_role(view, facts->ticket,
		    speaker->address, speaker->role);
}

static void
find_speaker(const struct view *view, struct facts *facts,
    const struct Mail *mail)
{
	const struct engineer *engineer;
	struct speaker *speaker = &facts->speaker;

	*speaker = (struct speaker){.role = ROLE_STRANGER,
	    .slot = -1,
	    .engineer = "",
	    .address = mail->n_from > 0 ? mail->from[0]->address : "",
	    .name = mail->n_from > 0 ? mail->from[0]->name : ""};
	/* Of several authors none is the one who writes on the ticket; but
	 * none of them passes by his account's policy so. */
	for (size_t i = 0; i < mail->n_from; i++)
		if (facts->creates_as == ROLE_STRANGER)
			facts->creates_as = groups_creates_as(
			    view->conf->people, mail->from[i]->address);
	if (speaker->address[0] == '\0' || mail->n_from > 1)
		return;
	engineer = people_engineer_at(view->conf->people, speaker->address);
	if (engineer != NULL) {
		speaker->engineer = engineer->name;
		speaker->role = facts->ticket != NULL &&
			strcmp(facts->ticket->owner, engineer->name) == 0
		    ? ROLE_OWNER
		    : ROLE_ENGINEER;
		return;
	}
	speaker->slot = slot_of(facts, speaker->address);
	speaker->role = role_of_slot(facts, speaker->slot);
	find_user(view, facts);
}

/* ---- the service -------------------------------------------------------- */

static const char *
service_of(const struct view *view, const struct Mail *mail)
{
	const struct people *people = view->conf->people;
	const struct door *door = people_door(people, mail->origin->mailbox);
	struct Address *const *lists[] = {mail->to, mail->cc};
	const size_t counts[] = {mail->n_to, mail->n_cc};

	for (size_t l = 0; l < 2; l++) {
		for (size_t i = 0; i < counts[l]; i++) {
			struct span detail =
			    token_detail(span_of(lists[l][i]->address));

			if (detail.len == 0 ||
			    !people_is_ours(people, lists[l][i]->address))
				continue;
			for (size_t s = 0; s < people->service_count; s++)
				if (people->services[s].tag[0] != '\0' &&
				    span_is(detail, people->services[s].tag))
					return people->services[s].name;
		}
	}
	return people_service(people, door ? door->service : "")->name;
}

static enum auth
auth_of_mail(const struct view *view, const struct Mail *mail,
    const char **reason_r)
{
	const struct door *door =
	    people_door(view->conf->people, mail->origin->mailbox);
	struct auth_trust trust = {NULL, 0, NULL};

	if (door != NULL)
		trust = (struct auth_trust){door->authserv_ids,
		    door->trusted_hops, door->arc_sealers};
	return auth_of(view->arena, mail, &trust, reason_r);
}

struct facts *
facts_of_mail(const struct view *view, const struct Mail *whole,
    struct facts_trail *trail_r)
{
	struct facts *facts = arena_take(view->arena, sizeof *facts);
	struct apart apart =
	    apart_set(view->arena, view->conf->people, whole);
	const struct Mail *mail = apart.mail;
	struct facts_trail trail = {.auth = ""};
	struct facts_trail *asked = trail_r != NULL ? &trail : NULL;
	struct carriers carriers = carriers_read(view, mail, asked);
	struct commands commands;
	const char *address =
	    mail->n_from > 0 ? mail->from[0]->address : "";
	enum auth auth;

	set_conf_facts(view, facts);
	facts->mail = mail;
	facts->whole = whole;
	facts->apart = apart.secrets;
	facts->thread = carriers.thread;
	facts->bounced_outbox = carriers.bounced;
	if (view->admitted != NULL)
		admit(view, facts, &carriers);
	choose_ticket(view, facts, &carriers, address, &trail.keyed);
	find_speaker(view, facts, mail);
	facts_plans(view, facts);
	facts->mail = own_words_taken_out(view, facts);
	auth = facts->admitted ? AUTH_PASS
			       : auth_of_mail(view, mail, &trail.auth);
	trail.vouched = auth == AUTH_PASS;
	facts->vouched = trail.vouched;
	facts->keyed_slot = carriers.slot;
	facts->subject = "";
	if (facts->ticket != NULL && carriers.actions > 0) {
		facts->action = carriers.action;
		facts->actions = carriers.actions;
		facts->subject = store_subject_open(
		    view->txn, view->arena, facts->ticket);
	}
	facts->ambiguity = facts->admitted ? NULL : auth_ambiguity(mail);
	facts->speaker.assurance = assurance_of(
	    facts, auth, trail.keyed, carriers.engineer_token);
	if (trail.vouched && facts->speaker.engineer[0] == '\0')
		quota_look(view, facts);
	facts->from_ourselves = carriers.own_message_id || carriers.own_mark ||
	    people_is_ours(view->conf->people, address);
	if (asked != NULL)
		facts_explain(view, facts, &carriers, auth);
	facts->service = service_of(view, mail);
	facts->code_right = facts_code_right(view, facts);
	facts->token_right = facts_token_right(view, facts);
	commands = command_read(view->arena, facts->mail->new_text);
	facts_links(view, facts, &commands);
	facts_creation(view, facts);
	tags_look(view, facts, &commands);
	facts->codes_sent = facts_codes_sent(view, facts);
	facts->mobile_asked = facts_mobile_asked(view, facts);
	flood_look(view, facts);
	if (trail_r != NULL)
		*trail_r = trail;
	return facts;
}

/* ---- time and the command line ------------------------------------------ */

/* Whether a notice to a customer of the ticket is still on its way: contact
 * data outlives it. */
static bool
notices_waiting(const struct view *view, uint64_t ticket)
{
	struct Outbox *outbox;
	uint64_t after = 0;

	while (store_outbox_next(
		   view->txn, view->arena, ticket, after, &outbox) == 1) {
		after = outbox->id;
		if (outbox->engineer[0] == '\0' &&
		    (outbox->status == OUTBOX_QUEUED ||
			outbox->status == OUTBOX_SENDING))
			return true;
	}
	return false;
}

static struct facts *
facts_of_ticket(const struct view *view, uint64_t number)
{
	struct facts *facts = arena_take(view->arena, sizeof *facts);
	struct Ticket *ticket;

	if (store_ticket_get(view->txn, view->arena, number, &ticket) != 1)
		return NULL;
	set_conf_facts(view, facts);
	facts->ticket = ticket;
	facts->service = ticket->service;
	facts_plans(view, facts);
	look_up_contacts(view, facts);
	facts->speaker = (struct speaker){
	    .slot = -1, .engineer = "", .address = "", .name = ""};
	return facts;
}

static struct facts *
facts_of_digest(const struct view *view, const struct Due *due)
{
	struct facts *facts = arena_take(view->arena, sizeof *facts);

	set_conf_facts(view, facts);
	facts->due = due;
	facts->service = due->service;
	facts->speaker = (struct speaker){.role = ROLE_CLOCK,
	    .assurance = ASSURANCE_LOCAL,
	    .slot = -1,
	    .engineer = "",
	    .address = "",
	    .name = ""};
	flood_look_back(view, due, facts);
	return facts;
}

struct facts *
facts_of_due(const struct view *view, const struct Due *due)
{
	struct facts *facts;

	if (due->kind == DUE_DIGEST)
		return facts_of_digest(view, due);
	facts = facts_of_ticket(view, due->ticket);
	if (facts == NULL)
		return NULL;
	facts->due = due;
	facts->speaker.role = ROLE_CLOCK;
	facts->speaker.assurance = ASSURANCE_LOCAL;
	if (due->kind == DUE_PURGE_OVER)
		facts->notices_waiting = notices_waiting(view, due->ticket);
	return facts;
}

struct facts *
facts_of_operation(const struct view *view, uint64_t ticket,
    const char *engineer, enum operation operation, const char *argument)
{
	struct facts *facts = facts_of_ticket(view, ticket);
	struct commands commands;

	if (facts == NULL)
		return NULL;
	look_up_addresses(view, facts);
	commands = command_read(view->arena,
	    arena_print(view->arena, "/%s %s", operation_row(operation)->verb,
		argument));
	facts_links(view, facts, &commands);
	facts->operation = operation;
	facts->argument = argument;
	facts->speaker.role = ROLE_ADMIN;
	facts->speaker.assurance = ASSURANCE_LOCAL;
	facts->speaker.engineer = engineer;
	return facts;
}
