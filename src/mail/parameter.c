#include <string.h>

#include "arena.h"
#include "buf.h"
#include "span.h"

#include "charset.h"
#include "flag.h"
#include "parameter.h"
#include "word.h"

#define SECTIONS_MAX 100
#define WORDS_MAX    50

struct scan {
	const char *at, *end;
	bool no_quote; /* no '"' ends what begins after here */
};

/* Passes over blanks and comments. */
static void
skip_blanks(struct scan *scan)
{
	int depth = 0;

	for (; scan->at < scan->end; scan->at++) {
		char c = *scan->at;

		if (c == '(')
			depth++;
		else if (c == ')' && depth > 0)
			depth--;
		else if (depth == 0 && !ascii_blank((unsigned char)c))
			return;
		else if (c == '\\' && scan->at + 1 < scan->end)
			scan->at++;
	}
}

/* A quoted string after its first quote. Only quotes and backslashes are
 * taken as escaped, so that C:\folder\file keeps its name. False when it
 * never ends. */
static bool
quoted(struct arena *arena, struct scan *scan, struct span *value_r)
{
	struct buf out = buf_in(arena);

	for (const char *at = scan->at; at < scan->end; at++) {
		if (*at == '"') {
			scan->at = at + 1;
			*value_r = (struct span){buf_text(&out), out.len};
			return true;
		}
		if (*at == '\\' && at + 1 < scan->end &&
		    (at[1] == '"' || at[1] == '\\'))
			at++;
		buf_put(&out, *at);
	}
	scan->no_quote = true;
	return false;
}

/* Up to the next ';'. Blanks may stand in it: many programs forget the quotes
 * round a file name. */
static struct span
unquoted(struct scan *scan)
{
	const char *stop =
	    memchr(scan->at, ';', (size_t)(scan->end - scan->at));
	struct span value = span_from(scan->at, stop ? stop : scan->end);

	scan->at = value.at + value.len;
	value = span_trim(value);
	if (value.len > 0 && value.at[0] == '"')
		value = (struct span){value.at + 1, value.len - 1};
	return span_trim(value);
}

/* name, name*, name*1, name*1* */
static void
read_name(struct parameter *parameter, struct span name)
{
	const char *star;
	size_t digits = 0;
	int section = 0;

	parameter->section = -1;
	if (name.len > 1 && name.at[name.len - 1] == '*') {
		parameter->extended = true;
		name.len--;
	}
	star = name.len > 0 ? memchr(name.at, '*', name.len) : NULL;
	if (star != NULL) {
		struct span rest = span_from(star + 1, name.at + name.len);

		while (digits < rest.len && digits < 4 &&
		       ascii_digit((unsigned char)rest.at[digits]))
			section = section * 10 + (rest.at[digits++] - '0');
		if (digits > 0 && digits == rest.len) {
			parameter->section = section;
			name = span_from(name.at, star);
		}
	}
	parameter->name = name;
}

static bool
read_one(struct arena *arena, struct scan *scan, struct parameter *parameter,
    struct flags *flags)
{
	const char *name = scan->at;

	while (scan->at < scan->end && *scan->at != '=' && *scan->at != ';')
		scan->at++;
	if (scan->at == scan->end || *scan->at == ';') {
		if (span_trim(span_from(name, scan->at)).len > 0)
			flag_raise(flags, FLAG_BAD_PARAMETER);
		return false;
	}
	read_name(parameter, span_trim(span_from(name, scan->at)));
	scan->at++;
	skip_blanks(scan);
	if (scan->at < scan->end && *scan->at == '"' && !scan->no_quote) {
		scan->at++;
		if (quoted(arena, scan, &parameter->value))
			return true;
	}
	if (scan->no_quote)
		flag_raise(flags, FLAG_BAD_PARAMETER);
	parameter->value = unquoted(scan);
	return true;
}

struct parameters
parameters_read(
    struct arena *arena, struct span body, size_t limit, struct flags *flags)
{
	struct parameters all = {.value = body};
	struct scan scan = {body.at, body.at + body.len, false};
	const char *stop = body.len > 0 ? memchr(body.at, ';', body.len) : NULL;
	size_t room = 0;

