/* action: what a reader of a notice can do with the ticket as it stands, by a
 * command or with one tap.
 *
 * A tap opens a mail to an address that carries the verb, keyed (token.h):
 * nothing in that mail has to be read. Whether the sender may do it is asked
 * as for any command. Made from the tables of operations, roles and states,
 * so that no notice offers what would be refused. */
#ifndef DESK_ACTION_H
#define DESK_ACTION_H

#include <stdbool.h>

#include "access.h"
#include "arena.h"
#include "operation.h"
#include "ticket.h"

/* The numbers are in keyed addresses: one is never given another meaning. */
enum action {
	ACTION_NONE,
	ACTION_CONFIRM = 1,
	ACTION_UNSOLVED = 2,
	ACTION_CANCEL = 3,
	ACTION_CLOSE = 4,
	ACTION_REMIND = 5,
	ACTION_STATUS = 6,
	ACTION_LEAVE = 7,
	ACTION_RATE_1 = 8,
	ACTION_RATE_2 = 9,
	ACTION_RATE_3 = 10,
	ACTION_RATE_4 = 11,
	ACTION_RATE_5 = 12,
	ACTIONS
};

struct action_row {
	enum action action;
	const char *word;	  /* in the address: letters and digits */
	enum operation operation; /* OPERATION_MESSAGE: "not solved" */
	int score;
	unsigned states; /* in which it is offered, 1u << STATE_... */
	bool words;	 /* what is written in the mail goes along */
	const char *key;   /* of the label in words.txt, without "action." */
	const char *label; /* in the desk's English */
};

const struct action_row *action_row(enum action action);
/* ACTION_NONE: there is none of that word. */
enum action action_find(struct span word);
/* Whether it makes sense to a reader of that role on such a ticket. */
bool action_offered(
    enum action action, enum role role, enum state state, bool rated);
/* The keys of what is written on and beside the links, one by one; NULL behind
 * the last. `label_r` is the desk's English. */
const char *action_key(size_t index, const char **label_r);

/* "/accept, /note [TEXT], ...": the commands that are left to `role` on a
 * ticket in `state`, several a line. */
const char *action_commands(
    struct arena *arena, enum role role, enum state state);

#endif
