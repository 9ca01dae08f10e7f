#include <string.h>

#include "zone.h"

#define SECONDS(n) ((when)(n) * WHEN_SECOND)
#define HEAD	   44 /* octets of a header, RFC 8536, section 3.1 */

/* ---- a table while it is read ------------------------------------------- */

struct table {
	struct arena *arena;
	struct zone_shift *shifts;
	size_t count, room;
};

static void
add(struct table *table, when at, int32_t offset)
{
	size_t size = sizeof *table->shifts;

	if (table->count == table->room) {
		size_t room = table->room * 2 + 64;

		table->shifts = arena_grow(table->arena, table->shifts,
		    table->room * size, room * size);
		table->room = room;
	}
	table->shifts[table->count++] = (struct zone_shift){at, offset};
}

/* ---- the rule ----------------------------------------------------------- */

/* A day of the year: the `week`th (5: the last) `weekday` of a month; or by
 * its number, with or without the leap day. */
struct yearly {
	enum { YEARLY_WEEKDAY, YEARLY_JULIAN, YEARLY_DAY } kind;
	int month, week, day;
	int32_t time; /* seconds of local time behind its midnight */
};

struct rule {
	int32_t standard, summer; /* seconds east of UTC */
	struct yearly begin, end; /* of summer time */
};

static bool
take(struct span *text, char c)
{
	if (text->len == 0 || *text->at != c)
		return false;
	text->at++;
	text->len--;
	return true;
}

static int
take_number(struct span *text, int least, int most, int *value_r)
{
	int value = 0;
	size_t n = 0;

	while (n < text->len && n < 4 &&
	    ascii_digit((unsigned char)text->at[n]))
		value = value * 10 + (text->at[n++] - '0');
	if (n == 0 || value < least || value > most)
		return -1;
	text->at += n;
	text->len -= n;
	*value_r = value;
	return 0;
}

/* "CET" or "<+0330>". */
static int
take_name(struct span *text)
{
	bool quoted = take(text, '<');
	size_t n = 0;

	while (n < text->len &&
	    (ascii_alpha((unsigned char)text->at[n]) ||
		(quoted && (ascii_digit((unsigned char)text->at[n]) ||
			       octet_in(text->at[n], "+-")))))
		n++;
	text->at += n;
	text->len -= n;
	return n < 3 || (quoted && !take(text, '>')) ? -1 : 0;
}

/* "[+-]hh[:mm[:ss]]", up to a week of hours (RFC 8536, 3.3.1). */
static int
take_time(struct span *text, int32_t *seconds_r)
{
	bool minus = take(text, '-');
	int hours, minutes = 0, seconds = 0;

	if (!minus)
		take(text, '+');
	if (take_number(text, 0, 167, &hours) < 0 ||
	    (take(text, ':') &&
		(take_number(text, 0, 59, &minutes) < 0 ||
		    (take(text, ':') &&
			take_number(text, 0, 59, &seconds) < 0))))
		return -1;
	*seconds_r = (hours * 60 + minutes) * 60 + seconds;
	if (minus)
		*seconds_r = -*seconds_r;
	return 0;
}

static int
take_yearly(struct span *text, struct yearly *yearly)
{
	yearly->time = 2 * 3600;
	if (take(text, 'M')) {
		yearly->kind = YEARLY_WEEKDAY;
		if (take_number(text, 1, 12, &yearly->month) < 0 ||
		    !take(text, '.') ||
		    take_number(text, 1, 5, &yearly->week) < 0 ||
		    !take(text, '.') ||
		    take_number(text, 0, 6, &yearly->day) < 0)
			return -1;
	} else if (take(text, 'J')) {
		yearly->kind = YEARLY_JULIAN;
		if (take_number(text, 1, 365, &yearly->day) < 0)
			return -1;
	} else {
		yearly->kind = YEARLY_DAY;
		if (take_number(text, 0, 365, &yearly->day) < 0)
			return -1;
	}
	return take(text, '/') ? take_time(text, &yearly->time) : 0;
}

