/* The guard: what is set apart, what is not said to strangers, what a flood
 * and a loop come to. */
#include <stdio.h>
#include <string.h>

#include "kv.h"
#include "notice.h"
#include "ticket.h"

#include "check_loop.h"
#include "desk.h"
#include "person.h"
#include "rows.h"

#define CARD "4242 4242 4242 4242"

/* ---- secrets ------------------------------------------------------------ */

struct looking {
	struct desk *desk;
	uint64_t ticket;
	const char *first; /* "" destroyed or never there */
	size_t rows;
};

static int
look_apart(struct store_txn *txn, void *arg)
{
	struct looking *l = arg;
	struct Confidential *row;
	struct ConfidentialData *content;

	l->first = "";
	l->rows = 0;
	for (uint32_t from = 0; store_confidential_next(txn, l->desk->kept,
				    l->ticket, from, &row) == 1;
	     from = row->message + 1) {
		l->rows++;
		if (l->rows == 1 &&
		    store_confidential_open(
			txn, l->desk->kept, row, &content) == 1)
			l->first = content->secrets[0]->value;
	}
	return 0;
}

static const char *
apart(struct desk *desk, uint64_t ticket, size_t *rows_r)
{
	struct looking l = {.desk = desk, .ticket = ticket};

	ck_assert_int_eq(store_read(desk->store, look_apart, &l), STORE_OK);
	*rows_r = l.rows;
	return l.first;
}

static void
nothing_sent_holds(const struct desk *desk, const char *secret)
{
	for (size_t i = 0; i < desk->sent_count; i++) {
		const struct sent *sent = &desk->sent[i];
		struct span octets = record_span(sent->parcel->octets);

		ck_assert_ptr_null(strstr(sent->text, secret));
		ck_assert_ptr_null(
		    memmem(octets.at, octets.len, secret, strlen(secret)));
		if (sent->mail != NULL)
			ck_assert_ptr_null(
			    strstr(sent->mail->subject, secret));
	}
}

START_TEST(a_card_is_masked_in_every_notice_and_gone_at_the_end)
{
	struct MessageData *content;
	struct letter *letter;
	struct desk desk;
	size_t rows, sent;

	desk_open(&desk, &kv_lmdb);
	letter = desk_take(&desk,
	    person_writes(&desk, &zoe, "support@desk.example",
		"Charged twice on " CARD, "",
		"Hello,\n\nmy card is " CARD ".\nPassword: hunter2\n"));
	ck_assert_int_eq(letter->outcome, OUTCOME_TICKET);
	nothing_sent_holds(&desk, CARD);
	nothing_sent_holds(&desk, "hunter2");
	ck_assert_ptr_nonnull(strstr(
	    desk_newest(&desk, zoe.address)->text, "card or account"));
	ck_assert_ptr_nonnull(strstr(desk_newest(&desk, anna.address)->text,
	    "my card is [card ending 4242: kept apart]."));
	ck_assert_ptr_nonnull(strstr(
	    desk_newest(&desk, anna.address)->text, "kept apart: the masks"));
	desk_message(&desk, letter->ticket, 0, &content);
	ck_assert_ptr_null(strstr(content->text, CARD));
	ck_assert_ptr_null(strstr(content->text, "hunter2"));
	ck_assert_str_eq(apart(&desk, letter->ticket, &rows), CARD);
	ck_assert_uint_eq(rows, 1);

	/* A later mail has a notice of its own for it. */
	sent = desk.sent_count;
	person_says(&desk, &zoe, "And the PIN: 4711");
	ck_assert_uint_eq(desk_count(&desk, zoe.address, sent), 1);
	ck_assert_ptr_nonnull(strstr(desk_newest(&desk, zoe.address)->text,
	    "taken it out of the text"));
	nothing_sent_holds(&desk, "4711");
	apart(&desk, letter->ticket, &rows);
	ck_assert_uint_eq(rows, 2);

	/* What an engineer writes is what the customer gets. */
	person_says(&desk, &anna, "Your first password: welcome1");
	ck_assert_ptr_nonnull(
	    strstr(desk_newest(&desk, zoe.address)->text, "welcome1"));

	person_says(&desk, &zoe, "close");
	desk_wait(&desk, 2 * WHEN_DAY);
	ck_assert_str_eq(apart(&desk, letter->ticket, &rows), "");
	ck_assert_uint_eq(rows, 0);
	ck_assert(!folder_holds(&desk.folder, NULL, "hunter2", 7));
	ck_assert(rows_audit_whole(desk.store));
	desk_close(&desk);
}
END_TEST

START_TEST(who_is_forgotten_is_forgotten_with_his_secrets)
{
	struct letter *letter;
	struct desk desk;
	size_t rows;

	desk_open(&desk, &kv_mem);
	letter = desk_take(&desk,
	    person_writes(&desk, &zoe, "support@desk.example", "Login", "",
		"Password: hunter2\n"));
	apart(&desk, letter->ticket, &rows);
	ck_assert_uint_eq(rows, 1);
	person_says(&desk, &zoe, "/forget yes");
	apart(&desk, letter->ticket, &rows);
	ck_assert_uint_eq(rows, 0);
	desk_close(&desk);
}
END_TEST

/* ---- strangers ---------------------------------------------------------- */

/* Nothing of it, in whatever coding: not a word of the subject, the text or
 * the name. */
START_TEST(the_receipt_of_a_stranger_holds_none_of_his_text)
{
	static const struct person eve = {
	    "Buysome Pillswhere", "victim@bystander.example", false};
	static const char *const words[] = {"Buysome", "Pillswhere",
	    "Cheapest", "watches", "visit", "spamsite", "greatdeal",
	    "coupon", "attach"};
	struct desk desk;
	const struct sent *sent;

	desk_open(&desk, &kv_mem);
	desk_take(&desk,
	    person_writes(&desk, &eve, "support@desk.example",
		"Cheapest watches", "Cc: other@bystander.example\r\n",
		"Please visit http://spamsite.example/greatdeal now.\n"
		"Your coupon: 4242 4242 4242 4242\n"));
	ck_assert_uint_eq(desk_count(&desk, eve.address, 0), 1);
	ck_assert_uint_eq(
	    desk_count(&desk, "other@bystander.example", 0), 0);
	sent = desk_newest(&desk, eve.address);
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		struct span octets = record_span(sent->parcel->octets);

		ck_assert_msg(strcasestr(sent->text, words[i]) == NULL, "%s",
		    words[i]);
		ck_assert_msg(strcasestr(sent->mail->subject, words[i]) ==
			NULL, "%s", words[i]);
		ck_assert_msg(
		    memmem(octets.at, octets.len, words[i],
			strlen(words[i])) == NULL, "%s", words[i]);
	}
	ck_assert_uint_eq(sent->mail->n_to, 1);
	ck_assert_str_eq(sent->mail->to[0]->name, "");
	ck_assert_uint_eq(sent->mail->n_attachments, 0);
	ck_assert_str_eq(sent->parcel->from, "");
	desk_close(&desk);
}
END_TEST

Suite *
suite_guard(void)
{
	Suite *suite = suite_create("guard");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 120);
	tcase_add_test(
	    all, a_card_is_masked_in_every_notice_and_gone_at_the_end);
	tcase_add_test(all, who_is_forgotten_is_forgotten_with_his_secrets);
	tcase_add_test(
	    all, the_receipt_of_a_stranger_holds_none_of_his_text);
	suite_add_tcase(suite, all);
	return suite;
}
