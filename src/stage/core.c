#include <poll.h>
#include <string.h>
#include <sysexits.h>
#include <time.h>
#include <unistd.h>

#include "arena.h"
#include "log.h"
#include "mail_words.h"
#include "pipe.h"
#include "record.h"
#include "when.h"

#include "core.h"
#include "core_round.h"
#include "stop.h"

#define NET_MOST    1000 /* milliseconds: what a lost nudge costs at most */
#define GATHER_MOST 15	 /* milliseconds that a busy round waits for more */
#define GATHER_ENOUGH 64 /* mails for which it waits */
#define BUSY_COUNT  8	 /* mails that make a round a busy one */
#define LAND_MOST   5000 /* milliseconds that the last parcels are given */
#define SPACE_PAUSE 5	 /* seconds between tries while the disk is full */

/* The loop's own state; what must last is in the store. */
struct core {
	const struct core_conf *conf;
	const struct core_pipes *pipes;
	struct store *store;
	struct arena *arena; /* of one round */
	struct round round;
	bool busy;
	bool ended;	     /* a pipe's other side is gone */
};

/* ---- what has come ------------------------------------------------------ */

/* The parse stage reads what strangers write, and is not believed: a mail has
 * an origin, which is one of our mailboxes. */
static bool
is_sound(const struct core *core, const struct Mail *mail)
{
	const struct people *people = core->conf->people;

	if (mail->origin == NULL)
		return false;
	for (size_t i = 0; i < people->door_count; i++)
		if (strcmp(people->doors[i].name, mail->origin->mailbox) == 0)
			return true;
	return false;
}

static bool
read_mail(struct core *core)
{
	void *mail;

	if (pipe_read(core->pipes->mails, core->arena, &mail__descriptor,
		&mail) != PIPE_OK) {
		core->ended = true;
		return false;
	}
	if (!is_sound(core, mail)) {
		log_error("parse: a mail from no mailbox; starting anew");
		core->ended = true;
		return false;
	}
	core->round.mails[core->round.mail_count++] = mail;
	return true;
}

static bool
mail_comes(const struct core *core, int wait)
{
	struct pollfd p = {.fd = core->pipes->mails, .events = POLLIN};

	return core->round.mail_count < ROUND_MAILS &&
	    arena_used(core->arena) < ROUND_OCTETS && poll(&p, 1, wait) > 0;
}

