/* fetch: the stage between one source and the parse stage. Raw mails go out,
 * their fates come back. One process a mailbox; it has the network or the
 * Maildir, and neither store nor keys. */
#ifndef STAGE_FETCH_H
#define STAGE_FETCH_H

#include <stdint.h>

#include "source.h"

/* Opens the source once it is known where to go on. */
typedef struct source *fetch_open_fn(
    const void *conf, uint32_t uidvalidity, uint64_t position);

/* Runs until stop_asked() or another stage is gone: EX_OK; EX_CONFIG when the
 * source says that it can never work. */
int fetch_run(fetch_open_fn *open, const void *conf, const char *mailbox,
    int raw_mails, int fates);

#endif
