/* check_sink_door: TLS and AUTH at the relay: nothing is said to a server
 * that is not the right one, or not safely. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <unistd.h>

#include "arena.h"
#include "record.h"

#include "sink.h"

#include "check_smtp.h"

struct smtp_conf
smtp_conf_for(const struct fake *fake)
{
	return (struct smtp_conf){
	    .host = "127.0.0.1",
	    .port = fake->port,
	    .tls = SMTP_PLAIN,
	    .helo = "gate.example",
	    .connections = 1,
	    .timeout = 400,
	};
}

struct sink *
smtp_open(const struct smtp_conf *conf)
{
	const char *why = "";
	struct sink *sink = sink_smtp(conf, &why);

	ck_assert_msg(sink != NULL, "%s", why);
	return sink;
}

static const struct {
	const char *what;
	const char *const *steps;
	enum smtp_tls tls;
	const char *user;
	enum verdict verdict;
	unsigned code;
	const char *text;    /* "" is not looked at */
	const char *unheard; /* never said to the server */
} door_rows[] = {
    {"STARTTLS is not offered", STEPS(HELLO, "z"), SMTP_STARTTLS, "",
	VERDICT_LATER, 0, "STARTTLS not supported.", "MAIL"},
    {"STARTTLS is refused",
	STEPS(">220 fake\r\n", "<EHLO", ">250-fake\r\n250 STARTTLS\r\n",
	    "<STARTTLS", ">454 not now\r\n", "z"),
	SMTP_STARTTLS, "", VERDICT_LATER, 454, "not now", "MAIL"},
    {"TLS is dropped",
	STEPS(">220 fake\r\n", "<EHLO", ">250-fake\r\n250 STARTTLS\r\n",
	    "<STARTTLS", ">220 go\r\n", "x"),
	SMTP_STARTTLS, "", VERDICT_LATER, 0, "", "MAIL"},
    {"commands smuggled in front of TLS",
	STEPS(">220 fake\r\n", "<EHLO", ">250-fake\r\n250 STARTTLS\r\n",
	    "<STARTTLS", ">220 go\r\n250 fake\r\n250 ok\r\n250 ok\r\n", "z"),
	SMTP_STARTTLS, "", VERDICT_LATER, 0, "", "MAIL"},
    {"no TLS behind the TLS port", STEPS(HELLO, "z"), SMTP_TLS, "",
	VERDICT_LATER, 0, "", "MAIL"},
    {"AUTH is refused",
	STEPS(">220 fake\r\n", "<EHLO", ">250-fake\r\n250 AUTH PLAIN\r\n",
	    "<AUTH PLAIN ", ">535 5.7.8 no\r\n", "z"),
	SMTP_PLAIN, "desk", VERDICT_LATER, 535, "5.7.8 no", "MAIL"},
    {"AUTH is put off",
	STEPS(">220 fake\r\n", "<EHLO", ">250-fake\r\n250 AUTH PLAIN\r\n",
	    "<AUTH PLAIN ", ">454 4.7.0 later\r\n", "z"),
	SMTP_PLAIN, "desk", VERDICT_LATER, 454, "", "MAIL"},
    {"AUTH is not offered", STEPS(HELLO, "z"), SMTP_PLAIN, "desk",
	VERDICT_LATER, 0, "the relay offers no way to log in that we know",
	"MAIL"},
    {"AUTH is taken",
	STEPS(">220 fake\r\n", "<EHLO", ">250-fake\r\n250 AUTH PLAIN\r\n",
	    "<AUTH PLAIN AGRlc2sAc2VjcmV0", ">235 in\r\n", ENVELOPE, ".",
	    ">250 ok\r\n", "z"),
	SMTP_PLAIN, "desk", VERDICT_YES, 250, "ok", "AUTH LOGIN"},
    {"XOAUTH2 is taken",
	STEPS(">220 fake\r\n", "<EHLO",
	    ">250-fake\r\n250 AUTH PLAIN XOAUTH2\r\n",
	    "<AUTH XOAUTH2 dXNlcj10b2tlbgFhdXRoPUJlYXJlciBzM2NyZXQBAQ==",
	    ">235 in\r\n", ENVELOPE, ".", ">250 ok\r\n", "z"),
	SMTP_PLAIN, "token", VERDICT_YES, 250, "ok", "AUTH PLAIN"},
};

START_TEST(the_door_is_shut_or_the_right_one)
{
	struct arena *arena = arena_new(0);
	struct fake fake;
	struct smtp_conf conf;
	struct sink *sink;
	struct Receipt *receipt;
	char heard[70000];

	fake_start(&fake, door_rows[_i].steps);
	conf = smtp_conf_for(&fake);
	conf.tls = door_rows[_i].tls;
	conf.user = door_rows[_i].user;
	conf.password = "secret";
	conf.token_command =
	    strcmp(conf.user, "token") == 0 ? "echo s3cret" : "";
	sink = smtp_open(&conf);
	receipt = send_one(sink, arena, mail_parcel(arena));
	fake_end(&fake, heard, sizeof heard);
	ck_assert_msg(receipt->verdict == door_rows[_i].verdict &&
			  receipt->code == door_rows[_i].code,
	    "%s: %u %s, heard %s", door_rows[_i].what, receipt->code,
	    receipt->text, heard);
	if (door_rows[_i].text[0] != '\0')
		ck_assert_str_eq(receipt->text, door_rows[_i].text);
	ck_assert_ptr_null(strstr(heard, door_rows[_i].unheard));
	ck_assert_ptr_null(strstr(heard, "[mismatch]"));
	sink_close(sink);
	arena_free(arena);
}
END_TEST

