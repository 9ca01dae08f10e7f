#include <config.h>

#include <string.h>

#include "arena.h"
#include "span.h"

#include "charset.h"
#include "clean.h"
#include "flag.h"
#include "part.h"
#include "uu.h"

#define BEGIN "begin "

static struct span
line_at(const char *at, const char *end)
{
	const char *stop = memchr(at, '\n', (size_t)(end - at));

	return span_from(at, stop ? stop + 1 : end);
}

/* "begin 644 name": the name; empty when it is no such line. */
static struct span
begin_name(struct span line)
{
	size_t i = strlen(BEGIN), digits = 0;

	if (line.len <= i || memcmp(line.at, BEGIN, i) != 0)
		return (struct span){NULL, 0};
	for (; i < line.len && line.at[i] >= '0' && line.at[i] <= '7'; i++)
		digits++;
	if (digits < 3 || digits > 4 || i == line.len || line.at[i] != ' ')
		return (struct span){NULL, 0};
	return span_trim((struct span){line.at + i, line.len - i});
}

/* A length and so many letters, give or take what gets lost at a line's end
 * or is added there as a checksum. */
static bool
data_line(struct span line)
{
	size_t octets, letters;

	while (line.len > 0 &&
	       (line.at[line.len - 1] == '\n' || line.at[line.len - 1] == '\r'))
		line.len--;
	if (line.len == 0)
		return true;
	if (line.at[0] < ' ' || line.at[0] > '`')
		return false;
	octets = (size_t)((line.at[0] - ' ') & 63);
	letters = (octets + 2) / 3 * 4;
	return line.len <= letters + 3;
}

/* Where the file that begins after `at` ends, its "end" taken with it; when
 * it is none, `at_r` is where the text goes on. */
static bool
find_end(const char *at, const char *end, const char **at_r)
{
	size_t lines = 0;

	while (at < end) {
		struct span line = line_at(at, end);

		at += line.len;
		*at_r = at;
		if (lines > 0 && span_is(span_trim(line), "end"))
			return true;
		if (!data_line(line))
			return false;
		lines++;
	}
	return false;
}

/* A part of what `whole` was, with nothing of its header but the charset. */
static struct part *
add(struct arena *arena, struct parts *parts, const struct part *whole,
    struct span body)
{
	size_t count = parts->count;
	struct part *part;

	/* Room grows by doubling at powers of two: no count of it is kept. */
	if ((count & (count - 1)) == 0)
		parts->list = arena_grow(arena, parts->list,
		    count * sizeof *part,
		    (count == 0 ? 1 : count * 2) * sizeof *part);
	part = &parts->list[parts->count++];
	*part = *whole;
	part->parent = -1;
	part->header = (struct span){body.at, 0};
	part->fields = (struct header){0};
	part->body = body;
	part->name = part->disposition = part->content_id = "";
	return part;
}

static void
add_text(struct arena *arena, struct parts *parts, const struct part *whole,
    const char *start, const char *end)
{
	struct span body = span_from(start, end);

	if (span_trim(body).len > 0)
		add(arena, parts, whole, body);
}

static bool
may_hold(const struct part *part)
{
	return strcmp(part->type, "text/plain") == 0 &&
	       strcmp(part->encoding, "base64") != 0 &&
	       strcmp(part->encoding, "quoted-printable") != 0 &&
	       strcmp(part->encoding, "x-uuencode") != 0 &&
	       strcmp(part->disposition, "attachment") != 0 &&
	       part->name[0] == '\0';
}

struct parts
uu_split(struct arena *arena, const struct part *whole, size_t limit)
{
	const char *at = whole->body.at, *end = at + whole->body.len;
	const char *text = at;
	struct parts parts = {0};
	bool found = false;

	if (!may_hold(whole))
		return parts;
	while (at < end && parts.count + 2 < limit) {
		struct span line = line_at(at, end);
		struct span name = begin_name(line);
		const char *start = at;
		struct part *part;

		at += line.len;
		if (name.len == 0 || !find_end(at, end, &at))
			continue;
		add_text(arena, &parts, whole, text, start);
		part = add(arena, &parts, whole, span_from(start, at));
		part->type = "application/octet-stream";
		part->encoding = "x-uuencode";
		part->disposition = "attachment";
		part->name = clean_file_name(arena,
		    charset_to_utf8(
			arena, name, span_of(whole->charset), whole->flags),
		    whole->flags);
		text = at;
		found = true;
	}
	if (found)
		add_text(arena, &parts, whole, text, end);
	return parts;
}
