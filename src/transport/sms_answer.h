/* sms_answer: what an SMS gateway's answer means. Pure. */
#ifndef TRANSPORT_SMS_ANSWER_H
#define TRANSPORT_SMS_ANSWER_H

#include <stdbool.h>

#include "mail_words.h"

/* Whether the code is in a list such as "202", "200-299" or "200,202-204". */
bool sms_accepts(const char *list, unsigned code);
/* Whether it is such a list. */
bool sms_accepts_valid(const char *list);
struct sms_answer {
	bool left;     /* the request, or a part of it, may have left us */
	bool whole;    /* the answer came to its end */
	unsigned code; /* 0: no status came */
	bool accepted; /* code, beginning of the text and id are as wanted */
};

/* An SMS costs money and disturbs: in doubt it is UNSURE, never LATER. */
enum verdict sms_verdict(const struct sms_answer *answer);

#endif
