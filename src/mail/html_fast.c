#include <string.h>

#include "arena.h"
#include "span.h"

#include "html_fast.h"
#include "html_kind.h"
#include "html_stack.h"
#include "html_tag.h"

#define OCTETS_MAX (4u * 1024 * 1024)
#define TAGS_MAX   100000
#define ROOTS_MAX  8 /* tags of html, head and body */

static void
close_paragraph(struct html_stack *fast)
{
	size_t i = html_kind_in_scope(fast, KIND_PARAGRAPH);

	if (i != HTML_NOWHERE)
		html_pop_to(fast, i, false);
}

/* An open item or term ends where the next one begins, unless a list lies
 * between. */
static void
close_alike(struct html_stack *fast, enum html_kind kind)
{
	for (size_t i = fast->depth; i-- > 0;) {
		const struct html_open *open = &fast->stack[i];

		if (open->kind == kind) {
			html_pop_to(fast, i, false);
			return;
		}
		if (html_special(open->kind) && open->kind != KIND_PARAGRAPH &&
		    open->tag != GUMBO_TAG_ADDRESS &&
		    open->tag != GUMBO_TAG_DIV)
			return;
	}
}

static void
start_table_part(struct html_stack *fast, const struct html_tag *tag, enum html_kind kind)
{
	size_t table = html_nearest_table(fast), depth;

	if (table == HTML_NOWHERE)
		return;
	depth = table + 1;
	if (kind == KIND_ROWS) {
		html_pop_to(fast, depth, true);
		html_push(fast, tag, kind);
		return;
	}
	if (fast->depth == depth)
		html_push_plain(fast, GUMBO_TAG_TBODY, KIND_ROWS);
	depth++;
	if (kind == KIND_ROW) {
		html_pop_to(fast, depth, true);
		html_push(fast, tag, kind);
		return;
	}
	if (fast->depth == depth)
		html_push_plain(fast, GUMBO_TAG_TR, KIND_ROW);
	html_pop_to(fast, depth + 1, true);
	html_push(fast, tag, kind);
}

/* The rules for elements in a body, as far as they are plain. */
static void
start_in_body(struct html_stack *fast, const struct html_tag *tag, enum html_kind kind)
{
	if (html_in_table(fast)) {
		/* It would be moved before the table. */
		fast->strange = true;
		return;
	}
	switch ((int)kind) {
	case KIND_FORMAT:
		if ((tag->tag == GUMBO_TAG_A ||
			tag->tag == GUMBO_TAG_NOBR) &&
		    html_in_scope(fast, tag->tag) != HTML_NOWHERE)
			fast->strange = true;
		break;
	case KIND_INLINE:
		fast->strange |= tag->tag == GUMBO_TAG_UNKNOWN &&
				 html_text_matters(tag, true);
		break;
	case KIND_TABLE:
		/* Whether it ends a paragraph depends on the document type. */
		if (fast->mode == MODE_STANDARD)
			close_paragraph(fast);
		else if (fast->mode == MODE_UNKNOWN &&
			 html_kind_in_scope(fast, KIND_PARAGRAPH) != HTML_NOWHERE)
			fast->strange = true;
		break;
	case KIND_ITEM:
	case KIND_TERM:
		close_alike(fast, kind);
		close_paragraph(fast);
		/* Items ask what they stand in: that must be their list. */
		if (fast->depth > 0 && !html_top(fast)->framed && fast->gone == 0)
			fast->strange = true;
		break;
	case KIND_HEADING:
		close_paragraph(fast);
		if (fast->depth > 0 && html_top(fast)->kind == KIND_HEADING)
			html_pop_to(fast, fast->depth - 1, false);
		break;
	default:
		close_paragraph(fast);
		break;
	}
	html_push(fast, tag, kind);
	fast->after_pre = tag->tag == GUMBO_TAG_PRE;
}

static void
start_void(struct html_stack *fast, const struct html_tag *tag)
{
	if (tag->tag != GUMBO_TAG_BR && tag->tag != GUMBO_TAG_IMG &&
	    tag->tag != GUMBO_TAG_HR)
		return;
	if (html_in_table(fast)) {
		fast->strange = true;
		return;
	}
	if (tag->tag == GUMBO_TAG_HR)
		close_paragraph(fast);
	if (fast->gone == 0 && html_text_open(fast->text, tag))
		html_text_close(fast->text);
}

/* An end tag of a formatting element. Where a block was left open in it the
 * block is taken out of it, which changes nothing that has no effect. */
