#include <poll.h>
#include <stdbool.h>
#include <sysexits.h>

#include "arena.h"
#include "log.h"
#include "pipe.h"
#include "record.h"

#include "source.h"

#include "fetch.h"
#include "stop.h"

#define WAIT_MOST 100	/* milliseconds that fates may lie unread */
#define PAUSE	  500	/* while the source is away */

/* Fates that have come; false when core is gone. */
static bool
take_fates(struct source *source, struct arena *arena, int fates)
{
	void *fate;

	while (pipe_ready(fates)) {
		if (pipe_read(fates, arena, &fate__descriptor, &fate) !=
		    PIPE_OK)
			return false;
		source_settle(source, fate);
	}
	return true;
}

static void
wait_for_fates(int fates, int wait)
{
	struct pollfd p = {.fd = fates, .events = POLLIN};

	poll(&p, 1, wait);
}

static int
pass_on(struct source *source, int raw_mails, int fates)
{
	struct arena *arena = arena_new(0);
	int code = EX_OK;

	while (!stop_asked()) {
		struct RawMail *mail;
		enum source_result result;

		arena_reset(arena);
		if (!take_fates(source, arena, fates))
			break;
		result = source_next(source, arena, WAIT_MOST, &mail);
		if (result == SOURCE_WRONG) {
			code = EX_CONFIG;
			break;
		}
		if (result == SOURCE_LATER)
			wait_for_fates(fates, PAUSE);
		if (result == SOURCE_MAIL &&
		    pipe_write(raw_mails, arena, &mail->base) != PIPE_OK)
			break;
	}
	arena_free(arena);
	return code;
}

int
fetch_run(fetch_open_fn *open, const void *conf, const char *mailbox,
    int raw_mails, int fates)
{
	struct arena *arena = arena_new(0);
	struct source *source;
	struct Fate *start;
	void *record;
	int code = EX_OK;

	/* Core's first word on the pipe is where to go on. */
	while (!stop_asked() && !pipe_ready(fates))
		wait_for_fates(fates, PAUSE);
	if (stop_asked() || pipe_read(fates, arena, &fate__descriptor,
				&record) != PIPE_OK) {
		arena_free(arena);
		return EX_OK;
	}
	start = record;
	log_debug("mailbox %s: going on after uid %llu", mailbox,
	    (unsigned long long)start->position);
	source = open(conf, start->uidvalidity, start->position);
	code = pass_on(source, raw_mails, fates);
	source_close(source);
	arena_free(arena);
	return code;
}
