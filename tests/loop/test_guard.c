/* The guard: what is set apart, what is not said to strangers, what a flood
 * and a loop come to. */
#include <stdio.h>
#include <string.h>

#include "buf.h"
#include "kv.h"
#include "notice.h"
#include "ticket.h"
#include "token.h"

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
		for (size_t k = 0;
		     sent->mail != NULL && k < sent->mail->n_attachments; k++) {
			octets = record_span(sent->mail->attachments[k]->octets);
			ck_assert(octets.len == 0 ||
			    memmem(octets.at, octets.len, secret,
				strlen(secret)) == NULL);
		}
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

START_TEST(a_card_in_the_name_of_a_file_is_masked_as_well)
{
	struct desk desk;
	size_t rows;

	desk_open(&desk, &kv_mem);
	desk_take(&desk,
	    span_of("From: zoe@acme.example\r\n"
		    "To: support@desk.example\r\n"
		    "Message-ID: <bill@acme.example>\r\n"
		    "Subject: Bill\r\n"
		    "MIME-Version: 1.0\r\n"
		    "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
		    "--b\r\n\r\nSee the file.\r\n"
		    "--b\r\nContent-Type: text/plain\r\n"
		    "Content-Disposition: attachment; filename=\"" CARD
		    ".txt\"\r\n\r\nA bill.\r\n--b--\r\n"));
	ck_assert_str_eq(apart(&desk, 1, &rows), CARD);
	nothing_sent_holds(&desk, CARD);
	desk_close(&desk);
}
END_TEST

/* What is attached goes on to the engineers as the text does. */
START_TEST(a_card_in_a_text_file_is_masked_as_well)
{
	struct desk desk;
	const struct Mail *mail;
	size_t rows;

	desk_open(&desk, &kv_mem);
	desk_take(&desk,
	    span_of("From: zoe@acme.example\r\n"
		    "To: support@desk.example\r\n"
		    "Message-ID: <bill@acme.example>\r\n"
		    "Subject: Bill\r\n"
		    "MIME-Version: 1.0\r\n"
		    "Content-Type: multipart/mixed; boundary=b\r\n\r\n"
		    "--b\r\n\r\nSee the file.\r\n"
		    "--b\r\nContent-Type: text/plain\r\n"
		    "Content-Disposition: attachment; filename=bill.txt\r\n\r\n"
		    "Paid with " CARD " twice.\r\n--b--\r\n"));
	ck_assert_str_eq(apart(&desk, 1, &rows), CARD);
	mail = desk_newest(&desk, anna.address)->mail;
	ck_assert_uint_eq(mail->n_attachments, 1);
	ck_assert_ptr_nonnull(memmem(mail->attachments[0]->octets.data,
	    mail->attachments[0]->octets.len, "[card ending 4242: kept apart]",
	    30));
	nothing_sent_holds(&desk, CARD);
	desk_close(&desk);
}
END_TEST

