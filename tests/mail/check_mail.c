/* check_mail: whole mails, read. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "mail_words.h"
#include "record.h"
#include "span.h"
#include "utf8.h"

#include "mail_read.h"
#include "part.h"
#include "quote.h"

#include "check_mail.h"

#define HEAD "From: Jo <jo@x.org>\nTo: desk@y.org\nSubject: s\n"

struct mail_reading
test_read(
    struct arena *arena, struct span octets, const struct mail_limits *limits)
{
	struct RawMail raw = RAW_MAIL__INIT;
	struct quote_rules *rules = quote_rules_new();
	struct mail_reading reading;

	raw.octets = record_bytes(octets);
	reading = mail_read_whole(
	    arena, &raw, limits ? limits : &mail_limits_default, rules);
	quote_rules_free(rules);
	return reading;
}

bool
test_flagged(const struct Mail *mail, const char *word)
{
	for (size_t i = 0; i < mail->n_flags; i++)
		if (strcmp(mail->flags[i], word) == 0)
			return true;
	return false;
}

char *
test_addresses(struct arena *arena, struct Address *const *list, size_t count)
{
	struct buf out = buf_in(arena);

	for (size_t i = 0; i < count; i++)
		buf_print(&out, "%s%s%s<%s>", i > 0 ? ", " : "", list[i]->name,
		    list[i]->name[0] ? " " : "", list[i]->address);
	return buf_text(&out);
}

/* One row a mail: what it is about, and what must be read out of it. NULL is
 * not looked at; `attachments` are "name type kept" in brackets. */
