#include <string.h>

#include "arena.h"
#include "span.h"

#include "describe.h"
#include "flag.h"
#include "header.h"
#include "mail_read.h"
#include "mime.h"
#include "part.h"

#define SECOND_BLOCK_MAX 16384 /* octets of a header behind a blank line */

/* A multipart whose end has not come. */
struct level {
	int part;
	struct span boundary;
};

enum place {
	PLACE_HEADER, /* of the part `current` */
	PLACE_BODY,   /* of a leaf, or between a multipart's children */
};

struct scan {
	struct arena *arena;
	const struct mail_limits *limits;
	struct flags *flags;
	struct parts parts;
	size_t room;
	struct level *levels;
	size_t depth;
	enum place place;
	int current;
	const char *header; /* where the header of `current` begins */
	const char *end;
	bool went_on; /* after a blank line in the mail's own header */
};

static struct span
line_at(const char *at, const char *end)
{
	const char *stop = memchr(at, '\n', (size_t)(end - at));

	return span_from(at, stop ? stop + 1 : end);
}

static bool
empty_line(struct span line)
{
	return line.len == 0 || line.at[0] == '\n' ||
	       (line.at[0] == '\r' &&
		   (line.len == 1 || line.at[1] == '\n' ||
		       (line.len == 3 && line.at[1] == '\r')));
}

/* Where a body that the line at `at` follows ends: before the line end, which
 * belongs to the boundary (RFC 2046, 5.1.1). */
static const char *
before_line(const char *start, const char *at)
{
	if (at > start && at[-1] == '\n')
		at--;
	if (at > start && at[-1] == '\r')
		at--;
	return at;
}

/* A new part whose header begins at `at`; false when there are too many. The
 * mail itself is always one. */
static bool
begin_part(struct scan *scan, int parent, const char *at)
{
	struct part *part;

	if (scan->parts.count > 0 &&
	    scan->parts.count >= scan->limits->parts) {
		flag_raise(scan->flags, FLAG_LIMIT_PARTS);
		return false;
	}
	if (scan->parts.count == scan->room) {
		size_t more = scan->room == 0 ? 4 : scan->room * 2;

		scan->parts.list = arena_grow(scan->arena, scan->parts.list,
		    scan->room * sizeof *part, more * sizeof *part);
		scan->room = more;
	}
	part = &scan->parts.list[scan->parts.count];
	part->parent = parent;
	part->depth = parent < 0 ? 0 : scan->parts.list[parent].depth + 1;
	part->flags = scan->flags;
	scan->current = (int)scan->parts.count++;
	scan->place = PLACE_HEADER;
	scan->header = at;
	return true;
}

/* The body of `current`, and of the parts round it up to `outer`, ends: at
 * a boundary's line, or where the mail does. */
static void
end_parts(struct scan *scan, int outer, const char *at)
{
	for (int i = scan->current; i != outer && i >= 0;
	     i = scan->parts.list[i].parent) {
		struct part *part = &scan->parts.list[i];
		const char *end =
		    at == scan->end ? at : before_line(part->body.at, at);

		part->body.len = (size_t)(end - part->body.at);
	}
	scan->current = outer;
	scan->place = PLACE_BODY;
}

static const char *
default_type(const struct scan *scan, const struct part *part)
{
	if (part->parent >= 0 && strcmp(scan->parts.list[part->parent].type,
				     "multipart/digest") == 0)
		return "message/rfc822";
	return "text/plain";
}

static bool
encoded(const struct part *part)
{
	return strcmp(part->encoding, "base64") == 0 ||
	       strcmp(part->encoding, "quoted-printable") == 0;
}

/* A blank line in the middle of a header, as broken gateways put it: what
 * follows is more of the header when it is fields up to the next blank line,
 * and holds what the first block lacks. People do paste headers into their
 * mails; nobody pastes one below a header without an author, or Content-Type
 * as the first of all words. */
