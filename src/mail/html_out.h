/* html_out: lines of text out of words, breaks and blocks. Pure.
 *
 * Breaks are owed, not written: they appear with the next letter, so that
 * blocks within blocks leave one blank line and none at either end. */
#ifndef MAIL_HTML_OUT_H
#define MAIL_HTML_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "buf.h"
#include "span.h"

struct html_out {
	struct buf text;
	size_t limit;
	size_t owed;	 /* line ends before the next letter */
	bool space;	 /* a blank before the next letter */
	bool line_open;	 /* the line has a letter or its prefix */
	bool cell;	 /* a cell's border before the next letter */
	bool fresh;	 /* a cell that has no letter yet */
	size_t quotes;	 /* "> " before each line */
	size_t indent;	 /* blanks before each line */
	const char *item; /* what the next line begins with: "- " */
	bool full;	 /* the limit is reached; nothing more comes */
};

/* Words, with runs of blanks as one blank; as they are when `exact`. */
void html_out_words(struct html_out *out, struct span words, bool exact);
/* At least `lines` line ends before the next letter: 1 begins a new line, 2
 * leaves a blank one. */
void html_out_block(struct html_out *out, size_t lines);
/* One line end more. */
void html_out_break(struct html_out *out);

#endif
