/* What must not happen: twice, to the wrong one, or by the wrong one. */
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

START_TEST(the_same_mail_is_one_ticket_however_often_it_comes)
{
	struct desk desk;
	struct span mail;
	struct letter *again;
	size_t sent;

	desk_open(&desk, &kv_mem);
	mail = person_writes(
	    &desk, &zoe, "support@desk.example", "Help", "", "It smells.");
	ck_assert_int_eq(desk_drop_at(&desk, "support", 7, 1, mail)->outcome,
	    OUTCOME_NONE);
	desk_settle(&desk);
	sent = desk.sent_count;
	/* The same mail under the same name: its fate was not flagged yet. */
	again = desk_drop_at(&desk, "support", 7, 1, mail);
	desk_settle(&desk);
	ck_assert_int_eq(again->outcome, OUTCOME_TICKET);
	ck_assert_uint_eq(again->ticket, 1);
	/* Delivered twice; sent to two of our addresses; and all mails of
	 * the mailbox have new names. */
	again = desk_drop_at(&desk, "support", 7, 2, mail);
	desk_settle(&desk);
	ck_assert_int_eq(again->outcome, OUTCOME_DUPLICATE);
	again = desk_drop_at(&desk, "billing", 7, 1, mail);
	desk_settle(&desk);
	ck_assert_int_eq(again->outcome, OUTCOME_DUPLICATE);
	again = desk_drop_at(&desk, "support", 8, 1, mail);
	desk_settle(&desk);
	ck_assert_int_eq(again->outcome, OUTCOME_DUPLICATE);
	ck_assert_uint_eq(desk_tickets(&desk), 1);
	ck_assert_uint_eq(desk_ticket(&desk, 1)->messages, 1);
	ck_assert_uint_eq(desk.sent_count, sent);
	desk_close(&desk);
}
END_TEST

START_TEST(the_same_mail_twice_in_one_round_is_one_ticket)
{
	struct desk desk;
	struct span mail;
	struct letter *first, *second;

	desk_open(&desk, &kv_mem);
	mail = person_writes(
	    &desk, &zoe, "support@desk.example", "Help", "", "It smells.");
	first = desk_drop(&desk, mail);
	second = desk_drop_at(&desk, "billing", 3, 1, mail);
	desk_settle(&desk);
	ck_assert_int_eq(first->outcome, OUTCOME_TICKET);
	ck_assert_int_eq(second->outcome, OUTCOME_DUPLICATE);
	ck_assert_uint_eq(desk_tickets(&desk), 1);
	desk_close(&desk);
}
END_TEST

/* Somebody who reuses a Message-ID must not make another's mail vanish. */
START_TEST(another_mail_with_the_same_message_id_is_another_mail)
{
	struct desk desk;
	struct span mail;
	char *other;

	desk_open(&desk, &kv_mem);
	mail = person_writes(
	    &desk, &zoe, "support@desk.example", "Help", "", "It smells.");
	other = arena_copy(desk.kept, mail);
	memcpy(strstr(other, "It smells"), "It sounds", 9);
	desk_take(&desk, mail);
	ck_assert_int_eq(
	    desk_take(&desk, span_of(other))->outcome, OUTCOME_TICKET);
	ck_assert_uint_eq(desk_tickets(&desk), 2);
	desk_close(&desk);
}
END_TEST

START_TEST(a_returned_mail_marks_its_delivery_and_is_told_to_engineers)
{
	struct desk desk;
	const struct sent *sent;
	size_t since;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	person_says(&desk, &anna, "Which model is it?");
	sent = desk_newest(&desk, zoe.address);
	since = desk.sent_count;
	desk_take(&desk, server_returns(&desk, sent, "5.1.1"));
	ck_assert_int_eq(desk_outbox(&desk, sent->parcel->outbox)->status,
	    OUTBOX_FAILED);
	ck_assert_str_eq(
	    desk_outbox(&desk, sent->parcel->outbox)->said, "returned");
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING_FEEDBACK);
	ck_assert_uint_eq(desk_tickets(&desk), 1);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 0);
	ck_assert_uint_eq(desk_count(&desk, anna.address, since), 1);
	/* Nobody answers a mail server. */
	ck_assert_uint_eq(
	    desk_count(&desk, "MAILER-DAEMON@acme.example", 0), 0);
	desk_close(&desk);
}
END_TEST

