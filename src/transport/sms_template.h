/* sms_template: the words of a request to an SMS gateway. Pure.
 *
 * A template is text with {to}, {text}, {reference}, {user}, {password},
 * {from}, and for gateways that need them {digits} (the number without its
 * plus) and {coding}, {type} (how the text is to be coded: 0 and "text" for
 * GSM 03.38, 2 and "unicode" else). Other braces stand for themselves, since
 * JSON is full of them. */
#ifndef TRANSPORT_SMS_TEMPLATE_H
#define TRANSPORT_SMS_TEMPLATE_H

#include <stdbool.h>

#include "buf.h"
#include "span.h"

/* Where a value goes, which says how it is escaped. */
enum sms_place {
	SMS_IN_URL,    /* percent, all but the unreserved of RFC 3986 */
	SMS_IN_FORM,   /* percent, as in a URL */
	SMS_IN_JSON,   /* within the quotes of a string */
	SMS_IN_HEADER, /* as it is; nothing that could end the line */
	SMS_IN_TEXT,   /* as it is */
};

struct sms_values {
	const char *to, *text, *reference, *user, *password, *from;
};

/* The place that a body of this content type is. */
enum sms_place sms_body_place(const char *content_type);
/* Adds the template with its values. 0, or -1 when a value cannot stand in
 * that place. */
int sms_expand(struct buf *out, const char *template, enum sms_place place,
    const struct sms_values *values);
/* Whether it is a number in E.164: a plus and 7 to 15 digits. */
bool sms_number(const char *number);
/* Whether every character is in the GSM 03.38 alphabet or its extension. */
bool sms_is_gsm(const char *text);

#endif
