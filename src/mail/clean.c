#include <stdint.h>

#include "arena.h"
#include "buf.h"
#include "span.h"
#include "utf8.h"

#include "clean.h"
#include "flag.h"

/* Characters that are there and show nothing, or turn what follows. The
 * joiners (U+200C, U+200D) are not among the first: Persian, Hindi and emoji
 * are misspelt without them, and they are told from a disguise by what stands
 * beside them. */
static bool
hidden(uint32_t c)
{
	return c == 0x00ad || c == 0x034f || c == 0x061c || c == 0x115f ||
	       c == 0x1160 || c == 0x180e || c == 0x200b || c == 0x200e ||
	       c == 0x200f || (c >= 0x202a && c <= 0x202e) ||
	       (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
	       (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}

static bool
joiner(uint32_t c)
{
	return c == 0x200c || c == 0x200d;
}

static bool
blank(uint32_t c)
{
	return c == ' ' || (c >= '\t' && c <= '\r') || c == 0x85 || c == 0xa0 ||
	       (c >= 0x2000 && c <= 0x200a) || c == 0x2028 || c == 0x2029 ||
	       c == 0x202f || c == 0x205f || c == 0x3000;
}

char *
clean_text(struct arena *arena, struct span text, struct flags *flags)
{
	struct buf out = buf_in(arena);
	bool waiting = false; /* a blank, if more text comes */
	uint32_t before = ' ';

	text = span_trim(text);
	buf_reserve(&out, text.len + 1);
	while (text.len > 0) {
		size_t len;
		uint32_t c = utf8_read(text, &len);

		text.at += len;
		text.len -= len;
		if (blank(c)) {
			waiting = out.len > 0;
			before = ' ';
			continue;
		}
		if (c < 0x20 || (c >= 0x7f && c < 0xa0) || hidden(c) ||
		    (joiner(c) && before < 0x300)) {
			flag_raise(flags, FLAG_HIDDEN_CHARACTER);
			continue;
		}
		if (waiting)
			buf_put(&out, ' ');
		waiting = false;
		before = c;
		if (c < 0x80)
			buf_put(&out, (char)c);
		else
			utf8_put(&out, c);
	}
	return buf_text(&out);
}

char *
clean_file_name(struct arena *arena, struct span text, struct flags *flags)
{
	char *name = clean_text(arena, text, flags);
	char *last = name;

	for (char *at = name; *at != '\0'; at++)
		if ((*at == '/' || *at == '\\') && at[1] != '\0')
			last = at + 1;
	return last;
}