static const struct {
	const char *why, *octets;
	const char *subject, *text, *attachments, *flags;
} mails[] = {
    {"a plain mail", HEAD "\nHello\n", "s", "Hello\n", "", ""},
    {"CR LF", "From: a@b\r\nSubject: s\r\n\r\nHello\r\n", "s", "Hello\n", "",
	""},
    {"CR alone", "From: a@b\rSubject: s\r\rHello\r", "s", "Hello\n", "",
	"bare-cr"},
    {"a byte order mark", "\357\273\277" HEAD "\nHello\n", "s", "Hello\n", "",
	""},
    {"a line of an mbox", "From jo Mon Jan 1 00:00:00 2024\n" HEAD "\nHello\n",
	"s", "Hello\n", "", ""},
    {"empty lines before the header", "\n\n" HEAD "\nHello\n", "s", "Hello\n",
	"", ""},
    {"a folded subject", "From: a@b\nSubject: one\n two\n\nx", "one two", "x",
	"", ""},
    {"one that was folded without a blank",
	"From: a@b\nSubject: one\ntwo\nDate: x\n\nx", "one two", "x", "",
	"junk-in-header"},
    {"no empty line before the body", "From: a@b\nSubject: s\nHello there\nyou",
	"s", "Hello there\nyou", "", "junk-in-header no-empty-line"},
    {"no header at all", "Hello there\n\nyou\n", "", "Hello there\n\nyou\n", "",
	"junk-in-header no-header no-empty-line"},
    {"nothing at all", "", "", "", "", "no-header"},
    {"a blank before the colon", "From : a@b\nSubject : s\n\nx", "s", "x", "",
	""},
    {"a subject that would add a field",
	"From: a@b\nSubject: =?utf-8?Q?Hi=0D=0ABcc:_x?=\n\nx", "Hi Bcc: x", "x",
	"", ""},
    {"two subjects", "From: a@b\nSubject: s\nSubject: t\n\nx", "s", "x", "",
	"duplicate-field"},
    {"two authors", "From: a@b, c@d\nSubject: s\n\nx", "s", "x", "",
	"several-from"},
    {"base64",
	HEAD "Content-Type: text/plain; charset=utf-8\n"
	     "Content-Transfer-Encoding: base64\n\nw6kK\n",
	"s", "\303\251\n", "", ""},
    {"Latin-1 that nobody declared", HEAD "\ncaf\351\n", "s", "caf\303\251\n",
	"", "undeclared-8bit"},
    {"an alternative: the plain text",
	HEAD "Content-Type: multipart/alternative; boundary=b\n\n"
	     "--b\n\nplain\n--b\nContent-Type: text/html\n\n<p>html\n--b--\n",
	"s", "plain", "", ""},
    {"an alternative whose plain text is empty",
	HEAD "Content-Type: multipart/alternative; boundary=b\n\n"
	     "--b\n\n \n--b\nContent-Type: text/html\n\n<p>html</p>\n--b--\n",
	"s", "html", "", ""},
    {"two texts in a row",
	HEAD "Content-Type: multipart/mixed; boundary=b\n\n"
	     "--b\n\none\n--b\n\ntwo\n--b--\n",
	"s", "one\ntwo", "", ""},
    {"preamble and epilogue are nobody's",
	HEAD "Content-Type: multipart/mixed; boundary=b\n\npre\n"
	     "--b\n\none\n--b--\nepi\n",
	"s", "one", "", ""},
    {"a boundary that begins like another",
	HEAD "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
	     "Content-Type: multipart/mixed; boundary=bb\n\n"
	     "--bb\n\none\n--bb--\n--b\n\ntwo\n--b--\n",
	"s", "one\ntwo", "", ""},
    {"no end boundary",
	HEAD "Content-Type: multipart/mixed; boundary=b\n\n"
	     "--b\n\none\n",
	"s", "one\n", "", "no-end-boundary"},
    {"the inner one's end is missing",
	HEAD "Content-Type: multipart/mixed; boundary=b\n\n--b\n"
	     "Content-Type: multipart/mixed; boundary=c\n\n--c\n\none\n"
	     "--b\n\ntwo\n--b--\n",
	"s", "one\ntwo", "", "no-end-boundary"},
    {"a boundary that never comes",
	HEAD "Content-Type: multipart/mixed; boundary=b\n\nHello\n", "s",
	"Hello\n", "", "bad-boundary no-end-boundary"},
    {"a boundary that others do not see",
	HEAD "Content-Type: multipart/mixed; boundary*0=b; boundary*1=c\n\n"
	     "--bc\n\none\n--bc--\n",
	"s", "one", "", "bad-boundary"},
    {"no boundary declared", HEAD "Content-Type: multipart/mixed\n\nHello\n",
	"s", "Hello\n", "", "bad-boundary"},
    {"a part whose header never ends",
	HEAD "Content-Type: multipart/mixed; boundary=b\n\n"
	     "--b\nContent-Type: text/plain\n--b\n\ntwo\n--b--\n",
	"s", "two", "", ""},
    {"two Content-Types",
	HEAD "Content-Type: text/plain\n"
	     "Content-Type: text/html\n\n<p>",
	"s", "<p>", "", "duplicate-mime-field"},
    {"an attached text",
	HEAD "Content-Type: multipart/mixed; boundary=b\n\n"
	     "--b\n\none\n--b\nContent-Disposition: "
	     "attachment; filename=a.txt\n\ntwo\n--b--\n",
	"s", "one", "[a.txt text/plain kept]", ""},
    {"the same, executable",
	HEAD "Content-Type: multipart/mixed; boundary=b\n\n"
	     "--b\n\none\n--b\nContent-Type: image/png; name=\"a.png\"\n"
	     "Content-Transfer-Encoding: base64\n\nTVqQAAMAAAA=\n--b--\n",
	"s", "one", "[a.png image/png left]", ""},
    {"a script is no text file",
	HEAD "Content-Type: multipart/mixed; boundary=b\n\n"
	     "--b\n\none\n--b\nContent-Disposition: attachment; "
	     "filename=a.js\n\nalert()\n--b--\n",
	"s", "one", "[a.js text/plain left]", ""},
    {"a file name that climbs",
	HEAD "Content-Type: multipart/mixed; boundary=b\n\n"
	     "--b\n\none\n--b\nContent-Disposition: attachment; "
	     "filename=\"../../etc/a.txt\"\n\ntwo\n--b--\n",
	"s", "one", "[a.txt text/plain kept]", ""},
    {"a mail that is one file",
	HEAD "Content-Disposition: attachment; filename=a.txt\n\ntwo\n", "s",
	"", "[a.txt text/plain kept]", ""},
    {"a mail that is one inline file",
	HEAD "Content-Disposition: inline; filename=a.txt\n\ntwo\n", "s",
	"two\n", "[a.txt text/plain kept]", ""},
    {"a forwarded mail, and what is attached to that",
	HEAD "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n"
	     "--b\nContent-Type: message/rfc822\n\nSubject: =?utf-8?q?in=74?=\n"
	     "Content-Type: multipart/mixed; boundary=c\n\n--c\n\ntwo\n"
	     "--c\nContent-Type: image/gif\n\nx\n--c--\n--b--\n",
	"s", "one", "[int.eml message/rfc822 left]", ""},
    {"a file that lies elsewhere has its whole path",
	HEAD "Content-Type: multipart/mixed; boundary=b\n\n--b\n\none\n"
	     "--b\nContent-Type: message/external-body; access-type=local-file;\n"
	     " name=\"/srv/share/report.ps\"\n\nContent-Type: text/plain\n\n"
	     "--b--\n",
	"s", "one", "[/srv/share/report.ps message/external-body left]", ""},
    {"a digest",
	HEAD "Content-Type: multipart/digest; boundary=b\n\n--b\n\n"
	     "Subject: a\n\nx\n--b\n\nSubject: b\n\ny\n--b--\n",
	"s", "", "[a.eml message/rfc822 left][b.eml message/rfc822 left]", ""},
    {"an encoding that nobody knows",
	HEAD "Content-Transfer-Encoding: rot13\n\nuryyb", "s", "uryyb", "",
	"unknown-encoding"},
    {"format=flowed",
	HEAD "Content-Type: text/plain; format=flowed\n\none \ntwo\n", "s",
	"one two\n", "", ""},
    {"a file by uuencode", HEAD "\none\nbegin 644 a.txt\n#86)C\n`\nend\ntwo\n",
	"s", "one\ntwo\n", "[a.txt text/plain kept]", ""},
    {"a sentence that begins like one",
	HEAD "\nbegin 644 a.txt\nand then it went wrong\nend\n", "s",
	"begin 644 a.txt\nand then it went wrong\nend\n", "", ""},
    {"a type that is none", HEAD "Content-Type: text\n\nx", "s", "x", "",
	"bad-type"},
};

