/* wire: what an IMAP server may say, checked before libetpan reads it.
 *
 * libetpan 1.9.4 allocates whatever length a literal announces, ends the
 * process on "[PERMANENTFLAGS (" followed by an octet that begins no flag,
 * and recurses for each parenthesis. So each octet passes here first. Only
 * lines are judged; the octets of a literal are a stranger's mail and may be
 * anything. Pure: no clock, no file, no socket. */
#ifndef TRANSPORT_WIRE_H
#define TRANSPORT_WIRE_H

#include <stddef.h>

#define WIRE_LINE_MAX  (64u * 1024)
#define WIRE_DEPTH_MAX 32

/* RESPONSE: at the start of, or within, a response's first line.
 * LITERAL: within the octets that a FETCH response announced.
 * REST: within a line that goes on after a literal.
 *
 * RESPONSE -> RESPONSE (a line without a literal), LITERAL;
 * LITERAL -> REST; REST -> RESPONSE, LITERAL. */
enum wire_state {
	WIRE_RESPONSE,
	WIRE_LITERAL,
	WIRE_REST,
};

enum wire_result {
	WIRE_OK = 0,
	WIRE_LONG = -1,	   /* a line longer than WIRE_LINE_MAX */
	WIRE_CONTROL = -2, /* a control octet outside a literal */
	WIRE_DEEP = -3,	   /* more parentheses than WIRE_DEPTH_MAX */
	WIRE_LARGE = -4,   /* a literal larger than what was asked for */
	WIRE_STRAY = -5,   /* a literal where none belongs */
	WIRE_UNSAFE = -6,  /* a response that libetpan does not survive */
	WIRE_BYE = -7,	   /* the server ends the session; nothing follows that
			      libetpan, which leaks it, would need to see */
};

struct wire {
	enum wire_state state;
	size_t literal_max; /* set before each command */
	size_t literal_left;
	int depth;	    /* open parentheses of this response */
	unsigned news;	    /* EXISTS responses so far: mails may have come */
	size_t len;	    /* of the line that is not yet whole */
	char line[WIRE_LINE_MAX];
};

/* Takes the next octets of the stream; after anything but WIRE_OK they must
 * not reach libetpan and the connection is of no more use. */
enum wire_result wire_feed(struct wire *wire, const char *octets, size_t len);
/* A few words for the log. */
const char *wire_word(enum wire_result result);

#endif
