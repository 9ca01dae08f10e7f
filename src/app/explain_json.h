/* explain_json: a mail as the reader understood it, as JSON. */
#ifndef APP_EXPLAIN_JSON_H
#define APP_EXPLAIN_JSON_H

#include "json.h"
#include "mail_read.h"

/* The members of the object that is open: file, from, to, cc, subject, date,
 * message_id, text, new_text, attachments, kind, kind_reason, bounce, flags.
 * The caller opens and closes it, and may add its own members. */
void explain_mail(
    struct json *json, const char *file, const struct mail_reading *reading);

#endif
