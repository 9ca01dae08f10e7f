/* tag: what a tag may be called, and how many there may be.
 *
 * A tag is its user's alone: he sees it, finds tickets by it, and what another
 * user calls his is nothing to him (seed 002, section 3). */
#ifndef DESK_TAG_H
#define DESK_TAG_H

#include <stdbool.h>

#include "operation.h"
#include "span.h"

#define TAGS_MAX	   30	/* a user */
#define TAGS_ON_TICKET_MAX 5	/* a user, on one ticket */
#define TAG_LENGTH_MAX	   32	/* characters */
#define TAGGED_MAX	   8000 /* a user: tags on tickets, together; they are
				   one row */
#define TAGGERS_MAX	   100	/* users whose tags are on one ticket */

/* Whether it is done to tags. */
bool tag_is_operation(enum operation operation);
/* One word of letters of any script, digits, '-', '_' and '.', with a letter
 * or digit among them. */
bool tag_is_name(struct span text);
/* Two names with blanks between them. */
bool tag_are_two(struct span text);

#endif
