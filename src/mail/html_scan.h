/* html_scan: a first look at HTML from a stranger, before the HTML5 parser
 * sees it. Pure.
 *
 * gumbo is correct but not hardened: its work grows with the square of the
 * open elements (100,000 <div> take minutes), of the attributes of one tag,
 * and of the formatting elements left open (10 KB of <p><font a=1> make
 * 70 MB). This look counts what would make it slow, never less than gumbo
 * would, and gives it a flat text instead when that is too much. */
#ifndef MAIL_HTML_SCAN_H
#define MAIL_HTML_SCAN_H

#include <stdbool.h>

#include "arena.h"
#include "span.h"

/* What gumbo reads in a time that grows no faster than the length: `html`
 * itself, or its text with nothing but line breaks for tags. `cut_r` is set
 * when its end was left out. */
struct span html_tame(struct arena *arena, struct span html, bool *cut_r);

#endif
