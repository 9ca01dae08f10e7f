#include <stdbool.h>
#include <string.h>

#include "span.h"
#include "when.h"

#include "date.h"

#define YEAR_FIRST 1970
#define YEAR_LAST  2200

/* What was found so far; -1: nothing. The order of day, month and year is
 * not kept by all, and need not be: they are told apart by their form. */
struct date {
	int day, month, year;
	int hour, minute, second;
	int zone; /* minutes east of UTC */
	bool afternoon, morning;
};

static const char *const months[] = {"jan", "feb", "mar", "apr", "may", "jun",
    "jul", "aug", "sep", "oct", "nov", "dec"};

/* RFC 5322, 4.3; the military letters mean UTC because RFC 822 had their
 * signs wrong. */
static const struct {
	const char *name;
	int minutes;
} zones[] = {
    {"ut", 0},
    {"utc", 0},
    {"gmt", 0},
    {"z", 0},
    {"est", -300},
    {"edt", -240},
    {"cst", -360},
    {"cdt", -300},
    {"mst", -420},
    {"mdt", -360},
    {"pst", -480},
    {"pdt", -420},
    {"bst", 60},
    {"wet", 0},
    {"west", 60},
    {"cet", 60},
    {"cest", 120},
    {"met", 60},
    {"mest", 120},
    {"mez", 60},
    {"eet", 120},
    {"eest", 180},
    {"msk", 180},
    {"jst", 540},
};

/* A number of at most `most` digits, taken off the front; -1 when there is
 * none. */
static int
take_number(struct span *text, size_t most)
{
	int number = 0;
	size_t len = 0;

	while (len < text->len && len < most &&
	       ascii_digit((unsigned char)text->at[len]))
		number = number * 10 + (text->at[len++] - '0');
	text->at += len;
	text->len -= len;
	return len > 0 ? number : -1;
}

static bool
take_char(struct span *text, const char *any)
{
	if (text->len == 0 || text->at[0] == '\0' ||
	    strchr(any, text->at[0]) == NULL)
		return false;
	text->at++;
	text->len--;
	return true;
}

static void
take_zone(struct date *date, struct span *text)
{
	int sign = text->at[0] == '-' ? -1 : 1;
	int hours, minutes;

	take_char(text, "+-");
	hours = take_number(text, 2);
	take_char(text, ":");
	minutes = take_number(text, 2);
	if (hours < 0 || hours > 14 || minutes > 59) {
		/* A zone that cannot be: the time is taken as UTC. */
		date->zone = 0;
		return;
	}
	date->zone = sign * (hours * 60 + (minutes > 0 ? minutes : 0));
}

/* After the hour and its colon (or the dot that some write). */
static void
take_time(struct date *date, struct span *text, int hour)
{
	date->hour = hour;
	date->minute = take_number(text, 2);
	date->second = 0;
	if (take_char(text, ":."))
		date->second = take_number(text, 2);
	if (take_char(text, ".,"))
		take_number(text, 9);
	if (text->len > 0 && (text->at[0] == '+' || text->at[0] == '-') &&
	    date->hour >= 0)
		take_zone(date, text);
}

static void
take_figures(struct date *date, struct span *text)
{
	const char *start = text->at;
	int number = take_number(text, 4);
	size_t digits = (size_t)(text->at - start);

	if (date->hour < 0 && digits <= 2 && text->len > 0 &&
	    text->at[0] == ':') {
		take_char(text, ":");
		take_time(date, text, number);
	} else if (digits >= 3 && date->year < 0) {
		date->year = digits == 3 ? number + 1900 : number;
		/* 2026-11-23: year, month and day in figures. */
		if (digits == 4 && date->month < 0 && date->day < 0 &&
		    text->len > 1 && ascii_digit((unsigned char)text->at[1]) &&
		    take_char(text, "-/")) {
			date->month = take_number(text, 2);
			take_char(text, "-/");
			date->day = take_number(text, 2);
			take_char(text, "T");
		}
	} else if (digits <= 2 && date->day < 0) {
		date->day = number;
	} else if (digits <= 2 && date->year < 0) {
		date->year = number + (number < 50 ? 2000 : 1900);
	}
}

static void
take_name(struct date *date, struct span *text)
{
	struct span word = *text;

	word.len = 0;
	while (word.len < text->len &&
	       ascii_alpha((unsigned char)text->at[word.len]))
		word.len++;
	text->at += word.len;
	text->len -= word.len;
	if (span_is(word, "pm"))
		date->afternoon = true;
	if (span_is(word, "am"))
		date->morning = true;
	for (size_t i = 0; i < sizeof zones / sizeof zones[0]; i++)
		if (date->hour >= 0 && span_is(word, zones[i].name))
			date->zone = zones[i].minutes;
	for (int i = 0; i < 12 && word.len >= 3 && date->month < 0; i++)
		if (span_begins(word, months[i]))
			date->month = i + 1;
}

static when
moment(const struct date *date)
{
	static const int lengths[] = {
	    31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31};
	struct when_civil civil = {date->year, date->month, date->day,
	    date->hour, date->minute, date->second};
	bool leap = (date->year % 4 == 0 && date->year % 100 != 0) ||
		    date->year % 400 == 0;

	if (date->year < YEAR_FIRST || date->year > YEAR_LAST ||
	    date->month < 1 || date->month > 12 || date->day < 1 ||
	    date->day > lengths[date->month - 1] ||
	    (date->month == 2 && date->day == 29 && !leap))
		return 0;
	if (civil.hour < 0) /* a day without a time */
		civil.hour = civil.minute = civil.second = 0;
	if (date->afternoon && civil.hour < 12)
		civil.hour += 12;
	if (date->morning && civil.hour == 12)
		civil.hour = 0;
	if (civil.second == 60) /* a leap second */
		civil.second = 59;
	if (civil.hour > 23 || civil.minute < 0 || civil.minute > 59 ||
	    civil.second < 0 || civil.second > 59)
		return 0;
	return when_from_civil(civil) - date->zone * WHEN_MINUTE;
}

when
date_read(struct span text)
{
	struct date date = {-1, -1, -1, -1, -1, -1, 0, false, false};
	int comment = 0;

	while (text.len > 0) {
		unsigned char c = (unsigned char)text.at[0];

		if (c == '(')
			comment++;
		else if (c == ')' && comment > 0)
			comment--;
		if (comment == 0 && ascii_digit(c)) {
			take_figures(&date, &text);
			continue;
		}
		if (comment == 0 && ascii_alpha(c)) {
			take_name(&date, &text);
			continue;
		}
		if (comment == 0 && (c == '+' || c == '-') && date.hour >= 0 &&
		    text.len > 1 && ascii_digit((unsigned char)text.at[1])) {
			take_zone(&date, &text);
			continue;
		}
		text.at++;
		text.len--;
	}
	return moment(&date);
}
