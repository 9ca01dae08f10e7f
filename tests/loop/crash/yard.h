/* yard: a folder with everything that a real daemon needs, the daemon in it,
 * and its processes, to be killed. */
#ifndef TESTS_LOOP_CRASH_YARD_H
#define TESTS_LOOP_CRASH_YARD_H

#include <stdbool.h>
#include <sys/types.h>

#include "arena.h"
#include "span.h"

enum process {
	PROCESS_SUPERVISOR,
	PROCESS_CORE,
	PROCESS_SEND,
	PROCESS_PARSE,
	PROCESS_FETCH,
	PROCESSES
};

struct yard {
	char path[200];
	const char *binary;
	const char *user; /* the conf's; "" */
	pid_t daemon;	  /* 0: none runs */
	unsigned starts;
	unsigned dropped;
};

/* Ends the program with a sentence when something about the yard itself does
 * not work. */
__attribute__((noreturn, format(printf, 1, 2))) void yard_broken(
    const char *format, ...);

void yard_make(struct yard *yard, const char *binary);
/* All of it away, and the daemon with it. */
void yard_clear(struct yard *yard);
char *yard_path(const struct yard *yard, struct arena *arena, const char *name);

void yard_start(struct yard *yard);
/* As systemd stops it. */
void yard_stop(struct yard *yard);
/* Starts it anew when it has ended. */
void yard_keep_up(struct yard *yard);
/* The daemon's process of that process; 0: there is none by now. */
pid_t yard_process(const struct yard *yard, enum process process);
/* SIGKILL to it, now. False: there was none. */
bool yard_kill(struct yard *yard, enum process process);
/* Processes that have the yard's conf on their command line. */
size_t yard_processes(const struct yard *yard);

/* Delivers a mail as an MTA does; its uid is in `uid_r`. */
void yard_deliver(struct yard *yard, struct span octets, uint64_t *uid_r);
/* How many files a folder has. */
size_t yard_files(const char *folder);
/* How often the log has a line with these words. */
size_t yard_log(const struct yard *yard, const char *words);
void yard_show_log(const struct yard *yard);

void yard_pause(int milliseconds);

#endif
