/* html_tag: a tag or a piece of text of HTML, cut out and decoded, for the
 * short way. What is not plain is left to gumbo. Pure. */
#ifndef MAIL_HTML_TAG_H
#define MAIL_HTML_TAG_H

#include <gumbo.h>
#include <stdbool.h>

#include "arena.h"
#include "span.h"

#include "html_text.h"

/* Character references decoded; false when there is one that is none, or out
 * of the ordinary. The result may be `text` itself. */
bool html_decode(struct arena *arena, struct span text, bool attribute,
    struct span *decoded_r);
/* What the attributes say that the text depends on. `attributes` is what
 * stands between a tag's name and its '>'. False as above. */
bool html_tag_read(struct arena *arena, GumboTag name, struct span attributes,
    struct html_tag *tag_r);
/* Behind the '>' of the tag whose attributes begin at `at`; NULL when there is
 * none, or an attribute without a name or value. */
const char *html_tag_end(const char *at, const char *end);
/* The next '<' that begins something, or `end`; others are text. */
const char *html_next_mark(const char *at, const char *end);
/* Controls, and code points that stand for no character: gumbo replaces some
 * of them. */
bool html_has_controls(struct span html);

#endif
