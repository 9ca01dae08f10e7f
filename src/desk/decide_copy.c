#include <string.h>
#include <strings.h>

#include "people.h"

#include "decision.h"
#include "token.h"

/* Who is in copy of a ticket: proposed by the header of a mail, taken in by
 * the requester or an engineer, dropped by them or by himself. Who left stays
 * away, or a mail that goes round would bring him back for ever. */

static bool
is_ours(const struct facts *facts, struct arena *arena, const char *address)
{
	struct span detail = token_detail(span_of(address));
	const char *plain = address;

	/* "support+x@example.com" is ours when "support@example.com" is. */
	if (detail.at != NULL)
		plain = arena_print(arena, "%.*s%s",
		    (int)(detail.at - 1 - address), address,
		    detail.at + detail.len);
	for (size_t i = 0; i < facts->our_count; i++) {
		if (span_is(span_of(address), facts->ours[i]) ||
		    span_is(span_of(plain), facts->ours[i]))
			return true;
	}
	return false;
}

/* Whether the address is of one of the domains, or of one below it. */
static bool
is_of(const char *const *domains, const char *address)
{
	const char *at = strrchr(address, '@');

	for (; at != NULL && domains != NULL && *domains != NULL; domains++) {
		size_t whole = strlen(at + 1), len = strlen(*domains);
		const char *end = at + 1 + whole - len;

		if (whole >= len && strcasecmp(end, *domains) == 0 &&
		    (whole == len || end[-1] == '.'))
			return true;
	}
	return false;
}

/* The conf's lists: what is denied is denied, and where anything is allowed
 * nothing else is. */
static bool
may_be_copied(const struct policy *policy, const char *address)
{
	const char *const *allow = policy->cc_allow;

	if (is_of(policy->cc_deny, address))
		return false;
	return allow == NULL || *allow == NULL || is_of(allow, address);
}

static bool
is_among(Address *const *list, size_t count, const char *address)
{
	for (size_t i = 0; i < count; i++) {
		if (span_is(span_of(address), list[i]->address))
			return true;
	}
	return false;
}

/* The next address of the mail's header that could be somebody in copy, from
 * the `at`th on; NULL: there is no more. */
static const struct Address *
next_on_mail(const struct decision *decision, size_t *at)
{
	const struct facts *facts = decision->facts;
	const struct Mail *mail = facts->mail;

	while (mail != NULL && *at < mail->n_to + mail->n_cc) {
		size_t i = (*at)++;
		const struct Address *one =
		    i < mail->n_to ? mail->to[i] : mail->cc[i - mail->n_to];

		if (one->address[0] != '\0' &&
		    !span_is(
			span_of(one->address), facts->speaker.address) &&
		    !is_ours(facts, decision->arena, one->address) &&
		    may_be_copied(facts->policy, one->address) &&
		    !is_among(mail->to, i < mail->n_to ? i : mail->n_to,
			one->address) &&
		    !(i > mail->n_to &&
			is_among(mail->cc, i - mail->n_to, one->address)))
			return one;
	}
	return NULL;
}

/* Proposed and no more: a copy is told nothing until it is accepted, since
 * the header of a mail is anybody's to write (research T5). */
void
decide_propose(struct decision *decision, unsigned taken)
{
	const struct Address *one;
	size_t at = 0;

	while (taken < decision->facts->policy->cc_max &&
	    (one = next_on_mail(decision, &at)) != NULL) {
		struct effect *effect =
		    decision_add(decision, EFFECT_PARTICIPANT);

		effect->role = PARTICIPANT_CC_PROPOSED;
		effect->text = one->address;
		effect->name = one->name;
		taken++;
	}
}

/* What somebody on the ticket will be after the effects so far. */
static enum participant
role_by_now(const struct decision *decision, size_t contact)
{
	const struct Contact *one = decision->facts->contacts[contact];
	enum participant role = (enum participant)one->role;

	for (size_t i = 0; i < decision->effects.count; i++) {
		const struct effect *effect = &decision->effects.list[i];

		if (effect->kind == EFFECT_ROLE &&
		    effect->slot == (int)one->slot)
			role = effect->role;
	}
	return role;
}

static unsigned
count_role(const struct decision *decision, enum participant role)
{
	unsigned count = 0;

	for (size_t i = 0; i < decision->facts->contact_count; i++)
		count += role_by_now(decision, i) == role;
	for (size_t i = 0; i < decision->effects.count; i++) {
		const struct effect *effect = &decision->effects.list[i];

		count += effect->kind == EFFECT_PARTICIPANT &&
		    effect->role == role;
	}
	return count;
}

/* Those who left give their place back. */
unsigned
decide_copies(const struct decision *decision)
{
	return count_role(decision, PARTICIPANT_CC) +
	    count_role(decision, PARTICIPANT_CC_PROPOSED);
}

/* ---- one name ----------------------------------------------------------- */

/* The next of several names, which blanks, commas or semicolons part; "" when
 * there is no more. */
