/* check_mail_packed: what is packed in other ways than MIME's, and what no
 * reader without a key can read. The files were made by hand. */
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "span.h"

#include "check_mail.h"

#define HEAD "From: Jo <jo@x.org>\nSubject: s\n"

static const struct {
	const char *why, *octets, *text, *attachments, *flags;
} packed[] = {
    {"winmail.dat: its text, and its file by the long name",
	HEAD "Content-Type: application/ms-tnef; name=winmail.dat\n"
	     "Content-Transfer-Encoding: base64\n"
	     "\neJ8+IgEAAQeQBgAIAAAA5AQAAAAAAADoAAEMgAIABQAAAGNhZukAEw"
	     "ICApAGAA4AAAAAAAAAAAAAAAAAAAAAAAAAAhCAAQAIAAAAQn4xLlRYVA"
	     "AfAgIPgAYABQAAAGhlbGxvFAICBZAGABwAAAABAAAAHwAHNwEAAAAMAA"
	     "AAYgAuAHQAeAB0AAAAWwI=\n",
	"caf\303\251", "[b.txt text/plain kept]", ""},
    {"beside a text it says nothing new",
	HEAD "Content-Type: multipart/mixed; boundary=b\n"
	     "\n--b\n\nhello\n--b\nContent-Type: application/ms-tnef\n"
	     "Content-Transfer-Encoding: base64\n"
	     "\neJ8+IgEAAQeQBgAIAAAA5AQAAAAAAADoAAEMgAIABQAAAGNhZukAEw"
	     "ICApAGAA4AAAAAAAAAAAAAAAAAAAAAAAAAAhCAAQAIAAAAQn4xLlRYVA"
	     "AfAgIPgAYABQAAAGhlbGxvFAICBZAGABwAAAABAAAAHwAHNwEAAAAMAA"
	     "AAYgAuAHQAeAB0AAAAWwI=\n--b--\n",
	"hello", "[b.txt text/plain kept]", ""},
    {"one that is none is a file",
	HEAD "Content-Type: multipart/mixed; boundary=b\n"
	     "\n--b\n\nhello\n--b\nContent-Type: application/ms-tnef; "
	     "name=winmail.dat\n\nno\n--b--\n",
	"hello", "[winmail.dat application/ms-tnef left]", ""},
    {"S/MIME, signed: the words",
	HEAD "Content-Type: application/pkcs7-mime; name=smime.p7m\n"
	     "Content-Transfer-Encoding: base64\n"
	     "\nMEwGCSqGSIb3DQEHAqA/MD0CAQExADA2BgkqhkiG9w0BBwGgKQQnQ2"
	     "9udGVudC1UeXBlOiB0ZXh0L3BsYWluCgpzaWduZWQgd29yZHMK\n",
	"signed words\n", "", ""},
    {"the same in pieces",
	HEAD "Content-Type: application/pkcs7-mime; name=smime.p7m\n"
	     "Content-Transfer-Encoding: base64\n"
	     "\nMFAGCSqGSIb3DQEHAqBDMEECAQExADA6BgkqhkiG9w0BBwGgLSQrBA"
	     "lDb250ZW50LVQEHnlwZTogdGV4dC9wbGFpbgoKc2lnbmVkIHdvcmRzCg"
	     "==\n",
	"signed words\n", "", ""},
    {"S/MIME, encrypted",
	HEAD "Content-Type: application/pkcs7-mime; name=smime.p7m\n"
	     "Content-Transfer-Encoding: base64\n"
	     "\nMBIGCSqGSIb3DQEHA6AFMAMCAQA=\n",
	"[This mail is encrypted: it cannot be read here. Please "
	"ask for it without encryption.]\n", "[smime.p7m application/pkcs7-mime left]", "encrypted"},
    {"S/MIME that is none",
	HEAD "Content-Type: application/pkcs7-mime; name=smime.p7m\n"
	     "Content-Transfer-Encoding: base64\n"
	     "\nMIAG/w==\n",
	"", "[smime.p7m application/pkcs7-mime left]", ""},
    {"OpenPGP by MIME",
	HEAD "Content-Type: multipart/encrypted; boundary=b\n"
	     "\n--b\nContent-Type: application/pgp-encrypted\n"
	     "\nVersion: 1\n--b\nContent-Type: application/octet-strea"
	     "m; name=a.asc\n\n-----BEGIN\n--b--\n",
	"[This mail is encrypted: it cannot be read here. Please "
	"ask for it without encryption.]\n", "[ application/pgp-encrypted left][a.asc application/octet-stream left]", "encrypted"},
    {"OpenPGP in the text",
	HEAD "\n-----BEGIN PGP MESSAGE-----\n"
	     "\nabc\n",
	"-----BEGIN PGP MESSAGE-----\n\n"
	"abc\n", "", "encrypted"},
    {"signed by MIME: the words",
	HEAD "Content-Type: multipart/signed; boundary=b\n"
	     "\n--b\n\nhello\n--b\nContent-Type: application/pgp-signa"
	     "ture; name=a.asc\n\nx\n--b--\n",
	"hello", "[a.asc application/pgp-signature left]", ""},
    {"an invitation",
	HEAD "Content-Type: text/calendar\n\n"
	     "BEGIN:VCALENDAR\nMETHOD:REQUEST\n"
	     "BEGIN:VEVENT\nSUMMARY:Prin\n ter\\, again\n"
	     "DTSTART;TZID=Europe/Berlin:20261102T100000\n"
	     "DTEND:20261102T110000Z\nLOCATION:Room 1\n"
	     "ORGANIZER;CN=\"Doe: Jo\":mailto:jo@x.org\n"
	     "ATTENDEE:mailto:a@b\nATTENDEE:mailto:c@b\n"
	     "BEGIN:VALARM\nSUMMARY:no\nEND:VALARM\n"
	     "END:VEVENT\nEND:VCALENDAR\n",
	"[Invitation]\nSubject: Printer, again\n"
	"Begins: 2026-11-02 10:00 (Europe/Berlin)\n"
	"Ends: 2026-11-02 11:00 UTC\nPlace: Room 1\n"
	"Organizer: Doe: Jo <jo@x.org>\n"
	"Invited: 2\n", "[ text/calendar left]", ""},
    {"an invitation beside its text",
	HEAD "Content-Type: multipart/alternative; boundary=b\n"
	     "\n--b\n\nhello\n--b\nContent-Type: text/calendar; method"
	     "=REQUEST\n\nBEGIN:VCALENDAR\nMETHOD:REQUEST\n"
	     "BEGIN:VEVENT\nSUMMARY:Prin\n ter\\, again\n"
	     "DTSTART;TZID=Europe/Berlin:20261102T100000\n"
	     "DTEND:20261102T110000Z\nLOCATION:Room 1\n"
	     "ORGANIZER;CN=\"Doe: Jo\":mailto:jo@x.org\n"
	     "ATTENDEE:mailto:a@b\nATTENDEE:mailto:c@b\n"
	     "BEGIN:VALARM\nSUMMARY:no\nEND:VALARM\n"
	     "END:VEVENT\nEND:VCALENDAR\n--b--\n",
	"hello\n[Invitation]\nSubject: Printer, again\n"
	"Begins: 2026-11-02 10:00 (Europe/Berlin)\n"
	"Ends: 2026-11-02 11:00 UTC\nPlace: Room 1\n"
	"Organizer: Doe: Jo <jo@x.org>\n"
	"Invited: 2\n", "[ text/calendar left]", ""},
    {"files by uuencode, two, in a part",
	HEAD "Content-Type: multipart/mixed; boundary=b\n"
	     "\n--b\n\none\nbegin 644 a.txt\n"
	     "#86)C\n`\nend\ntwo\nbegin 644 b.txt\n"
	     "#86)C\n`\nend\n--b\n\nthree\n--b--\n",
	"one\ntwo\nthree", "[a.txt text/plain kept][b.txt text/plain kept]", ""},
    {"two plain texts are no alternatives",
	HEAD "Content-Type: multipart/alternative; boundary=b\n"
	     "\n--b\n\none\n--b\n\ntwo\n--b\n"
	     "\none\n--b--\n",
	"one\ntwo", "", ""},
    {"a page for phones is the same once more",
	HEAD "Content-Type: multipart/alternative; boundary=b\n"
	     "\n--b\n\none\n--b\nContent-Type: text/x-amp-html\n"
	     "\n<p>one\n--b--\n",
	"one", "", ""},
    {"a file for a Macintosh",
	HEAD "Content-Type: multipart/mixed; boundary=b\n"
	     "\n--b\n\none\n--b\nContent-Type: application/applefile; "
	     "name=a\n\nx\n--b--\n",
	"one", "[a application/applefile left]", ""},
};

