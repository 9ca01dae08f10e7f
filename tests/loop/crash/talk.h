/* talk: customers and an engineer who talk by way of the yard's desk, each
 * conversation until its ticket is closed, and what they hear. */
#ifndef TESTS_LOOP_CRASH_TALK_H
#define TESTS_LOOP_CRASH_TALK_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "when.h"

#include "quote.h"

#include "yard.h"

/* What a conversation waits for. */
enum phase {
	PHASE_NEW,	/* that the engineer hears of it */
	PHASE_ANSWER,	/* that the customer gets the answer */
	PHASE_MORE,	/* that the engineer hears the rest */
	PHASE_CONFIRM,	/* that the customer is asked to confirm */
	PHASE_CLOSED,	/* that the customer hears it is closed */
	PHASE_DONE,
	PHASES
};

#define TALK_MAILS 5 /* that people write in one conversation */

struct conversation {
	unsigned number;
	enum phase phase;
	when since;		   /* the phase */
	uint64_t uids[TALK_MAILS]; /* of the mails that were dropped */
	size_t mails;
};

/* A file that the desk wrote. */
struct heard {
	uint64_t outbox;
	uint32_t attempt;
	bool sms;
	const char *message_id;
};

struct talk {
	struct yard *yard;
	struct quote_rules *quotes;
	struct arena *kept;  /* as long as the talk */
	struct arena *arena; /* of one look */
	struct conversation *list;
	size_t count, most;
	struct heard *heard;
	size_t heard_count, heard_room;
};

void talk_start(struct talk *talk, struct yard *yard, size_t most);
void talk_end(struct talk *talk);
/* One more conversation begins. */
void talk_open(struct talk *talk);
/* Hears what is in out/, which is taken away, and answers it. Whether there
 * was anything. */
bool talk_listen(struct talk *talk);
/* Conversations that are not done and have gone on lately. */
size_t talk_lively(const struct talk *talk, when quiet);
size_t talk_done(const struct talk *talk);

#endif
