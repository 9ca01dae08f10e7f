/* part: the tree of a mail's MIME parts (RFC 2045-2049), flat, in the order
 * of the document. */
#ifndef MAIL_PART_H
#define MAIL_PART_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "span.h"

#include "flag.h"
#include "header.h"

/* A multipart's children are parts; so is the mail that a message/rfc822 (or
 * message/global) holds, when that is not encoded. */
struct part {
	int parent;		 /* index; -1 for the mail itself */
	int depth;		 /* 0 for the mail itself */
	struct span header;	 /* octets of its header block */
	struct span body;	 /* octets of its body, still encoded */
	const char *type;	 /* "text/plain", lower case, never NULL */
	const char *charset;	 /* as declared; "" */
	const char *name;	 /* file name, decoded; "" */
	const char *disposition; /* "attachment", "inline", "" */
	const char *content_id;	 /* without < >; "" */
	const char *encoding;	 /* "base64", "quoted-printable", "7bit", ... */
	bool format_flowed, delsp;
	const char *report_type; /* of multipart/report; "" */
	const char *method;	 /* of text/calendar; "" */
	struct header fields;	 /* of `header` */
	struct flags *flags;	 /* what is wrong is noted here */
};

struct parts {
	struct part *list;
	size_t count;
};

/* The part's octets with the transfer encoding taken off; they may lie in the
 * raw mail. */
struct span part_octets(struct arena *arena, const struct part *part);
/* The text of a text part: UTF-8, lines end in \n, no NUL; the soft line ends
 * of format=flowed (RFC 3676) are taken out. Of very long texts the rest is
 * left out, with a flag. */
struct span part_text(struct arena *arena, const struct part *part);
/* The first field of that name in the part's header, unfolded, trimmed, made
 * valid UTF-8, not decoded (RFC 2047); "" when it has none. */
const char *part_field(
    struct arena *arena, const struct part *part, const char *name);

#endif
