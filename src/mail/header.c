#include <string.h>

#include "arena.h"
#include "buf.h"
#include "span.h"
#include "utf8.h"

#include "flag.h"
#include "header.h"

#define NAME_MAX_LEN 128
#define JUNK_LINES   3 /* so many lines may stand between two fields */

/* The name before the colon, without the blanks that some programs put
 * between; empty when the line is no field. */
static struct span
field_name(struct span line)
{
	size_t i = 0, len;

	while (i < line.len && i < NAME_MAX_LEN && line.at[i] > ' ' &&
	       line.at[i] < 0x7f && line.at[i] != ':')
		i++;
	len = i;
	while (i < line.len && (line.at[i] == ' ' || line.at[i] == '\t'))
		i++;
	if (len == 0 || i == line.len || line.at[i] != ':')
		return (struct span){NULL, 0};
	return (struct span){line.at, len};
}

bool
header_field_line(struct span line)
{
	return field_name(line).len > 0;
}

static struct span
next_line(struct span rest)
{
	const char *end = rest.len > 0 ? memchr(rest.at, '\n', rest.len) : NULL;

	return end ? span_from(rest.at, end + 1) : rest;
}

static struct span
after(struct span rest, struct span line)
{
	return (struct span){rest.at + line.len, rest.len - line.len};
}

/* Whether a field comes within the next lines. */
static bool
field_is_near(struct span rest)
{
	for (int i = 0; i < JUNK_LINES && rest.len > 0; i++) {
		struct span line = next_line(rest);

		if (header_field_line(line))
			return true;
		rest = after(rest, line);
	}
	return false;
}

static bool
add_field(struct arena *arena, struct header *header, size_t *room,
    struct span name, struct span line)
{
	const char *body = memchr(line.at, ':', line.len);

	if (header->count == *room) {
		size_t more = *room == 0 ? 16 : *room * 2;

		header->list = arena_grow(arena, header->list,
		    *room * sizeof *header->list, more * sizeof *header->list);
		*room = more;
	}
	header->list[header->count++] = (struct header_field){
	    name, span_from(body + 1, line.at + line.len)};
	return true;
}

struct header
header_split(
    struct arena *arena, struct span block, size_t limit, struct flags *flags)
{
	struct header header = {0};
	struct span rest = block;
	size_t room = 0;
	bool full = false;

	while (rest.len > 0) {
		struct span line = next_line(rest);
		struct span name = field_name(line);
		bool folded = line.at[0] == ' ' || line.at[0] == '\t';
		struct header_field *last =
		    header.count > 0 ? &header.list[header.count - 1] : NULL;

		rest = after(rest, line);
		if (name.len > 0) {
			full = header.count == limit;
			if (full)
				flag_raise(flags, FLAG_LIMIT_FIELDS);
			else
				add_field(arena, &header, &room, name, line);
			continue;
		}
		if (!folded) {
			flag_raise(flags, FLAG_JUNK_IN_HEADER);
			if (!field_is_near(rest)) {
				header.length = (size_t)(line.at - block.at);
				return header;
			}
		}
		if (last && !full)
			last->body =
			    span_from(last->body.at, line.at + line.len);
	}
	header.length = block.len;
	return header;
}

const struct header_field *
header_find(const struct header *header, const char *name, size_t n)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < header->count; i++)
		if (header->list[i].name.len == len &&
		    span_is(header->list[i].name, name) && n-- == 0)
			return &header->list[i];
	return NULL;
}

/* How many octets come before the next control. */
static size_t
plain_run(const char *at, const char *end)
{
	size_t len = 0;

	while (at + len < end && (unsigned char)at[len] >= ' ')
		len++;
	return len;
}

struct span
header_unfold(
    struct arena *arena, struct span body, size_t limit, struct flags *flags)
{
	struct buf out = buf_in(arena);

	body = span_trim(body);
	if (body.len > limit) {
		flag_raise(flags, FLAG_LIMIT_FIELD);
		body.len = utf8_cut(body, limit);
	}
	if (body.len == 0)
		return (struct span){"", 0};
	if (memchr(body.at, '\n', body.len) == NULL &&
	    memchr(body.at, '\r', body.len) == NULL &&
	    memchr(body.at, '\0', body.len) == NULL)
		return body;
	buf_reserve(&out, body.len);
	for (size_t i = 0; i < body.len; i++) {
		size_t run = plain_run(body.at + i, body.at + body.len);
		char c;

		buf_add(&out, (struct span){body.at + i, run});
		i += run;
		if (i == body.len)
			break;
		c = body.at[i];
		if (c == '\0') {
			flag_raise(flags, FLAG_NUL);
			utf8_put(&out, UTF8_REPLACEMENT);
		} else if (c == '\r' || c == '\n') {
			/* A line end goes; the blank that began the next line
			 * stays, and an unindented one gets one. */
			if (c == '\r' && body.at[i + 1] != '\n' &&
			    body.at[i + 1] != '\r')
				flag_raise(flags, FLAG_BARE_CR);
			if (!ascii_blank((unsigned char)body.at[i + 1]))
				buf_put(&out, ' ');
		} else {
			buf_put(&out, c);
		}
	}
	return buf_span(&out);
}
