/* folder: a test's own folder, made and removed. */
#ifndef TESTS_STORE_FOLDER_H
#define TESTS_STORE_FOLDER_H

#include <stdbool.h>
#include <stddef.h>

struct folder {
	char path[200];
};

struct folder folder_make(void);
/* With all files in it. */
void folder_remove(const struct folder *folder);
/* Whether any file of the folder, but `except` (or NULL), has the octets. */
bool folder_holds(const struct folder *folder, const char *except,
    const void *octets, size_t len);
/* Copies one file of the folder to another folder. */
void folder_copy(
    const struct folder *from, const struct folder *to, const char *name);

#endif
