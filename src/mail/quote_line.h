/* quote_line: the lines of a reply, and what each is at first sight. Pure. */
#ifndef MAIL_QUOTE_LINE_H
#define MAIL_QUOTE_LINE_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "span.h"

enum line_kind {
	LINE_TEXT,
	LINE_BLANK,
	LINE_QUOTED,	  /* begins with '>' */
	LINE_ATTRIBUTION, /* "On ... somebody wrote:" */
	LINE_DROPPED,	  /* a signature, a footer */
};

struct line {
	struct span text; /* without the line's end */
	enum line_kind kind;
};

/* In the arena; one at least. */
struct line *quote_lines(
    struct arena *arena, struct span text, size_t *count_r);

/* Where an octet stands next: the text is searched once for it and not line by
 * line, since most lines have none. */
struct quote_seek {
	char octet;
	const char *at, *end; /* NULL: not yet searched; the text's end */
};

/* Whether the line holds the octet; asked of one line after the other. */
bool quote_line_holds(struct quote_seek *seek, struct span line);

#endif
