#include <errno.h>
#include <grp.h>
#include <poll.h>
#include <pwd.h>
#include <signal.h>
#include <stdio.h>
#include <string.h>
#include <sys/prctl.h>
#include <sys/resource.h>
#include <sys/wait.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "arena.h"
#include "log.h"
#include "pipe.h"

#include "sink.h"
#include "source.h"

#include "core.h"
#include "fetch.h"
#include "parse.h"
#include "send.h"
#include "stop.h"

#include "pipeline.h"
#include "sandbox.h"

#define PARSE_MAILS   50000 /* after which the process is replaced */
#define PARSE_SECONDS 5	    /* of processor time for one mail */

/* Every pipe of one pipeline: [0] is read, [1] written. */
struct pipes {
	int raw_mails[PIPELINE_DOORS][2];
	int fates[PIPELINE_DOORS][2];
	int mails[2];
	int parcels[2];
	int receipts[2];
	int ready[2]; /* an octet, once core has the store */
	size_t doors;
};

static int
open_pipes(struct pipes *pipes, size_t doors)
{
	int failed = 0;

	memset(pipes, -1, sizeof *pipes);
	pipes->doors = doors;
	for (size_t i = 0; i < doors; i++) {
		failed |= pipe_open(pipes->raw_mails[i]);
		failed |= pipe_open(pipes->fates[i]);
	}
	failed |= pipe_open(pipes->mails);
	failed |= pipe_open(pipes->parcels);
	failed |= pipe_open(pipes->receipts);
	failed |= pipe_open(pipes->ready);
	return failed;
}

static void
close_end(int *fd)
{
	if (*fd >= 0)
		close(*fd);
	*fd = -1;
}

static void
close_pipes(struct pipes *pipes)
{
	for (size_t i = 0; i < pipes->doors; i++) {
		for (int end = 0; end < 2; end++) {
			close_end(&pipes->raw_mails[i][end]);
			close_end(&pipes->fates[i][end]);
		}
	}
	for (int end = 0; end < 2; end++) {
		close_end(&pipes->mails[end]);
		close_end(&pipes->parcels[end]);
		close_end(&pipes->receipts[end]);
		close_end(&pipes->ready[end]);
	}
}

/* An end that the calling stage keeps: taken out of what is closed. */
static int
keep(int *fd)
{
	int kept = *fd;

	*fd = -1;
	return kept;
}

/* ---- what every child does first ---------------------------------------- */

/* A child lives no longer than its supervisor, in whichever way that ends, and
 * nobody of its own user looks into it. */
static void
end_with_supervisor(const struct pipeline *pipeline)
{
	prctl(PR_SET_PDEATHSIG, SIGKILL);
	prctl(PR_SET_DUMPABLE, 0);
	/* It may have ended just before. */
	if (getppid() != pipeline->supervisor)
		_exit(EX_TEMPFAIL);
}

static int
drop_privileges(const struct pipeline *pipeline)
{
	const char *user = pipeline->house->conf->user;
	struct passwd *pw;

	if (geteuid() != 0 || user[0] == '\0')
		return EX_OK;
	pw = getpwnam(user);
	if (pw == NULL) {
		log_error("user \"%s\" of the conf does not exist", user);
		return EX_NOUSER;
	}
	if (initgroups(user, pw->pw_gid) < 0 || setgid(pw->pw_gid) < 0 ||
	    setuid(pw->pw_uid) < 0) {
		log_error("cannot become user \"%s\": %s", user,
		    strerror(errno));
		return EX_NOPERM;
	}
	/* To become somebody else takes the wish back (prctl(2)). */
	end_with_supervisor(pipeline);
	return EX_OK;
}

/* A child ends with its supervisor, leaves no core file, and takes its
 * signals itself. */
static void
settle_in(const struct pipeline *pipeline, const char *name)
{
	struct rlimit none = {0, 0};
	sigset_t signals;

	end_with_supervisor(pipeline);
	prctl(PR_SET_NAME, name);
	setrlimit(RLIMIT_CORE, &none);
	log_name(name);
	stop_on_signals();
	sigemptyset(&signals);
	sigprocmask(SIG_SETMASK, &signals, NULL);
}

/* ---- the stages --------------------------------------------------------- */

static int
run_core(struct pipeline *pipeline, struct pipes *pipes)
{
	struct house *house = pipeline->house;
	int fates[PIPELINE_DOORS];
	int ready = keep(&pipes->ready[1]);
	struct core_pipes ends = {.mails = keep(&pipes->mails[0]),
	    .receipts = keep(&pipes->receipts[0]),
	    .parcels = keep(&pipes->parcels[1]),
	    .nudge = pipeline->nudge,
	    .fates = fates};
	int code;

	for (size_t i = 0; i < pipes->doors; i++)
		fates[i] = keep(&pipes->fates[i][1]);
	close_pipes(pipes);
	code = house_key(house);
	if (code == EX_OK)
		code = drop_privileges(pipeline);
	if (code == EX_OK)
		code = house_store(house, true);
	/* A supervisor that is gone takes this process with it. */
	if (code == EX_OK && write(ready, "r", 1) < 0)
		code = EX_OSERR;
	close_end(&ready);
	if (code == EX_OK)
		code = core_run(&house->core, house->store, &ends);
	house_close(house);
	return code;
}

