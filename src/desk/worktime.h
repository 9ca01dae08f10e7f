/* worktime: working hours and holidays of a place, and when so much working
 * time is over. Pure: a calendar and two moments in, a moment out.
 *
 * Hours are those that clocks on the wall show, so that a day on which they
 * are put on has an hour less where the night counts. */
#ifndef DESK_WORKTIME_H
#define DESK_WORKTIME_H

#include <stdbool.h>
#include <stddef.h>

#include "span.h"
#include "when.h"
#include "zone.h"

#define WORKTIME_SPANS	  4 /* within a day */
#define WORKTIME_HOLIDAYS 400
/* So far is looked for working time: a week has at least WORKTIME_LEAST of
 * it, and no target is longer than 60 days. */
#define WORKTIME_DAYS 40000
#define WORKTIME_LEAST (WHEN_HOUR / 2)

struct worktime_span {
	int from, to; /* minutes behind midnight, up to 1440 */
};

struct worktime_day {
	struct worktime_span spans[WORKTIME_SPANS]; /* in their order */
	size_t count;
};

struct worktime {
	struct zone zone;
	struct worktime_day days[7]; /* Monday is 0 */
	struct worktime_holiday {
		int year; /* 0: each year */
		int month, day;
	} holidays[WORKTIME_HOLIDAYS];
	size_t holiday_count;
};

/* "mon-fri 09:00-17:30", "sat,sun 10:00-12:00". NULL, or what is wrong. */
const char *worktime_add_hours(struct worktime *worktime, struct span text);
/* "2026-12-25", or "12-25" for each year. */
const char *worktime_add_holiday(struct worktime *worktime, struct span text);
/* Of a week without holidays. */
when worktime_week(const struct worktime *worktime);

/* When `span` of working time has passed since `from`. NULL: all time is
 * working time. */
when worktime_after(const struct worktime *worktime, when from, when span);
/* How much of it lies between. */
when worktime_between(const struct worktime *worktime, when from, when to);

#endif