START_TEST(an_encrypted_mail_is_held_and_asked_for_anew)
{
	struct desk desk;
	struct letter *letter;

	desk_open(&desk, &kv_mem);
	letter = desk_take(&desk,
	    person_writes(&desk, &zoe, "support@desk.example", "Printer", "",
		"-----BEGIN PGP MESSAGE-----\n\nhQEMA\n"
		"-----END PGP MESSAGE-----\n"));
	ck_assert_int_eq(letter->outcome, OUTCOME_HELD);
	ck_assert_str_eq(letter->rule, "encrypted");
	ck_assert_uint_eq(letter->ticket, 0);
	ck_assert_ptr_nonnull(strstr(desk_newest(&desk, zoe.address)->text,
	    "no key to open"));
	ck_assert_ptr_nonnull(strstr(desk_newest(&desk, anna.address)->text,
	    "no key to open"));
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
	person_says(&desk, &zoe, "/forget");
	person_says(&desk, &zoe, person_line(&desk, &zoe, "/forget "));
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

/* ---- floods ------------------------------------------------------------- */

/* Ten thousand senders who are not who they say: no more receipts than the
 * hour has, every mail kept, and the engineers are not buried. */
START_TEST(ten_thousand_forged_senders_get_few_receipts_and_are_all_kept)
{
	enum { SENDERS = 10000, BATCH = 2000 };
	struct desk desk;
	size_t receipts = 0, told = 0, held = 0, tickets = 0;

	desk_open(&desk, &kv_mem);
	for (int i = 0; i < SENDERS; i++) {
		struct person forged = {"X", NULL, false};
		struct letter *letter;

		if (i % BATCH == 0) {
			desk.letter_count = 0;
			desk.sent_count = 0;
		}
		forged.address = arena_print(
		    desk.kept, "u%d@d%d.example", i, i % 997);
		letter = desk_drop(&desk,
		    person_writes(&desk, &forged, "support@desk.example",
			"Help", "", "It does not work at all.\n"));
		if (i % BATCH != BATCH - 1)
			continue;
		desk_settle(&desk);
		for (size_t n = 0; n < desk.letter_count; n++) {
			letter = &desk.letters[n];
			held += letter->outcome == OUTCOME_HELD;
			tickets += letter->outcome == OUTCOME_TICKET;
		}
		told += desk_count(&desk, anna.address, 0);
		receipts += desk.sent_count -
		    desk_count(&desk, anna.address, 0) -
		    desk_count(&desk, bob.address, 0);
	}
	ck_assert_uint_le(receipts, 200);
	ck_assert_uint_ge(receipts, 100);
	ck_assert_uint_eq(tickets, 300);
	ck_assert_uint_eq(tickets + held, SENDERS);
	ck_assert_uint_eq(told, 300);
	/* One digest at the end of the hour, and no other one. */
	desk.sent_count = desk.letter_count = 0;
	desk_wait(&desk, WHEN_HOUR);
	ck_assert_uint_eq(desk_count(&desk, anna.address, 0), 1);
	ck_assert_ptr_nonnull(strstr(desk_newest(&desk, anna.address)->text,
	    "held: 9700"));
	desk_close(&desk);
}
END_TEST

START_TEST(one_sender_s_sixth_ticket_of_the_hour_is_held)
{
	struct letter *letter = NULL;
	struct desk desk;

	desk_open(&desk, &kv_lmdb);
	for (int i = 0; i < 6; i++)
		letter = desk_take(&desk,
		    person_writes(&desk, &karl, "support@desk.example",
			"Printer", "",
			arena_print(desk.kept, "Printer %c smells of %s\n",
			    'a' + i, i % 2 ? "burnt wood" : "old cheese")));
	ck_assert_int_eq(letter->outcome, OUTCOME_HELD);
	ck_assert_str_eq(letter->rule, "flood");
	ck_assert_uint_eq(desk_tickets(&desk), 5);
	ck_assert_uint_eq(desk_count(&desk, karl.address, 0), 3);
	/* Somebody else is not hindered; nor is he, two hours later. */
	ck_assert_uint_eq(person_opens(&desk, &zoe), 6);
	desk_wait(&desk, 2 * WHEN_HOUR);
	ck_assert_uint_eq(person_opens(&desk, &karl), 7);
	desk_close(&desk);
}
END_TEST

START_TEST(the_eleventh_mail_of_an_hour_is_told_of_by_the_digest)
{
	struct desk desk;
	uint64_t ticket;

	desk_open(&desk, &kv_lmdb);
	ticket = person_opens(&desk, &zoe);
	person_says(&desk, &anna, "/accept");
	desk.sent_count = 0;
	for (int i = 0; i < 14; i++) {
		struct letter *letter = desk_take(&desk,
		    person_writes(&desk, &zoe, "support@desk.example",
			arena_print(desk.kept, "Re: [#%d]", (int)ticket), "",
			arena_print(desk.kept, "And line %d.\n", i)));

		ck_assert_int_eq(letter->outcome, OUTCOME_APPENDED);
	}
	ck_assert_uint_eq(desk_ticket(&desk, ticket)->messages, 15);
	ck_assert_uint_eq(desk_count(&desk, anna.address, 0), 10);
	desk_wait(&desk, WHEN_HOUR);
	ck_assert_ptr_nonnull(strstr(desk_newest(&desk, anna.address)->text,
	    "Mails on tickets: 4"));
	/* What an engineer writes always goes out. */
	person_says(&desk, &anna, "One by one, please.");
	desk_close(&desk);
}
END_TEST

/* One mail with many of them would be dear, and nobody needs it. */
START_TEST(a_mail_asks_for_one_code)
{
	struct letter *letter;
	struct desk desk;
	size_t since;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	since = desk.sent_count;
	letter = person_says(&desk, &zoe,
	    "/sms +4915112345678\n/sms +4915112345679\n"
	    "/sms +4915112345678\n");
	ck_assert_str_eq(letter->rule, "many-codes");
	ck_assert_uint_eq(desk_count(&desk, "+4915112345678", since), 0);
	ck_assert_uint_eq(desk_count(&desk, "+4915112345679", since), 0);
	person_says(&desk, &zoe, "/sms +4915112345678\n");
	ck_assert_uint_eq(desk_count(&desk, "+4915112345678", since), 1);
	desk_close(&desk);
}
END_TEST

/* Each ticket and each customer of his own: the number is the same. */
START_TEST(a_number_gets_a_few_codes_a_day_whoever_asks)
{
	static const struct person *const askers[] = {
	    &zoe, &karl, &zoe, &karl, &zoe};
	struct desk desk;

	desk_open(&desk, &kv_mem);
	for (size_t i = 0; i < sizeof askers / sizeof *askers; i++) {
		person_opens(&desk, askers[i]);
		person_says(&desk, askers[i], "/sms +4915112345678\n");
		ck_assert_uint_eq(desk_count(&desk, "+4915112345678", 0),
		    i < 3 ? i + 1 : 3);
	}
	person_says(&desk, &karl, "/sms +4915112345679\n");
	ck_assert_uint_eq(desk_count(&desk, "+4915112345679", 0), 1);
	desk_wait(&desk, 2 * WHEN_DAY);
	person_says(&desk, &karl, "/sms +4915112345678\n");
	ck_assert_uint_eq(desk_count(&desk, "+4915112345678", 0), 4);
	desk_close(&desk);
}
END_TEST

/* ---- copies ------------------------------------------------------------- */

/* The same mail, as a server stamps it that cannot vouch for its sender; and
 * with one more field on top. */
static struct span
forged_copy(struct desk *desk, struct span mail, const char *field)
{
	const char *pass = memmem(mail.at, mail.len, "dmarc=pass", 10);
	struct buf out = buf_in(desk->kept);

	ck_assert_ptr_nonnull(pass);
	buf_add_text(&out, field);
	buf_add(&out, span_from(mail.at, pass));
	buf_add_text(&out, "dmarc=fail");
	buf_add(&out, span_from(pass + 10, mail.at + mail.len));
	return buf_span(&out);
}

/* Whoever gets a copy of an engineer's mail may send it to us sooner. */
START_TEST(a_forged_copy_that_comes_first_keeps_nothing_out)
{
	static const char *const fields[] = {
	    "", "Auto-Submitted: auto-replied\r\n"};
	struct letter *letter;
	struct span answer;
	struct desk desk;
	size_t since;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	answer = person_answers(&desk, &anna,
	    desk_newest(&desk, anna.address), "", "Which model is it?");
	since = desk.sent_count;
	desk_take(&desk, forged_copy(&desk, answer, fields[_i]));
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 0);
	letter = desk_take(&desk, answer);
	ck_assert_int_eq(letter->outcome, OUTCOME_APPENDED);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 1);
	/* Once is enough, whoever sends it again. */
	letter = desk_take(&desk, answer);
	ck_assert_int_eq(letter->outcome, OUTCOME_DUPLICATE);
	letter = desk_take(&desk, forged_copy(&desk, answer, fields[_i]));
	ck_assert_int_eq(letter->outcome, OUTCOME_DUPLICATE);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 1);
	desk_close(&desk);
}
END_TEST

