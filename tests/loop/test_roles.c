/* Sub-users of an account: who opens tickets, and what the groups let each do
 * to the tickets of others. */
#include <string.h>

#include "kv.h"
#include "rows.h"
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

static struct letter *
writes(struct desk *desk, const struct person *person, const char *subject,
    const char *text)
{
	return desk_take(desk,
	    person_writes(desk, person, "support@desk.example", subject, "",
		text));
}

static enum state
state_of(struct desk *desk, uint64_t ticket)
{
	return (enum state)desk_ticket(desk, ticket)->state;
}

/* An open desk with a ticket of tim's. */
static void
open_tims(struct desk *desk)
{
	desk_open(desk, &kv_lmdb);
	ck_assert_int_eq(
	    writes(desk, &tim, "VPN", "The VPN is down.\n")->outcome,
	    OUTCOME_TICKET);
	ck_assert_str_eq(desk_ticket(desk, 1)->user, "tim");
	ck_assert_uint_eq(desk_ticket(desk, 1)->n_groups, 3);
	ck_assert_str_eq(desk_ticket(desk, 1)->account, "corp");
}

START_TEST(a_policy_refuses_says_whom_to_ask_and_keeps_the_mail)
{
	static const struct person false_tim = {
	    "Tim Oud", "tim@corp.example", false};
	static const struct person clerk = {
	    "Some Clerk", "clerk@corp.example", true};
	struct desk desk;
	struct letter *letter;
	size_t since;

	desk_open(&desk, &kv_lmdb);
	letter = writes(&desk, &nina, "VPN", "The VPN is down.\n");
	ck_assert_int_eq(letter->outcome, OUTCOME_HELD);
	ck_assert_str_eq(letter->rule, "policy-denied");
	ck_assert_uint_eq(desk_tickets(&desk), 0);
	ck_assert(says(&desk, &nina, "Your mail is kept here"));
	ck_assert(says(&desk, &nina,
	    "Who may open tickets for your account: Lea Roth, Tim Oud\n"));
	ck_assert(!says(&desk, &nina, "lea@"));
	ck_assert_ptr_nonnull(
	    strstr(rows_text(desk.store, desk.kept, "support", 1),
		"held policy-denied of ticket 0: readable"));
	/* An operator does not create, and who is no user by name neither. */
	ck_assert_int_eq(
	    writes(&desk, &omar, "VPN", "Down.\n")->outcome, OUTCOME_HELD);
	ck_assert_int_eq(
	    writes(&desk, &clerk, "VPN", "Down!\n")->outcome, OUTCOME_HELD);
	/* In the name of one who may: kept, and nobody is told anything. */
	since = desk.sent_count;
	letter = writes(&desk, &false_tim, "VPN", "It is down.\n");
	ck_assert_str_eq(letter->rule, "open-unsure");
	ck_assert_uint_eq(desk.sent_count, since);
	ck_assert_int_eq(writes(&desk, &lea, "VPN", "The VPN fails.\n")->outcome,
	    OUTCOME_TICKET);
	ck_assert_uint_eq(desk_tickets(&desk), 1);
	desk_close(&desk);
}
END_TEST

START_TEST(an_operator_works_on_a_colleague_s_ticket)
{
	struct desk desk;
	struct letter *letter;
	const char *line;

	open_tims(&desk);
	letter = writes(&desk, &omar, "[#1] VPN", "It is the gateway.\n");
	ck_assert_str_eq(letter->rule, "message");
	ck_assert_uint_eq(letter->ticket, 1);
	ck_assert(says(&desk, &anna, "It is the gateway."));
	/* He hears what is answered, and so does who opened it. */
	person_says(&desk, &anna, "Is it better now?");
	ck_assert(says(&desk, &omar, "Is it better now?"));
	ck_assert(says(&desk, &tim, "Is it better now?"));
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING_FEEDBACK);
	person_says(&desk, &omar, "No.");
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING_REPLY);
	person_says(&desk, &omar, "/close");
	ck_assert_int_eq(state_of(&desk, 1), STATE_CLOSED);
	ck_assert(says(&desk, &tim, "closed"));
	ck_assert(says(&desk, &omar, "closed"));
	/* All addresses are gone, and he is known all the same. */
	desk_wait(&desk, 2 * WHEN_DAY);
	ck_assert_str_eq(desk_address(&desk, 1, 0), "");
	writes(&desk, &omar, "[#1]", "/delete\n");
	ck_assert(says(&desk, &omar, "its messages and files"));
	line = person_line(&desk, &omar, "/delete ");
	writes(&desk, &lea, "[#1]", "/delete 0123456789abcdefghjkmnpqrs\n");
	ck_assert(!desk_ticket(&desk, 1)->deleted);
	writes(&desk, &omar, "[#1]", line);
	ck_assert(desk_ticket(&desk, 1)->deleted);
	ck_assert(says(&desk, &omar, "The ticket is deleted"));
	ck_assert(rows_audit_whole(desk.store));
	desk_close(&desk);
}
END_TEST

