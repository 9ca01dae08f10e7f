/* A support plan: its severities, its promise counted in working hours, its
 * tickets of a month. The desk opens on a Saturday at eleven, Amsterdam. */
#include <string.h>

#include "kv.h"
#include "plan.h"
#include "ticket.h"

#include "check_loop.h"
#include "desk.h"
#include "person.h"

/* Monday 23 November 2026, 13:00 in Amsterdam: four hours of work. */
#define MONDAY_ONE ((when)1795435200 * 1000)

static bool
says(struct desk *desk, const struct person *to, const char *words)
{
	return strstr(desk_newest_mail(desk, to->address)->text, words) !=
	    NULL;
}

static struct letter *
writes(struct desk *desk, const struct person *person, const char *subject,
    const char *text)
{
	return desk_take(desk,
	    person_writes(desk, person, "support@desk.example", subject, "",
		text));
}

static void
open_tims(struct desk *desk)
{
	desk_open(desk, &kv_lmdb);
	ck_assert_int_eq(
	    writes(desk, &tim, "VPN", "The VPN is down.\n")->outcome,
	    OUTCOME_TICKET);
}

START_TEST(a_promise_that_is_missed_is_brought_up_at_its_working_hour)
{
	struct desk desk;
	size_t since;

	open_tims(&desk);
	ck_assert_uint_eq(desk_ticket(&desk, 1)->severity, SEVERITY_MINOR);
	ck_assert_int_eq(desk_ticket(&desk, 1)->answer_by, MONDAY_ONE);
	ck_assert(says(&desk, &tim, "Severity: Minor"));
	ck_assert(says(&desk, &anna, "Severity:  Minor\n"));
	ck_assert(says(&desk, &anna, "Answer by: 2026-11-23 12:00 UTC\n"));
	/* The weekend and the night count for nothing. */
	since = desk.sent_count;
	desk_wait(&desk, MONDAY_ONE - WHEN_MINUTE - desk.now);
	ck_assert_uint_eq(desk.sent_count, since);
	desk_wait(&desk, 2 * WHEN_MINUTE);
	ck_assert_uint_eq(desk_count(&desk, anna.address, since), 1);
	ck_assert_uint_eq(desk_count(&desk, bob.address, since), 1);
	ck_assert(says(&desk, &bob, "promises an answer is over"));
	ck_assert(says(&desk, &bob, "since 2026-11-21 10:00 UTC"));
	ck_assert_uint_eq(desk_count(&desk, tim.address, since), 0);
	ck_assert_uint_eq(desk_ticket(&desk, 1)->missed, 1);
	/* Again after as much work, at five; and then not before Tuesday. */
	desk_wait(&desk, 4 * WHEN_HOUR);
	ck_assert_uint_eq(desk_count(&desk, anna.address, since), 2);
	desk_wait(&desk, 18 * WHEN_HOUR);
	ck_assert_uint_eq(desk_count(&desk, anna.address, since), 2);
	ck_assert_uint_eq(desk_ticket(&desk, 1)->missed, 1);
	desk_wait(&desk, 2 * WHEN_HOUR);
	ck_assert_uint_eq(desk_count(&desk, anna.address, since), 3);
	person_says(&desk, &anna, "/accept");
	ck_assert_int_eq(desk_ticket(&desk, 1)->answer_by, 0);
	desk_wait(&desk, 7 * WHEN_DAY);
	ck_assert_uint_eq(desk_count(&desk, bob.address, since), 3);
	desk_close(&desk);
}
END_TEST

START_TEST(engineers_say_how_grave_it_is_as_the_plan_allows)
{
	struct desk desk;
	size_t since;

	open_tims(&desk);
	person_says(&desk, &anna, "/severity grave");
	ck_assert(says(&desk, &anna, "has no such severity; it has: critical, "
				     "minor."));
	person_says(&desk, &anna, "/severity major");
	ck_assert(says(&desk, &anna, "has no such severity"));
	person_says(&desk, &anna, "/severity minor");
	ck_assert(says(&desk, &anna, "It has that severity already"));
	person_says(&desk, &tim, "/severity critical");
	ck_assert(says(&desk, &tim, "You may not do that"));
	since = desk.sent_count;
	person_says(&desk, &anna, "/severity critical");
	ck_assert_uint_eq(desk_ticket(&desk, 1)->severity, SEVERITY_CRITICAL);
	ck_assert_int_eq(
	    desk_ticket(&desk, 1)->answer_by, MONDAY_ONE - 3 * WHEN_HOUR);
	ck_assert_uint_eq(desk_count(&desk, tim.address, since), 0);
	since = desk.sent_count;
	desk_wait(&desk, MONDAY_ONE - 3 * WHEN_HOUR - desk.now);
	ck_assert_uint_eq(desk_count(&desk, bob.address, since), 1);
	/* Whoever has no plan has no severity. */
	writes(&desk, &zoe, "Printer", "It smells.\n");
	ck_assert_uint_eq(desk_ticket(&desk, 2)->severity, SEVERITY_NONE);
	ck_assert_int_eq(desk_ticket(&desk, 2)->answer_by, 0);
	person_says(&desk, &anna, "/severity minor");
	ck_assert(says(&desk, &anna, "has no support plan"));
	desk_close(&desk);
}
END_TEST

