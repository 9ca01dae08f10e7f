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

/* Also when nobody on it is known any more. */
START_TEST(a_closed_ticket_takes_one_rating_in_free_words)
{
	struct desk desk;
	struct letter *letter;
	struct MessageData *content;
	const struct sent *closed;

	desk_open(&desk, &kv_lmdb);
	person_opens(&desk, &zoe);
	person_says(&desk, &anna, "/resolve");
	person_says(&desk, &zoe, "yes");
	closed = desk_newest(&desk, zoe.address);
	desk_wait(&desk, WHEN_DAY);
	ck_assert_str_eq(desk_address(&desk, 1, 0), "");
	letter = desk_take(&desk,
	    person_answers(&desk, &zoe, closed, "", "rate it 2, too slow"));
	ck_assert_int_eq(letter->outcome, OUTCOME_APPENDED);
	ck_assert_uint_eq(desk_tickets(&desk), 1);
	ck_assert_uint_eq(desk_ticket(&desk, 1)->score, 2);
	ck_assert_uint_eq(
	    desk_message(&desk, 1, desk_ticket(&desk, 1)->messages - 1,
		&content)->slot, 0);
	ck_assert_ptr_nonnull(strstr(content->new_text, "too slow"));
	/* She is thanked, and told nothing that somebody else might read. */
	ck_assert_ptr_nonnull(strstr(
	    desk_newest(&desk, zoe.address)->text, "Thank you for rating"));
	ck_assert_ptr_null(strstr(
	    desk_newest(&desk, zoe.address)->mail->subject, "printer"));
	letter = desk_take(
	    &desk, person_answers(&desk, &zoe, closed, "", "Rate 5."));
	ck_assert_str_eq(letter->rule, "rate");
	ck_assert_uint_eq(desk_ticket(&desk, 1)->score, 2);
	ck_assert_ptr_nonnull(strstr(
	    desk_newest(&desk, zoe.address)->text, "taken once"));
	/* What is no rating goes on as a ticket of its own. */
	letter = desk_take(&desk,
	    person_answers(
		&desk, &zoe, closed, "", "rate limits are down again"));
	ck_assert_int_eq(letter->outcome, OUTCOME_TICKET);
	desk_close(&desk);
}
END_TEST

/* The requester's key in a stranger's hand, who proves nothing. */
START_TEST(a_rating_of_somebody_whom_nobody_vouches_for_is_none)
{
	struct desk desk;
	const struct sent *closed;
	size_t since;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	person_says(&desk, &anna, "/resolve");
	person_says(&desk, &zoe, "yes");
	closed = desk_newest(&desk, zoe.address);
	desk_wait(&desk, WHEN_DAY);
	since = desk.sent_count;
	desk_take(&desk,
	    person_answers(&desk, &forger, closed, "", "rate it 1"));
	ck_assert_uint_eq(desk_ticket(&desk, 1)->score, 0);
	for (size_t i = since; i < desk.sent_count; i++)
		ck_assert_ptr_null(
		    strstr(desk.sent[i].text, "Thank you for rating"));
	desk_close(&desk);
}
END_TEST

START_TEST(engineers_are_offered_what_can_still_be_done)
{
	struct desk desk;
	const char *text;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	text = desk_newest(&desk, anna.address)->text;
	ck_assert_ptr_nonnull(strstr(text, "/accept"));
	ck_assert_ptr_nonnull(strstr(text, "Reply to answer"));
	person_says(&desk, &anna, "/accept");
	person_says(&desk, &zoe, "It is worse now.");
	text = desk_newest(&desk, anna.address)->text;
	ck_assert_ptr_null(strstr(text, "/accept"));
	ck_assert_ptr_nonnull(strstr(text, "/resolve"));
	person_says(&desk, &zoe, "close");
	text = desk_newest(&desk, anna.address)->text;
	ck_assert_ptr_nonnull(strstr(text, "The customer closed"));
	ck_assert_ptr_null(strstr(text, "/accept"));
	ck_assert_ptr_null(strstr(text, "/resolve"));
	ck_assert_ptr_null(strstr(text, "Reply to answer"));
	ck_assert_ptr_nonnull(strstr(text, "/note"));
	desk_close(&desk);
}
END_TEST

START_TEST(a_mistyped_command_is_explained_in_the_writers_language)
{
	struct desk desk;

	desk_open(&desk, &kv_mem);
	desk_take(&desk, person_writes(&desk, &zoe, "support@desk.example",
			     "Printer stuk", "",
			     "Hallo,\n\nde printer op de derde verdieping "
			     "ruikt verbrand. Kunt u iemand sturen?"));
	person_says(&desk, &zoe, "/clsoe");
	ck_assert_ptr_nonnull(strstr(desk_newest(&desk, zoe.address)->text,
	    "Bedoelde u `/close`?"));
	person_says(&desk, &zoe, "/sms 0612345678");
	ck_assert_ptr_nonnull(strstr(desk_newest(&desk, zoe.address)->text,
	    "heeft een nummer met landcode nodig"));
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
	tcase_add_test(all, a_closed_ticket_takes_one_rating_in_free_words);
	tcase_add_test(
	    all, a_rating_of_somebody_whom_nobody_vouches_for_is_none);
	tcase_add_test(all, engineers_are_offered_what_can_still_be_done);
	tcase_add_test(
	    all, a_mistyped_command_is_explained_in_the_writers_language);
	suite_add_tcase(suite, all);
	return suite;
}
