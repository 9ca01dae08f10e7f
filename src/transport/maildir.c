#include <errno.h>
#include <fcntl.h>
#include <poll.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/inotify.h>
#include <unistd.h>

#include "arena.h"
#include "log.h"
#include "record.h"
#include "when.h"

#include "maildir.h"
#include "stream.h"

#define HEADER_MAX (256u * 1024)
#define POLL_MIN   100 /* milliseconds between looks, at the least */

static const char *const folders[2] = {"new", "cur"};

static void
close_folders(struct maildir *maildir)
{
	for (int i = 0; i < 2; i++) {
		if (maildir->dirs[i] >= 0)
			close(maildir->dirs[i]);
		maildir->dirs[i] = -1;
		maildir->seen[i] = (struct timespec){0};
	}
	if (maildir->notify >= 0)
		close(maildir->notify);
	maildir->notify = -1;
}

/* News come as a rename into new/; what another program puts into cur/ is
 * found by the regular look. Without inotify the look is all there is. */
static void
watch(struct maildir *maildir, int top)
{
	char path[64];

	snprintf(path, sizeof path, "/proc/self/fd/%d/new", top);
	maildir->notify = inotify_init1(IN_NONBLOCK | IN_CLOEXEC);
	if (maildir->notify < 0)
		return;
	if (inotify_add_watch(maildir->notify, path,
		IN_MOVED_TO | IN_CLOSE_WRITE | IN_CREATE) < 0) {
		close(maildir->notify);
		maildir->notify = -1;
	}
}

static int
open_folders(struct maildir *maildir)
{
	int top = open(
	    maildir->conf->path, O_RDONLY | O_DIRECTORY | O_CLOEXEC);
	int result = top < 0 ? -1 : 0;

	for (int i = 0; i < 2 && result == 0; i++) {
		maildir->dirs[i] = openat(
		    top, folders[i], O_RDONLY | O_DIRECTORY | O_CLOEXEC);
		if (maildir->dirs[i] < 0)
			result = -1;
	}
	if (result == 0)
		watch(maildir, top);
	else
		close_folders(maildir);
	if (top >= 0)
		close(top);
	return result;
}

/* How much of the octets is header, with the empty line. */
static size_t
header_len(const char *octets, size_t len)
{
	const char *at = octets, *end = octets + len, *lf;

	while ((lf = memchr(at, '\n', (size_t)(end - at))) != NULL) {
		at = lf + 1;
		if (at < end && *at == '\n')
			return (size_t)(at + 1 - octets);
		if (end - at > 1 && at[0] == '\r' && at[1] == '\n')
			return (size_t)(at + 2 - octets);
	}
	return len;
}

/* Reads what there is, at most `len`. Negative with errno set. */
static ssize_t
read_up_to(int fd, char *at, size_t len)
{
	size_t done = 0;

	while (done < len) {
		ssize_t n = read(fd, at + done, len - done);

		if (n < 0 && errno == EINTR)
			continue;
		if (n < 0)
			return -1;
		if (n == 0)
			break;
		done += (size_t)n;
	}
	return (ssize_t)done;
}

static struct RawMail *
raw_mail(struct maildir *maildir, const struct letter *letter,
    struct arena *arena)
{
	struct RawMail *mail = record_new(arena, &raw_mail__descriptor);
	struct Origin *origin = record_new(arena, &origin__descriptor);

	origin->mailbox = arena_copy_text(arena, maildir->conf->mailbox);
	origin->uidvalidity = 1;
	origin->uid = letter->uid;
	origin->received = letter->time * WHEN_SECOND;
	mail->origin = origin;
	mail->trouble = TROUBLE_UNREADABLE;
	return mail;
}

/* Fills in what the file holds; when it cannot be read the mail goes on as it
 * is, unreadable and empty. */
static void
read_file(struct maildir *maildir, int fd, struct arena *arena,
    struct RawMail *mail)
{
	struct span octets = {0};
	struct stat st;
	size_t want;
	ssize_t n;
	char *at;

	if (fstat(fd, &st) < 0 || !S_ISREG(st.st_mode))
		return;
	mail->origin->size = (uint64_t)st.st_size;
	if (mail->origin->received == 0)
		mail->origin->received = st.st_mtim.tv_sec * WHEN_SECOND;
	want = (size_t)st.st_size;
	if (want > maildir->conf->mail_max)
		want = HEADER_MAX;
	at = arena_take(arena, want);
	n = read_up_to(fd, at, want);
	if (n < 0)
		return;
	octets = (struct span){at, (size_t)n};
	mail->trouble = TROUBLE_NONE;
	if ((size_t)st.st_size > maildir->conf->mail_max) {
		mail->trouble = TROUBLE_OVERSIZE;
		octets.len = header_len(octets.at, octets.len);
	}
	mail->octets = record_bytes(octets);
}

/* Not through a symbolic link: who may put a name into the folder must not
 * choose what we read. Not blocking: it may be the name of a FIFO. */
