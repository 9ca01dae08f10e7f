/* check_action: what is offered to whom, what a tap comes to, and an answer
 * that is called back. */
#include <string.h>

#include "action.h"
#include "buf.h"

#include "check_desk.h"

static const struct {
	const char *sentence;
	const char *who;
	bool vouched;
	bool purged;
	enum state state;
	enum action action;
	const char *words;
	const char *effects;
} rows[] = {
    {"solved", "requester", true, false, STATE_PENDING_CONFIRMATION,
	ACTION_CONFIRM, "[#7: Yes]\n[Just send.]\n",
	"state closed; ask delete; due purge-over; notice "
	"closed>customers; notice state>owner confirmed; trace "
	"confirmCase; outcome command confirm"},
    {"not solved, with words", "requester", true, false,
	STATE_PENDING_CONFIRMATION, ACTION_UNSOLVED,
	"[#7: No]\n[Write.]\nIt is full again.\n",
	"message customer It is full again.; state pending-reply; due "
	"escalate; notice message>owner+; trace addMessage; notice "
	"done>speaker not-solved; outcome appended not-solved"},
    {"not solved, without a word", "requester", true, false,
	STATE_PENDING_CONFIRMATION, ACTION_UNSOLVED, "[#7: No]\n",
	"message customer [#7: No]\n; state pending-reply; due escalate; "
	"notice message>owner+; trace addMessage; notice done>speaker "
	"not-solved; outcome appended not-solved"},
    {"a score", "requester", true, false, STATE_PENDING_CONFIRMATION,
	ACTION_RATE_2, "[#7: 2 / 5]\nToo slow.\n",
	"message customer Too slow.; rate #2; trace createScores; state "
	"closed; ask delete; due purge-over; notice closed>customers; "
	"notice state>owner+ confirmed; trace confirmCase; outcome "
	"appended confirm"},
    {"a score after the end", "requester", true, false, STATE_CLOSED,
	ACTION_RATE_2, "Too slow.",
	"message customer Too slow.; rate #2; trace createScores; notice "
	"state>owner+ was-rated; notice done>speaker rating; outcome "
	"appended confirm"},
    {"an old link", "requester", true, false, STATE_PROCESSING,
	ACTION_CANCEL, "[#7: Cancel]\n",
	"notice refused>speaker use-close; trace cancelCase refused "
	"use-close; outcome command use-close"},
    {"the words of a mail that needs none", "requester", true, false,
	STATE_PENDING_FEEDBACK, ACTION_STATUS, "Jan\nSent from a phone",
	"notice done>speaker status; trace queryCase; outcome command "
	"status"},
    {"whoever is in copy confirms nothing", "cc", true, false,
	STATE_PENDING_CONFIRMATION, ACTION_CONFIRM, "",
	"notice refused>speaker not-yours; trace confirmCase refused "
	"not-yours; outcome command not-yours"},
    {"he leaves", "cc", true, false, STATE_PROCESSING, ACTION_LEAVE, "",
	"role left; notice state>owner cc-left; notice done>speaker "
	"cc-gone; trace ccCase; outcome command uncc"},
    {"a faked customer", "faked-requester", false, false,
	STATE_PENDING_CONFIRMATION, ACTION_CONFIRM, "",
	"notice held>owner append-unsure; hold append-unsure; trace "
	"addMessage refused append-unsure; outcome held append-unsure"},
    {"a stranger with the link", "stranger", true, false,
	STATE_PENDING_CONFIRMATION, ACTION_CONFIRM, "",
	"participant other eve@evil.example; message stranger "
	"engineers-only; notice message>owner+ stranger; trace addMessage "
	"stranger; outcome appended stranger"},
    {"an engineer with the link", "anna", true, false,
	STATE_PENDING_CONFIRMATION, ACTION_CONFIRM, "Try again.",
	"answer command-refused; trace confirmCase refused customers-only; "
	"outcome command refused"},
    {"a late score", "stranger", true, true, STATE_CLOSED, ACTION_RATE_4,
	"",
	"rate #4; trace createScores; notice state>owner was-rated; answer "
	"done; outcome command rate"},
    {"a late score of nobody", "stranger", false, true, STATE_CLOSED,
	ACTION_RATE_4, "",
	"hold command-unsure; trace addMessage refused command-unsure; "
	"outcome held command-unsure"},
    {"a late no", "stranger", true, true, STATE_CLOSED, ACTION_UNSOLVED,
	"It is full again.",
	"open #7 Disk full; participant requester eve@evil.example; "
	"message customer It is full again.; notice received>requester; "
	"notice new>engineers+; state pending; due escalate; due "
	"purge-calendar; trace createCase follows; outcome ticket follows"},
    {"too late for anything else", "stranger", true, true, STATE_CLOSED,
	ACTION_CANCEL, "",
	"answer refused; trace cancelCase refused over; outcome command "
	"over"},
};

