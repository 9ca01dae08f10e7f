/* check_property: what holds for every mail, whoever writes what where. */
#include <stdio.h>
#include <string.h>

#include "check_desk.h"

static const char *const people[] = {"requester", "cc", "faked-requester",
    "stranger", "nobody", "manager", "anna", "bert", "faked-anna"};

static const char *const words[] = {"", "Hello.", "yes", "no", "confirm 5",
    "cancel", "close", "/remind", "/status\nwell", "/sms +4915112345678",
    "verify 123456", "/forget", "/forget yes", "/accept", "/resolve\nDone.",
    "/note hm\nhm", "/forward bert", "/forward carl", "/nonsense", "/close",
    "/accept\n/resolve\n/close", "/help", "rate 3", "/cc mia@acme.example",
    "leave", "/uncc all"};

#define COUNT(list) (sizeof(list) / sizeof *(list))

typedef void check_function(const struct facts *facts, struct effects effects);

/* Every person, state, kind, word, assurance and way of threading. */
static void
for_each_mail(check_function *check)
{
	size_t tries = COUNT(people) * STATES * (MAIL_FEEDBACK + 1) *
	    COUNT(words) * ASSURANCES * 2;
	struct arena *arena = arena_new(0);

	for (size_t i = 0; i < tries; i++) {
		size_t left = i / 2;
		size_t who = left % COUNT(people);
		size_t state = (left /= COUNT(people)) % STATES;
		size_t kind = (left /= STATES) % (MAIL_FEEDBACK + 1);
		size_t word = (left /= MAIL_FEEDBACK + 1) % COUNT(words);
		struct facts facts = facts_of_mail(arena, people[who],
		    (enum state)state, (enum mail_kind)kind, words[word]);

		facts.speaker.assurance =
		    (enum assurance)(left / COUNT(words) % ASSURANCES);
		if (i % 2 == 1) {
			facts.thread.subject = facts.thread.reply_address;
			facts.thread.reply_address = 0;
		}
		check(&facts, decide_mail(arena, &facts));
		arena_reset(arena);
	}
	arena_free(arena);
}

static bool
is_machine(const struct facts *facts)
{
	return facts->mail->kind != MAIL_HUMAN &&
	    facts->mail->kind != MAIL_LIST;
}

static bool
opens(struct effects effects)
{
	for (size_t i = 0; i < effects.count; i++) {
		if (effects.list[i].kind == EFFECT_OPEN)
			return true;
	}
	return false;
}

static void
has_one_outcome_at_its_end(const struct facts *facts, struct effects effects)
{
	size_t outcomes = 0, traces = 0;

	(void)facts;
	for (size_t i = 0; i < effects.count; i++) {
		outcomes += effects.list[i].kind == EFFECT_OUTCOME;
		traces += effects.list[i].kind == EFFECT_TRACE;
		ck_assert_ptr_nonnull(effects.list[i].text);
		ck_assert_ptr_nonnull(effects.list[i].name);
	}
	ck_assert_uint_eq(outcomes, 1);
	ck_assert_int_eq(
	    effects.list[effects.count - 1].kind, EFFECT_OUTCOME);
	ck_assert_uint_ge(traces, 1);
}

static void
is_quiet_when_a_machine_writes(
    const struct facts *facts, struct effects effects)
{
	if (!is_machine(facts))
		return;
	for (size_t i = 0; i < effects.count; i++) {
		const struct effect *one = &effects.list[i];

		ck_assert_int_ne(one->kind, EFFECT_STATE);
		ck_assert_int_ne(one->kind, EFFECT_OPEN);
		ck_assert_int_ne(one->kind, EFFECT_SENDER_NOTICE);
		if (one->kind == EFFECT_NOTICE)
			ck_assert(!notice_row(one->notice)->to_customer);
	}
}

/* Below the ladder nothing moves and nobody outside is told; a ticket may
 * still be opened, for which this conf asks nothing. */
