#include <string.h>

#include "arena.h"
#include "buf.h"
#include "span.h"

#include "flowed.h"

struct line {
	size_t quotes;	  /* how many '>' */
	struct span text; /* behind them and the blank stuffed in */
	bool soft;	  /* goes on in the next line */
};

static struct line
read_line(struct span raw)
{
	struct line line = {0, raw, false};

	while (line.text.len > 0 && line.text.at[0] == '>') {
		line.text.at++;
		line.text.len--;
		line.quotes++;
	}
	if (line.text.len > 0 && line.text.at[0] == ' ') {
		line.text.at++;
		line.text.len--;
	}
	/* "-- " begins a signature and never flows (RFC 3676, 4.3). */
	line.soft =
	    line.text.len > 0 && line.text.at[line.text.len - 1] == ' ' &&
	    !(line.text.len == 3 && memcmp(line.text.at, "-- ", 3) == 0);
	return line;
}

struct span
flowed_join(struct arena *arena, struct span text, bool delsp)
{
	struct buf out = buf_in(arena);
	const char *at = text.at, *end = at + text.len;
	struct line before = {0};
	bool signature;

	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		struct line line = read_line(span_from(at, stop ? stop : end));

		signature =
		    line.text.len == 3 && memcmp(line.text.at, "-- ", 3) == 0;
		if (before.soft &&
		    (before.quotes != line.quotes || signature)) {
			buf_put(&out, '\n');
			before.soft = false;
		}
		if (!before.soft) {
			for (size_t i = 0; i < line.quotes; i++)
				buf_put(&out, '>');
			if (line.quotes > 0 && line.text.len > 0)
				buf_put(&out, ' ');
		}
		if (line.soft && delsp)
			line.text.len--;
		buf_add(&out, line.text);
		if (!line.soft && stop != NULL)
			buf_put(&out, '\n');
		before = line;
		at = stop ? stop + 1 : end;
	}
	return buf_span(&out);
}
