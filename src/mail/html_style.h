/* html_style: which elements of an HTML mail nobody sees. Pure. */
#ifndef MAIL_HTML_STYLE_H
#define MAIL_HTML_STYLE_H

#include <gumbo.h>
#include <stdbool.h>

/* What an element says of its own visibility; the rest is inherited. */
struct html_style {
	bool gone;	 /* with all that is in it */
	int invisible;	 /* 1 yes, 0 no, -1 as its parent */
	int zero_size;	 /* letters of no size: likewise */
	bool borderless; /* "border: none" */
};

struct html_style html_style_of(const GumboElement *element);
/* An image of one pixel, which counts its readers. */
bool html_style_is_tracker(const GumboElement *element);

#endif
