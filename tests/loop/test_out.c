/* The four ends of what leaves the house, and what follows from each. */
#include <string.h>

#include "kv.h"
#include "notice.h"
#include "outflow.h"
#include "ticket.h"

#include "check_loop.h"
#include "desk.h"
#include "person.h"

/* What the world answers to parcels to one address: one verdict an attempt,
 * the last one for ever. Everybody else is well. */
struct world {
	const char *to;
	const char *verdicts; /* y, l, n, u; '-': no receipt ever comes */
};

static bool
answer(void *arg, const struct Parcel *parcel, enum verdict *verdict_r)
{
	static const char letters[] = "ylnu";
	struct world *world = arg;
	char letter;

	*verdict_r = VERDICT_YES;
	if (world->to == NULL || strcmp(parcel->to, world->to) != 0)
		return true;
	letter = world->verdicts[0];
	if (world->verdicts[1] != '\0')
		world->verdicts++;
	if (letter == '-')
		return false;
	*verdict_r = (enum verdict)(strchr(letters, letter) - letters);
	return true;
}

static void
open_with(struct desk *desk, struct world *world)
{
	desk_open(desk, &kv_mem);
	desk->answer = answer;
	desk->answer_arg = world;
}

/* The row of the first parcel to an address. */
static uint64_t
row_to(const struct desk *desk, const char *to)
{
	for (size_t i = 0; i < desk->sent_count; i++)
		if (strcmp(desk->sent[i].parcel->to, to) == 0)
			return desk->sent[i].parcel->outbox;
	ck_abort_msg("nothing went to %s", to);
	return 0;
}

static enum outbox_status
status_of(struct desk *desk, uint64_t row)
{
	return (enum outbox_status)desk_outbox(desk, row)->status;
}

START_TEST(yes_ends_it)
{
	struct world world = {zoe.address, "y"};
	struct desk desk;
	uint64_t row;

	open_with(&desk, &world);
	person_opens(&desk, &zoe);
	row = row_to(&desk, zoe.address);
	desk_wait(&desk, WHEN_HOUR);
	ck_assert_int_eq(status_of(&desk, row), OUTBOX_SENT);
	ck_assert_uint_eq(desk_count_row(&desk, row), 1);
	ck_assert_uint_eq(desk.round->outflow.in_air, 0);
	desk_close(&desk);
}
END_TEST

START_TEST(later_comes_again_ever_more_slowly_with_the_same_message_id)
{
	struct world world = {zoe.address, "lly"};
	struct desk desk;
	uint64_t row;

	open_with(&desk, &world);
	person_opens(&desk, &zoe);
	row = row_to(&desk, zoe.address);
	ck_assert_uint_eq(desk_count_row(&desk, row), 1);
	ck_assert_int_eq(status_of(&desk, row), OUTBOX_QUEUED);
	desk_wait(&desk, WHEN_MINUTE + WHEN_MINUTE / 5);
	ck_assert_uint_eq(desk_count_row(&desk, row), 2);
	desk_wait(&desk, 4 * WHEN_MINUTE);
	ck_assert_uint_eq(desk_count_row(&desk, row), 2);
	desk_wait(&desk, 2 * WHEN_MINUTE);
	ck_assert_uint_eq(desk_count_row(&desk, row), 3);
	ck_assert_int_eq(status_of(&desk, row), OUTBOX_SENT);
	ck_assert_str_eq(desk.sent[desk.sent_count - 1].mail->message_id,
	    desk_outbox(&desk, row)->message_id);
	desk_close(&desk);
}
END_TEST

START_TEST(later_for_ever_is_given_up_and_others_are_not_held_up)
{
	struct world world = {zoe.address, "l"};
	struct desk desk;
	uint64_t row;

	open_with(&desk, &world);
	person_opens(&desk, &zoe);
	row = row_to(&desk, zoe.address);
	ck_assert_uint_eq(desk_count(&desk, anna.address, 0), 1);
	person_opens(&desk, &karl);
	ck_assert_uint_eq(desk_count(&desk, karl.address, 0), 1);
	desk_wait(&desk, 8 * WHEN_DAY);
	ck_assert_int_eq(status_of(&desk, row), OUTBOX_FAILED);
	ck_assert_str_eq(desk_outbox(&desk, row)->said, "given up");
	ck_assert_uint_lt(desk_count_row(&desk, row), 20);
	ck_assert_uint_eq(desk.round->outflow.in_air, 0);
	desk_close(&desk);
}
END_TEST

