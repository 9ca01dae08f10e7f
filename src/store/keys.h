/* keys: what is derived from the master key. Each use has a key of its own,
 * so that none tells anything of another. */
#ifndef STORE_KEYS_H
#define STORE_KEYS_H

#define KEYS_SIZE	 32
#define KEYS_GENERATIONS 2

struct keys {
	unsigned char period[KEYS_SIZE]; /* wraps the period keys */
	unsigned char slot[KEYS_SIZE];	 /* wraps all other slots */
	unsigned char digest[KEYS_SIZE]; /* hashes what is looked up */
	unsigned char audit[KEYS_SIZE];	 /* chains the audit */
	unsigned char token[KEYS_GENERATIONS][KEYS_SIZE]; /* newest first */
};

/* In locked memory that no core file has; NULL when there is none. */
struct keys *keys_new(const unsigned char master[KEYS_SIZE]);
/* Overwrites them. keys_free(NULL) is fine. */
void keys_free(struct keys *keys);

#endif
