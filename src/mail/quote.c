#include "buf.h"
#include "utf8.h"

#include "quote.h"
#include "quote_attribution.h"
#include "quote_head.h"
#include "quote_line.h"
#include "quote_rules.h"

/* What patterns see of a text: the first lines of a reply tell where it ends,
 * and what a stranger can make us search stays bounded. */
#define SEEN_OCTETS (256 * 1024)
#define SEEN_LINE   600
/* A person's reply has a handful of lines that end like an attribution; what
 * comes behind this many counts as new text without a look. */
#define ATTRIBUTION_TRIES 100
/* A signature is short. What is longer below two dashes is text. */
#define SIGNATURE_LINES 14
#define DEVICE_OCTETS	120
/* A lawyer's notice is longer than a person's remark, and what it is stands in
 * its first lines; some have it in two or three languages. */
#define NOTICE_LEAST 60
#define NOTICE_SEEN  1000
#define NOTICES_MAX  4

struct reply {
	const struct quote_matcher *matcher;
	struct arena *arena;
	struct quote_line *lines;
	size_t count;
	size_t cut; /* all from this line on is the mail answered to */
	const char *passed_on; /* a forwarded mail begins here; or NULL */
	size_t tries;	       /* attributions looked for */
	struct quote_seek colon, wide_colon;
};

/* The next line from `i` on that is not blank; `count` when there is none. */
static size_t
next_filled(const struct reply *reply, size_t i)
{
	while (i < reply->count && reply->lines[i].kind == LINE_BLANK)
		i++;
	return i;
}

static bool
followed_by_quote(const struct reply *reply, size_t i)
{
	i = next_filled(reply, i);
	return i < reply->count && reply->lines[i].kind == LINE_QUOTED;
}

/* Looks for an attribution that ends at line `to`, and marks its lines when a
 * quote follows; one that is sure without it ends the reply. */
static void
look_for_attribution(struct reply *reply, size_t to)
{
	struct span lines[QUOTE_ATTRIBUTION_LINES];
	size_t count = 0, found;
	bool sure;

	if (!quote_attribution_may_end(reply->lines[to].text) ||
	    reply->tries++ >= ATTRIBUTION_TRIES)
		return;
	while (count < QUOTE_ATTRIBUTION_LINES && count <= to &&
	       reply->lines[to - count].kind == LINE_TEXT) {
		lines[count] = reply->lines[to - count].text;
		count++;
	}
	found = quote_attribution_length(
	    reply->arena, reply->matcher, lines, count, &sure);
	if (found == 0)
		return;
	if (followed_by_quote(reply, to + 1)) {
		for (size_t i = 0; i < found; i++)
			reply->lines[to - i].kind = LINE_ATTRIBUTION;
	} else if (sure) {
		reply->cut = to + 1 - found;
	}
}

static bool
rule_octet(char c)
{
	return c == '-' || c == '_' || c == '=' || c == '*' || c == ' ';
}

static bool
is_rule(struct span s)
{
	s = span_trim(s);
	if (s.len < 2)
		return false;
	for (size_t i = 0; i < s.len; i++)
		if (!rule_octet(s.at[i]))
			return false;
	return true;
}

/* The text lines from `i` on, up to a quote. */
static bool
head_begins(const struct reply *reply, size_t i)
{
	struct span some[20];
	size_t count = 0;

	for (; i < reply->count && count < 20; i++) {
		if (reply->lines[i].kind == LINE_TEXT)
			some[count++] = reply->lines[i].text;
		else if (reply->lines[i].kind == LINE_QUOTED)
			break;
	}
	return quote_head_begins(reply->matcher, some, count);
}

/* A header block, and the rule that stands above it. */
static void
look_for_head(struct reply *reply, size_t i)
{
	size_t at = i;

	if (!quote_head_may_begin(reply->matcher, reply->lines[i].text) ||
	    !head_begins(reply, i))
		return;
	for (size_t k = i; k > 0 && i - k < 3; k--) {
		const struct quote_line *above = &reply->lines[k - 1];

		if (above->kind == LINE_TEXT && is_rule(above->text))
			at = k - 1;
		else if (above->kind != LINE_BLANK)
			break;
	}
	reply->cut = at;
}