	if (stop == NULL) {
		all.value = span_trim(body);
		return all;
	}
	all.value = span_trim(span_from(body.at, stop));
	scan.at = stop;
	while (scan.at < scan.end) {
		struct parameter parameter = {.section = -1};

		if (*scan.at == ';')
			scan.at++;
		skip_blanks(&scan);
		if (scan.at == scan.end ||
		    !read_one(arena, &scan, &parameter, flags))
			continue;
		if (all.count == limit) {
			flag_raise(flags, FLAG_LIMIT_PARAMETERS);
			break;
		}
		if (all.count == room) {
			size_t more = room == 0 ? 4 : room * 2;

			all.list = arena_grow(arena, all.list,
			    room * sizeof *all.list, more * sizeof *all.list);
			room = more;
		}
		all.list[all.count++] = parameter;
	}
	return all;
}

static int
hex_value(int c)
{
	if (ascii_digit(c))
		return c - '0';
	c = ascii_lower(c);
	return c >= 'a' && c <= 'f' ? c - 'a' + 10 : -1;
}

static void
add_percent(struct buf *out, struct span text)
{
	for (size_t i = 0; i < text.len; i++) {
		int high = -1, low = -1;

		if (text.at[i] == '%' && i + 2 < text.len) {
			high = hex_value((unsigned char)text.at[i + 1]);
			low = hex_value((unsigned char)text.at[i + 2]);
		}
		if (high >= 0 && low >= 0) {
			buf_put(out, (char)(high << 4 | low));
			i += 2;
		} else {
			buf_put(out, text.at[i]);
		}
	}
}

/* Takes charset'language' off the first section. */
static void
take_charset(struct span *value, struct span *charset)
{
	const char *end = value->at + value->len;
	const char *first =
	    value->len > 0 ? memchr(value->at, '\'', value->len) : NULL;
	const char *second =
	    first ? memchr(first + 1, '\'', (size_t)(end - first - 1)) : NULL;

	if (second == NULL)
		return;
	*charset = span_from(value->at, first);
	*value = span_from(second + 1, end);
}

static const struct parameter *
find(const struct parameters *parameters, const char *name, int section,
    struct flags *flags)
{
	const struct parameter *found = NULL;

	for (size_t i = 0; i < parameters->count; i++) {
		const struct parameter *p = &parameters->list[i];

		if (p->section != section || !span_is(p->name, name))
			continue;
		if (found == NULL)
			found = p;
		else if (found->extended != p->extended)
			flag_raise(flags, FLAG_MIXED_PARAMETER);
		else
			flag_raise(flags, FLAG_DUPLICATE_PARAMETER);
		if (p->extended && !found->extended)
			found = p;
	}
	return found;
}

bool
parameter_octets(struct arena *arena, const struct parameters *parameters,
    const char *name, struct span *octets_r, struct span *charset_r,
    struct flags *flags)
{
	const struct parameter *whole = find(parameters, name, -1, flags);
	const struct parameter *p = find(parameters, name, 0, flags);
	struct span charset = {"", 0};
	struct buf out = buf_in(arena);

	if (whole && p)
		flag_raise(flags, FLAG_MIXED_PARAMETER);
	if (whole && (p == NULL || whole->extended))
		p = whole;
	if (p == NULL)
		p = find(parameters, name, 1, flags);
	if (p == NULL)
		return false;
	if (!p->extended && p->section < 0) {
		*octets_r = p->value;
		*charset_r = charset;
		return true;
	}
	for (int i = p->section; p != NULL && i < SECTIONS_MAX; i++) {
		struct span value = p->value;

		if (p->extended && out.len == 0)
			take_charset(&value, &charset);
		if (p->extended)
			add_percent(&out, value);
		else
			buf_add(&out, value);
		p = p->section < 0 ? NULL
				   : find(parameters, name, i + 1, flags);
	}
	*octets_r = (struct span){buf_text(&out), out.len};
	*charset_r = charset;
	return true;
}

struct span
parameter_text(struct arena *arena, const struct parameters *parameters,
    const char *name, struct flags *flags)
{
	struct span octets, charset;

	if (!parameter_octets(
		arena, parameters, name, &octets, &charset, flags))
		return (struct span){"", 0};
	if (charset.len > 0)
		return charset_to_utf8(arena, octets, charset, flags);
	return word_decode(arena, octets, WORDS_MAX, flags);
}
