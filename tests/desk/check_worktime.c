/* Zones, working hours and holidays: when so much working time is over. */
#include <stdio.h>
#include <string.h>

#include "plan.h"
#include "worktime.h"

#include "check_desk.h"

#define AMSTERDAM "CET-1CEST,M3.5.0,M10.5.0/3"

/* "2026-11-23 09:02" or with ":30" of UTC, or of local time. */
static when
at(const char *text)
{
	struct when_civil c = {0};

	ck_assert_int_ge(sscanf(text, "%d-%d-%d %d:%d:%d", &c.year, &c.month,
			     &c.day, &c.hour, &c.minute, &c.second),
	    5);
	return when_from_civil(c);
}

/* ---- zones -------------------------------------------------------------- */

static const struct {
	const char *rule;
	const char *utc, *local; /* what clocks there show */
	const char *sentence;
} zone_rows[] = {
    {"UTC0", "2026-07-01 12:00", "2026-07-01 12:00", "UTC itself"},
    {AMSTERDAM, "2026-01-15 12:00", "2026-01-15 13:00", "in winter"},
    {AMSTERDAM, "2026-07-15 12:00", "2026-07-15 14:00", "in summer"},
    {AMSTERDAM, "2026-03-29 00:59:59", "2026-03-29 01:59:59",
	"a second before clocks are put on"},
    {AMSTERDAM, "2026-03-29 01:00", "2026-03-29 03:00", "and then"},
    {AMSTERDAM, "2026-10-25 00:59:59", "2026-10-25 02:59:59",
	"a second before they are put back"},
    {AMSTERDAM, "2026-10-25 01:00", "2026-10-25 02:00", "and then"},
    {AMSTERDAM, "2099-07-15 12:00", "2099-07-15 14:00", "the last summer"},
    {"NZST-12NZDT,M9.5.0,M4.1.0/3", "2026-01-15 00:00",
	"2026-01-15 13:00", "in the south January is summer"},
    {"NZST-12NZDT,M9.5.0,M4.1.0/3", "2026-07-15 00:00",
	"2026-07-15 12:00", "and July is winter"},
    {"IST-1GMT0,M10.5.0,M3.5.0/1", "2026-01-15 12:00",
	"2026-01-15 12:00", "Ireland, whose winter is the exception"},
    {"IST-1GMT0,M10.5.0,M3.5.0/1", "2026-07-15 12:00",
	"2026-07-15 13:00", "and whose summer is not"},
    {"<+0545>-5:45", "2026-07-15 12:00", "2026-07-15 17:45", "Nepal"},
    {"EST5EDT,M3.2.0,M11.1.0", "2026-03-08 06:59", "2026-03-08 01:59",
	"New York, before"},
    {"EST5EDT,M3.2.0,M11.1.0", "2026-03-08 07:00", "2026-03-08 03:00",
	"and after"},
    {"AAA0BBB,J60/0,J300/0", "2024-03-01 00:00", "2024-03-01 01:00",
	"the 60th day without leap days is 1 March, in a leap year too"},
    {"AAA0BBB,59/0,300/0", "2024-02-29 00:00", "2024-02-29 01:00",
	"day 59 from 0 is 29 February in a leap year"},
};

START_TEST(a_zone_shows_what_its_clocks_show)
{
	struct arena *arena = arena_new(0);
	struct zone zone;

	ck_assert_int_eq(
	    zone_rule(arena, span_of(zone_rows[_i].rule), &zone), 0);
	ck_assert_msg(zone_local(&zone, at(zone_rows[_i].utc)) ==
		at(zone_rows[_i].local),
	    "%s: %s", zone_rows[_i].sentence,
	    when_text(arena, zone_local(&zone, at(zone_rows[_i].utc))));
	arena_free(arena);
}
END_TEST

static const struct {
	const char *local, *utc;
	const char *sentence;
} instant_rows[] = {
    {"2026-01-15 13:00", "2026-01-15 12:00", "in winter"},
    {"2026-03-29 02:30", "2026-03-29 01:00",
	"a time that is left out is the shift itself"},
    {"2026-03-29 03:00", "2026-03-29 01:00", "the first time behind it"},
    {"2026-03-29 01:59", "2026-03-29 00:59", "the last one before"},
    {"2026-10-25 02:30", "2026-10-25 00:30",
	"of a time that comes twice the first"},
    {"2026-10-25 03:00", "2026-10-25 02:00", "behind the second"},
};

START_TEST(a_local_time_is_one_moment)
{
	struct arena *arena = arena_new(0);
	struct zone zone;

	ck_assert_int_eq(zone_rule(arena, span_of(AMSTERDAM), &zone), 0);
	ck_assert_msg(zone_instant(&zone, at(instant_rows[_i].local)) ==
		at(instant_rows[_i].utc),
	    "%s: %s", instant_rows[_i].sentence,
	    when_text(arena,
		zone_instant(&zone, at(instant_rows[_i].local))));
	arena_free(arena);
}
END_TEST

