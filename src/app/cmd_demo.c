#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "code.h"
#include "mail_words.h"
#include "record.h"
#include "utf8.h"
#include "when.h"

#include "mail_read.h"
#include "store.h"

#include "cmd.h"
#include "demo_mails.h"
#include "demo_out.h"
#include "house.h"
#include "texts.h"
#include "key_file.h"
#include "story.h"
#include "supervisor.h"

#define SETTLE_MOST 20000 /* milliseconds that one step may take */
#define WHO_WIDTH   26

static const char conf_text[] =
    "# The conf of gatepost demo: a Maildir in, a folder out, no server.\n"
    "desk: { name = \"Example Support\"; domain = \"desk.example\";\n"
    "  state_folder = \"%s/state\"; master_key_file = \"%s/master.key\";\n"
    "  template_folder = \"%s\"; log_level = \"warning\"; };\n"
    "mailboxes: ( { name = \"support\"; address = "
    "\"support@desk.example\";\n"
    "  kind = \"maildir\"; path = \"%s/mail\"; poll = \"20ms\";\n"
    "  authserv_ids = [ \"mx.desk.example\" ]; } );\n"
    "engineers: (\n"
    "  { name = \"anna\"; full_name = \"Anna Berger\";"
    " address = \"anna@desk.example\"; },\n"
    "  { name = \"bob\"; full_name = \"Bob Okafor\";"
    " address = \"bob@desk.example\"; } );\n"
    "services: ( { name = \"help\"; title = \"General help\";"
    " owners = [ \"anna\", \"bob\" ]; } );\n"
    "mail: { folder = \"%s/out\"; };\n"
    "sms: { enabled = true; countries = [ \"+49\" ]; };\n";

struct demo {
	struct arena *arena;
	const char *folder;
	struct house house;
	struct demo_out out;
	pid_t daemon;
	unsigned dropped;
};

/* ---- folders and files -------------------------------------------------- */

static char *
path_of(const struct demo *demo, const char *name)
{
	return arena_print(demo->arena, "%s/%s", demo->folder, name);
}

static int
write_file(const char *path, struct span octets)
{
	int fd = open(path, O_WRONLY | O_CREAT | O_EXCL | O_CLOEXEC, 0600);
	bool good = fd >= 0 &&
	    write(fd, octets.at, octets.len) == (ssize_t)octets.len;

	if (!good)
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
	if (fd >= 0)
		close(fd);
	return good ? EX_OK : EX_CANTCREAT;
}

static int
lay_out(struct demo *demo)
{
	static const char *const folders[] = {
	    "mail", "mail/new", "mail/cur", "mail/tmp", "out"};
	const char *f = demo->folder;
	int code;

	for (size_t i = 0; i < sizeof folders / sizeof *folders; i++) {
		if (mkdir(path_of(demo, folders[i]), 0700) < 0) {
			fprintf(stderr, "%s: %s\n",
			    path_of(demo, folders[i]), strerror(errno));
			return EX_CANTCREAT;
		}
	}
	code = key_file_new(path_of(demo, "master.key"));
	if (code != EX_OK)
		return code;
	return write_file(path_of(demo, "gatepost.conf"),
	    span_of(arena_print(demo->arena, conf_text, f, f,
		texts_folder(NULL), f, f)));
}

/* ---- mail in ------------------------------------------------------------ */

/* Delivered as an MTA does: written in tmp/, moved to new/. */
static int
drop_mail(struct demo *demo, const struct demo_mail *mail,
    const struct demo_answered *answered)
{
	when now = when_now();
	char *name = arena_print(demo->arena, "%lld.%u.%s",
	    (long long)(now / 1000), ++demo->dropped, mail->name);
	char *tmp = path_of(demo, arena_print(demo->arena, "mail/tmp/%s", name));
	char *new = path_of(demo, arena_print(demo->arena, "mail/new/%s", name));

	printf("  %s%*s %s\n", mail->who,
	    (int)(WHO_WIDTH - utf8_length(span_of(mail->who))), "",
	    mail->what);
	fflush(stdout);
	if (write_file(tmp, demo_fill(demo->arena, mail, answered, now)) !=
		EX_OK ||
	    rename(tmp, new) < 0)
		return EX_CANTCREAT;
	return EX_OK;
}

