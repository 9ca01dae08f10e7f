#include <gumbo.h>

#include "utf8.h"

#include "html.h"
#include "html_out.h"
#include "html_scan.h"
#include "html_style.h"

/* Far above what html_tame() lets gumbo nest. */
#define DEPTH_MAX   4000
#define ADDRESS_MAX 1500 /* of a link; longer ones only count readers */

/* One open element on the way through the tree. */
struct frame {
	const GumboNode *node;
	unsigned next; /* the child to go to next */
	size_t begins; /* where its text begins in the output */
	size_t items;  /* of a list: counted so far */
	bool ordered;
	bool invisible, zero_size;
	bool exact; /* blanks count, as in <pre> */
	bool quote; /* a block quote that is a quote */
	bool cells; /* of a row: one has come already */
};

struct walk {
	struct html_out out;
	struct arena *scratch;
	struct frame *frames;
	size_t depth, room;
	bool cut;
};

static const char *
attribute(const GumboElement *element, const char *name)
{
	const GumboAttribute *a =
	    gumbo_get_attribute(&element->attributes, name);

	return a ? a->value : "";
}

/* Elements whose content is not for reading. */
static bool
is_skipped(GumboTag tag)
{
	switch ((int)tag) {
	case GUMBO_TAG_HEAD:
	case GUMBO_TAG_STYLE:
	case GUMBO_TAG_SCRIPT:
	case GUMBO_TAG_TITLE:
	case GUMBO_TAG_TEMPLATE:
	case GUMBO_TAG_IFRAME:
	case GUMBO_TAG_SVG:
	case GUMBO_TAG_MATH:
	case GUMBO_TAG_AUDIO:
	case GUMBO_TAG_VIDEO:
	case GUMBO_TAG_CANVAS:
	case GUMBO_TAG_NOEMBED:
	case GUMBO_TAG_NOFRAMES:
	case GUMBO_TAG_DATALIST:
		return true;
	default:
		return false;
	}
}

/* How many line ends stand between such an element and what is around it; 0
 * for what flows within a line. */
static size_t
margin(const GumboElement *element)
{
	switch ((int)element->tag) {
	case GUMBO_TAG_P:
		/* Word's own paragraphs have no space between them. */
		return strncmp(attribute(element, "class"), "Mso", 3) == 0 ? 1
									   : 2;
	case GUMBO_TAG_H1:
	case GUMBO_TAG_H2:
	case GUMBO_TAG_H3:
	case GUMBO_TAG_H4:
	case GUMBO_TAG_H5:
	case GUMBO_TAG_H6:
	case GUMBO_TAG_BLOCKQUOTE:
	case GUMBO_TAG_PRE:
	case GUMBO_TAG_DL:
		return 2;
	case GUMBO_TAG_DIV:
	case GUMBO_TAG_LI:
	case GUMBO_TAG_UL:
	case GUMBO_TAG_OL:
	case GUMBO_TAG_TABLE:
	case GUMBO_TAG_TR:
	case GUMBO_TAG_CAPTION:
	case GUMBO_TAG_DT:
	case GUMBO_TAG_DD:
	case GUMBO_TAG_ADDRESS:
	case GUMBO_TAG_ARTICLE:
	case GUMBO_TAG_ASIDE:
	case GUMBO_TAG_CENTER:
	case GUMBO_TAG_FIELDSET:
	case GUMBO_TAG_FIGURE:
	case GUMBO_TAG_FIGCAPTION:
	case GUMBO_TAG_FOOTER:
	case GUMBO_TAG_FORM:
	case GUMBO_TAG_HEADER:
	case GUMBO_TAG_HR:
	case GUMBO_TAG_MAIN:
	case GUMBO_TAG_NAV:
	case GUMBO_TAG_OPTION:
	case GUMBO_TAG_SECTION:
	case GUMBO_TAG_BODY:
		return 1;
	default:
		return 0;
	}
}

/* Gmail indents by the same element, without a bar at its side; those are
 * the person's own words. */
static bool
is_quote(const GumboElement *element, const struct html_style *style)
{
	return element->tag == GUMBO_TAG_BLOCKQUOTE &&
	       (!style->borderless || attribute(element, "type")[0] != '\0' ||
		   attribute(element, "cite")[0] != '\0' ||
		   strstr(attribute(element, "class"), "quote") != NULL);
}

static struct frame *
top(struct walk *walk)
{
	return &walk->frames[walk->depth - 1];
}

static struct frame *
parent_frame(struct walk *walk)
{
	return &walk->frames[walk->depth - 2];
}

