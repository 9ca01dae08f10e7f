/* action_links: the links of a notice that open a ready-made mail (RFC 6068),
 * as lines of its text and as buttons of its HTML. Pure. */
#ifndef MAIL_ACTION_LINKS_H
#define MAIL_ACTION_LINKS_H

#include <stddef.h>
#include <stdint.h>

#include "action.h"
#include "arena.h"
#include "notice_words.h"

struct action_link {
	enum action action;
	const char *address; /* keyed, ASCII */
};

struct action_links {
	const struct action_link *list;
	size_t count;
	uint64_t number;	 /* of the ticket */
	const char *subject;	 /* of the ticket; "" is not to be seen */
	const struct notice_words *words; /* NULL: the desk's own */
};

/* Both "" when there is no link. */
const char *action_links_text(
    struct arena *arena, const struct action_links *links);
const char *action_links_html(
    struct arena *arena, const struct action_links *links);

#endif
