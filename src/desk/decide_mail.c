#include "decision.h"
#include "token.h"

/* The order is peers' experience (research, peers.md 4.3): what comes from
 * ourselves first, or two desks feed each other; then what cannot be read;
 * then machines, before anything could answer them; then which ticket; then
 * who speaks; then what he says. */

/* Whose words count on this ticket without a keyed carrier. */
static bool
is_on_ticket(const struct speaker *speaker)
{
	switch (speaker->role) {
	case ROLE_REQUESTER:
	case ROLE_CC:
	case ROLE_OPERATOR:
	case ROLE_ADMINISTRATOR:
	case ROLE_OWNER:
	case ROLE_ENGINEER:
	case ROLE_ADMIN:
		return true;
	case ROLE_STRANGER:
	case ROLE_MEMBER:
	case ROLE_CLOCK:
	case ROLES:
		break;
	}
	return false;
}

/* An unkeyed carrier decides only for somebody who is on the ticket: whoever
 * can type a number could otherwise write on any. */
static bool
ticket_counts(const struct facts *facts)
{
	bool keyed;
	uint64_t number = thread_choose(&facts->thread, &keyed);

	if (facts->ticket == NULL || number != facts->ticket->number)
		return false;
	return keyed || is_on_ticket(&facts->speaker);
}

static bool
is_machine(enum mail_kind kind)
{
	switch (kind) {
	case MAIL_HUMAN:
	case MAIL_LIST: /* a person, through a list */
		return false;
	case MAIL_AUTO_REPLY:
	case MAIL_AUTO_GENERATED:
	case MAIL_BOUNCE:
	case MAIL_FEEDBACK:
		break;
	}
	return true;
}

/* An engineer is whoever the conf names as one, unless on this very ticket he
 * is the customer. */
static bool
speaks_as_engineer(const struct speaker *speaker)
{
	return speaker->engineer[0] != '\0' &&
	    speaker->role != ROLE_REQUESTER && speaker->role != ROLE_CC;
}

/* Nobody here has the key, but whoever runs the desk may: the mail is kept
 * whole for him, the engineers know that it is there, and its writer is asked
 * to send it without. */
void
decide_closed(struct decision *decision)
{
	decision_notice(decision, NOTICE_HELD,
	    decision->ticket != NULL ? TO_OWNER : TO_ENGINEERS, "encrypted");
	if (decision->facts->speaker.assurance >= ASSURANCE_CUSTOMER)
		decision_answer(decision, NOTICE_REFUSED, "encrypted");
	decision_hold(decision, "encrypted");
}

struct effects
decide_mail(struct arena *arena, const struct facts *facts)
{
	struct decision decision = decision_start(arena, facts);
	const struct Mail *mail = facts->mail;

	if (!ticket_counts(facts)) {
		decision.ticket = NULL;
		decision.state = STATE_NONE;
		decision.owner = "";
	}
	if (facts->from_ourselves) {
		decision_refused(&decision, OPERATION_MESSAGE, "own-mail");
		decision_outcome(&decision, OUTCOME_IGNORED, "own-mail");
	} else if (is_machine((enum mail_kind)mail->kind)) {
		decide_machine(&decision);
	} else if (mail->trouble != TROUBLE_NONE ||
	    facts->speaker.address[0] == '\0') {
		decide_trouble(&decision);
	} else if (facts->thread.conflict) {
		decision_notice(
		    &decision, NOTICE_HELD, TO_ENGINEERS, "conflict");
		decision_hold(&decision, "conflict");
	} else if (speaks_as_engineer(&facts->speaker)) {
		decide_engineer(&decision);
	} else if (mail->closed) {
		decide_closed(&decision);
	} else {
		decide_customer(&decision);
	}
	flood_trim(&decision);
	return decision.effects;
}
