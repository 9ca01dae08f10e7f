#include "decision.h"

/* What a flood and a loop come to. Nothing that came in is lost for it: it is
 * held or written down. What goes out is what becomes less, and what the
 * engineers are not told of one by one they are told of once an hour. */

static bool
over(const struct decision *decision, enum budget budget)
{
	return budget_over(decision->facts->policy->budget,
	    decision->facts->used, budget);
}

/* A sender whom nobody vouches for may be anybody, so that nothing about him
 * can be counted but all of them together; one who is vouched for stands for
 * himself alone. */
enum flood
flood_of_new(const struct decision *decision)
{
	bool stranger = decision_stranger(decision);
	bool many = over(decision, BUDGET_TICKETS_DOMAIN) ||
	    over(decision, BUDGET_TICKETS_ALL);

	if (decision->facts->admitted)
		return FLOOD_NONE;
	if (over(decision, BUDGET_TICKETS_ADDRESS) || (stranger && many))
		return FLOOD_HOLD;
	return many ? FLOOD_QUIET : FLOOD_NONE;
}

/* "Re:", "AW:", "Antwort:", "回复:": a few letters and a colon. */
static bool
is_reply(const struct Mail *mail)
{
	const char *colon = strchr(mail->subject, ':');

	return mail->n_in_reply_to > 0 || mail->n_references > 0 ||
	    (colon != NULL && colon - mail->subject <= 9 &&
		memchr(mail->subject, ' ',
		    (size_t)(colon - mail->subject)) == NULL);
}

/* Marks of a machine that has none: the same words again, or an answer to
 * what we sent on our own a few minutes ago that lost its thread, as programs
 * lose it and people's do not. */
static const char *
robot_sign(const struct decision *decision)
{
	const struct facts *facts = decision->facts;

	if (over(decision, BUDGET_SAME_TEXT))
		return "same-text";
	if (facts->ticket == NULL && facts->used[BUDGET_LATELY] > 0 &&
	    is_reply(facts->mail))
		return "prompt-reply";
	return NULL;
}

/* Told once, when it begins. */
static void
note_loop(struct decision *decision, const char *why)
{
	const struct facts *facts = decision->facts;

	decision_refused(decision, OPERATION_MESSAGE, why);
	if (facts->used[BUDGET_AUTOMATIC] ==
	    facts->policy->budget[BUDGET_AUTOMATIC])
		decision_notice(
		    decision, NOTICE_STATE, TO_OWNER, "loop-stopped");
}

bool
flood_allows_receipt(struct decision *decision)
{
	bool stranger = decision_stranger(decision);
	const char *sign = robot_sign(decision);

	if (stranger &&
	    (over(decision, BUDGET_RECEIPTS_STRANGER) ||
		over(decision, BUDGET_RECEIPTS_STRANGERS)))
		return false;
	if (sign == NULL && over(decision, BUDGET_AUTOMATIC))
		sign = "loop-stopped";
	if (sign != NULL)
		note_loop(decision, sign);
	return sign == NULL;
}

/* The end of a ticket's life, what an engineer says, and the answers to
 * people who are sure to be engineers are never left out. */
static bool
may_be_left_out(const struct effect *effect)
{
	if (effect->kind != EFFECT_NOTICE &&
	    effect->kind != EFFECT_SENDER_NOTICE)
		return false;
	return budget_counts(effect->notice);
}

bool
budget_counts(enum notice notice)
{
	switch (notice) {
	case NOTICE_REFUSED:
	case NOTICE_DONE:
	case NOTICE_CONFIDENTIAL:
	case NOTICE_OVERSIZE:
	case NOTICE_MESSAGE:
	case NOTICE_MACHINE:
	case NOTICE_STATE:
	case NOTICE_HELD:
	case NOTICE_JOINED: /* whoever may name copies could mail anybody */
	case NOTICE_ASK:
		return true;
	case NOTICE_NONE:
	case NOTICE_RECEIVED: /* has a budget of its own */
	case NOTICE_ANSWER:
	case NOTICE_ACCEPTED:
	case NOTICE_CONFIRM:
	case NOTICE_CLOSED:
	case NOTICE_CANCELED:
	case NOTICE_REMINDER:
	case NOTICE_CODE:
	case NOTICE_CODE_SENT:
	case NOTICE_PURGED:
	case NOTICE_NEW:
	case NOTICE_ESCALATION:
	case NOTICE_COMMAND_REFUSED:
	case NOTICE_TRANSCRIPT:
	case NOTICE_DIGEST:
	case NOTICES:
		break;
	}
	return false;
}

