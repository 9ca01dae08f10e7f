#include <sodium.h>

#include "keys.h"

/* The numbers are for ever: another number is another key. */
enum {
	KEY_PERIOD = 1,
	KEY_SLOT = 2,
	KEY_DIGEST = 3,
	KEY_AUDIT = 4,
	KEY_TOKEN = 0x100, /* and the generation */
};

static void
derive(unsigned char *key, uint64_t number, const unsigned char *master)
{
	(void)crypto_kdf_derive_from_key(
	    key, KEYS_SIZE, number, "gatepost", master);
}

struct keys *
keys_new(const unsigned char master[KEYS_SIZE])
{
	struct keys *keys;

	_Static_assert(KEYS_SIZE == crypto_kdf_KEYBYTES, "master key");
	if (sodium_init() < 0)
		return NULL;
	keys = sodium_malloc(sizeof *keys);
	if (keys == NULL)
		return NULL;
	derive(keys->period, KEY_PERIOD, master);
	derive(keys->slot, KEY_SLOT, master);
	derive(keys->digest, KEY_DIGEST, master);
	derive(keys->audit, KEY_AUDIT, master);
	for (unsigned i = 0; i < KEYS_GENERATIONS; i++)
		derive(keys->token[i], KEY_TOKEN + KEYS_GENERATIONS - 1 - i,
		    master);
	return keys;
}

void
keys_free(struct keys *keys)
{
	sodium_free(keys);
}
