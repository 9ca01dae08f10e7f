/* check_kind: people and machines, and what delivery reports say. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "mail_read.h"
#include "mail_words.h"
#include "quote.h"
#include "record.h"

static struct quote_rules *rules;

static void
make_rules(void)
{
	rules = quote_rules_new();
}

static void
free_rules(void)
{
	quote_rules_free(rules);
}

static const struct {
	const char *says;
	enum mail_kind kind;
	const char *header;
} kind_rows[] = {
    {"a person", MAIL_HUMAN, "From: anna@example.org\nSubject: Printer\n"},
    {"a person whose mail says that it is not automatic", MAIL_HUMAN,
	"From: anna@example.org\nAuto-Submitted: no\n"},
    {"a person by a web form", MAIL_HUMAN,
	"From: noreply@example.org\nReply-To: anna@example.org\n"},
    {"a person who tells of a bounce", MAIL_HUMAN,
	"From: anna@example.org\nSubject: Undeliverable: what is that?\n"},
    {"a mailing list", MAIL_LIST,
	"From: anna@example.org\nList-Id: <users.example.org>\n"
	"Precedence: bulk\n"},
    {"a newsletter", MAIL_LIST,
	"From: news@example.org\nList-Unsubscribe: <mailto:x@example.org>\n"},
    {"a vacation note", MAIL_AUTO_REPLY,
	"From: anna@example.org\nAuto-Submitted: Auto-Replied (vacation)\n"},
    {"a note of Outlook", MAIL_AUTO_REPLY,
	"From: anna@example.org\nSubject: Automatic reply: Printer\n"},
    {"a note of Outlook in German", MAIL_AUTO_REPLY,
	"From: anna@example.org\nSubject: Automatische Antwort: Drucker\n"},
    {"an old autoresponder", MAIL_AUTO_REPLY,
	"From: anna@example.org\nPRECEDENCE: Auto_Reply\n"},
    {"another desk", MAIL_AUTO_GENERATED,
	"From: desk@example.org\nAuto-Submitted: auto-generated\n"},
    {"a machine that takes no answer", MAIL_AUTO_GENERATED,
	"From: no-reply@example.org\n"},
    {"a machine that wants no answer", MAIL_AUTO_GENERATED,
	"From: shop@example.org\nX-Auto-Response-Suppress: OOF, AutoReply\n"},
    {"the null sender", MAIL_AUTO_GENERATED,
	"Return-Path: <>\nFrom: anna@example.org\n"},
    {"a mail system", MAIL_BOUNCE,
	"From: MAILER-DAEMON@example.org\nSubject: hello\n"},
    {"a postmaster's report", MAIL_BOUNCE,
	"From: postmaster@example.org\nSubject: Undeliverable: hello\n"},
    {"a report of Exim", MAIL_BOUNCE,
	"From: x@example.org\nX-Failed-Recipients: anna@example.org\n"},
    {"a delivery report", MAIL_BOUNCE,
	"From: x@example.org\nContent-Type: multipart/report;\n"
	" report-type=delivery-status; boundary=b\n"},
    {"an abuse report", MAIL_FEEDBACK,
	"From: x@example.org\nContent-Type: multipart/report;\n"
	" report-type=feedback-report; boundary=b\n"},
    {"a read receipt", MAIL_FEEDBACK,
	"From: x@example.org\nContent-Type: multipart/report;\n"
	" report-type=disposition-notification; boundary=b\n"},
};

static struct Mail *
read_mail(struct arena *arena, const char *octets)
{
	struct RawMail *raw = record_new(arena, &raw_mail__descriptor);

	raw->octets = record_bytes(span_of(octets));
	return mail_read(arena, raw, &mail_limits_default, rules);
}

START_TEST(people_are_told_from_machines)
{
	struct arena *arena = arena_new(0);
	struct Mail *mail = read_mail(arena,
	    arena_print(arena, "%s\nHello\n", kind_rows[_i].header));

	ck_assert_msg(mail->kind == kind_rows[_i].kind, "%s: %s, because %s",
	    kind_rows[_i].says, mail_kind_word((enum mail_kind)mail->kind),
	    mail->kind_reason);
	ck_assert_str_ne(mail->kind_reason, "");
	ck_assert_int_eq(mail->kind == MAIL_BOUNCE, mail->bounce != NULL);
	arena_free(arena);
}
END_TEST

static const char report[] =
    "From: Mail <mailer-daemon@example.org>\nTo: desk@example.com\n"
    "Subject: Undelivered\nContent-Type: multipart/report;\n"
    " report-type=delivery-status; boundary=b\n\n"
    "--b\n\nSorry.\n--b\nContent-Type: message/delivery-status\n\n"
    "Reporting-MTA: dns; example.org\n\n"
    "Original-Recipient: rfc822; anna@example.net\n"
    "Final-Recipient: RFC822; <Anna.B@example.net>\nAction: FAILED\n"
    "Status: 5.1.1 (no such user)\n"
    "Diagnostic-Code: smtp; 550 5.1.1\n User unknown\n\n"
    "Final-Recipient: rfc822; bob@example.net\nAction: delayed\n"
    "Status: 4.4.7\n"
    "--b\nContent-Type: message/rfc822\n\nFrom: desk@example.com\n"
    "To: anna@example.net\nMessage-ID: <one@example.com>\n\nHello\n--b--\n";

START_TEST(a_delivery_report_names_recipients_and_the_mail)
{
	struct arena *arena = arena_new(0);
	struct Mail *mail = read_mail(arena, report);
	struct BounceRecipient *first, *second;

	ck_assert_int_eq(mail->kind, MAIL_BOUNCE);
	ck_assert_uint_eq(mail->bounce->n_recipients, 2);
	first = mail->bounce->recipients[0];
	second = mail->bounce->recipients[1];
	ck_assert_str_eq(first->address, "Anna.B@example.net");
	ck_assert_str_eq(first->action, "failed");
	ck_assert_str_eq(first->status, "5.1.1");
	ck_assert_str_eq(first->diagnostic, "550 5.1.1 User unknown");
	ck_assert_str_eq(second->address, "bob@example.net");
	ck_assert_str_eq(second->action, "delayed");
	ck_assert_str_eq(second->status, "4.4.7");
	ck_assert_str_eq(mail->bounce->message_id, "one@example.com");
	arena_free(arena);
}
END_TEST

START_TEST(a_report_within_a_mail_passed_on_is_not_the_mails)
{
	struct arena *arena = arena_new(0);
	struct Mail *mail = read_mail(arena,
	    arena_print(arena,
		"From: anna@example.org\nSubject: what is that?\n"
		"Content-Type: multipart/mixed; boundary=a\n\n"
		"--a\n\nPlease look.\n--a\n"
		"Content-Type: message/rfc822\n\n%s--a--\n",
		report));

	ck_assert_int_eq(mail->kind, MAIL_HUMAN);
	ck_assert_ptr_null(mail->bounce);
	arena_free(arena);
}
END_TEST

static const struct {
	const char *says, *text, *address, *status, *action, *message_id;
} text_reports[] = {
    {"qmail",
	"Hi. This is the qmail-send program at example.org.\n"
	"I wasn't able to deliver your message to the following addresses.\n\n"
	"<anna@example.net>:\n192.0.2.1 does not like recipient.\n"
	"Remote host said: 550 5.1.1 unknown user\n\n"
	"--- Below this line is a copy of the message.\n\n"
	"Received: by x\nMessage-ID: <one@example.com>\n",
	"anna@example.net", "5.1.1", "failed", "one@example.com"},
    {"Exim",
	"This message was created automatically by mail delivery software.\n"
	"A message that you sent could not be delivered to one or more of\n"
	"its recipients. The following address(es) failed:\n\n"
	"  anna@example.net\n    SMTP error: 552 mailbox full\n\n"
	"------ This is a copy of the message, including all the headers.\n"
	"Message-Id: <two@example.com>\n",
	"anna@example.net", "5.0.0", "failed", "two@example.com"},
    {"a warning",
	"A message is delayed for more than 4 hours. This is only a\n"
	"temporary failure report.\n\nanna@example.net: Network error\n",
	"anna@example.net", "4.0.0", "delayed", ""},
    {"sendmail, which names nobody but in the copy",
	"   ----- Transcript of session follows -----\n"
	"421 example.com: Deferred: Connection timed out\n\n"
	"   ----- Unsent message follows -----\n"
	"Received: by x\nTo: anna@example.net\n",
	"anna@example.net", "4.0.0", "delayed", ""},
    {"an address of a machine is no status code",
	"<anna@example.net>: connect to 5.1.2.3: unknown user\n",
	"anna@example.net", "5.0.0", "failed", ""},
};

START_TEST(reports_for_people_are_read)
{
	struct arena *arena = arena_new(0);
	struct Mail *mail = read_mail(arena,
	    arena_print(arena,
		"From: MAILER-DAEMON@example.org\nTo: desk@example.com\n"
		"Subject: report\n\n%s",
		text_reports[_i].text));

	ck_assert_msg(mail->bounce->n_recipients == 1, "%s: %zu recipients",
	    text_reports[_i].says, mail->bounce->n_recipients);
	ck_assert_str_eq(
	    mail->bounce->recipients[0]->address, text_reports[_i].address);
	ck_assert_str_eq(
	    mail->bounce->recipients[0]->status, text_reports[_i].status);
	ck_assert_str_eq(
	    mail->bounce->recipients[0]->action, text_reports[_i].action);
	ck_assert_str_eq(
	    mail->bounce->message_id, text_reports[_i].message_id);
	arena_free(arena);
}
END_TEST

START_TEST(reports_cut_short_are_read_as_far_as_they_go)
{
	struct arena *arena = arena_new(0);

	for (size_t len = 0; len < sizeof report; len++) {
		struct Mail *mail = read_mail(arena,
		    arena_copy(arena, (struct span){report, len}));

		ck_assert_str_ne(mail->kind_reason, "");
		arena_reset(arena);
	}
	arena_free(arena);
}
END_TEST

#define COUNT(rows) ((int)(sizeof(rows) / sizeof *(rows)))

static void
add_kinds(TCase *all)
{
	tcase_add_loop_test(
	    all, people_are_told_from_machines, 0, COUNT(kind_rows));
	tcase_add_test(
	    all, a_delivery_report_names_recipients_and_the_mail);
	tcase_add_test(
	    all, a_report_within_a_mail_passed_on_is_not_the_mails);
	tcase_add_loop_test(
	    all, reports_for_people_are_read, 0, COUNT(text_reports));
	tcase_add_test(all, reports_cut_short_are_read_as_far_as_they_go);
}

int
main(void)
{
	Suite *suite = suite_create("kind");
	TCase *all = tcase_create("all");
	SRunner *runner;
	int failed;

	tcase_add_unchecked_fixture(all, make_rules, free_rules);
	add_kinds(all);
	suite_add_tcase(suite, all);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
