/* send: the stage that tries parcels once and answers with receipts. It has
 * the network, or the folder of the embedded default; no store, no keys. */
#ifndef STAGE_SEND_H
#define STAGE_SEND_H

#include "sink.h"

/* Runs until `parcels` ends and the last receipt is out: EX_OK. `sms` may be
 * NULL, and may be the same sink as `mail`. */
int send_run(
    struct sink *mail, struct sink *sms, int parcels, int receipts);

#endif
