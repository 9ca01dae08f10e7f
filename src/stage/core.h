/* core: the stage that alone holds the store and the keys. It decides,
 * commits, renders, and hands parcels out.
 *
 * One round after the other: what has come (mails, receipts, entries of the
 * due index) goes into one transaction; once that is on disk the fates go
 * back and the parcels out. */
#ifndef STAGE_CORE_H
#define STAGE_CORE_H

#include <stddef.h>

#include "core_conf.h"
#include "store.h"

/* All ends are open; -1 where there is none. */
struct core_pipes {
	int mails;	   /* Mail comes in */
	int receipts;	   /* Receipt comes in */
	int parcels;	   /* Parcel goes out */
	int nudge;	   /* any octet: look at the store */
	const int *fates;  /* Fate goes out: one a door, in their order */
};

/* Runs until stop_asked(), or until another stage is gone. An exit code of
 * sysexits.h: EX_OK; EX_TEMPFAIL when the store did not confirm a commit and
 * the whole daemon has to stop. */
int core_run(const struct core_conf *conf, struct store *store,
    const struct core_pipes *pipes);

#endif