START_TEST(a_ticket_is_moved_to_another_service)
{
	struct desk desk;
	size_t since;

	open_tims(&desk);
	person_says(&desk, &anna, "/service mony");
	ck_assert(says(&desk, &anna, "there are: help, money, net, cloud."));
	person_says(&desk, &anna, "/service help");
	ck_assert(says(&desk, &anna, "It is of that service already"));
	person_says(&desk, &anna, "/accept");
	since = desk.sent_count;
	person_says(&desk, &anna, "/service Money");
	ck_assert_str_eq(desk_ticket(&desk, 1)->service, "money");
	/* It was begun, and she is not of that service. */
	ck_assert_str_eq(desk_ticket(&desk, 1)->owner, "bob");
	ck_assert_uint_eq(desk_count(&desk, bob.address, since), 1);
	ck_assert(says(&desk, &bob, "moved here from another service"));
	/* Back: he is of both. */
	person_says(&desk, &bob, "/service help");
	ck_assert_str_eq(desk_ticket(&desk, 1)->owner, "bob");
	ck_assert_int_eq(desk_ticket(&desk, 1)->state, STATE_PROCESSING);
	/* What nobody has begun goes to all of a service. */
	writes(&desk, &zoe, "Printer", "It smells.\n");
	since = desk.sent_count;
	person_says(&desk, &anna, "/service money");
	ck_assert_str_eq(desk_ticket(&desk, 2)->owner, "");
	ck_assert_uint_eq(desk_count(&desk, bob.address, since), 1);
	desk_close(&desk);
}
END_TEST

START_TEST(a_month_of_an_account)
{
	struct desk desk;
	struct letter *letter;

	/* The policy denies; the plan's thirty are used up by who may. */
	desk_open(&desk, &kv_lmdb);
	letter = writes(&desk, &nina, "VPN", "It is down.\n");
	ck_assert_str_eq(letter->rule, "policy-denied");
	for (int i = 1; i <= 30; i++) {
		desk_wait(&desk, 2 * WHEN_HOUR);
		letter = writes(&desk, i % 2 ? &tim : &lea, "VPN",
		    arena_print(desk.kept, "Gateway %d is down.\n", i));
		ck_assert_int_eq(letter->outcome, OUTCOME_TICKET);
	}
	ck_assert(says(&desk, &lea, "30 / 30 used this month"));
	desk_wait(&desk, 2 * WHEN_HOUR);
	letter = writes(&desk, &lea, "VPN", "And one more.\n");
	ck_assert_str_eq(letter->rule, "quota-over");
	ck_assert(says(&desk, &lea, "Your mail is kept here"));
	/* A colleague goes on with a ticket that is there. */
	letter = writes(&desk, &omar, "[#1]", "It is up again.\n\n");
	ck_assert_str_eq(letter->rule, "message");
	writes(&desk, &omar, "[#1]", "/cancel\n");
	ck_assert_int_eq(desk_ticket(&desk, 1)->state, STATE_CANCELED);
	ck_assert(says(&desk, &tim, "canceled"));
	/* Lea's are not of his group. */
	letter = writes(&desk, &omar, "[#2]", "/cancel\n");
	ck_assert_str_eq(letter->rule, "policy-denied");
	ck_assert_int_eq(desk_ticket(&desk, 2)->state, STATE_PENDING);
	desk_close(&desk);
}
END_TEST

Suite *
suite_plan(void)
{
	Suite *suite = suite_create("plan");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_test(
	    all, a_promise_that_is_missed_is_brought_up_at_its_working_hour);
	tcase_add_test(
	    all, engineers_say_how_grave_it_is_as_the_plan_allows);
	tcase_add_test(all, a_ticket_is_moved_to_another_service);
	tcase_add_test(all, a_month_of_an_account);
	suite_add_tcase(suite, all);
	return suite;
}
