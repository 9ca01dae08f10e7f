/* blind: finding an address without writing it down.
 *
 * A row's key is a keyed hash of the address; the key is random, one a month,
 * and ends with the month's last participant. */
#ifndef STORE_BLIND_H
#define STORE_BLIND_H

#include "store_txn.h"

#define BLIND_SIZE 16

struct blind {
	unsigned char at[BLIND_SIZE];
};

/* One participant more in the month; what he expires on keeps its key. */
void blind_month_join(struct store_txn *txn, uint32_t month, int64_t day);
/* One less; the last one ends the month's key. */
void blind_month_leave(struct store_txn *txn, uint32_t month);
/* Ends the keys of months whose last day is before `day`; how many. */
size_t blind_months_end(struct store_txn *txn, int64_t day);

/* 1; 0 when `address` is empty or the month's key is gone. */
int blind_of(struct store_txn *txn, uint32_t month, const char *address,
    struct blind *blind_r);
void blind_put(
    struct store_txn *txn, struct span blind, uint64_t ticket, uint32_t slot);
void blind_del(
    struct store_txn *txn, struct span blind, uint64_t ticket, uint32_t slot);

#endif
