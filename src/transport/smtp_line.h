/* smtp_line: one kept connection to the relay and the parcel it carries.
 *
 *	COLD -> OPENING -> MAIL -> RCPT -> DATA -> BODY -> IDLE -> MAIL ...
 *
 * A refused mail goes on to CLEARING (RSET), then IDLE. From anywhere a lost
 * connection leads to COLD. */
#ifndef TRANSPORT_SMTP_LINE_H
#define TRANSPORT_SMTP_LINE_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"
#include "record.h"
#include "span.h"

#include "sink_private.h"
#include "smtp_dial.h"

/* A connection without work is closed after this many milliseconds. */
#define SMTP_IDLE_MS 30000
/* MAIL with two addresses, RCPT and DATA. */
#define SMTP_COMMANDS_MAX 1024

/* The name of the state is the command whose reply is awaited. */
enum smtp_line_state {
	SMTP_COLD,
	SMTP_OPENING,
	SMTP_IDLE,
	SMTP_MAIL,
	SMTP_RCPT,
	SMTP_DATA,
	SMTP_BODY,
	SMTP_CLEARING,
};

struct smtp_line {
	struct smtp_dial *dial;
	struct smtp_call call;
	enum smtp_line_state state;
	bool pipelined; /* RCPT and DATA have gone with MAIL */
	bool used;	/* the connection carried a mail before this one */
	bool broken;	/* nothing can be written to it any more */
	int64_t deadline;
	struct span out; /* what is still to be written */
	char commands[SMTP_COMMANDS_MAX];

	struct arena *arena;
	struct Parcel *parcel; /* NULL: none; without its octets */
	struct span wire;      /* these, as they go over the wire */
	size_t size;
	bool eight;
	bool ended; /* `end` tells how */
	struct sink_end end;
};

int smtp_line_new(struct smtp_line *line, struct smtp_dial *dial);
void smtp_line_free(struct smtp_line *line);
/* Whether it could take a parcel. */
bool smtp_line_free_now(const struct smtp_line *line);
void smtp_line_put(struct smtp_line *line, const struct Parcel *parcel);
/* libcurl is done with opening its connection. */
void smtp_line_opened(struct smtp_line *line, CURLcode rc);
/* Its socket can be read or written. */
void smtp_line_ready(struct smtp_line *line);
/* Its deadline has passed. */
void smtp_line_expired(struct smtp_line *line);
/* The receipt when it has ended, which makes it free; else NULL. */
struct Receipt *smtp_line_receipt(struct smtp_line *line, struct arena *arena);

#endif