static char *
attachments_of(struct arena *arena, const struct Mail *mail)
{
	struct buf out = buf_in(arena);

	for (size_t i = 0; i < mail->n_attachments; i++) {
		const struct Attachment *a = mail->attachments[i];

		buf_print(&out, "[%s %s %s]", a->name, a->type,
		    a->kept ? "kept" : "left");
		ck_assert(a->kept == (a->reason[0] == '\0'));
		ck_assert(a->kept == (a->octets.len > 0));
	}
	return buf_text(&out);
}

static char *
flags_of(struct arena *arena, const struct Mail *mail)
{
	struct buf out = buf_in(arena);

	for (size_t i = 0; i < mail->n_flags; i++)
		buf_print(&out, "%s%s", i > 0 ? " " : "", mail->flags[i]);
	return buf_text(&out);
}

START_TEST(a_mail_is_read)
{
	struct arena *arena = arena_new(0);
	struct Mail *mail =
	    test_read(arena, span_of(mails[_i].octets), NULL).mail;
	const char *got = attachments_of(arena, mail);

	ck_assert_msg(strcmp(mail->subject, mails[_i].subject) == 0,
	    "%s: subject \"%s\"", mails[_i].why, mail->subject);
	ck_assert_msg(strcmp(mail->text, mails[_i].text) == 0,
	    "%s: text \"%s\"", mails[_i].why, mail->text);
	ck_assert_msg(strcmp(got, mails[_i].attachments) == 0,
	    "%s: attachments %s", mails[_i].why, got);
	got = flags_of(arena, mail);
	ck_assert_msg(strcmp(got, mails[_i].flags) == 0, "%s: flags %s",
	    mails[_i].why, got);
	arena_free(arena);
}
END_TEST

START_TEST(the_header_is_kept_whole_and_in_order)
{
	struct arena *arena = arena_new(0);
	struct Mail *mail = test_read(arena,
	    TEXT("From: Jo <JO@X.org>\nSender: s@x.org\nReply-To: r@x.org\n"
		 "To: a@x.org, b@x.org\nCc: c@x.org\nX-A: one\n\ttwo\n"
		 "X-B: \303\251\351\nMessage-ID: <i@x>\n"
		 "In-Reply-To: <p@x>\nReferences: <o@x>\n <p@x>\n"
		 "Date: Fri, 21 Nov 1997 09:55:06 -0600\n"
		 "Content-Language: de-AT\n\nx"),
	    NULL)
				.mail;

	ck_assert_str_eq(
	    test_addresses(arena, mail->from, mail->n_from), "Jo <JO@x.org>");
	ck_assert_str_eq(
	    test_addresses(arena, mail->sender, mail->n_sender), "<s@x.org>");
	ck_assert_str_eq(
	    test_addresses(arena, mail->reply_to, mail->n_reply_to),
	    "<r@x.org>");
	ck_assert_str_eq(test_addresses(arena, mail->to, mail->n_to),
	    "<a@x.org>, <b@x.org>");
	ck_assert_str_eq(
	    test_addresses(arena, mail->cc, mail->n_cc), "<c@x.org>");
	ck_assert_uint_eq(mail->n_fields, 12);
	ck_assert_str_eq(mail->fields[5]->name, "X-A");
	ck_assert_str_eq(mail->fields[5]->body, "one\ttwo");
	ck_assert_str_eq(mail->fields[6]->body, "\303\251\357\277\275");
	ck_assert_str_eq(mail->message_id, "i@x");
	ck_assert_uint_eq(mail->n_in_reply_to, 1);
	ck_assert_str_eq(mail->in_reply_to[0], "p@x");
	ck_assert_uint_eq(mail->n_references, 2);
	ck_assert_str_eq(mail->references[1], "p@x");
	ck_assert_int_eq(mail->date, 880127706000);
	ck_assert_str_eq(mail->date_text, "Fri, 21 Nov 1997 09:55:06 -0600");
	ck_assert_str_eq(mail->language, "de");
	ck_assert(!mail->damaged);
	arena_free(arena);
}
END_TEST

