/* check_sink: where parcels go. This file: the pure parts; the servers are in
 * check_sink_smtp.c, check_sink_door.c and check_sink_sms.c. */
#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <strings.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "record.h"

#include "credential.h"
#include "sink.h"
#include "smtp_reply.h"
#include "smtp_verdict.h"
#include "smtp_wire.h"

#include "check_sink.h"

static const struct {
	const char *what;
	enum smtp_stage stage;
	unsigned code;
	enum verdict verdict;
} verdict_rows[] = {
    {"accepted", SMTP_AT_DOT, 250, VERDICT_YES},
    {"no banner", SMTP_AT_OPEN, 0, VERDICT_LATER},
    {"421 banner", SMTP_AT_OPEN, 421, VERDICT_LATER},
    {"554 banner is about us", SMTP_AT_OPEN, 554, VERDICT_LATER},
    {"550 at EHLO is about us", SMTP_AT_OPEN, 550, VERDICT_LATER},
    {"535 at AUTH is about us", SMTP_AT_OPEN, 535, VERDICT_LATER},
    {"530 at MAIL wants us to log in", SMTP_AT_ENVELOPE, 530, VERDICT_LATER},
    {"538 at MAIL wants us to encrypt", SMTP_AT_ENVELOPE, 538, VERDICT_LATER},
    {"451 at MAIL", SMTP_AT_ENVELOPE, 451, VERDICT_LATER},
    {"450 at RCPT", SMTP_AT_ENVELOPE, 450, VERDICT_LATER},
    {"550 at RCPT", SMTP_AT_ENVELOPE, 550, VERDICT_NEVER},
    {"554 at DATA", SMTP_AT_ENVELOPE, 554, VERDICT_NEVER},
    {"close at DATA, whatever RCPT got", SMTP_AT_ENVELOPE, 0, VERDICT_LATER},
    {"250 for DATA is no invitation", SMTP_AT_ENVELOPE, 250, VERDICT_LATER},
    {"451 after the dot", SMTP_AT_DOT, 451, VERDICT_LATER},
    {"552 after the dot", SMTP_AT_DOT, 552, VERDICT_NEVER},
    {"421 after the dot", SMTP_AT_DOT, 421, VERDICT_LATER},
    {"552 before the dot", SMTP_AT_BODY, 552, VERDICT_NEVER},
    {"close in the mail", SMTP_AT_BODY, 0, VERDICT_UNSURE},
    {"250 before the dot", SMTP_AT_BODY, 250, VERDICT_UNSURE},
    {"close or silence after the dot", SMTP_AT_DOT, 0, VERDICT_UNSURE},
    {"354 after the dot", SMTP_AT_DOT, 354, VERDICT_UNSURE},
    {"251 after the dot", SMTP_AT_DOT, 251, VERDICT_UNSURE},
};

START_TEST(smtp_ends_are_told_apart)
{
	ck_assert_msg(smtp_verdict(verdict_rows[_i].stage,
			  verdict_rows[_i].code) == verdict_rows[_i].verdict,
	    "%s", verdict_rows[_i].what);
}
END_TEST

static const struct {
	const char *address;
	bool good;
} address_rows[] = {
    {"anna@example.org", true},
    {"a.b+1042-x=y@mail.example.org", true},
    {"!#$%&'*/?^_`{|}~@x.example", true},
    {"a@localhost", true},
    {"a@127.0.0.1", true},
    {"", false},
    {"anna", false},
    {"@example.org", false},
    {"anna@", false},
    {"anna@example.org\r\nRCPT TO:<b@c.example>", false},
    {"anna@example.org\n", false},
    {"anna\r@example.org", false},
    {"anna@example.org> SIZE=1", false},
    {"<anna@example.org>", false},
    {"a b@example.org", false},
    {"\"a b\"@example.org", false},
    {"a@[127.0.0.1]", false},
    {".a@example.org", false},
    {"a.@example.org", false},
    {"a..b@example.org", false},
    {"a@b@example.org", false},
    {"a@-x.example", false},
    {"a@x-.example", false},
    {"a@x..example", false},
    {"a@x.example.", false},
    {"gr\xc3\xbc\xc3\x9f@example.org", false},
    {"a@gr\xc3\xbc\xc3\x9f.example", false},
    {"a\t@example.org", false},
    {"a,b@example.org", false},
    {"a@x.example,b@y.example", false},
    {"0123456789012345678901234567890123456789012345678901234567890123@e.org",
	true},
    {"01234567890123456789012345678901234567890123456789012345678901234@e.org",
	false},
};

START_TEST(envelope_addresses_are_dot_atoms)
{
	ck_assert_msg(
	    smtp_address(address_rows[_i].address) == address_rows[_i].good,
	    "%s", address_rows[_i].address);
}
END_TEST

#define HEADER "Subject: x\r\n\r\n"

