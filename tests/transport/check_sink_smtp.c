/* check_sink_smtp: a relay that plays each way in which a mail can end. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "arena.h"
#include "record.h"

#include "sink.h"

#include "check_smtp.h"
#include "fake.h"

/* Each row is one mail over a fresh sink. */
static const struct {
	const char *what;
	const char *const *steps;
	enum verdict verdict;
	unsigned code;
	const char *text; /* "" is not looked at */
} rows[] = {
    {"accepted", STEPS(HELLO, ENVELOPE, ".", ">250 2.0.0 Ok\r\n", "z"),
	VERDICT_YES, 250, "2.0.0 Ok"},
    {"accepted, then closed",
	STEPS(HELLO, ENVELOPE, ".", ">250 2.0.0 Ok\r\n", "x"), VERDICT_YES, 250,
	""},
    {"accepted with PIPELINING",
	STEPS(PIPES, GROUP, ">250 a\r\n250 b\r\n354 c\r\n", ".", ">250 d\r\n",
	    "z"),
	VERDICT_YES, 250, "d"},
    {"pipelined replies one by one",
	STEPS(PIPES, GROUP, ">250 a\r\n", "t", ">25", "t", ">0 b\r\n354 c", "t",
	    ">\r\n", ".", ">250 d\r\n", "z"),
	VERDICT_YES, 250, "d"},
    {"EHLO refused, HELO taken",
	STEPS(">220 fake\r\n", "<EHLO", ">502 what\r\n", "<HELO gate.example",
	    ">250 fake\r\n", ENVELOPE, ".", ">250 ok\r\n", "z"),
	VERDICT_YES, 250, ""},
    {"nobody listens", STEPS("!"), VERDICT_LATER, 0, ""},
    {"no banner", STEPS("x"), VERDICT_LATER, 0, ""},
    {"silence instead of a banner", STEPS("z"), VERDICT_LATER, 0, ""},
    {"421 banner", STEPS(">421 4.3.2 busy\r\n", "z"), VERDICT_LATER, 421,
	"4.3.2 busy"},
    {"554 banner", STEPS(">554 5.3.2 away\r\n", "z"), VERDICT_LATER, 554,
	"5.3.2 away"},
    {"no SMTP at all", STEPS(">HTTP/1.1 400 Bad\r\n", "z"), VERDICT_LATER, 0,
	""},
    {"endless banner line", STEPS("~", "z"), VERDICT_LATER, 0, ""},
    {"5xx for EHLO and HELO",
	STEPS(
	    ">220 a\r\n", "<EHLO", ">550 no\r\n", "<HELO", ">550 no\r\n", "z"),
	VERDICT_LATER, 550, ""},
    {"close at EHLO", STEPS(">220 a\r\n", "<EHLO", "x"), VERDICT_LATER, 0, ""},
    {"451 at MAIL", STEPS(HELLO, "<MAIL", ">451 4.3.0 x\r\n", "z"),
	VERDICT_LATER, 451, "4.3.0 x"},
    {"552 at MAIL", STEPS(HELLO, "<MAIL", ">552 large\r\n", "z"), VERDICT_NEVER,
	552, "large"},
    {"530 at MAIL wants us to log in",
	STEPS(HELLO, "<MAIL", ">530 5.7.0 log in\r\n", "z"), VERDICT_LATER, 530,
	""},
    {"421 at MAIL on a fresh connection",
	STEPS(HELLO, "<MAIL", ">421 going\r\n", "x"), VERDICT_LATER, 421, ""},
    {"greylisted at RCPT",
	STEPS(HELLO, "<MAIL", ">250 ok\r\n", "<RCPT",
	    ">450 4.2.0 try again in 300 s\r\n", "z"),
	VERDICT_LATER, 450, "4.2.0 try again in 300 s"},
    {"550 at RCPT in several lines",
	STEPS(HELLO, "<MAIL", ">250 ok\r\n", "<RCPT",
	    ">550-5.1.1 nobody\r\n550 5.1.1 here\r\n", "z"),
	VERDICT_NEVER, 550, "5.1.1 nobody 5.1.1 here"},
    {"550 that repeats the address",
	STEPS(HELLO, "<MAIL", ">250 ok\r\n", "<RCPT",
	    ">550 5.1.1 <Anna@Example.org>: no anna@example.org\r\n", "z"),
	VERDICT_NEVER, 550, "5.1.1 <*>: no *"},
    {"550 at RCPT with PIPELINING",
	STEPS(PIPES, GROUP, ">250 ok\r\n550 5.1.1 no\r\n554 no rcpt\r\n",
	    "<RSET", ">250 ok\r\n", "z"),
	VERDICT_NEVER, 550, "5.1.1 no"},
    {"a refused recipient and yet 354",
	STEPS(PIPES, GROUP, ">250 ok\r\n550 no\r\n354 go on\r\n", "z"),
	VERDICT_NEVER, 550, "no"},
    {"pipelining lost: closed after MAIL",
	STEPS(PIPES, GROUP, ">250 ok\r\n", "x"), VERDICT_LATER, 0, ""},
    {"controls in a reply",
	STEPS(HELLO, "<MAIL", ">550 a\x1b[31m\x07\xfc\r\n", "z"), VERDICT_NEVER,
	550, "a\\x1b[31m\\x07\\xfc"},
    {"endless reply at RCPT",
	STEPS(HELLO, "<MAIL", ">250 ok\r\n", "<RCPT", "~", "z"), VERDICT_LATER,
	0, ""},
    {"close at DATA after 250 at RCPT",
	STEPS(HELLO, "<MAIL", ">250 ok\r\n", "<RCPT", ">250 ok\r\n", "<DATA",
	    "x"),
	VERDICT_LATER, 0, ""},
    {"451 at DATA",
	STEPS(HELLO, "<MAIL", ">250 ok\r\n", "<RCPT", ">250 ok\r\n", "<DATA",
	    ">451 no\r\n", "z"),
	VERDICT_LATER, 451, "no"},
    {"554 at DATA",
	STEPS(HELLO, "<MAIL", ">250 ok\r\n", "<RCPT", ">250 ok\r\n", "<DATA",
	    ">554 no\r\n", "z"),
	VERDICT_NEVER, 554, "no"},
    {"451 after the dot", STEPS(HELLO, ENVELOPE, ".", ">451 full\r\n", "z"),
	VERDICT_LATER, 451, "full"},
    {"552 after the dot", STEPS(HELLO, ENVELOPE, ".", ">552 big\r\n", "z"),
	VERDICT_NEVER, 552, "big"},
    {"251 after the dot", STEPS(HELLO, ENVELOPE, ".", ">251 hm\r\n", "z"),
	VERDICT_UNSURE, 251, ""},
    {"close in the mail", STEPS(HELLO, ENVELOPE, "<From", "x"), VERDICT_UNSURE,
	0, ""},
    {"reset in the mail", STEPS(HELLO, ENVELOPE, "<From", "!"), VERDICT_UNSURE,
	0, ""},
    {"close after the dot", STEPS(HELLO, ENVELOPE, ".", "x"), VERDICT_UNSURE, 0,
	""},
    {"silence after the dot", STEPS(HELLO, ENVELOPE, ".", "z"), VERDICT_UNSURE,
	0, "there was no answer in time"},
    {"half a reply after the dot", STEPS(HELLO, ENVELOPE, ".", ">250 2", "x"),
	VERDICT_UNSURE, 0, ""},
    {"half a multi-line reply after the dot",
	STEPS(HELLO, ENVELOPE, ".", ">250-ok\r\n", "x"), VERDICT_UNSURE, 0, ""},
    {"gibberish after the dot", STEPS(HELLO, ENVELOPE, ".", ">ok\r\n", "z"),
	VERDICT_UNSURE, 0, ""},
};

