#include <errno.h>
#include <fcntl.h>
#include <pwd.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/mman.h>
#include <sys/socket.h>
#include <sys/stat.h>
#include <sys/un.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "log.h"
#include "when.h"

#include "pipeline.h"
#include "supervisor.h"

#define STOP_WAIT    12000 /* milliseconds for a pipeline to end by itself */
#define PAUSE_FIRST  20	   /* milliseconds before a new start */
#define PAUSE_MOST   30000
#define CALM	     (10 * WHEN_SECOND) /* a life this long forgets failures */

struct supervisor {
	const char *conf_path;
	struct house house;
	struct pipeline pipeline;
	int pause;
	when started;
};

/* What the wait came to. */
enum wish {
	WISH_STOP,
	WISH_RELOAD,
	WISH_RESTART,
	WISH_FAIL, /* stop, with `code` */
};

/* ---- the outside -------------------------------------------------------- */

/* A line to systemd (sd_notify's protocol), when it listens. */
static void
notify(const char *line)
{
	const char *path = getenv("NOTIFY_SOCKET");
	struct sockaddr_un address = {.sun_family = AF_UNIX};
	int fd;

	if (path == NULL || strlen(path) >= sizeof address.sun_path)
		return;
	memcpy(address.sun_path, path, strlen(path));
	if (address.sun_path[0] == '@')
		address.sun_path[0] = '\0';
	fd = socket(AF_UNIX, SOCK_DGRAM | SOCK_CLOEXEC, 0);
	if (fd < 0)
		return;
	if (sendto(fd, line, strlen(line), MSG_NOSIGNAL,
		(struct sockaddr *)&address,
		(socklen_t)(offsetof(struct sockaddr_un, sun_path) +
		    strlen(path))) < 0)
		log_debug("systemd does not take \"%s\"", line);
	close(fd);
}

static void
give_to_user(const char *path, const char *user)
{
	struct passwd *pw;

	if (geteuid() != 0 || user[0] == '\0' ||
	    (pw = getpwnam(user)) == NULL)
		return;
	if (chown(path, pw->pw_uid, pw->pw_gid) < 0)
		log_warn("%s: %s", path, strerror(errno));
}

/* The state folder and the nudge: a FIFO that any subcommand of the same user
 * can write an octet to. */
static int
open_state(struct supervisor *s)
{
	const struct conf *conf = s->house.conf;
	char *path = house_path(&s->house, "nudge");

	if (mkdir(conf->state_folder, 0700) < 0 && errno != EEXIST) {
		fprintf(stderr, "%s: %s; make what it lies in, or name "
				"another folder in state_folder\n",
		    conf->state_folder, strerror(errno));
		return EX_CANTCREAT;
	}
	give_to_user(conf->state_folder, conf->user);
	if (mkfifo(path, 0600) < 0 && errno != EEXIST) {
		fprintf(stderr, "%s: %s; state_folder has to be a folder that "
				"gatepost can write to\n",
		    path, strerror(errno));
		return EX_CANTCREAT;
	}
	give_to_user(path, conf->user);
	/* Open for both, so that it never ends while nobody writes. */
	s->pipeline.nudge = open(path, O_RDWR | O_NONBLOCK | O_CLOEXEC);
	if (s->pipeline.nudge < 0) {
		fprintf(stderr, "%s: %s\n", path, strerror(errno));
		return EX_CANTCREAT;
	}
	return EX_OK;
}

/* ---- deaths ------------------------------------------------------------- */

/* Which mail was being read when parse died. */
static void
note_suspect(struct pipeline *pipeline)
{
	const struct parse_suspect *now = &pipeline->note->now;
	struct parse_suspect *at = NULL;

	if (now->mailbox[0] == '\0')
		return;
	for (size_t i = 0; i < pipeline->suspect_count; i++) {
		struct parse_suspect *s = &pipeline->suspects[i];

		if (s->uid == now->uid && s->uidvalidity == now->uidvalidity &&
		    strcmp(s->mailbox, now->mailbox) == 0)
			at = s;
	}
	if (at == NULL) {
		if (pipeline->suspect_count == PARSE_SUSPECTS) {
			memmove(pipeline->suspects, pipeline->suspects + 1,
			    (PARSE_SUSPECTS - 1) * sizeof *at);
			pipeline->suspect_count--;
		}
		at = &pipeline->suspects[pipeline->suspect_count++];
		*at = *now;
		at->deaths = 0;
	}
	at->deaths++;
	log_warn("parse died reading uid %llu of mailbox %s (%u times)%s",
	    (unsigned long long)at->uid, at->mailbox, at->deaths,
	    at->deaths >= 2 ? "; it will be held unread" : "");
}

/* A process has ended. What follows from that. */
static bool
is_fatal(const struct stage_process *process, int status)
{
	if (!WIFEXITED(status))
		return false;
	/* Wrong for good; or a store that cannot be trusted or opened. */
	return WEXITSTATUS(status) == EX_CONFIG ||
	    WEXITSTATUS(status) == EX_NOUSER ||
	    WEXITSTATUS(status) == EX_NOPERM ||
	    (process->stage == STAGE_CORE && WEXITSTATUS(status) != EX_OK);
}

