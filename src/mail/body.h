/* body: which of a mail's parts are its text and which are attached. Pure. */
#ifndef MAIL_BODY_H
#define MAIL_BODY_H

#include <stdbool.h>

#include "arena.h"
#include "span.h"

#include "flag.h"
#include "mail_read.h"
#include "part.h"

struct body {
	char *text; /* of all text parts, in their order; no NUL within */
	size_t text_len;
	int *attachments; /* indices of parts */
	bool *inlined;	  /* of each: an image that belongs to the text */
	size_t attachment_count;
};

/* Of alternatives the plain text counts, unless it is empty. What lies within
 * an attached mail belongs to that attachment. What a delivery report is
 * made of is neither text nor attachment. An invitation's summary is text. */
struct body body_read(struct arena *arena, const struct parts *parts,
    const struct mail_limits *limits, struct flags *flags);
/* Whether new text is nothing but what stands for an encrypted mail, or such a
 * mail by OpenPGP: then nobody here can read what its writer wants. */
bool body_closed(struct span new_text);

#endif
