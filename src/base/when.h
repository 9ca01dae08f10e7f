/* when: points in time and the calendar, as arguments and never as a clock.
 *
 * A `when` is milliseconds since 1970-01-01 UTC without leap seconds; 0 means
 * "no time". Only the stages and the app read a clock, by when_now(). */
#ifndef BASE_WHEN_H
#define BASE_WHEN_H

#include <stdint.h>

#include "arena.h"

typedef int64_t when;

#define WHEN_SECOND ((when)1000)
#define WHEN_MINUTE (60 * WHEN_SECOND)
#define WHEN_HOUR   (60 * WHEN_MINUTE)
#define WHEN_DAY    (24 * WHEN_HOUR)

/* A moment in the UTC calendar; month 1-12, day 1-31. */
struct when_civil {
	int year, month, day, hour, minute, second;
};

/* The clock. Not for the pure floors. */
when when_now(void);

struct when_civil when_to_civil(when t);
when when_from_civil(struct when_civil civil);
/* The same time of day `months` later; a day that the month lacks becomes its
 * last day (30 November + 3 months = 28 or 29 February). */
when when_add_months(when t, int months);
/* Whole days since 1970-01-01 UTC. */
int64_t when_day(when t);
/* "2026-11-23T09:02:02Z". */
char *when_text(struct arena *arena, when t);
/* "Mon, 23 Nov 2026 09:02:02 +0000" (RFC 5322, section 3.3). */
char *when_mail_text(struct arena *arena, when t);

#endif
