#include <poll.h>
#include <sodium.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "log.h"
#include "record.h"

#include "imap.h"

#define RETRY_MIN  1000
#define RETRY_MAX  60000
#define STEADY	   60000 /* a connection that lasted so long was a good one */
#define FATE_DELAY 500	 /* how long a fate may wait while we are idling */
#define GOODBYE	   1000	 /* for the answer to LOGOUT */
/* A large fetch may last as long as its octets need at SLOWEST octets a
 * millisecond; what all commands may bring is not large. */
#define SLOWEST 32
#define LARGE	(8 * IMAP_SMALL)

char *
imap_keyword(void)
{
	return strdup("$Gatepost");
}

void
imap_allow(struct imap *imap, size_t octets, size_t literal)
{
	size_t more = octets > LARGE ? (octets - LARGE) / SLOWEST : 0;

	stream_allow(imap->stream,
	    imap->conf->timeout + (more > 3600000 ? 3600000 : (int)more),
	    octets, literal);
}

enum imap_answer
imap_answer(int libetpan_result)
{
	switch (libetpan_result) {
	case MAILIMAP_NO_ERROR:
	case MAILIMAP_NO_ERROR_AUTHENTICATED:
	case MAILIMAP_NO_ERROR_NON_AUTHENTICATED:
		return ANSWER_OK;
	case MAILIMAP_ERROR_BAD_STATE:
	case MAILIMAP_ERROR_STREAM:
	case MAILIMAP_ERROR_PARSE:
	case MAILIMAP_ERROR_CONNECTION_REFUSED:
	case MAILIMAP_ERROR_MEMORY:
	case MAILIMAP_ERROR_FATAL:
	case MAILIMAP_ERROR_PROTOCOL: /* BAD, or an answer to nothing */
	case MAILIMAP_ERROR_DONT_ACCEPT_CONNECTION:
	case MAILIMAP_ERROR_INVAL:
	case MAILIMAP_ERROR_SSL:
	case MAILIMAP_ERROR_NEEDS_MORE_DATA:
		return ANSWER_BROKEN;
	default:
		return ANSWER_NO;
	}
}

/* 1 s, 2 s, 4 s ... 60 s, each a quarter more or less, so that many desks do
 * not come back to a server in the same second. */
static int64_t
retry_delay(unsigned failures)
{
	int64_t delay = failures > 6 ? RETRY_MAX :
				       RETRY_MIN << (failures - 1);

	if (delay > RETRY_MAX)
		delay = RETRY_MAX;
	return delay * 3 / 4 + randombytes_uniform((uint32_t)(delay / 2));
}

static void
disconnect(struct imap *imap)
{
	if (imap->session != NULL)
		mailimap_free(imap->session); /* and the stream with it */
	imap->session = NULL;
	imap->stream = NULL;
}

void
imap_drop(struct imap *imap, enum imap_failure failure, const char *why)
{
	int64_t now = stream_clock();

	if (imap->state != IMAP_AWAY && now - imap->since > STEADY)
		imap->failures = 0;
	if (failure == FAILURE_CONF)
		log_error("imap %s: %s", imap->conf->mailbox, why);
	else if (imap->said != failure)
		log_warn("imap %s: %s; trying again until it works",
		    imap->conf->mailbox, why);
	imap->said = failure;
	imap->retry_at = now + retry_delay(++imap->failures);
	imap->state = failure == FAILURE_CONF ? IMAP_WRONG : IMAP_AWAY;
	imap->duty = DUTY_NONE;
	/* Without a word: what broke the session must not be waited for. */
	if (imap->stream != NULL)
		stream_break(imap->stream);
	disconnect(imap);
}

void
imap_lost(struct imap *imap)
{
	char why[STREAM_WHY_MAX];

	snprintf(why, sizeof why, "%s is lost: %s", imap->conf->host,
	    stream_fault_word(imap->stream));
	imap_drop(imap, FAILURE_LOST, why);
}

void
imap_well(struct imap *imap)
{
	imap->failures = 0;
	if (imap->said == FAILURE_NONE)
		return;
	imap->said = FAILURE_NONE;
	log_note("imap %s: back at work", imap->conf->mailbox);
}

static void
let_go(struct item *item)
{
	if (item->octets != NULL)
		mailimap_nstring_free(item->octets);
	item->octets = NULL;
	item->len = 0;
}

void
imap_forget(struct imap *imap)
{
	for (size_t i = imap->head; i < imap->count; i++)
		let_go(&imap->items[i]);
	imap->head = imap->count = 0;
	imap->careful = 0;
}

/* The one copy of a mail's octets: from libetpan's buffer to the arena. */
static struct RawMail *
raw_mail(struct imap *imap, const struct item *item, struct arena *arena)
{
	struct RawMail *mail = record_new(arena, &raw_mail__descriptor);
	struct Origin *origin = record_new(arena, &origin__descriptor);
	struct span octets = {item->octets, item->len};

	origin->mailbox = arena_copy_text(arena, imap->conf->mailbox);
	origin->uidvalidity = imap->uidvalidity;
	origin->uid = item->uid;
	origin->received = item->received;
	origin->size = item->size;
	mail->origin = origin;
	mail->trouble = item->trouble;
	octets.at = arena_copy(arena, octets);
	mail->octets = record_bytes(octets);
	return mail;
}

