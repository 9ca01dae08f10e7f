#include <stdbool.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "span.h"
#include "utf8.h"

#include "calendar.h"

#define VALUE_MAX 1000 /* octets of one value that are shown */

/* What is shown of an event. */
enum field {
	FIELD_SUMMARY,
	FIELD_START,
	FIELD_END,
	FIELD_LOCATION,
	FIELD_ORGANIZER,
	FIELD_STATUS,
	FIELD_COUNT
};

struct line {
	struct span name, parameters, value;
};

struct event {
	struct span method;
	struct line fields[FIELD_COUNT];
	size_t attendees;
	bool found;
};

static const struct {
	const char *property, *title;
} shown[FIELD_COUNT] = {
    [FIELD_SUMMARY] = {"SUMMARY", "Subject"},
    [FIELD_START] = {"DTSTART", "Begins"},
    [FIELD_END] = {"DTEND", "Ends"},
    [FIELD_LOCATION] = {"LOCATION", "Place"},
    [FIELD_ORGANIZER] = {"ORGANIZER", "Organizer"},
    [FIELD_STATUS] = {"STATUS", "Status"},
};

static const struct {
	const char *method, *title;
} titles[] = {
    {"REQUEST", "Invitation"},
    {"CANCEL", "Cancelled event"},
    {"REPLY", "Answer to an invitation"},
    {"COUNTER", "Other time proposed"},
    {"DECLINECOUNTER", "Other time declined"},
    {"PUBLISH", "Event"},
    {"ADD", "Event added"},
    {"REFRESH", "Question about an event"},
};

/* The next line with those that continue it (RFC 5545, section 3.1: a blank
 * at the beginning). */
static struct span
next_line(struct arena *arena, struct span *rest)
{
	struct buf out = buf_in(arena);
	bool more;

	do {
		const char *end = memchr(rest->at, '\n', rest->len);
		size_t len = end ? (size_t)(end - rest->at) : rest->len;

		buf_add(&out, (struct span){rest->at, len});
		len += end != NULL;
		rest->at += len;
		rest->len -= len;
		more = rest->len > 0 &&
		       (rest->at[0] == ' ' || rest->at[0] == '\t');
		if (more) {
			rest->at++;
			rest->len--;
		}
	} while (more);
	return buf_span(&out);
}

/* NAME;PARAMETER="a:b";...:value */
static bool
split(struct span s, struct line *line)
{
	size_t name = 0, i;
	bool quoted = false;

	while (name < s.len && s.at[name] != ';' && s.at[name] != ':')
		name++;
	for (i = name; i < s.len && (quoted || s.at[i] != ':'); i++)
		if (s.at[i] == '"')
			quoted = !quoted;
	if (i == s.len)
		return false;
	line->name = (struct span){s.at, name};
	line->parameters = (struct span){s.at + name, i - name};
	line->value = (struct span){s.at + i + 1, s.len - i - 1};
	return true;
}

/* The value of a parameter, without its quotes; empty when there is none. */
static struct span
parameter(struct span all, const char *name)
{
	size_t len = strlen(name);

	for (size_t i = 0; i + len + 1 < all.len; i++) {
		struct span value = {all.at + i + 1, all.len - i - 1};
		size_t n = 0;

		if (all.at[i] != ';' || !span_begins(value, name) ||
		    value.at[len] != '=')
			continue;
		value.at += len + 1;
		value.len -= len + 1;
		if (value.len > 0 && value.at[0] == '"') {
			value.at++;
			value.len--;
			while (n < value.len && value.at[n] != '"')
				n++;
		} else {
			while (n < value.len && value.at[n] != ';')
				n++;
		}
		return (struct span){value.at, n};
	}
	return (struct span){"", 0};
}

/* \n, \, and \; of a text; its lines on one. */
static void
add_text(struct buf *out, struct span value)
{
	value.len = utf8_cut(value, VALUE_MAX);
	for (size_t i = 0; i < value.len; i++) {
		char c = value.at[i];

		if (c == '\\' && i + 1 < value.len) {
			c = value.at[++i];
			if (c == 'n' || c == 'N')
				c = ' ';
		}
		buf_put(out, c);
	}
}

