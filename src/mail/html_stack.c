#include <string.h>

#include "html_stack.h"

bool
html_special(enum html_kind kind)
{
	return kind != KIND_FORMAT && kind != KIND_INLINE;
}

/* Where searches for an open element end ("scope"): nothing outside of a
 * table's cell is closed from within. */
static bool
barrier(enum html_kind kind)
{
	return kind == KIND_TABLE || kind == KIND_CELL;
}

struct html_open *
html_top(struct html_stack *fast)
{
	return &fast->stack[fast->depth - 1];
}

bool
html_in_table(struct html_stack *fast)
{
	enum html_kind kind = fast->depth > 0 ? html_top(fast)->kind : KIND_BLOCK;

	return kind == KIND_TABLE || kind == KIND_ROWS || kind == KIND_ROW;
}

/* A size of letters matters only where letters of no size are about; nearly
 * no page has those. */
static void
note_hiding(struct html_stack *fast, const struct html_tag *tag, enum html_kind kind)
{
	if (tag->style.invisible > 0 || tag->style.zero_size > 0) {
		fast->strange |= fast->sized;
		fast->hides = true;
	}
	/* One of these may be opened anew in what comes later. */
	fast->sized |= !fast->hides && kind == KIND_FORMAT &&
		       (tag->style.invisible == 0 || tag->style.zero_size == 0);
}

void
html_push(struct html_stack *fast, const struct html_tag *tag, enum html_kind kind)
{
	struct html_open open = {.tag = tag->tag, .kind = kind};
	bool shown = true;

	note_hiding(fast, tag, kind);
	open.matters = html_text_matters(tag, fast->hides);

	fast->formats += kind == KIND_FORMAT;
	if (fast->depth == HTML_OPEN_MAX || fast->formats > HTML_FORMATS_MAX) {
		fast->strange = true;
		return;
	}
	if (fast->gone == 0 && open.matters) {
		shown = html_text_open(fast->text, tag);
		open.framed = shown;
	}
	fast->stack[fast->depth++] = open;
	if (!shown)
		fast->gone = fast->depth;
}

void
html_push_plain(struct html_stack *fast, GumboTag name, enum html_kind kind)
{
	struct html_tag tag = {.tag = name,
	    .class = "",
	    .href = "",
	    .alt = "",
	    .style = {.invisible = -1, .zero_size = -1}};

	html_push(fast, &tag, kind);
}

/* Closes the elements above the first `depth`. A formatting element that was
 * left open goes on behind, except at a cell's end. */
void
html_pop_to(struct html_stack *fast, size_t depth, bool cell)
{
	while (fast->depth > depth) {
		const struct html_open *open = html_top(fast);

		if (open->kind == KIND_FORMAT && open->matters &&
		    fast->depth - 1 > depth && !cell)
			fast->strange = true;
		if (open->framed)
			html_text_close(fast->text);
		fast->formats -= open->kind == KIND_FORMAT;
		if (fast->gone == fast->depth)
			fast->gone = 0;
		fast->depth--;
	}
}

/* The open element of that name in scope. */
size_t
html_in_scope(struct html_stack *fast, GumboTag tag)
{
	for (size_t i = fast->depth; i-- > 0;) {
		if (fast->stack[i].tag == tag)
			return i;
		if (barrier(fast->stack[i].kind))
			break;
	}
	return HTML_NOWHERE;
}

size_t
html_kind_in_scope(struct html_stack *fast, enum html_kind kind)
{
	for (size_t i = fast->depth; i-- > 0;) {
		if (fast->stack[i].kind == kind)
			return i;
		if (barrier(fast->stack[i].kind))
			break;
	}
	return HTML_NOWHERE;
}

size_t
html_nearest_table(struct html_stack *fast)
{
	for (size_t i = fast->depth; i-- > 0;)
		if (fast->stack[i].kind == KIND_TABLE)
			return i;
	return HTML_NOWHERE;
}