START_TEST(each_way_to_end_gets_its_word)
{
	struct arena *arena = arena_new(0);
	struct fake fake;
	struct smtp_conf conf;
	struct sink *sink;
	struct Receipt *receipt;
	char heard[70000];

	fake_start(&fake, rows[_i].steps);
	conf = smtp_conf_for(&fake);
	sink = smtp_open(&conf);
	receipt = send_one(sink, arena, mail_parcel(arena));
	ck_assert_msg(receipt->verdict == rows[_i].verdict, "%s: %s (%u %s)",
	    rows[_i].what, verdict_word((enum verdict)receipt->verdict),
	    receipt->code, receipt->text);
	ck_assert_msg(receipt->code == rows[_i].code, "%s: %u %s",
	    rows[_i].what, receipt->code, receipt->text);
	if (rows[_i].text[0] != '\0')
		ck_assert_str_eq(receipt->text, rows[_i].text);
	ck_assert(receipt->text[0] != '\0');
	for (int i = 0; i < 20 && sink_room(sink) == 0; i++)
		sink_work(sink, arena, -1, 50);
	ck_assert_uint_eq(sink_room(sink), 1);
	fake_end(&fake, heard, sizeof heard);
	sink_close(sink);
	ck_assert_msg(strstr(heard, "[mismatch]") == NULL, "%s: heard %s",
	    rows[_i].what, heard);
	if (rows[_i].verdict == VERDICT_YES)
		ck_assert_ptr_nonnull(strstr(heard, "hello\r\n..dot\r\n.\r\n"));
	arena_free(arena);
}
END_TEST

