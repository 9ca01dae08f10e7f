/* imap: one mailbox on one IMAP server (RFC 3501, RFC 9051). Private to the
 * imap_*.c files; the contract is source.h.
 *
 * imap.c        the states, the back-off, handing over
 * imap_login.c  connecting, logging in, selecting
 * imap_list.c   which mails there are
 * imap_fetch.c  their octets
 * imap_idle.c   waiting for news
 * imap_settle.c flags, moving and expunging once fates are known */
#ifndef TRANSPORT_IMAP_H
#define TRANSPORT_IMAP_H

#include <libetpan/libetpan.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "mail_words.h"
#include "when.h"

#include "source.h"
#include "stream.h"

#define IMAP_LIST_MAX  1000 /* mails known of, but not yet handed over */
#define IMAP_SMALL     (64u * 1024)
#define IMAP_FLUSH_MAX 200  /* fates in one command */

/* AWAY -> READY (imap_login), AWAY -> WRONG (the conf cannot work);
 * READY -> IDLING (imap_idle_begin), IDLING -> READY (imap_idle_end);
 * READY, IDLING -> AWAY (imap_drop). */
enum imap_state {
	IMAP_AWAY,
	IMAP_READY,
	IMAP_IDLING,
	IMAP_WRONG,
};

/* How a command ended. */
enum imap_answer {
	ANSWER_OK = 0,
	ANSWER_NO = -1,	    /* the server said NO; the session goes on */
	ANSWER_BROKEN = -2, /* the session is of no more use */
};

/* Kinds of failure, to say each once and not at each attempt. */
enum imap_failure {
	FAILURE_NONE,
	FAILURE_CONNECT,
	FAILURE_TRUST,
	FAILURE_CONF,
	FAILURE_TOKEN,
	FAILURE_GREETING,
	FAILURE_LOGIN,
	FAILURE_SELECT,
	FAILURE_LOST,
};

/* A mail on the server. LISTED -> HERE, GONE, REFUSED; REFUSED -> HERE. */
enum item_state {
	ITEM_LISTED,  /* its octets are to be asked for */
	ITEM_REFUSED, /* only its header is, or nothing at all */
	ITEM_HERE,    /* to be handed over */
	ITEM_GONE,    /* expunged meanwhile */
};

struct item {
	enum item_state state;
	enum trouble trouble;
	uint32_t uid;
	uint32_t size;
	unsigned tries; /* points, see imap_fetch.c */
	when received;
	char *octets; /* libetpan's; given back by mailimap_nstring_free() */
	size_t len;
};

/* A mail whose fate is known. NEW -> FLAGGED -> COPIED. */
enum fate_step {
	FATE_NEW,
	FATE_FLAGGED,
	FATE_COPIED, /* it is in the other folder; the old one is to go */
};

struct fate {
	uint32_t uid;
	enum fate_step step;
	bool leaves; /* moved or deleted, by the conf and its outcome */
};

/* What the FETCH responses of the running command are for. */
enum fetch_duty {
	DUTY_NONE, /* unsolicited: looked at by nobody */
	DUTY_LIST,
	DUTY_OCTETS,
};

struct imap {
	struct source source;
	const struct imap_conf *conf;
	enum imap_state state;

	/* the connection */
	mailimap *session;
	struct stream *stream;
	int64_t since;	     /* when it was ready; stream_clock() */
	int64_t retry_at;    /* when AWAY */
	unsigned failures;   /* in a row */
	enum imap_failure said;
	bool has_idle, has_move, has_uidplus;
	bool idle_refused;   /* offered, but it did not work */
	bool flag_seen, flag_keyword; /* may be set here */

	/* what is known of the mailbox */
	uint32_t uidvalidity;
	uint32_t looked;     /* every mail up to this uid is or was listed */
	bool caught_up;	     /* with what the last process left undone */
	uint32_t uidnext;    /* at the last SELECT; 0: the server kept quiet */
	uint32_t width;	     /* of the next range to list */
	int64_t look_at;     /* when to look again */
	unsigned news;	     /* stream_news() at the last look */

	/* mails, ascending by uid; those before `head` were handed over */
	struct item items[IMAP_LIST_MAX];
	size_t head, count;
	enum fetch_duty duty;
	size_t first, last;  /* the items asked for, [first, last) */
	uint32_t careful;    /* up to this uid one at a time */

	/* fates, in an arena of their own that is emptied with the queue */
	struct arena *fate_arena;
	struct fate *fates;
	size_t fate_count, fate_room;
	int64_t fate_since;  /* when the oldest came */
	bool created;	     /* the other folder, by us */
	bool said_unflagged, said_kept; /* logged once */
};

/* "$Gatepost", for libetpan to own; NULL without memory. */
char *imap_keyword(void);
/* Before each command: `octets` it may bring in all, `literal` in one. */
void imap_allow(struct imap *imap, size_t octets, size_t literal);
enum imap_answer imap_answer(int libetpan_result);
/* Gives the connection up, says why when it is news, and sets the time of the
 * next attempt. */
void imap_drop(struct imap *imap, enum imap_failure failure, const char *why);
/* The same for a session that broke in the middle of its work. */
void imap_lost(struct imap *imap);
/* After work that shows that all is well again. */
void imap_well(struct imap *imap);
/* Forgets all items: the mailbox is another one. */
void imap_forget(struct imap *imap);

/* AWAY -> READY; else it has dropped. */
void imap_login(struct imap *imap);

/* One FETCH response, taken apart. */
struct imap_response {
	uint32_t uid;
	uint32_t size;
	bool has_size;
	when received;
	struct mailimap_msg_att_body_section *section;
};

/* Lists the next mails; sets look_at. Drops when broken. */
void imap_look(struct imap *imap);
/* Lists the mail that a response tells of, if it is news. */
void imap_list(struct imap *imap, const struct imap_response *response);
/* (UID RFC822.SIZE) */
bool imap_ask_sizes(struct mailimap_fetch_type *type);

/* Gets the octets of the next items. Drops when broken. */
void imap_fetch(struct imap *imap);
/* libetpan's call for each FETCH response. */
void imap_fetch_response(struct mailimap_msg_att *response, void *imap);

/* Takes `att`, which may be NULL, in any case. */
bool imap_add_att(
    struct mailimap_fetch_type *type, struct mailimap_fetch_att *att);
/* UID FETCH first:last (...); `last` 0 stands for "*". */
enum imap_answer imap_uid_fetch(struct imap *imap, uint32_t first,
    uint32_t last, bool (*ask)(struct mailimap_fetch_type *type),
    enum fetch_duty duty);
/* Where the item with this uid is, or belongs. */
size_t imap_place_of(const struct imap *imap, uint32_t uid);

void imap_idle_begin(struct imap *imap);
void imap_idle_end(struct imap *imap);
/* Waits for news at most until `until`; ends IDLE when there are some. */
void imap_idle_wait(struct imap *imap, int64_t until);

void imap_settle(struct imap *imap, const struct Fate *fate);
/* Does what the oldest fates ask for. Drops when broken. */
/* After SELECT: makes up for fates that were lost with a process. */
enum imap_answer imap_catch_up(struct imap *imap);
void imap_flush(struct imap *imap);

#endif