static void
end_format(struct html_stack *fast, GumboTag tag)
{
	size_t i = html_in_scope(fast, tag);

	if (i == HTML_NOWHERE)
		return;
	/* What was opened anew since is not on our stack: its end tag may be
	 * taken for that of an older one, which is the same thing as long as
	 * nothing between them shows. */
	for (size_t above = i + 1; above < fast->depth; above++) {
		if (fast->stack[above].matters &&
		    !html_special(fast->stack[above].kind)) {
			fast->strange = true;
			return;
		}
	}
	for (size_t above = i + 1; above < fast->depth; above++) {
		if (!html_special(fast->stack[above].kind))
			continue;
		if (fast->stack[i].matters || fast->gone > 0) {
			fast->strange = true;
			return;
		}
		memmove(&fast->stack[i], &fast->stack[i + 1],
		    (fast->depth - i - 1) * sizeof fast->stack[0]);
		fast->depth--;
		fast->formats--;
		return;
	}
	html_pop_to(fast, i, false);
}

static void
end_inline(struct html_stack *fast, GumboTag tag)
{
	for (size_t i = fast->depth; i-- > 0;) {
		if (fast->stack[i].tag == tag) {
			html_pop_to(fast, i, false);
			return;
		}
		if (html_special(fast->stack[i].kind))
			return;
	}
}

static void
end_table_part(struct html_stack *fast, GumboTag tag, enum html_kind kind)
{
	size_t i = html_nearest_table(fast), place = i;

	if (i == HTML_NOWHERE)
		return;
	place += kind == KIND_TABLE  ? 0
		 : kind == KIND_ROWS ? 1
		 : kind == KIND_ROW  ? 2
				     : 3;
	if (place < fast->depth && fast->stack[place].tag == tag)
		html_pop_to(fast, place, true);
}

static void
end_tag(struct html_stack *fast, GumboTag tag, enum html_kind kind)
{
	size_t i = HTML_NOWHERE;

	switch (kind) {
	case KIND_FORMAT:
		end_format(fast, tag);
		return;
	case KIND_INLINE:
		end_inline(fast, tag);
		return;
	case KIND_TABLE:
	case KIND_ROWS:
	case KIND_ROW:
	case KIND_CELL:
		end_table_part(fast, tag, kind);
		return;
	case KIND_PARAGRAPH:
		i = html_in_scope(fast, tag);
		/* An end without a beginning is both. */
		fast->strange |= html_in_table(fast);
		if (i == HTML_NOWHERE) {
			html_push_plain(fast, tag, kind);
			i = fast->depth - 1;
		}
		break;
	case KIND_HEADING:
		i = html_kind_in_scope(fast, kind);
		break;
	case KIND_ITEM:
		i = html_in_scope(fast, tag);
		for (size_t k = i; i != HTML_NOWHERE && k < fast->depth; k++)
			fast->strange |= fast->stack[k].tag == GUMBO_TAG_UL ||
					 fast->stack[k].tag == GUMBO_TAG_OL;
		break;
	case KIND_BLOCK:
	case KIND_TERM:
		i = html_in_scope(fast, tag);
		break;
	case KIND_VOID:
		if (tag == GUMBO_TAG_BR)
			start_void(fast, &(struct html_tag){.tag = tag,
					     .class = "",
					     .href = "",
					     .alt = "",
					     .style = {.invisible = -1,
						 .zero_size = -1}});
		break;
	case KIND_ROOT:
	case KIND_RAW:
		break;
	case KIND_STRANGE:
		fast->strange = true;
		break;
	}
	if (i != HTML_NOWHERE)
		html_pop_to(fast, i, false);
}

static void
skip_raw(struct html_stack *fast, struct span name)
{
	const char *at = fast->at;

	while ((at = memchr(at, '<', (size_t)(fast->end - at))) != NULL) {
		struct span rest = span_from(at, fast->end);

		/* A comment may hide the end of a script. */
		if (rest.len > 3 && memcmp(at, "<!--", 4) == 0 &&
		    span_is(name, "script"))
			break;
		if (rest.len > name.len + 2 && at[1] == '/' &&
		    octet_in(at[2 + name.len], "> \t\n\f\r/")) {
			char *word = arena_copy(fast->arena, name);

			if (span_is((struct span){at + 2, name.len}, word)) {
				fast->at = at;
				return;
			}
		}
		at++;
	}
	fast->strange = true;
}

