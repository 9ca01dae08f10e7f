/* chunk: octets larger than a value may be, cut up and sealed piece by piece.
 *
 * Each piece is bound to its number and to how many there are, so that none
 * can be lost, doubled or moved. */
#ifndef STORE_CHUNK_H
#define STORE_CHUNK_H

#include "store_txn.h"

/* How many pieces `len` octets make. */
uint32_t chunk_count(size_t len);
/* Writes them below `row`, each key with the piece's number behind it.
 * `place`: kind, owner, number and index are the caller's. */
void chunk_put(struct store_txn *txn, const struct row *row, uint64_t slot,
    const struct seal_place *place, struct span octets);
/* Removes them. */
void chunk_del(struct store_txn *txn, const struct row *row);
/* All octets, in `arena`. 1; 0 when the slot is destroyed. */
int chunk_open(struct store_txn *txn, struct arena *arena,
    const struct row *row, uint64_t slot, const struct seal_place *place,
    struct span *octets_r);

#endif