/* Several mails over one sink: the verdicts of all of them, in order. */
static const struct {
	const char *what;
	const char *const *steps;
	const char *words; /* y, l, n, u a mail */
	unsigned connections;
} sequences[] = {
    {"the connection is kept",
	STEPS(HELLO, ENVELOPE, ".", ">250 a\r\n", ENVELOPE, ".", ">250 b\r\n",
	    ENVELOPE, ".", ">250 c\r\n", "z"),
	"yyy", 1},
    {"a refused recipient does not cost the connection",
	STEPS(HELLO, "<MAIL", ">250 ok\r\n", "<RCPT", ">550 no\r\n", "<RSET",
	    ">250 ok\r\n", ENVELOPE, ".", ">250 b\r\n", "z"),
	"ny", 1},
    {"nor does one with PIPELINING",
	STEPS(PIPES, GROUP, ">250 ok\r\n450 no\r\n503 no\r\n", "<RSET",
	    ">250 ok\r\n", GROUP, ">250 a\r\n250 b\r\n354 c\r\n", ".",
	    ">250 b\r\n", "z"),
	"ly", 1},
    {"closed between two mails: a fresh connection, no harm",
	STEPS(HELLO, ENVELOPE, ".", ">250 a\r\n", "x", HELLO, ENVELOPE, ".",
	    ">250 b\r\n", "z"),
	"yy", 2},
    {"closed at the second MAIL: a fresh connection",
	STEPS(HELLO, ENVELOPE, ".", ">250 a\r\n", "<MAIL", "x", HELLO, ENVELOPE,
	    ".", ">250 b\r\n", "z"),
	"yy", 2},
    {"421 in mid-session: a fresh connection",
	STEPS(HELLO, ENVELOPE, ".", ">250 a\r\n", "<MAIL", ">421 too many\r\n",
	    "x", HELLO, ENVELOPE, ".", ">250 b\r\n", "z"),
	"yy", 2},
    {"421 for both connections: later",
	STEPS(HELLO, ENVELOPE, ".", ">250 a\r\n", "<MAIL", ">421 too many\r\n",
	    "x", HELLO, "<MAIL", ">421 too many\r\n", "x"),
	"yl", 2},
    {"after an unsure end the next mail has a fresh connection",
	STEPS(HELLO, ENVELOPE, ".", "z", "x", HELLO, ENVELOPE, ".",
	    ">250 b\r\n", "z"),
	"uy", 2},
    {"a refused RSET",
	STEPS(HELLO, "<MAIL", ">550 no\r\n", "<RSET", ">500 what\r\n", "x",
	    HELLO, ENVELOPE, ".", ">250 b\r\n", "z"),
	"ny", 2},
};

START_TEST(a_connection_carries_mail_after_mail)
{
	static const char letters[] = "ylnu";
	struct arena *arena = arena_new(0);
	const char *mark = "[connection]";
	unsigned connections = 0;
	struct fake fake;
	struct smtp_conf conf;
	struct sink *sink;
	char heard[70000];

	fake_start(&fake, sequences[_i].steps);
	conf = smtp_conf_for(&fake);
	sink = smtp_open(&conf);
	for (const char *w = sequences[_i].words; *w != '\0'; w++) {
		struct Receipt *r;

		for (int i = 0; i < 20 && sink_room(sink) == 0; i++)
			sink_work(sink, arena, -1, 50);
		r = send_one(sink, arena, mail_parcel(arena));
		ck_assert_msg(letters[r->verdict] == *w, "%s: %c %u %s",
		    sequences[_i].what, letters[r->verdict], r->code, r->text);
	}
	fake_end(&fake, heard, sizeof heard);
	sink_close(sink);
	ck_assert_msg(strstr(heard, "[mismatch]") == NULL, "%s: heard %s",
	    sequences[_i].what, heard);
	for (const char *s = heard; (s = strstr(s, mark)) != NULL; s++)
		connections++;
	/* "x" at the end of a script waits for one more that never comes. */
	ck_assert_uint_eq(connections, sequences[_i].connections);
	arena_free(arena);
}
END_TEST