/* ---- what the desk has come to ------------------------------------------ */

struct settled {
	struct arena *arena;
	size_t mails;	/* in the audit or the ledger: mails that were taken */
	size_t waiting; /* notices that are not final */
};

static int
settled_fn(struct store_txn *txn, void *arg)
{
	struct settled *s = arg;
	struct Outbox *row;
	uint64_t after = 0;

	s->waiting = 0;
	while (store_outbox_next(txn, s->arena, 0, after, &row) == 1) {
		after = row->id;
		s->waiting += row->status == OUTBOX_QUEUED ||
		    row->status == OUTBOX_SENDING;
	}
	return 0;
}

static bool
is_empty(const char *path)
{
	DIR *dir = opendir(path);
	struct dirent *entry;
	bool empty = true;

	while (dir != NULL && empty && (entry = readdir(dir)) != NULL)
		empty = entry->d_name[0] == '.';
	if (dir != NULL)
		closedir(dir);
	return empty;
}

/* Waits until every mail has its fate and every notice its end. */
static int
wait_settled(struct demo *demo)
{
	struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};
	struct arena *arena = arena_new(0);
	int code = EX_TEMPFAIL;

	for (int waited = 0; waited < SETTLE_MOST; waited += 10) {
		struct settled s = {.arena = arena};

		if (waitpid(demo->daemon, NULL, WNOHANG) == demo->daemon) {
			demo->daemon = 0;
			fprintf(stderr, "the desk has stopped\n");
			break;
		}
		arena_reset(arena);
		if (is_empty(path_of(demo, "mail/new")) &&
		    store_read(demo->house.store, settled_fn, &s) ==
			STORE_OK &&
		    s.waiting == 0) {
			code = EX_OK;
			break;
		}
		nanosleep(&pause, NULL);
	}
	arena_free(arena);
	if (code != EX_OK && demo->daemon != 0)
		fprintf(stderr, "the desk did not come to rest in %d s\n",
		    SETTLE_MOST / 1000);
	return code;
}

/* ---- the play ----------------------------------------------------------- */

static int
act(struct demo *demo, const struct demo_mail *mail, const char *answers)
{
	struct demo_answered answered;
	int code;

	if (!demo_out_answered(&demo->out, answers, &answered))
		return EX_SOFTWARE;
	answered.code = demo_out_code(&demo->out);
	code = drop_mail(demo, mail, &answered);
	if (code == EX_OK)
		code = wait_settled(demo);
	if (code == EX_OK)
		demo_out_show(&demo->out);
	return code;
}

static int
play(struct demo *demo)
{
	static const struct {
		const struct demo_mail *mail;
		const char *answers;
	} acts[] = {
	    {&demo_mobile, "gw@weiss.example"},
	    {&demo_code, "gw@weiss.example"},
	    {&demo_bounce, "hanako@tanaka.example"},
	    {&demo_vacation, "gw@weiss.example"},
	};
	static const struct {
		const struct demo_mail *mail;
		const char *answers;
	} talk[] = {
	    {&demo_follow, "zoe@acme.example"},
	    {&demo_resolve, "anna@desk.example"},
	    {&demo_yes, "zoe@acme.example"},
	};
	int code = EX_OK;

	for (const struct demo_mail *m = demo_firsts; m->name != NULL; m++) {
		code = drop_mail(demo, m, NULL);
		if (code == EX_OK)
			code = wait_settled(demo);
		if (code != EX_OK)
			return code;
		demo_out_show(&demo->out);
		/* Anna answers the newest mail that she has: Zoë's. */
		if (m == demo_firsts)
			code = act(demo, &demo_answer, "anna@desk.example");
		if (code != EX_OK)
			return code;
	}
	for (size_t i = 0; i < sizeof acts / sizeof *acts; i++)
		if (code == EX_OK)
			code = act(demo, acts[i].mail, acts[i].answers);
	for (size_t i = 0; i < sizeof talk / sizeof *talk; i++)
		if (code == EX_OK)
			code = act(demo, talk[i].mail, talk[i].answers);
	return code;
}

