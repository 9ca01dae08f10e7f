/* smtp_reply: reading the replies of an SMTP server (RFC 5321, 4.2).
 *
 *	250-5.1.0 first line
 *	250 5.1.0 last line
 *
 * Fed with octets as they come, in whatever pieces. */
#ifndef TRANSPORT_SMTP_REPLY_H
#define TRANSPORT_SMTP_REPLY_H

#include <stdbool.h>

#include "span.h"

#include "sink_private.h"

/* Octets of one reply; RFC 5321 wants 512 a line. More is no SMTP server. */
#define SMTP_REPLY_MAX 65536
/* Octets of a line that are looked at. */
#define SMTP_LINE_MAX 1000

enum smtp_feature {
	SMTP_PIPELINING = 1,
	SMTP_8BITMIME = 2,
	SMTP_SIZE = 4,
};

struct smtp_reply {
	unsigned code;		      /* of the last whole line */
	bool whole;		      /* the last line was the last one */
	char text[SINK_TEXT_MAX + 1]; /* without codes, lines joined by a
					 space, made printable */
	size_t text_len;
	unsigned features; /* smtp_feature that its lines name */
	size_t octets;	   /* of this reply */
	char line[SMTP_LINE_MAX];
	size_t line_len;
};

enum smtp_reply_result {
	SMTP_REPLY_MORE = 0,
	SMTP_REPLY_WHOLE = 1, /* code and text are there */
	SMTP_REPLY_BAD = -1,  /* this is no SMTP */
};

/* Takes octets up to the end of one reply; `used_r` says how many. After a
 * whole reply the next call begins a new one. */
int smtp_reply_feed(
    struct smtp_reply *reply, struct span octets, size_t *used_r);

#endif