/* ---- certificates, with the openssl program as the relay ----------------- */

static pid_t
start_tls_server(const char *dir, unsigned port)
{
	char accept[40], cert[80], key[80];
	pid_t pid = fork();

	ck_assert_int_ge(pid, 0);
	if (pid > 0)
		return pid;
	snprintf(accept, sizeof accept, "127.0.0.1:%u", port);
	snprintf(cert, sizeof cert, "%s/cert", dir);
	snprintf(key, sizeof key, "%s/key", dir);
	execlp("openssl", "openssl", "s_server", "-quiet", "-accept", accept,
	    "-cert", cert, "-key", key, (char *)NULL);
	_exit(127);
}

static const struct {
	const char *what;
	const char *options; /* of openssl req */
	bool trusted;	     /* the certificate is its own authority */
	const char *text;    /* a part of the reason */
} certificates[] = {
    {"signed by nobody we know",
	"-subj /CN=127.0.0.1 -addext subjectAltName=IP:127.0.0.1", false,
	"certificate verification failed"},
    {"for another name",
	"-subj /CN=other.example -addext subjectAltName=DNS:other.example",
	true, "certificate"},
};

/* A port that was free a moment ago. */
static unsigned
free_port(void)
{
	struct fake fake;
	char heard[100];

	fake_start(&fake, STEPS("z"));
	fake_end(&fake, heard, sizeof heard);
	return fake.port;
}

START_TEST(a_wrong_certificate_is_no_relay)
{
	char dir[] = "door-XXXXXX", ca[80];
	struct arena *arena = arena_new(0);
	struct fake fake = {.port = free_port()};
	struct smtp_conf conf = smtp_conf_for(&fake);
	struct Receipt *receipt;
	char command[500];
	pid_t server;
	struct sink *sink;

	if (system("openssl version >/dev/null 2>&1") != 0) {
		fprintf(stderr, "skipped: there is no openssl program\n");
		arena_free(arena);
		return;
	}
	ck_assert_ptr_nonnull(mkdtemp(dir));
	snprintf(command, sizeof command,
	    "openssl req -x509 -newkey ec -pkeyopt "
	    "ec_paramgen_curve:prime256v1 -nodes %s -keyout %s/key "
	    "-out %s/cert 2>/dev/null",
	    certificates[_i].options, dir, dir);
	ck_assert_int_eq(system(command), 0);
	server = start_tls_server(dir, fake.port);
	usleep(300000);
	snprintf(ca, sizeof ca, "%s/cert", dir);
	conf.tls = SMTP_TLS;
	conf.timeout = 3000;
	if (certificates[_i].trusted)
		conf.ca_file = ca;
	sink = smtp_open(&conf);
	receipt = send_one(sink, arena, mail_parcel(arena));
	kill(server, SIGKILL);
	waitpid(server, NULL, 0);
	snprintf(command, sizeof command, "rm -r %s", dir);
	ck_assert_int_eq(system(command), 0);
	ck_assert_uint_eq(receipt->verdict, VERDICT_LATER);
	ck_assert_msg(strstr(receipt->text, certificates[_i].text) != NULL,
	    "%s: %s", certificates[_i].what, receipt->text);
	sink_close(sink);
	arena_free(arena);
}
END_TEST

/* ---- a real relay ---------------------------------------------------------
 */

START_TEST(postfix_takes_mail_over_tls_with_a_password)
{
	static const struct {
		const char *port;
		enum smtp_tls tls;
	} ways[] = {{"submission", SMTP_STARTTLS}, {"smtps", SMTP_TLS}};
	struct arena *arena = arena_new(0);
	struct Parcel *parcel = mail_parcel(arena);
	struct fake fake = {.port = stack_port(ways[_i].port)};
	struct smtp_conf conf = smtp_conf_for(&fake);
	struct sink *sink;

	if (fake.port == 0) {
		fprintf(stderr, "skipped: GATEPOST_TEST_STACK has no %s\n",
		    ways[_i].port);
		arena_free(arena);
		return;
	}
	conf.ca_file =
	    arena_print(arena, "%s/tls/ca.pem", getenv("GATEPOST_TEST_STACK"));
	conf.host = "localhost";
	conf.tls = ways[_i].tls;
	conf.user = "cust@peers.test";
	conf.password = "pw-cust";
	conf.timeout = 10000;
	sink = smtp_open(&conf);
	/* An account may write only as itself. */
	parcel->from = arena_copy_text(arena, "cust@peers.test");
	parcel->to = arena_copy_text(arena, "support@peers.test");
	for (int i = 0; i < 2; i++)
		ck_assert_uint_eq(
		    send_one(sink, arena, parcel)->verdict, VERDICT_YES);
	parcel->to = arena_copy_text(arena, "nobody@peers.test");
	ck_assert_uint_eq(
	    send_one(sink, arena, parcel)->verdict, VERDICT_NEVER);
	sink_close(sink);
	conf.password = "wrong";
	sink = smtp_open(&conf);
	ck_assert_uint_eq(
	    send_one(sink, arena, parcel)->verdict, VERDICT_LATER);
	sink_close(sink);
	arena_free(arena);
}
END_TEST

TCase *
door_cases(void)
{
	TCase *door = tcase_create("door");

	tcase_set_timeout(door, 30);
	tcase_add_loop_test(
	    door, the_door_is_shut_or_the_right_one, 0, LENGTH(door_rows));
	tcase_add_loop_test(
	    door, a_wrong_certificate_is_no_relay, 0, LENGTH(certificates));
	tcase_add_loop_test(
	    door, postfix_takes_mail_over_tls_with_a_password, 0, 2);
	return door;
}
