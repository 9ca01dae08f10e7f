/* tags: whose tags are whose, and what becomes of them.
 *
 * An engineer's and an account's user's are found by his name in the conf. A
 * customer who is known by his address alone has a random holder that only his
 * contacts hold, sealed: it says nothing once they are destroyed, and the last
 * one takes the tags along, for their names are his words. */
#ifndef STAGE_TAGS_H
#define STAGE_TAGS_H

#include "apply_notice.h"

/* The speaker's tags, when a command asks for them. */
void tags_look(const struct view *view, struct facts *facts,
    const struct commands *commands);
/* The speaker's, opened; 1, 0 when he has none. */
int tags_of_speaker(const struct view *view, const struct facts *facts,
    struct Tags **tags_r, struct TagsData **tags_data_r);
/* The tags of one ticket, "vip, billing"; "" none. `tags_data` may be NULL. */
const char *tags_on(struct arena *arena, const struct TagsData *tags_data,
    uint64_t ticket);
bool tags_has(const struct Tag *tag, uint64_t ticket);

void tags_apply(struct applying *a, const struct effect *effect);
/* A new contact of the address holds the tags that its older ones hold. */
void tags_join(struct applying *a, struct ContactData *contact_data);
/* The contact is destroyed now. */
void tags_leave(struct applying *a, const struct ContactData *contact_data);
/* The ticket is deleted: no tag is on it any more. */
void tags_forget_ticket(struct applying *a);

#endif