START_TEST(never_ends_it_counts_on_the_address_and_keeps_no_address)
{
	struct world world = {zoe.address, "n"};
	struct desk desk;
	uint64_t row;

	open_with(&desk, &world);
	person_opens(&desk, &zoe);
	row = row_to(&desk, zoe.address);
	desk_wait(&desk, 2 * WHEN_DAY);
	ck_assert_int_eq(status_of(&desk, row), OUTBOX_FAILED);
	ck_assert_uint_eq(desk_count_row(&desk, row), 1);
	/* The server's words repeat the address; its code is enough. */
	ck_assert_str_eq(desk_outbox(&desk, row)->said, "5.1.1");
	ck_assert_uint_eq(desk_outbox(&desk, row)->code, 550);
	desk_close(&desk);
}
END_TEST

START_TEST(an_unsure_mail_goes_once_more_and_is_then_held)
{
	struct world world = {zoe.address, "u"};
	struct desk desk;
	uint64_t row;

	open_with(&desk, &world);
	person_opens(&desk, &zoe);
	row = row_to(&desk, zoe.address);
	desk_wait(&desk, 2 * WHEN_DAY);
	ck_assert_uint_eq(desk_count_row(&desk, row), 2);
	ck_assert_int_eq(status_of(&desk, row), OUTBOX_HELD);
	for (size_t i = 0; i < desk.sent_count; i++)
		if (desk.sent[i].parcel->outbox == row)
			ck_assert_str_eq(desk.sent[i].mail->message_id,
			    desk_outbox(&desk, row)->message_id);
	desk_close(&desk);
}
END_TEST

START_TEST(an_unsure_sms_is_held_at_once)
{
	struct world world = {"+491512345678", "u"};
	struct desk desk;
	uint64_t row;

	open_with(&desk, &world);
	person_opens(&desk, &zoe);
	person_says(&desk, &zoe, "/sms +49 151 2345678");
	row = row_to(&desk, "+491512345678");
	desk_wait(&desk, 2 * WHEN_DAY);
	ck_assert_uint_eq(desk_count_row(&desk, row), 1);
	ck_assert_int_eq(status_of(&desk, row), OUTBOX_HELD);
	desk_close(&desk);
}
END_TEST

START_TEST(a_process_that_dies_leaves_what_was_in_the_air_unsure)
{
	struct world world = {zoe.address, "-y"};
	struct desk desk;
	uint64_t row;

	open_with(&desk, &world);
	person_opens(&desk, &zoe);
	row = row_to(&desk, zoe.address);
	ck_assert_int_eq(status_of(&desk, row), OUTBOX_SENDING);
	desk_close(&desk);
	/* In memory nothing outlives a process; on disk it does. */
	world.verdicts = "-y";
	desk_open(&desk, &kv_lmdb);
	desk.answer = answer;
	desk.answer_arg = &world;
	person_opens(&desk, &zoe);
	desk_restart(&desk);
	desk_settle(&desk);
	ck_assert_int_eq(status_of(&desk, row), OUTBOX_QUEUED);
	ck_assert_uint_eq(desk_outbox(&desk, row)->unsure, 1);
	desk_wait(&desk, 2 * WHEN_MINUTE);
	ck_assert_int_eq(status_of(&desk, row), OUTBOX_SENT);
	ck_assert_uint_eq(desk_count_row(&desk, row), 2);
	desk_close(&desk);
}
END_TEST

START_TEST(a_receipt_of_an_attempt_that_is_over_changes_nothing)
{
	struct world world = {zoe.address, "l-"};
	struct desk desk;
	uint64_t row;

	open_with(&desk, &world);
	person_opens(&desk, &zoe);
	row = row_to(&desk, zoe.address);
	desk_wait(&desk, 2 * WHEN_MINUTE);
	ck_assert_uint_eq(desk_outbox(&desk, row)->attempts, 2);
	desk_receive(&desk, row, 1, VERDICT_NEVER);
	desk_settle(&desk);
	ck_assert_int_eq(status_of(&desk, row), OUTBOX_SENDING);
	desk_receive(&desk, row, 2, VERDICT_YES);
	desk_settle(&desk);
	ck_assert_int_eq(status_of(&desk, row), OUTBOX_SENT);
	desk_receive(&desk, row, 2, VERDICT_NEVER);
	desk_receive(&desk, 9999, 1, VERDICT_NEVER);
	desk_settle(&desk);
	ck_assert_int_eq(status_of(&desk, row), OUTBOX_SENT);
	desk_close(&desk);
}
END_TEST