static bool
header_goes_on(const struct scan *scan, const char *end, const char *body)
{
	struct flags unseen = {0};
	struct span rest = span_from(body, scan->end), line;
	struct header first, more;
	const char *at = body;

	if (scan->current != 0 || rest.len == 0 ||
	    !header_field_line(line_at(body, scan->end)))
		return false;
	while (at < scan->end && at - body < SECOND_BLOCK_MAX) {
		line = line_at(at, scan->end);
		if (empty_line(line))
			break;
		if (!header_field_line(line) && *at != ' ' && *at != '\t')
			return false;
		at += line.len;
	}
	first = header_split(scan->arena, span_from(scan->header, end),
	    scan->limits->fields, &unseen);
	more = header_split(scan->arena, span_from(body, at),
	    scan->limits->fields, &unseen);
	if (header_find(&first, "From", 0) == NULL)
		return header_find(&more, "From", 0) != NULL;
	return header_find(&first, "Content-Type", 0) == NULL &&
	       header_find(&more, "Content-Type", 0) != NULL &&
	       header_find(&more, "From", 0) == NULL;
}

/* The header of `current` ends at `end`, its body begins at `body`. Answers
 * where to read on: earlier than `body` when the header ended before. */
static const char *
end_header(struct scan *scan, const char *end, const char *body)
{
	int index = scan->current;
	struct part *part = &scan->parts.list[index];
	struct span block = span_from(scan->header, end), boundary;

	scan->place = PLACE_BODY;
	if (block.len > scan->limits->header) {
		flag_raise(scan->flags, FLAG_LIMIT_HEADER);
		block.len = scan->limits->header;
	}
	part->fields =
	    header_split(scan->arena, block, scan->limits->fields, scan->flags);
	if (part->fields.length < block.len) {
		flag_raise(scan->flags, FLAG_NO_EMPTY_LINE);
		body = block.at + part->fields.length;
	}
	part->header = (struct span){block.at, part->fields.length};
	part->body = span_from(body, scan->end);
	describe_part(scan->arena, scan->limits, default_type(scan, part), part,
	    &boundary);
	if ((size_t)part->depth + 1 >= scan->limits->depth) {
		if (boundary.len > 0)
			flag_raise(scan->flags, FLAG_LIMIT_DEPTH);
		return body;
	}
	if (boundary.len > 0) {
		scan->levels[scan->depth++] = (struct level){index, boundary};
	} else if ((strcmp(part->type, "message/rfc822") == 0 ||
		       strcmp(part->type, "message/global") == 0) &&
		   !encoded(part)) {
		begin_part(scan, index, body);
	}
	return body;
}

enum delimiter {
	DELIMITER_NONE,
	DELIMITER_NEXT,
	DELIMITER_LAST,
};

/* The next line from `at` on that may delimit: octets within a line, and all
 * of base64, are passed over at once. `at` begins a line. */
static const char *
next_dashes(const char *at, const char *end)
{
	const char *start = at;

	while (at < end) {
		const char *dash = memchr(at, '-', (size_t)(end - at));

		if (dash == NULL)
			return end;
		if (dash == start || dash[-1] == '\n')
			return dash;
		at = memchr(dash, '\n', (size_t)(end - dash));
		if (at == NULL)
			return end;
		start = ++at;
	}
	return end;
}

/* Which open multipart a line delimits, the innermost first. */
static enum delimiter
delimiter(const struct scan *scan, struct span line, size_t *level_r)
{
	if (line.len < 3 || line.at[0] != '-' || line.at[1] != '-')
		return DELIMITER_NONE;
	while (
	    line.len > 2 && ascii_blank((unsigned char)line.at[line.len - 1]))
		line.len--;
	for (size_t i = scan->depth; i-- > 0;) {
		struct span boundary = scan->levels[i].boundary;

		if ((line.len != boundary.len + 2 &&
			line.len != boundary.len + 4) ||
		    memcmp(line.at + 2, boundary.at, boundary.len) != 0)
			continue;
		*level_r = i;
		if (line.len == boundary.len + 2)
			return DELIMITER_NEXT;
		if (memcmp(line.at + line.len - 2, "--", 2) == 0)
			return DELIMITER_LAST;
	}
	return DELIMITER_NONE;
}

