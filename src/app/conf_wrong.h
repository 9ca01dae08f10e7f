/* conf_wrong: the mistakes of a conf, and where each value came from.
 *
 * A value is checked twice: alone when it is read, and later beside others.
 * The second check knows a value only by its place in memory, so each place
 * remembers the line that filled it. */
#ifndef APP_CONF_WRONG_H
#define APP_CONF_WRONG_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "buf.h"

/* A line of a file, and the key there: "mailboxes[0].port". */
struct conf_where {
	const char *file;
	int line;
	const char *key; /* "" none */
};

struct conf_mark {
	const void *place;
	struct conf_where where;
	bool said; /* it stands in the file; else it is a default */
	struct conf_mark *next;
};

struct conf_wrongs {
	struct arena *arena;
	struct buf lines;
	struct conf_mark *marks;
};

/* One more mistake: what it is and how to mend it. */
void conf_wrong(struct conf_wrongs *wrongs, struct conf_where where,
    const char *format, ...) __attribute__((format(printf, 3, 4)));
/* Likewise, about the value that was put at `place`. */
void conf_wrong_at(struct conf_wrongs *wrongs, const void *place,
    const char *format, ...) __attribute__((format(printf, 3, 4)));
void conf_mark(struct conf_wrongs *wrongs, const void *place,
    struct conf_where where, bool said);
/* What was put there last; NULL nothing. */
const struct conf_mark *conf_marked(
    const struct conf_wrongs *wrongs, const void *place);
/* " did you mean ...?" for a word that is near to one of `words` (up to a
 * NULL), else "". */
const char *conf_near(
    struct arena *arena, const char *word, const char *const *words);

#endif