static const struct {
	const char *from, *to, *mail;
} injections[] = {
    {"desk@gate.example", "a@b.example>\r\nRCPT TO:<c@d.example", MAIL_TEXT},
    {"desk@gate.example", "a@b.example\nDATA", MAIL_TEXT},
    {"desk@gate.example", "", MAIL_TEXT},
    {"desk@gate.example", "a@b.example SIZE=1", MAIL_TEXT},
    {"x@y.example>\r\nRSET\r\nMAIL FROM:<", "anna@example.org", MAIL_TEXT},
    {"<x@y.example>", "anna@example.org", MAIL_TEXT},
    {"desk@gate.example", "anna@example.org", "Subject: x\n\nhello\n"},
    {"desk@gate.example", "anna@example.org",
	"Subject: x\r\n\r\na\n.\r\nMAIL FROM:<a@b.example>\r\n"},
    {"desk@gate.example", "anna@example.org", ""},
};

START_TEST(what_could_be_a_command_never_leaves)
{
	struct arena *arena = arena_new(0);
	struct Parcel *parcel = mail_parcel(arena);
	struct fake fake;
	struct smtp_conf conf;
	struct sink *sink;
	struct Receipt *receipt;
	char heard[70000];

	fake_start(&fake, STEPS(HELLO, "z"));
	conf = smtp_conf_for(&fake);
	sink = smtp_open(&conf);
	parcel->from = arena_copy_text(arena, injections[_i].from);
	parcel->to = arena_copy_text(arena, injections[_i].to);
	parcel->octets = record_bytes(span_of(injections[_i].mail));
	receipt = send_one(sink, arena, parcel);
	ck_assert_uint_eq(receipt->verdict, VERDICT_NEVER);
	ck_assert_uint_eq(receipt->code, 0);
	if (injections[_i].mail != (const char *)MAIL_TEXT &&
	    strcmp(injections[_i].mail, MAIL_TEXT) != 0)
		ck_assert_str_eq(receipt->text, "malformed mail of our own");
	fake_end(&fake, heard, sizeof heard);
	/* Not even a connection. */
	ck_assert_str_eq(heard, "");
	sink_close(sink);
	arena_free(arena);
}
END_TEST

START_TEST(eight_bits_go_only_where_they_are_taken)
{
	static const char mail[] = "Subject: x\r\n\r\ngr\xc3\xbc\xc3\x9f\r\n";
	const char *const *const steps[] = {
	    STEPS(HELLO, "z"),
	    STEPS(">220 a\r\n", "<EHLO", ">250-a\r\n250 8BITMIME\r\n",
		"<MAIL FROM:<desk@gate.example> BODY=8BITMIME\r\n",
		">250 ok\r\n", "<RCPT", ">250 ok\r\n", "<DATA", ">354 go\r\n",
		".", ">250 ok\r\n", "z"),
	};
	struct arena *arena = arena_new(0);
	struct Parcel *parcel = mail_parcel(arena);
	struct fake fake;
	struct smtp_conf conf;
	struct sink *sink;
	char heard[70000];

	fake_start(&fake, steps[_i]);
	conf = smtp_conf_for(&fake);
	sink = smtp_open(&conf);
	parcel->octets = record_bytes(span_of(mail));
	ck_assert_uint_eq(send_one(sink, arena, parcel)->verdict,
	    _i == 0 ? VERDICT_NEVER : VERDICT_YES);
	fake_end(&fake, heard, sizeof heard);
	ck_assert_ptr_null(strstr(heard, "[mismatch]"));
	ck_assert((strstr(heard, "MAIL") != NULL) == (_i == 1));
	sink_close(sink);
	arena_free(arena);
}
END_TEST

