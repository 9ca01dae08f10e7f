/* template_html: what an HTML template gets wrong that no reader of it would
 * see, and that an attacker would. Pure. */
#ifndef MAIL_TEMPLATE_HTML_H
#define MAIL_TEMPLATE_HTML_H

#include "arena.h"
#include "span.h"

/* NULL when it is good; else "line N: ...": a variable inside a tag outside
 * quotes, where escaping cannot hold it; a script; anything that a mail
 * program would fetch, which tells others who reads when. */
const char *template_html_wrong(struct arena *arena, struct span text);

#endif
