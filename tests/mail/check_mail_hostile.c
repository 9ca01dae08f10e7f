/* check_mail_hostile: mails made to hurt: cut off anywhere, nested, endless;
 * each limit; and time that grows no faster than the mail. */
#include <config.h>

#include <stddef.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>

#include "arena.h"
#include "buf.h"
#include "mail_words.h"
#include "record.h"
#include "span.h"
#include "utf8.h"

#include "mail_read.h"
#include "quote.h"

#include "check_mail.h"

/* A mail that has something of everything. */
static const char everything[] =
    "From jo Mon Jan  1 00:00:00 2024\r\n"
    "From: =?utf-8?q?J=C3=B6?= \"D\\\"o\" (c(d)) <@r:\"j o\"@x.org>, g: "
    "a@b;\r\n"
    "To: undisclosed:; \r\nSubject: =?utf-8?B?w6k=?=\r\n =?utf-8?Q?=C3?=\r\n"
    "Date: Fri, 21 Nov 1997 09:55:06 -0600 (CST)\r\nReferences: <a@b> <c@d>\r\n"
    "Content-Type: multipart/mixed; (c) boundary*0=\"b\\\"\"; boundary*1=c\r\n"
    "\r\npre\r\n--b\"c\r\nContent-Type: multipart/alternative; boundary=d\r\n"
    "\r\n--d\r\nContent-Type: text/plain; charset=iso-2022-jp;\r\n"
    " format=flowed; delsp=yes\r\nContent-Transfer-Encoding: "
    "quoted-printable\r\n\r\n=1B$B$\"=1B(B \r\n> x =\r\ny\r\n--d\r\n"
    "Content-Type: text/html\r\n\r\n<meta charset=koi8-r><p>\301<b>\r\n"
    "--d--\r\n--b\"c\r\nContent-Type: image/gif;\r\n "
    "name*=utf-8''%c3%a9.gif\r\n"
    "Content-Transfer-Encoding: base64\r\nContent-ID: <i@x>\r\n\r\n"
    "R0lGODlhAQABAAAAADs=\r\n--b\"c\r\nContent-Type: message/rfc822\r\n\r\n"
    "Subject: inner\r\nContent-Type: multipart/report; report-type="
    "delivery-status; boundary=e\r\n\r\n--e\r\nContent-Type: "
    "message/delivery-status\r\n\r\nReporting-MTA: dns;x\r\n\r\n"
    "Final-Recipient: rfc822;a@b\r\nAction: failed\r\nStatus: 5.1.1\r\n"
    "--e--\r\n--b\"c--\r\nepi\r\n";

/* What holds for every mail there is. */
static void
check_sound(const struct Mail *mail)
{
	ck_assert(utf8_valid(span_of(mail->text)));
	ck_assert(utf8_valid(span_of(mail->new_text)));
	ck_assert(utf8_valid(span_of(mail->subject)));
	ck_assert(strchr(mail->text, '\r') == NULL);
	for (size_t i = 0; i < mail->n_from; i++) {
		ck_assert(utf8_valid(span_of(mail->from[i]->name)));
		ck_assert(utf8_valid(span_of(mail->from[i]->address)));
	}
	for (size_t i = 0; i < mail->n_fields; i++)
		ck_assert(utf8_valid(span_of(mail->fields[i]->body)));
	for (size_t i = 0; i < mail->n_attachments; i++)
		ck_assert(utf8_valid(span_of(mail->attachments[i]->name)));
	ck_assert_uint_eq(mail->digest.len, 32);
}

static void
read_copy(struct span octets, const struct quote_rules *rules)
{
	struct arena *arena = arena_new(0);
	struct RawMail raw = RAW_MAIL__INIT;
	/* A piece of its own, so that the sanitizers see each octet that is
	 * read beyond the end. */
	char *copy = malloc(octets.len + (octets.len == 0));

	memcpy(copy, octets.at, octets.len);
	raw.octets = record_bytes((struct span){copy, octets.len});
	check_sound(mail_read(arena, &raw, &mail_limits_default, rules));
	free(copy);
	arena_free(arena);
}

START_TEST(a_mail_cut_off_at_any_octet_is_read)
{
	struct quote_rules *rules = quote_rules_new();

	for (size_t len = 0; len < sizeof everything; len++)
		read_copy((struct span){everything, len}, rules);
	for (size_t i = 0; i + 1 < sizeof everything; i++)
		read_copy(
		    (struct span){everything + i, sizeof everything - 1 - i},
		    rules);
	quote_rules_free(rules);
}
END_TEST