START_TEST(a_report_that_names_a_guessed_mail_marks_nothing)
{
	struct desk desk;
	const struct sent *sent;
	struct sent forged;
	struct Parcel parcel;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	sent = desk_newest(&desk, zoe.address);
	forged = *sent;
	parcel = *sent->parcel;
	parcel.from = arena_copy_text(desk.kept, "support@desk.example");
	forged.parcel = &parcel;
	forged.mail = record_new(desk.kept, &mail__descriptor);
	((struct Mail *)(uintptr_t)forged.mail)->message_id =
	    arena_copy_text(desk.kept, "n1@desk.example");
	desk_take(&desk, server_returns(&desk, &forged, "5.1.1"));
	ck_assert_int_eq(
	    desk_outbox(&desk, sent->parcel->outbox)->status, OUTBOX_SENT);
	desk_close(&desk);
}
END_TEST

/* Her name, the ticket's number and a report's shape are anybody's. */
START_TEST(a_report_without_a_key_is_told_to_nobody)
{
	struct desk desk;
	size_t since;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	since = desk.sent_count;
	desk_take(&desk,
	    person_writes(&desk, &forger, "support@desk.example",
		"Re: [#1] Undelivered",
		"X-Failed-Recipients: zoe@acme.example\r\n",
		"The mail could not be delivered. Call us.\n"));
	ck_assert_uint_eq(desk_ticket(&desk, 1)->messages, 2);
	ck_assert_uint_eq(desk.sent_count, since);
	desk_close(&desk);
}
END_TEST

START_TEST(a_vacation_note_is_kept_and_answered_by_nobody)
{
	struct desk desk;
	size_t since;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	person_says(&desk, &anna, "Which model is it?");
	since = desk.sent_count;
	desk_take(&desk,
	    person_answers(&desk, &zoe, desk_newest(&desk, zoe.address),
		"Auto-Submitted: auto-replied\r\n", "I am away."));
	ck_assert_uint_eq(desk.sent_count, since);
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING_FEEDBACK);
	ck_assert_uint_eq(desk_ticket(&desk, 1)->messages, 3);
	desk_close(&desk);
}
END_TEST

START_TEST(our_own_mail_that_comes_back_is_ignored)
{
	struct desk desk;
	size_t since;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	person_says(&desk, &anna, "Which model is it?");
	since = desk.sent_count;
	for (size_t i = 0; i < since; i++) {
		struct span octets =
		    record_span(desk.sent[i].parcel->octets);

		ck_assert_int_eq(
		    desk_take(&desk, octets)->outcome, OUTCOME_IGNORED);
	}
	ck_assert_uint_eq(desk.sent_count, since);
	ck_assert_uint_eq(desk_tickets(&desk), 1);
	ck_assert_uint_eq(desk_ticket(&desk, 1)->messages, 2);
	desk_close(&desk);
}
END_TEST

START_TEST(the_first_answer_to_a_stranger_holds_none_of_his_words)
{
	struct desk desk;
	const struct sent *sent;

	desk_open(&desk, &kv_mem);
	desk_take(&desk,
	    person_writes(&desk, &forger, "support@desk.example",
		"Buy cheap pills", "", "Pills at pills.example, today!"));
	ck_assert_uint_eq(desk_tickets(&desk), 1);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, 0), 1);
	sent = desk_newest(&desk, zoe.address);
	ck_assert_ptr_null(memmem(sent->parcel->octets.data,
	    sent->parcel->octets.len, "ills", 4));
	/* Nor a report of it to anybody. */
	ck_assert_str_eq(sent->parcel->from, "");
	/* The engineers read it. */
	ck_assert_ptr_nonnull(strstr(
	    desk_newest(&desk, anna.address)->text, "pills.example"));
	desk_close(&desk);
}
END_TEST