/* ---- the stage ---------------------------------------------------------- */

static int
start_daemon(struct demo *demo)
{
	char *conf = path_of(demo, "gatepost.conf");
	struct timespec pause = {.tv_nsec = 10 * 1000 * 1000};
	int code;

	fflush(stdout);
	demo->daemon = fork();
	if (demo->daemon < 0)
		return EX_OSERR;
	if (demo->daemon == 0)
		_exit(supervisor_run(conf));
	code = house_open(&demo->house, conf);
	if (code != EX_OK)
		return code;
	demo->out = (struct demo_out){
	    demo->arena, path_of(demo, "out"), demo->house.quotes, 0};
	for (int i = 0; i < 500; i++) {
		if (access(path_of(demo, "state/keyring"), F_OK) == 0)
			break;
		if (waitpid(demo->daemon, &code, WNOHANG) == demo->daemon) {
			demo->daemon = 0;
			return WEXITSTATUS(code);
		}
		nanosleep(&pause, NULL);
	}
	code = house_key(&demo->house);
	return code == EX_OK ? house_store(&demo->house, false) : code;
}

static void
stop_daemon(struct demo *demo)
{
	if (demo->daemon > 0) {
		kill(demo->daemon, SIGTERM);
		waitpid(demo->daemon, NULL, 0);
	}
	demo->daemon = 0;
}

static void
say_where(const struct demo *demo, const char *self)
{
	const char *f = demo->folder;

	printf("\nLook at it yourself, all of it is in %s:\n"
	       "  out/                the mails and SMS that went out; open "
	       "an .eml in any mail program\n"
	       "  mail/               the Maildir that was read\n"
	       "  %s -c %s/gatepost.conf show 1\n"
	       "  %s -c %s/gatepost.conf explain %s/mail/cur/*\n",
	    f, self, f, self, f, f);
	printf("\nWith a real mailbox, once it is installed (make -C build "
	       "install; see README.md):\n"
	       "  gatepost init /etc/gatepost    makes a first conf and its "
	       "keys\n"
	       "  then say in its mailboxes.conf where your mailbox is, in "
	       "notices.conf where your relay is,\n"
	       "  try it with  gatepost check,  and start  gatepost run\n");
}

static int
run_demo(struct demo *demo)
{
	struct cmd_line list = {
	    .conf_path = path_of(demo, "gatepost.conf")};
	char *one[] = {arena_copy_text(demo->arena, "1")};
	struct cmd_line show = {
	    .conf_path = list.conf_path, .argc = 1, .argv = one};
	int code = lay_out(demo);

	if (code != EX_OK)
		return code;
	printf("Gatepost reads a Maildir and sends into a folder, both in "
	       "%s.\n\nWhat comes in, and what goes out for it:\n",
	    demo->folder);
	code = start_daemon(demo);
	if (code == EX_OK)
		code = play(demo);
	stop_daemon(demo);
	house_close(&demo->house);
	if (code != EX_OK)
		return code;
	printf("\nThe tickets (gatepost list):\n\n");
	code = cmd_list(&list);
	printf("\nThe story of the first (gatepost show 1):\n\n");
	if (code == EX_OK)
		code = cmd_show(&show);
	return code;
}

int
cmd_demo(const struct cmd_line *line)
{
	struct demo demo = {.arena = arena_new(0)};
	const char *tmp = getenv("TMPDIR");
	char *made = arena_print(demo.arena, "%s/gatepost-demo-XXXXXX",
	    tmp != NULL && tmp[0] != '\0' ? tmp : "/tmp");
	int code;

	if (line->argc > 1)
		return cmd_usage("demo");
	demo.folder = line->argc == 1 ? line->argv[0] : mkdtemp(made);
	if (demo.folder == NULL ||
	    (line->argc == 1 && mkdir(demo.folder, 0700) < 0 &&
		errno != EEXIST)) {
		fprintf(stderr, "%s: %s\n",
		    line->argc == 1 ? line->argv[0] : made, strerror(errno));
		code = EX_CANTCREAT;
	} else {
		code = run_demo(&demo);
		if (code == EX_OK)
			say_where(&demo, program_invocation_name);
	}
	arena_free(demo.arena);
	return code;
}
