#include "buf.h"
#include "utf8.h"

#include "quote_reply.h"
#include "quote_rules.h"
#include "quote_tail.h"

/* A signature is short. What is longer below two dashes is text. */
#define SIGNATURE_LINES 14
#define DEVICE_OCTETS	120
#define GREETING_OCTETS 60
/* Rules below which a list's footer is looked for. */
#define RULES_MAX 50
/* A lawyer's notice is longer than a person's remark, and what it is stands in
 * its first lines; some have it in two or three languages. */
#define NOTICE_LEAST 60
#define NOTICE_SEEN  1000
#define NOTICES_MAX  4

static bool
is_signature_mark(struct span s)
{
	s = span_trim(s);
	return span_is(s, "--") || span_is(s, "- --");
}

/* Where a signature ends that begins with line `i`: at the next quote; `i` when
 * it would be too long for one. */
static size_t
end_of_signature(const struct reply *reply, size_t i)
{
	size_t end = i, filled = 0;

	while (end < reply->count && filled <= SIGNATURE_LINES &&
	       (reply->lines[end].kind == LINE_TEXT ||
		   reply->lines[end].kind == LINE_BLANK)) {
		filled += reply->lines[end].kind == LINE_TEXT;
		end++;
	}
	return filled <= SIGNATURE_LINES ? end : i;
}

static bool
asks(struct span s)
{
	static const char *const marks[] = {"?", "？", "؟"};

	s = span_trim(s);
	for (size_t i = 0; i < sizeof marks / sizeof *marks; i++) {
		size_t len = strlen(marks[i]);

		if (s.len >= len &&
		    memcmp(s.at + s.len - len, marks[i], len) == 0)
			return true;
	}
	return false;
}

/* Whether two dashes at line `i` may be a person's own, for want of a better
 * way to part one thing from the next. Clients write them with a blank behind
 * (RFC 3676, section 4.3), though many a server takes that off. A signature
 * asks nothing, and is the last thing. */
static bool
parts_the_text(const struct reply *reply, size_t i)
{
	struct span mark = reply->lines[i].text;
	size_t end = end_of_signature(reply, i);

	if (mark.at[mark.len - 1] == ' ')
		return false;
	while (++i < end) {
		if (asks(reply->lines[i].text) ||
		    is_signature_mark(reply->lines[i].text))
			return true;
	}
	return false;
}

static void
drop_signature(struct reply *reply, size_t i)
{
	size_t end = end_of_signature(reply, i);

	while (i < end)
		reply->lines[i++].kind = LINE_DROPPED;
}

/* Whether a mailing list's footer stands below a rule. */
static bool
is_footer(const struct reply *reply, size_t i)
{
	size_t end = i + 5 < reply->count ? i + 5 : reply->count;

	for (size_t k = i + 1; k < end; k++) {
		struct span s = reply->lines[k].text;

		if (s.len <= QUOTE_LINE_SEEN &&
		    quote_matches(reply->matcher, QUOTE_FOOTER, s))
			return true;
	}
	return false;
}

/* Whether nothing of the person's own comes below line `i`. */
static bool
ends_here(const struct reply *reply, size_t i)
{
	i = quote_next_filled(reply, i + 1);
	return i == reply->count || reply->lines[i].kind != LINE_TEXT;
}

/* The line without the addresses that HTML's links leave: "Sent from Mail
 * <https://...> for Windows". */
static struct span
without_links(struct arena *arena, struct span s)
{
	struct buf out = buf_in(arena);

	if (s.len == 0 || memchr(s.at, '<', s.len) == NULL)
		return s;
	for (size_t i = 0; i < s.len; i++) {
		struct span rest = {s.at + i, s.len - i};
		const char *close = span_begins(rest, "<http")
		    ? memchr(rest.at, '>', rest.len)
		    : NULL;

		if (close != NULL)
			i = (size_t)(close - s.at);
		else
			buf_put(&out, s.at[i]);
	}
	return span_trim(buf_span(&out));
}

/* "Sent from ..." of a client: people send goods, too. */
static bool
is_device(const struct quote_matcher *m, struct span s)
{
	return quote_matches(m, QUOTE_DEVICE, s) ||
	       (quote_matches(m, QUOTE_SENDING, s) &&
		   quote_matches(m, QUOTE_MAKE, s));
}

/* Drops a device's advertisement when nothing of the person's comes below.
 * Some are known by what they link to, whatever the language. */