static void
take_delimiter(
    struct scan *scan, struct span line, size_t level, enum delimiter kind)
{
	if (scan->place == PLACE_HEADER)
		end_header(scan, line.at, line.at);
	/* end_header() may have opened a multipart or a message. */
	while (scan->place == PLACE_HEADER)
		end_header(scan, line.at, line.at);
	if (scan->depth > level + 1)
		flag_raise(scan->flags, FLAG_NO_END_BOUNDARY);
	scan->depth = level + 1;
	end_parts(scan, scan->levels[level].part, line.at);
	if (kind == DELIMITER_LAST)
		scan->depth = level;
	else
		begin_part(scan, scan->current, line.at + line.len);
}

/* What stands before the header: a byte order mark, empty lines, the line
 * that begins a mail in an mbox. */
static const char *
skip_before_header(struct span octets)
{
	const char *at = octets.at, *end = at + octets.len, *first;
	struct span line;

	if (octets.len >= 3 && memcmp(at, "\xef\xbb\xbf", 3) == 0)
		at += 3;
	first = at;
	for (;;) {
		if (at == end)
			return first;
		line = line_at(at, end);
		if (!empty_line(line) && !span_begins(line, "From ") &&
		    !span_begins(line, ">From "))
			break;
		at += line.len;
	}
	return header_field_line(line) ? at : first;
}

/* A multipart without one part has a boundary that is never seen: it can only
 * be text. */
static void
settle_empty(struct scan *scan)
{
	struct part *list = scan->parts.list;
	bool *has_child =
	    arena_take_many(scan->arena, scan->parts.count, sizeof(bool));

	for (size_t i = 1; i < scan->parts.count; i++)
		has_child[list[i].parent] = true;
	for (size_t i = 0; i < scan->parts.count; i++) {
		if (has_child[i] ||
		    strncmp(list[i].type, "multipart/", 10) != 0)
			continue;
		flag_raise(scan->flags, FLAG_BAD_BOUNDARY);
		list[i].type = "text/plain";
	}
}

/* Once at most, so that the look ahead costs what the mail does. */
static const char *
take_empty_line(struct scan *scan, struct span line, const char *at)
{
	if (!scan->went_on && header_goes_on(scan, line.at, at)) {
		flag_raise(scan->flags, FLAG_JUNK_IN_HEADER);
		scan->went_on = true;
		return at;
	}
	return end_header(scan, line.at, at);
}

struct parts
mime_read(struct arena *arena, struct span octets,
    const struct mail_limits *limits, struct flags *flags)
{
	struct scan scan = {
	    .arena = arena,
	    .limits = limits,
	    .flags = flags,
	    .end = octets.at + octets.len,
	    .levels =
		arena_take_many(arena, limits->depth + 1, sizeof(struct level)),
	};
	const char *at = skip_before_header(octets);

	begin_part(&scan, -1, at);
	while (at < scan.end) {
		enum delimiter kind;
		struct span line;
		size_t level;

		if (scan.place == PLACE_BODY)
			at = next_dashes(at, scan.end);
		line = line_at(at, scan.end);
		kind = delimiter(&scan, line, &level);
		at += line.len;
		if (kind != DELIMITER_NONE)
			take_delimiter(&scan, line, level, kind);
		else if (scan.place == PLACE_HEADER && empty_line(line))
			at = take_empty_line(&scan, line, at);
	}
	while (scan.place == PLACE_HEADER)
		end_header(&scan, scan.end, scan.end);
	if (scan.depth > 0)
		flag_raise(flags, FLAG_NO_END_BOUNDARY);
	end_parts(&scan, -1, scan.end);
	settle_empty(&scan);
	return scan.parts;
}
