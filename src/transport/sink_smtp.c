/* The mail relay: some kept connections, each carrying one mail at a time. */
#include <limits.h>
#include <poll.h>
#include <stdlib.h>

#include <curl/curl.h>

#include "arena.h"
#include "record.h"

#include "sink.h"
#include "sink_private.h"
#include "smtp_dial.h"
#include "smtp_line.h"

struct smtp {
	struct sink sink;
	struct arena *arena; /* of the conf */
	struct smtp_dial dial;
	struct smtp_line *lines;
	size_t count;
	size_t first; /* where the search for receipts begins, in turn */
	/* What is waited for: one a line that has a socket, then the
	 * caller's own. `waits` is the same in libcurl's words. */
	struct pollfd *polls;
	struct smtp_line **polled;
	struct curl_waitfd *waits;
	size_t n_polls;
};

static size_t
smtp_room(const struct sink *sink)
{
	const struct smtp *smtp = (const struct smtp *)sink;
	size_t room = 0;

	for (size_t i = 0; i < smtp->count; i++)
		room += smtp_line_free_now(&smtp->lines[i]);
	return room;
}

static void
smtp_put(struct sink *sink, const struct Parcel *parcel)
{
	struct smtp *smtp = (struct smtp *)sink;
	struct smtp_line *best = NULL;

	/* An open connection, and one that is not open when there is none. */
	for (size_t i = 0; i < smtp->count; i++) {
		struct smtp_line *line = &smtp->lines[i];

		if (!smtp_line_free_now(line))
			continue;
		if (best == NULL || line->state == SMTP_IDLE)
			best = line;
		if (best->state == SMTP_IDLE)
			break;
	}
	if (best != NULL)
		smtp_line_put(best, parcel);
}

static struct Receipt *
take_receipt(struct smtp *smtp, struct arena *arena)
{
	for (size_t i = 0; i < smtp->count; i++) {
		size_t at = (smtp->first + i) % smtp->count;
		struct Receipt *receipt =
		    smtp_line_receipt(&smtp->lines[at], arena);

		if (receipt != NULL) {
			smtp->first = at + 1;
			return receipt;
		}
	}
	return NULL;
}

/* Ends what took too long; gives the time of the next deadline. */
static int64_t
expire(struct smtp *smtp, int64_t now)
{
	int64_t next = INT64_MAX;

	for (size_t i = 0; i < smtp->count; i++) {
		struct smtp_line *line = &smtp->lines[i];

		if (line->state != SMTP_COLD && line->deadline <= now)
			smtp_line_expired(line);
		if (line->state != SMTP_COLD && line->deadline < next)
			next = line->deadline;
	}
	return next;
}

/* Whom to wait for; true when libcurl is opening a connection. */
static bool
gather(struct smtp *smtp, int fd)
{
	bool opening = false;
	size_t n = 0;

	for (size_t i = 0; i < smtp->count; i++) {
		struct smtp_line *line = &smtp->lines[i];

		opening = opening || line->state == SMTP_OPENING;
		if (line->state <= SMTP_OPENING)
			continue;
		smtp->polled[n] = line;
		smtp->polls[n++] = (struct pollfd){
		    .fd = line->call.socket,
		    .events = line->out.len > 0 ? POLLIN | POLLOUT : POLLIN,
		};
	}
	smtp->n_polls = n;
	smtp->polls[n] = (struct pollfd){.fd = fd, .events = POLLIN};
	return opening;
}

/* libcurl waits for its own sockets, ours and the caller's. */
static void
wait_with_curl(struct smtp *smtp, int wait)
{
	unsigned n = (unsigned)smtp->n_polls;
	int running;

	if (smtp->polls[n].fd >= 0)
		n++;
	for (unsigned i = 0; i < n; i++) {
		bool out = (smtp->polls[i].events & POLLOUT) != 0;

		smtp->waits[i] = (struct curl_waitfd){
		    .fd = smtp->polls[i].fd,
		    .events = (short)(CURL_WAIT_POLLIN |
				      (out ? CURL_WAIT_POLLOUT : 0)),
		};
	}
	curl_multi_poll(smtp->dial.multi, smtp->waits, n, wait, NULL);
	for (unsigned i = 0; i < n; i++)
		smtp->polls[i].revents = smtp->waits[i].revents;
	curl_multi_perform(smtp->dial.multi, &running);
}