static int
open_letter(struct maildir *maildir, struct letter *letter)
{
	const int flags = O_RDONLY | O_NOFOLLOW | O_NONBLOCK | O_CLOEXEC;
	int fd = openat(maildir->dirs[letter->in_cur], letter->name, flags);

	if (fd >= 0 || errno != ENOENT)
		return fd;
	if (!maildir_seek(maildir, letter)) {
		errno = ENOENT;
		return -1;
	}
	return openat(maildir->dirs[letter->in_cur], letter->name, flags);
}

/* The next mail of the queue: 1 it is set, 0 the queue is empty, -1 not now
 * (the machine has no more descriptors). */
static int
hand_over(struct maildir *maildir, struct arena *arena,
    struct RawMail **mail_r)
{
	while (maildir->head < maildir->count) {
		struct letter *letter = maildir_find(
		    maildir, maildir->queue[maildir->head]);
		struct RawMail *mail;
		int fd = open_letter(maildir, letter);

		if (fd < 0 && (errno == EMFILE || errno == ENFILE ||
				  errno == ENOMEM))
			return -1;
		maildir->head++;
		if (fd < 0 && errno == ENOENT) {
			maildir_done(letter);
			continue;
		}
		mail = raw_mail(maildir, letter, arena);
		if (fd >= 0) {
			read_file(maildir, fd, arena, mail);
			close(fd);
		}
		if (mail->trouble == TROUBLE_UNREADABLE)
			log_warn("maildir %s: a mail cannot be read; check "
				 "the owner and mode of the files in %s",
			    maildir->conf->mailbox, maildir->conf->path);
		letter->state = LETTER_HANDED;
		*mail_r = mail;
		return 1;
	}
	return 0;
}

/* Until something comes, at most until `until` or the next regular look. */
static void
wait_for_news(struct maildir *maildir, int64_t until)
{
	struct pollfd pfd = {.fd = maildir->notify, .events = POLLIN};
	int64_t left;
	char events[4096];

	if (until > maildir->look_at)
		until = maildir->look_at;
	left = until - stream_clock();
	if (left <= 0)
		return;
	if (poll(&pfd, 1, left > 60000 ? 60000 : (int)left) <= 0)
		return;
	while (read(maildir->notify, events, sizeof events) > 0)
		;
	maildir->look_at = 0;
}

static void
say_wrong(struct maildir *maildir)
{
	if (!maildir->said_away)
		log_error("maildir %s: %s is no Maildir (%s); it needs the "
			  "folders new and cur",
		    maildir->conf->mailbox, maildir->conf->path,
		    strerror(errno));
	maildir->said_away = true;
}

static bool
look(struct maildir *maildir)
{
	int interval = maildir->conf->poll;

	maildir->look_at = stream_clock() +
	    (interval < POLL_MIN ? POLL_MIN : interval);
	if (maildir_list(maildir) == 0) {
		maildir->said_stuck = false;
		return true;
	}
	if (!maildir->said_stuck)
		log_warn("maildir %s: %s cannot be read (%s); trying again",
		    maildir->conf->mailbox, maildir->conf->path,
		    strerror(errno));
	maildir->said_stuck = true;
	return false;
}

static enum source_result
maildir_next(struct source *source, struct arena *arena, int wait,
    struct RawMail **mail_r)
{
	struct maildir *maildir = (struct maildir *)source;
	int64_t until = stream_clock() + wait;

	if (maildir->dirs[0] < 0 && open_folders(maildir) < 0) {
		say_wrong(maildir);
		(void)poll(NULL, 0, wait);
		return SOURCE_WRONG;
	}
	maildir->said_away = false;
	for (;;) {
		int handed = hand_over(maildir, arena, mail_r);

		if (handed > 0)
			return SOURCE_MAIL;
		if (handed < 0 ||
		    (stream_clock() >= maildir->look_at && !look(maildir))) {
			(void)poll(NULL, 0, wait);
			return SOURCE_LATER;
		}
		if (maildir->head < maildir->count)
			continue;
		if (stream_clock() >= until)
			return SOURCE_NOTHING;
		wait_for_news(maildir, until);
	}
}

static void
maildir_source_settle(struct source *source, const struct Fate *fate)
{
	maildir_settle((struct maildir *)source, fate);
}

static void
maildir_close(struct source *source)
{
	struct maildir *maildir = (struct maildir *)source;

	close_folders(maildir);
	for (size_t i = 0; i < maildir->room; i++)
		free(maildir->table[i].name);
	free(maildir->table);
	free(maildir->queue);
	free(maildir);
}

static const struct source_kind maildir_kind = {
    .next = maildir_next,
    .settle = maildir_source_settle,
    .close = maildir_close,
};

struct source *
maildir_open(const struct maildir_conf *conf)
{
	struct maildir *maildir = calloc(1, sizeof *maildir);

	if (maildir == NULL) {
		log_error("maildir %s: no memory", conf->mailbox);
		abort();
	}
	maildir->source.kind = &maildir_kind;
	maildir->conf = conf;
	maildir->dirs[0] = maildir->dirs[1] = maildir->notify = -1;
	return &maildir->source;
}
