#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "span.h"
#include "utf8.h"

#include "sms_json.h"

/* A reader that goes once through the text and keeps what it came for. An
 * error sticks. */
struct reader {
	const char *at, *end;
	bool bad;
	struct buf *found; /* NULL until the path is reached */
	bool hit;
};

static void
skip_blanks(struct reader *r)
{
	while (r->at < r->end && ascii_blank((unsigned char)*r->at))
		r->at++;
}

static bool
next_is(struct reader *r, char c)
{
	skip_blanks(r);
	if (r->at == r->end || *r->at != c)
		return false;
	r->at++;
	return true;
}

static unsigned
read_hex4(struct reader *r)
{
	unsigned value = 0;

	for (int i = 0; i < 4; i++) {
		int c = r->at < r->end ? ascii_lower((unsigned char)*r->at) : 0;

		if (ascii_digit(c))
			value = value * 16 + (unsigned)(c - '0');
		else if (c >= 'a' && c <= 'f')
			value = value * 16 + (unsigned)(c - 'a') + 10;
		else
			r->bad = true;
		r->at += r->bad ? 0 : 1;
	}
	return value;
}

static void
read_escape(struct reader *r, struct buf *out)
{
	static const char names[] = "\"\\/bfnrt", means[] = "\"\\/\b\f\n\r\t";
	char c = r->at < r->end ? *r->at++ : '\0';
	const char *name = c != '\0' ? strchr(names, c) : NULL;
	uint32_t high, low;

	if (name != NULL) {
		buf_put(out, means[name - names]);
		return;
	}
	if (c != 'u') {
		r->bad = true;
		return;
	}
	high = read_hex4(r);
	if (high >= 0xd800 && high <= 0xdbff && r->end - r->at >= 2 &&
	    r->at[0] == '\\' && r->at[1] == 'u') {
		r->at += 2;
		low = read_hex4(r);
		if (low >= 0xdc00 && low <= 0xdfff)
			high =
			    0x10000 + ((high - 0xd800) << 10) + (low - 0xdc00);
	}
	utf8_put(out, high > 0x10ffff || (high >= 0xd800 && high <= 0xdfff)
			  ? UTF8_REPLACEMENT
			  : high);
}

/* A string behind its opening quote. */
static void
read_string(struct reader *r, struct buf *out)
{
	while (!r->bad) {
		char c;

		if (r->at == r->end || (unsigned char)*r->at < 0x20) {
			r->bad = true;
			return;
		}
		c = *r->at++;
		if (c == '"')
			return;
		if (c == '\\')
			read_escape(r, out);
		else
			buf_put(out, c);
	}
}

static size_t
digits(struct reader *r)
{
	const char *from = r->at;

	while (r->at < r->end && ascii_digit((unsigned char)*r->at))
		r->at++;
	return (size_t)(r->at - from);
}

static void
read_number(struct reader *r, struct buf *out)
{
	const char *from = r->at;

	if (r->at < r->end && *r->at == '-')
		r->at++;
	if (r->at < r->end && *r->at == '0')
		r->at++;
	else
		r->bad = digits(r) == 0;
	if (r->at < r->end && *r->at == '.') {
		r->at++;
		r->bad = r->bad || digits(r) == 0;
	}
	if (r->at < r->end && (*r->at == 'e' || *r->at == 'E')) {
		r->at++;
		if (r->at < r->end && (*r->at == '+' || *r->at == '-'))
			r->at++;
		r->bad = r->bad || digits(r) == 0;
	}
	buf_add(out, span_from(from, r->at));
}

static bool
read_word(struct reader *r)
{
	static const char *const words[] = {"true", "false", "null"};

	for (size_t i = 0; i < 3; i++) {
		size_t len = strlen(words[i]);

		if ((size_t)(r->end - r->at) >= len &&
		    memcmp(r->at, words[i], len) == 0) {
			r->at += len;
			return true;
		}
	}
	return false;
}

/* What is left of the path behind this member; NULL when the path does not
 * go through it. */
static const char *
step_into(const char *path, struct span member)
{
	size_t len;

	if (path == NULL)
		return NULL;
	len = strcspn(path, ".");
	if (len != member.len || len == 0 || memcmp(path, member.at, len) != 0)
		return NULL;
	return path + len + (path[len] == '.');
}

static void read_value(struct reader *r, const char *path, int depth);

static void
read_object(struct reader *r, const char *path, int depth)
{
	if (next_is(r, '}'))
		return;
	do {
		struct buf name = buf_in(r->found->arena);

		r->bad = r->bad || !next_is(r, '"');
		read_string(r, &name);
		r->bad = r->bad || !next_is(r, ':');
		if (!r->bad)
			read_value(r, step_into(path, buf_span(&name)), depth);
	} while (!r->bad && next_is(r, ','));
	r->bad = r->bad || !next_is(r, '}');
}

static void
read_array(struct reader *r, const char *path, int depth)
{
	unsigned i = 0;

	if (next_is(r, ']'))
		return;
	do {
		struct buf name = buf_in(r->found->arena);

		if (path != NULL)
			buf_print(&name, "%u", i++);
		read_value(r, step_into(path, buf_span(&name)), depth);
	} while (!r->bad && next_is(r, ','));
	r->bad = r->bad || !next_is(r, ']');
}

static void
read_value(struct reader *r, const char *path, int depth)
{
	struct buf skipped = buf_in(r->found->arena);
	bool here = path != NULL && path[0] == '\0' && !r->hit;
	struct buf *out = here ? r->found : &skipped;

	if (depth >= SMS_JSON_DEPTH) {
		r->bad = true;
	} else if (next_is(r, '{')) {
		read_object(r, path, depth + 1);
	} else if (next_is(r, '[')) {
		read_array(r, path, depth + 1);
	} else if (next_is(r, '"')) {
		read_string(r, out);
		r->hit = r->hit || here;
	} else if (r->at < r->end &&
		   (*r->at == '-' || ascii_digit((unsigned char)*r->at))) {
		read_number(r, out);
		r->hit = r->hit || here;
	} else if (!read_word(r)) {
		r->bad = true;
	}
}

char *
sms_json_at(struct arena *arena, struct span text, const char *path)
{
	struct buf found = buf_in(arena);
	struct reader r = {
	    .at = text.at, .end = text.at + text.len, .found = &found};

	if (text.len == 0)
		return NULL;
	read_value(&r, path, 0);
	skip_blanks(&r);
	/* Nothing follows, or it was cut or is no JSON. */
	if (r.bad || r.at != r.end || !r.hit || found.len == 0)
		return NULL;
	return buf_text(&found);
}
