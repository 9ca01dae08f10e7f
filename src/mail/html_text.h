/* html_text: the elements of a page, as they open and close, to text. Pure.
 *
 * Both ways of reading HTML end here: gumbo's tree, and the short way for
 * pages that are plain enough (html_fast.h). */
#ifndef MAIL_HTML_TEXT_H
#define MAIL_HTML_TEXT_H

#include <gumbo.h>
#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "span.h"

#include "html_out.h"
#include "html_style.h"

/* What of an element its text depends on. Strings are never NULL. */
struct html_tag {
	GumboTag tag;
	const char *class, *href, *alt;
	bool cited; /* a block quote that says whose it is */
	bool pixel; /* an image that counts its readers */
	struct html_style style;
};

/* One open element. */
struct html_frame {
	struct html_tag tag;
	size_t begins; /* where its text begins in the output */
	size_t items;  /* of a list: counted so far */
	bool ordered;
	bool invisible, zero_size;
	bool exact; /* blanks count, as in <pre> */
	bool quote; /* a block quote that is a quote */
	bool cells; /* of a row: one has come already */
};

struct html_text {
	struct html_out out;
	struct arena *scratch;
	struct html_frame *frames;
	size_t depth, room;
	bool cut; /* something was left out because of a limit */
};

/* False when the element is not shown, with all that is in it; then it is
 * not to be closed either. */
bool html_text_open(struct html_text *text, const struct html_tag *tag);
void html_text_close(struct html_text *text);
/* Words within the element that was opened last. */
void html_text_words(struct html_text *text, struct span words);
/* Whether such an element changes the text at all; `hides`: among elements
 * whose letters are not shown. */
bool html_text_matters(const struct html_tag *tag, bool hides);

#endif
