/* trouble: the real daemon and a mail that kills its reader; and a disk that
 * is full.
 *
 *	trouble BINARY
 *
 * The last line is like Check's. */
#include <errno.h>
#include <fcntl.h>
#include <sched.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mount.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "mail_words.h"
#include "when.h"

#include "judge.h"
#include "talk.h"
#include "yard.h"

#define PATIENCE 30000 /* milliseconds for anything that should happen */
#define AT_WORK	 2     /* hundredths of a second: in the midst of a mail */
#define FULL	 120   /* mails that do not fit on the disk */

static int failures;

static void
expect(bool good, const char *sentence)
{
	printf("%s: %s\n", good ? "ok" : "NOT OK", sentence);
	failures += !good;
}

/* ---- a mail that kills its reader --------------------------------------- */

/* A mail that takes a while: pages of tables, which only a parser of HTML can
 * read. */
static struct span
long_mail(struct arena *arena)
{
	struct buf out = buf_in(arena);

	buf_add_text(&out,
	    "From: Slow <slow@acme.example>\r\nTo: support@desk.example\r\n"
	    "Subject: slow\r\nMessage-ID: <slow@acme.example>\r\n"
	    "MIME-Version: 1.0\r\n"
	    "Content-Type: multipart/mixed; boundary=b\r\n\r\n");
	for (int part = 0; part < 4; part++) {
		buf_add_text(&out,
		    "--b\r\nContent-Type: text/html; charset=utf-8\r\n\r\n");
		for (int line = 0; line < 20000; line++)
			buf_add_text(&out,
			    "<table><tr><td><b>a</b> <i>b</i> "
			    "<font color=red>c</font></td></tr></table>\r\n");
	}
	buf_add_text(&out, "--b--\r\n");
	return buf_span(&out);
}

/* Hundredths of a second that the process has computed, not counting what the
 * system did for it; -1: it is gone. */
static long
time_of(pid_t pid)
{
	char path[64], stat[512];
	unsigned long used;
	FILE *file;
	char *end;
	size_t n;

	snprintf(path, sizeof path, "/proc/%d/stat", (int)pid);
	file = fopen(path, "r");
	if (file == NULL)
		return -1;
	n = fread(stat, 1, sizeof stat - 1, file);
	fclose(file);
	stat[n] = '\0';
	end = strrchr(stat, ')');
	if (end == NULL ||
	    sscanf(end + 1, " %*c %*d %*d %*d %*d %*d %*u %*u %*u %*u %*u %lu",
		&used) != 1)
		return -1;
	return (long)used;
}

/* Waits until parse is in the midst of a mail, and kills it there. */
static bool
kill_at_work(struct yard *yard)
{
	when end = when_now() + PATIENCE;
	pid_t parse = 0, known = 0;
	long idle = 0;

	while (when_now() < end) {
		long used;

		parse = yard_process(yard, PROCESS_PARSE);
		used = parse > 0 ? time_of(parse) : -1;
		if (parse != known) {
			known = parse;
			/* A fresh one has done nothing but begin. */
			idle = used > 0 ? used : 0;
		} else if (used - idle >= AT_WORK) {
			return kill(parse, SIGKILL) == 0;
		}
		yard_pause(1);
	}
	return false;
}

static bool
wait_for_log(struct yard *yard, const char *words)
{
	when end = when_now() + PATIENCE;

	while (yard_log(yard, words) == 0 && when_now() < end)
		yard_pause(10);
	return yard_log(yard, words) > 0;
}

static bool
wait_for_empty(struct yard *yard)
{
	struct arena *arena = arena_new(0);
	char *new = yard_path(yard, arena, "mail/new");
	when end = when_now() + PATIENCE;
	bool empty = false;

	while (!empty && when_now() < end) {
		yard_pause(20);
		empty = yard_files(new) == 0;
	}
	arena_free(arena);
	return empty;
}

static void
talk_once(struct yard *yard)
{
	struct talk talk;
	when end = when_now() + PATIENCE;

	talk_start(&talk, yard, 1);
	talk_open(&talk);
	while (talk_done(&talk) == 0 && when_now() < end) {
		talk_listen(&talk);
		yard_pause(5);
	}
	expect(talk_done(&talk) == 1,
	    "the next customer's ticket goes from open to closed");
	talk_end(&talk);
}

