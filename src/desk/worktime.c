#include <string.h>

#include "worktime.h"

static const char *const day_words[] = {
    "mon", "tue", "wed", "thu", "fri", "sat", "sun"};

/* ---- reading ------------------------------------------------------------ */

static bool
take(struct span *text, char c)
{
	if (text->len == 0 || *text->at != c)
		return false;
	text->at++;
	text->len--;
	return true;
}

static bool
take_digits(struct span *text, size_t count, int *value_r)
{
	int value = 0;

	if (text->len < count)
		return false;
	for (size_t i = 0; i < count; i++) {
		if (!ascii_digit((unsigned char)text->at[i]))
			return false;
		value = value * 10 + (text->at[i] - '0');
	}
	text->at += count;
	text->len -= count;
	*value_r = value;
	return true;
}

/* -1: no day. */
static int
take_day(struct span *text)
{
	for (int i = 0; i < 7; i++) {
		if (!span_begins(*text, day_words[i]))
			continue;
		text->at += 3;
		text->len -= 3;
		return i;
	}
	return -1;
}

/* "mon-fri" or "sat"; a range may go over the end of the week. */
static bool
take_days(struct span *text, bool days[7])
{
	do {
		int from = take_day(text), to = from;

		if (from >= 0 && take(text, '-'))
			to = take_day(text);
		if (from < 0 || to < 0)
			return false;
		for (int day = from;; day = (day + 1) % 7) {
			days[day] = true;
			if (day == to)
				break;
		}
	} while (take(text, ','));
	return true;
}

static bool
take_clock(struct span *text, int *minutes_r)
{
	int hours, minutes;

	if (!take_digits(text, 2, &hours) || !take(text, ':') ||
	    !take_digits(text, 2, &minutes) || minutes > 59 ||
	    hours * 60 + minutes > 24 * 60)
		return false;
	*minutes_r = hours * 60 + minutes;
	return true;
}

static const char *
add_span(struct worktime_day *day, struct worktime_span span)
{
	size_t at = 0;

	if (day->count == WORKTIME_SPANS)
		return "is one time more than a day may have";
	while (at < day->count && day->spans[at].from < span.from)
		at++;
	if ((at > 0 && day->spans[at - 1].to > span.from) ||
	    (at < day->count && day->spans[at].from < span.to))
		return "overlaps other hours of the same day";
	memmove(&day->spans[at + 1], &day->spans[at],
	    (day->count - at) * sizeof *day->spans);
	day->spans[at] = span;
	day->count++;
	return NULL;
}

const char *
worktime_add_hours(struct worktime *worktime, struct span text)
{
	struct worktime_span span;
	bool days[7] = {false};
	const char *wrong = NULL;

	if (!take_days(&text, days) || !take(&text, ' ') ||
	    !take_clock(&text, &span.from) || !take(&text, '-') ||
	    !take_clock(&text, &span.to) || text.len > 0)
		return "are no hours; write \"mon-fri 09:00-17:30\"";
	if (span.to <= span.from)
		return "end before they begin; for a night write what is "
		       "before and what is behind midnight (24:00, 00:00)";
	for (int day = 0; day < 7 && wrong == NULL; day++)
		if (days[day])
			wrong = add_span(&worktime->days[day], span);
	return wrong;
}

static when
date(int year, int month, int day)
{
	return when_from_civil((struct when_civil){
	    .year = year, .month = month, .day = day});
}

const char *
worktime_add_holiday(struct worktime *worktime, struct span text)
{
	struct worktime_holiday one = {0};
	struct when_civil seen;

	if (worktime->holiday_count == WORKTIME_HOLIDAYS)
		return "is one holiday more than a calendar may have";
	if (text.len == strlen("2026-12-25") &&
	    (!take_digits(&text, 4, &one.year) || !take(&text, '-') ||
		one.year < 1970))
		return "is no day; write \"2026-12-25\", or \"12-25\" for "
		       "each year";
	if (!take_digits(&text, 2, &one.month) || !take(&text, '-') ||
	    !take_digits(&text, 2, &one.day) || text.len > 0)
		return "is no day; write \"2026-12-25\", or \"12-25\" for "
		       "each year";
	/* A day that its month lacks would be another month's. */
	if (one.month < 1 || one.month > 12 || one.day < 1)
		return "is no day of the calendar";
	seen = when_to_civil(
	    date(one.year ? one.year : 2000, one.month, one.day));
	if (seen.month != one.month || seen.day != one.day)
		return "is no day of the calendar";
	worktime->holidays[worktime->holiday_count++] = one;
	return NULL;
}

when
worktime_week(const struct worktime *worktime)
{
	when week = 0;

	for (size_t day = 0; day < 7; day++)
		for (size_t i = 0; i < worktime->days[day].count; i++)
			week += (worktime->days[day].spans[i].to -
				    worktime->days[day].spans[i].from) *
			    WHEN_MINUTE;
	return week;
}

/* ---- counting ----------------------------------------------------------- */

static bool
is_holiday(const struct worktime *worktime, when midnight)
{
	struct when_civil day = when_to_civil(midnight);

	for (size_t i = 0; i < worktime->holiday_count; i++) {
		const struct worktime_holiday *one = &worktime->holidays[i];

		if (one->month == day.month && one->day == day.day &&
		    (one->year == 0 || one->year == day.year))
			return true;
	}
	return false;
}

/* The working hours of a local day, number since 1970: that was a Thursday. */
static const struct worktime_day *
hours_of(const struct worktime *worktime, int64_t day)
{
	static const struct worktime_day none;

	if (is_holiday(worktime, day * WHEN_DAY))
		return &none;
	return &worktime->days[((day + 3) % 7 + 7) % 7];
}

/* Goes through working time from `from` on until there was `span` of it, or
 * `to` is reached; how much there was is `passed_r`. */
static when
go_on(const struct worktime *worktime, when from, when to, when span,
    when *passed_r)
{
	int64_t first = when_day(zone_local(&worktime->zone, from));

	*passed_r = 0;
	for (int64_t day = first; day < first + WORKTIME_DAYS; day++) {
		const struct worktime_day *hours = hours_of(worktime, day);

		if (zone_instant(&worktime->zone, day * WHEN_DAY) >= to)
			return to;
		for (size_t i = 0; i < hours->count; i++) {
			when begin = zone_instant(&worktime->zone,
			    day * WHEN_DAY +
				hours->spans[i].from * WHEN_MINUTE);
			when end = zone_instant(&worktime->zone,
			    day * WHEN_DAY +
				hours->spans[i].to * WHEN_MINUTE);

			begin = begin < from ? from : begin;
			end = end > to ? to : end;
			if (end <= begin)
				continue;
			if (end - begin >= span - *passed_r)
				return begin + span - *passed_r;
			*passed_r += end - begin;
		}
	}
	return to;
}

when
worktime_after(const struct worktime *worktime, when from, when span)
{
	when passed;

	if (worktime == NULL)
		return from + span;
	return go_on(worktime, from,
	    from + (when)WORKTIME_DAYS * WHEN_DAY, span, &passed);
}

when
worktime_between(const struct worktime *worktime, when from, when to)
{
	when passed;

	if (worktime == NULL)
		return to > from ? to - from : 0;
	if (to <= from)
		return 0;
	go_on(worktime, from, to, INT64_MAX, &passed);
	return passed;
}
