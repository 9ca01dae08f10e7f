/* What time brings: reminders, ends, and the destruction of contact data. */
#include <string.h>

#include "kv.h"
#include "notice.h"
#include "ticket.h"

#include "check_loop.h"
#include "desk.h"
#include "person.h"

static enum state
state_of(struct desk *desk, uint64_t ticket)
{
	return (enum state)desk_ticket(desk, ticket)->state;
}

/* An open desk with zoe's ticket, answered by anna at `now`. */
static void
open_answered(struct desk *desk)
{
	desk_open(desk, &kv_mem);
	ck_assert_uint_eq(person_opens(desk, &zoe), 1);
	person_says(desk, &anna, "Which model is it?");
	ck_assert_int_eq(state_of(desk, 1), STATE_PENDING_FEEDBACK);
}

START_TEST(a_customer_who_does_not_answer_is_reminded_twice)
{
	struct desk desk;
	size_t since;

	open_answered(&desk);
	since = desk.sent_count;
	desk_wait(&desk, 3 * WHEN_DAY - WHEN_MINUTE);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 0);
	desk_wait(&desk, 2 * WHEN_MINUTE);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 1);
	desk_wait(&desk, 3 * WHEN_DAY);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 2);
	desk_wait(&desk, 3 * WHEN_DAY);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 2);
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING_FEEDBACK);
	desk_close(&desk);
}
END_TEST

START_TEST(silence_asks_for_confirmation_and_more_silence_closes)
{
	struct desk desk;
	size_t since;

	open_answered(&desk);
	desk_wait(&desk, 10 * WHEN_DAY - WHEN_MINUTE);
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING_FEEDBACK);
	desk_wait(&desk, 2 * WHEN_MINUTE);
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING_CONFIRMATION);
	ck_assert_ptr_nonnull(strstr(
	    desk_newest(&desk, zoe.address)->text, "days until then: 7"));
	desk_wait(&desk, 7 * WHEN_DAY - 3 * WHEN_MINUTE);
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING_CONFIRMATION);
	since = desk.sent_count;
	desk_wait(&desk, 3 * WHEN_MINUTE);
	ck_assert_int_eq(state_of(&desk, 1), STATE_CLOSED);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 1);
	ck_assert_uint_eq(desk_count(&desk, anna.address, since), 1);
	desk_close(&desk);
}
END_TEST

START_TEST(an_answer_before_its_time_stops_what_was_due)
{
	struct desk desk;
	size_t since;

	open_answered(&desk);
	desk_wait(&desk, 2 * WHEN_DAY);
	person_says(&desk, &zoe, "An LX-300.");
	person_says(&desk, &anna, "Thanks. Is it still warm?");
	since = desk.sent_count;
	/* The first answer's three days are over; the second's are not. */
	desk_wait(&desk, 2 * WHEN_DAY);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 0);
	desk_wait(&desk, WHEN_DAY + WHEN_MINUTE);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 1);
	desk_close(&desk);
}
END_TEST

START_TEST(a_ticket_that_nobody_takes_is_brought_up_again)
{
	struct desk desk;
	size_t since;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	since = desk.sent_count;
	desk_wait(&desk, 4 * WHEN_HOUR + WHEN_MINUTE);
	ck_assert_uint_eq(desk_count(&desk, anna.address, since), 1);
	ck_assert_uint_eq(desk_count(&desk, bob.address, since), 1);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 0);
	person_says(&desk, &anna, "/accept");
	since = desk.sent_count;
	desk_wait(&desk, WHEN_DAY);
	ck_assert_uint_eq(desk_count(&desk, anna.address, since), 0);
	desk_close(&desk);
}
END_TEST

START_TEST(contact_data_goes_when_the_last_notice_has_left)
{
	struct desk desk;

	open_answered(&desk);
	person_says(&desk, &zoe, "close");
	ck_assert_int_eq(state_of(&desk, 1), STATE_CLOSED);
	ck_assert_str_eq(desk_address(&desk, 1, 0), zoe.address);
	ck_assert_ptr_nonnull(
	    strstr(desk_newest(&desk, zoe.address)->text, "closed"));
	desk_wait(&desk, 2 * WHEN_MINUTE);
	ck_assert_str_eq(desk_address(&desk, 1, 0), "");
	ck_assert(desk_ticket(&desk, 1)->purged);
	desk_close(&desk);
}
END_TEST

