/* sample: values to try the templates with, in no way connected to a ticket:
 * friendly ones to look at, and hard ones to find mistakes with. */
#ifndef APP_SAMPLE_H
#define APP_SAMPLE_H

#include "arena.h"
#include "mail_write.h"
#include "notice_text.h"

#include "house.h"

/* What a template says literally, or it has a mistake: markup, marks of
 * templates, a header field, characters that turn the direction. */
#define SAMPLE_HARD \
	"<i onload='x'>\">&{number}{?text}%s\nBcc: x@example.com\n\xe2\x80\xae"

/* `notice` as `set` says it, as a customer or an engineer could get it. */
struct notice_text sample_friendly(const struct house *house,
    const struct notice_set *set, enum notice notice);
/* The same, with SAMPLE_HARD as every value. */
struct notice_text sample_hard(const struct house *house,
    const struct notice_set *set, enum notice notice);
/* A whole mail of it. 0; negative with a sentence in `why_r`. */
int sample_mail(const struct house *house, const struct notice_set *set,
    const struct notice_text *text, struct span *octets_r,
    const char **why_r);

#endif