static void
start_tag(struct html_stack *fast, struct span name, struct span attributes)
{
	GumboTag known = gumbo_tagn_enum(name.at, (unsigned)name.len);
	enum html_kind kind = html_kind_of(known);
	struct html_tag tag;

	if (kind == KIND_STRANGE ||
	    !html_tag_read(fast->arena, known, attributes, &tag)) {
		fast->strange = true;
		return;
	}
	switch ((int)kind) {
	case KIND_VOID:
		start_void(fast, &tag);
		break;
	case KIND_RAW:
		skip_raw(fast, name);
		break;
	case KIND_ROOT:
		fast->strange |= tag.style.gone || tag.style.invisible > 0 ||
				 tag.style.zero_size > 0 ||
				 ++fast->roots > ROOTS_MAX;
		break;
	case KIND_ROWS:
	case KIND_ROW:
	case KIND_CELL:
		start_table_part(fast, &tag, kind);
		break;
	default:
		start_in_body(fast, &tag, kind);
		break;
	}
}

/* The document types that nearly all pages with one have. */
static int
mode_of(struct span rest)
{
	return span_begins(rest, "<!doctype html>") ||
		       span_begins(rest, "<!doctype html public "
					 "\"-//W3C//DTD XHTML 1.0 ")
		   ? MODE_STANDARD
		   : MODE_UNKNOWN;
}

static void
take_comment(struct html_stack *fast)
{
	struct span rest = span_from(fast->at, fast->end);
	const char *close;

	if (rest.len > 4 && memcmp(rest.at, "<!--", 4) == 0) {
		/* The short forms and a "--!>" are left to gumbo. */
		close = memmem(rest.at + 4, rest.len - 4, "-->", 3);
		if (close == NULL || rest.at[4] == '>' ||
		    memcmp(rest.at + 4, "->", 2) == 0 ||
		    memmem(rest.at + 4, (size_t)(close - rest.at - 4), "--!>",
			4) != NULL)
			close = NULL;
		else
			close += 2;
	} else {
		if (span_begins(rest, "<!doctype"))
			fast->mode = mode_of(rest);
		close = memchr(rest.at, '>', rest.len);
	}
	if (close == NULL)
		fast->strange = true;
	else
		fast->at = close + 1;
}

static void
take_tag(struct html_stack *fast)
{
	bool end = fast->at[1] == '/';
	const char *name = fast->at + 1 + end, *stop = name, *close;

	while (stop < fast->end && *stop != '>' && *stop != '/' &&
	       *stop != '\f' && !ascii_blank((unsigned char)*stop))
		stop++;
	close = html_tag_end(stop, fast->end);
	if (close == NULL) {
		fast->strange = true;
		return;
	}
	fast->at = close;
	fast->after_pre = false;
	if (end) {
		GumboTag tag = gumbo_tagn_enum(name, (unsigned)(stop - name));

		end_tag(fast, tag, html_kind_of(tag));
	} else {
		start_tag(
		    fast, span_from(name, stop), span_from(stop, close - 1));
	}
}

static void
take_words(struct html_stack *fast, struct span words)
{
	if (fast->after_pre && words.len > 0 && words.at[0] == '\n') {
		words.at++;
		words.len--;
	}
	fast->after_pre = false;
	if (words.len == 0)
		return;
	if (!html_decode(fast->arena, words, false, &words) ||
	    (html_in_table(fast) && span_trim(words).len > 0))
		fast->strange = true;
	else if (fast->gone == 0)
		html_text_words(fast->text, words);
}

bool
html_fast(struct html_text *text, struct span html)
{
	struct html_stack *fast = arena_take(text->scratch, sizeof *fast);
	struct html_tag root = {.tag = GUMBO_TAG_BODY,
	    .class = "",
	    .href = "",
	    .alt = "",
	    .style = {.invisible = -1, .zero_size = -1}};

	if (html.len == 0 || html.len > OCTETS_MAX || html_has_controls(html))
		return false;
	fast->text = text;
	fast->arena = text->scratch;
	fast->at = html.at;
	fast->end = html.at + html.len;
	/* Two, as gumbo's html and body are. */
	html_text_open(text, &root);
	html_text_open(text, &root);
	for (size_t tags = 0; fast->at < fast->end && !fast->strange &&
			      !text->out.full;
	     tags++) {
		const char *mark = html_next_mark(fast->at, fast->end);

		take_words(fast, span_from(fast->at, mark));
		fast->at = mark;
		if (mark == fast->end || fast->strange)
			break;
		if (tags == TAGS_MAX)
			return false;
		if (fast->end - mark > 2 && !ascii_alpha((unsigned char)mark[1]) &&
		    !(mark[1] == '/' && ascii_alpha((unsigned char)mark[2])))
			take_comment(fast);
		else if (fast->end - mark <= 2)
			fast->strange = true;
		else
			take_tag(fast);
	}
	html_pop_to(fast, 0, true);
	return !fast->strange;
}
