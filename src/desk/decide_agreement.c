#include "creation.h"
#include "decision.h"

/* The agreement that a ticket is opened under: told in the receipt, and
 * accepted by whoever opened it, if it is sure that it is he. What counts is
 * the version that he was told, whatever the conf says by now. */

static void
agree(struct decision *decision, const char *version, bool accepted)
{
	struct effect *effect = decision_add(decision, EFFECT_AGREEMENT);

	effect->text = version;
	effect->flag = accepted;
	if (accepted)
		decision_trace(decision, OPERATION_AGREE, version);
}

static bool
has_line(struct decision *decision, const char *service, const char *text)
{
	struct creation creation = creation_read(decision->arena,
	    decide_service_named(decision->facts, service), text);

	return creation_agrees(&creation);
}

static bool
is_sure(const struct decision *decision)
{
	return decision->facts->speaker.assurance >= ASSURANCE_CUSTOMER;
}

void
decide_agreement_new(struct decision *decision)
{
	const struct facts *facts = decision->facts;
	const char *version = facts->policy->agreement_version;

	if (version == NULL || version[0] == '\0')
		return;
	agree(decision, version,
	    is_sure(decision) &&
		has_line(decision, facts->service, facts->mail->new_text));
}

void
decide_agreement_reply(struct decision *decision, const char *text)
{
	const struct facts *facts = decision->facts;
	const struct Ticket *ticket = decision->ticket;

	if (ticket->agreement_version[0] == '\0' || ticket->agreement ||
	    facts->speaker.role != ROLE_REQUESTER || !is_sure(decision))
		return;
	if (facts->policy->agree_by_reply ||
	    has_line(decision, ticket->service, text))
		agree(decision, ticket->agreement_version, true);
}