/* Whether nothing of the person's own comes below line `i`. */
static bool
ends_here(const struct reply *reply, size_t i)
{
	i = next_filled(reply, i + 1);
	return i == reply->count || reply->lines[i].kind != LINE_TEXT;
}

/* Yahoo's phones put the quote on the attribution's own line, behind blanks:
 * "On ..., Anna <anna@example.org> wrote:   ...". */
static void
look_for_run_on(struct reply *reply, size_t i)
{
	struct span s = reply->lines[i].text;
	struct span rest = s;
	const char *colon = NULL;
	bool sure;

	while (rest.len > 3 && rest.at - s.at < QUOTE_ATTRIBUTION_OCTETS) {
		const char *found = memchr(rest.at, ':', rest.len - 2);

		if (found == NULL)
			return;
		rest = span_from(found + 1, s.at + s.len);
		if (rest.at[0] == ' ' && rest.at[1] == ' ') {
			colon = found;
			break;
		}
	}
	if (colon == NULL ||
	    memchr(s.at, '@', (size_t)(colon - s.at)) == NULL ||
	    reply->tries++ >= ATTRIBUTION_TRIES)
		return;
	s = span_from(s.at, colon + 1);
	if (quote_attribution_length(reply->arena, reply->matcher, &s, 1,
		&sure) > 0 && sure)
		reply->cut = i;
}

static void
look_at_line(struct reply *reply, size_t i)
{
	struct span s = span_trim(reply->lines[i].text);
	int first = (unsigned char)s.at[0];
	bool colon;

	if (s.len > SEEN_LINE)
		return;
	if ((first == '-' || first == '_' || first == '=' || first == '*' ||
		first == 0xe2) &&
	    quote_matches(reply->matcher, QUOTE_ORIGINAL, s)) {
		reply->cut = i;
		return;
	}
	if ((first == '-' || first == 0xe2 || s.at[s.len - 1] == ':') &&
	    quote_matches(reply->matcher, QUOTE_FORWARD, s)) {
		reply->passed_on = reply->lines[i].text.at;
		reply->cut = i;
		return;
	}
	colon = quote_line_holds(&reply->colon, reply->lines[i].text);
	if (colon || quote_line_holds(&reply->wide_colon, reply->lines[i].text))
		look_for_head(reply, i);
	if (reply->cut > i)
		look_for_attribution(reply, i);
	if (reply->cut > i && colon)
		look_for_run_on(reply, i);
}

/* Marks where quotes begin and ends the reply where the mail begins that it
 * answers. */
static void
look_for_quotes(struct reply *reply)
{
	size_t octets = 0;

	reply->cut = reply->count;
	for (size_t i = 0; i < reply->cut && octets <= SEEN_OCTETS; i++) {
		octets += reply->lines[i].text.len + 1;
		if (reply->lines[i].kind == LINE_TEXT)
			look_at_line(reply, i);
	}
	reply->count = reply->cut;
}

static bool
is_signature_mark(struct span s)
{
	s = span_trim(s);
	return s.len > 0 && s.at[0] == '-' &&
	       (span_is(s, "--") || span_is(s, "- --"));
}

/* Drops the lines from `i` to the next quote, if they are few. */
static void
drop_signature(struct reply *reply, size_t i)
{
	size_t end = i, filled = 0;

	while (end < reply->count && filled <= SIGNATURE_LINES &&
	       (reply->lines[end].kind == LINE_TEXT ||
		   reply->lines[end].kind == LINE_BLANK)) {
		filled += reply->lines[end].kind == LINE_TEXT;
		end++;
	}
	if (filled > SIGNATURE_LINES)
		return;
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

		if (s.len <= SEEN_LINE &&
		    quote_matches(reply->matcher, QUOTE_FOOTER, s))
			return true;
	}
	return false;
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

