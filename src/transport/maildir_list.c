#include <dirent.h>
#include <errno.h>
#include <fcntl.h>
#include <sodium.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "log.h"
#include "span.h"

#include "maildir.h"

/* A folder that changed less than this ago is looked at again, since what
 * came in the same tick of the clock shows in no time of change. */
#define TICK 2

static void *
grown(void *old, size_t count, size_t size)
{
	void *fresh = reallocarray(old, count, size);

	if (fresh == NULL) {
		log_error("maildir: no memory for %zu mails", count);
		abort();
	}
	return fresh;
}

/* "1700000000.M1P2.host:2,S" is named "1700000000.M1P2.host". */
static size_t
unique_len(const char *name)
{
	return strcspn(name, ":");
}

uint64_t
maildir_uid(const char *name)
{
	unsigned char digest[crypto_generichash_BYTES_MIN];
	uint64_t uid = 0;

	crypto_generichash(digest, sizeof digest,
	    (const unsigned char *)name, unique_len(name), NULL, 0);
	for (int i = 0; i < 8; i++)
		uid = uid << 8 | digest[i];
	uid &= INT64_MAX;
	return uid != 0 ? uid : 1;
}

static struct letter *
place_of(struct letter *table, size_t room, uint64_t uid)
{
	size_t at = (size_t)uid & (room - 1);

	while (table[at].uid != 0 && table[at].uid != uid)
		at = (at + 1) & (room - 1);
	return &table[at];
}

struct letter *
maildir_find(struct maildir *maildir, uint64_t uid)
{
	struct letter *letter;

	if (maildir->room == 0 || uid == 0)
		return NULL;
	letter = place_of(maildir->table, maildir->room, uid);
	return letter->uid != 0 ? letter : NULL;
}

/* At most half full, so that a look-up stays short. */
static void
make_room(struct maildir *maildir)
{
	size_t room = maildir->room == 0 ? 256 : maildir->room * 2;
	struct letter *table;

	if (maildir->used * 2 < maildir->room)
		return;
	table = grown(NULL, room, sizeof *table);
	memset(table, 0, room * sizeof *table);
	for (size_t i = 0; i < maildir->room; i++) {
		const struct letter *letter = &maildir->table[i];

		if (letter->uid != 0)
			*place_of(table, room, letter->uid) = *letter;
	}
	free(maildir->table);
	maildir->table = table;
	maildir->room = room;
}

static void
enqueue(struct maildir *maildir, uint64_t uid)
{
	if (maildir->count == maildir->queue_room) {
		maildir->queue_room += 1024;
		maildir->queue = grown(maildir->queue, maildir->queue_room,
		    sizeof *maildir->queue);
	}
	maildir->queue[maildir->count++] = uid;
}

/* Seconds at the beginning of a name; 0 when it does not say. */
static int64_t
time_of(const char *name)
{
	int64_t time = 0;

	for (int i = 0; i < 12 && ascii_digit((unsigned char)name[i]); i++)
		time = time * 10 + (name[i] - '0');
	return time;
}

static void
see(struct maildir *maildir, const char *name, bool in_cur)
{
	uint64_t uid = maildir_uid(name);
	struct letter *letter;

	make_room(maildir);
	letter = place_of(maildir->table, maildir->room, uid);
	if (letter->uid != 0)
		return;
	letter->uid = uid;
	letter->state = LETTER_NEXT;
	letter->in_cur = in_cur;
	letter->time = time_of(name);
	letter->name = strdup(name);
	if (letter->name == NULL)
		return; /* reads as vanished; the next start finds it */
	maildir->used++;
	enqueue(maildir, uid);
}

static int
open_again(int dir, DIR **stream_r)
{
	int fd = openat(dir, ".", O_RDONLY | O_DIRECTORY | O_CLOEXEC);

	if (fd < 0)
		return -1;
	*stream_r = fdopendir(fd);
	if (*stream_r != NULL)
		return 0;
	close(fd);
	return -1;
}

/* Whether nothing can have come into the folder since the last look. */
static bool
unchanged(struct maildir *maildir, int i)
{
	struct timespec now;
	struct stat st;
	bool same;

	if (fstat(maildir->dirs[i], &st) < 0)
		return false;
	clock_gettime(CLOCK_REALTIME, &now);
	same = st.st_mtim.tv_sec == maildir->seen[i].tv_sec &&
	       st.st_mtim.tv_nsec == maildir->seen[i].tv_nsec;
	if (now.tv_sec - st.st_mtim.tv_sec > TICK)
		maildir->seen[i] = st.st_mtim;
	return same;
}

static int
list_folder(struct maildir *maildir, int i)
{
	struct dirent *entry;
	DIR *stream;

	if (unchanged(maildir, i))
		return 0;
	if (open_again(maildir->dirs[i], &stream) < 0) {
		maildir->seen[i] = (struct timespec){0};
		return -1;
	}
	while ((entry = readdir(stream)) != NULL) {
		if (entry->d_name[0] != '.' && entry->d_type != DT_DIR)
			see(maildir, entry->d_name, i == 1);
	}
	closedir(stream);
	return 0;
}

static int
by_arrival(const void *a, const void *b, void *context)
{
	const struct letter *x = maildir_find(context, *(const uint64_t *)a);
	const struct letter *y = maildir_find(context, *(const uint64_t *)b);

	if (x->time != y->time)
		return x->time < y->time ? -1 : 1;
	return strcmp(x->name, y->name);
}

int
maildir_list(struct maildir *maildir)
{
	int result = 0;

	maildir->head = maildir->count = 0;
	for (int i = 0; i < 2; i++) {
		if (list_folder(maildir, i) < 0)
			result = -1;
	}
	qsort_r(maildir->queue, maildir->count, sizeof *maildir->queue,
	    by_arrival, maildir);
	return result;
}

/* The name under which the folder has the mail now. */
static char *
name_in(int dir, const char *name)
{
	size_t len = unique_len(name);
	struct dirent *entry;
	char *found = NULL;
	DIR *stream;

	if (open_again(dir, &stream) < 0)
		return NULL;
	while (found == NULL && (entry = readdir(stream)) != NULL) {
		if (strncmp(entry->d_name, name, len) == 0 &&
		    unique_len(entry->d_name) == len)
			found = strdup(entry->d_name);
	}
	closedir(stream);
	return found;
}

bool
maildir_seek(struct maildir *maildir, struct letter *letter)
{
	for (int i = 1; i >= 0; i--) {
		char *name = name_in(maildir->dirs[i], letter->name);

		if (name == NULL)
			continue;
		free(letter->name);
		letter->name = name;
		letter->in_cur = i == 1;
		return true;
	}
	return false;
}

void
maildir_done(struct letter *letter)
{
	letter->state = LETTER_DONE;
	free(letter->name);
	letter->name = NULL;
}