/* "- " or "3. " for the first line of an item. */
static void
begin_item(struct walk *walk)
{
	struct frame *list = parent_frame(walk);

	if (!list->ordered)
		walk->out.item = "- ";
	else
		walk->out.item =
		    arena_print(walk->out.text.arena, "%zu. ", ++list->items);
}

static void
begin_cell(struct walk *walk)
{
	struct frame *row = parent_frame(walk);
	struct html_out *out = &walk->out;

	if (row->cells && out->line_open && out->owed == 0)
		out->cell = true;
	out->fresh = true;
	row->cells = true;
}

/* What the open element has put out so far, without the ends and marks of
 * lines that were owed before it. */
static struct span
words_of(struct walk *walk)
{
	size_t begins = top(walk)->begins;
	struct span s = {NULL, 0};

	if (walk->out.text.len > begins)
		s = (struct span){
		    walk->out.text.at + begins, walk->out.text.len - begins};
	while (s.len > 0 && memchr("\n >|-", s.at[0], 5) != NULL) {
		s.at++;
		s.len--;
	}
	return s;
}

/* A cell whose content stayed on its line leaves the line open for the next
 * one, though paragraphs within it ended theirs. */
static void
end_cell(struct walk *walk)
{
	struct html_out *out = &walk->out;
	struct span words = words_of(walk);

	out->cell = out->fresh = false;
	if (words.len > 0 && out->line_open &&
	    memchr(words.at, '\n', words.len) == NULL)
		out->owed = 0;
}

static void
show_image(struct walk *walk, const GumboElement *element)
{
	struct span words = span_trim(span_of(attribute(element, "alt")));

	if (words.len == 0 || html_style_is_tracker(element))
		return;
	html_out_words(&walk->out, span_of("["), false);
	html_out_words(&walk->out, words, false);
	walk->out.space = false;
	html_out_words(&walk->out, span_of("]"), false);
}

/* Elements without content. */
static void
show_void(struct walk *walk, const GumboElement *element)
{
	if (element->tag == GUMBO_TAG_BR) {
		html_out_break(&walk->out);
	} else if (element->tag == GUMBO_TAG_HR) {
		html_out_block(&walk->out, 1);
		html_out_words(&walk->out, span_of("----------"), false);
		html_out_block(&walk->out, 1);
	} else if (element->tag == GUMBO_TAG_IMG) {
		show_image(walk, element);
	}
}

static void
enter(struct walk *walk, const GumboElement *element,
    const struct html_style *style)
{
	struct frame *frame = top(walk);
	struct html_out *out = &walk->out;

	html_out_block(out, margin(element));
	frame->begins = out->text.len;
	switch ((int)element->tag) {
	case GUMBO_TAG_UL:
	case GUMBO_TAG_OL:
		frame->ordered = element->tag == GUMBO_TAG_OL;
		if (walk->depth > 1)
			out->indent += 2;
		break;
	case GUMBO_TAG_LI:
		if (walk->depth > 1)
			begin_item(walk);
		break;
	case GUMBO_TAG_TD:
	case GUMBO_TAG_TH:
		if (walk->depth > 1)
			begin_cell(walk);
		break;
	case GUMBO_TAG_PRE:
	case GUMBO_TAG_TEXTAREA:
		frame->exact = true;
		break;
	default:
		break;
	}
	if (is_quote(element, style)) {
		frame->quote = true;
		out->quotes++;
	}
}

/* The part of an address that text may name instead of it. */
static struct span
bare_address(struct span s)
{
	static const char *const schemes[] = {
	    "mailto:", "tel:", "https://", "http://", "www."};

	s = span_trim(s);
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		if (span_begins(s, schemes[i])) {
			s.at += strlen(schemes[i]);
			s.len -= strlen(schemes[i]);
		}
	}
	while (s.len > 0 && s.at[s.len - 1] == '/')
		s.len--;
	return s;
}

static bool
is_shown_scheme(struct span s)
{
	return span_begins(s, "http://") || span_begins(s, "https://") ||
	       span_begins(s, "mailto:") || span_begins(s, "tel:") ||
	       span_begins(s, "ftp://") || span_begins(s, "sip:");
}

static bool
is_plain_address(struct span s)
{
	if (s.len == 0 || s.len > ADDRESS_MAX)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];

		if (c <= ' ' || c == '<' || c == '>' || c == 0x7f)
			return false;
	}
	return true;
}

/* The address of a link behind its words, unless they say the same. */
static void
show_address(struct walk *walk, const GumboElement *element)
{
	struct html_out *out = &walk->out;
	struct span address = span_trim(span_of(attribute(element, "href")));
	struct span words, bare = bare_address(address);

	if (!is_plain_address(address) || !is_shown_scheme(address))
		return;
	words = bare_address(words_of(walk));
	if (words.len == 0 ||
	    (words.len == bare.len && memcmp(words.at, bare.at, bare.len) == 0))
		return;
	if (span_begins(address, "mailto:"))
		address = bare;
	out->space = true;
	html_out_words(out, span_of("<"), false);
	html_out_words(out, address, true);
	html_out_words(out, span_of(">"), false);
}

