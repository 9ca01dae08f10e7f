/* html_style: which elements of an HTML mail nobody sees. Pure. */
#ifndef MAIL_HTML_STYLE_H
#define MAIL_HTML_STYLE_H

#include <stdbool.h>

/* What an element says of its own visibility; the rest is inherited. */
struct html_style {
	bool gone;	 /* with all that is in it */
	int invisible;	 /* 1 yes, 0 no, -1 as its parent */
	int zero_size;	 /* letters of no size: likewise */
	bool borderless; /* "border: none" */
};

/* Out of a style attribute; `hidden`: whether it has that attribute too. */
struct html_style html_style_read(const char *declarations, bool hidden);
/* A width or height of at most one pixel: an image that counts its readers. */
bool html_style_is_pixel(const char *value);

#endif
