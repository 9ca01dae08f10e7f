#include <time.h>

#include "arena.h"
#include "when.h"

when
when_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_REALTIME, &ts);
	return (when)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

static int64_t
floor_div(int64_t a, int64_t b)
{
	return a / b - (a % b < 0);
}

int64_t
when_day(when t)
{
	return floor_div(t, WHEN_DAY);
}

/* Days since 1970-01-01 of a date in the Gregorian calendar: years begin in
 * March, so that the leap day is the last of its year. */
static int64_t
days_from_date(int64_t year, int month, int day)
{
	int64_t era, year_of_era, day_of_year;

	year -= month <= 2;
	era = floor_div(year, 400);
	year_of_era = year - era * 400;
	day_of_year = (153 * (month + (month > 2 ? -3 : 9)) + 2) / 5 + day - 1;
	return era * 146097 + year_of_era * 365 + year_of_era / 4 -
	    year_of_era / 100 + day_of_year - 719468;
}

struct when_civil
when_to_civil(when t)
{
	int64_t days = when_day(t);
	int64_t rest = (t - days * WHEN_DAY) / WHEN_SECOND;
	int64_t z = days + 719468;
	int64_t era = floor_div(z, 146097);
	int64_t doe = z - era * 146097;
	int64_t yoe = (doe - doe / 1460 + doe / 36524 - doe / 146096) / 365;
	int64_t doy = doe - (365 * yoe + yoe / 4 - yoe / 100);
	int64_t mp = (5 * doy + 2) / 153;
	struct when_civil c;

	c.day = (int)(doy - (153 * mp + 2) / 5 + 1);
	c.month = (int)(mp < 10 ? mp + 3 : mp - 9);
	c.year = (int)(yoe + era * 400 + (c.month <= 2));
	c.hour = (int)(rest / 3600);
	c.minute = (int)(rest / 60 % 60);
	c.second = (int)(rest % 60);
	return c;
}

when
when_from_civil(struct when_civil c)
{
	return days_from_date(c.year, c.month, c.day) * WHEN_DAY +
	    c.hour * WHEN_HOUR + c.minute * WHEN_MINUTE +
	    c.second * WHEN_SECOND;
}

static int
days_in_month(int year, int month)
{
	static const int days[] = {
	    31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};

	if (month == 2 &&
	    ((year % 4 == 0 && year % 100 != 0) || year % 400 == 0))
		return 29;
	return days[month - 1];
}

when
when_add_months(when t, int months)
{
	struct when_civil c = when_to_civil(t);
	int64_t count = (int64_t)c.year * 12 + c.month - 1 + months;
	when within = t - when_from_civil(c); /* the milliseconds */
	int last;

	c.year = (int)floor_div(count, 12);
	c.month = (int)(count - (int64_t)c.year * 12) + 1;
	last = days_in_month(c.year, c.month);
	if (c.day > last)
		c.day = last;
	return when_from_civil(c) + within;
}

char *
when_text(struct arena *arena, when t)
{
	struct when_civil c = when_to_civil(t);

	return arena_print(arena, "%04d-%02d-%02dT%02d:%02d:%02dZ", c.year,
	    c.month, c.day, c.hour, c.minute, c.second);
}

char *
when_mail_text(struct arena *arena, when t)
{
	static const char *const days[] = {
	    "Thu", "Fri", "Sat", "Sun", "Mon", "Tue", "Wed"};
	static const char *const months[] = {"Jan", "Feb", "Mar", "Apr", "May",
	    "Jun", "Jul", "Aug", "Sep", "Oct", "Nov", "Dec"};
	struct when_civil c = when_to_civil(t);
	int64_t weekday = when_day(t) % 7;

	if (weekday < 0)
		weekday += 7;
	return arena_print(arena, "%s, %d %s %04d %02d:%02d:%02d +0000",
	    days[weekday], c.day, months[c.month - 1], c.year, c.hour,
	    c.minute, c.second);
}