static const char *const bad_rules[] = {"", "CE-1", "CET", "CET-",
    "CET-1CEST", "CET-1CEST,", "CET-1CEST,M3.5.0", "CET-1CEST,M3.5.0,",
    "CET-1CEST,M13.5.0,M10.5.0", "CET-1CEST,M3.6.0,M10.5.0",
    "CET-1CEST,M3.5.7,M10.5.0", "CET-1CEST,M3.5.0,M10.5.0/3x", "<CET-1",
    "CET-168", "CET-1:60", "CET-1CEST,J0,J100", "CET-1CEST,366,1",
    "Europe/Amsterdam", "CET-1CEST,M3.5.0,M10.5.0/"};

START_TEST(what_is_no_rule_is_refused)
{
	struct arena *arena = arena_new(0);
	struct zone zone;

	ck_assert_msg(
	    zone_rule(arena, span_of(bad_rules[_i]), &zone) == -1, "%s",
	    bad_rules[_i]);
	arena_free(arena);
}
END_TEST

/* Two shifts and a rule, as the octets of a file. */
static size_t
make_file(char *to, const char *rule)
{
	static const char head[44] = "TZif2";
	/* types: 0 is +1h, 1 is +2h; the first shift of 2026 and 1973 */
	static const unsigned char block[] = {
	    0, 0, 0, 0, 0x05, 0xff, 0x8a, 0x10, /* 1973-03-10 */
	    0, 0, 0, 0, 0x0f, 0xff, 0x00, 0x00, /* 1978 */
	    1, 0,
	    0, 0, 0x0e, 0x10, 0, 0, 0, 0, 0x1c, 0x20, 1, 0, 'A', 0};
	size_t n = 0;

	memcpy(to, head, sizeof head);
	to[39] = 1; /* one type, and the letter of its name */
	to[43] = 1;
	n = 44;
	memset(to + n, 0, 7);
	n += 7;
	memcpy(to + n, head, sizeof head);
	to[n + 35] = 2; /* times */
	to[n + 39] = 2; /* types */
	to[n + 43] = 2; /* letters */
	n += 44;
	memcpy(to + n, block, sizeof block);
	n += sizeof block;
	return n + (size_t)sprintf(to + n, "\n%s\n", rule);
}

START_TEST(a_file_is_read_and_its_rule_goes_on)
{
	struct arena *arena = arena_new(0);
	char octets[300];
	size_t len = make_file(octets, AMSTERDAM);
	struct zone zone;

	ck_assert_int_eq(
	    zone_read(arena, (struct span){octets, len}, &zone), 0);
	ck_assert_int_eq(zone_offset(&zone, 0), 3600);
	ck_assert_int_eq(zone_offset(&zone, at("1975-01-01 00:00")), 7200);
	ck_assert_int_eq(zone_offset(&zone, at("1978-12-24 00:00")), 3600);
	ck_assert_int_eq(zone_offset(&zone, at("2026-07-01 00:00")), 7200);
	/* Whatever it is cut to, or has wrong in it, it is read or refused. */
	for (size_t cut = 0; cut < len; cut++)
		ck_assert(cut >= 127 ||
		    zone_read(arena, (struct span){octets, cut}, &zone) ==
			-1);
	for (size_t i = 0; i < len; i++) {
		char was = octets[i];

		octets[i] = (char)0xff;
		zone_read(arena, (struct span){octets, len}, &zone);
		octets[i] = was;
	}
	arena_free(arena);
}
END_TEST

/* ---- working time ------------------------------------------------------- */

/* Of the office in Amsterdam, 09:00-12:30 and 13:00-17:30, a day of 8 hours;
 * 25 December, and 27 April of 2026, are holidays. Moments are local. */
static struct worktime
office(struct arena *arena)
{
	struct worktime office = {.holiday_count = 0};

	ck_assert_int_eq(
	    zone_rule(arena, span_of(AMSTERDAM), &office.zone), 0);
	ck_assert_ptr_null(worktime_add_hours(
	    &office, span_of("mon-fri 13:00-17:30")));
	ck_assert_ptr_null(worktime_add_hours(
	    &office, span_of("mon-fri 09:00-12:30")));
	ck_assert_ptr_null(worktime_add_holiday(&office, span_of("12-25")));
	ck_assert_ptr_null(
	    worktime_add_holiday(&office, span_of("2026-04-27")));
	return office;
}

