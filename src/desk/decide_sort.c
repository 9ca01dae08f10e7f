#include <string.h>

#include "buf.h"

#include "decision.h"

/* How grave a ticket is, and whose it is to solve. */

/* What the plan does not sell is not given away by a slip of the pen. */
const char *
decide_severity(struct decision *decision, const struct command *command,
    const char *rest)
{
	enum severity severity = severity_find(span_of(command->argument));
	const struct plan *plan = decision->plan;

	(void)rest;
	if (state_is_over(decision->state))
		return "over";
	if (plan == NULL)
		return "no-plan";
	if (severity == SEVERITY_NONE || plan->target[severity] == 0)
		return arena_print(decision->arena,
		    "The customer's plan has no such severity; it has: %s.",
		    plan_severities(decision->arena, plan));
	if (severity == decision->severity)
		return "severity-already";
	decision_add(decision, EFFECT_SEVERITY)->number = severity;
	decision->severity = severity;
	/* It waits as long as it did, and is now due sooner or later. */
	if (decision->state == STATE_PENDING ||
	    decision->state == STATE_PENDING_REPLY)
		decision_promise(decision, decision->ticket->changed);
	decision_trace(
	    decision, command->operation, severity_word(severity));
	return NULL;
}

static const struct service *
service_named(const struct facts *facts, const char *name)
{
	for (size_t i = 0; i < facts->service_count; i++)
		if (span_is(span_of(name), facts->services[i].name))
			return &facts->services[i];
	return NULL;
}

static const char *
no_service(const struct decision *decision)
{
	const struct facts *facts = decision->facts;
	struct buf names = buf_in(decision->arena);

	for (size_t i = 0; i < facts->service_count; i++)
		buf_print(&names, "%s%s", i > 0 ? ", " : "",
		    facts->services[i].name);
	return arena_print(decision->arena,
	    "There is no service of that name; there are: %s.",
	    buf_text(&names));
}

static bool
is_owner(const struct service *service, const char *engineer)
{
	for (size_t i = 0; i < service->owner_count; i++)
		if (strcmp(service->owners[i], engineer) == 0)
			return true;
	return false;
}

enum audience
decision_assign(struct decision *decision, const char *name)
{
	const struct service *service = service_named(decision->facts, name);

	decision->owner = "";
	if (service == NULL || service->assign == 0)
		return TO_ENGINEERS;
	decision_owner(decision, service->owners[0]);
	return TO_OWNER;
}

/* The one behind `engineer` in the list, from whose end it begins anew. */
static const char *
next_owner(const struct service *service, const char *engineer)
{
	for (size_t i = 0; i < service->owner_count; i++)
		if (strcmp(service->owners[i], engineer) == 0)
			return service->owners[(i + 1) % service->owner_count];
	return service->owners[0];
}

/* Counted on the ticket, or the mailboxes of two who are away would hand it to
 * each other for ever; who takes it himself begins the count anew. */
void
decision_pass_on(struct decision *decision)
{
	const struct Ticket *ticket = decision->ticket;
	const struct service *service =
	    service_named(decision->facts, ticket->service);
	struct effect *effect;
	bool last;

	if (service == NULL || ticket->passed >= service->owner_count)
		return;
	last = ticket->passed + 1 == service->owner_count;
	effect = decision_add(decision, EFFECT_OWNER);
	effect->text = last ? decision->owner
			    : next_owner(service, decision->owner);
	effect->flag = true;
	decision->owner = effect->text;
	if (last) {
		decision_notice(decision, NOTICE_ESCALATION, TO_ENGINEERS,
		    "owners-away");
		decision_trace(decision, OPERATION_ESCALATE, "owners-away");
	} else {
		decision_notice(
		    decision, NOTICE_NEW, TO_OWNER, "owner-away");
		decision_trace(decision, OPERATION_FORWARD, "owner-away");
	}
}

/* An engineer of both services keeps it. Else whoever worked on it is not of
 * the new service: what nobody has begun goes to all of it, what was begun to
 * its first owner, so that somebody holds it. */
static void
hand_over(struct decision *decision, const struct service *service)
{
	if (is_owner(service, decision->owner)) {
		decision_notice(decision, NOTICE_NEW, TO_OWNER, "moved");
		return;
	}
	if (decision->state == STATE_PENDING && service->assign == 0) {
		decision_owner(decision, "");
		decision_notice(decision, NOTICE_NEW, TO_ENGINEERS, "moved");
		return;
	}
	decision_owner(decision, service->owners[0]);
	decision_notice(decision, NOTICE_NEW, TO_OWNER, "moved");
}

const char *
decide_service(struct decision *decision, const struct command *command,
    const char *rest)
{
	const struct service *service =
	    service_named(decision->facts, command->argument);

	(void)rest;
	if (state_is_over(decision->state))
		return "over";
	if (service == NULL)
		return no_service(decision);
	if (strcmp(service->name, decision->ticket->service) == 0)
		return "service-already";
	decision_add(decision, EFFECT_SERVICE)->text = service->name;
	hand_over(decision, service);
	decision_trace(decision, command->operation, service->name);
	return NULL;
}
