/* outflow: outbox rows on their way out and back: handed out once they are
 * on disk as being sent, settled by their receipts, tried again by the due
 * index. */
#ifndef STAGE_OUTFLOW_H
#define STAGE_OUTFLOW_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "apply.h"
#include "facts.h"
#include "record.h"

/* What waits to be handed out: ids, in order. Only a shortcut to what the due
 * index says; a new process makes it anew with outflow_recover(). */
struct outflow {
	uint64_t *ids; /* from malloc */
	size_t first, end, room;
	size_t in_air;
};

/* What one transaction hands out; counts only once that has committed. */
struct outflow_batch {
	size_t taken;		/* of the waiting ids */
	struct Parcel **parcels; /* in the arena */
	size_t count;
};

void outflow_add(struct outflow *outflow, const uint64_t *ids, size_t count);
size_t outflow_waiting(const struct outflow *outflow);
void outflow_free(struct outflow *outflow);

/* In a write transaction: marks up to `most` waiting rows as being sent and
 * renders them. */
struct outflow_batch outflow_take(
    const struct view *view, const struct outflow *outflow, size_t most);
/* After its commit. */
void outflow_taken(
    struct outflow *outflow, const struct outflow_batch *batch);
/* In a write transaction: what a receipt means for its row; nothing when it is
 * of an attempt that is over. */
void outflow_settle(const struct view *view, const struct Receipt *receipt);
/* In a write transaction: an entry of kind DUE_SEND has come up. Rows that may
 * leave are added to `ready`. */
void outflow_due(const struct view *view, const struct Due *due,
    struct ready *ready);
/* At the start, in a write transaction: all rows that were waiting or in the
 * air when the last process ended. */
void outflow_recover(const struct view *view, struct ready *ready);

/* When a row is tried again after its attempt number `attempts` (from 1);
 * `chance` is any number, for the jitter. */
when outflow_pause(uint32_t attempts, uint32_t chance);

#endif
