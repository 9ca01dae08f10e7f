/* subject: whether a mail answers another or passes one on, by the words that
 * clients put before its subject. Pure. */
#ifndef MAIL_SUBJECT_H
#define MAIL_SUBJECT_H

#include "span.h"

enum subject {
	SUBJECT_PLAIN,
	SUBJECT_ANSWERS,  /* "Re: ..." */
	SUBJECT_FORWARDS, /* "Fwd: ..." */
};

/* By the first of several; tags in brackets before it are passed over. */
enum subject subject_read(struct span subject);

#endif