/* An engine that takes no attachment. */
static struct kv_engine picky;

static enum kv_result
picky_put(struct kv_txn *txn, struct span key, struct span value)
{
	return key.len > 0 && key.at[0] == 'a' ? KV_BROKEN
					       : kv_mem.put(txn, key, value);
}

/* Two in one round: each is kept as a stub, and those between them whole. */
START_TEST(mails_that_cannot_be_stored_stop_no_other)
{
	static const char picture[] =
	    "MIME-Version: 1.0\r\nContent-Type: image/png; name=\"a.png\"\r\n"
	    "Content-Transfer-Encoding: base64\r\n";
	static const char png[] =
	    "iVBORw0KGgoAAAANSUhEUgAAAAEAAAABCAQAAAC1HAwCAAAAC0lEQVR42mNkYPhf"
	    "DwAChwGA60e6kgAAAABJRU5ErkJggg==";
	struct letter *letters[5];
	struct desk desk;

	picky = kv_mem;
	picky.put = picky_put;
	desk_open(&desk, &picky);
	for (int i = 0; i < 5; i++)
		letters[i] = desk_drop(&desk,
		    person_writes(&desk, i < 3 ? &zoe : &karl,
			"support@desk.example", i % 2 ? "Picture" : "Words",
			i % 2 ? picture : "", i % 2 ? png : "It smells."));
	desk_settle(&desk);
	for (int i = 0; i < 5; i++)
		ck_assert_int_eq(letters[i]->outcome,
		    i % 2 ? OUTCOME_UNPARSEABLE : OUTCOME_TICKET);
	ck_assert_uint_eq(desk_tickets(&desk), 5);
	ck_assert_uint_eq(desk_count(&desk, karl.address, 0), 1);
	desk_close(&desk);
}
END_TEST

START_TEST(an_engineer_for_whom_nobody_vouches_reaches_no_customer)
{
	struct desk desk;
	struct letter *letter;
	size_t since;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	since = desk.sent_count;
	letter = person_says(&desk, &false_anna, "Send me your password.");
	ck_assert_int_eq(letter->outcome, OUTCOME_HELD);
	letter = person_says(&desk, &false_anna, "/resolve");
	ck_assert_int_eq(letter->outcome, OUTCOME_HELD);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 0);
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING);
	ck_assert_uint_eq(desk_ticket(&desk, 1)->messages, 1);
	desk_close(&desk);
}
END_TEST

/* Vouched for, and still not an answer to a mail of ours. */
START_TEST(an_engineer_without_the_tickets_key_reaches_no_customer)
{
	struct desk desk;
	size_t since;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	since = desk.sent_count;
	desk_take(&desk,
	    person_writes(&desk, &anna, "support@desk.example",
		"Re: [#1] The printer smells", "", "Pull the plug."));
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 0);
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING);
	desk_close(&desk);
}
END_TEST

START_TEST(who_forges_the_customer_closes_nothing)
{
	struct desk desk;
	struct letter *letter;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	person_says(&desk, &anna, "/resolve");
	letter = person_says(&desk, &forger, "yes");
	ck_assert_int_eq(letter->outcome, OUTCOME_HELD);
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING_CONFIRMATION);
	desk_close(&desk);
}
END_TEST