static const struct {
	const char *from;
	int minutes;
	const char *is;
	const char *sentence;
} office_rows[] = {
    {"2026-11-23 10:00", 60, "2026-11-23 11:00", "within a morning"},
    {"2026-11-23 12:00", 60, "2026-11-23 13:30", "over lunch"},
    {"2026-11-23 12:45", 60, "2026-11-23 14:00", "from within lunch"},
    {"2026-11-23 17:00", 60, "2026-11-24 09:30", "over night"},
    {"2026-11-23 16:30", 60, "2026-11-23 17:30", "up to the evening"},
    {"2026-11-23 20:00", 60, "2026-11-24 10:00", "from the evening on"},
    {"2026-11-23 07:00", 60, "2026-11-23 10:00", "from before morning"},
    {"2026-11-27 17:00", 60, "2026-11-30 09:30", "over a weekend"},
    {"2026-11-28 11:00", 60, "2026-11-30 10:00", "from a Saturday"},
    {"2026-12-24 17:00", 60, "2026-12-28 09:30",
	"over Christmas, a Friday, and the weekend behind it"},
    {"2027-12-24 17:00", 60, "2027-12-27 09:30",
	"Christmas on a Saturday: each year, and no day more"},
    {"2026-12-25 10:00", 60, "2026-12-28 10:00", "from a holiday"},
    {"2026-04-24 17:00", 60, "2026-04-28 09:30", "a holiday of one year"},
    {"2027-04-26 17:00", 60, "2027-04-27 09:30", "and not of the next"},
    {"2026-03-27 16:30", 120, "2026-03-30 10:00",
	"clocks are put on at the weekend, office hours stay"},
    {"2026-10-23 16:30", 120, "2026-10-26 10:00",
	"clocks are put back at the weekend"},
    {"2026-11-23 09:00", 5 * 480, "2026-11-27 17:30", "a week of work"},
    {"2026-11-23 09:00", 8 * 480, "2026-12-02 17:30",
	"longer than a week"},
    {"2026-12-14 12:00", 20 * 480, "2027-01-12 12:00",
	"four weeks and a holiday"},
    {"2026-11-23 10:00", 0, "2026-11-23 10:00", "no time at all"},
};

START_TEST(office_hours_are_counted)
{
	struct arena *arena = arena_new(0);
	struct worktime worktime = office(arena);
	when from = zone_instant(&worktime.zone, at(office_rows[_i].from));
	when span = office_rows[_i].minutes * WHEN_MINUTE;
	when is = worktime_after(&worktime, from, span);

	ck_assert_msg(
	    zone_local(&worktime.zone, is) == at(office_rows[_i].is),
	    "%s: %s", office_rows[_i].sentence,
	    when_text(arena, zone_local(&worktime.zone, is)));
	/* And back: so much working time lies between. */
	ck_assert_int_eq(worktime_between(&worktime, from, is), span);
	arena_free(arena);
}
END_TEST

START_TEST(a_night_is_as_long_as_its_clocks_make_it)
{
	struct arena *arena = arena_new(0);
	struct worktime night = {.holiday_count = 0};
	when saturday;

	ck_assert_int_eq(
	    zone_rule(arena, span_of(AMSTERDAM), &night.zone), 0);
	ck_assert_ptr_null(
	    worktime_add_hours(&night, span_of("mon-sun 00:00-24:00")));
	/* 24 hours of the clock on the wall, of which one is not there, and
	 * of which one is there twice. */
	saturday = zone_instant(&night.zone, at("2026-03-28 12:00"));
	ck_assert_int_eq(zone_local(&night.zone,
			     worktime_after(&night, saturday, WHEN_DAY)),
	    at("2026-03-29 13:00"));
	saturday = zone_instant(&night.zone, at("2026-10-24 12:00"));
	ck_assert_int_eq(zone_local(&night.zone,
			     worktime_after(&night, saturday, WHEN_DAY)),
	    at("2026-10-25 11:00"));
	arena_free(arena);
}
END_TEST

START_TEST(without_a_calendar_all_time_is_working_time)
{
	ck_assert_int_eq(worktime_after(NULL, NOW, WHEN_DAY), NOW + WHEN_DAY);
	ck_assert_int_eq(
	    worktime_between(NULL, NOW, NOW + WHEN_DAY), WHEN_DAY);
	ck_assert_int_eq(worktime_between(NULL, NOW, NOW - 1), 0);
}
END_TEST

