/* A slot of 128 octets, at 128 times its number; slot 0 is the head:
 *
 *	 0  kind: 0 empty, 1 key, 2 key under a period, 3 period key, 4 head
 *	 8  day                            (big-endian)
 *	16  slot of the day's period key   (big-endian)
 *	24  nonce
 *	48  the key, sealed: 32 octets and a tag of 16
 *	96  zeros
 *
 * Slots lie within a sector each, so a crash leaves one as it was or as it is
 * to be. The seal binds a slot to its store, its number and all of the above:
 * a slot that was moved, edited or torn does not open. */
#include <sodium.h>
#include <stdlib.h>

#include "row.h"

#include "keyring.h"
#include "keyring_file.h"
#include "keys.h"

/* Keys kept unwrapped, a power of two: more than the mails of one transaction
 * take, because a key that was pushed out is unwrapped twice over. */
#define CACHED 4096
#define AHEAD  256 /* slots read at once to see which are used */

enum kind {
	KIND_EMPTY = 0,
	KIND_KEY = 1,
	KIND_KEY_OF_DAY = 2,
	KIND_PERIOD = 3,
	KIND_HEAD = 4,
};

enum {
	AT_DAY = 8,
	AT_PERIOD = 16,
	AT_NONCE = 24,
	AT_KEY = 48,
	AT_REST = 96,
};

struct cached {
	uint64_t slot; /* 0: nothing */
	unsigned char key[KEYRING_KEY_SIZE];
};

/* In locked memory. */
struct secret {
	unsigned char wrap_period[KEYS_SIZE];
	unsigned char wrap_slot[KEYS_SIZE];
	struct cached cached[CACHED];
};

struct keyring {
	struct keyring_file *file;
	struct secret *secret;
	unsigned char store_id[16];
	struct keyring_slot *fresh; /* made and not synced */
	size_t fresh_count;
	size_t fresh_room;
	bool cached;
	unsigned char ahead[AHEAD * KEYRING_SLOT_SIZE]; /* for keyring_used() */
	uint64_t ahead_from; /* a multiple of AHEAD */
	bool ahead_read;
};

static struct span
slot_span(const unsigned char *slot)
{
	return (struct span){(const char *)slot, KEYRING_SLOT_SIZE};
}

/* What the seal of a slot binds it to. */
static struct row
binding(
    const struct keyring *keyring, uint64_t number, const unsigned char *slot)
{
	struct row row = {.len = 0};

	row_octets(&row, (struct span){(const char *)keyring->store_id, 16});
	row_u64(&row, number);
	row_octets(&row, (struct span){(const char *)slot, AT_NONCE});
	return row;
}

/* The key that wraps a slot's. Under a period it is a hash of both keys, so
 * that either one's end is the slot's end. */
static int
wrapping(struct keyring *keyring, const unsigned char *slot,
    unsigned char key_r[KEYS_SIZE])
{
	unsigned char period[KEYRING_KEY_SIZE];
	uint64_t period_slot = row_read_u64(slot_span(slot), AT_PERIOD);
	int result = 1;

	switch ((enum kind)slot[0]) {
	case KIND_PERIOD:
		memcpy(key_r, keyring->secret->wrap_period, KEYS_SIZE);
		break;
	case KIND_HEAD:
	case KIND_KEY:
		memcpy(key_r, keyring->secret->wrap_slot, KEYS_SIZE);
		break;
	case KIND_KEY_OF_DAY:
		result = keyring_key(keyring, period_slot, period);
		if (result == 1)
			crypto_generichash(key_r, KEYS_SIZE, period,
			    sizeof period, keyring->secret->wrap_slot,
			    KEYS_SIZE);
		sodium_memzero(period, sizeof period);
		break;
	case KIND_EMPTY:
	default:
		result = KEYRING_BROKEN;
	}
	return result;
}