static void
take_opened(struct smtp *smtp)
{
	struct CURLMsg *msg;
	int left;

	while ((msg = curl_multi_info_read(smtp->dial.multi, &left)) != NULL) {
		CURLcode rc = msg->data.result;
		char *owner = NULL;

		if (msg->msg != CURLMSG_DONE)
			continue;
		curl_easy_getinfo(msg->easy_handle, CURLINFO_PRIVATE, &owner);
		smtp_line_opened((struct smtp_line *)owner, rc);
	}
}

static void
turn(struct smtp *smtp, int fd, int wait)
{
	bool opening = gather(smtp, fd);

	if (opening)
		wait_with_curl(smtp, wait);
	else
		poll(smtp->polls, smtp->n_polls + 1, wait);
	for (size_t i = 0; i < smtp->n_polls; i++) {
		if (smtp->polls[i].revents != 0)
			smtp_line_ready(smtp->polled[i]);
	}
	if (opening)
		take_opened(smtp);
}

static struct Receipt *
smtp_work(struct sink *sink, struct arena *arena, int fd, int wait)
{
	struct smtp *smtp = (struct smtp *)sink;
	int64_t now = sink_now(), until = now + (wait > 0 ? wait : 0);
	struct Receipt *receipt = take_receipt(smtp, arena);
	bool called = false;

	while (receipt == NULL && !called) {
		int64_t next = expire(smtp, now);
		int64_t left = (next < until ? next : until) - now;

		/* Some of what expired has its receipt at once. */
		receipt = take_receipt(smtp, arena);
		if (receipt != NULL)
			break;
		turn(smtp, fd, left > INT_MAX ? INT_MAX : (int)left);
		called = smtp->polls[smtp->n_polls].revents != 0;
		receipt = take_receipt(smtp, arena);
		now = sink_now();
		if (now >= until)
			break;
	}
	return receipt;
}

static void
smtp_close(struct sink *sink)
{
	struct smtp *smtp = (struct smtp *)sink;

	for (size_t i = 0; i < smtp->count; i++)
		smtp_line_free(&smtp->lines[i]);
	if (smtp->dial.multi != NULL)
		curl_multi_cleanup(smtp->dial.multi);
	arena_free(smtp->arena);
	free(smtp);
	curl_global_cleanup();
}

static int
make_lines(struct smtp *smtp, const char **why_r)
{
	size_t count = smtp->dial.conf.connections;

	smtp->lines = arena_take_many(smtp->arena, count, sizeof *smtp->lines);
	smtp->polls =
	    arena_take_many(smtp->arena, count + 1, sizeof *smtp->polls);
	smtp->polled = arena_take_many(smtp->arena, count + 1, sizeof(void *));
	smtp->waits =
	    arena_take_many(smtp->arena, count + 1, sizeof *smtp->waits);
	for (size_t i = 0; i < count; i++) {
		smtp->count++;
		if (smtp_line_new(&smtp->lines[i], &smtp->dial) < 0) {
			*why_r = "libcurl cannot be started";
			return -1;
		}
	}
	return 0;
}

struct sink *
sink_smtp(const struct smtp_conf *conf, const char **why_r)
{
	static const struct sink_kind kind = {
	    .room = smtp_room,
	    .put = smtp_put,
	    .work = smtp_work,
	    .close = smtp_close,
	};
	struct smtp *smtp;

	if (curl_global_init(CURL_GLOBAL_DEFAULT) != CURLE_OK) {
		*why_r = "libcurl cannot be started";
		return NULL;
	}
	smtp = calloc(1, sizeof *smtp);
	if (smtp == NULL) {
		curl_global_cleanup();
		*why_r = "there is no memory";
		return NULL;
	}
	smtp->sink.kind = &kind;
	smtp->arena = arena_new(0);
	if (smtp_dial_setup(&smtp->dial, smtp->arena, conf, why_r) < 0 ||
	    make_lines(smtp, why_r) < 0) {
		smtp_close(&smtp->sink);
		return NULL;
	}
	return &smtp->sink;
}