START_TEST(what_is_packed_is_read)
{
	struct arena *arena = arena_new(0);
	struct Mail *mail =
	    test_read(arena, span_of(packed[_i].octets), NULL).mail;
	struct buf files = buf_in(arena), flags = buf_in(arena);

	for (size_t i = 0; i < mail->n_attachments; i++)
		buf_print(&files, "[%s %s %s]", mail->attachments[i]->name,
		    mail->attachments[i]->type,
		    mail->attachments[i]->kept ? "kept" : "left");
	for (size_t i = 0; i < mail->n_flags; i++)
		buf_print(
		    &flags, "%s%s", i > 0 ? " " : "", mail->flags[i]);
	ck_assert_msg(strcmp(mail->text, packed[_i].text) == 0,
	    "%s: text \"%s\"", packed[_i].why, mail->text);
	ck_assert_msg(strcmp(buf_text(&files), packed[_i].attachments) == 0,
	    "%s: attachments %s", packed[_i].why, buf_text(&files));
	ck_assert_msg(strcmp(buf_text(&flags), packed[_i].flags) == 0,
	    "%s: flags %s", packed[_i].why, buf_text(&flags));
	arena_free(arena);
}
END_TEST

/* Cut off anywhere it is read as far as it goes, and nothing beyond. */
START_TEST(what_is_cut_off_is_read_too)
{
	struct arena *arena = arena_new(0);
	size_t whole = strlen(packed[_i].octets);

	for (size_t len = whole > 400 ? whole - 400 : 0; len < whole; len += 3) {
		arena_reset(arena);
		test_read(
		    arena, (struct span){packed[_i].octets, len}, NULL);
	}
	arena_free(arena);
}
END_TEST