static void
moves_nothing_below_the_ladder(
    const struct facts *facts, struct effects effects)
{
	const struct ladder *ladder = &facts->policy->ladder;
	bool engineer = facts->speaker.role == ROLE_OWNER ||
	    facts->speaker.role == ROLE_ENGINEER;

	if (opens(effects) || facts->speaker.assurance >=
		(engineer ? ladder->engineer : ladder->append))
		return;
	for (size_t i = 0; i < effects.count; i++) {
		const struct effect *one = &effects.list[i];

		ck_assert_int_ne(one->kind, EFFECT_STATE);
		ck_assert_int_ne(one->kind, EFFECT_OWNER);
		ck_assert_int_ne(one->kind, EFFECT_PURGE);
		ck_assert_int_ne(one->kind, EFFECT_SENDER_NOTICE);
		if (one->kind == EFFECT_MESSAGE)
			ck_assert_int_eq(one->visibility, VISIBLE_ENGINEERS);
		if (one->kind == EFFECT_NOTICE)
			ck_assert(!notice_row(one->notice)->to_customer);
	}
}

/* A stranger is told nothing of a ticket, and nothing of his goes to those
 * who are on it. */
static void
keeps_strangers_apart(const struct facts *facts, struct effects effects)
{
	if (facts->speaker.role != ROLE_STRANGER || opens(effects))
		return;
	for (size_t i = 0; i < effects.count; i++) {
		const struct effect *one = &effects.list[i];

		ck_assert_int_ne(one->kind, EFFECT_STATE);
		ck_assert_int_ne(one->kind, EFFECT_SENDER_NOTICE);
		if (one->kind == EFFECT_MESSAGE)
			ck_assert_int_eq(one->visibility, VISIBLE_ENGINEERS);
		if (one->kind == EFFECT_NOTICE)
			ck_assert(!notice_row(one->notice)->to_customer);
	}
}

/* The state only goes where some row of the table sends it. */
static void
goes_where_the_table_says(const struct facts *facts, struct effects effects)
{
	enum state state = opens(effects) || facts->ticket == NULL
	    ? STATE_NONE
	    : (enum state)facts->ticket->state;

	for (size_t i = 0; i < effects.count; i++) {
		bool found = false;

		if (effects.list[i].kind != EFFECT_STATE)
			continue;
		for (int e = 0; e < EVENTS; e++) {
			struct transition step =
			    ticket_step(state, (enum event)e);

			if (step.step != STEP_REFUSE &&
			    step.step != STEP_NOTHING &&
			    step.to == effects.list[i].state)
				found = true;
		}
		ck_assert_msg(found, "%s -> %s", state_word(state),
		    state_word(effects.list[i].state));
		state = effects.list[i].state;
	}
}

/* A notice that shows a message shows one that its reader may see. */
static void
shows_notes_to_engineers_only(
    const struct facts *facts, struct effects effects)
{
	enum visibility newest = VISIBLE_ENGINEERS;

	(void)facts;
	for (size_t i = 0; i < effects.count; i++) {
		const struct effect *one = &effects.list[i];

		if (one->kind == EFFECT_MESSAGE)
			newest = one->visibility;
		if (one->kind == EFFECT_NOTICE && one->of_message &&
		    notice_row(one->notice)->to_customer)
			ck_assert_int_eq(newest, VISIBLE_ALL);
	}
}

static check_function *const properties[] = {
    has_one_outcome_at_its_end,
    is_quiet_when_a_machine_writes,
    moves_nothing_below_the_ladder,
    keeps_strangers_apart,
    goes_where_the_table_says,
    shows_notes_to_engineers_only,
};

START_TEST(every_mail_has_the_property)
{
	for_each_mail(properties[_i]);
}
END_TEST

START_TEST(our_own_mail_is_ignored_whatever_it_says)
{
	struct arena *arena = arena_new(0);
	struct facts facts = facts_of_mail(arena, "requester",
	    STATE_PENDING_CONFIRMATION, MAIL_HUMAN, "yes");

	facts.from_ourselves = true;
	ck_assert_str_eq(effects_text(arena, decide_mail(arena, &facts)),
	    "trace addMessage refused own-mail; outcome ignored own-mail");
	arena_free(arena);
}
END_TEST

TCase *
property_case(void)
{
	TCase *all = tcase_create("property");

	tcase_set_timeout(all, 120);
	tcase_add_loop_test(
	    all, every_mail_has_the_property, 0, COUNT(properties));
	tcase_add_test(all, our_own_mail_is_ignored_whatever_it_says);
	return all;
}
