/* source: where mails come from. IMAP and Maildir keep the same contract.
 *
 * A source hands over mails that are not yet in the ledger, in the order of
 * their arrival, and changes nothing on the server until settle() is told a
 * mail's outcome. It blocks in next(), at most for `wait` milliseconds, so
 * that its process can look at the fates that came back. */
#ifndef TRANSPORT_SOURCE_H
#define TRANSPORT_SOURCE_H

#include <stdbool.h>

#include "arena.h"
#include "mail_words.h"
#include "record.h"

/* What is done with a mail on the server once it is settled. */
enum source_after {
	AFTER_KEEP,   /* flagged (\Seen and $Gatepost where it is allowed) */
	AFTER_MOVE,   /* moved to a folder: MOVE, or COPY + EXPUNGE of it */
	AFTER_DELETE, /* expunged */
};

enum source_result {
	SOURCE_MAIL,	/* *mail_r is set */
	SOURCE_NOTHING, /* nothing came within `wait` */
	SOURCE_LATER,	/* the server is away or says no; the source has
			   logged why, and tries again by itself, with
			   back-off, at the next call */
	SOURCE_WRONG,	/* the conf is wrong (no such folder in a Maildir):
			   will not mend by itself */
};

struct source;

/* One table of functions a kind of source; private to transport. */
struct source_kind {
	enum source_result (*next)(struct source *source, struct arena *arena,
	    int wait, struct RawMail **mail_r);
	void (*settle)(struct source *source, const struct Fate *fate);
	void (*close)(struct source *source);
};

struct source {
	const struct source_kind *kind;
};

struct imap_conf {
	const char *mailbox;   /* its name in the conf, for Origin and log */
	const char *host;
	unsigned port;
	bool tls;	       /* implicit TLS; false only on loopback */
	const char *ca_file;   /* "" is the system's */
	const char *user;
	const char *password;  /* or */
	const char *token_file; /* XOAUTH2: a file that holds the token, or */
	const char *token_command; /* a program that prints it */
	const char *folder;    /* "INBOX" */
	enum source_after after;
	const char *after_folder;
	size_t mail_max;       /* octets; larger ones come with their header
				  and TROUBLE_OVERSIZE */
	unsigned batch_count;  /* mails a FETCH, 50 */
	size_t batch_octets;   /* and octets, 8 MiB */
	int timeout;	       /* milliseconds for one command */
	int idle;	       /* seconds after which IDLE is renewed and the
				  mailbox looked at in any case */
};

struct maildir_conf {
	const char *mailbox;
	const char *path;
	enum source_after after;
	const char *after_folder; /* a Maildir, within or beside it */
	size_t mail_max;
	int poll;		  /* milliseconds between looks */
};

/* `uidvalidity` and `position` are what the ledger knows (0: nothing): mails
 * of that validity up to that uid are settled. Strings are kept by pointer.
 * Never NULL; the first next() says what is wrong. */
struct source *imap_open(const struct imap_conf *conf, uint32_t uidvalidity,
    uint64_t position);
struct source *maildir_open(const struct maildir_conf *conf);

/* Whether a mail with this outcome is moved or deleted. What is held, too
 * large or not to be read stays where a person finds it. */
static inline bool
source_leaves(enum source_after after, enum outcome outcome)
{
	switch (outcome) {
	case OUTCOME_TICKET:
	case OUTCOME_APPENDED:
	case OUTCOME_COMMAND:
	case OUTCOME_IGNORED:
	case OUTCOME_DUPLICATE:
		return after != AFTER_KEEP;
	case OUTCOME_NONE:
	case OUTCOME_HELD:
	case OUTCOME_OVERSIZE:
	case OUTCOME_UNPARSEABLE:
		return false;
	}
	return false;
}

static inline enum source_result
source_next(struct source *source, struct arena *arena, int wait,
    struct RawMail **mail_r)
{
	return source->kind->next(source, arena, wait, mail_r);
}

static inline void
source_settle(struct source *source, const struct Fate *fate)
{
	source->kind->settle(source, fate);
}

static inline void
source_close(struct source *source)
{
	if (source != NULL)
		source->kind->close(source);
}

#endif
