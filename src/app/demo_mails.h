/* demo_mails: the mails of `gatepost demo`, as their senders' programs write
 * them. */
#ifndef APP_DEMO_MAILS_H
#define APP_DEMO_MAILS_H

#include "arena.h"
#include "span.h"
#include "when.h"

struct demo_mail {
	const char *name;  /* the file's name, "1-zoe-writes" */
	const char *who;   /* for the terminal: "Zoë (a customer)" */
	const char *what;  /* "writes, with a photo and her boss on CC" */
	const char *octets; /* a template, below */
};

/* In a mail's text {date} is a date, {id} a Message-ID's left side, and what
 * an answer needs of the mail that it answers: {reply_to}, {in_reply_to},
 * {references}, {subject}, {code}. */
struct demo_answered {
	const char *reply_to, *message_id, *references, *subject, *code;
};

extern const struct demo_mail demo_firsts[];  /* end with a name of NULL */
extern const struct demo_mail demo_answer;    /* Anna to Zoë */
extern const struct demo_mail demo_follow;    /* Zoë, quoting */
extern const struct demo_mail demo_resolve;   /* Anna: /resolve */
extern const struct demo_mail demo_yes;	      /* Zoë: confirm 5 */
extern const struct demo_mail demo_mobile;    /* Günther: /sms */
extern const struct demo_mail demo_code;      /* Günther: /verify */
extern const struct demo_mail demo_bounce;    /* a server, to Hanako's ack */
extern const struct demo_mail demo_vacation;  /* an autoresponder */

struct span demo_fill(struct arena *arena, const struct demo_mail *mail,
    const struct demo_answered *answered, when now);

#endif
