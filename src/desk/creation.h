/* creation: the lines `Key: value` at the top of a ticket's first mail, and
 * the form that asks for those that are missing.
 *
 *	Region: Frankfurt
 *	EIP: 198.51.100.7
 *
 *	The server does not answer.
 *
 * Only what a service knows is a key; from the first line on that is none,
 * all is description, and no line is ever lost. */
#ifndef DESK_CREATION_H
#define DESK_CREATION_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "people.h"
#include "record.h"
#include "span.h"

#define CREATION_LINES_MAX 20  /* of a mail; the next stays text */
#define CREATION_KEY_MAX   80  /* octets */
#define CREATION_VALUE_MAX 200 /* octets; a line with a longer one is text */

/* The key whose value accepts the desk's agreement. */
#define CREATION_AGREEMENT "Agreement"

struct creation_line {
	const char *key;   /* as the service writes it */
	const char *value; /* as its table writes it, when it is there */
	bool unknown;	   /* the table does not have it */
};

struct creation {
	struct creation_line list[CREATION_LINES_MAX];
	size_t count;
	const char *rest; /* the description; the whole text when count is 0 */
};

/* Whether its lines accept the agreement, in a language of the templates. */
bool creation_agrees(const struct creation *creation);
/* `service` may be NULL: it knows no key. */
struct creation creation_read(
    struct arena *arena, const struct service *service, const char *text);
/* How the service writes the key that somebody writes `name`; NULL: it is
 * none. */
const char *creation_key(struct arena *arena, const struct service *service,
    struct span name);
/* What may stand behind a key; ends with NULL. NULL: anything. */
const char *const *creation_table(
    const struct service *service, const char *key);

/* The keys to ask for, "EIP:", one a line, ready to be filled in: those of
 * the service's form that have no value, and those whose value is not known.
 * "" when nothing is asked for. */
const char *creation_form(struct arena *arena, const struct service *service,
    const struct CreationData *filled);
/* And what may stand behind them, "Region: Frankfurt, Paris", one a line. */
const char *creation_known(struct arena *arena, const struct service *service,
    const struct CreationData *filled);
/* All that is filled, "Region: Mars (?)": the table does not have it, one a line. */
const char *creation_text(
    struct arena *arena, const struct CreationData *filled);
/* Puts one more in, or another value for its key. */
void creation_fill(struct arena *arena, struct CreationData *filled,
    const char *key, const char *value, bool unknown);

#endif
