/* maildir: mails in a Maildir as a source. Private to the maildir*.c files;
 * the contract is source.h.
 *
 * maildir.c        handing over, waiting
 * maildir_list.c   which mails there are
 * maildir_settle.c renaming, moving and deleting once fates are known */
#ifndef TRANSPORT_MAILDIR_H
#define TRANSPORT_MAILDIR_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <sys/stat.h>
#include <time.h>

#include "source.h"

/* A mail that was seen in this run. NEXT -> HANDED -> DONE; NEXT -> DONE when
 * it vanished first. */
enum letter_state {
	LETTER_NEXT,
	LETTER_HANDED,
	LETTER_DONE,
};

struct letter {
	uint64_t uid; /* 0: a free place of the table */
	enum letter_state state;
	bool in_cur;  /* where it was last seen */
	int64_t time; /* seconds, the beginning of its name */
	char *name;   /* as last seen, with its flags; NULL once DONE */
};

struct maildir {
	struct source source;
	const struct maildir_conf *conf;
	int dirs[2];	  /* new/ and cur/; -1 when not open */
	struct timespec seen[2]; /* their times of change at the last look */
	int notify;	  /* inotify, or -1 */
	int64_t look_at;  /* when to look in any case; stream_clock() */

	struct letter *table; /* by uid; open addressing, a power of two */
	size_t room, used;
	uint64_t *queue;      /* uids to hand over, in order */
	size_t head, count, queue_room;

	bool said_away, said_stuck; /* logged once */
};

/* The 63-bit digest of the name up to its ':'; never 0. */
uint64_t maildir_uid(const char *name);
/* Looks into both folders and puts what is new in the queue, by arrival.
 * Negative with errno set when a folder cannot be read. */
int maildir_list(struct maildir *maildir);
/* NULL when it was never seen. */
struct letter *maildir_find(struct maildir *maildir, uint64_t uid);
/* Looks for a mail that is no longer where it was seen: another program took
 * it from new/ to cur/ or changed its flags. False when it is gone. */
bool maildir_seek(struct maildir *maildir, struct letter *letter);
void maildir_done(struct letter *letter);

void maildir_settle(struct maildir *maildir, const struct Fate *fate);

#endif
