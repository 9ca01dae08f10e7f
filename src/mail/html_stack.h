/* html_stack: the open elements of a page on the short way (html_fast.h). */
#ifndef MAIL_HTML_STACK_H
#define MAIL_HTML_STACK_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

#include "html_kind.h"
#include "html_text.h"

#define HTML_OPEN_MAX   200 /* open elements: each search goes over them */
#define HTML_FORMATS_MAX 32 /* formatting elements among them */
#define HTML_NOWHERE	 ((size_t)-1)

struct html_open {
	GumboTag tag;
	enum html_kind kind;
	bool framed;  /* html_text has a frame for it */
	bool matters; /* opened anew, it would change the text */
};

struct html_stack {
	struct html_text *text;
	struct arena *arena;
	const char *at, *end;
	struct html_open stack[HTML_OPEN_MAX];
	size_t depth;
	size_t formats; /* formatting elements among them */
	size_t roots;
	size_t gone; /* how deep the element lies that is not shown; 0 none */
	enum { MODE_QUIRKS, MODE_STANDARD, MODE_UNKNOWN } mode;
	bool after_pre; /* the line end that comes next does not count */
	bool hides;	/* letters of no size, or invisible, were seen */
	bool sized;	/* a formatting element with a size was seen */
	bool strange;
};

/* Special elements end the search for one that is not (HTML, 13.2.4.2). The
 * searches answer where on the stack an element lies, or HTML_NOWHERE; those
 * in scope end at a table or its cell. Popping to a depth lets formatting
 * elements go on behind, except where a cell ends. */
bool html_special(enum html_kind kind);
struct html_open *html_top(struct html_stack *fast);
bool html_in_table(struct html_stack *fast);
void html_push(struct html_stack *fast, const struct html_tag *tag,
    enum html_kind kind);
void html_push_plain(
    struct html_stack *fast, GumboTag name, enum html_kind kind);
void html_pop_to(struct html_stack *fast, size_t depth, bool cell);
size_t html_in_scope(struct html_stack *fast, GumboTag tag);
size_t html_kind_in_scope(struct html_stack *fast, enum html_kind kind);
size_t html_nearest_table(struct html_stack *fast);

#endif