/* What security.md F6 found in another reader: the address before the NUL was
 * taken for the author. */
START_TEST(a_nul_does_not_end_an_address)
{
	struct arena *arena = arena_new(0);
	struct Mail *mail = test_read(
	    arena, TEXT("From: boss@corp.com\0@evil.org\n\na\0b"), NULL)
				.mail;

	ck_assert_str_eq(mail->text, "ab");
	ck_assert_uint_eq(mail->n_from, 1);
	ck_assert_str_ne(mail->from[0]->address, "boss@corp.com");
	ck_assert(test_flagged(mail, "nul"));
	arena_free(arena);
}
END_TEST

START_TEST(the_digest_is_of_the_mail_and_not_of_its_way)
{
	static const char *const octets[] = {
	    "Received: a\nFrom: a@b\nSubject: s\n\nx",
	    "Received: b\nFrom: a@b\nSubject: s\n\nx",
	    "From: a@b\nSubject: t\n\nx",
	    "From: a@b\nSubject: s\n\ny",
	    "From: a@bs\nSubject: \n\nx",
	};
	struct arena *arena = arena_new(0);
	struct Mail *read[5];

	for (int i = 0; i < 5; i++) {
		read[i] = test_read(arena, span_of(octets[i]), NULL).mail;
		ck_assert_uint_eq(read[i]->digest.len, 32);
	}
	ck_assert_mem_eq(read[0]->digest.data, read[1]->digest.data, 32);
	for (int i = 2; i < 5; i++)
		ck_assert_mem_ne(
		    read[0]->digest.data, read[i]->digest.data, 32);
	arena_free(arena);
}
END_TEST

START_TEST(origin_and_trouble_are_handed_on)
{
	struct arena *arena = arena_new(0);
	struct RawMail raw = RAW_MAIL__INIT;
	struct Origin origin = ORIGIN__INIT;
	char mailbox[] = "support";
	struct quote_rules *rules = quote_rules_new();
	struct Mail *mail;

	origin.mailbox = mailbox;
	origin.uid = 7;
	raw.origin = &origin;
	raw.trouble = TROUBLE_OVERSIZE;
	mail = mail_read(arena, &raw, &mail_limits_default, rules);
	ck_assert_str_eq(mail->origin->mailbox, "support");
	ck_assert_uint_eq(mail->origin->uid, 7);
	ck_assert_uint_eq(mail->trouble, TROUBLE_OVERSIZE);
	ck_assert(mail->damaged);
	quote_rules_free(rules);
	arena_free(arena);
}
END_TEST

START_TEST(octets_that_are_not_kept_can_still_be_had)
{
	struct arena *arena = arena_new(0);
	struct mail_reading reading = test_read(arena,
	    TEXT(HEAD "Content-Type: multipart/related; boundary=b\n\n--b\n"
		      "Content-Type: text/html\n\n<img src=cid:i>\n--b\n"
		      "Content-Type: image/webp\nContent-ID: <i>\n"
		      "Content-Transfer-Encoding: base64\n\nUklGRg==\n--b--"),
	    NULL);
	struct Attachment *a;
	struct span octets;

	ck_assert_uint_eq(reading.mail->n_attachments, 1);
	a = reading.mail->attachments[0];
	ck_assert(!a->kept);
	ck_assert(a->inlined);
	ck_assert_uint_eq(a->size, 4);
	octets = part_octets(
	    arena, &reading.parts.list[reading.attachment_parts[0]]);
	ck_assert_uint_eq(octets.len, 4);
	ck_assert_mem_eq(octets.at, "RIFF", 4);
	arena_free(arena);
}
END_TEST

static Suite *
suite_mails(void)
{
	Suite *suite = suite_create("mail");
	TCase *whole = tcase_create("whole");

	tcase_add_loop_test(
	    whole, a_mail_is_read, 0, (int)(sizeof mails / sizeof mails[0]));
	tcase_add_test(whole, the_header_is_kept_whole_and_in_order);
	tcase_add_test(whole, a_nul_does_not_end_an_address);
	tcase_add_test(whole, the_digest_is_of_the_mail_and_not_of_its_way);
	tcase_add_test(whole, origin_and_trouble_are_handed_on);
	tcase_add_test(whole, octets_that_are_not_kept_can_still_be_had);
	suite_add_tcase(suite, whole);
	return suite;
}

int
main(void)
{
	SRunner *runner = srunner_create(suite_mails());
	int failed;

	srunner_add_suite(runner, suite_octets());
	srunner_add_suite(runner, suite_charset());
	srunner_add_suite(runner, suite_words());
	srunner_add_suite(runner, suite_packed());
	srunner_add_suite(runner, suite_hostile());
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
