/* stream: the octets between libetpan and an IMAP server.
 *
 * libetpan's own streams trust any certificate, spin for ever on a connection
 * that ends inside a literal, and know no deadline for a whole command. This
 * one is a driver below libetpan over a connection that libcurl makes: chain
 * and name verified, TLS 1.2 or later; each command has a deadline and a
 * number of octets that are checked in every read; the end of the connection
 * is an error; and each octet passes wire.h. After the first fault nothing
 * more is read or written. */
#ifndef TRANSPORT_STREAM_H
#define TRANSPORT_STREAM_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include <libetpan/mailstream.h>

#define STREAM_WHY_MAX 300

struct stream_conf {
	const char *host;
	unsigned port;
	bool tls;	     /* false: only to a loopback address */
	const char *ca_file; /* "" is the system's */
	int timeout;	     /* milliseconds to connect */
};

enum stream_result {
	STREAM_OK = 0,
	STREAM_AWAY = -1,      /* no connection */
	STREAM_UNTRUSTED = -2, /* the certificate is not to be trusted */
	STREAM_FORBIDDEN = -3, /* plain, and not to a loopback address */
};

/* Why a stream is of no more use. */
enum stream_fault {
	STREAM_WELL,
	STREAM_CLOSED, /* by the other side, or by us */
	STREAM_SLOW,   /* the deadline came first */
	STREAM_FLOOD,  /* more octets than the command may bring */
	STREAM_BAD,    /* wire.h refused a line */
};

struct stream;

/* Connects. `why` gets a sentence when the result is not STREAM_OK. */
enum stream_result stream_open(const struct stream_conf *conf,
    struct stream **stream_r, char why[STREAM_WHY_MAX]);
/* libetpan's view of it. It owns the stream: mailstream_close() of it, which
 * mailimap_free() does, frees both. */
mailstream *stream_etpan(struct stream *stream);
/* Before each command: how long it may take in all, how many octets it may
 * bring in all, and in one literal. */
void stream_allow(
    struct stream *stream, int milliseconds, size_t octets, size_t literal);
/* Waits at most `milliseconds` for something to read: 1 there is something,
 * 0 there is not, -1 the stream has ended. */
int stream_wait(struct stream *stream, int milliseconds);
/* How often the server said EXISTS so far. */
unsigned stream_news(const struct stream *stream);
/* No more octets either way: what libetpan still wants to say fails. */
void stream_break(struct stream *stream);
enum stream_fault stream_fault(const struct stream *stream);
/* A few words for the log. */
const char *stream_fault_word(const struct stream *stream);

/* Milliseconds of a clock that never jumps. */
int64_t stream_clock(void);

#endif
