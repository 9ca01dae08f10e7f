#include <inttypes.h>
#include <string.h>

#include "buf.h"
#include "json.h"
#include "utf8.h"

static void
add_string(struct buf *out, struct span text)
{
	buf_put(out, '"');
	while (text.len > 0) {
		size_t len;
		uint32_t c = utf8_read(text, &len);

		if (c == UTF8_BAD)
			utf8_put(out, UTF8_REPLACEMENT);
		else if (c == '"' || c == '\\')
			buf_print(out, "\\%c", (char)c);
		else if (c == '\n')
			buf_add_text(out, "\\n");
		else if (c < 0x20 || (c >= 0x7f && c < 0xa0) || c == 0x2028 || c == 0x2029)
			buf_print(out, "\\u%04x", (unsigned)c);
		else
			buf_add(out, (struct span){text.at, len});
		text.at += len;
		text.len -= len;
	}
	buf_put(out, '"');
}

static void
begin_value(struct json *json, const char *name)
{
	if (json->follows)
		buf_put(&json->out, ',');
	json->follows = true;
	if (name != NULL) {
		add_string(&json->out, span_of(name));
		buf_put(&json->out, ':');
	}
}

void
json_object(struct json *json, const char *name)
{
	begin_value(json, name);
	buf_put(&json->out, '{');
	json->follows = false;
}

void
json_array(struct json *json, const char *name)
{
	begin_value(json, name);
	buf_put(&json->out, '[');
	json->follows = false;
}

void
json_end_object(struct json *json)
{
	buf_put(&json->out, '}');
	json->follows = true;
}

void
json_end_array(struct json *json)
{
	buf_put(&json->out, ']');
	json->follows = true;
}

void
json_span(struct json *json, const char *name, struct span text)
{
	begin_value(json, name);
	add_string(&json->out, text);
}

void
json_text(struct json *json, const char *name, const char *text)
{
	json_span(json, name, span_of(text));
}

void
json_number(struct json *json, const char *name, int64_t number)
{
	begin_value(json, name);
	buf_print(&json->out, "%" PRId64, number);
}

void
json_bool(struct json *json, const char *name, bool yes)
{
	begin_value(json, name);
	buf_add_text(&json->out, yes ? "true" : "false");
}

void
json_null(struct json *json, const char *name)
{
	begin_value(json, name);
	buf_add_text(&json->out, "null");
}
