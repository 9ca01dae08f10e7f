/* Whole stories, from the first mail to the end of a ticket. */
#include <string.h>

#include "kv.h"
#include "notice.h"
#include "ticket.h"

#include "check_loop.h"
#include "desk.h"
#include "person.h"
#include "rows.h"

static const struct kv_engine *const engines[] = {&kv_lmdb, &kv_mem};

static enum state
state_of(struct desk *desk, uint64_t ticket)
{
	return (enum state)desk_ticket(desk, ticket)->state;
}

START_TEST(a_ticket_is_opened_answered_resolved_and_closed)
{
	struct desk desk;
	const struct sent *sent;
	struct MessageData *content;
	uint64_t ticket;

	desk_open(&desk, engines[_i]);
	ticket = person_opens(&desk, &zoe);
	ck_assert_uint_eq(ticket, 1);
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING);
	sent = desk_newest(&desk, zoe.address);
	ck_assert_ptr_nonnull(strstr(sent->mail->subject, "[#1]"));
	ck_assert_uint_eq(desk_count(&desk, anna.address, 0), 1);
	ck_assert_uint_eq(desk_count(&desk, bob.address, 0), 1);

	ck_assert_int_eq(
	    person_says(&desk, &anna, "Please pull the plug.")->outcome,
	    OUTCOME_APPENDED);
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING_FEEDBACK);
	ck_assert_str_eq(desk_ticket(&desk, 1)->owner, "anna");
	sent = desk_newest(&desk, zoe.address);
	ck_assert_ptr_nonnull(strstr(sent->text, "Please pull the plug."));
	/* Threaded: it answers the customer's own mail. */
	ck_assert_uint_ge(sent->mail->n_references, 2);
	ck_assert_uint_ge(sent->mail->n_in_reply_to, 1);

	ck_assert_int_eq(person_says(&desk, &zoe, "Done. And now?")->outcome,
	    OUTCOME_APPENDED);
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING_REPLY);
	ck_assert_ptr_nonnull(
	    strstr(desk_newest(&desk, anna.address)->text, "And now?"));
	/* Bob does not hold it. */
	ck_assert_uint_eq(desk_count(&desk, bob.address, 0), 1);

	person_says(&desk, &anna, "/resolve\n\nThe fuser is new.");
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING_CONFIRMATION);
	ck_assert_ptr_nonnull(
	    strstr(desk_newest(&desk, zoe.address)->text, "fuser is new"));

	person_says(&desk, &zoe, "yes");
	ck_assert_int_eq(state_of(&desk, 1), STATE_CLOSED);
	ck_assert_uint_eq(desk_tickets(&desk), 1);
	ck_assert_uint_eq(desk_ticket(&desk, 1)->messages, 4);
	desk_message(&desk, 1, 0, &content);
	ck_assert_ptr_nonnull(strstr(content->new_text, "floor 3 smells"));
	ck_assert(rows_audit_whole(desk.store));
	desk_close(&desk);
}
END_TEST

START_TEST(who_writes_to_a_closed_ticket_opens_one_that_follows_it)
{
	struct desk desk;
	struct letter *letter;

	desk_open(&desk, &kv_lmdb);
	person_opens(&desk, &zoe);
	person_says(&desk, &anna, "/resolve");
	person_says(&desk, &zoe, "yes");
	letter = person_says(&desk, &zoe, "It smells again today.");
	ck_assert_int_eq(letter->outcome, OUTCOME_TICKET);
	ck_assert_uint_eq(letter->ticket, 2);
	ck_assert_uint_eq(desk_ticket(&desk, 2)->n_linked, 1);
	ck_assert_uint_eq(desk_ticket(&desk, 2)->linked[0], 1);
	desk_close(&desk);
}
END_TEST

/* The six digits of an SMS. */
static const char *
code_of(struct desk *desk, const char *number)
{
	const char *text = desk_newest(desk, number)->text;
	size_t at = strcspn(text, "0123456789");

	ck_assert_uint_eq(strspn(text + at, "0123456789"), 6);
	return arena_copy(desk->kept, (struct span){text + at, 6});
}

