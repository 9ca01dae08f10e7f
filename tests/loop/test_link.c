/* Tickets that belong together, and who sees which. */
#include <string.h>

#include "kv.h"
#include "ticket.h"

#include "check_loop.h"
#include "desk.h"
#include "person.h"

static bool
says(struct desk *desk, const struct person *to, const char *words)
{
	return strstr(desk_newest_mail(desk, to->address)->text, words) !=
	    NULL;
}

START_TEST(only_tickets_of_one_customer_are_linked_and_he_sees_that_they_are)
{
	struct desk desk;

	desk_open(&desk, &kv_lmdb);
	person_opens(&desk, &zoe);
	person_opens(&desk, &karl);
	person_opens(&desk, &zoe);
	/* anna answers the newest, ticket 3. */
	person_says(&desk, &anna, "/link 2");
	ck_assert(says(&desk, &anna, "no such ticket of the same account"));
	ck_assert_uint_eq(desk_ticket(&desk, 3)->n_linked, 0);
	person_says(&desk, &anna, "/link #1");
	ck_assert_uint_eq(desk_ticket(&desk, 3)->linked[0], 1);
	ck_assert_uint_eq(desk_ticket(&desk, 1)->linked[0], 3);
	ck_assert_uint_eq(desk_ticket(&desk, 2)->n_linked, 0);
	/* zoe has but one receipt to answer, ticket 1's. */
	person_says(&desk, &zoe, "/status");
	ck_assert(says(&desk, &zoe, "It is linked with 1 more."));
	person_says(&desk, &zoe, "And now?");
	ck_assert(says(&desk, &anna, "Linked:    3"));
	person_says(&desk, &anna, "/unlink 3");
	ck_assert_uint_eq(desk_ticket(&desk, 3)->n_linked, 0);
	ck_assert_uint_eq(desk_ticket(&desk, 1)->n_linked, 0);
	desk_close(&desk);
}
END_TEST

Suite *
suite_link(void)
{
	Suite *suite = suite_create("link");
	TCase *all = tcase_create("all");

	tcase_add_test(all,
	    only_tickets_of_one_customer_are_linked_and_he_sees_that_they_are);
	suite_add_tcase(suite, all);
	return suite;
}
