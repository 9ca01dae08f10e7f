/* quote: what a mail adds to the exchange, set apart from what it quotes.
 * Pure; nothing is destroyed: the whole text is kept beside it. When in doubt
 * the text counts as new: losing a customer's words is the worst fault. */
#ifndef MAIL_QUOTE_H
#define MAIL_QUOTE_H

#include "arena.h"
#include "span.h"

/* The patterns, compiled. They are read only once made, so that any number of
 * mails may be read with one of them at a time. */
struct quote_rules;

/* Compiles the patterns, by PCRE2's machine code where the system lets a
 * process write and run the same memory, else for its interpreter: both find
 * the same. To be called once, before a sandbox closes. Never NULL: a process
 * without memory ends as in arena.h. */
struct quote_rules *quote_rules_new(void);
/* Adds the signs of an admin's file, written as quotes/patterns is. 0; or -1
 * with the number of the line that is wrong, and why; what stands above it
 * may have been added then. The words live as long as the rules. */
int quote_rules_add(struct quote_rules *rules, struct span text,
    size_t *line_r, const char **why_r);
/* quote_rules_free(NULL) is fine. */
void quote_rules_free(struct quote_rules *rules);

/* `text` is UTF-8 with \n line ends; a line that is not shows no sign. The
 * new text, trimmed of blank lines at both ends, in the arena. */
struct span quote_new_text(struct arena *arena,
    const struct quote_rules *rules, struct span text);
/* The same of a mail that answers none, as its header shows: what it quotes is
 * passed on, as Outlook does it without a word for that, and all new. */
struct span quote_fresh_text(struct arena *arena,
    const struct quote_rules *rules, struct span text);

#endif
