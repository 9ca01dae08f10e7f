/* slot: which slots of the keyring are taken, doomed and free.
 *
 * The rule: taken -> doomed -> overwritten -> free, and never another way.
 * A doomed slot has a row until it is overwritten; that is done within a
 * write transaction, so no other process can have taken it in between. */
#ifndef STORE_SLOT_H
#define STORE_SLOT_H

#include "store_txn.h"

/* A slot with a fresh key; 0 after a sticky error. `expires` 0: never. */
uint64_t slot_take(struct store_txn *txn, when expires);
/* Overwritten as soon as the transaction is on disk. 0 is fine. */
void slot_doom(struct store_txn *txn, uint64_t slot);
/* Overwrites the doomed slots and frees them. With `all`, also whatever a
 * process that died left in slots that nobody refers to. */
enum store_result slot_sweep(struct store *store, bool all);
/* The day that ends what expires then; 0: none does. */
int64_t slot_day(struct store_txn *txn, when expires);

#endif
