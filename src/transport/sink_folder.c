/* The folder: parcels become files, for tests and for a relay that picks them
 * up. A file is written under a name of its own, synced and renamed, so that
 * a reader never sees half a parcel; the name holds the outbox id and the
 * attempt, so that a parcel that comes twice overwrites itself. */
#include <errno.h>
#include <fcntl.h>
#include <inttypes.h>
#include <limits.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "log.h"
#include "record.h"

#include "sink.h"
#include "sink_private.h"

struct folder {
	struct sink sink;
	int dir;
	struct arena *arena;   /* of the parcel, until its receipt is taken */
	struct Parcel *parcel; /* NULL: there is none */
	struct sink_end end;
};

static int
write_all(int fd, struct span octets)
{
	while (octets.len > 0) {
		ssize_t n = write(fd, octets.at, octets.len);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		octets.at += n;
		octets.len -= (size_t)n;
	}
	return 0;
}

/* An SMS is a page that a person can read: to whom, then the text. */
static struct span
as_text(struct arena *arena, const struct Parcel *parcel)
{
	struct buf out = buf_in(arena);

	buf_print(
	    &out, "To: %s\nReference: %s\n\n", parcel->to, parcel->reference);
	buf_add(&out, record_span(parcel->octets));
	buf_put(&out, '\n');
	return buf_span(&out);
}

/* 0, or -1 with errno set and nothing left behind under the final name. */
static int
write_file(int dir, const char *name, struct span octets)
{
	char draft[NAME_MAX];
	int fd, saved;

	snprintf(draft, sizeof draft, ".%s.tmp", name);
	fd = openat(dir, draft,
	    O_WRONLY | O_CREAT | O_TRUNC | O_CLOEXEC | O_NOFOLLOW, 0600);
	if (fd < 0)
		return -1;
	if (write_all(fd, octets) < 0 || fsync(fd) < 0) {
		saved = errno;
		close(fd);
		goto out;
	}
	if (close(fd) < 0 || renameat(dir, draft, dir, name) < 0) {
		saved = errno;
		goto out;
	}
	/* The name is only there for ever when its folder is synced. */
	return fsync(dir);
out:
	unlinkat(dir, draft, 0);
	errno = saved;
	return -1;
}

static size_t
folder_room(const struct sink *sink)
{
	return ((const struct folder *)sink)->parcel == NULL ? 1 : 0;
}

static void
folder_put(struct sink *sink, const struct Parcel *parcel)
{
	struct folder *folder = (struct folder *)sink;
	bool sms = parcel->medium == MEDIUM_SMS;
	struct span octets;
	char name[64];

	folder->parcel = sink_copy(folder->arena, parcel);
	octets = sms ? as_text(folder->arena, folder->parcel)
		     : record_span(folder->parcel->octets);
	snprintf(name, sizeof name, "%06" PRIu64 "-%" PRIu32 "%s",
	    parcel->outbox, parcel->attempt, sms ? ".txt" : ".eml");
	if (write_file(folder->dir, name, octets) == 0) {
		sink_end_set(&folder->end, VERDICT_YES, 0, "written");
		return;
	}
	/* A full disk, a lost mount: the parcel is fine, so it waits. Whatever
	 * was written is overwritten then. */
	log_error("a parcel cannot be written to the folder: %s",
	    strerrordesc_np(errno));
	sink_end_set(&folder->end, VERDICT_LATER, 0, strerrordesc_np(errno));
}

static struct Receipt *
folder_work(struct sink *sink, struct arena *arena, int fd, int wait)
{
	struct folder *folder = (struct folder *)sink;
	struct Receipt *receipt;

	if (folder->parcel == NULL) {
		struct pollfd ready = {.fd = fd, .events = POLLIN};

		poll(&ready, 1, wait);
		return NULL;
	}
	receipt = sink_receipt(arena, folder->parcel, &folder->end);
	folder->parcel = NULL;
	arena_reset(folder->arena);
	return receipt;
}

static void
folder_close(struct sink *sink)
{
	struct folder *folder = (struct folder *)sink;

	close(folder->dir);
	arena_free(folder->arena);
	free(folder);
}

struct sink *
sink_folder(const struct folder_conf *conf, const char **why_r)
{
	static const struct sink_kind kind = {
	    .room = folder_room,
	    .put = folder_put,
	    .work = folder_work,
	    .close = folder_close,
	};
	struct folder *folder;
	int dir;

	if (mkdir(conf->path, 0700) < 0 && errno != EEXIST) {
		*why_r = "the folder cannot be made";
		return NULL;
	}
	dir = open(conf->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	if (dir < 0 || faccessat(dir, ".", W_OK | X_OK, AT_EACCESS) < 0) {
		if (dir >= 0)
			close(dir);
		*why_r = "the folder cannot be written to";
		return NULL;
	}
	folder = calloc(1, sizeof *folder);
	if (folder == NULL) {
		close(dir);
		*why_r = "there is no memory";
		return NULL;
	}
	folder->sink.kind = &kind;
	folder->dir = dir;
	folder->arena = arena_new(0);
	return &folder->sink;
}
