#include "utf8.h"

#include "html_out.h"

#define QUOTES_SHOWN 8
#define INDENT_SHOWN 16
#define BREAKS_SHOWN 3

static void
end_line(struct html_out *out)
{
	while (out->text.len > 0 && out->text.at[out->text.len - 1] == ' ')
		out->text.len--;
	buf_put(&out->text, '\n');
}

/* A quote's blank line keeps its mark: it is part of the quote. */
static void
begin_line(struct html_out *out)
{
	size_t quotes = out->quotes < QUOTES_SHOWN ? out->quotes : QUOTES_SHOWN;
	size_t indent = out->indent < INDENT_SHOWN ? out->indent : INDENT_SHOWN;

	while (quotes-- > 0)
		buf_add_text(&out->text, "> ");
	while (indent-- > 0)
		buf_put(&out->text, ' ');
	if (out->item != NULL)
		buf_add_text(&out->text, out->item);
	out->item = NULL;
	out->line_open = true;
}

/* Writes what is owed before a letter. */
static void
settle(struct html_out *out)
{
	if (out->owed > 0 && out->text.len > 0) {
		size_t lines =
		    out->owed < BREAKS_SHOWN ? out->owed : BREAKS_SHOWN;

		while (lines-- > 0)
			end_line(out);
		out->line_open = false;
	}
	out->owed = 0;
	if (!out->line_open)
		begin_line(out);
	else if (out->cell)
		buf_add_text(&out->text, " | ");
	else if (out->space)
		buf_put(&out->text, ' ');
	out->space = out->cell = out->fresh = false;
	if (out->text.len >= out->limit)
		out->full = true;
}

/* Characters that take no room and stand in mails to fill previews. */
static bool
is_void(uint32_t c)
{
	return c == 0 || c == 0xad || c == 0x34f || c == 0x200b ||
	       c == 0x2060 || c == 0xfeff || c == '\r';
}

static void
put_plain(struct html_out *out, uint32_t c)
{
	settle(out);
	utf8_put(&out->text, c);
}

/* How many letters at the start go out as they are: most words are such. */
static size_t
plain_run(struct span words)
{
	size_t len = 0;

	while (len < words.len && words.at[len] > ' ' && words.at[len] < 0x7f)
		len++;
	return len;
}

void
html_out_words(struct html_out *out, struct span words, bool exact)
{
	while (words.len > 0 && !out->full) {
		size_t len = plain_run(words);
		uint32_t c;

		if (len > 0) {
			settle(out);
			buf_add(&out->text, (struct span){words.at, len});
			words.at += len;
			words.len -= len;
			continue;
		}
		c = utf8_read(words, &len);
		words.at += len;
		words.len -= len;
		if (c == UTF8_BAD)
			c = UTF8_REPLACEMENT;
		if (is_void(c))
			continue;
		if (exact && c == '\n')
			html_out_break(out);
		else if (exact && c == '\t')
			put_plain(out, ' ');
		else if (!exact &&
			 (c == ' ' || c == '\n' || c == '\t' || c == '\f'))
			out->space = true;
		else
			put_plain(out, c == 0xa0 ? ' ' : c);
	}
}

void
html_out_block(struct html_out *out, size_t lines)
{
	/* A block that begins a cell begins no line. */
	if (out->fresh || lines == 0)
		return;
	if (out->owed < lines)
		out->owed = lines;
	out->space = false;
}

void
html_out_break(struct html_out *out)
{
	if (out->fresh)
		return;
	out->owed++;
	out->space = false;
}
