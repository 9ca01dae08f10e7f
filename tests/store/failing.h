/* failing: an engine that fails at the call one tells it to.
 *
 * It stands before another engine, and keeps that one's rows when it is
 * closed and opened again, as a disk would. */
#ifndef TESTS_STORE_FAILING_H
#define TESTS_STORE_FAILING_H

#include <stdbool.h>

#include "kv.h"

extern const struct kv_engine failing;

/* Begins anew, without rows, before `inner`. */
void failing_start(const struct kv_engine *inner, const char *folder);
void failing_stop(void);
/* The call `n` from now on answers `result`; 0: none does. A commit that is
 * KV_UNCERTAIN has been done when `done` is set. */
void failing_at(int n, enum kv_result result, bool done);
/* Whether it has failed since. */
bool failing_has(void);
/* While it is paused calls are neither counted nor do they fail. */
void failing_pause(bool paused);

#endif