/* ---- loops -------------------------------------------------------------- */

/* A neighbour who sends back whatever we send, rewritten. */
struct echo {
	const char *from;
	bool threads;	/* keeps In-Reply-To */
	bool subject;	/* keeps the subject behind "Re: " */
	const char *text;
};

static const struct echo echoes[] = {
    {"desk@other.example", true, true, "Thank you for your mail."},
    {"desk@other.example", false, true, "We are away until Monday."},
    {"desk@other.example", false, false,
	"Thank you for writing. Your ticket has the number"},
};

/* An autoresponder that ignores every mark of ours and has none itself. */
START_TEST(an_autoresponder_without_marks_is_answered_at_most_twice)
{
	const struct echo *echo = &echoes[_i];
	const struct person robot = {"Desk", echo->from, true};
	struct desk desk;
	size_t answered = 0;

	desk_open(&desk, &kv_mem);
	desk_take(&desk,
	    person_writes(&desk, &robot, "support@desk.example", "Hello", "",
		"We have a question about the bill of October.\n"));
	for (int i = 0; i < 20 && answered < desk.sent_count; i++) {
		const struct sent *sent = &desk.sent[answered++];
		const char *fields = "";

		if (strcmp(sent->parcel->to, robot.address) != 0) {
			i--;
			continue;
		}
		if (echo->threads)
			fields = arena_print(desk.kept,
			    "In-Reply-To: <%s>\r\n", sent->mail->message_id);
		desk_take(&desk,
		    person_writes(&desk, &robot, "support@desk.example",
			echo->subject ? "Re: We have your message"
				      : "Your request",
			fields,
			arena_print(desk.kept, "%s %d", echo->text, i)));
		desk.now += WHEN_SECOND;
	}
	ck_assert_uint_le(desk_count(&desk, robot.address, 0), 2);
	desk_close(&desk);
}
END_TEST