static struct facts
facts_of_tap(struct arena *arena, const char *who, enum state state,
    enum action action, const char *words)
{
	struct facts facts =
	    facts_of_mail(arena, who, state, MAIL_HUMAN, words);

	facts.action = action;
	facts.actions = 1;
	facts.subject = "Disk full";
	return facts;
}

START_TEST(a_tap_has_these_effects)
{
	struct arena *arena = arena_new(0);
	struct facts facts = facts_of_tap(arena, rows[_i].who, rows[_i].state,
	    rows[_i].action, rows[_i].words);
	const char *is;

	facts.vouched = rows[_i].vouched;
	((struct Ticket *)(uintptr_t)facts.ticket)->purged = rows[_i].purged;
	is = effects_text(arena, decide_mail(arena, &facts));
	ck_assert_msg(strcmp(is, rows[_i].effects) == 0, "%s:\n%s\n",
	    rows[_i].sentence, is);
	arena_free(arena);
}
END_TEST

/* Of a mail and of the command line; `left`: how long it still waits. */
static const struct {
	const char *sentence;
	const char *who; /* NULL: the command line */
	when left;
	const char *words;
	const char *effects;
} undo_rows[] = {
    {"an answer waits", "anna", 0, "Try again.",
	"message engineer Try again.; state pending-feedback; due remind; "
	"due feedback; notice answer>customers+; hold-back anna; trace "
	"addMessage; outcome appended engineer"},
    {"so does a question", "anna", 0, "/resolve",
	"state pending-confirmation; due confirmation; notice "
	"confirm>customers; hold-back anna; trace resolveCase; notice "
	"transcript>speaker resolve; outcome command resolve"},
    {"it is called back", "anna", WHEN_SECOND, "/undo",
	"undo; owner; state pending; due escalate; trace undoMessage; "
	"notice transcript>speaker undo; outcome command undo"},
    {"and another one goes in its place", "anna", WHEN_SECOND,
	"/undo\nSorry: try again.",
	"undo; owner; state pending; due escalate; trace undoMessage; "
	"message engineer Sorry: try again.; owner anna; trace acceptCase; "
	"state pending-feedback; due remind; due feedback; notice "
	"answer>customers+; hold-back; trace addMessage; notice "
	"transcript>speaker undo; outcome appended undo"},
    {"it has left", "anna", 0, "/undo",
	"answer command-refused; trace undoMessage refused undo-late; "
	"outcome command refused"},
    {"it is a colleague's", "bert", WHEN_SECOND, "/undo",
	"answer command-refused; trace undoMessage refused undo-another; "
	"outcome command refused"},
    {"the admin's word is enough", NULL, WHEN_SECOND, "",
	"undo; owner; state pending; due escalate; notice state>owner "
	"undone; trace undoMessage"},
};

