/* notice_text: what a notice says: subject, text, HTML and SMS, out of the
 * templates of one language. Pure: the app reads the files and gives them
 * here by name.
 *
 *	received.txt	"Subject: ..." on its first line, an empty line, the
 *			mail's text
 *	received.html	the middle of the mail's HTML; goes into {body} of
 *	frame.html	the head and foot that all share
 *	received.sms	one line
 *	words.txt	the names of states, the reasons (notice_words.h)
 */
#ifndef MAIL_NOTICE_TEXT_H
#define MAIL_NOTICE_TEXT_H

#include <stddef.h>

#include "arena.h"
#include "notice.h"
#include "notice_words.h"
#include "span.h"
#include "template.h"
#include "ticket.h"

/* A variable of the templates. */
struct notice_name {
	const char *name;
	bool lines;	  /* may have several lines; else it is made one */
	const char *help; /* what it holds, a sentence */
};

/* All that there are; ends with a name of NULL. */
extern const struct notice_name notice_names[];

/* Each "" when there is none; html is a whole document. */
struct notice_text {
	const char *subject;
	const char *text;
	const char *html;
	const char *sms;
};

/* One language's templates. */
struct notice_set;

/* `language` is its tag, "en": the name of its folder. */
struct notice_set *notice_set_new(struct arena *arena, const char *language);
/* Takes one file; `file_name` without a folder. The set points into `text`.
 * 0; or -1 with `error_r` "received.txt: line 3: ...", for a file that is
 * wrong or that no notice needs. */
int notice_set_add(struct notice_set *set, const char *file_name,
    struct span text, const char **error_r);
/* The name of the first file that is needed and was not added, in the set's
 * arena; NULL when all are there. */
const char *notice_set_missing(const struct notice_set *set);
/* Likewise the first key of words.txt that has no words; never one for
 * English, which the desk itself speaks. */
const char *notice_set_unsaid(const struct notice_set *set);
const char *notice_set_language(const struct notice_set *set);
/* NULL: the desk's own. */
const struct notice_words *notice_set_words(const struct notice_set *set);
/* The set in which `notice` is said to somebody who reads `language`: that
 * language's, when it has all forms of the notice; else the first, the
 * conf's. `sets` ends with NULL. */
const struct notice_set *notice_set_for(const struct notice_set *const *sets,
    const char *language, enum notice notice);

/* Fills in what the set has for `notice`. Values that may not have lines are
 * made one line without invisible characters, so that a subject can neither
 * look like a line of ours nor reorder one. */
struct notice_text notice_text_fill(struct arena *arena,
    const struct notice_set *set, enum notice notice,
    const struct template_value *values, size_t count);

#define NOTICE_CHOICES 3
/* The values may_cancel, may_close and may_confirm of a ticket in `state`:
 * which words its customer may reply. */
void notice_choices(
    enum state state, struct template_value values_r[NOTICE_CHOICES]);

#endif
