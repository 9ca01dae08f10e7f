/* desk_day: a day at the desk in steps, for tests that interrupt it.
 *
 * Each step is one transaction and may be taken again: what is in the ledger
 * already does nothing, as the stage does it. */
#ifndef TESTS_STORE_DESK_DAY_H
#define TESTS_STORE_DESK_DAY_H

#include "store.h"

#define DAY_STEPS 8
/* 2026-11-23 09:00 UTC, and the day on which contacts expire. */
#define DAY_NOW	    ((when)1795424400000)
#define DAY_EXPIRES (DAY_NOW + 90 * WHEN_DAY)

extern const unsigned char day_master[32];

/* Opens it, or the test fails. */
struct store *day_open(const struct store_conf *conf, bool recover);
enum store_result day_step(struct store *store, int step);
/* All that can be read, as text; equal for equal stores, whatever random keys
 * and secrets they have. */
char *day_dump(struct store *store, struct arena *arena);
/* Every slot has one row that refers to it, and none has two; keys are there;
 * what is free is empty; the audit's chain is whole. Or the test fails. */
void day_check(struct store *store);

/* A ticket by a customer with these, as step 0 makes it. */
struct day_mail {
	uint64_t uid;
	const char *address;
	const char *mobile;
	const char *name;
	const char *text;
	size_t attachment; /* octets, 0: none */
	uint64_t ticket_r;
};
int day_ticket(struct store_txn *txn, void *mail);

#endif
