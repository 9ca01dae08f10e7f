/* core_round: what has come, in one transaction. */
#ifndef STAGE_CORE_ROUND_H
#define STAGE_CORE_ROUND_H

#include <stdbool.h>

#include "apply.h"
#include "core_conf.h"
#include "outflow.h"
#include "store.h"

#define ROUND_MAILS    500
#define ROUND_RECEIPTS 500
#define ROUND_DUE      200
#define ROUND_OCTETS   (64u * 1024 * 1024)

struct round {
	const struct core_conf *conf;
	struct arena *arena; /* emptied between rounds */
	struct token_keys keys;
	struct outflow outflow;

	/* In: */
	struct Mail *mails[ROUND_MAILS];
	size_t mail_count;
	struct Receipt *receipts[ROUND_RECEIPTS];
	size_t receipt_count;
	bool recover; /* the first round of a process */
	bool closing; /* its last ones: nothing new is handed out */

	/* Out, set anew by each run of the transaction: */
	struct applied applied[ROUND_MAILS];
	struct outflow_batch batch;
	struct ready ready;
	when next_due;	/* 0: nothing is due ever */
	bool more;	/* there is more to do at once */

	/* Over the life of the process: */
	when last_wall;
	int64_t last_monotonic;
	when suspect_until; /* the clock jumped: no purging until then */
	int64_t day;	    /* keys of the days before it are destroyed */
	size_t from, to;    /* the mails of one transaction */
	bool stub;	    /* they are kept as stubs */
};

void round_start(struct round *round, const struct core_conf *conf,
    struct store *store, struct arena *arena, when now);
void round_begin(struct round *round);
void round_end(struct round *round);
/* Runs it as of `now`, and counts its parcels as in the air when it is on
 * disk. A mail that makes the transaction fail is replaced by its stub. */
enum store_result round_run(
    struct round *round, struct store *store, when now);

#endif
