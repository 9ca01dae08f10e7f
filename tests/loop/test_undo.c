/* An engineer's answer waits before it leaves, and can be called back. */
#include <string.h>

#include "kv.h"
#include "notice.h"
#include "ticket.h"

#include "apply.h"

#include "check_loop.h"
#include "desk.h"
#include "person.h"
#include "rows.h"

/* The policy is the conf's; a test has its own for as long as it lasts. */
static when *
hold_of(struct desk *desk)
{
	return &((struct policy *)(uintptr_t)desk->house.core.policy)
		    ->answer_hold;
}

static void
open_with_hold(struct desk *desk, const struct kv_engine *engine, when hold)
{
	desk_open(desk, engine);
	*hold_of(desk) = hold;
	person_opens(desk, &zoe);
}

static void
close_desk(struct desk *desk)
{
	*hold_of(desk) = 0;
	desk_close(desk);
}

START_TEST(an_answer_waits_and_then_leaves_once)
{
	struct desk desk;
	size_t since;

	open_with_hold(&desk, &kv_lmdb, 30 * WHEN_SECOND);
	since = desk.sent_count;
	person_says(&desk, &anna, "Please pull the plug.");
	ck_assert_int_eq(
	    desk_ticket(&desk, 1)->state, STATE_PENDING_FEEDBACK);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 0);
	/* It is a row, not a thought of a process. */
	desk_restart(&desk);
	desk_settle(&desk);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 0);
	desk_wait(&desk, WHEN_MINUTE);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 1);
	desk_wait(&desk, WHEN_HOUR);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 1);
	/* Too late now, and she says so. */
	person_says(&desk, &anna, "/undo");
	ck_assert_ptr_nonnull(strstr(desk_newest(&desk, anna.address)->text,
	    "none can be called back"));
	close_desk(&desk);
}
END_TEST

START_TEST(what_is_called_back_was_never_said)
{
	struct desk desk;
	struct MessageData *content;
	size_t since;

	open_with_hold(&desk, &kv_lmdb, 30 * WHEN_SECOND);
	since = desk.sent_count;
	person_says(&desk, &anna, "That customer again! Close it.");
	/* Nobody else can. */
	person_says(&desk, &bob, "/undo");
	ck_assert_ptr_nonnull(strstr(
	    desk_newest(&desk, bob.address)->text, "a colleague's"));
	person_says(&desk, &anna, "/undo");
	ck_assert_int_eq(desk_ticket(&desk, 1)->state, STATE_PENDING);
	ck_assert_str_eq(desk_ticket(&desk, 1)->owner, "");
	desk_wait(&desk, WHEN_HOUR);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 0);
	/* What was written stays, for engineers alone. */
	ck_assert_int_eq(
	    desk_message(&desk, 1, 1, &content)->visibility,
	    VISIBLE_ENGINEERS);
	ck_assert_ptr_nonnull(strstr(content->new_text, "again!"));
	ck_assert(rows_audit_whole(desk.store));
	close_desk(&desk);
}
END_TEST

START_TEST(an_answer_is_called_back_and_set_right_in_one_mail)
{
	struct desk desk;
	size_t since;

	open_with_hold(&desk, &kv_mem, 30 * WHEN_SECOND);
	since = desk.sent_count;
	person_says(&desk, &anna, "/resolve\n\nThe fuser is knew.");
	person_says(&desk, &anna, "/undo\n/resolve\n\nThe fuser is new.");
	desk_wait(&desk, WHEN_HOUR);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 1);
	ck_assert_ptr_nonnull(
	    strstr(desk_newest(&desk, zoe.address)->text, "is new."));
	ck_assert_int_eq(
	    desk_ticket(&desk, 1)->state, STATE_PENDING_CONFIRMATION);
	close_desk(&desk);
}
END_TEST

/* What the customer wrote meanwhile is not undone with it. */
START_TEST(what_happened_meanwhile_stays)
{
	struct desk desk;

	open_with_hold(&desk, &kv_mem, 30 * WHEN_SECOND);
	person_says(&desk, &anna, "Please pull the plug.");
	desk.now += WHEN_SECOND;
	person_says(&desk, &zoe, "It burns!");
	ck_assert_int_eq(desk_ticket(&desk, 1)->state, STATE_PENDING_REPLY);
	person_says(&desk, &anna, "/undo");
	ck_assert_int_eq(desk_ticket(&desk, 1)->state, STATE_PENDING_REPLY);
	ck_assert_str_eq(desk_ticket(&desk, 1)->owner, "anna");
	close_desk(&desk);
}
END_TEST

START_TEST(without_a_hold_an_answer_leaves_at_once)
{
	struct desk desk;
	size_t since;

	open_with_hold(&desk, &kv_mem, 0);
	since = desk.sent_count;
	person_says(&desk, &anna, "Please pull the plug.");
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 1);
	ck_assert_int_eq(desk_ticket(&desk, 1)->undo_until, 0);
	close_desk(&desk);
}
END_TEST

struct asking {
	struct desk *desk;
	bool refused;
};