static int
take_rule(struct span *text, struct rule *rule, bool *shifts_r)
{
	*shifts_r = false;
	if (take_name(text) < 0 || take_time(text, &rule->standard) < 0)
		return -1;
	/* There what is west of UTC is positive. */
	rule->standard = -rule->standard;
	if (text->len == 0)
		return 0;
	rule->summer = rule->standard + 3600;
	if (take_name(text) < 0)
		return -1;
	if (text->len > 0 && *text->at != ',') {
		if (take_time(text, &rule->summer) < 0)
			return -1;
		rule->summer = -rule->summer;
	}
	*shifts_r = true;
	return take(text, ',') && take_yearly(text, &rule->begin) == 0 &&
		take(text, ',') && take_yearly(text, &rule->end) == 0 &&
		text->len == 0
	    ? 0
	    : -1;
}

static when
midnight(int year, int month, int day)
{
	return when_from_civil((struct when_civil){
	    .year = year, .month = month, .day = day});
}

/* 1 January 1970 was a Thursday; Sunday is 0. */
static int
weekday(when t)
{
	return (int)(((when_day(t) + 4) % 7 + 7) % 7);
}

static when
day_of(const struct yearly *yearly, int year)
{
	when first, day;

	switch (yearly->kind) {
	case YEARLY_JULIAN:
		/* 29 February is never counted: of a year without one. */
		day = midnight(1970, 1, 1) + (yearly->day - 1) * WHEN_DAY;
		return midnight(year, when_to_civil(day).month,
		    when_to_civil(day).day);
	case YEARLY_DAY:
		return midnight(year, 1, 1) + yearly->day * WHEN_DAY;
	case YEARLY_WEEKDAY:
		break;
	}
	first = midnight(year, yearly->month, 1);
	day = first + (yearly->day - weekday(first) + 7) % 7 * WHEN_DAY +
	    (yearly->week - 1) * 7 * WHEN_DAY;
	while (when_to_civil(day).month != yearly->month)
		day -= 7 * WHEN_DAY;
	return day;
}

static void
add_year(struct table *table, const struct rule *rule, int year, when after)
{
	when begin = day_of(&rule->begin, year) +
	    SECONDS(rule->begin.time - rule->standard);
	when end = day_of(&rule->end, year) +
	    SECONDS(rule->end.time - rule->summer);
	struct zone_shift first = {begin, rule->summer};
	struct zone_shift second = {end, rule->standard};

	if (end < begin) {
		first = (struct zone_shift){end, rule->standard};
		second = (struct zone_shift){begin, rule->summer};
	}
	if (first.at > after)
		add(table, first.at, first.offset);
	if (second.at > after)
		add(table, second.at, second.offset);
}

/* Writes the rule out behind what is in the table already. */
static int
add_rule(struct table *table, struct span text, int from, int32_t *before)
{
	when after = table->count > 0
	    ? table->shifts[table->count - 1].at
	    : INT64_MIN;
	struct rule rule = {0};
	bool shifts;

	if (take_rule(&text, &rule, &shifts) < 0)
		return -1;
	if (table->count == 0)
		*before = rule.standard;
	if (!shifts)
		return 0;
	if (table->count > 0)
		from = when_to_civil(after).year;
	for (int year = from; year <= ZONE_UNTIL; year++)
		add_year(table, &rule, year, after);
	return 0;
}

int
zone_rule(struct arena *arena, struct span text, struct zone *zone_r)
{
	struct table table = {.arena = arena};
	int32_t before = 0;

	if (add_rule(&table, text, 1970, &before) < 0)
		return -1;
	*zone_r = (struct zone){table.shifts, table.count, before};
	return 0;
}

/* ---- a file ------------------------------------------------------------- */

static int64_t
number_at(const char *at, size_t octets)
{
	uint64_t value = (unsigned char)at[0] & 0x80 ? UINT64_MAX : 0;

	for (size_t i = 0; i < octets; i++)
		value = value << 8 | (unsigned char)at[i];
	return (int64_t)value;
}