START_TEST(a_blank_line_in_the_header_does_not_end_it)
{
	struct arena *arena = arena_new(0);
	struct Mail *mail = test_read(arena,
	    span_of("Received: x\n\nFrom: a@b\nSubject: s\n"
		    "Content-Type: text/html\n\n<p>hi</p>\n"),
	    NULL)
				.mail;

	ck_assert_str_eq(mail->subject, "s");
	ck_assert_str_eq(mail->text, "hi");
	ck_assert(test_flagged(mail, "junk-in-header"));
	/* A header that somebody pasted is text. */
	mail = test_read(arena,
	    span_of("From: a@b\nSubject: s\n\nFrom: c@d\nSubject: t\n\nx"),
	    NULL)
		   .mail;
	ck_assert_str_eq(mail->subject, "s");
	ck_assert_str_eq(mail->text, "From: c@d\nSubject: t\n\nx");
	arena_free(arena);
}
END_TEST

START_TEST(logos_are_told_by_the_page_and_take_no_room)
{
	struct arena *arena = arena_new(0);
	struct mail_limits limits = mail_limits_default;
	struct Mail *mail;

	limits.attachments = 1;
	mail = test_read(arena,
	    span_of("From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n"
		    "--b\nContent-Type: text/html\n\n<p>x<img src=\"cid:i@x\">"
		    "\n--b\nContent-Type: image/gif; name=logo.gif\n"
		    "Content-ID: <i@x>\nContent-Disposition: attachment\n"
		    "Content-Transfer-Encoding: base64\n\n"
		    "R0lGODlhAQABAAAAADs=\n"
		    "--b\nContent-Type: text/plain; name=a.txt\n\nabc\n"
		    "--b--\n"),
	    &limits)
		   .mail;
	ck_assert_uint_eq(mail->n_attachments, 2);
	ck_assert(mail->attachments[0]->inlined);
	ck_assert(!mail->attachments[0]->kept);
	ck_assert(!mail->attachments[1]->inlined);
	ck_assert(mail->attachments[1]->kept);
	arena_free(arena);
}
END_TEST