/* What one desk sends the other gets, as far as it goes. */
static int
carry(struct desk *from, struct desk *to, const char *address, size_t *done,
    bool marks)
{
	int carried = 0;

	for (; *done < from->sent_count; (*done)++) {
		struct span octets =
		    record_span(from->sent[*done].parcel->octets);
		struct buf out = buf_in(to->kept);

		if (strcmp(from->sent[*done].parcel->to, address) != 0)
			continue;
		buf_add_text(&out,
		    "Authentication-Results: mx.desk.example; dmarc=pass "
		    "header.from=desk.example\r\n"
		    "Received: from x by mx.desk.example; today\r\n");
		buf_add(&out, octets);
		if (!marks) { /* a relay that knows no machine's fields */
			char *at;

			while ((at = memmem(out.at, out.len, "Auto-Submitted",
				    14)) != NULL ||
			    (at = memmem(out.at, out.len, "Precedence", 10)) !=
				NULL ||
			    (at = memmem(out.at, out.len, "X-Auto", 6)) != NULL)
				memcpy(at, "Zzz-Zz", 6);
		}
		desk_take(to, buf_span(&out));
		carried++;
	}
	return carried;
}

/* Two desks, each the other's customer. The second has another address. */
START_TEST(two_desks_fall_silent_within_three_messages)
{
	struct person other = {"Desk B", "help@other.example", true};
	struct desk a, b;
	size_t a_done = 0, b_done = 0;
	int messages = 1;

	desk_open(&a, &kv_mem);
	desk_open(&b, &kv_mem);
	/* B's doors are A's customers' addresses, and the other way round:
	 * both have the same conf, so B is given another address. */
	((struct door *)(uintptr_t)b.house.conf->people.doors)[0].address =
	    "help@other.example";
	desk_take(&a,
	    person_writes(&a, &other, "support@desk.example", "Hello", "",
		"We have a question about the bill of October.\n"));
	for (int i = 0; i < 10; i++) {
		messages += carry(
		    &a, &b, "help@other.example", &a_done, _i == 0);
		messages += carry(
		    &b, &a, "support@desk.example", &b_done, _i == 0);
	}
	ck_assert_int_ge(messages, 2);
	ck_assert_int_le(messages, 3);
	desk_close(&b);
	desk_close(&a);
}
END_TEST

