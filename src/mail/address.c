#include <config.h>

#include <string.h>

#include "arena.h"
#include "buf.h"
#include "record.h"
#include "span.h"

#include "address.h"
#include "charset.h"
#include "clean.h"
#include "flag.h"
#include "word.h"

#define QUOTED_BLANK '\001' /* a blank within a quoted local part */

/* One mailbox is gathered until its ',' or ';'. */
struct scan {
	struct arena *arena;
	const struct address_limits *limits;
	struct address_list *list;
	struct flags *flags;
	const char *at, *end;
	struct buf phrase;    /* words outside of < >, quotes off */
	struct buf comment;   /* the last comment */
	struct Address *last; /* of this mailbox, once < > was seen */
	bool full;	      /* the limit is reached */
	bool odd_quotes;
	bool no_quote, no_comment; /* nothing closes one any more */
};

static struct span
take_text(struct scan *scan, struct span raw)
{
	return word_decode(scan->arena, raw, scan->limits->words, scan->flags);
}

/* Local part as written, domain in lower case, neither blanks nor controls
 * but those within quotes. */
static char *
normal_address(struct scan *scan, struct span raw)
{
	struct buf out = buf_in(scan->arena);
	size_t at_sign = raw.len;

	for (size_t i = 0; i < raw.len; i++)
		if (raw.at[i] == '@')
			at_sign = i;
	for (size_t i = 0; i < raw.len; i++) {
		char c = raw.at[i];

		if (ascii_blank((unsigned char)c))
			continue;
		if (c == QUOTED_BLANK)
			c = ' ';
		if (i > at_sign)
			c = (char)ascii_lower((unsigned char)c);
		buf_put(&out, c);
	}
	while (out.len > 0 && out.at[out.len - 1] == '.')
		out.len--;
	return clean_text(scan->arena,
	    charset_to_utf8(
		scan->arena, buf_span(&out), span_of(""), scan->flags),
	    scan->flags);
}

static void
set_name(struct scan *scan, struct Address *address, struct span raw)
{
	struct buf out = buf_in(scan->arena);

	for (size_t i = 0; i < raw.len; i++)
		buf_put(&out, raw.at[i] == QUOTED_BLANK ? ' ' : raw.at[i]);
	address->name = clean_text(
	    scan->arena, take_text(scan, buf_span(&out)), scan->flags);
}

static struct Address *
add(struct scan *scan, struct span raw, struct span name)
{
	struct Address *address;

	if (scan->list->count == scan->limits->addresses) {
		flag_raise(scan->flags, FLAG_LIMIT_ADDRESSES);
		scan->full = true;
		return NULL;
	}
	address = record_new(scan->arena, &address__descriptor);
	if (raw.len > 0)
		address->address = normal_address(scan, raw);
	set_name(scan, address, name);
	if (address->address[0] == '\0' && address->name[0] == '\0')
		return NULL;
	record_append(scan->arena, (void ***)&scan->list->list,
	    &scan->list->count, address);
	return address;
}

/* A phrase without < >: the last word with an '@' is the address and the rest
 * is its name. Blanks round the '@' are obsolete syntax. */
static void
add_phrase(struct scan *scan, struct span phrase)
{
	const char *sign = memrchr(phrase.at, '@', phrase.len);
	const char *start = sign, *stop = sign + 1;
	const char *end = phrase.at + phrase.len;
	struct buf name = buf_in(scan->arena);

	while (start > phrase.at && ascii_blank((unsigned char)start[-1]))
		start--;
	while (start > phrase.at && !ascii_blank((unsigned char)start[-1]))
		start--;
	while (stop < end && ascii_blank((unsigned char)*stop))
		stop++;
	while (stop < end && !ascii_blank((unsigned char)*stop))
		stop++;
	buf_add(&name, span_from(phrase.at, start));
	buf_add(&name, span_from(stop, end));
	if (span_trim(buf_span(&name)).len > 0)
		flag_raise(scan->flags, FLAG_BAD_ADDRESS);
	else
		name = scan->comment;
	add(scan, span_from(start, stop), buf_span(&name));
}

/* An encoded word may hold the address too: `=?utf-8?q?Jo_=3Cjo=40x.org=3E?=`.
 * It is forbidden, and read only when nothing else is there. */
