/* command: the commands at the very top of a mail's new text.
 *
 *	/resolve
 *	/note customer called, will send logs
 *
 * One grammar for engineers and customers: lines that begin with '/' before
 * the first other line that is not blank; ASCII verbs; several a mail. All or
 * nothing: one bad line refuses the whole block. Customers may also write one
 * plain word as the whole of the first line ("yes", "confirm 5 thanks",
 * "close"), only where the ticket awaits it. A line such as "/etc/passwd is
 * wrong" is not a command: a verb is letters and '-' only, ended by a blank
 * or the line's end. */
#ifndef DESK_COMMAND_H
#define DESK_COMMAND_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "arena.h"
#include "operation.h"

#define COMMANDS_MAX	    10
#define COMMAND_LINE_MAX    200
#define COMMAND_COMMENT_MAX 500

struct command {
	enum operation operation;
	const char *line;     /* as written */
	const char *argument; /* trimmed; "" when there is none */
	uint64_t number;      /* OPERATION_LINK, OPERATION_UNLINK: a ticket */
	int score;	      /* OPERATION_CONFIRM, OPERATION_RATE: 1-5, 0 none */
	const char *error;    /* what is wrong with it and how to mend it, as
				 decide_reason() takes it; NULL: nothing is */
};

struct commands {
	struct command list[COMMANDS_MAX];
	size_t count;
	bool refused;	  /* one of them has an error, or there are too many */
	const char *rest; /* the text below the commands */
};

/* Never fails; everything is in the arena. */
struct commands command_read(struct arena *arena, const char *new_text);
/* A line of an engineer's text that was meant as a command and is none where
 * it stands; NULL when there is none. */
const char *command_astray(struct arena *arena, const char *text);
/* The plain words of customers: reads a command out of the first line when
 * the ticket in `state` awaits such a word; else none. */
struct commands command_read_plain(
    struct arena *arena, const char *new_text, enum state state);
/* E.164 out of what people write: "+49 (151) 234-567" is "+49151234567".
 * NULL when it is no number with a country code of 8 to 15 digits. */
const char *command_mobile(struct arena *arena, const char *text);

#endif