/* The counts of a header, and the octets behind it. */
struct block {
	size_t times, types, size;
};

static bool
read_head(struct span octets, size_t width, struct block *block)
{
	int64_t counts[6];

	if (octets.len < HEAD || memcmp(octets.at, "TZif", 4) != 0 ||
	    octets.at[4] < '2')
		return false;
	/* isut, isstd, leap, time, type, char */
	for (size_t i = 0; i < 6; i++) {
		counts[i] = number_at(octets.at + 20 + 4 * i, 4);
		if (counts[i] < 0 || counts[i] > (int64_t)ZONE_OCTETS_MAX)
			return false;
	}
	block->times = (size_t)counts[3];
	block->types = (size_t)counts[4];
	block->size = block->times * (width + 1) + block->types * 6 +
	    (size_t)counts[5] + (size_t)counts[2] * (width + 4) +
	    (size_t)counts[1] + (size_t)counts[0];
	return octets.len - HEAD >= block->size && block->types > 0;
}

static bool
read_shifts(struct table *table, const char *at, const struct block *block,
    int32_t *before)
{
	const char *index = at + block->times * 8;
	const char *types = index + block->times;

	*before = (int32_t)number_at(types, 4);
	for (size_t i = 0; i < block->times; i++) {
		size_t type = (unsigned char)index[i];
		int64_t seconds = number_at(at + 8 * i, 8);

		if (type >= block->types)
			return false;
		/* The beginning of the world is no shift. */
		if (seconds < -(int64_t)4000000000 ||
		    seconds > (int64_t)40000000000)
			continue;
		if (table->count > 0 &&
		    SECONDS(seconds) <= table->shifts[table->count - 1].at)
			return false;
		add(table, SECONDS(seconds),
		    (int32_t)number_at(types + 6 * type, 4));
	}
	return true;
}

/* The first block is for readers of 32 bits, and passed over. */
int
zone_read(struct arena *arena, struct span octets, struct zone *zone_r)
{
	struct table table = {.arena = arena};
	struct block block;
	struct span rule;
	int32_t before;

	if (octets.len > ZONE_OCTETS_MAX || !read_head(octets, 4, &block))
		return -1;
	octets.at += HEAD + block.size;
	octets.len -= HEAD + block.size;
	if (!read_head(octets, 8, &block) ||
	    !read_shifts(&table, octets.at + HEAD, &block, &before))
		return -1;
	octets.at += HEAD + block.size;
	octets.len -= HEAD + block.size;
	rule = span_trim(octets);
	if (rule.len > 0 && add_rule(&table, rule, 1970, &before) < 0)
		return -1;
	*zone_r = (struct zone){table.shifts, table.count, before};
	return 0;
}

/* ---- asking ------------------------------------------------------------- */

/* How many shifts are not after `t`. */
static size_t
shifts_until(const struct zone *zone, when t)
{
	size_t low = 0, high = zone->count;

	while (low < high) {
		size_t middle = low + (high - low) / 2;

		if (zone->shifts[middle].at <= t)
			low = middle + 1;
		else
			high = middle;
	}
	return low;
}

int32_t
zone_offset(const struct zone *zone, when t)
{
	size_t count = shifts_until(zone, t);

	return count > 0 ? zone->shifts[count - 1].offset : zone->before;
}

when
zone_local(const struct zone *zone, when t)
{
	return t + SECONDS(zone_offset(zone, t));
}

/* No place shifts its clocks twice within two days. */
when
zone_instant(const struct zone *zone, when local)
{
	int32_t before = zone_offset(zone, local - WHEN_DAY);
	int32_t after = zone_offset(zone, local + WHEN_DAY);
	when early = local - SECONDS(before), late = local - SECONDS(after);
	size_t count;

	if (zone_offset(zone, early) == before)
		return early;
	if (zone_offset(zone, late) == after)
		return late;
	count = shifts_until(zone, early);
	return count > 0 ? zone->shifts[count - 1].at : early;
}