static const char *
next_name(struct arena *arena, const char **text)
{
	static const char parts[] = " \t,;<>";
	const char *start = *text + strspn(*text, parts);
	size_t len = strcspn(start, parts);

	*text = start + len;
	return arena_copy(arena, (struct span){start, len});
}

#define NOBODY	(-1)
#define SEVERAL (-2)

/* Which contact is meant: by the whole address, or as engineers see it when
 * only one looks so. */
static int
contact_named(const struct decision *decision, const char *name)
{
	const struct facts *facts = decision->facts;
	int found = NOBODY;

	for (size_t i = 0; facts->addresses && i < facts->contact_count; i++)
		if (span_is(span_of(name), facts->addresses[i]))
			return (int)i;
	for (size_t i = 0; facts->addresses && i < facts->contact_count; i++)
		if (facts->addresses[i][0] != '\0' &&
		    span_is(span_of(name),
			people_alias(decision->arena, facts->addresses[i])))
			found = found == NOBODY ? (int)i : SEVERAL;
	return found;
}

/* Letters, digits and what else stands unquoted in an address (RFC 5321,
 * dot-string): whatever is odder can be put on a mail's Cc and proposed. */
static bool
is_address(const char *text)
{
	static const char more[] = "!#$%&'*+-/=?^_`{|}~.";
	const char *at = strchr(text, '@');

	if (at == NULL || at == text || strlen(text) > 254 ||
	    strchr(at, '.') == NULL || strchr(at + 1, '@') != NULL ||
	    strstr(text, "..") != NULL || text[0] == '.' || at[-1] == '.' ||
	    at[1] == '.' || text[strlen(text) - 1] == '.')
		return false;
	for (const char *c = text; *c != '\0'; c++) {
		unsigned char octet = (unsigned char)*c;

		if (ascii_alpha(octet) || ascii_digit(octet) || c == at)
			continue;
		if (c < at ? strchr(more, *c) == NULL : *c != '-' && *c != '.')
			return false;
	}
	return true;
}

/* ---- in copy ------------------------------------------------------------ */

static bool
by_desk(const struct decision *decision)
{
	return decision->facts->speaker.engineer[0] != '\0' ||
	    decision->facts->speaker.role == ROLE_ADMIN;
}

/* The first that he hears says why he is told at all. */
static void
welcome(struct decision *decision)
{
	decision_notice(decision, NOTICE_JOINED, TO_JOINED,
	    by_desk(decision) ? "cc-by-desk" : "cc-by-requester");
}

static bool
is_added(const struct decision *decision, const char *address)
{
	for (size_t i = 0; i < decision->effects.count; i++) {
		const struct effect *effect = &decision->effects.list[i];

		if (effect->kind == EFFECT_PARTICIPANT &&
		    effect->role == PARTICIPANT_CC &&
		    span_is(span_of(address), effect->text))
			return true;
	}
	return false;
}

static bool
is_full(const struct decision *decision)
{
	return count_role(decision, PARTICIPANT_CC) >=
	    decision->facts->policy->cc_max;
}

/* Each is told at once, in the desk's name and with the ticket's subject: for
 * customers there are only so many, with those of this very mail. */
static bool
spent_copies(const struct decision *decision)
{
	static const enum budget budgets[] = {
	    BUDGET_COPIES_ADDRESS, BUDGET_COPIES_ALL};
	const struct facts *facts = decision->facts;
	unsigned now = 0;

	if (by_desk(decision))
		return false;
	for (size_t i = 0; i < decision->effects.count; i++)
		now += decision->effects.list[i].notice == NOTICE_JOINED;
	for (size_t i = 0; i < sizeof budgets / sizeof *budgets; i++) {
		unsigned most = facts->policy->budget[budgets[i]];

		if (most != 0 && facts->used[budgets[i]] + now >= most)
			return true;
	}
	return false;
}

static const char *
take_contact(struct decision *decision, size_t contact)
{
	const struct facts *facts = decision->facts;
	struct effect *effect;

	switch (role_by_now(decision, contact)) {
	case PARTICIPANT_REQUESTER:
	case PARTICIPANT_CC:
		return NULL;
	case PARTICIPANT_LEFT:
		return "cc-stays-away";
	case PARTICIPANT_CC_PROPOSED:
	case PARTICIPANT_OTHER:
		break;
	}
	if (!may_be_copied(facts->policy, facts->addresses[contact]))
		return "cc-domain";
	if (is_full(decision))
		return "cc-full";
	if (spent_copies(decision))
		return "many-copies";
	effect = decision_add(decision, EFFECT_ROLE);
	effect->slot = (int)facts->contacts[contact]->slot;
	effect->role = PARTICIPANT_CC;
	welcome(decision);
	return NULL;
}

