/* apply: effects to rows, in order, in one transaction. */
#ifndef STAGE_APPLY_H
#define STAGE_APPLY_H

#include <stddef.h>
#include <stdint.h>

#include "decide.h"
#include "facts.h"
#include "record.h"

/* Outbox rows that may leave as soon as they are on disk. */
struct ready {
	uint64_t *ids; /* in the arena */
	size_t count;
	size_t room;
};

/* What became of it. */
struct applied {
	enum outcome outcome;
	const char *rule;
	uint64_t ticket;  /* 0 none */
	uint32_t message; /* the newest that it wrote */
	size_t refused;	  /* operations that were refused */
};

/* How long a row may be in the air before it counts as lost on the way: its
 * entry in the due index comes up then, or at the next start. */
#define APPLY_LEASE (10 * WHEN_MINUTE)

struct applied apply_effects(const struct view *view,
    const struct facts *facts, const struct effects *effects,
    struct ready *ready);

#endif
