/* Answers: whoever asks is answered, however often he asked before, up to a
 * limit that says so itself. */
#include <string.h>

#include "kv.h"
#include "notice.h"
#include "ticket.h"

#include "check_loop.h"
#include "desk.h"
#include "person.h"

/* Her ticket's keyed address, whatever she gets later. */
static const struct sent *
first_mail(struct desk *desk, const struct person *person)
{
	person_opens(desk, person);
	return desk_newest_mail(desk, person->address);
}

static void
ask(struct desk *desk, const struct person *person, const struct sent *sent,
    const char *words)
{
	desk_take(desk, person_answers(desk, person, sent, "", words));
	desk->now += WHEN_SECOND;
}

START_TEST(every_command_of_an_hour_is_answered)
{
	struct desk desk;
	const struct sent *first;
	size_t since;

	desk_open(&desk, &kv_lmdb);
	first = first_mail(&desk, &zoe);
	person_says(&desk, &anna, "/accept");
	since = desk.sent_count;
	for (int i = 0; i < 9; i++) {
		ask(&desk, &zoe, first, "/status");
		ask(&desk, &zoe, first, "/help");
		ask(&desk, &zoe, first, "/cancel"); /* refused */
	}
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 27);
	ck_assert_ptr_nonnull(
	    strstr(desk_newest(&desk, zoe.address)->text, "close"));
	/* Her questions take nothing from what the engineers are told. */
	since = desk.sent_count;
	ask(&desk, &zoe, first, "It smells more and more.");
	ck_assert_uint_eq(desk_count(&desk, anna.address, since), 1);
	desk_close(&desk);
}
END_TEST

START_TEST(beyond_the_limit_one_answer_stands_for_all_that_follow)
{
	struct desk desk;
	const struct sent *first;
	size_t since;

	desk_open(&desk, &kv_lmdb);
	first = first_mail(&desk, &zoe);
	for (int i = 0; i < 30; i++)
		ask(&desk, &zoe, first, "/status");
	since = desk.sent_count;
	for (int i = 0; i < 5; i++)
		ask(&desk, &zoe, first, "/status");
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 1);
	ck_assert_ptr_nonnull(strstr(
	    desk_newest(&desk, zoe.address)->text, "not answered one by one"));
	/* What is asked for is done all the same, and somebody else is not
	 * hindered. */
	ask(&desk, &zoe, first, "/cancel");
	ck_assert_int_eq(desk_ticket(&desk, 1)->state, STATE_CANCELED);
	first = first_mail(&desk, &karl);
	since = desk.sent_count;
	ask(&desk, &karl, first, "/status");
	ck_assert_uint_eq(desk_count(&desk, karl.address, since), 1);
	/* Two hours later she is answered again. */
	person_opens(&desk, &zoe);
	desk_wait(&desk, 2 * WHEN_HOUR);
	since = desk.sent_count;
	person_says(&desk, &zoe, "/status");
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 1);
	desk_close(&desk);
}
END_TEST

Suite *
suite_answers(void)
{
	Suite *suite = suite_create("answers");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_test(all, every_command_of_an_hour_is_answered);
	tcase_add_test(
	    all, beyond_the_limit_one_answer_stands_for_all_that_follow);
	suite_add_tcase(suite, all);
	return suite;
}