static void
look_for_device(struct reply *reply, size_t i)
{
	struct span whole, s;

	if (!ends_here(reply, i))
		return;
	whole = span_trim(reply->lines[i].text);
	if (whole.len > QUOTE_LINE_SEEN)
		return;
	s = without_links(reply->arena, whole);
	if ((s.len > 0 && s.len <= DEVICE_OCTETS &&
		is_device(reply->matcher, s)) ||
	    (s.len < whole.len &&
		quote_matches(reply->matcher, QUOTE_DEVICE, whole)))
		reply->lines[i].kind = LINE_DROPPED;
}

static void
look_for_signatures(struct reply *reply)
{
	size_t rules = 0;
	bool parted = false;

	for (size_t i = 0; i < reply->count; i++) {
		struct span s = reply->lines[i].text;

		if (reply->lines[i].kind != LINE_TEXT ||
		    !quote_rule_octet(span_trim(s).at[0]))
			continue;
		if (is_signature_mark(s)) {
			/* A text once parted by dashes is so to its end. */
			parted = parted || parts_the_text(reply, i);
			if (!parted)
				drop_signature(reply, i);
		} else if (quote_is_rule(s) && rules++ < RULES_MAX &&
			   is_footer(reply, i)) {
			drop_signature(reply, i);
		}
	}
	/* From below, since two of them may stand in a row. */
	for (size_t i = reply->count; i > 0; i--) {
		if (reply->lines[i - 1].kind == LINE_TEXT)
			look_for_device(reply, i - 1);
	}
}

/* The lines from `first` to `end` as one, as far as a pattern looks. */
static struct span
as_one(const struct reply *reply, size_t first, size_t end)
{
	struct buf out = buf_in(reply->arena);
	struct span s;

	for (size_t i = first; i < end && out.len < NOTICE_SEEN; i++) {
		buf_add(&out, span_trim(reply->lines[i].text));
		buf_put(&out, ' ');
	}
	s = buf_span(&out);
	if (s.len > NOTICE_SEEN)
		s.len = utf8_cut(s, NOTICE_SEEN);
	return span_trim(s);
}

/* The end of the person's part: below it nothing was kept. */
static size_t
end_of_kept(const struct reply *reply)
{
	size_t end = reply->count;

	while (end > 0 && reply->lines[end - 1].kind != LINE_TEXT)
		end--;
	return end;
}

/* Drops paragraphs at the end that are a confidentiality notice. One that
 * asks something is the person's, and so is a first one: then there is
 * nothing else to read. */
static void
look_for_notices(struct reply *reply)
{
	for (int found = 0; found < NOTICES_MAX; found++) {
		size_t end = end_of_kept(reply), first = end;
		struct span s;

		while (first > 0 &&
		       reply->lines[first - 1].kind == LINE_TEXT &&
		       !quote_is_rule(reply->lines[first - 1].text))
			first--;
		s = as_one(reply, first, end);
		if (first == 0 || s.len < NOTICE_LEAST ||
		    memchr(s.at, '?', s.len) != NULL ||
		    !quote_matches(reply->matcher, QUOTE_NOTICE, s))
			return;
		if (quote_is_rule(reply->lines[first - 1].text))
			first--;
		while (first < end)
			reply->lines[first++].kind = LINE_DROPPED;
	}
}

/* Whether a single line is left that greets. */
static bool
only_greets(const struct reply *reply)
{
	struct span greeting = {"", 0};
	size_t left = 0;

	for (size_t i = 0; i < reply->count && left <= 1; i++) {
		if (reply->lines[i].kind != LINE_TEXT)
			continue;
		left++;
		greeting = span_trim(reply->lines[i].text);
	}
	return left == 1 && greeting.len <= GREETING_OCTETS &&
	       quote_matches(reply->matcher, QUOTE_GREETING, greeting);
}

/* Nobody writes to say hello: what would leave nothing else may be the message
 * itself below two dashes, or tells at least who sent a mail too early, and
 * from where. */
void
quote_tail_drop(struct reply *reply)
{
	look_for_signatures(reply);
	look_for_notices(reply);
	if (!only_greets(reply))
		return;
	for (size_t i = 0; i < reply->count; i++) {
		if (reply->lines[i].kind == LINE_DROPPED)
			reply->lines[i].kind = span_trim(
			    reply->lines[i].text).len > 0 ? LINE_TEXT
							  : LINE_BLANK;
	}
}
