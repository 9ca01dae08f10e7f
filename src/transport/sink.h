/* sink: where parcels go. Each parcel is tried once and ends in one of the
 * four words (base/mail_words.h): yes, later, never, unsure.
 *
 * One sink holds many parcels at once over kept connections (libcurl multi).
 * No queue and no retries: both are rows of the store. */
#ifndef TRANSPORT_SINK_H
#define TRANSPORT_SINK_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "record.h"

struct smtp_conf {
	const char *host;
	unsigned port;
	enum smtp_tls {
		SMTP_PLAIN,    /* only to loopback */
		SMTP_STARTTLS, /* required, never optional */
		SMTP_TLS       /* implicit */
	} tls;
	const char *ca_file;
	const char *user;     /* "" is without AUTH */
	const char *password;
	const char *token_file, *token_command; /* XOAUTH2 */
	const char *helo;     /* our name */
	unsigned connections; /* at most */
	int timeout;	      /* milliseconds for one parcel */
};

/* How to speak to an SMS gateway over HTTP: templates with {to}, {text},
 * {reference}, {user}, {password}, {from}; each value is escaped as its place
 * needs: in a URL percent, in a JSON body as a string, in a form as a form. */
struct sms_conf {
	const char *url;
	const char *method;	  /* "GET", "POST" */
	const char *content_type; /* of the body: form, JSON or text */
	const char *const *headers; /* ends with NULL */
	const char *body;	  /* "" none */
	const char *user, *password, *from; /* what {user}, ... stand for */
	const char *accepted;	  /* PCRE2-free: "202", "200-299", a list
				     "200,202" of HTTP codes that mean yes */
	const char *accepted_text; /* the answer must begin with this; "" any */
	const char *id_json;	  /* member of the JSON answer that names it,
				     "messages.0.message-id"; "" none */
	const char *ca_file;
	unsigned connections;
	int timeout;
};

struct folder_conf {
	const char *path; /* mails as .eml, SMS as .txt, made when missing */
};

struct sink;

/* NULL when the conf cannot work; `why_r` says why in a sentence. */
struct sink *sink_smtp(const struct smtp_conf *conf, const char **why_r);
struct sink *sink_sms(const struct sms_conf *conf, const char **why_r);
struct sink *sink_folder(const struct folder_conf *conf, const char **why_r);

/* How many more parcels it would take now. */
size_t sink_room(const struct sink *sink);
/* Takes a parcel, which it copies. Only when there is room. */
void sink_put(struct sink *sink, const struct Parcel *parcel);
/* Works for at most `wait` milliseconds or until a receipt is there or `fd`
 * (-1: none) can be read. Returns a receipt in the arena, or NULL. */
struct Receipt *sink_work(
    struct sink *sink, struct arena *arena, int fd, int wait);
/* Ends it; parcels in the air are lost without a receipt. */
void sink_close(struct sink *sink);

#endif
