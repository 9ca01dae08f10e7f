/* crash: the real daemon, killed at random moments.
 *
 *	crash BINARY KILLS [SEED]
 *
 * Customers and an engineer talk by way of a Maildir and a folder while one
 * process of the daemon after the other gets SIGKILL: supervisor, core, send,
 * parse, fetch. When all have talked to the end nothing may be lost and
 * nothing there twice. The last line is like Check's. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "when.h"

#include "judge.h"
#include "talk.h"
#include "yard.h"

#define LIVELY	    8	    /* conversations at a time */
#define FRESH	    2	    /* that may begin after a kill: there is always
			       somebody talking when the next one comes */
#define QUIET	    3000    /* milliseconds without a word: it stands still */
#define GAP_MOST    80	    /* milliseconds between two kills, at most */
#define CHILDREN    3	    /* kills before the supervisor's own turn: its
			       pauses grow with each */
#define AFTERMATHS  8

static const char *const process_names[PROCESSES] = {
    "supervisor", "core", "send", "parse", "fetch"};

struct crash {
	struct yard yard;
	struct talk talk;
	size_t kills, children;
	size_t killed[PROCESSES];
};

/* Talks for so long. */
static void
pump(struct crash *crash, int milliseconds, bool more)
{
	when end = when_now() + milliseconds;

	do {
		yard_keep_up(&crash->yard);
		while (more &&
		    crash->talk.count < FRESH * (crash->kills + 1) + LIVELY &&
		    talk_lively(&crash->talk, QUIET) < LIVELY)
			talk_open(&crash->talk);
		if (!talk_listen(&crash->talk))
			yard_pause(1);
	} while (when_now() < end);
}

static void
kill_one(struct crash *crash)
{
	enum process process = (enum process)(random() % PROCESSES);

	if (crash->children == CHILDREN)
		process = PROCESS_SUPERVISOR;
	for (int i = 0; i < 100 && !yard_kill(&crash->yard, process); i++) {
		pump(crash, 2, true);
		if (i == 50)
			process = PROCESS_SUPERVISOR;
	}
	crash->children =
	    process == PROCESS_SUPERVISOR ? 0 : crash->children + 1;
	crash->killed[process]++;
	crash->kills++;
}

/* Until nobody has anything to say any more. */
static void
let_them_end(struct crash *crash)
{
	for (int i = 0; i < AFTERMATHS; i++) {
		when quiet_since = when_now();
		size_t heard = crash->talk.heard_count;

		while (talk_done(&crash->talk) < crash->talk.count &&
		    when_now() - quiet_since < QUIET) {
			pump(crash, 10, false);
			if (crash->talk.heard_count != heard)
				quiet_since = when_now();
			heard = crash->talk.heard_count;
		}
		yard_stop(&crash->yard);
		/* What was unsure comes once more a minute later, and what
		 * is over is purged. */
		judge_pass_time(&crash->yard, 3);
		while (talk_listen(&crash->talk))
			;
		if (talk_done(&crash->talk) == crash->talk.count ||
		    (i > 2 && crash->talk.heard_count == heard))
			return;
	}
}

static bool
report(struct crash *crash, when began)
{
	struct verdicts v = judge_all(&crash->yard, &crash->talk);
	size_t left = yard_processes(&crash->yard);
	bool good = v.lost == 0 && v.twice == 0 && v.audit_whole && left == 0;

	printf("kills %zu:", crash->kills);
	for (int i = 0; i < PROCESSES; i++)
		printf(" %s %zu", process_names[i], crash->killed[i]);
	printf("\nmails %zu, tickets %zu, notices %zu, daemons started %u\n",
	    v.mails, v.tickets, v.notices, crash->yard.starts);
	printf("lost %zu, twice %zu, sent once more because unsure %zu, held "
	       "for a person %zu, held unread %zu\n",
	    v.lost, v.twice, v.repeats, v.held, v.poison);
	printf("audit %s, processes left %zu, seconds %.1f\n",
	    v.audit_whole ? "whole" : "BROKEN", left,
	    (double)(when_now() - began) / 1000);
	if (!good)
		yard_show_log(&crash->yard);
	printf("%s: Checks: 1, Failures: %d, Errors: 0\n",
	    good ? "100%" : "0%", !good);
	return good;
}

int
main(int argc, char **argv)
{
	struct crash crash = {0};
	when began = when_now();
	size_t kills;
	bool good;

	if (argc < 3) {
		fprintf(stderr, "usage: crash BINARY KILLS [SEED]\n");
		return 64;
	}
	kills = strtoul(argv[2], NULL, 10);
	srandom(argc > 3 ? (unsigned)strtoul(argv[3], NULL, 10)
			 : (unsigned)began);
	yard_make(&crash.yard, argv[1]);
	talk_start(
	    &crash.talk, &crash.yard, FRESH * (kills + 1) + LIVELY);
	while (crash.kills < kills) {
		pump(&crash, (int)(random() % GAP_MOST), true);
		kill_one(&crash);
	}
	let_them_end(&crash);
	good = report(&crash, began);
	talk_end(&crash.talk);
	if (getenv("KEEP") == NULL)
		yard_clear(&crash.yard);
	return good ? EXIT_SUCCESS : EXIT_FAILURE;
}
