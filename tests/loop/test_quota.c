/* An account's tickets of a month: thirty, and not one more. */
#include <string.h>

#include "kv.h"
#include "ticket.h"

#include "check_loop.h"
#include "desk.h"
#include "person.h"

/* Hours apart and each of another thing: else it is a flood. */
static struct letter *
asks_anew(struct desk *desk, const struct person *person)
{
	desk_wait(desk, 2 * WHEN_HOUR);
	return desk_take(desk,
	    person_writes(desk, person, "support@desk.example", "Help", "",
		arena_print(desk->kept, "Machine %zu is broken.\n",
		    desk->letter_count)));
}

static bool
says(struct desk *desk, const struct person *to, const char *words)
{
	return strstr(desk_newest_mail(desk, to->address)->text, words) !=
	    NULL;
}

START_TEST(the_thirty_first_is_answered_and_kept)
{
	static const struct person false_karl = {
	    "Karl Weiss", "karl@weiss.example", false};
	struct desk desk;
	struct letter *letter;

	desk_open(&desk, &kv_lmdb);
	for (int i = 1; i <= 30; i++)
		asks_anew(&desk, &karl);
	ck_assert_uint_eq(desk_tickets(&desk), 30);
	ck_assert(says(&desk, &karl, "30 / 30 used this month"));
	letter = asks_anew(&desk, &karl);
	ck_assert_int_eq(letter->outcome, OUTCOME_HELD);
	ck_assert_str_eq(letter->rule, "quota-over");
	ck_assert_uint_eq(desk_tickets(&desk), 30);
	ck_assert(says(&desk, &karl, "Your mail is kept here"));
	/* A ticket that is there goes on. */
	desk_take(&desk,
	    person_answers(&desk, &karl, &desk.sent[0], "", "One more."));
	ck_assert_uint_eq(desk_ticket(&desk, 1)->messages, 2);
	/* Nobody uses it up, or learns of it, in his name. */
	asks_anew(&desk, &false_karl);
	ck_assert_uint_eq(desk_tickets(&desk), 31);
	ck_assert(!says(&desk, &karl, "used this month"));
	/* Whoever has no account is not counted. */
	asks_anew(&desk, &zoe);
	ck_assert(!says(&desk, &zoe, "used this month"));
	desk_wait(&desk, 8 * WHEN_DAY); /* December */
	ck_assert_int_eq(asks_anew(&desk, &karl)->outcome, OUTCOME_TICKET);
	ck_assert(says(&desk, &karl, "1 / 30 used this month"));
	desk_close(&desk);
}
END_TEST

static int
add_ten(struct store_txn *txn, void *arg)
{
	struct desk *desk = arg;
	struct Quota *quota;

	ck_assert_int_eq(
	    store_quota_get(txn, desk->kept, "weiss", desk->now, &quota), 1);
	quota->added += 10;
	store_quota_put(txn, quota);
	return 0;
}

START_TEST(an_add_on_gives_ten_more)
{
	struct desk desk;

	desk_open(&desk, &kv_lmdb);
	for (int i = 1; i <= 31; i++)
		asks_anew(&desk, &karl);
	ck_assert_int_eq(
	    store_write(desk.store, add_ten, &desk), STORE_OK);
	for (int i = 1; i <= 11; i++)
		asks_anew(&desk, &karl);
	ck_assert_uint_eq(desk_tickets(&desk), 40);
	desk_close(&desk);
}
END_TEST

Suite *
suite_quota(void)
{
	Suite *suite = suite_create("quota");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_test(all, the_thirty_first_is_answered_and_kept);
	tcase_add_test(all, an_add_on_gives_ten_more);
	suite_add_tcase(suite, all);
	return suite;
}