static const struct {
	const char *mail;
	size_t len; /* 0: as long as the text */
	bool fit;
	const char *wire;
} mail_rows[] = {
    {HEADER "hello\r\n", 0, true, HEADER "hello\r\n.\r\n"},
    {HEADER, 0, true, HEADER ".\r\n"},
    {HEADER ".\r\n..\r\n.x\r\n", 0, true, HEADER "..\r\n...\r\n..x\r\n.\r\n"},
    {".x: y\r\n\r\n", 0, true, "..x: y\r\n\r\n.\r\n"},
    {"", 0, false, NULL},
    {"Subject: x\r\n", 0, false, NULL},
    {"\r\nbody\r\n", 0, false, NULL},
    {HEADER "no end", 0, false, NULL},
    {HEADER "bare\nLF\r\n", 0, false, NULL},
    {HEADER "bare\rCR\r\n", 0, false, NULL},
    {HEADER "smuggled\n.\r\nMAIL FROM:<a@b>\r\n", 0, false, NULL},
    {HEADER "smuggled\r\n.\nMAIL FROM:<a@b>\r\n", 0, false, NULL},
    {HEADER "smuggled\r.\r\n", 0, false, NULL},
    {HEADER "CR CR LF\r\r\n", 0, false, NULL},
    {HEADER "a\0b\r\n", sizeof HEADER "a\0b\r\n" - 1, false, NULL},
};

START_TEST(mails_that_can_be_read_in_two_ways_stay_here)
{
	struct arena *arena = arena_new(0);
	struct buf wire = buf_in(arena);
	struct span mail = span_of(mail_rows[_i].mail);
	bool eight;

	if (mail_rows[_i].len > 0)
		mail.len = mail_rows[_i].len;
	ck_assert_msg((smtp_lint(mail, &eight) == NULL) == mail_rows[_i].fit,
	    "row %d", _i);
	if (mail_rows[_i].fit) {
		smtp_stuff(&wire, mail);
		ck_assert_str_eq(buf_text(&wire), mail_rows[_i].wire);
	}
	arena_free(arena);
}
END_TEST

START_TEST(lines_may_have_998_octets_and_no_more)
{
	char mail[sizeof HEADER + 1002] = HEADER;
	size_t at = sizeof HEADER - 1;
	bool eight;

	memset(mail + at, 'x', 998);
	memcpy(mail + at + 998, "\r\n", 2);
	ck_assert_ptr_null(smtp_lint((struct span){mail, at + 1000}, &eight));
	ck_assert(!eight);
	mail[at] = (char)0xe9;
	ck_assert_ptr_null(smtp_lint((struct span){mail, at + 1000}, &eight));
	ck_assert(eight);
	memcpy(mail + at + 998, "x\r\n", 3);
	ck_assert_ptr_nonnull(
	    smtp_lint((struct span){mail, at + 1001}, &eight));
}
END_TEST

static const struct {
	const char *octets;
	int result;
	unsigned code;
	const char *text;
	unsigned features;
} reply_rows[] = {
    {"250 2.0.0 Ok\r\n", SMTP_REPLY_WHOLE, 250, "2.0.0 Ok", 0},
    {"250\r\n", SMTP_REPLY_WHOLE, 250, "", 0},
    {"250 bare LF\n", SMTP_REPLY_WHOLE, 250, "bare LF", 0},
    {"550-5.1.1 no\r\n550 5.1.1 such user\r\n", SMTP_REPLY_WHOLE, 550,
	"5.1.1 no 5.1.1 such user", 0},
    {"250-host\r\n250-PIPELINING\r\n250-size 1000\r\n250 8BITMIME\r\n",
	SMTP_REPLY_WHOLE, 250, "host PIPELINING size 1000 8BITMIME",
	SMTP_PIPELINING | SMTP_SIZE | SMTP_8BITMIME},
    {"550 \x1b[2J\x01\xff\r\n", SMTP_REPLY_WHOLE, 550, "\\x1b[2J\\x01\\xff", 0},
    {"250-more", SMTP_REPLY_MORE, 0, "", 0},
    {"HTTP/1.1 400\r\n", SMTP_REPLY_BAD, 0, "", 0},
    {"25\r\n", SMTP_REPLY_BAD, 0, "", 0},
    {"\r\n", SMTP_REPLY_BAD, 0, "", 0},
    {"650 x\r\n", SMTP_REPLY_BAD, 0, "", 0},
    {"250x\r\n", SMTP_REPLY_BAD, 0, "", 0},
};

