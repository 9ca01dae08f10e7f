/* judge: looks at the yard's store when all is over: what is lost, what is
 * there twice. And, before that, lets the time pass which no test waits for. */
#ifndef TESTS_LOOP_CRASH_JUDGE_H
#define TESTS_LOOP_CRASH_JUDGE_H

#include <stdbool.h>
#include <stddef.h>

#include "talk.h"
#include "yard.h"

struct verdicts {
	size_t mails, tickets, notices;
	size_t lost, twice;
	size_t repeats; /* mails that went once more, because unsure */
	size_t held;	/* notices that wait for a person: unsure twice */
	size_t poison;	/* mails held unread: parse was killed at it twice */
	bool audit_whole;
};

/* The minutes that follow, on a clock moved by hand, with the same store and
 * the same folder; the daemon must not run. */
void judge_pass_time(struct yard *yard, int minutes);
struct verdicts judge_all(struct yard *yard, struct talk *talk);
/* What became of one mail: enum outcome; OUTCOME_NONE: the ledger has it not.
 */
int judge_outcome(struct yard *yard, uint64_t uid);

#endif
