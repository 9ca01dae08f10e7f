/* check_dovecot: the IMAP source against a real server.
 *
 * GATEPOST_TEST_STACK names the folder of a stack that is up
 * (tests/stack/stack.sh): its ports, its authority, its accounts. Without it
 * there is nothing to test against, and the test is skipped. */
#include <check.h>
#include <stdarg.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <time.h>
#include <unistd.h>

#include "arena.h"
#include "log.h"
#include "mail_words.h"
#include "record.h"

#include "source.h"

#define SKIPPED 77 /* automake's word for it */

static const char *stack;
static unsigned imap_port, imaps_port, lmtp_port;
static char ca_file[300];

static bool
read_ports(void)
{
	char path[300], line[100];
	FILE *file;

	snprintf(path, sizeof path, "%s/ports", stack);
	snprintf(ca_file, sizeof ca_file, "%s/tls/ca.pem", stack);
	file = fopen(path, "r");
	if (file == NULL)
		return false;
	while (fgets(line, sizeof line, file) != NULL) {
		(void)sscanf(line, "IMAP=%u", &imap_port);
		(void)sscanf(line, "IMAPS=%u", &imaps_port);
		(void)sscanf(line, "LMTP=%u", &lmtp_port);
	}
	fclose(file);
	return imap_port != 0 && imaps_port != 0 && lmtp_port != 0;
}

static struct imap_conf
conf_for(const char *user, const char *password)
{
	return (struct imap_conf){.mailbox = "desk", .host = "localhost",
	    .port = imaps_port, .tls = true, .ca_file = ca_file,
	    .user = user, .password = password, .folder = "INBOX",
	    .after_folder = "Done", .mail_max = 1 << 20, .batch_count = 50,
	    .batch_octets = 8 << 20, .timeout = 5000, .idle = 60};
}

static void
shell(const char *format, ...)
{
	char command[1000];
	va_list args;

	va_start(args, format);
	(void)vsnprintf(command, sizeof command, format, args);
	va_end(args);
	ck_assert_msg(system(command) == 0, "failed: %s", command);
}

/* By LMTP, as a mail server would. */
static void
deliver(const char *user, const char *subject, int count)
{
	shell("for i in $(seq %d); do printf '"
	      "LHLO test\\r\\nMAIL FROM:<x@y.test>\\r\\n"
	      "RCPT TO:<%s>\\r\\nDATA\\r\\nFrom: x@y.test\\r\\n"
	      "Subject: %s\\r\\n\\r\\nbody\\r\\n.\\r\\nQUIT\\r\\n' | "
	      "curl -s --max-time 10 telnet://127.0.0.1:%u; done | "
	      "grep -c ' Saved' | grep -qx %d",
	    count, user, subject, lmtp_port, count);
}

static double
seconds(void)
{
	struct timespec now;

	clock_gettime(CLOCK_MONOTONIC, &now);
	return (double)now.tv_sec + (double)now.tv_nsec / 1e9;
}

