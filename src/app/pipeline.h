/* pipeline: the four stages as processes, and the pipes between them.
 *
 *	fetch (one a mailbox) -> parse -> core -> send
 *
 * The supervisor's half: it makes the pipes, forks, and keeps the two ends
 * that a replaced parse process needs. It holds no socket, no store, no key:
 * those are opened by the process that needs them, after the fork. */
#ifndef APP_PIPELINE_H
#define APP_PIPELINE_H

#include <stdbool.h>
#include <sys/types.h>

#include "parse.h"

#include "house.h"

enum stage {
	STAGE_CORE,
	STAGE_SEND,
	STAGE_PARSE,
	STAGE_FETCH,
};

struct stage_process {
	enum stage stage;
	size_t door; /* of STAGE_FETCH */
	pid_t pid;   /* 0: not running */
};

#define PIPELINE_DOORS 64

struct pipeline {
	struct house *house;
	struct parse_note *note; /* shared with the parse process */
	struct parse_suspect suspects[PARSE_SUSPECTS];
	size_t suspect_count;
	int nudge;
	pid_t supervisor;
	int ready;		       /* read end: core has the store */
	int raw_mails[PIPELINE_DOORS]; /* read ends, for parse */
	int mails;		       /* write end, for parse */
	struct stage_process processes[PIPELINE_DOORS + 3];
	size_t process_count;
};

/* Forks all stages. EX_OK or an exit code; what had started is then gone. */
int pipeline_start(struct pipeline *pipeline);
/* Once after each start: waits until core has opened the store. False when it
 * has died of that, or when SIGTERM or SIGINT is pending. */
bool pipeline_await(struct pipeline *pipeline);
/* Forks parse anew on the same pipes, after it ended between two mails. */
int pipeline_replace_parse(struct pipeline *pipeline);
/* Asks all to end, and waits; what is left after `wait` milliseconds is
 * killed. */
void pipeline_stop(struct pipeline *pipeline, int wait);
/* Which process has ended; NULL when the pid is none of ours. */
struct stage_process *pipeline_find(struct pipeline *pipeline, pid_t pid);
/* "parse", "fetch support": for the log. */
const char *pipeline_name(
    const struct pipeline *pipeline, const struct stage_process *process);

#endif
