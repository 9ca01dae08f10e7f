/* auth: what the receiving server says about the sender (RFC 8601). Pure.
 *
 * Only Authentication-Results of a configured authserv-id count, and only
 * those that stand above the first Received field of a host that is not ours;
 * all others are a stranger's words. The result speaks for one domain: the
 * one of the mail's only From address. A mail that two readers may see
 * differently is never vouched for: what the server checked may not be what
 * we read (mail/flag.h). */
#ifndef MAIL_AUTH_H
#define MAIL_AUTH_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "record.h"

enum auth {
	AUTH_NONE, /* nobody whom we trust said anything */
	AUTH_FAIL, /* a trusted server says it is not from that domain */
	AUTH_SEALED, /* likewise, but a forwarder whom we trust saw it come
			from there (ARC, RFC 8617): enough for a thread */
	AUTH_PASS, /* dmarc=pass for that domain, or dkim=pass or spf=pass
		      in its very name; a signature that leaves the end of
		      the mail open (l=) counts as none */
};

/* Whom one mailbox trusts. The lists end with NULL; NULL is empty. */
struct auth_trust {
	const char *const *servers; /* authserv-ids */
	unsigned hops;		    /* Received fields of our own hosts */
	const char *const *sealers; /* domains of ARC's seals */
};

/* `reason_r` gets the deciding words for `explain`. */
enum auth auth_of(struct arena *arena, const struct Mail *mail,
    const struct auth_trust *trust, const char **reason_r);
const char *auth_word(enum auth auth); /* "pass" */
/* The flag of the mail for which it may be read in two ways, by programs or
 * by people; NULL: none. Such a mail authenticates nobody and commands
 * nothing. */
const char *auth_ambiguity(const struct Mail *mail);

#endif