START_TEST(an_operator_links_only_what_is_of_his_group)
{
	struct desk desk;

	open_tims(&desk);
	writes(&desk, &lea, "VPN", "Mine is slow.\n");
	writes(&desk, &tim, "VPN", "And the gateway is hot.\n");
	writes(&desk, &omar, "[#1] VPN", "/link 2\n");
	ck_assert(says(&desk, &omar, "only such can be linked"));
	writes(&desk, &omar, "[#1] VPN", "/link 3\n");
	ck_assert(says(&desk, &omar, "The two tickets are linked"));
	ck_assert_uint_eq(desk_ticket(&desk, 1)->n_linked, 1);
	ck_assert_uint_eq(desk_ticket(&desk, 2)->n_linked, 0);
	/* For engineers the account is enough. */
	person_says(&desk, &anna, "/link 2");
	ck_assert_uint_eq(desk_ticket(&desk, 2)->n_linked, 1);
	desk_close(&desk);
}
END_TEST

START_TEST(an_administrator_manages_and_does_not_write)
{
	struct desk desk;
	size_t since;

	open_tims(&desk);
	writes(&desk, &lea, "[#1] VPN", "/status\n");
	ck_assert(says(&desk, &lea, "This is how the ticket stands"));
	since = desk.sent_count;
	writes(&desk, &lea, "[#1] VPN", "Hurry up.\n");
	ck_assert_uint_eq(desk_count(&desk, tim.address, since), 0);
	ck_assert_uint_eq(desk_ticket(&desk, 1)->messages, 2);
	person_says(&desk, &anna, "Try now.");
	ck_assert(!says(&desk, &lea, "Try now."));
	writes(&desk, &lea, "[#1] VPN", "/cancel\n");
	ck_assert(says(&desk, &lea, "close"));
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING_FEEDBACK);
	writes(&desk, &lea, "[#1] VPN", "/close\n");
	ck_assert_int_eq(state_of(&desk, 1), STATE_CLOSED);
	ck_assert(says(&desk, &tim, "closed"));
	ck_assert(says(&desk, &lea, "This is how the ticket stands"));
	desk_close(&desk);
}
END_TEST

START_TEST(whoever_shares_no_role_is_a_stranger)
{
	static const struct person false_omar = {
	    "Omar Said", "omar@corp.example", false};
	struct desk desk;
	struct letter *letter;

	open_tims(&desk);
	/* In a group with him, which grants nothing. */
	letter = writes(&desk, &nina, "[#1] VPN", "/close\n");
	ck_assert_str_eq(letter->rule, "policy-denied");
	letter = writes(&desk, &karl, "[#1] VPN", "/close\n");
	ck_assert_int_eq(letter->outcome, OUTCOME_TICKET);
	letter = writes(&desk, &false_omar, "[#1] VPN", "/close\n");
	ck_assert_int_eq(letter->outcome, OUTCOME_HELD);
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING);
	ck_assert_uint_eq(desk_ticket(&desk, 1)->messages, 1);
	desk_close(&desk);
}
END_TEST

Suite *
suite_roles(void)
{
	Suite *suite = suite_create("roles");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_test(
	    all, a_policy_refuses_says_whom_to_ask_and_keeps_the_mail);
	tcase_add_test(all, an_operator_works_on_a_colleague_s_ticket);
	tcase_add_test(all, an_operator_links_only_what_is_of_his_group);
	tcase_add_test(all, an_administrator_manages_and_does_not_write);
	tcase_add_test(all, whoever_shares_no_role_is_a_stranger);
	suite_add_tcase(suite, all);
	return suite;
}
