#include <errno.h>
#include <fcntl.h>
#include <libgen.h>
#include <limits.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "keyring_file.h"

#define STEP	 8192 /* slots by which it grows: 1 MiB */
#define RUN_MOST 512  /* slots in one write */

struct keyring_file {
	int fd; /* -1: in memory */
	unsigned char *memory;
	uint64_t slots; /* in memory */
};

/* A new file is there after a crash only when its folder was synced too. */
static int
sync_folder(const char *path)
{
	char copy[PATH_MAX];
	int fd, rc;

	if ((size_t)snprintf(copy, sizeof copy, "%s", path) >= sizeof copy)
		return -1;
	fd = open(dirname(copy), O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (fd < 0)
		return -1;
	rc = fsync(fd);
	close(fd);
	return rc;
}

struct keyring_file *
keyring_file_open(const char *path, bool create, const char **why_r)
{
	struct keyring_file *file = calloc(1, sizeof *file);
	int flags = O_RDWR | O_CLOEXEC | O_NOFOLLOW;

	if (file == NULL) {
		*why_r = "there is no memory";
		return NULL;
	}
	file->fd = -1;
	if (path == NULL)
		return file;
	file->fd = open(path, create ? flags | O_CREAT | O_TRUNC : flags, 0600);
	if (file->fd < 0) {
		*why_r = errno == ENOENT ? "the keyring is not there"
					 : "the keyring cannot be opened";
	} else if (create && sync_folder(path) != 0) {
		*why_r = "the keyring's folder cannot be synced";
	} else {
		return file;
	}
	keyring_file_close(file);
	return NULL;
}

void
keyring_file_close(struct keyring_file *file)
{
	if (file == NULL)
		return;
	if (file->fd >= 0)
		close(file->fd);
	free(file->memory);
	free(file);
}

uint64_t
keyring_file_size(const struct keyring_file *file)
{
	struct stat st;

	if (file->fd < 0)
		return file->slots;
	if (fstat(file->fd, &st) != 0)
		return 0;
	return (uint64_t)st.st_size / KEYRING_SLOT_SIZE;
}

static int
read_all(int fd, unsigned char *octets, size_t len, off_t at)
{
	while (len > 0) {
		ssize_t got = pread(fd, octets, len, at);

		if (got < 0 && errno == EINTR)
			continue;
		if (got < 0)
			return KEYRING_BROKEN;
		if (got == 0)
			break;
		octets += got;
		len -= (size_t)got;
		at += got;
	}
	return KEYRING_OK;
}

int
keyring_file_read(struct keyring_file *file, uint64_t first, size_t count,
    unsigned char *slots_r)
{
	size_t len = count * KEYRING_SLOT_SIZE;
	off_t at = (off_t)(first * KEYRING_SLOT_SIZE);

	memset(slots_r, 0, len);
	if (file->fd >= 0)
		return read_all(file->fd, slots_r, len, at);
	if (first + count > file->slots)
		len = first >= file->slots
			  ? 0
			  : (file->slots - first) * KEYRING_SLOT_SIZE;
	if (len > 0)
		memcpy(slots_r, file->memory + at, len);
	return KEYRING_OK;
}

/* Room up to `number`, in whole steps, so that a flush need not write the
 * file's length each time. */
static int
make_room(struct keyring_file *file, uint64_t number)
{
	uint64_t had = keyring_file_size(file);
	uint64_t slots = (number / STEP + 1) * STEP;
	size_t size = slots * KEYRING_SLOT_SIZE;
	unsigned char *memory;
	int error;

	if (number < had)
		return KEYRING_OK;
	if (file->fd < 0) {
		memory = realloc(file->memory, size);
		if (memory == NULL)
			return KEYRING_BROKEN;
		memset(memory + had * KEYRING_SLOT_SIZE, 0,
		    size - had * KEYRING_SLOT_SIZE);
		file->memory = memory;
		file->slots = slots;
		return KEYRING_OK;
	}
	error = posix_fallocate(file->fd, 0, (off_t)size);
	if (error == ENOSPC || error == EDQUOT || error == EFBIG)
		return KEYRING_SPACE;
	return error == 0 ? KEYRING_OK : KEYRING_BROKEN;
}

static int
write_all(int fd, const unsigned char *octets, size_t len, off_t at)
{
	while (len > 0) {
		ssize_t put = pwrite(fd, octets, len, at);

		if (put < 0 && errno == EINTR)
			continue;
		if (put <= 0)
			return KEYRING_UNCERTAIN;
		octets += put;
		len -= (size_t)put;
		at += put;
	}
	return KEYRING_OK;
}

/* Slots that follow each other go out in one write. How many did. */
static int
write_run(struct keyring_file *file, const struct keyring_slot *slots,
    size_t count, size_t *wrote_r)
{
	unsigned char run[RUN_MOST * KEYRING_SLOT_SIZE];
	off_t at = (off_t)(slots[0].number * KEYRING_SLOT_SIZE);
	size_t n = 0;

	while (n < count && n < RUN_MOST &&
	       slots[n].number == slots[0].number + n) {
		memcpy(run + n * KEYRING_SLOT_SIZE, slots[n].octets,
		    KEYRING_SLOT_SIZE);
		n++;
	}
	*wrote_r = n;
	if (file->fd < 0) {
		memcpy(file->memory + at, run, n * KEYRING_SLOT_SIZE);
		return KEYRING_OK;
	}
	return write_all(file->fd, run, n * KEYRING_SLOT_SIZE, at);
}

static int
by_number(const void *one, const void *other)
{
	const struct keyring_slot *a = one, *b = other;

	return a->number < b->number ? -1 : a->number > b->number;
}

static int
flush(struct keyring_file *file)
{
	return file->fd < 0 || fdatasync(file->fd) == 0 ? KEYRING_OK
							: KEYRING_UNCERTAIN;
}

int
keyring_file_write(
    struct keyring_file *file, struct keyring_slot *slots, size_t count)
{
	size_t wrote = 0;
	int result;

	if (count == 0)
		return KEYRING_OK;
	qsort(slots, count, sizeof *slots, by_number);
	result = make_room(file, slots[count - 1].number);
	for (size_t i = 0; result == KEYRING_OK && i < count; i += wrote)
		result = write_run(file, slots + i, count - i, &wrote);
	return result == KEYRING_OK ? flush(file) : result;
}

int
keyring_file_write_head(struct keyring_file *file, const unsigned char *head)
{
	struct keyring_slot slot = {.number = 0};

	memcpy(slot.octets, head, KEYRING_SLOT_SIZE);
	return keyring_file_write(file, &slot, 1);
}