/* A forwarder that gives our mail another sender and another Message-ID. */
START_TEST(our_own_mail_is_known_by_its_mark)
{
	struct desk desk;
	const struct sent *sent;
	const char *mark = "";
	struct letter *letter;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	sent = desk_newest(&desk, zoe.address);
	for (size_t i = 0; i < sent->mail->n_fields; i++)
		if (strcmp(sent->mail->fields[i]->name, TOKEN_FIELD) == 0)
			mark = sent->mail->fields[i]->body;
	ck_assert_str_ne(mark, "");
	letter = desk_take(&desk,
	    person_writes(&desk, &karl, "support@desk.example", "Fwd", 
		arena_print(desk.kept, TOKEN_FIELD ": %s\r\n", mark),
		"Hello,\nthank you for writing to us.\n"));
	ck_assert_int_eq(letter->outcome, OUTCOME_IGNORED);
	ck_assert_str_eq(letter->rule, "own-mail");
	/* Made up, it says nothing; and nor does any field like it. */
	letter = desk_take(&desk,
	    person_writes(&desk, &karl, "support@desk.example", "Hi",
		TOKEN_FIELD ": 000000-1.0000000000000000\r\n"
		"X-Gatepost-Ticket: 1\r\nX-Gatepost-Role: engineer\r\n",
		"Hello, the printer smells.\n"));
	ck_assert_int_eq(letter->outcome, OUTCOME_TICKET);
	ck_assert_uint_eq(letter->ticket, 2);
	desk_close(&desk);
}
END_TEST

/* ---- which ticket, who speaks ------------------------------------------- */

/* The keyed address that answers go to, as the newest mail to her has it. */
static const char *
reply_address(struct desk *desk, const struct person *person)
{
	const struct sent *sent = desk_newest_mail(desk, person->address);

	ck_assert_uint_eq(sent->mail->n_reply_to, 1);
	return sent->mail->reply_to[0]->address;
}

/* Each carrier alone brings a mail home; `%s` is the keyed address. */
static const struct {
	const char *sentence;
	const char *to, *subject, *fields;
	enum outcome outcome;
} carrier_rows[] = {
    {"the address in To", "%s", "Hi", "", OUTCOME_APPENDED},
    {"in Cc", "x@y.example", "Hi", "Cc: Desk <%s>\r\n", OUTCOME_APPENDED},
    {"the envelope's recipient", "list@y.example", "Hi",
	"X-Original-To: <%s>\r\n", OUTCOME_APPENDED},
    {"as another server names it", "list@y.example", "Hi",
	"Envelope-To: %s\r\n", OUTCOME_APPENDED},
    {"the tag, by who is on the ticket", "support@desk.example",
	"AW: [#1] The printer", "", OUTCOME_APPENDED},
    {"nothing", "support@desk.example", "The printer", "", OUTCOME_TICKET},
    {"a relay's Message-ID, and the tag", "support@desk.example",
	"Re: [#1] x", "In-Reply-To: <0100-0@email.amazonses.com>\r\n",
	OUTCOME_APPENDED},
    {"a tag of no ticket", "support@desk.example", "Re: [#77] x", "",
	OUTCOME_TICKET},
};

START_TEST(each_carrier_alone_brings_a_mail_home)
{
	struct letter *letter;
	struct desk desk;
	char *fields;
	const char *address, *at;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	address = reply_address(&desk, &zoe);
	fields = arena_copy_text(desk.kept, carrier_rows[_i].fields);
	at = strstr(fields, "%s");
	if (at != NULL)
		fields = arena_print(desk.kept, "%.*s%s%s",
		    (int)(at - fields), fields, address, at + 2);
	letter = desk_take(&desk,
	    person_writes(&desk, &zoe,
		strcmp(carrier_rows[_i].to, "%s") == 0 ? address
						       : carrier_rows[_i].to,
		carrier_rows[_i].subject, fields, "It still smells.\n"));
	ck_assert_msg(letter->outcome == carrier_rows[_i].outcome, "%s: %s",
	    carrier_rows[_i].sentence, letter->rule);
	/* The tag alone is nothing for somebody else. */
	letter = desk_take(&desk,
	    person_writes(&desk, &karl, "support@desk.example",
		"Re: [#1] The printer", "", "Let me read it.\n"));
	ck_assert_int_eq(letter->outcome, OUTCOME_TICKET);
	desk_close(&desk);
}
END_TEST

