/* desk: a desk in one process: the real rooms, an explicit clock, and
 * neighbours that do what the test tells them.
 *
 * Mails are dropped in front of it and read by mail_read(); one pass is one
 * round of the core stage; what it hands out is kept as a parcel and answered
 * with the verdict the test chose, which the next round gets as a receipt.
 * Whatever has no fate when the desk is started anew comes in again. */
#ifndef TESTS_LOOP_DESK_H
#define TESTS_LOOP_DESK_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "mail_words.h"
#include "record.h"
#include "span.h"
#include "when.h"

#include "folder.h"
#include "store.h"

#include "core_round.h"
#include "house.h"

#define DESK_NOW  ((when)1795255200 * 1000) /* 2026-11-21 10:00 UTC */
#define DESK_MOST 4000

/* A mail in front of the desk. */
struct letter {
	const char *mailbox;
	uint32_t uidvalidity;
	uint64_t uid;
	struct span octets;
	enum outcome outcome; /* its fate; OUTCOME_NONE: none yet */
	const char *rule;
	uint64_t ticket;
};

/* A parcel that the desk handed out. */
struct sent {
	const struct Parcel *parcel;
	const struct Mail *mail; /* NULL: an SMS */
	const char *text;	 /* of the SMS or of the mail */
	enum verdict verdict;	 /* what the world answered */
};

/* The world's answer to a parcel. False: no receipt ever comes. */
typedef bool desk_answer(
    void *arg, const struct Parcel *parcel, enum verdict *verdict_r);

struct desk {
	struct folder folder; /* of the store */
	struct house house;
	bool own_house; /* not shared with the desks before and after */
	struct store_conf conf;
	struct store *store;
	struct arena *kept;  /* as long as the desk */
	struct arena *arena; /* of one round */
	struct round *round;
	when now;

	struct letter *letters;
	size_t letter_count;
	struct sent *sent;
	size_t sent_count;
	struct Receipt **receipts; /* on their way back */
	size_t receipt_count;
	uint64_t next_uid;
	enum store_result last; /* of the last pass */
	bool fresh;		/* the next pass is a process's first */

	desk_answer *answer; /* NULL: always yes */
	void *answer_arg;
	/* A round that fails is run again, by a new process where the real
	 * one would have ended; else a test ends there. */
	bool forgiving;
	void (*watch)(struct desk *desk); /* after each round; or NULL */
	void *watch_arg;
};

/* With LMDB in a folder of its own, or with `engine`. */
void desk_open(struct desk *desk, const struct kv_engine *engine);
/* With the keyring in memory as well nothing outlives a process. */
void desk_open_as(
    struct desk *desk, const struct kv_engine *engine, bool in_memory);
void desk_close(struct desk *desk);
/* The process dies and is started anew: what was in the air is gone. */
void desk_restart(struct desk *desk);

/* Puts a mail in front of the desk. */
struct letter *desk_drop(struct desk *desk, struct span octets);
struct letter *desk_drop_at(struct desk *desk, const char *mailbox,
    uint32_t uidvalidity, uint64_t uid, struct span octets);
/* One round. */
enum store_result desk_pass(struct desk *desk);
/* Rounds until there is nothing to do. */
void desk_settle(struct desk *desk);
/* Drops, settles, and gives back what became of it. */
struct letter *desk_take(struct desk *desk, struct span octets);
/* Time goes by, hour by hour or in one stride, as on a clock that is right. */
void desk_wait(struct desk *desk, when span);
/* Hands a receipt to the next round. */
void desk_receive(struct desk *desk, uint64_t outbox, uint32_t attempt,
    enum verdict verdict);

/* The newest mail or SMS to an address or number; it must be there. */
const struct sent *desk_newest(const struct desk *desk, const char *to);
/* The newest that can be answered: a mail. */
const struct sent *desk_newest_mail(const struct desk *desk, const char *to);
/* How many parcels went to it since parcel number `since`. */
size_t desk_count(const struct desk *desk, const char *to, size_t since);
/* All parcels of an outbox row. */
size_t desk_count_row(const struct desk *desk, uint64_t outbox);

/* Rows as they are now, in desk->kept. */
struct Ticket *desk_ticket(struct desk *desk, uint64_t number);
struct Outbox *desk_outbox(struct desk *desk, uint64_t id);
/* The number of tickets. */
size_t desk_tickets(struct desk *desk);
/* Its content is NULL when that is destroyed. */
struct Message *desk_message(struct desk *desk, uint64_t ticket,
    uint32_t number, struct MessageData **content_r);
/* What the person of slot 0 could read in the SMS with the code. */
const char *desk_code(struct desk *desk, uint64_t ticket);
/* "" when it is destroyed. */
const char *desk_address(struct desk *desk, uint64_t ticket, uint32_t slot);

#endif
