/* html: HTML to text that reads well, by an HTML5 parser (gumbo). Pure. */
#ifndef MAIL_HTML_H
#define MAIL_HTML_H

#include <stdbool.h>

#include "arena.h"
#include "span.h"

/* `html` is UTF-8. Links are kept as text, lists and tables readable, hidden
 * content dropped, block quotes as lines with "> " before them so that
 * quote_split() knows them. At most `limit` octets come out. `cut_r` is set
 * when something was left out because of a limit (nodes, depth, octets). */
struct span html_to_text(
    struct arena *arena, struct span html, size_t limit, bool *cut_r);
/* The same by gumbo alone, however plain the page is: what the short way is
 * held against. */
struct span html_to_text_slowly(
    struct arena *arena, struct span html, size_t limit, bool *cut_r);

#endif