static bool
add_decoded(struct scan *scan, struct span phrase)
{
	struct span text;
	const char *open, *close;

	if (memmem(phrase.at, phrase.len, "=?", 2) == NULL)
		return false;
	text = take_text(scan, phrase);
	if (text.len == 0 || memchr(text.at, '@', text.len) == NULL)
		return false;
	flag_raise(scan->flags, FLAG_BAD_ADDRESS);
	open = memrchr(text.at, '<', text.len);
	close = memrchr(text.at, '>', text.len);
	if (open && close && open < close)
		add(scan, span_from(open + 1, close), span_from(text.at, open));
	else
		add_phrase(scan, text);
	return true;
}

static void
end_mailbox(struct scan *scan)
{
	struct span phrase = span_trim(buf_span(&scan->phrase));
	struct span comment = buf_span(&scan->comment);

	if (phrase.len > 0 && memchr(phrase.at, '@', phrase.len)) {
		add_phrase(scan, phrase);
	} else if (scan->last != NULL) {
		if (scan->last->name[0] == '\0')
			set_name(scan, scan->last,
			    phrase.len > 0 ? phrase : comment);
	} else if (phrase.len > 0 && !add_decoded(scan, phrase)) {
		bool one_word = memchr(phrase.at, ' ', phrase.len) == NULL &&
				memchr(phrase.at, '=', phrase.len) == NULL;

		flag_raise(scan->flags, FLAG_BAD_ADDRESS);
		if (one_word)
			add(scan, phrase, comment);
		else
			add(scan, (struct span){"", 0}, phrase);
	}
	scan->phrase = buf_in(scan->arena);
	scan->comment = buf_in(scan->arena);
	scan->last = NULL;
}

/* Text in quotes, the scan standing after the first one. Where quotes are
 * odd in number, one that seems to hold a whole mailbox and the next comma is
 * one that was forgotten to be closed. */
static void
take_quoted(struct scan *scan)
{
	struct buf text = buf_in(scan->arena);
	const char *at = scan->at;
	bool local;

	for (; at < scan->end && *at != '"'; at++) {
		if (scan->odd_quotes && *at == '>' && at + 1 < scan->end &&
		    (at[1] == ',' || at[1] == ';'))
			break;
		if (*at == '\\' && at + 1 < scan->end)
			at++;
		buf_put(&text, *at);
	}
	if (at == scan->end || *at != '"') {
		flag_raise(scan->flags, FLAG_BAD_ADDRESS);
		scan->no_quote = at == scan->end;
		return;
	}
	scan->at = at + 1;
	local = scan->at < scan->end && *scan->at == '@';
	if (local)
		buf_put(&scan->phrase, '"');
	for (size_t i = 0; i < text.len; i++)
		buf_put(&scan->phrase,
		    local && text.at[i] == ' ' ? QUOTED_BLANK : text.at[i]);
	if (local)
		buf_put(&scan->phrase, '"');
}

/* A comment, the scan standing after its '('. */
static void
take_comment(struct scan *scan)
{
	struct buf text = buf_in(scan->arena);
	const char *at = scan->at;
	int depth = 1;

	for (; at < scan->end; at++) {
		if (*at == '(')
			depth++;
		if (*at == ')' && --depth == 0)
			break;
		if (*at == '\\' && at + 1 < scan->end)
			at++;
		buf_put(&text, *at);
	}
	if (at == scan->end) {
		flag_raise(scan->flags, FLAG_BAD_ADDRESS);
		scan->no_comment = true;
		buf_put(&scan->phrase, '(');
		return;
	}
	scan->at = at + 1;
	scan->comment = text;
	buf_put(&scan->phrase, ' ');
}

/* Where an address in < > ends: at its '>', or, when that was forgotten,
 * where the next mailbox begins. Commas may stand in a route (RFC 5322, 4.4)
 * and in quotes. */