START_TEST(a_mail_with_any_octet_changed_is_read)
{
	static const char octets[] = "\0\n\r\"(<=?\377;";
	struct quote_rules *rules = quote_rules_new();
	char copy[sizeof everything];

	for (size_t i = 0; i + 1 < sizeof everything; i++) {
		memcpy(copy, everything, sizeof copy);
		copy[i] = octets[i % (sizeof octets - 1)];
		read_copy((struct span){copy, sizeof copy - 1}, rules);
		memmove(copy + i, copy + i + 1, sizeof copy - i - 1);
		read_copy((struct span){copy, sizeof copy - 2}, rules);
	}
	quote_rules_free(rules);
}
END_TEST

/* `head`, then `unit` again and again, then `tail`. */
static const struct shape {
	const char *why, *head, *unit, *tail;
} shapes[] = {
    {"comments in comments", "From: ", "(", "\n\nx"},
    {"closed", "From: a@b ", "(a)", "\n\nx"},
    {"groups in groups", "From: ", "g:", "\n\nx"},
    {"quotes", "From: ", "\"a", "\n\nx"},
    {"angles", "From: ", "<a", "\n\nx"},
    {"addresses", "To: ", "a@b,", "\n\nx"},
    {"addresses without commas", "To: ", "<a@b>", "\n\nx"},
    {"lines of one field", "To: a", "\n a@b,", "\n\nx"},
    {"encoded words never ended", "Subject: ", "=?utf-8?q?a", "\n\nx"},
    {"encoded words", "Subject: ", "=?utf-8?q?a?= ", "\n\nx"},
    {"starts of words", "Subject: ", "=?", "\n\nx"},
    {"parameters", "Content-Type: a/b", "; a=b", "\n\nx"},
    {"parameters in sections", "Content-Type: a/b", "; name*0=b", "\n\nx"},
    {"quotes of parameters", "Content-Type: a/b; c=", "\"", "\n\nx"},
    {"fields", "", "A: b\n", "\n\nx"},
    {"From fields", "", "From: a@b\n", "\n\nx"},
    {"lines that are no fields", "A: b\n", "nothing\n", "\n\nx"},
    {"one field, one line that is none", "", "A: b\nnothing\n", "\n\nx"},
    {"a header without end", "A: ", "b", ""},
    {"references", "References: ", "<a@b>", "\n\nx"},
    {"angles of references", "References: ", "<", "\n\nx"},
    {"empty lines", "", "\n", ""},
    {"From lines", "", "From \n", ""},
    {"parts", "Content-Type: multipart/mixed; boundary=b\n\n", "--b\n\nx\n",
	"--b--"},
    {"parts without a header", "Content-Type: multipart/mixed; boundary=b\n\n",
	"--b\n", ""},
    {"multiparts in multiparts of one boundary",
	"Content-Type: multipart/mixed; boundary=b\n\n",
	"--b\nContent-Type: multipart/mixed; boundary=b\n\n", ""},
    {"mails in mails", "", "Content-Type: message/rfc822\n\n", "x"},
    {"lines like boundaries", "Content-Type: multipart/mixed; boundary=b\n\n",
	"--\n", ""},
    {"dashes", "Content-Type: multipart/mixed; boundary=-\n\n", "-", "\n"},
    {"padding", "Content-Transfer-Encoding: base64\n\n", "=", ""},
    {"escapes", "Content-Transfer-Encoding: quoted-printable\n\n", "= ", ""},
    {"blanks", "Content-Transfer-Encoding: quoted-printable\n\n", " ", "\n"},
    {"NUL by another name", "\n", "\377", ""},
    {"bad Japanese", "Content-Type: text/plain; charset=iso-2022-jp\n\n",
	"\033$B\377", ""},
    {"bad Chinese", "Content-Type: text/plain; charset=gb18030\n\n", "\201",
	""},
    {"files by uuencode", "\n", "begin 644 a\n!`\nend\n", ""},
    {"files that do not end", "\n", "begin 644 a\n!`\n", ""},
    {"CR alone", "A: b", "\r", "\r\rx"},
    {"flowed", "Content-Type: text/plain; format=flowed\n\n", "> \n", ""},
    {"a header behind an empty line", "A: b\n\n", "B: c\n", "\nx"},
    {"pages open", "Content-Type: text/html\n\n", "<div>", "x"},
    {"pages full of images", "Content-Type: text/html\n\n",
	"<img alt=a src=cid:a>", ""},
    {"references in a page", "Content-Type: text/html\n\n", "&amp;&x", ""},
    {"comments in a page", "Content-Type: text/html\n\n", "<!--", ""},
    {"invitations", "Content-Type: text/calendar\n\n", "BEGIN:VEVENT\nA:b\n",
	""},
    {"an invitation folded", "Content-Type: text/calendar\n\nBEGIN:VEVENT\n",
	" a\n", ""},
    {"winmail.dat without end", "Content-Type: application/ms-tnef\n\n"
	"x\237>\"\1\1", "\2\2\220\6\1\1\1\1\1", ""},
    {"a signed mail in signed pieces",
	"Content-Type: application/pkcs7-mime\n\n0\200", "$\200\4\1a", ""},
    {"HZ", "Content-Type: text/plain; charset=hz-gb-2312\n\n", "~{Dc", ""},
    {"no language at all", "\n", "\351\300\377\201", ""},
};

