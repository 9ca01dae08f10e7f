/* story: all that the store knows of one ticket, for a person to read.
 * Addresses appear as engineers see them, never whole. */
#ifndef APP_STORY_H
#define APP_STORY_H

#include "arena.h"
#include "json.h"

#include "store.h"

struct story;

/* NULL when there is no such ticket. */
struct story *story_read(
    struct store_txn *txn, struct arena *arena, uint64_t number);
char *story_text(struct arena *arena, const struct story *story);
void story_json(struct json *json, const struct story *story);

#endif
