/* check_source: mails out of IMAP mailboxes and Maildirs. */
#include <check.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/resource.h>
#include <time.h>

#include "arena.h"
#include "mail_words.h"
#include "record.h"

#include "imap_server.h"
#include "maildir_tests.h"
#include "source.h"
#include "wire_tests.h"

#define TIMEOUT 500

static struct imap_conf
conf_for(const struct imap_server *server)
{
	return (struct imap_conf){.mailbox = "support",
	    .host = "127.0.0.1",
	    .port = server->port,
	    .ca_file = "",
	    .user = "support@desk.test",
	    .password = "secret \"quoted\"",
	    .folder = "INBOX",
	    .after_folder = "Done",
	    .mail_max = 2000,
	    .batch_count = 50,
	    .batch_octets = 1 << 20,
	    .timeout = TIMEOUT,
	    .idle = 60};
}

static double
seconds(clockid_t clock)
{
	struct timespec now;

	clock_gettime(clock, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

/* Calls until a mail comes, for at most `patience` seconds. */
static struct RawMail *
next_mail(struct source *source, struct arena *arena, double patience)
{
	double end = seconds(CLOCK_MONOTONIC) + patience;
	struct RawMail *mail = NULL;

	do {
		if (source_next(source, arena, 100, &mail) == SOURCE_MAIL)
			return mail;
	} while (seconds(CLOCK_MONOTONIC) < end);
	return NULL;
}

static void
settle(struct source *source, const struct RawMail *mail,
    enum outcome outcome)
{
	struct Fate fate = FATE__INIT;

	fate.uid = mail->origin->uid;
	fate.uidvalidity = mail->origin->uidvalidity;
	fate.outcome = outcome;
	source_settle(source, &fate);
}

/* Turns the source until it has nothing to do, so that fates go out. */
static void
rest(struct source *source, struct arena *arena, double patience)
{
	ck_assert_ptr_null(next_mail(source, arena, patience));
}

static void
expect_mails(struct source *source, struct arena *arena, unsigned first,
    unsigned last)
{
	for (unsigned uid = first; uid <= last; uid++) {
		struct RawMail *mail = next_mail(source, arena, 6);
		char subject[60];

		ck_assert_msg(mail != NULL, "mail %u did not come", uid);
		ck_assert_uint_eq(mail->origin->uid, uid);
		ck_assert_uint_eq(mail->trouble, TROUBLE_NONE);
		snprintf(subject, sizeof subject, "Subject: mail %u\r\n", uid);
		ck_assert_ptr_nonnull(memmem(mail->octets.data,
		    mail->octets.len, subject, strlen(subject)));
		ck_assert_int_eq(mail->origin->received,
		    INT64_C(1795424400000));
	}
}

/* -- a server that breaks the session ----------------------------------- */

static const struct {
	enum trick trick;
	const char *what;
} broken_rows[] = {
    {TRICK_CLOSE_AT_ONCE, "closes before its greeting"},
    {TRICK_BYE, "says BYE instead of a greeting"},
    {TRICK_PREAUTH, "skips the login"},
    {TRICK_SILENT, "says nothing"},
    {TRICK_LOGIN_NO, "refuses the login"},
    {TRICK_LOGIN_BAD, "does not understand the login"},
    {TRICK_FLAGS_CONTROL, "crashes libetpan with control octets"},
    {TRICK_FLAGS_PERCENT, "crashes libetpan with what is no flag"},
    {TRICK_NO_VALIDITY, "gives no UIDVALIDITY"},
    {TRICK_SELECT_NO, "has no such folder"},
    {TRICK_CLOSE_IN_LITERAL, "closes inside a literal"},
    {TRICK_HUGE_LITERAL, "announces four gigabytes"},
    {TRICK_STALL, "stops inside a literal"},
    {TRICK_DRIBBLE, "sends an octet now and then"},
    {TRICK_ENDLESS_LINE, "sends a line without an end"},
    {TRICK_ENDLESS_LINES, "sends lines without an end"},
    {TRICK_GARBAGE, "does not speak IMAP"},
    {TRICK_NUL, "sends NUL in a line"},
    {TRICK_DEEP, "nests parentheses without an end"},
    {TRICK_STRAY_LITERAL, "hides a line in what looks like a literal"},
    {TRICK_STATUS, "sends a STATUS that nobody asked for"},
    {TRICK_BYE_AT_FETCH, "says BYE to a FETCH"},
    {TRICK_CLOSE_AT_SIZES, "closes amid the list of mails"},
    {TRICK_NO_AT_SIZES, "does not finish the list of mails"},
};

START_TEST(a_broken_server_is_left_in_time_and_found_again)
{
	struct imap_server *server = imap_server_start();
	struct imap_conf conf = conf_for(server);
	struct source *source = imap_open(&conf, 7, 0);
	struct arena *arena = arena_new(0);
	struct RawMail *mail = NULL;
	double start = seconds(CLOCK_MONOTONIC), burnt;

	server->trick = broken_rows[_i].trick;
	ck_assert_int_eq(
	    source_next(source, arena, 100, &mail), SOURCE_LATER);
	ck_assert_msg(seconds(CLOCK_MONOTONIC) - start <
		3 * TIMEOUT / 1000.0, "the deadline does not hold");
	server->trick = TRICK_NONE;
	expect_mails(source, arena, 1, 3);
	rest(source, arena, 0.1);
	source_close(source);
	burnt = seconds(CLOCK_PROCESS_CPUTIME_ID);
	ck_assert_msg(burnt < 1.0, "%.2f s of CPU", burnt);
	arena_free(arena);
	imap_server_stop(server);
}
END_TEST

/* -- a server that is odd ----------------------------------------------- */

/* What becomes of mail 2 of three. */
static const struct {
	enum trick trick;
	const char *what;
	bool comes;
	enum trouble trouble;
	size_t len; /* 0: as usual */
} odd_rows[] = {
    {TRICK_NONE, "is as it should be", true, TROUBLE_NONE, 0},
    {TRICK_FLAGS_EMPTY, "allows no flags", true, TROUBLE_NONE, 0},
    {TRICK_DUPLICATE, "sends all twice", true, TROUBLE_NONE, 0},
    {TRICK_UNSOLICITED, "sends what nobody wants", true, TROUBLE_NONE, 0},
    {TRICK_BACKWARDS, "sends the last first", true, TROUBLE_NONE, 0},
    {TRICK_EXPUNGED, "has lost it meanwhile", false, TROUBLE_NONE, 0},
    {TRICK_NIL, "sends NIL", true, TROUBLE_UNREADABLE, 35},
    {TRICK_NO_SECOND, "says NO", true, TROUBLE_UNREADABLE, 35},
    {TRICK_OVERSIZE, "has a large one", true, TROUBLE_OVERSIZE, 35},
    {TRICK_UNDERSTATED, "says less than it is", true, TROUBLE_OVERSIZE, 8},
};

START_TEST(an_odd_server_loses_and_doubles_nothing)
{
	struct imap_server *server = imap_server_start();
	struct imap_conf conf = conf_for(server);
	struct source *source = imap_open(&conf, 0, 0);
	struct arena *arena = arena_new(0);
	struct RawMail *mail;

	server->trick = odd_rows[_i].trick;
	expect_mails(source, arena, 1, 1);
	if (odd_rows[_i].comes) {
		mail = next_mail(source, arena, 3);
		ck_assert_ptr_nonnull(mail);
		ck_assert_uint_eq(mail->origin->uid, 2);
		ck_assert_uint_eq(mail->trouble, odd_rows[_i].trouble);
		if (odd_rows[_i].len > 0)
			ck_assert_uint_eq(mail->octets.len, odd_rows[_i].len);
	}
	expect_mails(source, arena, 3, 3);
	rest(source, arena, 0.3);
	ck_assert_uint_eq(server->logins, 1);
	source_close(source);
	arena_free(arena);
	imap_server_stop(server);
}
END_TEST

START_TEST(what_is_known_is_not_handed_over_again)
{
	struct imap_server *server = imap_server_start();
	struct imap_conf conf = conf_for(server);
	struct source *source = imap_open(&conf, 7, 2);
	struct arena *arena = arena_new(0);

	expect_mails(source, arena, 3, 3);
	rest(source, arena, 0.3);
	source_close(source);
	arena_free(arena);
	imap_server_stop(server);
}
END_TEST

START_TEST(under_another_validity_all_is_new)
{
	struct imap_server *server = imap_server_start();
	struct imap_conf conf = conf_for(server);
	struct source *source = imap_open(&conf, 6, 2);
	struct arena *arena = arena_new(0);

	expect_mails(source, arena, 1, 3);
	source_close(source);
	arena_free(arena);
	imap_server_stop(server);
}
END_TEST

START_TEST(uids_may_lie_far_apart)
{
	struct imap_server *server = imap_server_start();
	struct imap_conf conf = conf_for(server);
	struct source *source = imap_open(&conf, 7, 0);
	struct arena *arena = arena_new(0);

	server->first_uid = 4294967000u;
	expect_mails(source, arena, 4294967000u, 4294967002u);
	rest(source, arena, 0.3);
	source_close(source);
	arena_free(arena);
	imap_server_stop(server);
}
END_TEST

START_TEST(news_come_while_idling)
{
	struct imap_server *server = imap_server_start();
	struct imap_conf conf = conf_for(server);
	struct source *source = imap_open(&conf, 7, 3);
	struct arena *arena = arena_new(0);

	server->trick = TRICK_EXISTS_IN_IDLE;
	expect_mails(source, arena, 4, 4);
	rest(source, arena, 0.2);
	source_close(source);
	arena_free(arena);
	imap_server_stop(server);
}
END_TEST

static const char *const no_idle_rows[] = {"", "IDLE"};

START_TEST(a_server_without_idle_is_polled)
{
	struct imap_server *server = imap_server_start();
	struct imap_conf conf = conf_for(server);
	struct source *source;
	struct arena *arena = arena_new(0);

	conf.idle = 1;
	strcpy(server->ability, no_idle_rows[_i]);
	server->trick = TRICK_NO_IDLE;
	source = imap_open(&conf, 7, 3);
	rest(source, arena, 0.3);
	server->mails = 4;
	expect_mails(source, arena, 4, 4);
	/* libetpan cannot tell NO to IDLE from what it cannot read, so that
	 * costs one connection. */
	ck_assert_uint_le(server->logins, 2);
	ck_assert(seconds(CLOCK_PROCESS_CPUTIME_ID) < 0.5);
	source_close(source);
	arena_free(arena);
	imap_server_stop(server);
}
END_TEST

START_TEST(waiting_keeps_to_its_time)
{
	struct imap_server *server = imap_server_start();
	struct imap_conf conf = conf_for(server);
	struct source *source = imap_open(&conf, 7, 3);
	struct arena *arena = arena_new(0);
	struct RawMail *mail;

	rest(source, arena, 0.2);
	for (int i = 0; i < 5; i++) {
		double start = seconds(CLOCK_MONOTONIC), took;

		ck_assert_int_eq(source_next(source, arena, 100, &mail),
		    SOURCE_NOTHING);
		took = seconds(CLOCK_MONOTONIC) - start;
		ck_assert_msg(took > 0.09 && took < 0.3, "%.3f s", took);
	}
	source_close(source);
	arena_free(arena);
	imap_server_stop(server);
}
END_TEST

/* -- fates -------------------------------------------------------------- */

static const struct {
	const char *ability;
	enum source_after after;
	enum outcome outcome;
	unsigned stores, moves, copies, creates, uid_expunges;
} fate_rows[] = {
    {"IDLE", AFTER_KEEP, OUTCOME_TICKET, 1, 0, 0, 0, 0},
    {"IDLE MOVE", AFTER_MOVE, OUTCOME_TICKET, 1, 1, 0, 0, 0},
    {"IDLE MOVE", AFTER_MOVE, OUTCOME_HELD, 1, 0, 0, 0, 0},
    {"IDLE MOVE", AFTER_MOVE, OUTCOME_UNPARSEABLE, 1, 0, 0, 0, 0},
    {"IDLE UIDPLUS", AFTER_MOVE, OUTCOME_APPENDED, 2, 0, 2, 1, 1},
    {"IDLE", AFTER_MOVE, OUTCOME_COMMAND, 2, 0, 2, 1, 0},
    {"IDLE UIDPLUS", AFTER_DELETE, OUTCOME_IGNORED, 2, 0, 0, 0, 1},
    {"UIDPLUS", AFTER_DELETE, OUTCOME_OVERSIZE, 1, 0, 0, 0, 0},
    {"", AFTER_DELETE, OUTCOME_DUPLICATE, 2, 0, 0, 0, 0},
};

START_TEST(fates_are_carried_out)
{
	struct imap_server *server = imap_server_start();
	struct imap_conf conf = conf_for(server);
	struct source *source;
	struct arena *arena = arena_new(0);

	conf.after = fate_rows[_i].after;
	strcpy(server->ability, fate_rows[_i].ability);
	source = imap_open(&conf, 7, 0);
	for (int i = 0; i < 3; i++)
		settle(source, next_mail(source, arena, 3),
		    fate_rows[_i].outcome);
	rest(source, arena, 1);
	ck_assert_uint_eq(server->stores, fate_rows[_i].stores);
	ck_assert_uint_eq(server->moves, fate_rows[_i].moves);
	ck_assert_uint_eq(server->copies, fate_rows[_i].copies);
	ck_assert_uint_eq(server->creates, fate_rows[_i].creates);
	ck_assert_uint_eq(server->uid_expunges, fate_rows[_i].uid_expunges);
	ck_assert_uint_eq(server->expunges, 0);
	ck_assert_ptr_nonnull(strstr(server->last_store, "1:3"));
	source_close(source);
	arena_free(arena);
	imap_server_stop(server);
}
END_TEST

START_TEST(fates_that_come_while_the_server_is_away_are_kept)
{
	struct imap_server *server = imap_server_start();
	struct imap_conf conf = conf_for(server);
	struct source *source = imap_open(&conf, 7, 0);
	struct arena *arena = arena_new(0);
	struct RawMail *mails[3], *none = NULL;

	for (int i = 0; i < 3; i++)
		mails[i] = next_mail(source, arena, 3);
	server->trick = TRICK_LOGIN_NO;
	kill(server->pid, SIGSTOP);
	for (int i = 0; i < 3; i++)
		settle(source, mails[i], OUTCOME_TICKET);
	while (source_next(source, arena, 100, &none) != SOURCE_LATER)
		;
	kill(server->pid, SIGCONT);
	server->trick = TRICK_NONE;
	rest(source, arena, 4);
	ck_assert_uint_ge(server->stores, 1);
	source_close(source);
	arena_free(arena);
	imap_server_stop(server);
}
END_TEST

/* -- the login ---------------------------------------------------------- */

START_TEST(a_token_is_read_anew_for_each_login)
{
	struct imap_server *server = imap_server_start();
	struct imap_conf conf = conf_for(server);
	struct source *source;
	struct arena *arena = arena_new(0);

	conf.token_command = "echo to''ken-1";
	source = imap_open(&conf, 7, 0);
	expect_mails(source, arena, 1, 3);
	/* user=support@desk.test^Aauth=Bearer token-1^A^A */
	ck_assert_str_eq(server->last_login,
	    "AUTHENTICATE XOAUTH2 dXNlcj1zdXBwb3J0QGRlc2sudGVzdAFhdXRoPUJl"
	    "YXJlciB0b2tlbi0xAQE=");
	source_close(source);
	arena_free(arena);
	imap_server_stop(server);
}
END_TEST

static const char *const bad_token_rows[] = {
    "exit 1", "true", "sleep 60", "printf 'a\\001b'", "yes"};

START_TEST(without_a_token_nobody_is_called)
{
	struct imap_server *server = imap_server_start();
	struct imap_conf conf = conf_for(server);
	struct source *source;
	struct arena *arena = arena_new(0);
	struct RawMail *mail;
	double start = seconds(CLOCK_MONOTONIC);

	conf.token_command = bad_token_rows[_i];
	source = imap_open(&conf, 7, 0);
	ck_assert_int_eq(
	    source_next(source, arena, 100, &mail), SOURCE_LATER);
	/* A helper command has ten seconds (credential.h). */
	ck_assert(seconds(CLOCK_MONOTONIC) - start < 12);
	ck_assert_uint_eq(server->logins, 0);
	source_close(source);
	arena_free(arena);
	imap_server_stop(server);
}
END_TEST

START_TEST(without_tls_only_this_machine_is_called)
{
	struct imap_server *server = imap_server_start();
	struct imap_conf conf = conf_for(server);
	struct source *source;
	struct arena *arena = arena_new(0);
	struct RawMail *mail;

	conf.host = "192.0.2.1"; /* RFC 5737: belongs to nobody */
	source = imap_open(&conf, 7, 0);
	ck_assert_int_eq(
	    source_next(source, arena, 100, &mail), SOURCE_WRONG);
	source_close(source);
	arena_free(arena);
	imap_server_stop(server);
}
END_TEST

#define ROWS(rows) (int)(sizeof(rows) / sizeof *(rows))

static TCase *
imap_case(void)
{
	TCase *imap = tcase_create("imap");

	tcase_set_timeout(imap, 60);
	tcase_add_loop_test(imap,
	    a_broken_server_is_left_in_time_and_found_again, 0,
	    ROWS(broken_rows));
	tcase_add_loop_test(imap, an_odd_server_loses_and_doubles_nothing, 0,
	    ROWS(odd_rows));
	tcase_add_test(imap, what_is_known_is_not_handed_over_again);
	tcase_add_test(imap, under_another_validity_all_is_new);
	tcase_add_test(imap, uids_may_lie_far_apart);
	tcase_add_test(imap, news_come_while_idling);
	tcase_add_loop_test(imap, a_server_without_idle_is_polled, 0,
	    ROWS(no_idle_rows));
	tcase_add_test(imap, waiting_keeps_to_its_time);
	tcase_add_loop_test(imap, fates_are_carried_out, 0, ROWS(fate_rows));
	tcase_add_test(
	    imap, fates_that_come_while_the_server_is_away_are_kept);
	tcase_add_test(imap, a_token_is_read_anew_for_each_login);
	tcase_add_loop_test(imap, without_a_token_nobody_is_called, 0,
	    ROWS(bad_token_rows));
	tcase_add_test(imap, without_tls_only_this_machine_is_called);
	return imap;
}

int
main(void)
{
	Suite *suite = suite_create("source");
	SRunner *runner;
	int failed;

	suite_add_tcase(suite, wire_case());
	suite_add_tcase(suite, maildir_case());
	suite_add_tcase(suite, imap_case());
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
