/* sms_json: one member out of a gateway's answer in JSON. Pure. */
#ifndef TRANSPORT_SMS_JSON_H
#define TRANSPORT_SMS_JSON_H

#include "arena.h"
#include "span.h"

/* Deeper JSON is not read. */
#define SMS_JSON_DEPTH 32

/* The string or number that `path` ("messages.0.message-id") leads to, in the
 * arena. NULL when there is none or the text is not JSON (RFC 8259) from its
 * beginning to its end. */
char *sms_json_at(struct arena *arena, struct span text, const char *path);

#endif
