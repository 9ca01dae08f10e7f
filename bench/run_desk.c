/* run_desk: runs the whole daemon on a mailbox and measures it.
 *
 *	run_desk GATEPOST CONF STATE_FOLDER KEY_FILE MAILBOX COUNT
 *
 * The clock starts with the process and stops when everything up to uid COUNT
 * is in the ledger on disk, which is asked of the store itself: reading one
 * row costs the daemon nothing. Most of the notices that the mails bring forth
 * are still queued then: from there to the last receipt nothing but sending
 * goes on, and is measured. Prints NAME VALUE lines. */
#include <dirent.h>
#include <signal.h>
#include <stdbool.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include <sodium.h>

#include "arena.h"
#include "mail_words.h"
#include "record.h"

#include "store.h"

#define STAGES	  16
#define PATIENCE  60.0 /* seconds */
#define PAUSE_USEC 2000

struct process {
	pid_t pid;
	char name[32];
};

struct desk {
	pid_t pid;
	struct process stages[STAGES];
	size_t count;
	struct store *store;
	const char *mailbox;
	uint64_t position;
	uint64_t notice;  /* every row up to it has its end */
	uint64_t notices; /* rows that there are */
	struct arena *arena;
};

static _Noreturn void
fail(const char *why)
{
	fprintf(stderr, "run_desk: %s\n", why);
	exit(1);
}

static double
seconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (double)ts.tv_sec + (double)ts.tv_nsec / 1e9;
}

/* ---- the processes ------------------------------------------------------ */

static void
start(struct desk *desk, const char *gatepost, const char *conf)
{
	desk->pid = fork();
	if (desk->pid == 0) {
		execl(gatepost, gatepost, "-c", conf, "run", (char *)NULL);
		perror(gatepost);
		_exit(127);
	}
}

/* One line of /proc/PID/status; 0 when there is none. */
static long
status_of(pid_t pid, const char *name)
{
	char path[64], line[256];
	long value = 0;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/status", (int)pid);
	file = fopen(path, "r");
	while (file != NULL && fgets(line, sizeof line, file) != NULL)
		if (strncmp(line, name, strlen(name)) == 0)
			value = atol(line + strlen(name) + 1);
	if (file != NULL)
		fclose(file);
	return value;
}

static void
name_of(struct process *process)
{
	char path[64];
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/comm", (int)process->pid);
	file = fopen(path, "r");
	if (file == NULL ||
	    fgets(process->name, sizeof process->name, file) == NULL)
		process->name[0] = '\0';
	process->name[strcspn(process->name, " \n")] = '\0';
	if (file != NULL)
		fclose(file);
}

static void
find_stages(struct desk *desk)
{
	DIR *proc = opendir("/proc");
	struct dirent *entry;

	desk->count = 0;
	while (proc != NULL && (entry = readdir(proc)) != NULL) {
		pid_t pid = (pid_t)atoi(entry->d_name);
		struct process *stage = &desk->stages[desk->count];

		if (pid <= 0 || desk->count == STAGES ||
		    status_of(pid, "PPid:") != desk->pid)
			continue;
		stage->pid = pid;
		name_of(stage);
		desk->count++;
	}
	if (proc != NULL)
		closedir(proc);
}

static pid_t
stage_pid(struct desk *desk, const char *name)
{
	for (int i = 0; i < 1000; i++) {
		find_stages(desk);
		for (size_t k = 0; k < desk->count; k++)
			if (strcmp(desk->stages[k].name, name) == 0)
				return desk->stages[k].pid;
		usleep(PAUSE_USEC);
	}
	fail("a stage does not start");
}

static void
print_memory(struct desk *desk, const char *what, const char *line)
{
	find_stages(desk);
	for (size_t i = 0; i < desk->count; i++)
		printf("%s_%s %ld\n", what, desk->stages[i].name,
		    status_of(desk->stages[i].pid, line));
	printf("%s_supervisor %ld\n", what, status_of(desk->pid, line));
}

/* Processor time that a stage has taken, in seconds. */
static void
print_times(struct desk *desk)
{
	find_stages(desk);
	for (size_t i = 0; i < desk->count; i++) {
		char path[64];
		unsigned long user = 0, system = 0;
		FILE *file;

		snprintf(path, sizeof path, "/proc/%d/stat",
		    (int)desk->stages[i].pid);
		file = fopen(path, "r");
		if (file == NULL)
			continue;
		if (fscanf(file,
			"%*d (%*[^)]) %*c %*d %*d %*d %*d %*d %*u %*u %*u "
			"%*u %*u %lu %lu",
			&user, &system) == 2)
			printf("cpu_%s %.2f\n", desk->stages[i].name,
			    (double)(user + system) /
				(double)sysconf(_SC_CLK_TCK));
		fclose(file);
	}
}

/* ---- the store ---------------------------------------------------------- */

