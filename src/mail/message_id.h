/* message_id: Message-ID, In-Reply-To, References (RFC 5322, 3.6.4). Pure. */
#ifndef MAIL_MESSAGE_ID_H
#define MAIL_MESSAGE_ID_H

#include "arena.h"
#include "span.h"

#include "flag.h"

/* Ids without < >, blanks and controls within them taken out. */
struct message_ids {
	char **list;
	size_t count;
};

/* Adds the ids in `body` (which may still be folded) behind those that are
 * there. Words without < > count when they have an '@' and the field has no
 * '<' at all. */
void message_ids_read(struct arena *arena, struct span body,
    struct message_ids *ids, struct flags *flags);
/* The id of a Message-ID field: as above; failing that, all of it. */
char *message_id_read(
    struct arena *arena, struct span body, struct flags *flags);

#endif
