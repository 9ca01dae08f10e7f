#include <gumbo.h>
#include <string.h>

#include "utf8.h"

#include "html.h"
#include "html_fast.h"
#include "html_scan.h"
#include "html_text.h"

/* One node on the way through the tree. */
struct step {
	const GumboNode *node;
	unsigned next; /* the child to go to next */
};

struct walk {
	struct html_text text;
	struct step *steps;
	size_t depth, room;
};

static const char *
attribute(const GumboElement *element, const char *name)
{
	const GumboAttribute *a =
	    gumbo_get_attribute(&element->attributes, name);

	return a ? a->value : "";
}

static struct html_tag
tag_of(const GumboElement *element)
{
	const char *style = attribute(element, "style");

	return (struct html_tag){
	    .tag = element->tag,
	    .class = attribute(element, "class"),
	    .href = attribute(element, "href"),
	    .alt = attribute(element, "alt"),
	    .cited = attribute(element, "type")[0] != '\0' ||
		     attribute(element, "cite")[0] != '\0',
	    .pixel = html_style_is_pixel(attribute(element, "width")) ||
		     html_style_is_pixel(attribute(element, "height")),
	    .style = html_style_read(style,
		gumbo_get_attribute(&element->attributes, "hidden") != NULL),
	};
}

static void
open_element(struct walk *walk, const GumboNode *node)
{
	struct html_tag tag;

	if (node->type == GUMBO_NODE_TEMPLATE)
		return;
	tag = tag_of(&node->v.element);
	if (!html_text_open(&walk->text, &tag))
		return;
	if (walk->depth == walk->room) {
		size_t old = walk->room * sizeof *walk->steps;

		walk->room = 2 * walk->room + 64;
		walk->steps = arena_grow(walk->text.scratch, walk->steps, old,
		    walk->room * sizeof *walk->steps);
	}
	walk->steps[walk->depth++] = (struct step){node, 0};
}

static void
visit(struct walk *walk, const GumboNode *node)
{
	if (node->type == GUMBO_NODE_ELEMENT ||
	    node->type == GUMBO_NODE_TEMPLATE)
		open_element(walk, node);
	else if (node->type == GUMBO_NODE_TEXT ||
		 node->type == GUMBO_NODE_WHITESPACE ||
		 node->type == GUMBO_NODE_CDATA)
		html_text_words(&walk->text, span_of(node->v.text.text));
}

/* Through the tree with a stack of our own: how deep it is was a stranger's
 * choice. */
static void
walk_tree(struct walk *walk, const GumboNode *root)
{
	open_element(walk, root);
	while (walk->depth > 0 && !walk->text.out.full) {
		struct step *step = &walk->steps[walk->depth - 1];
		const GumboVector *children = &step->node->v.element.children;

		if (step->next < children->length) {
			visit(walk, children->data[step->next++]);
		} else {
			html_text_close(&walk->text);
			walk->depth--;
		}
	}
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

static void
read_tree(struct html_text *text, struct span html)
{
	GumboOptions options = kGumboDefaultOptions;
	struct walk walk = {.text = *text};
	const GumboOutput *parsed;

	options.allocator = take_from_arena;
	options.deallocator = leave_to_arena;
	options.userdata = text->scratch;
	options.max_errors = 0;
	html = html_tame(text->scratch, html, &walk.text.cut);
	parsed = gumbo_parse_with_options(&options, html.at, html.len);
	walk_tree(&walk, parsed->root);
	*text = walk.text;
}

struct span
html_to_text_slowly(
    struct arena *arena, struct span html, size_t limit, bool *cut_r)
{
	struct html_text text = {.out = {.text = buf_in(arena), .limit = limit},
	    .scratch = arena_new(0)};

	read_tree(&text, html);
	arena_free(text.scratch);
	if (text.out.text.len > limit)
		text.out.text.len = utf8_cut(buf_span(&text.out.text), limit);
	if (text.cut || text.out.full)
		*cut_r = true;
	return buf_span(&text.out.text);
}

struct span
html_to_text(struct arena *arena, struct span html, size_t limit, bool *cut_r)
{
	struct html_text text = {.out = {.text = buf_in(arena), .limit = limit},
	    .scratch = arena_new(0)};
	/* No text that came out of a part has a NUL; a page that has one is
	 * gumbo's to judge. */
	bool done = (html.len == 0 || memchr(html.at, '\0', html.len) == NULL) &&
	    html_fast(&text, html);

	arena_free(text.scratch);
	if (!done)
		return html_to_text_slowly(arena, html, limit, cut_r);
	if (text.out.text.len > limit)
		text.out.text.len = utf8_cut(buf_span(&text.out.text), limit);
	if (text.cut || text.out.full)
		*cut_r = true;
	return buf_span(&text.out.text);
}
