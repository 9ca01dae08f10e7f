/* check_fresh: mails that answer none, and pass on what looks like a quote. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "mail_read.h"
#include "quote.h"
#include "record.h"
#include "subject.h"

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
	const char *subject;
	enum subject is;
} subjects[] = {
    {"Re: x", SUBJECT_ANSWERS}, {"RE : x", SUBJECT_ANSWERS},
    {"Re[2]: x", SUBJECT_ANSWERS}, {"Re^2: x", SUBJECT_ANSWERS},
    {"AW: x", SUBJECT_ANSWERS}, {"[#12] Antw: x", SUBJECT_ANSWERS},
    {"[EXT] [#12] SV: x", SUBJECT_ANSWERS}, {"回复：x", SUBJECT_ANSWERS},
    {"Re: Fwd: x", SUBJECT_ANSWERS}, {"Odp.: x", SUBJECT_PLAIN},
    {"FW: x", SUBJECT_FORWARDS}, {"Fwd: Re: x", SUBJECT_FORWARDS},
    {"WG: x", SUBJECT_FORWARDS}, {"TR : x", SUBJECT_FORWARDS},
    {"轉寄: x", SUBJECT_FORWARDS}, {"İLT: x", SUBJECT_FORWARDS},
    {"Пересл: x", SUBJECT_FORWARDS}, {"Printer", SUBJECT_PLAIN},
    {"Read: the manual", SUBJECT_PLAIN}, {"Reply: x", SUBJECT_PLAIN},
    {"Fwd x", SUBJECT_PLAIN}, {"", SUBJECT_PLAIN}, {"[x", SUBJECT_PLAIN},
    {"Re", SUBJECT_PLAIN},
};

START_TEST(a_subject_tells_what_a_mail_does)
{
	ck_assert_msg(
	    subject_read(span_of(subjects[_i].subject)) == subjects[_i].is,
	    "%s", subjects[_i].subject);
}
END_TEST

#define HEAD "From: anna@x.example\nTo: desk@example.com\n" \
	     "MIME-Version: 1.0\nMessage-ID: <2@x.example>\n" \
	     "Content-Type: text/plain; charset=utf-8\n"
#define BLOCK "From: Bob <b@y.example>\nSent: Monday\nTo: Anna\n" \
	      "Subject: bill\n\nThe bill is wrong."
#define SAME NULL /* the whole body */

static const struct {
	const char *says, *head, *body, *new_text;
} rows[] = {
    {"Outlook passes a mail on with no word for it",
	"Subject: FW: bill\nReferences: <1@y.example>\n",
	"Please see below.\n\n" BLOCK, SAME},
    {"in German", "Subject: WG: Rechnung\n",
	"Siehe unten.\n\nVon: Bob <b@y.example>\nGesendet: Montag\nAn: Anna\n"
	"Betreff: Rechnung\n\nSie stimmt nicht.", SAME},
    {"without a word", "Subject: FW: bill\n", BLOCK, SAME},
    {"a mail pasted into a first one", "Subject: Is this yours?\n",
	"I got this:\n\n" BLOCK, SAME},
    {"somebody's words quoted in a first one", "Subject: Printer\n",
	"On 2 Nov 2026, Bob <b@y.example> wrote:\n> It smells.\n\n"
	"What shall I do?", SAME},
    {"marks in a first one", "Subject: Printer\n",
	"He says\n> It smells.\nand I say it does not.", SAME},
    {"its signature stands above what is passed on", "Subject: FW: bill\n",
	"Please see below.\n\n-- \nAnna\n\n" BLOCK,
	"Please see below.\n\n" BLOCK},
    {"an answer by its subject", "Subject: RE: bill\n",
	"It is right.\n\n" BLOCK, "It is right."},
    {"an answer by its fields, whose subject was changed",
	"Subject: Thanks\nIn-Reply-To: <1@y.example>\n",
	"It is right.\n\n" BLOCK, "It is right."},
    {"an answer to a mail that was passed on", "Subject: Re: FW: bill\n",
	"It is right.\n\n" BLOCK, "It is right."},
};

START_TEST(what_is_passed_on_is_new)
{
	struct arena *arena = arena_new(0);
	struct RawMail *raw = record_new(arena, &raw_mail__descriptor);
	const char *wanted =
	    rows[_i].new_text ? rows[_i].new_text : rows[_i].body;
	struct Mail *mail;

	raw->octets = record_bytes(span_of(arena_print(
	    arena, "%s%s\n%s", HEAD, rows[_i].head, rows[_i].body)));
	mail = mail_read(arena, raw, &mail_limits_default, rules);
	ck_assert_msg(strcmp(mail->new_text, wanted) == 0, "%s: \"%s\"",
	    rows[_i].says, mail->new_text);
	arena_free(arena);
}
END_TEST

START_TEST(a_header_without_its_fields_shows_nothing)
{
	struct arena *arena = arena_new(0);
	struct RawMail *raw = record_new(arena, &raw_mail__descriptor);

	raw->octets = record_bytes(span_of(
	    "From: anna@x.example\nSubject: bill\n\nIt is right.\n\n" BLOCK));
	ck_assert_str_eq(
	    mail_read(arena, raw, &mail_limits_default, rules)->new_text,
	    "It is right.");
	arena_free(arena);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("fresh");
	TCase *tcase = tcase_create("fresh");
	SRunner *runner;
	int failed;

	tcase_add_unchecked_fixture(tcase, make_rules, free_rules);
	tcase_add_loop_test(tcase, a_subject_tells_what_a_mail_does, 0,
	    sizeof subjects / sizeof *subjects);
	tcase_add_loop_test(
	    tcase, what_is_passed_on_is_new, 0, sizeof rows / sizeof *rows);
	tcase_add_test(tcase, a_header_without_its_fields_shows_nothing);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