static void
try_poison(const char *binary)
{
	static const char died[] = "parse died reading uid";
	struct arena *arena = arena_new(0);
	struct yard yard;
	uint64_t uid;
	int hits = 0;

	yard_make(&yard, binary);
	yard_start(&yard);
	wait_for_log(&yard, "gatepost starts");
	yard_pause(300);
	yard_deliver(&yard, long_mail(arena), &uid);
	for (; hits < 2 && kill_at_work(&yard); hits++)
		if (!wait_for_log(&yard, hits == 0 ? "(1 times)"
						   : "(2 times)"))
			break;
	expect(hits == 2 && yard_log(&yard, died) == 2,
	    "parse was killed twice while it read one mail");
	expect(wait_for_empty(&yard), "the mail has its fate in the mailbox");
	talk_once(&yard);
	yard_stop(&yard);
	expect(judge_outcome(&yard, uid) == OUTCOME_UNPARSEABLE,
	    "the third time the mail was held unread");
	expect(yard_log(&yard, died) == 2, "and was not read again");
	expect(yard_processes(&yard) == 0, "no process is left");
	if (failures > 0)
		yard_show_log(&yard);
	yard_clear(&yard);
	arena_free(arena);
}

/* ---- a full disk -------------------------------------------------------- */

static bool
mount_small(const char *folder, const char *options, unsigned long flags)
{
	return mount("tmpfs", folder, "tmpfs", flags, options) == 0;
}

static void
deliver_many(struct yard *yard, uint64_t *uids)
{
	struct arena *arena = arena_new(0);

	for (int i = 0; i < FULL; i++) {
		struct buf out = buf_in(arena);

		buf_print(&out,
		    "From: Many <many%d@acme.example>\r\n"
		    "To: support@desk.example\r\nSubject: many %d\r\n"
		    "Message-ID: <many%d@acme.example>\r\n\r\n",
		    i, i, i);
		for (int line = 0; line < 6000; line++)
			buf_print(&out, "This is line %d of a long story.\r\n",
			    line);
		yard_deliver(yard, buf_span(&out), &uids[i]);
		arena_reset(arena);
	}
	arena_free(arena);
}

static void
try_full(const char *binary)
{
	struct arena *arena = arena_new(0);
	uint64_t uids[FULL];
	struct yard yard;
	size_t good = 0;
	char *state, *new;

	yard_make(&yard, binary);
	state = yard_path(&yard, arena, "state");
	new = yard_path(&yard, arena, "mail/new");
	/* The mount is this process's and its children's alone. */
	if (unshare(CLONE_NEWNS) < 0 ||
	    mount("none", "/", NULL, MS_REC | MS_PRIVATE, NULL) < 0 ||
	    !mount_small(state, "size=13m,mode=777", 0)) {
		printf("skipped, no mount for a small disk: %s\n",
		    strerror(errno));
		yard_clear(&yard);
		arena_free(arena);
		return;
	}
	yard_start(&yard);
	deliver_many(&yard, uids);
	expect(wait_for_log(&yard, "the disk is full"),
	    "a full disk is said in the log");
	yard_pause(500);
	expect(yard_files(new) > 0, "mails wait in the mailbox");
	expect(yard_process(&yard, PROCESS_CORE) > 0,
	    "the daemon waits as well");
	if (!mount_small(state, "size=200m,mode=777", MS_REMOUNT))
		yard_broken("remount: %s", strerror(errno));
	expect(wait_for_empty(&yard), "with room again it goes on");
	yard_stop(&yard);
	for (int i = 0; i < FULL; i++)
		good += judge_outcome(&yard, uids[i]) == OUTCOME_TICKET;
	printf("%zu of %d mails are tickets\n", good, FULL);
	expect(good == FULL, "nothing is lost");
	if (failures > 0)
		yard_show_log(&yard);
	umount(state);
	yard_clear(&yard);
	arena_free(arena);
}

int
main(int argc, char **argv)
{
	if (argc != 2) {
		fprintf(stderr, "usage: trouble BINARY\n");
		return 64;
	}
	try_poison(argv[1]);
	if (geteuid() == 0)
		try_full(argv[1]);
	else
		printf("skipped: only root can make a small disk\n");
	printf("%s: Checks: 2, Failures: %d, Errors: 0\n",
	    failures ? "0%" : "100%", failures > 0);
	if (geteuid() != 0)
		printf("Skipped: 1\n");
	return failures ? EXIT_FAILURE : EXIT_SUCCESS;
}