static struct RawMail *
next_mail(struct source *source, struct arena *arena, double patience)
{
	double end = seconds() + patience;
	struct RawMail *mail;

	do {
		if (source_next(source, arena, 50, &mail) == SOURCE_MAIL)
			return mail;
	} while (seconds() < end);
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

/* Takes all that is there out of the mailbox. */
static void
empty(const char *user, const char *password)
{
	struct imap_conf conf = conf_for(user, password);
	struct arena *arena = arena_new(0);
	struct source *source;
	struct RawMail *mail;

	conf.after = AFTER_DELETE;
	source = imap_open(&conf, 0, 0);
	while ((mail = next_mail(source, arena, 1)) != NULL)
		settle(source, mail, OUTCOME_TICKET);
	source_close(source);
	arena_free(arena);
}

static int
count_in(const char *folder, const char *user, const char *password)
{
	struct imap_conf conf = conf_for(user, password);
	struct arena *arena = arena_new(0);
	struct source *source;
	int count = 0;

	conf.folder = folder;
	source = imap_open(&conf, 0, 0);
	while (next_mail(source, arena, 0.5) != NULL)
		count++;
	source_close(source);
	arena_free(arena);
	return count;
}

START_TEST(mails_come_over_tls_and_while_idling)
{
	struct imap_conf conf = conf_for("cust@peers.test", "pw-cust");
	struct arena *arena = arena_new(0);
	struct source *source;
	struct RawMail *mail;
	double start;

	empty("cust@peers.test", "pw-cust");
	source = imap_open(&conf, 0, 0);
	ck_assert_ptr_null(next_mail(source, arena, 0.5));
	deliver("cust@peers.test", "hello", 1);
	start = seconds();
	mail = next_mail(source, arena, 5);
	ck_assert_ptr_nonnull(mail);
	ck_assert_msg(seconds() - start < 2, "IDLE brings no news");
	ck_assert_uint_eq(mail->octets.len, mail->origin->size);
	ck_assert_ptr_nonnull(memmem(mail->octets.data, mail->octets.len,
	    "Subject: hello\r\n", 16));
	ck_assert_int_gt(mail->origin->received, 0);
	source_close(source);
	arena_free(arena);
}
END_TEST

START_TEST(what_is_done_is_moved_to_a_folder_that_is_made)
{
	struct imap_conf conf = conf_for("cust2@peers.test", "pw-cust2");
	struct arena *arena = arena_new(0);
	struct source *source;
	char folder[60];

	empty("cust2@peers.test", "pw-cust2");
	snprintf(folder, sizeof folder, "Done %ld", (long)getpid());
	conf.after = AFTER_MOVE;
	conf.after_folder = folder;
	deliver("cust2@peers.test", "one of three", 3);
	source = imap_open(&conf, 0, 0);
	for (int i = 0; i < 3; i++) {
		struct RawMail *mail = next_mail(source, arena, 5);

		ck_assert_ptr_nonnull(mail);
		settle(source, mail, i < 2 ? OUTCOME_TICKET : OUTCOME_HELD);
	}
	ck_assert_ptr_null(next_mail(source, arena, 1));
	ck_assert_int_eq(count_in("INBOX", conf.user, conf.password), 1);
	ck_assert_int_eq(count_in(folder, conf.user, conf.password), 2);
	source_close(source);
	arena_free(arena);
}
END_TEST

START_TEST(a_wrong_password_is_refused)
{
	struct imap_conf conf = conf_for("cust@peers.test", "wrong \"one\\");
	struct arena *arena = arena_new(0);
	struct source *source = imap_open(&conf, 0, 0);
	struct RawMail *mail;

	ck_assert_int_eq(
	    source_next(source, arena, 50, &mail), SOURCE_LATER);
	source_close(source);
	arena_free(arena);
}
END_TEST

/* A certificate that must not be believed, and what the log must say. */
static const struct {
	const char *host;
	bool own_ca; /* the stack's authority is trusted */
	const char *says;
} trust_rows[] = {
    {"wrong.localhost", true, "certificate of wrong.localhost"},
    {"localhost", false, "certificate of localhost"},
};

/* The server is refused, and the log says so. */
static void
expect_refusal(const struct imap_conf *conf, const char *says)
{
	struct arena *arena = arena_new(0);
	struct source *source;
	struct RawMail *mail;
	char text[4000] = "";
	FILE *log = tmpfile();

	ck_assert_ptr_nonnull(log);
	ck_assert_int_ge(dup2(fileno(log), STDERR_FILENO), 0);
	source = imap_open(conf, 0, 0);
	ck_assert_int_eq(
	    source_next(source, arena, 50, &mail), SOURCE_LATER);
	source_close(source);
	rewind(log);
	ck_assert_uint_gt(fread(text, 1, sizeof text - 1, log), 0);
	ck_assert_msg(strstr(text, says) != NULL, "%s", text);
	arena_free(arena);
}

START_TEST(a_certificate_that_is_not_to_be_trusted_is_refused)
{
	struct imap_conf conf = conf_for("cust@peers.test", "pw-cust");

	conf.host = trust_rows[_i].host;
	if (!trust_rows[_i].own_ca)
		conf.ca_file = "";
	expect_refusal(&conf, trust_rows[_i].says);
}
END_TEST

/* A server that vouches for itself, on a port that the test's own number
 * makes likely to be free. */
START_TEST(a_certificate_that_vouches_for_itself_is_refused)
{
	struct imap_conf conf = conf_for("cust@peers.test", "pw-cust");
	char folder[] = "check_dovecot.XXXXXX";

	ck_assert_ptr_nonnull(mkdtemp(folder));
	conf.port = 20000 + (unsigned)getpid() % 10000;
	conf.ca_file = "";
	shell("openssl req -x509 -newkey rsa:2048 -nodes -days 2 "
	      "-subj /CN=localhost -addext subjectAltName=DNS:localhost "
	      "-keyout %s/key -out %s/cert 2>/dev/null",
	    folder, folder);
	shell("timeout 5 openssl s_server -www -accept 127.0.0.1:%u "
	      "-cert %s/cert -key %s/key >%s/out 2>&1 </dev/null & sleep 1",
	    conf.port, folder, folder, folder);
	expect_refusal(&conf, "certificate of localhost");
	shell("rm -rf %s", folder);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("dovecot");
	TCase *dovecot = tcase_create("dovecot");
	SRunner *runner;
	int failed;

	stack = getenv("GATEPOST_TEST_STACK");
	if (stack == NULL || !read_ports()) {
		printf("check_dovecot: skipped; GATEPOST_TEST_STACK names no "
		       "stack that is up (tests/stack/stack.sh up DIR)\n");
		return SKIPPED;
	}
	tcase_set_timeout(dovecot, 60);
	tcase_add_test(dovecot, mails_come_over_tls_and_while_idling);
	tcase_add_test(
	    dovecot, what_is_done_is_moved_to_a_folder_that_is_made);
	tcase_add_test(dovecot, a_wrong_password_is_refused);
	tcase_add_loop_test(dovecot,
	    a_certificate_that_is_not_to_be_trusted_is_refused, 0,
	    (int)(sizeof trust_rows / sizeof *trust_rows));
	tcase_add_test(
	    dovecot, a_certificate_that_vouches_for_itself_is_refused);
	suite_add_tcase(suite, dovecot);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? 0 : 1;
}
