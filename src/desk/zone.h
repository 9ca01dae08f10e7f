/* zone: the local time of a place: its offsets from UTC as one table.
 *
 * A zone is read from the octets of a file of the IANA time zone database
 * (TZif, RFC 8536) or from a rule as the variable TZ has it,
 * "CET-1CEST,M3.5.0,M10.5.0/3" (POSIX, XBD 8.3); the rule is written out up
 * to the end of ZONE_UNTIL, after which the last offset stays. Whoever has it
 * asks no environment and no file any more, and all threads may. */
#ifndef DESK_ZONE_H
#define DESK_ZONE_H

#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "span.h"
#include "when.h"

#define ZONE_UNTIL	2100
#define ZONE_OCTETS_MAX ((size_t)64 * 1024)

struct zone_shift {
	when at;	/* from then on */
	int32_t offset; /* seconds east of UTC */
};

/* All zero it is UTC. */
struct zone {
	const struct zone_shift *shifts; /* in their order */
	size_t count;
	int32_t before; /* the first of them */
};

/* 0, or -1 when it is none; what is read is in the arena. */
int zone_read(struct arena *arena, struct span octets, struct zone *zone_r);
int zone_rule(struct arena *arena, struct span rule, struct zone *zone_r);

int32_t zone_offset(const struct zone *zone, when t);
/* The moment at which clocks there show `local` (a civil time as if it were
 * UTC): the first one when they show it twice, the shift itself when they
 * leave it out. */
when zone_instant(const struct zone *zone, when local);
/* What clocks there show, as if it were UTC. */
when zone_local(const struct zone *zone, when t);

#endif
