/* rows: all rows of a store as text, without what chance or the hour chose:
 * secrets, keys, Message-IDs, times, attempts. */
#ifndef TESTS_LOOP_ROWS_H
#define TESTS_LOOP_ROWS_H

#include <stdbool.h>

#include "arena.h"
#include "store.h"

/* In the arena. With `outcomes` also which mails the ledger holds is told, of
 * `mailbox`, uidvalidity 7, uids 1 to `uids`. */
char *rows_text(struct store *store, struct arena *arena, const char *mailbox,
    uint64_t uids);
/* Whether the audit's chain is whole. */
bool rows_audit_whole(struct store *store);

#endif