/* karl has got hold of zoe's mail, and with it of the ticket's key. */
START_TEST(a_stranger_with_the_key_is_heard_by_engineers_alone)
{
	struct MessageData *content;
	struct desk desk;
	const char *text;
	size_t since;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	person_says(&desk, &anna, "/resolve");
	since = desk.sent_count;
	desk_take(&desk,
	    person_answers(&desk, &karl, desk_newest(&desk, zoe.address),
		"", "yes"));
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING_CONFIRMATION);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 0);
	ck_assert_uint_eq(desk_count(&desk, karl.address, since), 0);
	ck_assert_uint_eq(desk_count(&desk, anna.address, since), 1);
	/* Who is told so, and does not take him for zoe. */
	text = desk_newest(&desk, anna.address)->text;
	ck_assert_ptr_nonnull(strstr(text, "not on this ticket"));
	ck_assert_ptr_null(strstr(text, "The customer wrote"));
	ck_assert_uint_ne(
	    desk_message(&desk, 1, desk_ticket(&desk, 1)->messages - 1,
		&content)->slot,
	    0);
	desk_close(&desk);
}
END_TEST

/* zoe has verified her number; somebody else writes in her name. */
START_TEST(a_forger_s_ticket_does_not_get_her_number)
{
	static const char number[] = "+491512345678";
	struct desk desk;
	size_t since;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	person_says(&desk, &zoe, "/sms +49 151 2345678");
	person_says(&desk, &zoe,
	    arena_print(desk.kept, "/verify %s", desk_code(&desk, 1)));
	ck_assert_uint_eq(person_opens(&desk, &forger), 2);
	since = desk.sent_count;
	person_says(&desk, &anna, "Which model is it?");
	ck_assert_uint_eq(desk_count(&desk, number, since), 0);
	/* Her own next one does. */
	ck_assert_uint_eq(person_opens(&desk, &zoe), 3);
	person_says(&desk, &anna, "Which model is it?");
	ck_assert_uint_eq(desk_count(&desk, number, since), 1);
	desk_close(&desk);
}
END_TEST

START_TEST(a_wrong_command_reaches_no_customer_and_comes_back)
{
	struct desk desk;
	size_t since;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	since = desk.sent_count;
	person_says(&desk, &anna, "/resolv\n\nIt is mended.");
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 0);
	ck_assert_uint_eq(desk_count(&desk, anna.address, since), 1);
	ck_assert_ptr_nonnull(
	    strstr(desk_newest(&desk, anna.address)->text, "It is mended."));
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING);
	desk_close(&desk);
}
END_TEST

/* What an engineer means for colleagues alone, written where no command is
 * read, or as another keyboard writes it. */
static const char *const astray[] = {
    "Hello,\n\n/note He has not paid.",
    "/ note He has not paid.",
    "/accept\nHello,\n/note: He has not paid.",
    "\uff0fnote He has not paid.",
};

START_TEST(a_note_in_the_wrong_place_reaches_no_customer)
{
	struct desk desk;
	size_t since;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	since = desk.sent_count;
	person_says(&desk, &anna, astray[_i]);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 0);
	ck_assert_uint_eq(desk_count(&desk, anna.address, since), 1);
	ck_assert_uint_eq(desk_ticket(&desk, 1)->messages, 1);
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING);
	/* What a customer may write, he may be told. */
	since = desk.sent_count;
	person_says(&desk, &anna,
	    "Write this:\n/sms +49 151 2345678\nand see /note/paper.");
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 1);
	desk_close(&desk);
}
END_TEST

START_TEST(an_engineer_sees_an_alias_and_a_proposed_copy_is_told_nothing)
{
	struct desk desk;
	const struct sent *sent;

	desk_open(&desk, &kv_mem);
	desk_take(&desk,
	    person_writes(&desk, &zoe, "support@desk.example", "Help",
		"Cc: boss@acme.example\r\n", "It smells."));
	person_says(&desk, &anna, "Pull the plug.");
	ck_assert_uint_eq(desk_count(&desk, "boss@acme.example", 0), 0);
	for (size_t i = 0; i < desk.sent_count; i++) {
		sent = &desk.sent[i];
		if (strcmp(sent->parcel->to, zoe.address) != 0)
			ck_assert_ptr_null(memmem(sent->parcel->octets.data,
			    sent->parcel->octets.len, "zoe@", 4));
	}
	desk_close(&desk);
}
END_TEST

