#include <stdio.h>
#include <string.h>
#include <sysexits.h>

#include "arena.h"
#include "log.h"
#include "record.h"
#include "when.h"

#include "sink.h"
#include "store.h"

#include "core_round.h"
#include "house.h"

#include "judge.h"

/* Rounds as core makes them, with the sink in the same process. */
static void
pass(struct house *house, struct round *round, struct sink *sink,
    struct arena *arena, when now, bool first)
{
	size_t receipts = 0;

	do {
		struct Receipt *kept[ROUND_RECEIPTS];

		for (size_t i = 0; i < receipts; i++)
			kept[i] = round->receipts[i];
		round_begin(round);
		memcpy(round->receipts, kept, receipts * sizeof *kept);
		round->receipt_count = receipts;
		round->recover = first;
		first = false;
		if (round_run(round, house->store, now) != STORE_OK)
			yard_broken("a round fails after the kills");
		receipts = 0;
		for (size_t i = 0; i < round->batch.count; i++) {
			sink_put(sink, round->batch.parcels[i]);
			round->receipts[receipts++] =
			    sink_work(sink, arena, -1, 0);
		}
	} while (receipts > 0 || round->more);
}

void
judge_pass_time(struct yard *yard, int minutes)
{
	struct arena *arena = arena_new(0);
	struct folder_conf folder = {yard_path(yard, arena, "out")};
	struct round *round = arena_take(arena, sizeof *round);
	struct arena *work = arena_new(0);
	struct house house;
	const char *why = "";
	struct sink *sink = sink_folder(&folder, &why);
	when now = when_now();

	if (sink == NULL ||
	    house_open(&house, yard_path(yard, arena, "gatepost.conf")) !=
		EX_OK ||
	    house_key(&house) != EX_OK ||
	    house_store(&house, true) != EX_OK)
		yard_broken("the store does not open after the kills: %s", why);
	log_level(2);
	round_start(round, &house.core, house.store, work, now);
	for (int i = 0; i <= minutes; i++) {
		/* The clock is right: it sees no leap. */
		round->last_wall = now;
		pass(&house, round, sink, work, now, i == 0);
		arena_reset(work);
		now += WHEN_MINUTE;
	}
	round_end(round);
	sink_close(sink);
	house_close(&house);
	arena_free(work);
	arena_free(arena);
}