static struct span
shape_mail(struct arena *arena, const struct shape *shape, size_t octets)
{
	struct buf out = buf_in(arena);

	buf_reserve(&out, octets + 4096);
	buf_add_text(&out, shape->head);
	while (out.len < octets)
		buf_add_text(&out, shape->unit);
	buf_add_text(&out, shape->tail);
	return buf_span(&out);
}

static double
seconds_for(
    const struct shape *shape, size_t octets, const struct quote_rules *rules)
{
	double best = 1e9;

	for (int round = 0; round < 5; round++) {
		struct arena *arena = arena_new(0);
		struct RawMail raw = RAW_MAIL__INIT;
		struct timespec before, after;
		double seconds;

		raw.octets = record_bytes(shape_mail(arena, shape, octets));
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &before);
		check_sound(
		    mail_read(arena, &raw, &mail_limits_default, rules));
		clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &after);
		seconds = (double)(after.tv_sec - before.tv_sec) +
			  (double)(after.tv_nsec - before.tv_nsec) / 1e9;
		if (seconds < best)
			best = seconds;
		arena_free(arena);
	}
	return best;
}

/* The bound of security.md T19 is 2.5 for twice the length; four times the
 * length must cost less than 2.5 * 2.5, with something for a busy machine. */
START_TEST(time_grows_with_the_length_and_no_faster)
{
	struct quote_rules *rules = quote_rules_new();
	size_t octets = 128 * 1024;
	double once = seconds_for(&shapes[_i], octets, rules);
	double more = seconds_for(&shapes[_i], octets * 4, rules);

#ifndef SANITIZED /* their own memory is not linear */
	ck_assert_msg(more < once * 6.25 + 0.02,
	    "%s: %.1f ms, four times as long %.1f ms", shapes[_i].why,
	    once * 1e3, more * 1e3);
	ck_assert_msg(more < 2.0, "%s: %.1f s", shapes[_i].why, more);
#else
	ck_assert_msg(once + more >= 0, "%s", shapes[_i].why);
#endif
	quote_rules_free(rules);
}
END_TEST

/* Each limit, set to a little, and a mail that passes it. */
static const struct {
	size_t limit; /* where it stands in the struct */
	size_t value;
	const char *octets, *flag;
} limit_rows[] = {
#define LIMIT(name) offsetof(struct mail_limits, name)
    {LIMIT(mail), 20, "From: a@b\n\nHello there\n", "limit-mail"},
    {LIMIT(header), 20, "From: a@b\nSubject: Hello there\n\nx", "limit-header"},
    {LIMIT(field), 8, "From: a@b\nSubject: Hello there\n\nx", "limit-field"},
    {LIMIT(fields), 1, "From: a@b\nSubject: s\n\nx", "limit-fields"},
    {LIMIT(addresses), 1, "From: a@b\nTo: a@b, c@d\n\nx", "limit-addresses"},
    {LIMIT(words), 1, "From: a@b\nSubject: =?utf-8?q?a?= =?utf-8?q?a?=\n\nx",
	"limit-words"},
    {LIMIT(references), 1, "From: a@b\nReferences: <a@b> <c@d>\n\nx",
	"limit-references"},
    {LIMIT(depth), 1,
	"From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n"
	"--b\n\nx\n--b--\n",
	"limit-depth"},
    {LIMIT(parts), 1,
	"From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n"
	"--b\n\nx\n--b--\n",
	"limit-parts"},
    {LIMIT(parameters), 1, "From: a@b\nContent-Type: a/b; c=d; e=f\n\nx",
	"limit-parameters"},
    {LIMIT(text), 5, "From: a@b\n\nHello there\n", "limit-text"},
#undef LIMIT
};

