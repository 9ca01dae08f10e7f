#include <poll.h>
#include <signal.h>
#include <stdbool.h>
#include <string.h>
#include <sys/time.h>
#include <sysexits.h>

#include "arena.h"
#include "mail_words.h"
#include "pipe.h"
#include "pipe_queue.h"
#include "record.h"

#include "mail_read.h"

#include "parse.h"
#include "stop.h"

#define SOURCES_MOST 64
/* A record of 32 MiB, its text, its attachments, and room to work. */
#define ARENA_MOST (400u * 1024 * 1024)
/* Octets read that core has no time for: what is read while it waits for its
 * disk. */
#define QUEUE_MOST (32u * 1024 * 1024)

/* SIGVTALRM's default is to end the process: the supervisor sees who did it.
 * One timer for the whole process is set back before each mail. */
static void
limit_time(unsigned seconds)
{
	struct itimerval timer = {.it_value = {.tv_sec = seconds}};

	setitimer(ITIMER_VIRTUAL, &timer, NULL);
}

static void
note_begin(struct parse_note *note, const struct Origin *origin)
{
	note->now.uidvalidity = origin->uidvalidity;
	note->now.uid = origin->uid;
	strncpy(note->now.mailbox, origin->mailbox,
	    sizeof note->now.mailbox - 1);
}

static bool
is_poison(const struct parse_conf *conf, const struct Origin *origin)
{
	for (size_t i = 0; i < conf->suspect_count; i++) {
		const struct parse_suspect *s = &conf->suspects[i];

		if (s->deaths >= 2 && s->uid == origin->uid &&
		    s->uidvalidity == origin->uidvalidity &&
		    strncmp(s->mailbox, origin->mailbox,
			sizeof s->mailbox - 1) == 0)
			return true;
	}
	return false;
}

/* What is passed on of a mail that cannot be read: nothing but its octets. */
static struct Mail *
unread(struct arena *arena, struct RawMail *raw)
{
	struct Mail *mail = record_new(arena, &mail__descriptor);

	mail->origin = raw->origin;
	mail->trouble = TROUBLE_POISON;
	mail->damaged = true;
	mail->raw = raw->octets;
	return mail;
}

static bool
read_one(const struct parse_conf *conf, struct arena *arena, int from,
    struct pipe_queue *to)
{
	struct RawMail *raw;
	struct Mail *mail;
	void *record;

	arena_reset(arena);
	if (pipe_read(from, arena, &raw_mail__descriptor, &record) !=
		PIPE_OK ||
	    ((struct RawMail *)record)->origin == NULL)
		return false;
	raw = record;
	note_begin(conf->note, raw->origin);
	limit_time(conf->seconds_most);
	mail = is_poison(conf, raw->origin)
	    ? unread(arena, raw)
	    : mail_read(arena, raw, conf->limits, conf->quotes);
	memset(&conf->note->now, 0, sizeof conf->note->now);
	return pipe_queue_add(to, &mail->base) == PIPE_OK;
}

/* Waits for mails, unless too many wait already, and for room to pass on. */
static void
wait_for_work(
    struct pollfd *p, size_t count, const struct pipe_queue *queue)
{
	short wanted = pipe_queue_is_full(queue) ? 0 : POLLIN;

	for (size_t i = 0; i < count; i++)
		p[i].events = wanted;
	p[count].events = pipe_queue_is_empty(queue) ? 0 : POLLOUT;
	if (poll(p, count + 1, -1) > 0)
		return;
	for (size_t i = 0; i <= count; i++)
		p[i].revents = 0;
}

int
parse_run(const struct parse_conf *conf, const int *raw_mails, size_t count,
    int mails)
{
	struct pollfd p[SOURCES_MOST + 1];
	struct pipe_queue *queue;
	struct arena *arena;
	unsigned done = 0;
	bool whole = true;

	if (count > SOURCES_MOST)
		return EX_CONFIG;
	for (size_t i = 0; i < count; i++)
		p[i] = (struct pollfd){.fd = raw_mails[i]};
	p[count] = (struct pollfd){.fd = mails};
	arena = arena_new(ARENA_MOST);
	queue = pipe_queue_new(mails, QUEUE_MOST);
	while (whole && done < conf->mails_most && !stop_asked()) {
		wait_for_work(p, count, queue);
		if (p[count].revents != 0)
			whole = pipe_queue_write(queue) == PIPE_OK;
		for (size_t i = 0; i < count && whole; i++) {
			if (p[i].revents == 0)
				continue;
			whole = read_one(conf, arena, p[i].fd, queue);
			done++;
		}
	}
	limit_time(0);
	/* What was read is passed on, also when the sources are gone. */
	pipe_queue_end(queue);
	pipe_queue_free(queue);
	arena_free(arena);
	return EX_OK;
}