/* Drops a device's advertisement when nothing of the person's comes below. */
static void
look_for_device(struct reply *reply, size_t i)
{
	struct span s = span_trim(reply->lines[i].text);

	if (s.len > SEEN_LINE || !ends_here(reply, i))
		return;
	s = without_links(reply->arena, s);
	if (s.len <= DEVICE_OCTETS &&
	    quote_matches(reply->matcher, QUOTE_DEVICE, s))
		reply->lines[i].kind = LINE_DROPPED;
}

static void
look_for_signatures(struct reply *reply)
{
	size_t rules = 0;

	for (size_t i = 0; i < reply->count; i++) {
		if (reply->lines[i].kind != LINE_TEXT)
			continue;
		if (is_signature_mark(reply->lines[i].text) ||
		    (is_rule(reply->lines[i].text) && rules++ < 50 &&
			is_footer(reply, i)))
			drop_signature(reply, i);
		else
			look_for_device(reply, i);
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
		       !is_rule(reply->lines[first - 1].text))
			first--;
		s = as_one(reply, first, end);
		if (first == 0 || s.len < NOTICE_LEAST ||
		    memchr(s.at, '?', s.len) != NULL ||
		    !quote_matches(reply->matcher, QUOTE_NOTICE, s))
			return;
		if (is_rule(reply->lines[first - 1].text))
			first--;
		while (first < end)
			reply->lines[first++].kind = LINE_DROPPED;
	}
}

/* More than what is kept can take. */
static size_t
room_for(const struct reply *reply)
{
	struct span last = reply->lines[reply->count - 1].text;

	return (size_t)(last.at + last.len - reply->lines[0].text.at) + 2;
}

/* What was kept, with one blank line where something was left out. */
static struct span
gather(const struct reply *reply)
{
	struct buf out = buf_in(reply->arena);
	bool gap = false;

	if (reply->count > 0)
		buf_reserve(&out, room_for(reply));
	for (size_t i = 0; i < reply->count; i++) {
		const struct quote_line *line = &reply->lines[i];

		if (line->kind == LINE_BLANK || line->kind == LINE_TEXT) {
			if (line->kind == LINE_BLANK && gap)
				continue;
			buf_add(&out, line->text);
			buf_put(&out, '\n');
			gap = false;
		} else if (!gap && out.len > 0) {
			if (out.len < 2 || out.at[out.len - 2] != '\n')
				buf_put(&out, '\n');
			gap = true;
		}
	}
	return buf_span(&out);
}

/* Without blank lines at both ends; blanks that indent the first line stay. */
static struct span
trim_lines(struct span s)
{
	const char *end = s.at + s.len;
	const char *at = s.at;

	for (const char *p = s.at; p < end && ascii_blank((unsigned char)*p);
	     p++) {
		if (*p == '\n')
			at = p + 1;
	}
	while (end > at && ascii_blank((unsigned char)end[-1]))
		end--;
	return span_from(at, end);
}

struct span
quote_new_text(
    struct arena *arena, const struct quote_rules *rules, struct span text)
{
	struct reply reply = {.arena = arena,
	    .colon = {':', NULL, text.at + text.len},
	    .wide_colon = {QUOTE_WIDE_COLON[0], NULL, text.at + text.len}};
	struct span kept;
	bool answers;

	text = trim_lines(text);
	if (text.len == 0)
		return text;
	reply.matcher = quote_matcher_new(arena, rules);
	reply.lines = quote_lines(arena, text, &reply.count);
	look_for_quotes(&reply);
	answers = false;
	for (size_t i = 0; i < reply.count; i++)
		answers |= reply.lines[i].kind == LINE_ATTRIBUTION;
	look_for_signatures(&reply);
	look_for_notices(&reply);
	kept = trim_lines(gather(&reply));
	/* A mail that somebody passes on is new to this exchange, with all
	 * that it quotes. */
	if (reply.passed_on != NULL) {
		struct buf whole = buf_in(arena);

		buf_add(&whole, kept);
		buf_add_text(&whole, "\n\n");
		buf_add(&whole, span_from(reply.passed_on, text.at + text.len));
		return trim_lines(buf_span(&whole));
	}
	/* Nothing left: a mail passed on without a word, whose text is all
	 * there is to read; unless it answers with nothing but a quote. */
	return kept.len == 0 && !answers ? text : kept;
}