/* The next item in the order of uids, if its octets are here. */
static bool
hand_over(struct imap *imap, struct arena *arena, struct RawMail **mail_r)
{
	while (imap->head < imap->count) {
		struct item *item = &imap->items[imap->head];

		if (item->state != ITEM_HERE && item->state != ITEM_GONE)
			return false;
		imap->head++;
		if (item->state == ITEM_GONE)
			continue;
		*mail_r = raw_mail(imap, item, arena);
		let_go(item);
		return true;
	}
	imap->head = imap->count = 0;
	return false;
}

static void
sleep_until(int64_t then)
{
	int64_t left = then - stream_clock();

	if (left > 0)
		(void)poll(NULL, 0, left > 60000 ? 60000 : (int)left);
}

static int64_t
sooner(int64_t a, int64_t b)
{
	return a < b ? a : b;
}

static bool
fates_are_due(const struct imap *imap)
{
	return imap->fate_count >= IMAP_FLUSH_MAX ||
	       (imap->fate_count > 0 &&
		   stream_clock() >= imap->fate_since + FATE_DELAY);
}

/* One piece of work with a session that is ready for a command. */
static void
work(struct imap *imap, int64_t until)
{
	if (imap->fate_count >= IMAP_FLUSH_MAX)
		imap_flush(imap);
	else if (imap->head < imap->count)
		imap_fetch(imap);
	else if (stream_clock() >= imap->look_at ||
		 imap->news != stream_news(imap->stream))
		imap_look(imap);
	else if (imap->fate_count > 0)
		imap_flush(imap);
	else if (imap->has_idle)
		imap_idle_begin(imap);
	else
		sleep_until(sooner(until, imap->look_at));
}

static void
idle(struct imap *imap, int64_t until)
{
	if (fates_are_due(imap) || stream_clock() >= imap->look_at) {
		imap_idle_end(imap);
		return;
	}
	until = sooner(until, imap->look_at);
	if (imap->fate_count > 0)
		until = sooner(until, imap->fate_since + FATE_DELAY);
	imap_idle_wait(imap, until);
}

/* Whether the source waits for nothing but time. */
static bool
at_rest(const struct imap *imap)
{
	if (imap->state == IMAP_IDLING)
		return true;
	return imap->state == IMAP_READY && imap->head == imap->count &&
	       imap->fate_count == 0 && !imap->has_idle &&
	       stream_clock() < imap->look_at;
}

static enum source_result
imap_next(struct source *source, struct arena *arena, int wait,
    struct RawMail **mail_r)
{
	struct imap *imap = (struct imap *)source;
	int64_t until = stream_clock() + wait;

	for (;;) {
		if (hand_over(imap, arena, mail_r))
			return SOURCE_MAIL;
		switch (imap->state) {
		case IMAP_WRONG:
			sleep_until(until);
			return SOURCE_WRONG;
		case IMAP_AWAY:
			sleep_until(sooner(until, imap->retry_at));
			if (stream_clock() < imap->retry_at)
				return SOURCE_LATER;
			imap_login(imap);
			break;
		case IMAP_READY:
			work(imap, until);
			break;
		case IMAP_IDLING:
			idle(imap, until);
			break;
		}
		if (imap->state == IMAP_AWAY && imap->head == imap->count)
			return SOURCE_LATER;
		if (imap->state == IMAP_WRONG)
			return SOURCE_WRONG;
		if (at_rest(imap) && stream_clock() >= until)
			return SOURCE_NOTHING;
	}
}

static void
imap_source_settle(struct source *source, const struct Fate *fate)
{
	imap_settle((struct imap *)source, fate);
}

/* In good order: what is settled is flagged, then LOGOUT. */
static void
imap_close(struct source *source)
{
	struct imap *imap = (struct imap *)source;

	if (imap->state == IMAP_IDLING)
		imap_idle_end(imap);
	while (imap->state == IMAP_READY && imap->fate_count > 0)
		imap_flush(imap);
	if (imap->state == IMAP_READY)
		stream_allow(imap->stream, GOODBYE, IMAP_SMALL, 0);
	disconnect(imap);
	imap_forget(imap);
	arena_free(imap->fate_arena);
	free(imap);
}

static const struct source_kind imap_kind = {
    .next = imap_next,
    .settle = imap_source_settle,
    .close = imap_close,
};

struct source *
imap_open(const struct imap_conf *conf, uint32_t uidvalidity,
    uint64_t position)
{
	struct imap *imap = calloc(1, sizeof *imap);

	if (imap == NULL) {
		log_error("imap %s: no memory", conf->mailbox);
		abort();
	}
	imap->source.kind = &imap_kind;
	imap->conf = conf;
	imap->uidvalidity = uidvalidity;
	imap->looked = position > UINT32_MAX ? 0 : (uint32_t)position;
	imap->fate_arena = arena_new(0);
	return &imap->source;
}
