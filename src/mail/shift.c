#include <stdbool.h>

#include "arena.h"
#include "buf.h"
#include "span.h"

#include "shift.h"

#define SHIFT_OUT 0x0e
#define SHIFT_IN  0x0f
#define ESCAPE	  0x1b

static bool
graphic(int c)
{
	return c >= 0x21 && c <= 0x7e;
}

/* ~{ begins Chinese, ~} ends it, ~~ is ~, ~ at a line's end joins lines. */
struct span
shift_hz(struct arena *arena, struct span octets)
{
	struct buf out = buf_in(arena);
	bool shifted = false;

	for (size_t i = 0; i < octets.len; i++) {
		char c = octets.at[i];
		char next = i + 1 < octets.len ? octets.at[i + 1] : '\0';

		if (c == '\n')
			shifted = false;
		if (c == '~' && (next == '{' || next == '}')) {
			shifted = next == '{';
			i++;
		} else if (c == '~' && !shifted && next == '~') {
			buf_put(&out, c);
			i++;
		} else if (c == '~' && !shifted && next == '\n') {
			i++;
		} else {
			buf_put(&out,
			    shifted && graphic(c) ? (char)(c | 0x80) : c);
		}
	}
	return buf_span(&out);
}

/* ESC $ ) C announces what SO then shifts to, until SI or the line's end. */
struct span
shift_iso_2022(struct arena *arena, struct span octets)
{
	struct buf out = buf_in(arena);
	bool shifted = false;

	for (size_t i = 0; i < octets.len; i++) {
		char c = octets.at[i];

		if (c == '\n')
			shifted = false;
		if (c == SHIFT_OUT || c == SHIFT_IN)
			shifted = c == SHIFT_OUT;
		else if (c == ESCAPE && octets.len - i >= 4 &&
			 octets.at[i + 1] == '$' &&
			 (octets.at[i + 2] == ')' || octets.at[i + 2] == '*'))
			i += 3;
		else
			buf_put(&out,
			    shifted && graphic(c) ? (char)(c | 0x80) : c);
	}
	return buf_span(&out);
}
