/* json: writing JSON (RFC 8259), one value after the other.
 *
 * Commas and quotes are its business; the caller opens, names and closes.
 * Text that is not UTF-8 leaves with U+FFFD. */
#ifndef BASE_JSON_H
#define BASE_JSON_H

#include <stdbool.h>
#include <stdint.h>

#include "buf.h"
#include "span.h"

struct json {
	struct buf out;
	bool follows; /* the next value needs a comma before it */
};

static inline struct json
json_in(struct arena *arena)
{
	return (struct json){.out = buf_in(arena)};
}

/* `name` is the member's name within an object, NULL within an array. */
void json_object(struct json *json, const char *name);
void json_array(struct json *json, const char *name);
void json_end_object(struct json *json);
void json_end_array(struct json *json);
void json_text(struct json *json, const char *name, const char *text);
void json_span(struct json *json, const char *name, struct span text);
void json_number(struct json *json, const char *name, int64_t number);
void json_bool(struct json *json, const char *name, bool yes);
void json_null(struct json *json, const char *name);

#endif