START_TEST(an_answer_that_waits_has_these_effects)
{
	struct arena *arena = arena_new(0);
	bool mail = undo_rows[_i].who != NULL;
	struct facts facts =
	    facts_of_mail(arena, mail ? undo_rows[_i].who : "requester",
		STATE_PENDING_FEEDBACK, MAIL_HUMAN, undo_rows[_i].words);
	struct Ticket *ticket = (struct Ticket *)(uintptr_t)facts.ticket;
	struct policy policy = test_policy;
	const char *is;

	policy.answer_hold = 30 * WHEN_SECOND;
	facts.policy = &policy;
	ticket->undo_until = NOW + undo_rows[_i].left;
	ticket->undo_engineer = arena_copy_text(arena, "anna");
	ticket->undo_owner = arena_copy_text(arena, "");
	ticket->undo_state = STATE_PENDING;
	ticket->undo_changed = ticket->changed;
	facts.operation = OPERATION_UNDO;
	facts.argument = "";
	if (!mail)
		facts.mail = NULL;
	is = effects_text(arena,
	    mail ? decide_mail(arena, &facts)
		 : decide_operation(arena, &facts));
	ck_assert_msg(strcmp(is, undo_rows[_i].effects) == 0, "%s:\n%s\n",
	    undo_rows[_i].sentence, is);
	arena_free(arena);
}
END_TEST

/* Who gets which links in which state; before and after a rating. */
START_TEST(what_customers_may_tap_is_as_the_golden_file_says)
{
	static const enum role roles[] = {ROLE_REQUESTER, ROLE_CC};
	struct arena *arena = arena_new(0);
	struct buf text = buf_in(arena);

	for (int i = 0; i < 4 * STATES; i++) {
		enum state state = (enum state)(i / 4);
		enum role role = roles[i / 2 % 2];

		buf_print(&text, "%-20s %-9s %s:", state_word(state),
		    role_word(role), i % 2 ? "rated" : "not rated");
		for (int a = ACTION_NONE + 1; a < ACTIONS; a++)
			if (action_offered(
				(enum action)a, role, state, i % 2))
				buf_print(&text, " %s",
				    action_row((enum action)a)->word);
		buf_add_text(&text, "\n");
	}
	check_golden("action.txt", buf_text(&text));
	arena_free(arena);
}
END_TEST

/* Whatever a notice offers is done, when it is asked for at once. */
START_TEST(what_is_offered_is_not_refused)
{
	static const char *const people[] = {"requester", "cc"};
	struct arena *arena = arena_new(0);

	for (int i = 0; i < 2 * STATES * ACTIONS; i++) {
		enum state state = (enum state)(i / 2 % STATES);
		enum action action = (enum action)(i / 2 / STATES);
		struct facts facts = facts_of_mail(arena, people[i % 2],
		    state, MAIL_HUMAN, "[#7: Tapped]\n[Just send.]\n");
		struct effects effects;

		if (!action_offered(action, facts.speaker.role, state, false))
			continue;
		facts.action = action;
		facts.actions = 1;
		facts.vouched = true;
		facts.subject = "Disk full";
		effects = decide_mail(arena, &facts);
		for (size_t e = 0; e < effects.count; e++)
			ck_assert_msg(effects.list[e].kind != EFFECT_TRACE ||
				!effects.list[e].flag,
			    "%s in %s: %s", action_row(action)->word,
			    state_word(state), effects.list[e].text);
	}
	arena_free(arena);
}
END_TEST

START_TEST(what_engineers_are_offered_is_as_the_golden_file_says)
{
	struct arena *arena = arena_new(0);
	struct buf text = buf_in(arena);

	for (int s = STATE_PENDING; s < STATES; s++)
		buf_print(&text, "%s\n%s\n\n", state_word((enum state)s),
		    action_commands(arena, ROLE_ENGINEER, (enum state)s));
	check_golden("offer.txt", buf_text(&text));
	arena_free(arena);
}
END_TEST

TCase *
action_case(void)
{
	TCase *all = tcase_create("action");

	tcase_add_loop_test(all, a_tap_has_these_effects, 0,
	    sizeof rows / sizeof *rows);
	tcase_add_loop_test(all, an_answer_that_waits_has_these_effects, 0,
	    sizeof undo_rows / sizeof *undo_rows);
	tcase_add_test(
	    all, what_customers_may_tap_is_as_the_golden_file_says);
	tcase_add_test(all, what_is_offered_is_not_refused);
	tcase_add_test(
	    all, what_engineers_are_offered_is_as_the_golden_file_says);
	return all;
}
