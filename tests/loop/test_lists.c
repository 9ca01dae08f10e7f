/* Lists, history, limits and quota by mail: who sees which tickets, and each
 * filter. */
#include <stdio.h>
#include <string.h>

#include "kv.h"
#include "ticket.h"

#include "check_loop.h"
#include "desk.h"
#include "person.h"

static const char *
answer(struct desk *desk, const struct person *person, const char *text)
{
	desk_wait(desk, 2 * WHEN_HOUR);
	desk_take(desk,
	    person_writes(desk, person, "support@desk.example", "A question",
		"", text));
	return desk_newest_mail(desk, person->address)->text;
}

static bool
lists(const char *text, uint64_t ticket)
{
	char row[32];

	snprintf(row, sizeof row, "#%llu  20", (unsigned long long)ticket);
	return strstr(text, row) != NULL;
}

static struct letter *
opens(struct desk *desk, const struct person *person, const char *subject,
    const char *text)
{
	desk_wait(desk, 2 * WHEN_HOUR);
	return desk_take(desk,
	    person_writes(desk, person, "support@desk.example", subject, "",
		text));
}

/* 1 and 2 are zoe's, 3 karl's, 4 tim's of "corp". */
static void
open_all(struct desk *desk)
{
	desk_open(desk, &kv_lmdb);
	opens(desk, &zoe, "Printer", "It smells of burning.\n");
	opens(desk, &zoe, "Network", "No link light.\n");
	opens(desk, &karl, "Printer", "Paper is stuck.\n");
	opens(desk, &tim, "VPN", "The VPN is down.\n");
	ck_assert_uint_eq(desk_tickets(desk), 4);
}

START_TEST(a_customer_lists_his_own_by_each_filter)
{
	struct desk desk;
	const char *text;

	open_all(&desk);
	text = answer(&desk, &zoe, "/list\n");
	ck_assert(lists(text, 1) && lists(text, 2) && !lists(text, 3));
	ck_assert_ptr_nonnull(strstr(text, "Submitted  Printer"));
	/* The newest first, and no ticket for the question. */
	ck_assert(strstr(text, "#2  ") < strstr(text, "#1  "));
	ck_assert_uint_eq(desk_tickets(&desk), 4);
	text = answer(&desk, &zoe, "/list number #1\n");
	ck_assert(lists(text, 1) && !lists(text, 2));
	text = answer(&desk, &zoe, "/list number 3\n");
	ck_assert_ptr_nonnull(strstr(text, "No ticket that you may see"));
	text = answer(&desk, &zoe, "/list BURNING smells\n");
	ck_assert(lists(text, 1) && !lists(text, 2));
	text = answer(&desk, &zoe, "/list below 2\n");
	ck_assert(lists(text, 1) && !lists(text, 2));
	text = answer(&desk, &zoe, "/list from 2026-11-21 to 2026-11-21\n");
	ck_assert(lists(text, 1) && lists(text, 2));
	text = answer(&desk, &zoe, "/list from 2026-11-22\n");
	ck_assert(!lists(text, 1) && !lists(text, 2));
	text = answer(&desk, &zoe, "/list to 2026-11-20\n");
	ck_assert(!lists(text, 1));
	desk_take(&desk,
	    person_writes(&desk, &zoe, "support@desk.example", "[#2]", "",
		"/tag vip\n"));
	text = answer(&desk, &zoe, "/list tag VIP\n");
	ck_assert(lists(text, 2) && !lists(text, 1));
	text = answer(&desk, &zoe, "/list open\n");
	ck_assert(lists(text, 1) && lists(text, 2));
	text = answer(&desk, &zoe, "/list over\n");
	ck_assert(!lists(text, 1) && !lists(text, 2));
	desk_close(&desk);
}
END_TEST

START_TEST(a_group_is_seen_by_whom_its_role_lets)
{
	struct desk desk;
	const char *text;

	open_all(&desk);
	/* tim's is her newest. */
	person_says(&desk, &anna, "/accept\n");
	text = answer(&desk, &omar, "/list\n");
	ck_assert(!lists(text, 4));
	text = answer(&desk, &omar, "/list group\n");
	ck_assert(lists(text, 4) && !lists(text, 1));
	text = answer(&desk, &omar, "/list group by tim\n");
	ck_assert(lists(text, 4));
	text = answer(&desk, &omar, "/list group by tim@corp.example\n");
	ck_assert(lists(text, 4));
	text = answer(&desk, &omar, "/list group by lea\n");
	ck_assert(!lists(text, 4));
	/* In a group with him that grants nothing. */
	text = answer(&desk, &nina, "/list group\n");
	ck_assert(!lists(text, 4));
	text = answer(&desk, &tim, "/list processing\n");
	ck_assert(lists(text, 4));
	text = answer(&desk, &tim, "/list submitted\n");
	ck_assert(!lists(text, 4));
	text = answer(&desk, &tim, "/list group\n");
	ck_assert(!lists(text, 4));
	desk_close(&desk);
}
END_TEST