START_TEST(replies_are_read_octet_by_octet)
{
	const char *octets = reply_rows[_i].octets;
	struct smtp_reply reply = {0};
	int result = SMTP_REPLY_MORE;
	size_t used;

	for (size_t i = 0; octets[i] != '\0'; i++) {
		ck_assert_int_eq(result, SMTP_REPLY_MORE);
		result = smtp_reply_feed(
		    &reply, (struct span){octets + i, 1}, &used);
		ck_assert_uint_eq(used, 1);
	}
	ck_assert_int_eq(result, reply_rows[_i].result);
	ck_assert_str_eq(reply.text, reply_rows[_i].text);
	if (result == SMTP_REPLY_WHOLE) {
		ck_assert_uint_eq(reply.code, reply_rows[_i].code);
		ck_assert_uint_eq(reply.features, reply_rows[_i].features);
	}
}
END_TEST

START_TEST(replies_follow_each_other_and_are_not_endless)
{
	struct smtp_reply reply = {0};
	struct span two = span_of("250 a\r\n354 b\r\n");
	size_t used, sum = 0;
	int result = SMTP_REPLY_MORE;

	ck_assert_int_eq(smtp_reply_feed(&reply, two, &used), SMTP_REPLY_WHOLE);
	ck_assert_uint_eq(used, 7);
	two.at += used;
	two.len -= used;
	ck_assert_int_eq(smtp_reply_feed(&reply, two, &used), SMTP_REPLY_WHOLE);
	ck_assert_str_eq(reply.text, "b");
	ck_assert_uint_eq(reply.code, 354);
	while (result == SMTP_REPLY_MORE) {
		result = smtp_reply_feed(
		    &reply, span_of("250-and on and on\r\n"), &used);
		sum += used;
		ck_assert_uint_lt(sum, 2 * SMTP_REPLY_MAX);
		ck_assert_uint_le(strlen(reply.text), SINK_TEXT_MAX);
	}
	ck_assert_int_eq(result, SMTP_REPLY_BAD);
}
END_TEST

/* ---- folder ------------------------------------------------------------ */

static void
check_file(const char *dir, const char *name, const char *wanted)
{
	char path[300], octets[300];
	FILE *file;
	size_t len;

	snprintf(path, sizeof path, "%s/%s", dir, name);
	file = fopen(path, "r");
	ck_assert_msg(file != NULL, "%s is missing", name);
	len = fread(octets, 1, sizeof octets - 1, file);
	octets[len] = '\0';
	fclose(file);
	ck_assert_str_eq(octets, wanted);
	unlink(path);
}

START_TEST(the_folder_holds_each_attempt_once)
{
	char dir[] = "sink-XXXXXX", inner[32];
	struct arena *arena = arena_new(0);
	struct folder_conf conf = {inner};
	const char *why = NULL;
	struct sink *sink;

	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(inner, sizeof inner, "%s/out", dir);
	sink = sink_folder(&conf, &why);
	ck_assert_msg(sink != NULL, "%s", why);
	for (int i = 0; i < 2; i++)
		ck_assert_int_eq(
		    send_one(sink, arena, mail_parcel(arena))->verdict,
		    VERDICT_YES);
	ck_assert_int_eq(
	    send_one(sink, arena, sms_parcel(arena))->verdict, VERDICT_YES);
	check_file(inner, "000042-1.eml", MAIL_TEXT);
	check_file(inner, "000043-1.txt",
	    "To: +491701234567\nReference: ref-43\n\nTicket 1042 & more\n");
	/* Nothing else lies there, or this fails. */
	ck_assert_int_eq(rmdir(inner), 0);
	/* A folder that is gone, like a full disk: it waits. */
	ck_assert_int_eq(
	    send_one(sink, arena, mail_parcel(arena))->verdict, VERDICT_LATER);
	sink_close(sink);
	ck_assert_int_eq(rmdir(dir), 0);
	arena_free(arena);
}
END_TEST

/* ---- credential -------------------------------------------------------- */

static const struct {
	const char *command;
	int result;
	const char *token;
} command_rows[] = {
    {"echo ' abc '", CREDENTIAL_OK, "abc"},
    {"printf abc", CREDENTIAL_OK, "abc"},
    {"(sleep 0.1; echo late)", CREDENTIAL_OK, "late"},
    {"echo two words", CREDENTIAL_BAD, ""},
    {"printf 'a\\001b'", CREDENTIAL_BAD, ""},
    {"echo secret; exit 1", CREDENTIAL_FAILED, ""},
    {"kill -9 $$", CREDENTIAL_FAILED, ""},
    {"true", CREDENTIAL_NONE, ""},
    {"", CREDENTIAL_NONE, ""},
    {"/does/not/exist", CREDENTIAL_FAILED, ""},
    {"printf '%070d' 1", CREDENTIAL_BAD, ""},
};

START_TEST(tokens_come_from_a_command)
{
	char token[64];
	const char *why = NULL;

	ck_assert_int_eq(credential_token("", command_rows[_i].command, token,
			     sizeof token, &why),
	    command_rows[_i].result);
	ck_assert_str_eq(token, command_rows[_i].token);
	ck_assert((why != NULL) == (command_rows[_i].result < 0) ||
		  command_rows[_i].result == CREDENTIAL_OK);
}
END_TEST