/* However late a receipt comes, its parcel is down: else the desk would
 * believe one day that all of its places are in the air, and fall silent. */
START_TEST(a_late_receipt_still_gives_its_place_back)
{
	struct world world = {zoe.address, "-"};
	struct desk desk;
	uint64_t row;

	open_with(&desk, &world);
	person_opens(&desk, &zoe);
	row = row_to(&desk, zoe.address);
	world.verdicts = "y";
	desk_wait(&desk, 30 * WHEN_MINUTE);
	ck_assert_int_eq(status_of(&desk, row), OUTBOX_SENT);
	ck_assert_uint_eq(desk_count_row(&desk, row), 2);
	desk_receive(&desk, row, 1, VERDICT_YES);
	desk_settle(&desk);
	ck_assert_uint_eq(desk.round->outflow.in_air, 0);
	desk_close(&desk);
}
END_TEST

/* The places are few and the answers slow: what has waited its turn for long
 * has as much time in the air as anything else. */
START_TEST(who_waits_long_for_his_turn_is_not_taken_for_lost)
{
	struct world world = {NULL, "y"};
	struct desk desk;
	uint64_t row;

	open_with(&desk, &world);
	desk.house.core.parcels_most = 0;
	person_opens(&desk, &zoe);
	desk_wait(&desk, APPLY_LEASE - WHEN_SECOND);
	ck_assert_uint_eq(desk.sent_count, 0);
	desk.house.core.parcels_most = 64;
	world = (struct world){zoe.address, "-"};
	desk_settle(&desk);
	row = row_to(&desk, zoe.address);
	ck_assert_int_eq(status_of(&desk, row), OUTBOX_SENDING);
	desk_wait(&desk, APPLY_LEASE - WHEN_MINUTE);
	ck_assert_uint_eq(desk_outbox(&desk, row)->unsure, 0);
	desk_wait(&desk, 2 * WHEN_MINUTE);
	ck_assert_uint_eq(desk_outbox(&desk, row)->unsure, 1);
	desk_close(&desk);
}
END_TEST

START_TEST(a_newer_state_takes_the_place_of_an_sms_that_still_waits)
{
	static const char number[] = "+491512345678";
	struct world world = {number, "yl"};
	struct desk desk;
	uint64_t older, newer;

	open_with(&desk, &world);
	person_opens(&desk, &zoe);
	person_says(&desk, &zoe, "/sms +49 151 2345678");
	person_says(&desk, &zoe,
	    arena_print(desk.kept, "/verify %s", desk_code(&desk, 1)));
	person_says(&desk, &anna, "Which model is it?");
	older = desk_newest(&desk, number)->parcel->outbox;
	ck_assert_int_eq(status_of(&desk, older), OUTBOX_QUEUED);
	world.verdicts = "y";
	person_says(&desk, &anna, "/resolve");
	newer = desk_newest(&desk, number)->parcel->outbox;
	ck_assert_uint_ne(newer, older);
	ck_assert_int_eq(status_of(&desk, older), OUTBOX_SUPERSEDED);
	ck_assert_int_eq(status_of(&desk, newer), OUTBOX_SENT);
	desk_wait(&desk, WHEN_DAY);
	ck_assert_uint_eq(desk_count_row(&desk, older), 1);
	desk_close(&desk);
}
END_TEST

Suite *
suite_out(void)
{
	Suite *suite = suite_create("out");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_test(all, yes_ends_it);
	tcase_add_test(all,
	    later_comes_again_ever_more_slowly_with_the_same_message_id);
	tcase_add_test(
	    all, later_for_ever_is_given_up_and_others_are_not_held_up);
	tcase_add_test(
	    all, never_ends_it_counts_on_the_address_and_keeps_no_address);
	tcase_add_test(all, an_unsure_mail_goes_once_more_and_is_then_held);
	tcase_add_test(all, an_unsure_sms_is_held_at_once);
	tcase_add_test(
	    all, a_process_that_dies_leaves_what_was_in_the_air_unsure);
	tcase_add_test(
	    all, a_receipt_of_an_attempt_that_is_over_changes_nothing);
	tcase_add_test(all, a_late_receipt_still_gives_its_place_back);
	tcase_add_test(all,
	    a_newer_state_takes_the_place_of_an_sms_that_still_waits);
	tcase_add_test(
	    all, who_waits_long_for_his_turn_is_not_taken_for_lost);
	suite_add_tcase(suite, all);
	return suite;
}