static bool
server_is_away(void *arg, const struct Parcel *parcel, enum verdict *verdict_r)
{
	(void)arg;
	(void)parcel;
	*verdict_r = VERDICT_LATER;
	return true;
}

START_TEST(contact_data_waits_for_the_last_notice_but_only_a_day)
{
	struct desk desk;

	open_answered(&desk);
	desk.answer = server_is_away;
	person_says(&desk, &zoe, "close");
	desk_wait(&desk, 23 * WHEN_HOUR);
	ck_assert_str_eq(desk_address(&desk, 1, 0), zoe.address);
	desk_wait(&desk, 2 * WHEN_HOUR);
	ck_assert_str_eq(desk_address(&desk, 1, 0), "");
	desk_close(&desk);
}
END_TEST

START_TEST(contact_data_of_an_open_ticket_goes_after_three_calendar_months)
{
	struct desk desk;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	person_says(&desk, &anna, "/accept");
	desk_wait(&desk,
	    when_add_months(DESK_NOW, 3) - DESK_NOW - WHEN_MINUTE);
	ck_assert_str_eq(desk_address(&desk, 1, 0), zoe.address);
	desk_wait(&desk, 2 * WHEN_MINUTE);
	ck_assert_str_eq(desk_address(&desk, 1, 0), "");
	ck_assert_int_eq(state_of(&desk, 1), STATE_PROCESSING);
	desk_close(&desk);
}
END_TEST

/* As the daemon does it: a round every second or so. */
static void
pass_minutes(struct desk *desk, int minutes)
{
	for (int i = 0; i < minutes; i++) {
		desk->now += WHEN_MINUTE;
		desk->round->last_wall += WHEN_MINUTE;
		desk_pass(desk);
	}
}

START_TEST(a_clock_that_leaps_does_not_purge_for_a_day)
{
	struct desk desk;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	person_says(&desk, &anna, "/accept");
	desk.now += 100 * WHEN_DAY; /* and nothing else has passed */
	pass_minutes(&desk, 10);
	ck_assert_str_eq(desk_address(&desk, 1, 0), zoe.address);
	/* Half an hour's leap is a clock being set, not being broken. */
	desk.now += WHEN_HOUR / 2;
	pass_minutes(&desk, 23 * 60);
	ck_assert_str_eq(desk_address(&desk, 1, 0), zoe.address);
	pass_minutes(&desk, 60);
	ck_assert_str_eq(desk_address(&desk, 1, 0), "");
	desk_close(&desk);
}
END_TEST

START_TEST(a_clock_that_was_set_right_again_purges_in_a_day)
{
	struct desk desk;

	open_answered(&desk);
	desk.now += 1000 * WHEN_DAY;
	desk_pass(&desk);
	desk.now -= 1000 * WHEN_DAY;
	pass_minutes(&desk, 1);
	/* In the meantime it was asked for confirmation. */
	person_says(&desk, &zoe, "close");
	ck_assert_int_eq(state_of(&desk, 1), STATE_CLOSED);
	pass_minutes(&desk, 60);
	ck_assert_str_eq(desk_address(&desk, 1, 0), zoe.address);
	pass_minutes(&desk, 25 * 60);
	ck_assert_str_eq(desk_address(&desk, 1, 0), "");
	desk_close(&desk);
}
END_TEST

Suite *
suite_clock(void)
{
	Suite *suite = suite_create("clock");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_test(
	    all, a_customer_who_does_not_answer_is_reminded_twice);
	tcase_add_test(
	    all, silence_asks_for_confirmation_and_more_silence_closes);
	tcase_add_test(all, an_answer_before_its_time_stops_what_was_due);
	tcase_add_test(all, a_ticket_that_nobody_takes_is_brought_up_again);
	tcase_add_test(all, contact_data_goes_when_the_last_notice_has_left);
	tcase_add_test(
	    all, contact_data_waits_for_the_last_notice_but_only_a_day);
	tcase_add_test(all,
	    contact_data_of_an_open_ticket_goes_after_three_calendar_months);
	tcase_add_test(all, a_clock_that_leaps_does_not_purge_for_a_day);
	tcase_add_test(
	    all, a_clock_that_was_set_right_again_purges_in_a_day);
	suite_add_tcase(suite, all);
	return suite;
}
