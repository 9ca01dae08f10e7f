#include <string.h>

#include "quote_line.h"

#define FIRST_LINES 128 /* room that most replies need no more of */

static bool
is_quoted(struct span s)
{
	size_t i = 0;

	while (i < s.len && i < 3 && s.at[i] == ' ')
		i++;
	return i < s.len && s.at[i] == '>';
}

static enum line_kind
first_look(struct span s)
{
	if (span_trim(s).len == 0)
		return LINE_BLANK;
	return is_quoted(s) ? LINE_QUOTED : LINE_TEXT;
}

/* Whether an address begun on this line ends on the next: then the '>' there
 * is its end and no quote. */
static bool
leaves_address_open(struct span s)
{
	for (size_t i = s.len; i > 0 && s.len - i < 100; i--) {
		if (s.at[i - 1] == '<')
			return memchr(s.at + i, '@', s.len - i) != NULL;
		if (s.at[i - 1] == '>')
			return false;
	}
	return false;
}

struct lines {
	struct arena *arena;
	struct line *list;
	size_t count, room;
};

static void
add_line(struct lines *lines, struct span text)
{
	struct line *line;

	if (lines->count == lines->room) {
		size_t room = lines->room == 0 ? FIRST_LINES : 2 * lines->room;

		lines->list = arena_grow_unset(lines->arena, lines->list,
		    lines->room * sizeof *line, room * sizeof *line);
		lines->room = room;
	}
	line = &lines->list[lines->count];
	line->text = text;
	line->kind = first_look(text);
	if (line->kind == LINE_QUOTED && lines->count > 0 &&
	    line[-1].kind == LINE_TEXT && leaves_address_open(line[-1].text))
		line->kind = LINE_TEXT;
	lines->count++;
}

struct line *
quote_lines(struct arena *arena, struct span text, size_t *count_r)
{
	const char *at = text.at, *end = text.at + text.len, *stop;
	struct lines lines = {.arena = arena};

	do {
		stop = memchr(at, '\n', (size_t)(end - at));
		add_line(&lines, span_from(at, stop ? stop : end));
		at = stop ? stop + 1 : end;
	} while (stop != NULL);
	*count_r = lines.count;
	return lines.list;
}

bool
quote_line_holds(struct quote_seek *seek, struct span line)
{
	if (seek->at == NULL || seek->at < line.at) {
		seek->at = memchr(
		    line.at, seek->octet, (size_t)(seek->end - line.at));
		if (seek->at == NULL)
			seek->at = seek->end;
	}
	return seek->at < line.at + line.len;
}