/* Half an hour a week, and it is a holiday: the search has an end. */
START_TEST(a_calendar_without_work_has_an_end)
{
	struct worktime worktime = {.holiday_count = 0};
	when is = worktime_after(&worktime, NOW, WHEN_HOUR);

	ck_assert_int_eq(is, NOW + (when)WORKTIME_DAYS * WHEN_DAY);
	ck_assert_ptr_null(
	    worktime_add_hours(&worktime, span_of("wed 10:00-10:30")));
	ck_assert_int_eq(worktime_week(&worktime), WORKTIME_LEAST);
	is = worktime_after(&worktime, NOW, 60 * WHEN_DAY);
	ck_assert_int_eq(
	    worktime_between(&worktime, NOW, is), 60 * WHEN_DAY);
}
END_TEST

static const char *const bad_hours[] = {"", "mon", "mon 9:00-17:00",
    "mon 09:00", "mon 09:00-24:01", "mon 09:60-10:00", "mon 17:00-09:00",
    "mon 09:00-09:00", "noday 09:00-10:00", "mon- 09:00-10:00",
    "mon,  09:00-10:00", "mon 09:00-10:00 ", "fri 09:30-10:00"};
static const char *const bad_holidays[] = {"", "2026-02-29", "02-30",
    "13-01", "00-10", "2026-12-5", "1969-01-01", "25-12", "12-25 "};

START_TEST(what_are_no_hours_is_refused)
{
	struct worktime worktime = {.holiday_count = 0};

	ck_assert_ptr_null(
	    worktime_add_hours(&worktime, span_of("fri-mon 09:00-10:00")));
	for (size_t i = 0; i < sizeof bad_hours / sizeof *bad_hours; i++)
		ck_assert_msg(worktime_add_hours(&worktime,
				  span_of(bad_hours[i])) != NULL,
		    "%s", bad_hours[i]);
	for (size_t i = 0; i < sizeof bad_holidays / sizeof *bad_holidays;
	     i++)
		ck_assert_msg(worktime_add_holiday(&worktime,
				  span_of(bad_holidays[i])) != NULL,
		    "%s", bad_holidays[i]);
	ck_assert_ptr_null(worktime_add_holiday(&worktime, span_of("02-29")));
	/* From Friday to Monday, and not on the days between. */
	ck_assert_int_eq(worktime_week(&worktime), 4 * WHEN_HOUR);
	ck_assert_uint_eq(worktime.days[2].count, 0);
}
END_TEST

START_TEST(a_plan_counts_in_its_own_hours)
{
	struct arena *arena = arena_new(0);
	struct worktime worktime = office(arena);
	struct plan plan = {.severity = SEVERITY_MINOR,
	    .target = {[SEVERITY_MAJOR] = 4 * WHEN_HOUR,
		[SEVERITY_MINOR] = 8 * WHEN_HOUR},
	    .worktime = &worktime};
	when friday = at("2026-11-27 13:30"); /* 14:30 there */

	ck_assert_int_eq(
	    plan_answer_by(&plan, SEVERITY_MAJOR, friday, 1),
	    at("2026-11-30 09:00"));
	ck_assert_int_eq(
	    plan_answer_by(&plan, SEVERITY_MINOR, friday, 2),
	    plan_answer_by(&plan, SEVERITY_MAJOR, friday, 4));
	/* A severity that is in the plan no longer. */
	ck_assert_int_eq(
	    plan_target(&plan, SEVERITY_CRITICAL), 8 * WHEN_HOUR);
	ck_assert_str_eq(plan_severities(arena, &plan), "major, minor");
	ck_assert_int_eq(severity_find(span_of("MAJOR")), SEVERITY_MAJOR);
	ck_assert_int_eq(severity_find(span_of("none")), SEVERITY_NONE);
	ck_assert_str_eq(severity_name((enum severity)77), "None");
	arena_free(arena);
}
END_TEST

TCase *
worktime_case(void)
{
	TCase *tcase = tcase_create("worktime");

	tcase_add_loop_test(tcase, a_zone_shows_what_its_clocks_show, 0,
	    sizeof zone_rows / sizeof *zone_rows);
	tcase_add_loop_test(tcase, a_local_time_is_one_moment, 0,
	    sizeof instant_rows / sizeof *instant_rows);
	tcase_add_loop_test(tcase, what_is_no_rule_is_refused, 0,
	    sizeof bad_rules / sizeof *bad_rules);
	tcase_add_test(tcase, a_file_is_read_and_its_rule_goes_on);
	tcase_add_loop_test(tcase, office_hours_are_counted, 0,
	    sizeof office_rows / sizeof *office_rows);
	tcase_add_test(tcase, a_night_is_as_long_as_its_clocks_make_it);
	tcase_add_test(tcase, without_a_calendar_all_time_is_working_time);
	tcase_add_test(tcase, a_calendar_without_work_has_an_end);
	tcase_add_test(tcase, what_are_no_hours_is_refused);
	tcase_add_test(tcase, a_plan_counts_in_its_own_hours);
	return tcase;
}