static void
leave(struct walk *walk)
{
	struct frame *frame = top(walk);
	const GumboElement *element = &frame->node->v.element;
	struct html_out *out = &walk->out;

	switch ((int)element->tag) {
	case GUMBO_TAG_UL:
	case GUMBO_TAG_OL:
		if (walk->depth > 1)
			out->indent -= 2;
		break;
	case GUMBO_TAG_LI:
		out->item = NULL;
		break;
	case GUMBO_TAG_TD:
	case GUMBO_TAG_TH:
		end_cell(walk);
		break;
	case GUMBO_TAG_A:
		show_address(walk, element);
		break;
	default:
		break;
	}
	html_out_block(out, margin(element));
	if (frame->quote)
		out->quotes--;
	walk->depth--;
}

/* Opens an element, if it is one that is shown. */
static void
open_element(struct walk *walk, const GumboNode *node)
{
	const GumboElement *element = &node->v.element;
	struct html_style style;
	struct frame frame = {.node = node};

	if (node->type == GUMBO_NODE_TEMPLATE || is_skipped(element->tag))
		return;
	style = html_style_of(element);
	if (style.gone)
		return;
	if (walk->depth == DEPTH_MAX) {
		walk->cut = true;
		return;
	}
	if (walk->depth > 0) {
		const struct frame *above = top(walk);

		frame.invisible = above->invisible;
		frame.zero_size = above->zero_size;
		frame.exact = above->exact;
	}
	if (style.invisible >= 0)
		frame.invisible = style.invisible;
	if (style.zero_size >= 0)
		frame.zero_size = style.zero_size;
	if (walk->depth == walk->room) {
		size_t old = walk->room * sizeof *walk->frames;

		walk->room = 2 * walk->room + 64;
		walk->frames = arena_grow(walk->scratch, walk->frames, old,
		    walk->room * sizeof *walk->frames);
	}
	walk->frames[walk->depth++] = frame;
	enter(walk, element, &style);
	if (!frame.invisible)
		show_void(walk, element);
}

static void
visit(struct walk *walk, const GumboNode *node)
{
	const struct frame *frame = top(walk);

	if (node->type == GUMBO_NODE_ELEMENT ||
	    node->type == GUMBO_NODE_TEMPLATE) {
		open_element(walk, node);
	} else if (node->type == GUMBO_NODE_TEXT ||
		   node->type == GUMBO_NODE_WHITESPACE ||
		   node->type == GUMBO_NODE_CDATA) {
		if (!frame->invisible && !frame->zero_size)
			html_out_words(&walk->out, span_of(node->v.text.text),
			    frame->exact);
	}
}

/* Through the tree with a stack of our own: how deep it is was a stranger's
 * choice. */
static void
walk_tree(struct walk *walk, const GumboNode *root)
{
	open_element(walk, root);
	while (walk->depth > 0 && !walk->out.full) {
		struct frame *frame = top(walk);
		const GumboVector *children = &frame->node->v.element.children;

		if (frame->next < children->length)
			visit(walk, children->data[frame->next++]);
		else
			leave(walk);
	}
	if (walk->out.full)
		walk->cut = true;
}

static void *
take_from_arena(void *arena, size_t size)
{
	return arena_take(arena, size);
}

/* gumbo frees its tree by recursion, which overflows the stack; the arena
 * gives it back in one stroke instead. */
static void
leave_to_arena(void *arena, void *piece)
{
	(void)arena;
	(void)piece;
}

struct span
html_to_text(struct arena *arena, struct span html, size_t limit, bool *cut_r)
{
	struct arena *tree = arena_new(0);
	GumboOptions options = kGumboDefaultOptions;
	struct walk walk = {.out = {.text = buf_in(arena), .limit = limit}};
	const GumboOutput *parsed;

	options.allocator = take_from_arena;
	options.deallocator = leave_to_arena;
	options.userdata = tree;
	options.max_errors = 0;
	html = html_tame(tree, html, &walk.cut);
	walk.scratch = tree;
	parsed = gumbo_parse_with_options(&options, html.at, html.len);
	walk_tree(&walk, parsed->root);
	arena_free(tree);
	if (walk.out.text.len > limit)
		walk.out.text.len = utf8_cut(buf_span(&walk.out.text), limit);
	if (walk.cut)
		*cut_r = true;
	return buf_span(&walk.out.text);
}