static void
open_store(struct desk *desk, const char *folder, const char *key_file)
{
	unsigned char master[32];
	struct store_conf conf = {.folder = folder, .master = master};
	double end = seconds() + 20;
	const char *why = "";
	FILE *file = fopen(key_file, "rb");

	if (file == NULL || fread(master, 1, 32, file) != 32)
		fail("no master key");
	fclose(file);
	while (store_open(&desk->store, &conf, false, &why) != STORE_OK) {
		if (seconds() > end)
			fail(why);
		usleep(PAUSE_USEC);
	}
}

static int
look(struct store_txn *txn, void *arg)
{
	struct desk *desk = arg;
	uint32_t uidvalidity;
	struct Outbox *row;

	if (store_position_get(
		txn, desk->mailbox, &uidvalidity, &desk->position) != 1)
		desk->position = 0;
	arena_reset(desk->arena);
	while (store_outbox_get(
		   txn, desk->arena, desk->notice + 1, &row) == 1 &&
	    row->status != OUTBOX_QUEUED && row->status != OUTBOX_SENDING)
		desk->notice++;
	return 0;
}

static void
look_at(struct desk *desk)
{
	if (waitpid(desk->pid, NULL, WNOHANG) != 0)
		fail("gatepost has ended");
	if (store_read(desk->store, look, desk) != STORE_OK)
		fail("the store cannot be read");
}

static int
count_notices(struct store_txn *txn, void *arg)
{
	struct desk *desk = arg;
	struct Outbox *row;

	desk->notices = desk->notice;
	while (store_outbox_next(
		   txn, desk->arena, 0, desk->notices, &row) == 1)
		desk->notices = row->id;
	return 0;
}

/* ---- the run ------------------------------------------------------------ */

static double
await_mails(struct desk *desk, uint64_t count)
{
	double end = seconds() + PATIENCE;

	for (;;) {
		look_at(desk);
		if (desk->position >= count)
			return seconds();
		if (seconds() > end)
			fail("the mails do not come");
		usleep(PAUSE_USEC);
	}
}

static double
await_notices(struct desk *desk)
{
	double end = seconds() + PATIENCE;

	for (;;) {
		look_at(desk);
		if (desk->notice >= desk->notices)
			return seconds();
		if (seconds() > end)
			fail("the notices do not go");
		usleep(PAUSE_USEC);
	}
}

/* Octets that a process has read by read(): parcels, for the send stage. */
static long
octets_read(pid_t pid)
{
	char path[64], line[80];
	long octets = 0;
	FILE *file;

	snprintf(path, sizeof path, "/proc/%d/io", (int)pid);
	file = fopen(path, "r");
	if (file == NULL)
		return 0;
	if (fgets(line, sizeof line, file) != NULL)
		sscanf(line, "rchar: %ld", &octets);
	fclose(file);
	return octets;
}

static void
measure(struct desk *desk, uint64_t count, double started)
{
	pid_t send = stage_pid(desk, "send");
	uint64_t before;
	double mails_in, notices_out;
	long octets;

	mails_in = await_mails(desk, count);
	before = desk->notice;
	printf("ingest_seconds %.4f\n", mails_in - started);
	printf("sent_meanwhile %llu\n", (unsigned long long)before);
	print_times(desk);
	print_memory(desk, "peak", "VmHWM:");
	print_memory(desk, "own", "RssAnon:");
	if (store_read(desk->store, count_notices, desk) != STORE_OK)
		fail("the store cannot be read");
	octets = octets_read(send);
	before = desk->notice;
	mails_in = seconds();
	notices_out = await_notices(desk);
	printf("notices %llu\n", (unsigned long long)desk->notices);
	if (desk->notices > before) {
		printf("drained %llu\n",
		    (unsigned long long)(desk->notices - before));
		printf("drain_seconds %.4f\n", notices_out - mails_in);
		printf("notice_octets %ld\n",
		    (octets_read(send) - octets) /
			(long)(desk->notices - before));
	}
	sleep(1);
	print_memory(desk, "idle", "RssAnon:");
}

int
main(int argc, char **argv)
{
	struct desk desk = {0};
	double started;
	int status;

	if (argc < 7)
		fail("usage: run_desk GATEPOST CONF STATE_FOLDER KEY_FILE "
		     "MAILBOX COUNT");
	if (sodium_init() < 0)
		fail("libsodium does not start");
	desk.mailbox = argv[5];
	desk.arena = arena_new(0);
	started = seconds();
	start(&desk, argv[1], argv[2]);
	open_store(&desk, argv[3], argv[4]);
	measure(&desk, strtoull(argv[6], NULL, 10), started);
	store_close(desk.store);
	kill(desk.pid, SIGTERM);
	waitpid(desk.pid, &status, 0);
	arena_free(desk.arena);
	return 0;
}
