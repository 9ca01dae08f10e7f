#include "decision.h"
#include "token.h"

/* A mail that cannot be read is kept whole for a person, and a ticket tells
 * of it, so that its writer is not forgotten because his mail was odd. */

static const struct {
	enum trouble trouble;
	enum outcome outcome;
	const char *why;
	const char *subject; /* of the stub when the mail tells none */
} troubles[] = {
    {TROUBLE_NONE, OUTCOME_UNPARSEABLE, "no-sender",
	"A mail without a sender"},
    {TROUBLE_OVERSIZE, OUTCOME_OVERSIZE, "oversize",
	"A mail that is too large"},
    {TROUBLE_UNREADABLE, OUTCOME_UNPARSEABLE, "unreadable",
	"A mail that the server does not give out"},
    {TROUBLE_POISON, OUTCOME_UNPARSEABLE, "poison",
	"A mail that could not be read"},
};

/* A ticket without a requester's words; who wrote is on it if that is known,
 * so that he can be answered. */
static void
open_stub(struct decision *decision, const char *subject)
{
	const struct facts *facts = decision->facts;
	struct effect *effect = decision_add(decision, EFFECT_OPEN);

	effect->name = facts->service;
	effect->text = token_subject_clean(decision->arena,
	    text_is_blank(facts->mail->subject) ? subject
						: facts->mail->subject);
	decision_plan(decision);
	if (facts->speaker.address[0] != '\0' &&
	    facts->speaker.engineer[0] == '\0') {
		effect = decision_add(decision, EFFECT_PARTICIPANT);
		effect->role = PARTICIPANT_REQUESTER;
		effect->text = facts->speaker.address;
		effect->name = facts->speaker.name;
	}
}

void
decide_trouble(struct decision *decision)
{
	const struct facts *facts = decision->facts;
	size_t row = facts->mail->trouble;
	bool stub = decision->ticket == NULL;
	enum access access = decision_access_new(decision);
	const char *why;

	if (row >= sizeof troubles / sizeof *troubles)
		row = TROUBLE_POISON;
	why = troubles[row].why;
	/* The header of a large mail is there, so its sender is known well
	 * enough to be refused a ticket, as he would be with a small one. */
	if (stub && row == TROUBLE_OVERSIZE && access != ACCESS_YES) {
		if (access == ACCESS_NO)
			decision_answer(
			    decision, NOTICE_REFUSED, "policy-denied");
		decision_add(decision, EFFECT_HOLD)->text = why;
		decision_refused(decision, OPERATION_CREATE,
		    access == ACCESS_NO ? "policy-denied" : "open-unsure");
		decision_outcome(decision, troubles[row].outcome, why);
		return;
	}
	if (stub)
		open_stub(decision, troubles[row].subject);
	decision_message(decision, AUTHOR_MACHINE, VISIBLE_ENGINEERS,
	    decide_reason(decision->arena, why));
	if (stub) {
		decision_notice_message(decision, NOTICE_NEW,
		    decision_assign(decision, facts->service), why);
		decision_state(decision, STATE_PENDING);
		decision_due(decision, DUE_PURGE_CALENDAR,
		    when_add_months(facts->now, facts->policy->keep_months));
	} else {
		decision_notice_message(decision, NOTICE_HELD, TO_OWNER, why);
	}
	if (troubles[row].outcome == OUTCOME_OVERSIZE &&
	    facts->speaker.assurance >= ASSURANCE_CUSTOMER)
		decision_answer(decision, NOTICE_OVERSIZE, "");
	decision_add(decision, EFFECT_HOLD)->text = why;
	decision_trace(decision,
	    stub ? OPERATION_CREATE : OPERATION_MESSAGE, why);
	decision_outcome(decision, troubles[row].outcome, why);
}
