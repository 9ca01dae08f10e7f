/* html_fast: the short way from HTML to text. Pure.
 *
 * Most pages in mails are built as HTML's own rules want it, or are out of
 * them in ways that leave no trace in the text. For these the rules of tree
 * construction (HTML, section 13.2.6) come down to a stack of open elements,
 * and no tree has to be built. Wherever a rule would do more than that, the
 * page is left to gumbo. Both must give the same text: the tests and a fuzz
 * target hold one against the other. */
#ifndef MAIL_HTML_FAST_H
#define MAIL_HTML_FAST_H

#include <stdbool.h>

#include "span.h"

#include "html_text.h"

/* False when the page is not plain enough; `text` is of no use then. */
bool html_fast(struct html_text *text, struct span html);

#endif
