/* mail_write: a mail of ours as octets. The only writer of outgoing headers.
 *
 * What comes from outside cannot leave a header field: every octet is checked
 * against the field's grammar and encoded (RFC 2047) or refused. Bodies are
 * quoted-printable or base64, lines end in CR LF and have at most 76 octets
 * (in the header more only where one id or address is longer than a line);
 * so no line of ours can be anything to SMTP but a line. Pure: date, boundary
 * and ids are arguments. */
#ifndef MAIL_MAIL_WRITE_H
#define MAIL_MAIL_WRITE_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "span.h"
#include "when.h"

struct mail_attachment {
	const char *name;
	const char *type; /* "image/png" */
	struct span octets;
};

struct mail_draft {
	when date;
	const char *from_name, *from_address;
	const char *to_name, *to_address;
	const char *reply_to_name, *reply_to_address; /* "" none */
	const char *subject;
	const char *message_id;	 /* without < > */
	const char *in_reply_to; /* likewise; "" none */
	const char *const *references; /* likewise, oldest first */
	size_t reference_count;
	const char *language;	 /* "en"; "" none */
	const char *boundary;	 /* letters and digits, unguessable */
	const char *text;	 /* UTF-8, \n line ends */
	const char *html;	 /* UTF-8; "" none */
	const struct mail_attachment *attachments;
	size_t attachment_count;
	/* Fields of our own besides the marks that keep robots quiet
	 * (Auto-Submitted, X-Auto-Response-Suppress, Precedence): name and
	 * ASCII body. */
	const char *const (*fields)[2];
	size_t field_count;
	bool ask_away;	/* who is away may say so by a machine */
	bool automatic; /* Auto-Submitted: auto-generated; an engineer's
			   answer is not */
};

/* The whole mail, in the arena. 0; or -1 when something cannot stand in a
 * header: `why_r` then says which and why. Names and the subject are cleaned
 * and cut instead (encode_clean()), and ids in `in_reply_to` and `references`
 * that are none are left out: they are strangers' words, and no stranger's
 * word may keep a notice from leaving. Of more than 20 references the first
 * four and the newest sixteen stay. */
int mail_write(struct arena *arena, const struct mail_draft *draft,
    struct span *octets_r, const char **why_r);
/* Whether `address` is one that Gatepost sends to: ASCII dot-atom, '@', a
 * domain of LDH labels, 254 octets at most. Stricter than RFC 5321 on
 * purpose: what is refused here cannot become an SMTP command. */
bool mail_address_ok(const char *address);
/* The last look before it leaves: only CR LF line ends, no NUL, no line over
 * 998 octets, an empty line after the header. */
bool mail_octets_ok(struct span octets);

#endif