#define LOGO "Content-Type: image/gif; name=logo.gif\n" \
	     "Content-Transfer-Encoding: base64\n"
#define GIF "\nR0lGODlhAQABAAAAADs=\n"

START_TEST(the_same_logo_counts_once)
{
	struct arena *arena = arena_new(0);
	struct Mail *mail = test_read(arena,
	    span_of("From: a@b\nContent-Type: multipart/related; boundary=b\n\n"
		    "--b\nContent-Type: text/html\n\n<img src=\"cid:i@x\">"
		    "<img src=\"cid:j@x\">\n--b\n" LOGO "Content-ID: <i@x>\n" GIF
		    "--b\n" LOGO "Content-ID: <j@x>\n" GIF
		    "--b\n" LOGO "Content-Disposition: attachment\n" GIF
		    "--b--\n"),
	    NULL)
				.mail;

	ck_assert_uint_eq(mail->n_attachments, 3);
	ck_assert(mail->attachments[0]->kept);
	ck_assert(!mail->attachments[1]->kept);
	ck_assert_str_eq(mail->attachments[1]->reason,
	    "It is the same image once more.");
	/* What somebody attached he meant to. */
	ck_assert(mail->attachments[2]->kept);
	arena_free(arena);
}
END_TEST

#define PGP "-----BEGIN PGP MESSAGE-----\n\nabc\n-----END PGP MESSAGE-----\n"
#define SECRET \
	"Content-Type: application/pkcs7-mime; name=smime.p7m\n" \
	"Content-Transfer-Encoding: base64\n\nMBIGCSqGSIb3DQEHA6AFMAMCAQA=\n"

static const struct {
	const char *says, *octets;
	bool closed;
} closed_rows[] = {
    {"S/MIME", "From: a@b\n" SECRET, true},
    {"OpenPGP in the text", "From: a@b\n\n" PGP, true},
    {"words above OpenPGP", "From: a@b\n\nIt is urgent.\n\n" PGP, false},
    {"words beside S/MIME",
	"From: a@b\nContent-Type: multipart/mixed; boundary=b\n\n--b\n\n"
	"It is urgent.\n--b\n" SECRET "--b--\n", false},
    {"an answer to an encrypted mail",
	"From: a@b\n\nI cannot read this:\n\n> -----BEGIN PGP MESSAGE-----\n"
	"> abc\n", false},
    {"a plain mail", "From: a@b\n\nhello\n", false},
};

START_TEST(a_mail_is_closed_when_nothing_in_it_can_be_read)
{
	struct arena *arena = arena_new(0);
	struct Mail *mail =
	    test_read(arena, span_of(closed_rows[_i].octets), NULL).mail;

	ck_assert_msg(mail->closed == closed_rows[_i].closed, "%s: %s",
	    closed_rows[_i].says, mail->new_text);
	arena_free(arena);
}
END_TEST

Suite *
suite_packed(void)
{
	int count = (int)(sizeof packed / sizeof packed[0]);
	Suite *suite = suite_create("mail packed");
	TCase *rows = tcase_create("packed");

	tcase_set_timeout(rows, 60);
	tcase_add_loop_test(rows, what_is_packed_is_read, 0, count);
	tcase_add_loop_test(rows, what_is_cut_off_is_read_too, 0, count);
	tcase_add_test(rows, a_blank_line_in_the_header_does_not_end_it);
	tcase_add_test(rows, logos_are_told_by_the_page_and_take_no_room);
	tcase_add_test(rows, the_same_logo_counts_once);
	tcase_add_loop_test(rows,
	    a_mail_is_closed_when_nothing_in_it_can_be_read, 0,
	    sizeof closed_rows / sizeof *closed_rows);
	suite_add_tcase(suite, rows);
	return suite;
}