static int64_t
milliseconds(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

/* All mails that are there. Under load also those of the next few
 * milliseconds: a commit costs as much for one mail as for a hundred. */
static void
read_mails(struct core *core)
{
	int64_t end = milliseconds() + (core->busy ? GATHER_MOST : 0);

	for (;;) {
		int64_t left = end - milliseconds();

		if (core->round.mail_count >= GATHER_ENOUGH)
			left = 0;
		if (!mail_comes(core, left > 0 ? (int)left : 0) ||
		    !read_mail(core))
			break;
	}
	core->busy = core->round.mail_count >= BUSY_COUNT;
}

static void
read_receipts(struct core *core)
{
	void *receipt;

	while (core->round.receipt_count < ROUND_RECEIPTS &&
	    pipe_ready(core->pipes->receipts)) {
		if (pipe_read(core->pipes->receipts, core->arena,
			&receipt__descriptor, &receipt) != PIPE_OK) {
			core->ended = true;
			return;
		}
		core->round.receipts[core->round.receipt_count++] = receipt;
	}
}

static void
drain_nudges(int fd)
{
	char octets[64];
	struct pollfd p = {.fd = fd, .events = POLLIN};

	while (fd >= 0 && poll(&p, 1, 0) > 0 && (p.revents & POLLIN) != 0 &&
	    read(fd, octets, sizeof octets) == (ssize_t)sizeof octets)
		;
}

/* How long there is nothing to do but wait. */
static int
idle_time(struct core *core)
{
	when left = core->round.next_due - when_now();

	if (core->round.more)
		return 0;
	if (core->round.next_due == 0 || left > NET_MOST)
		return NET_MOST;
	return left > 0 ? (int)left : 0;
}

static void
wait_for_work(struct core *core)
{
	struct pollfd p[] = {
	    {.fd = core->pipes->mails, .events = POLLIN},
	    {.fd = core->pipes->receipts, .events = POLLIN},
	    {.fd = core->pipes->nudge, .events = POLLIN},
	};

	if (poll(p, 3, idle_time(core)) <= 0)
		return;
	if (p[2].revents & POLLIN)
		drain_nudges(core->pipes->nudge);
	if (p[0].revents != 0)
		read_mails(core);
	if (p[1].revents != 0)
		read_receipts(core);
}

/* ---- what is done with it ----------------------------------------------- */

/* Ends well, or with the exit code that the process has to end with; 0 also
 * when the round must be run again because the disk was full. */
static int
commit_round(struct core *core)
{
	for (;;) {
		switch (round_run(&core->round, core->store, when_now())) {
		case STORE_OK:
			return EX_OK;
		case STORE_SPACE:
			log_error("store: the disk is full; nothing is lost, "
				  "mail waits on its server; make room");
			for (int i = 0; i < SPACE_PAUSE && !stop_asked(); i++)
				sleep(1);
			if (stop_asked())
				return EX_TEMPFAIL;
			break;
		case STORE_UNCERTAIN:
			log_error("store: the disk did not confirm a commit; "
				  "stopping, so that nothing builds on it");
			return EX_TEMPFAIL;
		case STORE_ABORTED:
		case STORE_BROKEN:
			log_error("store: cannot be written; stopping");
			return EX_TEMPFAIL;
		}
	}
}

static void
send_fates(struct core *core)
{
	const struct people *people = core->conf->people;

	for (size_t i = 0; i < core->round.mail_count; i++) {
		const struct Origin *origin = core->round.mails[i]->origin;
		const struct door *door =
		    people_door(people, origin->mailbox);
		struct Fate fate = FATE__INIT;

		fate.uidvalidity = origin->uidvalidity;
		fate.uid = origin->uid;
		fate.outcome = core->round.applied[i].outcome;
		if (pipe_write(core->pipes->fates[door - people->doors],
			core->arena, &fate.base) != PIPE_OK)
			core->ended = true;
	}
}

static void
send_parcels(struct core *core)
{
	const struct outflow_batch *batch = &core->round.batch;

	for (size_t i = 0; i < batch->count; i++)
		if (pipe_write(core->pipes->parcels, core->arena,
			&batch->parcels[i]->base) != PIPE_OK)
			core->ended = true;
}

/* Tells each source where to go on. */
static int
position_fn(struct store_txn *txn, void *arg)
{
	struct core *core = arg;
	const struct people *people = core->conf->people;

	for (size_t i = 0; i < people->door_count; i++) {
		struct Fate fate = FATE__INIT;

		if (store_position_get(txn, people->doors[i].name,
			&fate.uidvalidity, &fate.position) < 0)
			return -1;
		if (pipe_write(core->pipes->fates[i], core->arena,
			&fate.base) != PIPE_OK)
			core->ended = true;
	}
	return 0;
}

static int
start(struct core *core)
{
	if (store_read(core->store, position_fn, core) != STORE_OK)
		return EX_TEMPFAIL;
	core->round.recover = true;
	return commit_round(core);
}

/* What is in the air comes down, or counts as unsure at the next start. */
static int
land(struct core *core)
{
	int64_t end = milliseconds() + LAND_MOST;
	int code = EX_OK;

	while (code == EX_OK && core->round.outflow.in_air > 0 &&
	    !core->ended && milliseconds() < end) {
		struct pollfd p = {
		    .fd = core->pipes->receipts, .events = POLLIN};

		arena_reset(core->arena);
		round_begin(&core->round);
		core->round.closing = true;
		poll(&p, 1, 100);
		read_receipts(core);
		code = commit_round(core);
	}
	return code;
}

int
core_run(const struct core_conf *conf, struct store *store,
    const struct core_pipes *pipes)
{
	struct core core = {.conf = conf, .pipes = pipes, .store = store};
	int code;

	core.arena = arena_new(0);
	round_start(&core.round, conf, store, core.arena, when_now());
	code = start(&core);
	while (code == EX_OK && !stop_asked() && !core.ended) {
		send_fates(&core);
		send_parcels(&core);
		arena_reset(core.arena);
		round_begin(&core.round);
		wait_for_work(&core);
		code = commit_round(&core);
	}
	if (code == EX_OK) {
		send_fates(&core);
		send_parcels(&core);
		code = land(&core);
	}
	round_end(&core.round);
	arena_free(core.arena);
	return code;
}