/* The sinks of the conf; `sms_r` is NULL when no SMS is sent. */
static int
open_sinks(
    const struct conf *conf, struct sink **mail_r, struct sink **sms_r)
{
	const char *why = "";

	*sms_r = NULL;
	*mail_r = conf->mail_to_folder ? sink_folder(&conf->folder, &why)
				       : sink_smtp(&conf->smtp, &why);
	if (*mail_r == NULL) {
		log_error("notices: %s", why);
		return EX_CONFIG;
	}
	if (conf->mail_to_folder) {
		*sms_r = *mail_r;
		return EX_OK;
	}
	if (!conf->sms_enabled)
		return EX_OK;
	*sms_r = sink_sms(&conf->sms, &why);
	if (*sms_r == NULL) {
		log_error("sms: %s", why);
		return EX_CONFIG;
	}
	return EX_OK;
}

static int
run_send(struct pipeline *pipeline, struct pipes *pipes)
{
	const struct conf *conf = pipeline->house->conf;
	int parcels = keep(&pipes->parcels[0]);
	int receipts = keep(&pipes->receipts[1]);
	struct sink *mail = NULL, *sms = NULL;
	int code;

	close_pipes(pipes);
	code = drop_privileges(pipeline);
	/* It ends when core does, after the last receipt, and not before. */
	signal(SIGTERM, SIG_IGN);
	signal(SIGINT, SIG_IGN);
	if (code == EX_OK)
		code = open_sinks(conf, &mail, &sms);
	if (code == EX_OK)
		code = send_run(mail, sms, parcels, receipts);
	if (sms != mail)
		sink_close(sms);
	sink_close(mail);
	return code;
}

static int
run_parse(struct pipeline *pipeline)
{
	struct house *house = pipeline->house;
	struct parse_conf conf = {.limits = &house->conf->limits,
	    .quotes = house->quotes,
	    .mails_most = PARSE_MAILS,
	    .seconds_most = PARSE_SECONDS,
	    .suspects = pipeline->suspects,
	    .suspect_count = pipeline->suspect_count,
	    .note = pipeline->note};
	int code = drop_privileges(pipeline);

	signal(SIGINT, SIG_IGN); /* it ends with its pipes */
	if (code == EX_OK)
		code = sandbox_parse();
	if (code == EX_OK)
		code = parse_run(&conf, pipeline->raw_mails,
		    house->conf->people.door_count, pipeline->mails);
	return code;
}

static struct source *
open_imap(const void *conf, uint32_t uidvalidity, uint64_t position)
{
	return imap_open(conf, uidvalidity, position);
}

static struct source *
open_maildir(const void *conf, uint32_t uidvalidity, uint64_t position)
{
	(void)uidvalidity;
	(void)position;
	return maildir_open(conf);
}

static int
run_fetch(struct pipeline *pipeline, struct pipes *pipes, size_t door)
{
	const struct conf *conf = pipeline->house->conf;
	const struct conf_mailbox *mailbox = &conf->mailboxes[door];
	int raw_mails = keep(&pipes->raw_mails[door][1]);
	int fates = keep(&pipes->fates[door][0]);
	int code;

	close_pipes(pipes);
	code = drop_privileges(pipeline);
	if (code != EX_OK)
		return code;
	if (mailbox->kind == MAILBOX_MAILDIR)
		return fetch_run(open_maildir, &mailbox->maildir,
		    mailbox->door.name, raw_mails, fates);
	return fetch_run(open_imap, &mailbox->imap, mailbox->door.name,
	    raw_mails, fates);
}

/* ---- forking ------------------------------------------------------------ */

const char *
pipeline_name(
    const struct pipeline *pipeline, const struct stage_process *process)
{
	switch (process->stage) {
	case STAGE_CORE:
		return "core";
	case STAGE_SEND:
		return "send";
	case STAGE_PARSE:
		return "parse";
	case STAGE_FETCH:
		return arena_print(pipeline->house->arena, "fetch %s",
		    pipeline->house->conf->people.doors[process->door].name);
	}
	return "?";
}

static int
run_stage(struct pipeline *pipeline, struct stage_process *process,
    struct pipes *pipes)
{
	switch (process->stage) {
	case STAGE_CORE:
		return run_core(pipeline, pipes);
	case STAGE_SEND:
		return run_send(pipeline, pipes);
	case STAGE_PARSE:
		if (pipes != NULL) {
			pipeline->mails = keep(&pipes->mails[1]);
			for (size_t i = 0; i < pipes->doors; i++)
				pipeline->raw_mails[i] =
				    keep(&pipes->raw_mails[i][0]);
			close_pipes(pipes);
		}
		return run_parse(pipeline);
	case STAGE_FETCH:
		return run_fetch(pipeline, pipes, process->door);
	}
	return EX_SOFTWARE;
}

