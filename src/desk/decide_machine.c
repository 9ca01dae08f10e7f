#include "decision.h"

/* What machines write is kept where it belongs and changes nothing: no state,
 * no answer, no word to a customer (RFC 3834; a vacation note must not reopen
 * a ticket, and two robots must not talk to each other). One thing alone comes
 * of it: a ticket does not wait for an engineer who is away. */

/* What a delivery report says of the mail it is about. */
struct report {
	bool failed; /* for good */
	bool hard;   /* because of the address, not of the hour */
};

static struct report
report_of(const struct Bounce *bounce)
{
	struct report report = {0};

	/* A report that names nobody is an old one in free form: it failed,
	 * and nothing is known of how. */
	if (bounce == NULL || bounce->n_recipients == 0)
		return (struct report){.failed = true};
	for (size_t i = 0; i < bounce->n_recipients; i++) {
		const struct BounceRecipient *one = bounce->recipients[i];

		if (!span_is(span_of(one->action), "failed"))
			continue;
		report.failed = true;
		/* A refusal of this one mail, or a full mailbox, says nothing
		 * against the address. */
		if (span_is(span_of(one->class_), "hard"))
			report.hard = true;
	}
	return report;
}

/* Only a report that came to an address which we keyed for this very mail, or
 * on a keyed thread, is believed: anybody can send one (research T16). */
static void
decide_bounce(struct decision *decision)
{
	const struct facts *facts = decision->facts;
	struct report report = report_of(facts->mail->bounce);

	if (decision->ticket != NULL)
		decision_message(decision, AUTHOR_MACHINE, VISIBLE_ENGINEERS,
		    facts->mail->new_text);
	if (facts->bounced_outbox != 0 && report.failed) {
		struct effect *effect =
		    decision_add(decision, EFFECT_BOUNCED);

		effect->number = facts->bounced_outbox;
		effect->flag = report.hard;
	}
	/* Anybody can write one with a customer's name and a number: kept, but
	 * engineers are not told that a delivery failed. */
	if (decision->ticket != NULL && report.failed &&
	    (facts->bounced_outbox != 0 ||
		facts->speaker.assurance > ASSURANCE_NONE))
		decision_notice_message(
		    decision, NOTICE_MACHINE, TO_OWNER, "bounce");
}

/* Only what comes from the owner's own address, vouched for, as the answer to
 * a notice about this very ticket: anybody can write that Anna is away. */
static bool
owner_is_away(const struct decision *decision, enum mail_kind kind)
{
	const struct facts *facts = decision->facts;

	return kind == MAIL_AUTO_REPLY && !state_is_over(decision->state) &&
	    facts->speaker.role == ROLE_OWNER &&
	    facts->speaker.assurance >= facts->policy->ladder.engineer;
}

void
decide_machine(struct decision *decision)
{
	const struct facts *facts = decision->facts;
	enum mail_kind kind = (enum mail_kind)facts->mail->kind;
	const char *word = mail_kind_word(kind);

	/* The report's own address names the row, and so the ticket. */
	if (kind == MAIL_BOUNCE && facts->bounced_outbox != 0)
		decision->ticket = facts->ticket;
	if (kind == MAIL_BOUNCE)
		decide_bounce(decision);
	else if (decision->ticket != NULL)
		decision_message(decision, AUTHOR_MACHINE, VISIBLE_ENGINEERS,
		    facts->mail->new_text);
	if (decision->ticket != NULL && owner_is_away(decision, kind))
		decision_pass_on(decision);
	if (decision->ticket != NULL)
		decision_trace(decision, OPERATION_MESSAGE, word);
	else
		decision_refused(decision, OPERATION_MESSAGE, word);
	decision_outcome(decision,
	    decision->ticket != NULL ? OUTCOME_APPENDED : OUTCOME_IGNORED,
	    word);
}
