/* keyring: keys that can be destroyed. A file of fixed slots beside the
 * engine's files, overwritten in place.
 *
 * The engine never forgets what was deleted (free pages, backups), so nothing
 * personal is in it but under a key of this file; overwriting a slot makes
 * what it sealed unreadable at once, everywhere. A slot holds a random key,
 * wrapped under the master key and, when it expires, under the period key of
 * its day as well; period keys are slots too.
 *
 * Slots are chosen by the store while it holds the write transaction, so two
 * processes never take the same; keyring_sync() puts the new ones on disk
 * before that transaction commits. */
#ifndef STORE_KEYRING_H
#define STORE_KEYRING_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#define KEYRING_SLOT_SIZE 128
#define KEYRING_KEY_SIZE  32

struct keyring;

/* What a negative result says. */
enum keyring_result {
	KEYRING_OK = 0,
	KEYRING_BROKEN = -1,	/* cannot be read, or is not whole */
	KEYRING_SPACE = -2,	/* the disk is full; nothing was changed */
	KEYRING_UNCERTAIN = -3, /* a write or its flush failed half-way */
};

/* `path` NULL: in memory. `store_id` binds the file to its store. With
 * `create` a fresh one takes the place of whatever is there. Negative with a
 * sentence in `why_r`. */
int keyring_open(struct keyring **keyring_r, const char *path,
    const unsigned char master[32], const unsigned char store_id[16],
    bool create, const char **why_r);
void keyring_close(struct keyring *keyring);

/* Puts a fresh random key into `slot` (from 1), in memory until sync. `day`:
 * days since 1970 on which it ends; 0: it does not. `period_slot`: the slot
 * of that day's period key; 0 when `day` is 0, and 0 with a `day` makes the
 * period key itself. Negative: that period key is not there. */
int keyring_make(
    struct keyring *keyring, uint64_t slot, int64_t day, uint64_t period_slot);
/* The key of a slot. 1; 0 when the slot is destroyed or its day's period key
 * is; negative when it cannot be read or is not whole. */
int keyring_key(struct keyring *keyring, uint64_t slot,
    unsigned char key_r[KEYRING_KEY_SIZE]);
/* Everything made is on disk when this answers 0. */
int keyring_sync(struct keyring *keyring);
/* Drops what was made and not synced, and all that was read: another process
 * may change slots between two transactions. NULL is fine. */
void keyring_forget(struct keyring *keyring);
/* Overwrites the slots and waits until that is on disk. 0 or negative. */
int keyring_destroy(
    struct keyring *keyring, const uint64_t *slots, size_t count);
/* Whether the slot holds anything on disk. When in doubt, it does. */
bool keyring_used(struct keyring *keyring, uint64_t slot);
/* How many slots the file has room for. */
uint64_t keyring_size(const struct keyring *keyring);

#endif