/* Fills a slot of which kind, day and period slot are set. */
static int
slot_wrap(struct keyring *keyring, uint64_t number, unsigned char *slot,
    const unsigned char key[KEYRING_KEY_SIZE])
{
	unsigned char with[KEYS_SIZE];
	struct row bound;
	int result = wrapping(keyring, slot, with);

	if (result != 1)
		return KEYRING_BROKEN;
	bound = binding(keyring, number, slot);
	randombytes_buf(slot + AT_NONCE, AT_KEY - AT_NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(slot + AT_KEY, NULL, key,
	    KEYRING_KEY_SIZE, bound.at, bound.len, NULL, slot + AT_NONCE, with);
	sodium_memzero(with, sizeof with);
	return KEYRING_OK;
}

static int
slot_unwrap(struct keyring *keyring, uint64_t number, const unsigned char *slot,
    unsigned char key_r[KEYRING_KEY_SIZE])
{
	unsigned char with[KEYS_SIZE];
	struct row bound = binding(keyring, number, slot);
	int result = wrapping(keyring, slot, with);

	if (result != 1)
		return result;
	if (crypto_aead_xchacha20poly1305_ietf_decrypt(key_r, NULL, NULL,
		slot + AT_KEY, AT_REST - AT_KEY, bound.at, bound.len,
		slot + AT_NONCE, with) != 0)
		result = KEYRING_BROKEN;
	sodium_memzero(with, sizeof with);
	return result;
}

static void
remember(struct keyring *keyring, uint64_t slot,
    const unsigned char key[KEYRING_KEY_SIZE])
{
	struct cached *cached = &keyring->secret->cached[slot % CACHED];

	cached->slot = slot;
	memcpy(cached->key, key, KEYRING_KEY_SIZE);
	keyring->cached = true;
}

/* ---- the head ----------------------------------------------------------- */

/* A sealed key that nobody uses: it opens under the right master key only. */
static int
head_write(struct keyring *keyring)
{
	unsigned char head[KEYRING_SLOT_SIZE] = {KIND_HEAD};
	unsigned char key[KEYRING_KEY_SIZE] = {0};
	int result = slot_wrap(keyring, 0, head, key);

	if (result != KEYRING_OK)
		return result;
	return keyring_file_write_head(keyring->file, head);
}

static const char *
head_check(struct keyring *keyring)
{
	unsigned char head[KEYRING_SLOT_SIZE], key[KEYRING_KEY_SIZE];

	if (keyring_file_read(keyring->file, 0, 1, head) != KEYRING_OK)
		return "the keyring cannot be read";
	if (head[0] != KIND_HEAD)
		return "the keyring is damaged or not a keyring";
	if (slot_unwrap(keyring, 0, head, key) != 1)
		return "the master key is not this store's, or the keyring "
		       "belongs to another store";
	return NULL;
}

int
keyring_open(struct keyring **keyring_r, const char *path,
    const unsigned char master[32], const unsigned char store_id[16],
    bool create, const char **why_r)
{
	struct keyring *keyring = calloc(1, sizeof *keyring);
	struct keys *keys = keys_new(master);
	const char *why = "there is no memory for keys";

	if (keyring == NULL || keys == NULL)
		goto out;
	keyring->secret = sodium_malloc(sizeof *keyring->secret);
	if (keyring->secret == NULL)
		goto out;
	sodium_memzero(keyring->secret, sizeof *keyring->secret);
	memcpy(keyring->secret->wrap_period, keys->period, KEYS_SIZE);
	memcpy(keyring->secret->wrap_slot, keys->slot, KEYS_SIZE);
	memcpy(keyring->store_id, store_id, sizeof keyring->store_id);
	keyring->file = keyring_file_open(path, create, &why);
	if (keyring->file == NULL)
		goto out;
	why = NULL;
	if (create && head_write(keyring) != KEYRING_OK)
		why = "the keyring cannot be written";
	if (why == NULL)
		why = head_check(keyring);
out:
	keys_free(keys);
	if (why != NULL) {
		keyring_close(keyring);
		*why_r = why;
		return KEYRING_BROKEN;
	}
	*keyring_r = keyring;
	return KEYRING_OK;
}

void
keyring_close(struct keyring *keyring)
{
	if (keyring == NULL)
		return;
	keyring_file_close(keyring->file);
	sodium_free(keyring->secret);
	free(keyring->fresh);
	free(keyring);
}

/* ---- making and finding keys -------------------------------------------- */

static struct keyring_slot *
fresh_slot(struct keyring *keyring, uint64_t number)
{
	struct keyring_slot *slots;
	size_t room = keyring->fresh_room == 0 ? 64 : 2 * keyring->fresh_room;

	if (keyring->fresh_count == keyring->fresh_room) {
		slots = realloc(keyring->fresh, room * sizeof *slots);
		if (slots == NULL)
			return NULL;
		keyring->fresh = slots;
		keyring->fresh_room = room;
	}
	slots = &keyring->fresh[keyring->fresh_count];
	*slots = (struct keyring_slot){.number = number};
	return slots;
}

int
keyring_make(
    struct keyring *keyring, uint64_t slot, int64_t day, uint64_t period_slot)
{
	struct keyring_slot *fresh = fresh_slot(keyring, slot);
	unsigned char key[KEYRING_KEY_SIZE];
	struct row head = {.len = 0};
	int result;

	if (fresh == NULL || slot == 0)
		return KEYRING_BROKEN;
	row_u64(&head, (uint64_t)day);
	row_u64(&head, period_slot);
	memcpy(fresh->octets + AT_DAY, head.at, head.len);
	fresh->octets[0] = day == 0	      ? KIND_KEY
			   : period_slot == 0 ? KIND_PERIOD
					      : KIND_KEY_OF_DAY;
	randombytes_buf(key, sizeof key);
	result = slot_wrap(keyring, slot, fresh->octets, key);
	if (result == KEYRING_OK) {
		keyring->fresh_count++;
		remember(keyring, slot, key);
	}
	sodium_memzero(key, sizeof key);
	return result;
}

/* The octets of a slot: as made here, or as they are on disk. */
static int
slot_read(struct keyring *keyring, uint64_t number, unsigned char *slot)
{
	for (size_t i = keyring->fresh_count; i-- > 0;)
		if (keyring->fresh[i].number == number) {
			memcpy(
			    slot, keyring->fresh[i].octets, KEYRING_SLOT_SIZE);
			return KEYRING_OK;
		}
	return keyring_file_read(keyring->file, number, 1, slot);
}

/* Whether the period key of a slot's day is gone. Its place may have been
 * taken by another key since. */
static bool
period_is_over(struct keyring *keyring, const unsigned char *slot)
{
	unsigned char period[KEYRING_SLOT_SIZE];
	uint64_t number = row_read_u64(slot_span(slot), AT_PERIOD);

	return slot_read(keyring, number, period) == KEYRING_OK &&
	       (period[0] != KIND_PERIOD ||
		   memcmp(period + AT_DAY, slot + AT_DAY, 8) != 0);
}

int
keyring_key(struct keyring *keyring, uint64_t slot,
    unsigned char key_r[KEYRING_KEY_SIZE])
{
	const struct cached *cached = &keyring->secret->cached[slot % CACHED];
	unsigned char octets[KEYRING_SLOT_SIZE];
	int result;

	if (slot == 0)
		return 0;
	if (cached->slot == slot) {
		memcpy(key_r, cached->key, KEYRING_KEY_SIZE);
		return 1;
	}
	result = slot_read(keyring, slot, octets);
	if (result != KEYRING_OK)
		return result;
	if (octets[0] == KIND_EMPTY)
		return sodium_is_zero(octets, sizeof octets) ? 0
							     : KEYRING_BROKEN;
	if (octets[0] == KIND_KEY_OF_DAY && period_is_over(keyring, octets))
		return 0;
	result = slot_unwrap(keyring, slot, octets, key_r);
	if (result == 1)
		remember(keyring, slot, key_r);
	return result;
}

int
keyring_sync(struct keyring *keyring)
{
	int result;

	if (keyring->fresh_count == 0)
		return KEYRING_OK;
	result = keyring_file_write(
	    keyring->file, keyring->fresh, keyring->fresh_count);
	keyring->ahead_read = false;
	if (result == KEYRING_OK)
		keyring->fresh_count = 0;
	return result;
}

void
keyring_forget(struct keyring *keyring)
{
	if (keyring == NULL)
		return;
	keyring->fresh_count = 0;
	keyring->ahead_read = false;
	if (keyring->cached)
		sodium_memzero(
		    keyring->secret->cached, sizeof keyring->secret->cached);
	keyring->cached = false;
}

int
keyring_destroy(struct keyring *keyring, const uint64_t *slots, size_t count)
{
	struct keyring_slot *empty;
	int result;

	if (count == 0)
		return KEYRING_OK;
	empty = calloc(count, sizeof *empty);
	if (empty == NULL)
		return KEYRING_BROKEN;
	for (size_t i = 0; i < count; i++)
		empty[i].number = slots[i];
	result = keyring_file_write(keyring->file, empty, count);
	free(empty);
	keyring_forget(keyring);
	return result;
}

bool
keyring_used(struct keyring *keyring, uint64_t slot)
{
	static const unsigned char empty[KEYRING_SLOT_SIZE];
	uint64_t from = slot - slot % AHEAD;

	if (!keyring->ahead_read || keyring->ahead_from != from) {
		keyring->ahead_read = false;
		if (keyring_file_read(keyring->file, from, AHEAD,
			keyring->ahead) != KEYRING_OK)
			return true;
		keyring->ahead_from = from;
		keyring->ahead_read = true;
	}
	return memcmp(keyring->ahead + (slot - from) * KEYRING_SLOT_SIZE, empty,
		   sizeof empty) != 0;
}

uint64_t
keyring_size(const struct keyring *keyring)
{
	return keyring_file_size(keyring->file);
}