static bool
digits(struct span s, size_t from, size_t count)
{
	if (s.len < from + count)
		return false;
	for (size_t i = from; i < from + count; i++)
		if (!ascii_digit((unsigned char)s.at[i]))
			return false;
	return true;
}

/* 20261102T100000Z: 2026-11-02 10:00 UTC. */
static void
add_time(struct buf *out, const struct line *line)
{
	struct span s = span_trim(line->value);
	struct span zone = parameter(line->parameters, "TZID");

	if (!digits(s, 0, 8)) {
		add_text(out, s);
		return;
	}
	buf_print(out, "%.4s-%.2s-%.2s", s.at, s.at + 4, s.at + 6);
	if (s.len >= 13 && s.at[8] == 'T' && digits(s, 9, 4)) {
		buf_print(out, " %.2s:%.2s", s.at + 9, s.at + 11);
		if (s.at[s.len - 1] == 'Z') {
			buf_add_text(out, " UTC");
		} else if (zone.len > 0) {
			buf_add_text(out, " (");
			add_text(out, zone);
			buf_put(out, ')');
		}
	}
}

/* ORGANIZER;CN="Jo Doe":mailto:jo@example.org */
static void
add_person(struct buf *out, const struct line *line)
{
	struct span name = parameter(line->parameters, "CN");
	struct span address = span_trim(line->value);

	if (span_begins(address, "mailto:")) {
		address.at += strlen("mailto:");
		address.len -= strlen("mailto:");
	}
	add_text(out, name);
	if (address.len > 0) {
		buf_add_text(out, name.len > 0 ? " <" : "<");
		add_text(out, address);
		buf_put(out, '>');
	}
}

static void
add_field(struct buf *out, enum field field, const struct line *line)
{
	if (span_trim(line->value).len == 0)
		return;
	buf_print(out, "%s: ", shown[field].title);
	if (field == FIELD_START || field == FIELD_END)
		add_time(out, line);
	else if (field == FIELD_ORGANIZER)
		add_person(out, line);
	else
		add_text(out, line->value);
	buf_put(out, '\n');
}

static void
take(struct event *event, const struct line *line)
{
	if (span_is(line->name, "ATTENDEE"))
		event->attendees++;
	for (int i = 0; i < FIELD_COUNT; i++)
		if (span_is(line->name, shown[i].property) &&
		    event->fields[i].name.len == 0)
			event->fields[i] = *line;
}

/* The lines of the first component that is an event; what lies in it (an
 * alarm has a summary of its own) does not count. */
static void
read_event(struct arena *arena, struct span text, struct event *event)
{
	size_t depth = 0;
	struct line line;

	while (text.len > 0) {
		if (!split(next_line(arena, &text), &line))
			continue;
		if (span_is(line.name, "METHOD") && depth == 0)
			event->method = span_trim(line.value);
		if (span_is(line.name, "BEGIN")) {
			struct span what = span_trim(line.value);

			if (depth > 0 || span_is(what, "VEVENT") ||
			    span_is(what, "VTODO") || span_is(what, "VJOURNAL"))
				depth++;
			event->found |= depth > 0;
		} else if (span_is(line.name, "END") && depth > 0) {
			if (--depth == 0)
				return;
		} else if (depth == 1) {
			take(event, &line);
		}
	}
}

struct span
calendar_summary(struct arena *arena, struct span text)
{
	struct buf out = buf_in(arena);
	struct event event = {.method = {"", 0}};
	const char *title = "Event";

	read_event(arena, text, &event);
	if (!event.found)
		return (struct span){"", 0};
	for (size_t i = 0; i < sizeof titles / sizeof titles[0]; i++)
		if (span_is(event.method, titles[i].method))
			title = titles[i].title;
	buf_print(&out, "[%s]\n", title);
	for (int i = 0; i < FIELD_COUNT; i++)
		add_field(&out, (enum field)i, &event.fields[i]);
	if (event.attendees > 0)
		buf_print(&out, "Invited: %zu\n", event.attendees);
	return buf_span(&out);
}
