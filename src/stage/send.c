#include <poll.h>
#include <stdbool.h>
#include <sysexits.h>

#include "arena.h"
#include "log.h"
#include "mail_words.h"
#include "pipe.h"
#include "record.h"

#include "sink.h"

#include "send.h"

#define WAIT_MOST 1000 /* milliseconds */
#define SHORT_WAIT 10

struct sending {
	struct sink *mail, *sms;
	int parcels, receipts;
	struct arena *arena;
	size_t in_air;
	bool ended;	 /* no parcel comes any more */
	bool broken;	 /* nobody takes receipts any more */
};

static void
answer(struct sending *s, const struct Receipt *receipt)
{
	if (pipe_write(s->receipts, s->arena, &receipt->base) != PIPE_OK)
		s->broken = true;
}

/* A parcel that no sink is there for: the conf was changed under it. */
static void
refuse(struct sending *s, const struct Parcel *parcel)
{
	struct Receipt receipt = RECEIPT__INIT;

	receipt.outbox = parcel->outbox;
	receipt.attempt = parcel->attempt;
	receipt.verdict = VERDICT_LATER;
	answer(s, &receipt);
}

static void
take_parcel(struct sending *s)
{
	struct Parcel *parcel;
	struct sink *sink;
	void *record;

	if (pipe_read(s->parcels, s->arena, &parcel__descriptor, &record) !=
	    PIPE_OK) {
		s->ended = true;
		return;
	}
	parcel = record;
	sink = parcel->medium == MEDIUM_SMS ? s->sms : s->mail;
	if (sink == NULL) {
		refuse(s, parcel);
		return;
	}
	sink_put(sink, parcel);
	s->in_air++;
}

static void
take_parcels(struct sending *s)
{
	while (!s->ended && sink_room(s->mail) > 0 &&
	    (s->sms == NULL || sink_room(s->sms) > 0) &&
	    pipe_ready(s->parcels))
		take_parcel(s);
}

/* Whether anything came back. */
static bool
work(struct sending *s, struct sink *sink, int wait)
{
	int fd = s->ended || sink_room(sink) == 0 ? -1 : s->parcels;
	struct Receipt *receipt;
	bool any = false;

	while (!s->broken &&
	    (receipt = sink_work(sink, s->arena, fd, any ? 0 : wait))) {
		answer(s, receipt);
		s->in_air--;
		any = true;
	}
	return any;
}

int
send_run(struct sink *mail, struct sink *sms, int parcels, int receipts)
{
	struct sending s = {.mail = mail,
	    .sms = sms,
	    .parcels = parcels,
	    .receipts = receipts,
	    .arena = arena_new(0)};
	bool two = sms != NULL && sms != mail;

	while (!s.broken && !(s.ended && s.in_air == 0)) {
		/* With two sinks neither may wait long for its own. */
		int wait = !two ? WAIT_MOST : s.in_air > 0 ? SHORT_WAIT / 2
							   : SHORT_WAIT * 5;

		arena_reset(s.arena);
		take_parcels(&s);
		work(&s, mail, wait);
		if (two)
			work(&s, sms, s.in_air > 0 ? wait : 0);
	}
	arena_free(s.arena);
	return EX_OK;
}
