/* A service whose first owner holds each new ticket, and what comes of it when
 * he is away. */
#include <string.h>

#include "kv.h"
#include "ticket.h"

#include "check_loop.h"
#include "desk.h"
#include "person.h"

#define AWAY "Auto-Submitted: auto-replied (vacation)\r\n"

static bool
says(struct desk *desk, const struct person *to, const char *words)
{
	return strstr(desk_newest_mail(desk, to->address)->text, words) !=
	    NULL;
}

static void
open_net(struct desk *desk)
{
	desk_open(desk, &kv_lmdb);
	ck_assert_uint_eq(desk_take(desk,
			      person_writes(desk, &zoe,
				  "support+net@desk.example", "Net", "",
				  "The network is slow.\n"))
			      ->ticket,
	    1);
}

/* The engineer's mailbox answers what the desk sent him last. */
static struct letter *
is_away(struct desk *desk, const struct person *person, const char *to)
{
	return desk_take(desk,
	    person_answers(desk, person, desk_newest_mail(desk, to), AWAY,
		"I am away until Monday.\n"));
}

static bool
has_field(const struct sent *sent, const char *name)
{
	for (size_t i = 0; i < sent->mail->n_fields; i++)
		if (strcmp(sent->mail->fields[i]->name, name) == 0)
			return true;
	return false;
}

START_TEST(the_first_owner_holds_it_from_its_beginning)
{
	struct desk desk;

	open_net(&desk);
	ck_assert_str_eq(desk_ticket(&desk, 1)->owner, "anna");
	ck_assert_int_eq(desk_ticket(&desk, 1)->state, STATE_PENDING);
	ck_assert_uint_eq(desk_count(&desk, anna.address, 0), 1);
	ck_assert_uint_eq(desk_count(&desk, bob.address, 0), 0);
	/* What waits for her lets a machine answer that she is away, and no
	 * other mail does. */
	ck_assert(!has_field(
	    desk_newest_mail(&desk, anna.address), "Auto-Submitted"));
	ck_assert(!has_field(desk_newest_mail(&desk, anna.address),
	    "X-Auto-Response-Suppress"));
	ck_assert(has_field(
	    desk_newest_mail(&desk, zoe.address), "Auto-Submitted"));
	person_says(&desk, &zoe, "And slower.");
	ck_assert(!has_field(
	    desk_newest_mail(&desk, anna.address), "Auto-Submitted"));
	person_says(&desk, &anna, "/status");
	ck_assert(has_field(
	    desk_newest_mail(&desk, anna.address), "Auto-Submitted"));
	/* Where all are told, nobody holds it. */
	person_opens(&desk, &karl);
	ck_assert_str_eq(desk_ticket(&desk, 2)->owner, "");
	ck_assert(has_field(
	    desk_newest_mail(&desk, bob.address), "Auto-Submitted"));
	desk_close(&desk);
}
END_TEST

START_TEST(who_is_away_hands_it_to_the_next)
{
	struct desk desk;
	size_t since;

	open_net(&desk);
	since = desk.sent_count;
	ck_assert_str_eq(
	    is_away(&desk, &anna, anna.address)->rule, "auto-reply");
	ck_assert_str_eq(desk_ticket(&desk, 1)->owner, "bob");
	ck_assert_int_eq(desk_ticket(&desk, 1)->state, STATE_PENDING);
	ck_assert_uint_eq(desk_ticket(&desk, 1)->messages, 2);
	ck_assert_uint_eq(desk.sent_count, since + 1);
	ck_assert(says(&desk, &bob, "Who held it is away"));
	ck_assert(!says(&desk, &bob, "until Monday"));
	/* She says so once more, and it is his by now. */
	is_away(&desk, &anna, anna.address);
	ck_assert_str_eq(desk_ticket(&desk, 1)->owner, "bob");
	/* He as well: all are told, once, and it goes round no further. */
	since = desk.sent_count;
	is_away(&desk, &bob, bob.address);
	ck_assert_str_eq(desk_ticket(&desk, 1)->owner, "bob");
	ck_assert_uint_eq(desk.sent_count, since + 2);
	ck_assert(says(&desk, &anna, "so were all others"));
	since = desk.sent_count;
	is_away(&desk, &bob, bob.address);
	is_away(&desk, &anna, anna.address);
	ck_assert_uint_eq(desk.sent_count, since);
	/* Whoever is back takes it, and from then on it may pass again. */
	person_says(&desk, &anna, "/forward anna");
	ck_assert_str_eq(desk_ticket(&desk, 1)->owner, "anna");
	is_away(&desk, &anna, anna.address);
	ck_assert_str_eq(desk_ticket(&desk, 1)->owner, "bob");
	desk_close(&desk);
}
END_TEST

START_TEST(nobody_else_says_that_an_owner_is_away)
{
	static const struct person false_zoe = {
	    "Anna Berger", "zoe@acme.example", true};
	struct desk desk;
	size_t since;

	open_net(&desk);
	since = desk.sent_count;
	/* Not vouched for; a customer; a colleague; without the thread. */
	is_away(&desk, &false_anna, anna.address);
	is_away(&desk, &false_zoe, zoe.address);
	is_away(&desk, &bob, anna.address);
	desk_take(&desk,
	    person_writes(&desk, &anna, "support@desk.example", "[#1] Away",
		AWAY, "I am away.\n"));
	ck_assert_str_eq(desk_ticket(&desk, 1)->owner, "anna");
	ck_assert_uint_eq(desk.sent_count, since);
	/* And not when it is over. */
	person_says(&desk, &zoe, "cancel");
	since = desk.sent_count;
	is_away(&desk, &anna, anna.address);
	ck_assert_str_eq(desk_ticket(&desk, 1)->owner, "anna");
	ck_assert_uint_eq(desk.sent_count, since);
	desk_close(&desk);
}
END_TEST

Suite *
suite_owner(void)
{
	Suite *suite = suite_create("owner");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_test(all, the_first_owner_holds_it_from_its_beginning);
	tcase_add_test(all, who_is_away_hands_it_to_the_next);
	tcase_add_test(all, nobody_else_says_that_an_owner_is_away);
	suite_add_tcase(suite, all);
	return suite;
}