START_TEST(tokens_come_from_a_file_that_only_its_owner_reads)
{
	char file[] = "token-XXXXXX", token[64];
	const char *why = NULL;
	int fd = mkstemp(file);

	ck_assert_int_eq(write(fd, "s3cret\n", 7), 7);
	close(fd);
	ck_assert_int_eq(credential_token(file, "", token, sizeof token, &why),
	    CREDENTIAL_OK);
	ck_assert_str_eq(token, "s3cret");
	ck_assert_int_eq(chmod(file, 0640), 0);
	ck_assert_int_eq(credential_token(file, "", token, sizeof token, &why),
	    CREDENTIAL_OPEN);
	ck_assert_str_eq(token, "");
	unlink(file);
	ck_assert_int_eq(credential_token(file, "", token, sizeof token, &why),
	    CREDENTIAL_NONE);
	ck_assert_int_eq(credential_token(".", "", token, sizeof token, &why),
	    CREDENTIAL_NONE);
}
END_TEST

/* ---- what the other files use ------------------------------------------ */

struct Parcel *
mail_parcel(struct arena *arena)
{
	struct Parcel *parcel = record_new(arena, &parcel__descriptor);

	parcel->outbox = 42;
	parcel->attempt = 1;
	parcel->medium = MEDIUM_MAIL;
	parcel->from = arena_copy_text(arena, "desk@gate.example");
	parcel->to = arena_copy_text(arena, "anna@example.org");
	parcel->octets = record_bytes(span_of(MAIL_TEXT));
	return parcel;
}

struct Parcel *
sms_parcel(struct arena *arena)
{
	struct Parcel *parcel = record_new(arena, &parcel__descriptor);

	parcel->outbox = 43;
	parcel->attempt = 1;
	parcel->medium = MEDIUM_SMS;
	parcel->to = arena_copy_text(arena, "+491701234567");
	parcel->octets = record_bytes(span_of("Ticket 1042 & more"));
	parcel->reference = arena_copy_text(arena, "ref-43");
	return parcel;
}

struct Receipt *
send_one(struct sink *sink, struct arena *arena, const struct Parcel *parcel)
{
	struct Receipt *receipt = NULL;

	ck_assert_uint_gt(sink_room(sink), 0);
	sink_put(sink, parcel);
	for (int i = 0; i < 100 && receipt == NULL; i++)
		receipt = sink_work(sink, arena, -1, 100);
	ck_assert_msg(receipt != NULL, "there is no receipt");
	ck_assert_uint_eq(receipt->outbox, parcel->outbox);
	ck_assert_uint_eq(receipt->attempt, parcel->attempt);
	return receipt;
}

unsigned
stack_port(const char *name)
{
	const char *dir = getenv("GATEPOST_TEST_STACK");
	char path[500], line[200];
	unsigned port = 0;
	size_t len = strlen(name);
	FILE *list;

	if (dir == NULL)
		return 0;
	snprintf(path, sizeof path, "%s/ports", dir);
	list = fopen(path, "r");
	while (list != NULL && fgets(line, sizeof line, list) != NULL) {
		if (strncasecmp(line, name, len) == 0 && line[len] == '=')
			port = (unsigned)atoi(line + len + 1);
	}
	if (list != NULL)
		fclose(list);
	return port;
}

int
main(void)
{
	Suite *suite = suite_create("sink");
	TCase *pure = tcase_create("pure");
	SRunner *runner;
	int failed;

	signal(SIGPIPE, SIG_IGN);
	tcase_add_loop_test(
	    pure, smtp_ends_are_told_apart, 0, LENGTH(verdict_rows));
	tcase_add_loop_test(
	    pure, envelope_addresses_are_dot_atoms, 0, LENGTH(address_rows));
	tcase_add_loop_test(pure, mails_that_can_be_read_in_two_ways_stay_here,
	    0, LENGTH(mail_rows));
	tcase_add_test(pure, lines_may_have_998_octets_and_no_more);
	tcase_add_loop_test(
	    pure, replies_are_read_octet_by_octet, 0, LENGTH(reply_rows));
	tcase_add_test(pure, replies_follow_each_other_and_are_not_endless);
	tcase_add_test(pure, the_folder_holds_each_attempt_once);
	tcase_add_loop_test(
	    pure, tokens_come_from_a_command, 0, LENGTH(command_rows));
	tcase_add_test(pure, tokens_come_from_a_file_that_only_its_owner_reads);
	suite_add_tcase(suite, pure);
	suite_add_tcase(suite, smtp_cases());
	suite_add_tcase(suite, door_cases());
	suite_add_tcase(suite, sms_cases());
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
