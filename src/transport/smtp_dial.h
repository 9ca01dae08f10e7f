/* smtp_dial: opening connections to the mail relay, with libcurl.
 *
 * libcurl resolves, connects, checks the certificate, says EHLO, STARTTLS and
 * AUTH, and leaves the connection at the point where the next word is MAIL
 * (CURLOPT_CONNECT_ONLY). The transaction is our own (smtp_line.h): libcurl
 * waits for the reply to the final dot with every other connection held up,
 * drops a connection whose recipient was refused, and knows no pipelining. */
#ifndef TRANSPORT_SMTP_DIAL_H
#define TRANSPORT_SMTP_DIAL_H

#include <stdint.h>

#include <curl/curl.h>

#include "arena.h"

#include "sink.h"
#include "smtp_reply.h"

#define SMTP_TOKEN_MAX 8192
/* A token is read again after this many milliseconds. */
#define SMTP_TOKEN_MS 60000
/* The same complaint is logged once in this many milliseconds. */
#define SMTP_COMPLAINT_MS 60000

/* How all connections of a sink are opened. */
struct smtp_dial {
	CURLM *multi;
	struct smtp_conf conf;
	char *url;
	char token[SMTP_TOKEN_MAX];
	int64_t token_until;
	char complaint[128];
	int64_t complaint_until;
};

/* One connection. */
struct smtp_call {
	CURL *easy;
	bool added; /* to the multi handle, which owns the connection */
	int socket;
	struct smtp_reply reply;
	unsigned features;
	bool logged_in;
	char error[CURL_ERROR_SIZE];
};

/* Copies what it needs of the conf into the arena. 0, or -1 and a reason. */
int smtp_dial_setup(struct smtp_dial *dial, struct arena *arena,
    const struct smtp_conf *conf, const char **why_r);
/* Makes a call that can be opened again and again; 0 or -1. */
int smtp_call_new(struct smtp_call *call, struct smtp_dial *dial, void *owner);
void smtp_call_free(struct smtp_call *call, struct smtp_dial *dial);
/* Begins to open it; `why_r` when that cannot even begin (-1). */
int smtp_call_open(
    struct smtp_call *call, struct smtp_dial *dial, const char **why_r);
/* libcurl has come to an end with it: 0 and the connection is there, or -1
 * with a reason in `why_r` (valid until the next call) and the code of the
 * reply that ended it, or 0. */
int smtp_call_opened(struct smtp_call *call, struct smtp_dial *dial,
    CURLcode rc, unsigned *code_r, const char **why_r);
/* Ends the connection at once; one that is not there is fine. */
void smtp_call_close(struct smtp_call *call, struct smtp_dial *dial);
/* Logs that the relay cannot be used, not more often than is useful. */
void smtp_complain(struct smtp_dial *dial, unsigned code, const char *why);

#endif