/* Without marks, with words of a client for the attribution that no list
 * holds: only who knows what was sent can tell. Both sides; the mail itself
 * is kept whole. */
START_TEST(our_own_words_in_an_answer_are_nobody_elses)
{
	struct desk desk;
	struct MessageData *content;
	const struct sent *sent;
	char *text;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	person_says(&desk, &anna,
	    "Please pull the plug, wait for a minute until the fuser is cold, "
	    "and tell us whether the display still shows the same number.");
	sent = desk_newest_mail(&desk, zoe.address);
	text = arena_print(desk.kept,
	    "It shows 42.\n\nXyzzy 2026-11-21 10:00 Desk <d@desk.example> "
	    "quux:\n\n%s",
	    sent->text);
	ck_assert_int_eq(
	    person_says(&desk, &zoe, text)->outcome, OUTCOME_APPENDED);
	desk_message(&desk, 1, 2, &content);
	ck_assert_str_eq(content->new_text, "It shows 42.");
	ck_assert_ptr_nonnull(strstr(content->text, "pull the plug"));

	sent = desk_newest_mail(&desk, anna.address);
	ck_assert_ptr_nonnull(strstr(sent->text, "It shows 42."));
	ck_assert_ptr_null(strstr(sent->text, "Xyzzy"));
	text = arena_print(
	    desk.kept, "Then the fuser is broken.\n\n%s", sent->text);
	ck_assert_int_eq(
	    person_says(&desk, &anna, text)->outcome, OUTCOME_APPENDED);
	desk_message(&desk, 1, 3, &content);
	ck_assert_str_eq(content->new_text, "Then the fuser is broken.");
	desk_close(&desk);
}
END_TEST

Suite *
suite_odd(void)
{
	Suite *suite = suite_create("odd");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_test(
	    all, the_same_mail_is_one_ticket_however_often_it_comes);
	tcase_add_test(all, the_same_mail_twice_in_one_round_is_one_ticket);
	tcase_add_test(
	    all, another_mail_with_the_same_message_id_is_another_mail);
	tcase_add_test(
	    all, a_returned_mail_marks_its_delivery_and_is_told_to_engineers);
	tcase_add_test(
	    all, a_report_that_names_a_guessed_mail_marks_nothing);
	tcase_add_test(all, a_vacation_note_is_kept_and_answered_by_nobody);
	tcase_add_test(all, our_own_mail_that_comes_back_is_ignored);
	tcase_add_test(
	    all, the_first_answer_to_a_stranger_holds_none_of_his_words);
	tcase_add_test(all, mails_that_cannot_be_stored_stop_no_other);
	tcase_add_test(
	    all, an_engineer_for_whom_nobody_vouches_reaches_no_customer);
	tcase_add_test(
	    all, an_engineer_without_the_tickets_key_reaches_no_customer);
	tcase_add_test(all, who_forges_the_customer_closes_nothing);
	tcase_add_loop_test(all,
	    a_note_in_the_wrong_place_reaches_no_customer, 0,
	    (int)(sizeof astray / sizeof *astray));
	tcase_add_test(all, a_report_without_a_key_is_told_to_nobody);
	tcase_add_test(all, a_forger_s_ticket_does_not_get_her_number);
	tcase_add_test(
	    all, a_stranger_with_the_key_is_heard_by_engineers_alone);
	tcase_add_test(all, a_wrong_command_reaches_no_customer_and_comes_back);
	tcase_add_test(
	    all, an_engineer_sees_an_alias_and_a_proposed_copy_is_told_nothing);
	tcase_add_test(all, our_own_words_in_an_answer_are_nobody_elses);
	suite_add_tcase(suite, all);
	return suite;
}