START_TEST(keyed_carriers_that_disagree_hold_the_mail)
{
	struct desk desk;
	const char *first;
	struct letter *letter;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	first = reply_address(&desk, &zoe);
	person_opens(&desk, &karl);
	letter = desk_take(&desk,
	    person_writes(&desk, &zoe, first, "Hi",
		arena_print(desk.kept, "Cc: %s\r\n",
		    reply_address(&desk, &karl)),
		"Both?\n"));
	ck_assert_int_eq(letter->outcome, OUTCOME_HELD);
	ck_assert_str_eq(letter->rule, "conflict");
	desk_close(&desk);
}
END_TEST

/* Neither a customer nor an engineer commands with such a mail, whatever a
 * server says of it. */
START_TEST(a_mail_that_can_be_read_in_two_ways_commands_nothing)
{
	const char *odd = "this line is no field\r\n";
	struct letter *letter;
	struct desk desk;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	desk_take(&desk,
	    person_answers(&desk, &zoe, desk_newest_mail(&desk, zoe.address),
		odd, "cancel\n"));
	ck_assert_int_eq(desk_ticket(&desk, 1)->state, STATE_PENDING);
	letter = desk_take(&desk,
	    person_answers(&desk, &anna,
		desk_newest_mail(&desk, anna.address), odd, "/resolve\n"));
	ck_assert_int_eq(letter->outcome, OUTCOME_HELD);
	ck_assert_str_eq(letter->rule, "engineer-unsure");
	ck_assert_int_eq(desk_ticket(&desk, 1)->state, STATE_PENDING);
	/* Two authors are none. */
	letter = desk_take(&desk,
	    person_answers(&desk, &zoe, desk_newest_mail(&desk, zoe.address),
		"From: Anna <anna@desk.example>\r\n", "cancel\n"));
	ck_assert_int_eq(desk_ticket(&desk, 1)->state, STATE_PENDING);
	ck_assert_str_eq(letter->rule, "stranger");
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
	tcase_add_test(all, a_card_in_the_name_of_a_file_is_masked_as_well);
	tcase_add_test(all, a_card_in_a_text_file_is_masked_as_well);
	tcase_add_test(all, an_encrypted_mail_is_held_and_asked_for_anew);
	tcase_add_test(all, who_is_forgotten_is_forgotten_with_his_secrets);
	tcase_add_test(
	    all, the_receipt_of_a_stranger_holds_none_of_his_text);
	tcase_add_test(all,
	    ten_thousand_forged_senders_get_few_receipts_and_are_all_kept);
	tcase_add_test(all, one_sender_s_sixth_ticket_of_the_hour_is_held);
	tcase_add_test(
	    all, the_eleventh_mail_of_an_hour_is_told_of_by_the_digest);
	tcase_add_test(all, a_mail_asks_for_one_code);
	tcase_add_test(all, a_number_gets_a_few_codes_a_day_whoever_asks);
	tcase_add_loop_test(
	    all, a_forged_copy_that_comes_first_keeps_nothing_out, 0, 2);
	tcase_add_loop_test(all,
	    an_autoresponder_without_marks_is_answered_at_most_twice, 0,
	    (int)(sizeof echoes / sizeof *echoes));
	tcase_add_loop_test(
	    all, two_desks_fall_silent_within_three_messages, 0, 2);
	tcase_add_test(all, our_own_mail_is_known_by_its_mark);
	tcase_add_loop_test(all, each_carrier_alone_brings_a_mail_home, 0,
	    (int)(sizeof carrier_rows / sizeof *carrier_rows));
	tcase_add_test(all, keyed_carriers_that_disagree_hold_the_mail);
	tcase_add_test(
	    all, a_mail_that_can_be_read_in_two_ways_commands_nothing);
	suite_add_tcase(suite, all);
	return suite;
}
