/* quote_reply: the lines of a reply while quote.c and quote_tail.c take it
 * apart; nobody else's business. */
#ifndef MAIL_QUOTE_REPLY_H
#define MAIL_QUOTE_REPLY_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "span.h"

#include "quote_line.h"
#include "quote_rules.h"

/* A line that a pattern looks at is no longer than this. */
#define QUOTE_LINE_SEEN 600

struct reply {
	const struct quote_matcher *matcher;
	struct arena *arena;
	struct line *lines;
	size_t count;
	size_t cut; /* all from this line on is the mail answered to */
	const char *passed_on; /* a forwarded mail begins here; or NULL */
	size_t tries;	       /* attributions looked for */
	bool fresh;	       /* the mail answers none */
	bool initials;	       /* the quote's marks are somebody's initials */
	struct quote_seek colon, wide_colon;
};

/* The next line from `i` on that is not blank; `count` when there is none. */
static inline size_t
quote_next_filled(const struct reply *reply, size_t i)
{
	while (i < reply->count && reply->lines[i].kind == LINE_BLANK)
		i++;
	return i;
}

static inline bool
quote_rule_octet(char c)
{
	return c == '-' || c == '_' || c == '=' || c == '*' || c == ' ';
}

/* A line of nothing but dashes and their like. */
static inline bool
quote_is_rule(struct span s)
{
	s = span_trim(s);
	if (s.len < 2)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		if (!quote_rule_octet(s.at[i]))
			return false;
	}
	return true;
}

#endif
