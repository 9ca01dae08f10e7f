#include <stdbool.h>
#include <stdint.h>
#include <string.h>

#include "span.h"

#include "wire.h"

const char *
wire_word(enum wire_result result)
{
	switch (result) {
	case WIRE_OK:
		return "nothing wrong";
	case WIRE_LONG:
		return "a line without an end";
	case WIRE_CONTROL:
		return "control octets in a line";
	case WIRE_DEEP:
		return "too many parentheses";
	case WIRE_LARGE:
		return "more octets than were asked for";
	case WIRE_STRAY:
		return "a literal where none belongs";
	case WIRE_UNSAFE:
		return "a response that cannot be read safely";
	case WIRE_BYE:
		return "it said goodbye";
	}
	return "?";
}

/* The place behind `word` in the line, or NULL. */
static const char *
behind(struct span line, const char *word)
{
	size_t len = strlen(word);

	for (size_t i = 0; i + len <= line.len; i++) {
		struct span rest = {line.at + i, line.len - i};

		if (span_begins(rest, word))
			return rest.at + len;
	}
	return NULL;
}

/* Whether a flag may begin so; libetpan's list of permanent flags is a null
 * pointer when its first flag does not, and then it follows that pointer. */
static bool
begins_flag(struct span s)
{
	if (s.len == 0)
		return false;
	if (s.at[0] == '\\')
		return s.len > 1 && (s.at[1] == '*' ||
				     ascii_alpha((unsigned char)s.at[1]));
	return s.at[0] > ' ' && s.at[0] < 0x7f &&
	       strchr("(){%*\"]", s.at[0]) == NULL;
}

/* "* OK [PERMANENTFLAGS (\Seen \*)] Limited" */
static bool
flags_are_safe(struct span line)
{
	const char *end = line.at + line.len;
	const char *at = behind(line, "PERMANENTFLAGS");

	if (at == NULL)
		return true;
	if (end - at < 3 || at[0] != ' ' || at[1] != '(')
		return false;
	at += 2;
	if (at[0] == ')')
		return true;
	return begins_flag(span_from(at, end));
}

/* "* 12 FETCH (..." and the like: the word behind the number; empty when the
 * line is none of these. */
static struct span
numbered(struct span line)
{
	const char *at = line.at + 2, *end = line.at + line.len;

	if (line.len < 3 || memcmp(line.at, "* ", 2) != 0)
		return (struct span){0};
	while (at < end && ascii_digit((unsigned char)*at))
		at++;
	if (at == line.at + 2 || at == end || *at != ' ')
		return (struct span){0};
	return span_from(at + 1, end);
}

static enum wire_result
check_octets(struct wire *wire, struct span line)
{
	for (size_t i = 0; i < line.len; i++) {
		unsigned char c = (unsigned char)line.at[i];

		if (c < ' ' && c != '\t')
			return WIRE_CONTROL;
		if (c == '(' && ++wire->depth > WIRE_DEPTH_MAX)
			return WIRE_DEEP;
		if (c == ')' && wire->depth > 0)
			wire->depth--;
	}
	return WIRE_OK;
}

/* The octets that a FETCH line announces at its end ("... BODY[] {342}").
 * libetpan takes blanks around and within the braces; a line that uses them
 * is refused, so that both sides always agree on what is a literal. */
static enum wire_result
announced(struct wire *wire, struct span line)
{
	const char *brace = memchr(line.at, '{', line.len);
	const char *end = line.at + line.len;
	uint64_t size = 0;

	if (brace == NULL) {
		wire->state = WIRE_RESPONSE;
		return WIRE_OK;
	}
	if (end - brace < 3 || end - brace > 12 || end[-1] != '}')
		return WIRE_STRAY;
	for (const char *at = brace + 1; at < end - 1; at++) {
		if (!ascii_digit((unsigned char)*at))
			return WIRE_STRAY;
		size = size * 10 + (uint64_t)(*at - '0');
	}
	if (size > wire->literal_max)
		return WIRE_LARGE;
	wire->literal_left = (size_t)size;
	wire->state = size > 0 ? WIRE_LITERAL : WIRE_REST;
	return WIRE_OK;
}

/* A whole line, without its LF. */
static enum wire_result
check_line(struct wire *wire, struct span line)
{
	enum wire_result result;
	struct span word;

	if (line.len > 0 && line.at[line.len - 1] == '\r')
		line.len--;
	if (wire->state == WIRE_RESPONSE)
		wire->depth = 0;
	result = check_octets(wire, line);
	if (result != WIRE_OK)
		return result;
	if (wire->state == WIRE_REST)
		return announced(wire, line);
	word = numbered(line);
	if (span_begins(word, "FETCH"))
		return announced(wire, line);
	if (span_is(span_trim(word), "EXISTS"))
		wire->news++;
	if (span_begins(line, "* BYE"))
		return WIRE_BYE;
	if (!flags_are_safe(line) || span_begins(line, "* STATUS"))
		return WIRE_UNSAFE;
	line = span_trim(line);
	if (line.len > 0 && line.at[line.len - 1] == '}')
		return WIRE_STRAY;
	return WIRE_OK;
}

/* A piece of a line up to and with its LF, or all that is there. */
static enum wire_result
feed_line(struct wire *wire, struct span *rest)
{
	const char *lf = memchr(rest->at, '\n', rest->len);
	size_t len = lf == NULL ? rest->len : (size_t)(lf - rest->at);
	struct span line = {rest->at, len};

	if (len > WIRE_LINE_MAX - wire->len)
		return WIRE_LONG;
	if (wire->len > 0 || lf == NULL) {
		memcpy(wire->line + wire->len, rest->at, len);
		wire->len += len;
		line = (struct span){wire->line, wire->len};
	}
	rest->at += len;
	rest->len -= len;
	if (lf == NULL)
		return WIRE_OK;
	rest->at++;
	rest->len--;
	wire->len = 0;
	return check_line(wire, line);
}

enum wire_result
wire_feed(struct wire *wire, const char *octets, size_t len)
{
	struct span rest = {octets, len};
	enum wire_result result = WIRE_OK;

	while (rest.len > 0 && result == WIRE_OK) {
		size_t n;

		if (wire->state != WIRE_LITERAL) {
			result = feed_line(wire, &rest);
			continue;
		}
		n = rest.len < wire->literal_left ? rest.len :
						    wire->literal_left;
		rest.at += n;
		rest.len -= n;
		wire->literal_left -= n;
		if (wire->literal_left == 0)
			wire->state = WIRE_REST;
	}
	return result;
}
