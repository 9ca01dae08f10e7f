/* part: the tree of a mail's MIME parts (RFC 2045-2049), flat, in the order
 * of the document. */
#ifndef MAIL_PART_H
#define MAIL_PART_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "span.h"

struct part {
	int parent;	    /* index; -1 for the mail itself */
	int depth;	    /* 0 for the mail itself */
	struct span header; /* octets of its header block */
	struct span body;   /* octets of its body, still encoded */
	const char *type;   /* "text/plain", lower case, never NULL */
	const char *charset;	 /* as declared; "" */
	const char *name;	 /* file name, decoded; "" */
	const char *disposition; /* "attachment", "inline", "" */
	const char *content_id;	 /* without < >; "" */
	const char *encoding;	 /* "base64", "quoted-printable", "7bit", ... */
	bool format_flowed, delsp;
	const char *report_type; /* of multipart/report; "" */
	const char *method;	 /* of text/calendar; "" */
};

struct parts {
	struct part *list;
	size_t count;
};

/* The part's octets with the transfer encoding taken off; flags of what was
 * wrong are added by mail_flag(). */
struct span part_octets(struct arena *arena, const struct part *part);
/* The text of a text part: UTF-8, lines end in \n, no NUL. */
struct span part_text(struct arena *arena, const struct part *part);
/* The first field of that name in the part's header, unfolded and trimmed;
 * "" when it has none. */
const char *part_field(
    struct arena *arena, const struct part *part, const char *name);

#endif
