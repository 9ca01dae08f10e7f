/* auth: what the receiving server says about the sender (RFC 8601). Pure.
 *
 * Only Authentication-Results of a configured authserv-id count, and only
 * those that stand above the first Received field of a host that is not ours;
 * all others are a stranger's words. The result speaks for one domain: the
 * one of the mail's only From address. */
#ifndef MAIL_AUTH_H
#define MAIL_AUTH_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "record.h"

enum auth {
	AUTH_NONE, /* nobody whom we trust said anything */
	AUTH_FAIL, /* a trusted server says it is not from that domain */
	AUTH_PASS, /* dmarc=pass for that domain, or dkim=pass or spf=pass
		      in its very name */
};

/* `trusted` ends with NULL. `hops`: Received fields that our own hosts add.
 * `reason_r` gets the deciding words for `explain`. */
enum auth auth_of(struct arena *arena, const struct Mail *mail,
    const char *const *trusted, unsigned hops, const char **reason_r);

#endif
