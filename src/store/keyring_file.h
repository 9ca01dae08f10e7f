/* keyring_file: the keyring's slots as octets, in a file or in memory. It
 * knows nothing of keys. */
#ifndef STORE_KEYRING_FILE_H
#define STORE_KEYRING_FILE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "keyring.h"

struct keyring_file;

struct keyring_slot {
	uint64_t number;
	unsigned char octets[KEYRING_SLOT_SIZE];
};

/* `path` NULL: in memory. `create`: an empty one. NULL with a sentence. */
struct keyring_file *keyring_file_open(
    const char *path, bool create, const char **why_r);
void keyring_file_close(struct keyring_file *file);
/* `count` slots from `first` on; those behind the end are zeros. enum
 * keyring_result. */
int keyring_file_read(struct keyring_file *file, uint64_t first, size_t count,
    unsigned char *slots_r);
/* Writes the slots and waits until they are on disk; puts them in order. */
int keyring_file_write(
    struct keyring_file *file, struct keyring_slot *slots, size_t count);
/* Slot 0. */
int keyring_file_write_head(
    struct keyring_file *file, const unsigned char *head);
uint64_t keyring_file_size(const struct keyring_file *file);

#endif
