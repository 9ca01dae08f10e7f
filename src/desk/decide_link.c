#include "decision.h"

/* Tickets that belong together: only those of the same account, or of one
 * requester, since whoever sees a ticket sees that it is linked. */

/* Each link shows in every notice to engineers. */
#define LINKS_MAX 20

static bool
is_linked(const struct decision *decision, uint64_t number)
{
	const struct Ticket *ticket = decision->ticket;
	bool linked = false;

	for (size_t i = 0; i < ticket->n_linked; i++)
		linked |= ticket->linked[i] == number;
	for (size_t i = 0; i < decision->effects.count; i++) {
		const struct effect *effect = &decision->effects.list[i];

		if (effect->number == number && effect->kind == EFFECT_LINK)
			linked = true;
		if (effect->number == number && effect->kind == EFFECT_UNLINK)
			linked = false;
	}
	return linked;
}

/* A ticket of somebody else's and one that is not there look the same. */
static bool
is_same(const struct facts *facts, uint64_t number)
{
	for (size_t i = 0; i < facts->other_count; i++)
		if (facts->others[i].number == number)
			return facts->others[i].same;
	return false;
}

/* An engineer has the transcript. */
static void
done(struct decision *decision, const struct command *command,
    const char *what)
{
	const struct speaker *speaker = &decision->facts->speaker;

	if (speaker->engineer[0] == '\0' && speaker->role != ROLE_ADMIN)
		decision_tell(decision, NOTICE_DONE, what);
	decision_trace(decision, command->operation, "");
}

const char *
decide_link(struct decision *decision, const struct command *command,
    const char *rest)
{
	uint64_t number = command->number;

	(void)rest;
	if (number == decision->ticket->number)
		return "link-itself";
	if (!is_same(decision->facts, number))
		return "link-stranger";
	if (is_linked(decision, number))
		return "linked-already";
	if (decision->ticket->n_linked >= LINKS_MAX)
		return "link-many";
	decision_add(decision, EFFECT_LINK)->number = number;
	done(decision, command, "linked");
	return NULL;
}

const char *
decide_unlink(struct decision *decision, const struct command *command,
    const char *rest)
{
	(void)rest;
	if (!is_linked(decision, command->number))
		return "not-linked";
	decision_add(decision, EFFECT_UNLINK)->number = command->number;
	done(decision, command, "unlinked");
	return NULL;
}
