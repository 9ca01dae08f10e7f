/* parse: the stage that turns raw octets into mails. It has no network, no
 * files, no keys; a mail that takes too long ends the process.
 *
 * What it is reading stands in a note that outlives it, so that the
 * supervisor knows which mail killed it; a mail that did so twice comes out
 * unread, marked TROUBLE_POISON. */
#ifndef STAGE_PARSE_H
#define STAGE_PARSE_H

#include <stddef.h>
#include <stdint.h>

#include "mail_read.h"
#include "quote.h"

#define PARSE_SUSPECTS 16

/* A mail that was being read when the process died. */
struct parse_suspect {
	char mailbox[64];
	uint32_t uidvalidity;
	uint64_t uid;
	unsigned deaths;
};

/* In memory that the supervisor shares with the process. */
struct parse_note {
	struct parse_suspect now; /* mailbox "" between two mails */
};

struct parse_conf {
	const struct mail_limits *limits;
	const struct quote_rules *quotes;
	unsigned mails_most;	/* after which the process is replaced */
	unsigned seconds_most;	/* of processor time for one mail */
	const struct parse_suspect *suspects;
	size_t suspect_count;
	struct parse_note *note;
};

/* Reads from whichever of `raw_mails` has something. EX_OK when it is to be
 * replaced or another stage is gone. */
int parse_run(const struct parse_conf *conf, const int *raw_mails,
    size_t count, int mails);

#endif