START_TEST(each_limit_holds_and_is_told)
{
	struct arena *arena = arena_new(0);
	struct mail_limits limits = mail_limits_default;
	struct Mail *mail;

	mail = test_read(arena, span_of(limit_rows[_i].octets), NULL).mail;
	ck_assert_msg(!test_flagged(mail, limit_rows[_i].flag), "%s",
	    limit_rows[_i].flag);
	memcpy((char *)&limits + limit_rows[_i].limit, &limit_rows[_i].value,
	    sizeof(size_t));
	mail = test_read(arena, span_of(limit_rows[_i].octets), &limits).mail;
	ck_assert_msg(
	    test_flagged(mail, limit_rows[_i].flag), "%s", limit_rows[_i].flag);
	check_sound(mail);
	arena_free(arena);
}
END_TEST

START_TEST(the_newest_references_are_kept)
{
	struct arena *arena = arena_new(0);
	struct mail_limits limits = mail_limits_default;
	struct Mail *mail;

	limits.references = 2;
	mail = test_read(arena,
	    TEXT("From: a@b\nReferences: <a@b> <c@d> <e@f>\n\nx"), &limits)
		   .mail;
	ck_assert_uint_eq(mail->n_references, 2);
	ck_assert_str_eq(mail->references[0], "c@d");
	ck_assert_str_eq(mail->references[1], "e@f");
	arena_free(arena);
}
END_TEST

START_TEST(five_files_are_kept_and_the_others_named)
{
	struct arena *arena = arena_new(0);
	struct buf out = buf_in(arena);
	struct Mail *mail;

	buf_add_text(&out, "From: a@b\nContent-Type: multipart/mixed; "
			   "boundary=b\n\n--b\n\nhi\n");
	for (int i = 0; i < 7; i++)
		buf_print(&out,
		    "--b\nContent-Disposition: attachment; "
		    "filename=%d.txt\n\n%d\n",
		    i, i);
	buf_add_text(&out, "--b--\n");
	mail = test_read(arena, buf_span(&out), NULL).mail;
	ck_assert_uint_eq(mail->n_attachments, 7);
	for (size_t i = 0; i < 7; i++) {
		ck_assert(mail->attachments[i]->kept == (i < 5));
		ck_assert_uint_eq(mail->attachments[i]->size, 1);
	}
	ck_assert_str_eq(mail->attachments[5]->reason,
	    "Not more than 5 attachments are kept.");
	arena_free(arena);
}
END_TEST

START_TEST(files_that_are_too_large_are_left)
{
	static const char octets[] =
	    "From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n"
	    "--b\n\nhi\n--b\nContent-Disposition: attachment; "
	    "filename=a.txt\n\n12345\n--b\nContent-Disposition: attachment; "
	    "filename=b.txt\n\n123\n--b\nContent-Disposition: attachment; "
	    "filename=c.txt\n\n123\n--b--";
	struct arena *arena = arena_new(0);
	struct mail_limits limits = mail_limits_default;
	struct Mail *mail;

	limits.attachment = 4;
	limits.attachments_total = 5;
	mail = test_read(arena, span_of(octets), &limits).mail;
	ck_assert_uint_eq(mail->n_attachments, 3);
	ck_assert(!mail->attachments[0]->kept);
	ck_assert_uint_eq(mail->attachments[0]->size, 5);
	ck_assert(mail->attachments[1]->kept);
	ck_assert(!mail->attachments[2]->kept);
	arena_free(arena);
}
END_TEST

Suite *
suite_hostile(void)
{
	Suite *suite = suite_create("mail hostile");
	TCase *cut = tcase_create("cut and changed");
	TCase *limits = tcase_create("limits");
	TCase *time = tcase_create("time");

	tcase_set_timeout(cut, 120);
	tcase_add_test(cut, a_mail_cut_off_at_any_octet_is_read);
	tcase_add_test(cut, a_mail_with_any_octet_changed_is_read);
	tcase_add_loop_test(limits, each_limit_holds_and_is_told, 0,
	    (int)(sizeof limit_rows / sizeof limit_rows[0]));
	tcase_add_test(limits, the_newest_references_are_kept);
	tcase_add_test(limits, five_files_are_kept_and_the_others_named);
	tcase_add_test(limits, files_that_are_too_large_are_left);
	tcase_set_timeout(time, 120);
	tcase_add_loop_test(time, time_grows_with_the_length_and_no_faster, 0,
	    (int)(sizeof shapes / sizeof shapes[0]));
	suite_add_tcase(suite, cut);
	suite_add_tcase(suite, limits);
	suite_add_tcase(suite, time);
	return suite;
}