static int
admin_undoes(struct store_txn *txn, void *arg)
{
	struct asking *asking = arg;
	struct view view = house_view(
	    &asking->desk->house, txn, asking->desk->kept,
	    &asking->desk->round->keys);
	struct facts *facts;
	struct effects effects;
	struct ready ready = {0};

	view.now = asking->desk->now; /* not this machine's */
	facts = facts_of_operation(&view, 1, "", OPERATION_UNDO, "");
	effects = decide_operation(asking->desk->kept, facts);
	asking->refused =
	    apply_effects(&view, facts, &effects, &ready).refused > 0;
	return 0;
}

START_TEST(the_command_line_calls_back_what_anybody_wrote)
{
	struct desk desk;
	struct asking asking = {.desk = &desk};
	size_t since;

	open_with_hold(&desk, &kv_mem, 30 * WHEN_SECOND);
	since = desk.sent_count;
	person_says(&desk, &anna, "Please pull the plug.");
	store_write(desk.store, admin_undoes, &asking);
	ck_assert(!asking.refused);
	store_write(desk.store, admin_undoes, &asking);
	ck_assert(asking.refused);
	desk_wait(&desk, WHEN_HOUR);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 0);
	ck_assert_ptr_nonnull(strstr(
	    desk_newest(&desk, anna.address)->text, "called the answer back"));
	close_desk(&desk);
}
END_TEST

/* ---- transcripts -------------------------------------------------------- */

START_TEST(a_transcript_tells_who_gets_what_and_what_was_done)
{
	struct desk desk;
	const char *text;
	size_t since;

	desk_open(&desk, &kv_mem);
	desk_take(&desk,
	    person_writes(&desk, &zoe, "support@desk.example", "Printer",
		"Cc: mia@weiss.example\r\n", "It smells.\n"));
	person_says(&desk, &zoe, "/cc");
	since = desk.sent_count;
	person_says(&desk, &anna,
	    "/accept\n/transcript\n\nPlease pull the plug.\n");
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 1);
	ck_assert_uint_eq(desk_count(&desk, anna.address, since), 1);
	text = desk_newest(&desk, anna.address)->text;
	ck_assert_ptr_nonnull(strstr(text, "`/accept`: done."));
	ck_assert_ptr_nonnull(strstr(text, "Please pull the plug."));
	ck_assert_ptr_nonnull(
	    strstr(text, "Pending -> Pending feedback"));
	/* Both, by alias. */
	ck_assert_ptr_nonnull(strstr(text, "@acme.example, m"));
	ck_assert_ptr_null(strstr(text, zoe.address));
	ck_assert_ptr_null(strstr(text, "mia@"));
	/* A note's readers are colleagues. */
	person_says(&desk, &anna, "/transcript\n/note Odd.\n");
	text = desk_newest(&desk, anna.address)->text;
	ck_assert_ptr_nonnull(strstr(text, "`/note`: done."));
	ck_assert_ptr_null(strstr(text, "To: "));
	desk_close(&desk);
}
END_TEST

START_TEST(the_conf_has_every_engineer_s_mail_answered)
{
	struct desk desk;
	struct policy *policy;
	const char *text;
	size_t since;

	open_with_hold(&desk, &kv_mem, 30 * WHEN_SECOND);
	policy = (struct policy *)(uintptr_t)desk.house.core.policy;
	policy->transcripts = true;
	since = desk.sent_count;
	person_says(&desk, &anna, "Please pull the plug.");
	ck_assert_uint_eq(desk_count(&desk, anna.address, since), 1);
	text = desk_newest(&desk, anna.address)->text;
	ck_assert_ptr_nonnull(strstr(text, "Please pull the plug."));
	ck_assert_ptr_nonnull(strstr(text, "calls it back: /undo"));
	/* A reply to it does. */
	person_says(&desk, &anna, "/undo");
	ck_assert_int_eq(desk_ticket(&desk, 1)->state, STATE_PENDING);
	text = desk_newest(&desk, anna.address)->text;
	ck_assert_ptr_nonnull(strstr(text, "Pending feedback -> Pending"));
	ck_assert_ptr_null(strstr(text, "calls it back"));
	policy->transcripts = false;
	close_desk(&desk);
}
END_TEST

Suite *
suite_undo(void)
{
	Suite *suite = suite_create("undo");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_test(all, an_answer_waits_and_then_leaves_once);
	tcase_add_test(all, what_is_called_back_was_never_said);
	tcase_add_test(all, an_answer_is_called_back_and_set_right_in_one_mail);
	tcase_add_test(all, what_happened_meanwhile_stays);
	tcase_add_test(all, without_a_hold_an_answer_leaves_at_once);
	tcase_add_test(all, the_command_line_calls_back_what_anybody_wrote);
	tcase_add_test(all, a_transcript_tells_who_gets_what_and_what_was_done);
	tcase_add_test(all, the_conf_has_every_engineer_s_mail_answered);
	suite_add_tcase(suite, all);
	return suite;
}