static void
log_death(const struct supervisor *s, const struct stage_process *process,
    int status)
{
	const char *name = pipeline_name(&s->pipeline, process);

	if (WIFSIGNALED(status))
		log_warn("%s was ended by signal %d; starting anew", name,
		    WTERMSIG(status));
	else if (is_fatal(process, status))
		log_error("%s cannot work (code %d); stopping", name,
		    WEXITSTATUS(status));
	else if (WEXITSTATUS(status) != EX_OK)
		log_warn("%s ended with code %d; starting anew", name,
		    WEXITSTATUS(status));
}

/* Whether the pipeline is still whole. All deaths are looked at: one that is
 * fatal makes the others end well, and may be told of after them. */
static bool
look_at_deaths(struct supervisor *s, enum wish *wish, int *code)
{
	bool whole = true;
	int status;
	pid_t pid;

	while ((pid = waitpid(-1, &status, WNOHANG)) > 0) {
		struct stage_process *process =
		    pipeline_find(&s->pipeline, pid);

		if (process == NULL)
			continue;
		process->pid = 0;
		if (process->stage == STAGE_PARSE && WIFEXITED(status) &&
		    WEXITSTATUS(status) == EX_OK &&
		    pipeline_replace_parse(&s->pipeline) == EX_OK)
			continue;
		log_death(s, process, status);
		if (process->stage == STAGE_PARSE)
			note_suspect(&s->pipeline);
		if (whole)
			*wish = WISH_RESTART;
		whole = false;
		if (is_fatal(process, status)) {
			*wish = WISH_FAIL;
			*code = WEXITSTATUS(status);
		}
	}
	return whole;
}

/* ---- waiting ------------------------------------------------------------ */

static void
block_signals(sigset_t *signals)
{
	sigemptyset(signals);
	sigaddset(signals, SIGCHLD);
	sigaddset(signals, SIGTERM);
	sigaddset(signals, SIGINT);
	sigaddset(signals, SIGHUP);
	sigprocmask(SIG_BLOCK, signals, NULL);
}

static enum wish
wait_for_wish(struct supervisor *s, const sigset_t *signals, int *code)
{
	struct timespec second = {.tv_sec = 1};
	enum wish wish = WISH_STOP;

	while (look_at_deaths(s, &wish, code)) {
		switch (sigtimedwait(signals, NULL, &second)) {
		case SIGTERM:
		case SIGINT:
			return WISH_STOP;
		case SIGHUP:
			return WISH_RELOAD;
		default:
			notify("WATCHDOG=1");
			break;
		}
	}
	return wish;
}

/* A pause that grows while lives are short; false when told to stop. */
static bool
pause_before_start(struct supervisor *s, const sigset_t *signals)
{
	struct timespec pause;
	int number;

	if (when_now() - s->started > CALM)
		s->pause = PAUSE_FIRST;
	pause.tv_sec = s->pause / 1000;
	pause.tv_nsec = s->pause % 1000 * 1000000L;
	s->pause = s->pause * 2 < PAUSE_MOST ? s->pause * 2 : PAUSE_MOST;
	do {
		number = sigtimedwait(signals, NULL, &pause);
	} while (number == SIGCHLD || number == SIGHUP);
	return number != SIGTERM && number != SIGINT;
}

static void
reload(struct supervisor *s)
{
	struct house fresh;

	notify("RELOADING=1");
	if (house_open(&fresh, s->conf_path) == EX_OK) {
		pipeline_stop(&s->pipeline, STOP_WAIT);
		house_close(&s->house);
		s->house = fresh;
		log_note("conf read anew");
	} else {
		log_error("the new conf is wrong; going on with the old one");
		house_close(&fresh);
		notify("READY=1");
	}
}

/* ---- a life ------------------------------------------------------------- */

static int
supervise(struct supervisor *s, const sigset_t *signals)
{
	int code = EX_OK;

	for (;;) {
		/* After a stop of whatever reason nothing of it runs. */
		if (s->pipeline.processes[0].pid == 0) {
			s->started = when_now();
			code = pipeline_start(&s->pipeline);
			if (code != EX_OK)
				return code;
			if (pipeline_await(&s->pipeline))
				notify("READY=1");
		}
		switch (wait_for_wish(s, signals, &code)) {
		case WISH_STOP:
			notify("STOPPING=1");
			pipeline_stop(&s->pipeline, STOP_WAIT);
			return EX_OK;
		case WISH_FAIL:
			pipeline_stop(&s->pipeline, STOP_WAIT);
			return code;
		case WISH_RELOAD:
			reload(s);
			break;
		case WISH_RESTART:
			pipeline_stop(&s->pipeline, 0);
			if (!pause_before_start(s, signals))
				return EX_OK;
			break;
		}
	}
}

int
supervisor_run(const char *conf_path)
{
	struct supervisor s = {.conf_path = conf_path, .pause = PAUSE_FIRST};
	sigset_t signals;
	int code = house_open(&s.house, conf_path);

	if (code != EX_OK) {
		house_close(&s.house);
		return code;
	}
	s.pipeline.house = &s.house;
	s.pipeline.note = mmap(NULL, sizeof *s.pipeline.note,
	    PROT_READ | PROT_WRITE, MAP_SHARED | MAP_ANONYMOUS, -1, 0);
	if (s.pipeline.note == MAP_FAILED)
		code = EX_OSERR;
	if (code == EX_OK)
		code = open_state(&s);
	block_signals(&signals);
	if (code == EX_OK) {
		log_note("gatepost starts with %zu mailboxes",
		    s.house.conf->people.door_count);
		code = supervise(&s, &signals);
		close(s.pipeline.nudge);
		log_note("gatepost ends");
	}
	house_close(&s.house);
	return code;
}