static int
fork_stage(struct pipeline *pipeline, struct stage_process *process,
    struct pipes *pipes)
{
	const char *name = pipeline_name(pipeline, process);
	pid_t pid;

	pipeline->supervisor = getpid();
	pid = fork();
	if (pid < 0) {
		log_error("cannot fork: %s", strerror(errno));
		return EX_OSERR;
	}
	if (pid == 0) {
		settle_in(pipeline, name);
		_exit(run_stage(pipeline, process, pipes));
	}
	process->pid = pid;
	return EX_OK;
}

static void
plan_processes(struct pipeline *pipeline)
{
	static const enum stage fixed[] = {
	    STAGE_CORE, STAGE_SEND, STAGE_PARSE};
	size_t count = 0;

	memset(pipeline->processes, 0, sizeof pipeline->processes);
	for (size_t i = 0; i < sizeof fixed / sizeof *fixed; i++)
		pipeline->processes[count++].stage = fixed[i];
	for (size_t i = 0; i < pipeline->house->conf->people.door_count; i++) {
		pipeline->processes[count].stage = STAGE_FETCH;
		pipeline->processes[count++].door = i;
	}
	pipeline->process_count = count;
}

int
pipeline_start(struct pipeline *pipeline)
{
	size_t doors = pipeline->house->conf->people.door_count;
	struct pipes pipes;
	int code = EX_OK;

	if (open_pipes(&pipes, doors) != 0) {
		log_error("cannot make pipes: %s", strerror(errno));
		close_pipes(&pipes);
		return EX_OSERR;
	}
	plan_processes(pipeline);
	memset(pipeline->note, 0, sizeof *pipeline->note);
	for (size_t i = 0; i < pipeline->process_count && code == EX_OK; i++)
		code = fork_stage(pipeline, &pipeline->processes[i], &pipes);
	pipeline->mails = keep(&pipes.mails[1]);
	pipeline->ready = keep(&pipes.ready[0]);
	for (size_t i = 0; i < doors; i++)
		pipeline->raw_mails[i] = keep(&pipes.raw_mails[i][0]);
	close_pipes(&pipes);
	if (code != EX_OK)
		pipeline_stop(pipeline, 0);
	return code;
}

bool
pipeline_await(struct pipeline *pipeline)
{
	struct pollfd p = {.fd = pipeline->ready, .events = POLLIN};
	sigset_t pending;
	bool ready = false;
	char octet;

	do {
		if (poll(&p, 1, 100) > 0) {
			ready = read(p.fd, &octet, 1) == 1;
			break;
		}
		sigpending(&pending);
	} while (!sigismember(&pending, SIGTERM) &&
	    !sigismember(&pending, SIGINT));
	close_end(&pipeline->ready);
	return ready;
}

int
pipeline_replace_parse(struct pipeline *pipeline)
{
	for (size_t i = 0; i < pipeline->process_count; i++)
		if (pipeline->processes[i].stage == STAGE_PARSE)
			return fork_stage(
			    pipeline, &pipeline->processes[i], NULL);
	return EX_SOFTWARE;
}

struct stage_process *
pipeline_find(struct pipeline *pipeline, pid_t pid)
{
	for (size_t i = 0; i < pipeline->process_count; i++)
		if (pipeline->processes[i].pid == pid)
			return &pipeline->processes[i];
	return NULL;
}

/* ---- ending ------------------------------------------------------------- */

static void
signal_all(struct pipeline *pipeline, int number)
{
	for (size_t i = 0; i < pipeline->process_count; i++)
		if (pipeline->processes[i].pid > 0)
			kill(pipeline->processes[i].pid, number);
}

static size_t
reap(struct pipeline *pipeline, int flags)
{
	size_t left = 0;

	for (size_t i = 0; i < pipeline->process_count; i++) {
		struct stage_process *process = &pipeline->processes[i];

		if (process->pid > 0 &&
		    waitpid(process->pid, NULL, flags) != 0)
			process->pid = 0;
		left += process->pid > 0;
	}
	return left;
}

void
pipeline_stop(struct pipeline *pipeline, int wait)
{
	struct timespec pause = {.tv_nsec = 5 * 1000 * 1000};

	for (size_t i = 0; i < pipeline->house->conf->people.door_count; i++)
		close_end(&pipeline->raw_mails[i]);
	close_end(&pipeline->mails);
	if (wait > 0)
		signal_all(pipeline, SIGTERM);
	for (int waited = 0; waited < wait; waited += 5) {
		if (reap(pipeline, WNOHANG) == 0)
			return;
		nanosleep(&pause, NULL);
	}
	signal_all(pipeline, SIGKILL);
	reap(pipeline, 0);
}
