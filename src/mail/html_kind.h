/* html_kind: what the rules of HTML's tree construction know elements by, as
 * far as the short way follows them. */
#ifndef MAIL_HTML_KIND_H
#define MAIL_HTML_KIND_H

#include <gumbo.h>

/* What the rules know elements by. */
enum html_kind {
	KIND_STRANGE, /* other rules hold: left to gumbo */
	KIND_VOID,
	KIND_FORMAT, /* opened again in the next block when left open */
	KIND_INLINE, /* ordinary ones */
	KIND_BLOCK,
	KIND_PARAGRAPH,
	KIND_HEADING,
	KIND_ITEM, /* li */
	KIND_TERM, /* dt, dd */
	KIND_TABLE,
	KIND_ROWS, /* tbody and its like */
	KIND_ROW,
	KIND_CELL,
	KIND_ROOT,
	KIND_RAW,
};

enum html_kind html_kind_of(GumboTag tag);

#endif