START_TEST(engineers_list_their_services_and_no_forger_anything)
{
	struct desk desk;
	const char *text;
	size_t since;

	open_all(&desk);
	text = answer(&desk, &anna, "/list by corp\n");
	ck_assert(lists(text, 4) && !lists(text, 1));
	text = answer(&desk, &anna, "/list printer\n");
	ck_assert(lists(text, 1) && lists(text, 3) && !lists(text, 2));
	text = answer(&desk, &anna, "/list from yesterday\n");
	ck_assert(!lists(text, 1));
	since = desk.sent_count;
	desk_take(&desk,
	    person_writes(&desk, &false_anna, "support@desk.example", "Q", "",
		"/list\n"));
	desk_take(&desk,
	    person_writes(&desk, &forger, "support@desk.example", "Q", "",
		"/list\n"));
	for (size_t i = since; i < desk.sent_count; i++)
		ck_assert(!lists(desk.sent[i].text, 1));
	desk_close(&desk);
}
END_TEST

START_TEST(a_long_list_says_how_to_ask_for_the_rest)
{
	struct desk desk;
	const char *text, *rest;
	char line[80];

	desk_open(&desk, &kv_lmdb);
	for (unsigned i = 0; i < 42; i++)
		opens(&desk, &zoe, "Again", "It smells.\n");
	ck_assert_uint_eq(desk_tickets(&desk), 42);
	text = answer(&desk, &zoe, "/list submitted again\n");
	ck_assert(lists(text, 42) && lists(text, 3) && !lists(text, 2));
	rest = strstr(text, "\n/list below 3 submitted again");
	ck_assert_ptr_nonnull(rest);
	snprintf(line, sizeof line, "%.*s\n", (int)strcspn(rest + 1, "\n"),
	    rest + 1);
	text = answer(&desk, &zoe, line);
	ck_assert(lists(text, 2) && lists(text, 1) && !lists(text, 3));
	ck_assert_ptr_null(strstr(text, "/list below"));
	desk_close(&desk);
}
END_TEST

START_TEST(history_limits_and_quota_are_told)
{
	struct desk desk;
	const char *text;

	open_all(&desk);
	person_says(&desk, &anna, "/note she is angry\n");
	person_says(&desk, &anna, "Is it better?\n");
	/* tim's is the newest. */
	person_says(&desk, &tim, "/history\n");
	text = desk_newest_mail(&desk, tim.address)->text;
	ck_assert_ptr_nonnull(strstr(text, "requester  createCase"));
	ck_assert_ptr_nonnull(strstr(text, "Anna Berger  acceptCase"));
	ck_assert_ptr_null(strstr(text, "noteCase"));
	ck_assert_ptr_null(strstr(text, "@corp"));
	person_says(&desk, &anna, "/history\n");
	text = desk_newest_mail(&desk, anna.address)->text;
	ck_assert_ptr_nonnull(strstr(text, "Anna Berger  noteCase"));
	ck_assert_ptr_nonnull(strstr(text, "requester  queryCase"));
	text = answer(&desk, &zoe, "/quota\n");
	ck_assert_ptr_nonnull(strstr(text, "it belongs to no account"));
	text = answer(&desk, &zoe, "/limits\n");
	ck_assert_ptr_nonnull(strstr(text, "Tags of one user: 30\n"));
	ck_assert_ptr_nonnull(
	    strstr(text, "Tags of one user on one ticket: 5\n"));
	text = answer(&desk, &tim, "/quota\n");
	ck_assert_ptr_nonnull(strstr(text, "1 / "));
	desk_close(&desk);
}
END_TEST

Suite *
suite_lists(void)
{
	Suite *suite = suite_create("lists");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_test(all, a_customer_lists_his_own_by_each_filter);
	tcase_add_test(all, a_group_is_seen_by_whom_its_role_lets);
	tcase_add_test(
	    all, engineers_list_their_services_and_no_forger_anything);
	tcase_add_test(all, a_long_list_says_how_to_ask_for_the_rest);
	tcase_add_test(all, history_limits_and_quota_are_told);
	suite_add_tcase(suite, all);
	return suite;
}