static const struct {
	const char *what;
	struct smtp_conf conf;
} bad_confs[] = {
    {"plain beyond this machine", {.host = "mail.example",
				      .port = 25,
				      .helo = "a.example",
				      .connections = 1,
				      .timeout = 1}},
    {"a host that is an URL", {.host = "localhost/x",
				  .port = 25,
				  .helo = "a.example",
				  .connections = 1,
				  .timeout = 1}},
    {"a helo name with a line end", {.host = "localhost",
					.port = 25,
					.helo = "a\r\nMAIL",
					.connections = 1,
					.timeout = 1}},
    {"no port", {.host = "localhost",
		    .helo = "a.example",
		    .connections = 1,
		    .timeout = 1}},
    {"no connections",
	{.host = "localhost", .port = 25, .helo = "a.example", .timeout = 1}},
};

START_TEST(a_conf_that_cannot_work_is_refused)
{
	const char *why = NULL;

	ck_assert_msg(sink_smtp(&bad_confs[_i].conf, &why) == NULL, "%s",
	    bad_confs[_i].what);
	ck_assert_ptr_nonnull(why);
}
END_TEST

/* While one mail waits for the reply to its dot, another one goes through. */
START_TEST(a_slow_mail_holds_up_nobody)
{
	struct arena *arena = arena_new(0);
	struct Parcel *parcel = mail_parcel(arena);
	struct fake slow;
	struct smtp_conf conf;
	struct sink *sink;
	struct Receipt *receipt;
	char heard[70000];

	/* The script has one connection; the second mail's is never taken,
	 * so that it is the one to be late. */
	fake_start(&slow, STEPS(HELLO, ENVELOPE, ".", "t", ">250 ok\r\n", "z"));
	conf = smtp_conf_for(&slow);
	conf.connections = 2;
	sink = smtp_open(&conf);
	ck_assert_uint_eq(sink_room(sink), 2);
	sink_put(sink, parcel);
	parcel->outbox = 7;
	sink_put(sink, parcel);
	ck_assert_uint_eq(sink_room(sink), 0);
	do
		receipt = sink_work(sink, arena, -1, 100);
	while (receipt == NULL);
	ck_assert_uint_eq(receipt->verdict, VERDICT_YES);
	do
		receipt = sink_work(sink, arena, -1, 100);
	while (receipt == NULL);
	ck_assert_uint_eq(receipt->verdict, VERDICT_LATER);
	fake_end(&slow, heard, sizeof heard);
	sink_close(sink);
	arena_free(arena);
}
END_TEST

START_TEST(work_ends_when_the_caller_is_called)
{
	struct arena *arena = arena_new(0);
	struct smtp_conf conf = {.host = "127.0.0.1",
	    .port = 9,
	    .helo = "a.example",
	    .connections = 1,
	    .timeout = 1000};
	struct sink *sink = smtp_open(&conf);
	int ends[2];

	ck_assert_int_eq(pipe(ends), 0);
	ck_assert_ptr_null(sink_work(sink, arena, ends[0], 0));
	ck_assert_ptr_null(sink_work(sink, arena, ends[0], 20));
	ck_assert_int_eq(write(ends[1], "x", 1), 1);
	/* Not for the whole minute: Check would end the test. */
	ck_assert_ptr_null(sink_work(sink, arena, ends[0], 60000));
	close(ends[0]);
	close(ends[1]);
	sink_close(sink);
	arena_free(arena);
}
END_TEST

TCase *
smtp_cases(void)
{
	TCase *smtp = tcase_create("smtp");

	tcase_set_timeout(smtp, 20);
	tcase_add_loop_test(
	    smtp, each_way_to_end_gets_its_word, 0, LENGTH(rows));
	tcase_add_loop_test(
	    smtp, a_connection_carries_mail_after_mail, 0, LENGTH(sequences));
	tcase_add_loop_test(
	    smtp, what_could_be_a_command_never_leaves, 0, LENGTH(injections));
	tcase_add_loop_test(
	    smtp, eight_bits_go_only_where_they_are_taken, 0, 2);
	tcase_add_loop_test(
	    smtp, a_conf_that_cannot_work_is_refused, 0, LENGTH(bad_confs));
	tcase_add_test(smtp, a_slow_mail_holds_up_nobody);
	tcase_add_test(smtp, work_ends_when_the_caller_is_called);
	return smtp;
}