static const char *
angle_end(struct scan *scan)
{
	bool route = scan->at < scan->end && *scan->at == '@';
	bool in_quotes = false;
	const char *at = scan->at;

	for (; at < scan->end; at++) {
		if (*at == '"')
			in_quotes = !in_quotes;
		else if (*at == '\\' && at + 1 < scan->end)
			at++;
		else if (*at == '>' && (!in_quotes || scan->odd_quotes))
			return at;
		else if (in_quotes)
			continue;
		else if (*at == '<' || *at == ';' || (*at == ',' && !route))
			break;
	}
	flag_raise(scan->flags, FLAG_BAD_ADDRESS);
	return at;
}

/* What stands in < >, the scan standing after the first '<'. */
static void
take_angle(struct scan *scan)
{
	struct buf raw = buf_in(scan->arena);
	struct span spec, name;
	const char *end, *colon;
	bool in_quotes = false;

	while (scan->at < scan->end &&
	       (*scan->at == '<' || ascii_blank((unsigned char)*scan->at)))
		scan->at++;
	end = angle_end(scan);
	spec = span_from(scan->at, end);
	scan->at = end;
	while (scan->at < scan->end && *scan->at == '>')
		scan->at++;
	if (spec.len > 7 && span_begins(spec, "mailto:"))
		spec = (struct span){spec.at + 7, spec.len - 7};
	colon = spec.len > 0 && spec.at[0] == '@'
		    ? memrchr(spec.at, ':', spec.len)
		    : NULL;
	if (colon != NULL)
		spec = span_from(colon + 1, spec.at + spec.len);
	for (size_t i = 0; i < spec.len; i++) {
		if (spec.at[i] == '"')
			in_quotes = !in_quotes;
		buf_put(&raw,
		    in_quotes && spec.at[i] == ' ' ? QUOTED_BLANK : spec.at[i]);
	}
	name = span_trim(buf_span(&scan->phrase));
	if (spec.len == 0)
		return;
	if (memchr(spec.at, '@', spec.len) == NULL)
		flag_raise(scan->flags, FLAG_BAD_ADDRESS);
	if (scan->last != NULL) /* `a <b@c> d <e@f>`: a comma is missing */
		flag_raise(scan->flags, FLAG_BAD_ADDRESS);
	scan->last = add(scan, buf_span(&raw), name);
	scan->phrase = buf_in(scan->arena);
}

/* `name: a@b, c@d;` is a group (RFC 5322, 3.4). A colon after an '@' is
 * something else. */
static void
take_colon(struct scan *scan)
{
	if (scan->phrase.len > 0 &&
	    memchr(scan->phrase.at, '@', scan->phrase.len)) {
		buf_put(&scan->phrase, ':');
		return;
	}
	scan->phrase.len = 0;
}

static bool
quotes_are_odd(struct span body)
{
	bool odd = false;

	for (size_t i = 0; i < body.len; i++) {
		if (body.at[i] == '\\')
			i++;
		else if (body.at[i] == '"')
			odd = !odd;
	}
	return odd;
}

/* One octet, or all of an encoded word: its text may hold commas. */
static void
take_other(struct scan *scan, char c)
{
	size_t len = 0;

	if (c == '=')
		len = word_length(span_from(scan->at - 1, scan->end));
	if (len > 0) {
		buf_add(&scan->phrase, (struct span){scan->at - 1, len});
		scan->at += len - 1;
		return;
	}
	if (c == '\\' && scan->at < scan->end)
		c = *scan->at++;
	buf_put(&scan->phrase, c);
}

void
address_list_read(struct arena *arena, struct span body,
    const struct address_limits *limits, struct address_list *list,
    struct flags *flags)
{
	struct scan scan = {
	    .arena = arena,
	    .limits = limits,
	    .list = list,
	    .flags = flags,
	    .at = body.at,
	    .end = body.at + body.len,
	    .phrase = buf_in(arena),
	    .comment = buf_in(arena),
	    .odd_quotes = quotes_are_odd(body),
	};

	while (scan.at < scan.end && !scan.full) {
		char c = *scan.at++;

		if (c == ',' || c == ';')
			end_mailbox(&scan);
		else if (c == '"' && !scan.no_quote)
			take_quoted(&scan);
		else if (c == '(' && !scan.no_comment)
			take_comment(&scan);
		else if (c == '<')
			take_angle(&scan);
		else if (c == ':')
			take_colon(&scan);
		else if (c != '>' && c != '"')
			take_other(&scan, c);
	}
	end_mailbox(&scan);
}