START_TEST(a_verified_number_is_told_of_progress_and_an_unverified_is_not)
{
	struct desk desk;
	const char *number = "+491512345678", *code;

	desk_open(&desk, &kv_lmdb);
	person_opens(&desk, &zoe);
	person_says(&desk, &zoe, "/sms +49 151 2345678");
	ck_assert_uint_eq(desk_count(&desk, number, 0), 1);
	code = code_of(&desk, number);
	/* Not yet: nobody has shown that the phone is hers. */
	person_says(&desk, &anna, "Which model is it?");
	ck_assert_uint_eq(desk_count(&desk, number, 0), 1);
	person_says(
	    &desk, &zoe, arena_print(desk.kept, "/verify %s", code));
	person_says(&desk, &anna, "/resolve");
	ck_assert_uint_eq(desk_count(&desk, number, 0), 2);
	/* The text of an SMS is ours alone. */
	ck_assert_ptr_null(
	    strstr(desk_newest(&desk, number)->text, "printer"));
	desk_close(&desk);
}
END_TEST

START_TEST(a_code_counts_three_times_and_not_for_ever)
{
	struct desk desk;
	const char *number = "+491512345678", *code;

	desk_open(&desk, &kv_lmdb);
	person_opens(&desk, &zoe);
	person_says(&desk, &zoe, "/sms +49 151 2345678");
	code = code_of(&desk, number);
	for (int i = 0; i < 3; i++)
		person_says(&desk, &zoe,
		    strcmp(code, "123456") == 0 ? "/verify 654321"
						: "/verify 123456");
	person_says(
	    &desk, &zoe, arena_print(desk.kept, "/verify %s", code));
	person_says(&desk, &anna, "/resolve");
	ck_assert_uint_eq(desk_count(&desk, number, 0), 1);
	/* A fresh one is late by a quarter of an hour. */
	person_says(&desk, &zoe, "/sms +49 151 2345678");
	code = code_of(&desk, number);
	desk_wait(&desk, 16 * WHEN_MINUTE);
	person_says(
	    &desk, &zoe, arena_print(desk.kept, "/verify %s", code));
	person_says(&desk, &anna, "Is it well now?");
	ck_assert_uint_eq(desk_count(&desk, number, 0), 2);
	desk_close(&desk);
}
END_TEST

static const char *const dutch =
    "Hallo,\n\nde printer op de derde verdieping ruikt verbrand. Kunt u "
    "iemand sturen?";

START_TEST(a_customer_is_answered_in_his_language_and_an_engineer_in_ours)
{
	struct desk desk;
	const struct sent *sent;

	desk_open(&desk, &kv_lmdb);
	desk_take(&desk, person_writes(&desk, &zoe, "support@desk.example",
			     "Printer stuk", "Content-Language: en-US\r\n",
			     dutch));
	ck_assert_str_eq(desk_ticket(&desk, 1)->language, "nl");
	sent = desk_newest(&desk, zoe.address);
	ck_assert_str_eq(sent->mail->language, "nl");
	ck_assert_ptr_nonnull(strstr(sent->text, "Uw ticket heeft nummer 1."));
	ck_assert_ptr_nonnull(strstr(sent->text, "Ingediend"));
	sent = desk_newest(&desk, anna.address);
	ck_assert_ptr_nonnull(strstr(sent->text, "A new ticket:"));

	/* A refusal too, which is the desk's own sentence. */
	person_says(&desk, &zoe, "sluiten");
	sent = desk_newest(&desk, zoe.address);
	ck_assert_ptr_nonnull(
	    strstr(sent->text, "antwoord in plaats daarvan `annuleren`"));
	person_says(&desk, &zoe, "annuleren");
	ck_assert_int_eq(state_of(&desk, 1), STATE_CANCELED);
	ck_assert_ptr_nonnull(strstr(
	    desk_newest(&desk, zoe.address)->text, "is geannuleerd"));
	desk_close(&desk);
}
END_TEST

Suite *
suite_story(void)
{
	Suite *suite = suite_create("story");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_loop_test(all,
	    a_ticket_is_opened_answered_resolved_and_closed, 0,
	    (int)(sizeof engines / sizeof *engines));
	tcase_add_test(
	    all, who_writes_to_a_closed_ticket_opens_one_that_follows_it);
	tcase_add_test(all,
	    a_verified_number_is_told_of_progress_and_an_unverified_is_not);
	tcase_add_test(all,
	    a_customer_is_answered_in_his_language_and_an_engineer_in_ours);
	tcase_add_test(all, a_code_counts_three_times_and_not_for_ever);
	suite_add_tcase(suite, all);
	return suite;
}