static const char *
take_in(struct decision *decision, const char *address, const char *name)
{
	const struct facts *facts = decision->facts;
	int contact = contact_named(decision, address);
	struct effect *effect;

	if (contact == SEVERAL)
		return "cc-several";
	if (contact >= 0)
		return take_contact(decision, (size_t)contact);
	if (is_added(decision, address))
		return NULL;
	if (!is_address(address))
		return "cc-unknown";
	if (is_ours(facts, decision->arena, address))
		return "cc-ours";
	if (!may_be_copied(facts->policy, address))
		return "cc-domain";
	if (is_full(decision))
		return "cc-full";
	if (spent_copies(decision))
		return "many-copies";
	effect = decision_add(decision, EFFECT_PARTICIPANT);
	effect->role = PARTICIPANT_CC;
	effect->text = address;
	effect->name = name;
	welcome(decision);
	return NULL;
}

/* Whoever was proposed, and whom this very mail has in copy. */
static const char *
take_proposed(struct decision *decision)
{
	const struct facts *facts = decision->facts;
	size_t before = decision->effects.count, at = 0;
	const struct Address *one;
	const char *why = NULL;

	for (size_t i = 0; why == NULL && i < facts->contact_count; i++)
		if (facts->contacts[i]->role == PARTICIPANT_CC_PROPOSED)
			why = take_contact(decision, i);
	while (why == NULL && (one = next_on_mail(decision, &at)) != NULL)
		why = take_in(decision, one->address, one->name);
	if (why == NULL && decision->effects.count == before)
		why = "cc-nobody";
	return why;
}

static bool
is_all(const char *argument)
{
	return argument[0] == '\0' || span_is(span_of(argument), "all");
}

/* The engineer who asked has the transcript; whoever else works on the ticket
 * has to know who reads along. */
static void
tell_change(struct decision *decision, const struct command *command,
    const char *done, const char *changed)
{
	if (!by_desk(decision)) {
		decision_notice(decision, NOTICE_STATE, TO_OWNER, changed);
		decision_tell(decision, NOTICE_DONE, done);
	}
	decision_trace(decision, command->operation, "");
}

const char *
decide_cc(struct decision *decision, const struct command *command,
    const char *rest)
{
	const char *names = command->argument, *name;
	const char *why = NULL;

	(void)rest;
	if (state_is_over(decision->state))
		return "over";
	if (decision->ticket->purged)
		return "purged";
	if (is_all(names)) {
		why = take_proposed(decision);
	} else {
		while (why == NULL &&
		    (name = next_name(decision->arena, &names))[0] != '\0')
			why = take_in(decision, name, "");
	}
	if (why == NULL)
		tell_change(decision, command, "cc-added", "cc-changed");
	return why;
}

/* ---- out of copy -------------------------------------------------------- */

static const char *
let_go(struct decision *decision, size_t contact)
{
	struct effect *effect;

	switch (role_by_now(decision, contact)) {
	case PARTICIPANT_REQUESTER:
		return "uncc-requester";
	case PARTICIPANT_LEFT:
		return NULL;
	case PARTICIPANT_CC:
	case PARTICIPANT_CC_PROPOSED:
	case PARTICIPANT_OTHER:
		break;
	}
	effect = decision_add(decision, EFFECT_ROLE);
	effect->slot = (int)decision->facts->contacts[contact]->slot;
	effect->role = PARTICIPANT_LEFT;
	return NULL;
}

static void
let_all_go(struct decision *decision)
{
	for (size_t i = 0; i < decision->facts->contact_count; i++) {
		enum participant role = role_by_now(decision, i);

		if (role == PARTICIPANT_CC || role == PARTICIPANT_CC_PROPOSED)
			let_go(decision, i);
	}
}

/* Whoever is in copy may leave; whether somebody else is in copy as well is
 * not for him to find out. */
static const char *
leave(struct decision *decision, const struct command *command)
{
	const struct speaker *speaker = &decision->facts->speaker;
	const char *names = command->argument;
	const char *name = next_name(decision->arena, &names);
	struct effect *effect;

	if (name[0] != '\0' && !span_is(span_of(name), speaker->address))
		return "not-yours";
	effect = decision_add(decision, EFFECT_ROLE);
	effect->slot = speaker->slot;
	effect->role = PARTICIPANT_LEFT;
	tell_change(decision, command, "cc-gone", "cc-left");
	return NULL;
}

const char *
decide_uncc(struct decision *decision, const struct command *command,
    const char *rest)
{
	const char *names = command->argument, *name;
	const char *why = NULL;

	(void)rest;
	if (state_is_over(decision->state))
		return "over";
	if (decision->facts->speaker.role == ROLE_CC)
		return leave(decision, command);
	if (names[0] == '\0')
		return "uncc-who";
	if (is_all(names)) {
		let_all_go(decision);
		names = "";
	}
	while (why == NULL &&
	    (name = next_name(decision->arena, &names))[0] != '\0') {
		int contact = contact_named(decision, name);

		why = contact == SEVERAL  ? "cc-several"
		    : contact == NOBODY ? "uncc-unknown"
					: let_go(decision, (size_t)contact);
	}
	if (why == NULL)
		tell_change(decision, command, "cc-dropped", "cc-changed");
	return why;
}