bool
budget_is_automatic(enum notice notice)
{
	return notice == NOTICE_RECEIVED || notice == NOTICE_CONFIDENTIAL ||
	    notice == NOTICE_OVERSIZE;
}

void
flood_digest(struct decision *decision, enum budget budget)
{
	decision_add(decision, EFFECT_DIGEST)->number = budget;
}

/* Whoever asks is answered. His own address is what is counted, so it has to
 * be his. */
bool
budget_is_answer(const struct facts *facts, const struct effect *effect)
{
	bool answer = effect->notice == NOTICE_REFUSED ||
	    effect->notice == NOTICE_DONE || effect->notice == NOTICE_ASK;

	return answer && effect->to == TO_SPEAKER && facts->mail != NULL &&
	    facts->speaker.engineer[0] == '\0' &&
	    (facts->speaker.assurance >= ASSURANCE_CUSTOMER ||
		facts->vouched) &&
	    (effect->kind == EFFECT_NOTICE ||
		effect->kind == EFFECT_SENDER_NOTICE);
}

/* The answer that is one too many says so instead, and stands for those that
 * follow. True: this one follows. */
static bool
answer_left_out(const struct facts *facts, struct effect *answer,
    unsigned *answered)
{
	unsigned most = facts->policy->budget[BUDGET_ANSWERS];

	if (most != 0 && *answered > most)
		return true;
	if (most != 0 && *answered == most) {
		answer->notice = NOTICE_DONE;
		answer->text = "answers-over";
	}
	++*answered;
	return false;
}

static bool
left_out(const struct decision *decision, const struct effect *one)
{
	bool full = over(decision, BUDGET_MAILS) ||
	    over(decision, BUDGET_NOTICES) ||
	    over(decision, BUDGET_NOTICES_DAY);

	return (full && may_be_left_out(one)) ||
	    (one->kind == EFFECT_NOTICE &&
		one->notice == NOTICE_CONFIDENTIAL &&
		over(decision, BUDGET_AUTOMATIC));
}

/* Taken out of what was decided, which stays what it is. */
void
flood_trim(struct decision *decision)
{
	const struct facts *facts = decision->facts;
	struct effects *effects = &decision->effects;
	unsigned answered = facts->used[BUDGET_ANSWERS];
	size_t kept = 0, untold = 0;
	struct effect end;

	if (effects->count == 0)
		return;
	for (size_t i = 0; i < effects->count; i++) {
		struct effect *one = &effects->list[i];
		bool out = budget_is_answer(facts, one)
		    ? answer_left_out(facts, one, &answered)
		    : left_out(decision, one);

		untold += out && !notice_row(one->notice)->to_customer;
		if (!out)
			effects->list[kept++] = *one;
	}
	effects->count = kept;
	if (untold == 0)
		return;
	/* The outcome stays the last one. */
	end = effects->list[--effects->count];
	flood_digest(decision, BUDGET_UNTOLD);
	*decision_add(decision, end.kind) = end;
}

void
tick_digest(struct decision *decision)
{
	const unsigned *used = decision->facts->used;

	if (used[BUDGET_HELD] + used[BUDGET_OPENED] + used[BUDGET_UNTOLD] == 0)
		return;
	decision_notice(decision, NOTICE_DIGEST, TO_ENGINEERS,
	    arena_print(decision->arena,
		"Mails that are held: %u\n"
		"New tickets: %u\n"
		"Mails on tickets: %u",
		used[BUDGET_HELD], used[BUDGET_OPENED],
		used[BUDGET_UNTOLD]));
}
