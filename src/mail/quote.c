#include "buf.h"
#include "utf8.h"

#include "quote.h"
#include "quote_attribution.h"
#include "quote_head.h"
#include "quote_reply.h"
#include "quote_rules.h"
#include "quote_tail.h"

/* What patterns see of a text: the first lines of a reply tell where it ends,
 * and what a stranger can make us search stays bounded. */
#define SEEN_OCTETS (256 * 1024)
/* A person's reply has a handful of lines that end like an attribution; what
 * comes behind this many counts as new text without a look. */
#define ATTRIBUTION_TRIES 100
#define INITIALS_MAX	4
#define INITIALS_OCTETS 8
/* Lines of a header block that are looked at, and octets of its title. */
#define HEAD_LINES   20
#define TITLE_OCTETS 120

static bool
followed_by_quote(const struct reply *reply, size_t i)
{
	i = quote_next_filled(reply, i);
	return i < reply->count && reply->lines[i].kind == LINE_QUOTED;
}

/* How many octets at the line's beginning are initials with a mark: "AB>";
 * 0: none. */
static size_t
initials(struct span s)
{
	size_t i = 0;

	while (i < s.len && i < INITIALS_OCTETS &&
	       (ascii_alpha((unsigned char)s.at[i]) ||
		   (unsigned char)s.at[i] >= 0x80))
		i++;
	return i > 0 && i < s.len && s.at[i] == '>' &&
		utf8_length((struct span){s.at, i}) <= INITIALS_MAX
	    ? i + 1 : 0;
}

/* The Bat! and others mark what they quote with its author's initials, as
 * prompts of a shell look too: only what begins right below an attribution
 * is a quote, and with it the lines that begin the same. */
static void
mark_initials(struct reply *reply, size_t i)
{
	struct span mark;

	i = quote_next_filled(reply, i);
	if (reply->initials || i == reply->count ||
	    reply->lines[i].kind != LINE_TEXT)
		return;
	mark = reply->lines[i].text;
	mark.len = initials(mark);
	reply->initials = mark.len > 0;
	if (!reply->initials)
		return;
	for (; i < reply->count; i++) {
		struct span s = reply->lines[i].text;

		if (s.len >= mark.len && reply->lines[i].kind == LINE_TEXT &&
		    memcmp(s.at, mark.at, mark.len) == 0)
			reply->lines[i].kind = LINE_QUOTED;
	}
}

/* Where the quote of a header block begins that has marks, as Outlook Express
 * writes it: then answers may stand between and below. `i` is a line of the
 * block; `count` when the quote has none. */
static size_t
quote_with_marks(const struct reply *reply, size_t i)
{
	size_t end = i + HEAD_LINES;

	while (i < reply->count && i < end &&
	       reply->lines[i].kind == LINE_TEXT)
		i++;
	i = quote_next_filled(reply, i);
	return i < reply->count && reply->lines[i].kind == LINE_QUOTED
	    ? i : reply->count;
}

/* All from line `at` on is what the mail answers; or, when it answers none,
 * what it passes on. */
static void
end_at(struct reply *reply, size_t at)
{
	reply->cut = at;
	if (reply->fresh)
		reply->passed_on = reply->lines[at].text.at;
}

/* The same, unless the quote below the block that begins there, with line
 * `block`, has marks of its own. */
static void
cut_at(struct reply *reply, size_t at, size_t block)
{
	size_t quote = quote_with_marks(reply, block);

	if (reply->fresh || quote == reply->count) {
		end_at(reply, at);
		return;
	}
	for (; at < quote; at++)
		reply->lines[at].kind = LINE_ATTRIBUTION;
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
	    reply->arena, reply->matcher, lines, count,
	    to + 1 == reply->count || reply->lines[to + 1].kind == LINE_BLANK,
	    &sure);
	if (found == 0)
		return;
	mark_initials(reply, to + 1);
	if (followed_by_quote(reply, to + 1) && !reply->fresh) {
		for (size_t i = 0; i < found; i++)
			reply->lines[to - i].kind = LINE_ATTRIBUTION;
	} else if (sure || followed_by_quote(reply, to + 1)) {
		end_at(reply, to + 1 - found);
	}
}

/* "----- Anna <anna@example.org> wrote: -----": words between dashes, in
 * whatever language, title a header block right below them. */
static bool
is_title(struct span s)
{
	s = span_trim(s);
	return s.len > 6 && s.len <= TITLE_OCTETS &&
	       memcmp(s.at, "---", 3) == 0 &&
	       memcmp(s.at + s.len - 3, "---", 3) == 0;
}

/* Whether a quote with marks begins at line `i`, or a header block or an
 * attribution, below which one may. */
static bool
begins_block(const struct reply *reply, size_t i)
{
	const struct line *line = &reply->lines[i];

	return i < reply->count &&
	       (line->kind == LINE_QUOTED ||
		   quote_head_may_begin(reply->matcher, line->text) ||
		   quote_attribution_may_end(line->text));
}

/* The text lines from `i` on, up to a quote. */
static bool
head_begins(const struct reply *reply, size_t i)
{
	struct span some[HEAD_LINES];
	size_t count = 0;

	for (; i < reply->count && count < HEAD_LINES; i++) {
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
		const struct line *above = &reply->lines[k - 1];

		if (above->kind == LINE_TEXT &&
		    (quote_is_rule(above->text) || is_title(above->text)))
			at = k - 1;
		else if (above->kind != LINE_BLANK)
			break;
	}
	cut_at(reply, at, i);
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
		false, &sure) > 0 && sure)
		end_at(reply, i);
}

static void
look_at_line(struct reply *reply, size_t i)
{
	struct span s = span_trim(reply->lines[i].text);
	int first = (unsigned char)s.at[0];
	bool colon;

	if (s.len > QUOTE_LINE_SEEN)
		return;
	if ((first == '-' || first == '_' || first == '=' || first == '*' ||
		first == 0xe2) &&
	    quote_matches(reply->matcher, QUOTE_ORIGINAL, s)) {
		size_t block = quote_next_filled(reply, i + 1);

		cut_at(reply, i,
		    begins_block(reply, block) ? block : reply->count);
		return;
	}
	if ((first == '-' || first == 0xe2 || s.at[s.len - 1] == ':') &&
	    quote_matches(reply->matcher, QUOTE_FORWARD, s)) {
		reply->passed_on = reply->lines[i].text.at;
		reply->cut = i;
		return;
	}
	colon = quote_line_holds(&reply->colon, reply->lines[i].text);
	if (colon ||
	    quote_line_holds(&reply->wide_colon, reply->lines[i].text))
		look_for_head(reply, i);
	if (reply->cut > i && reply->lines[i].kind == LINE_TEXT)
		look_for_attribution(reply, i);
	if (reply->cut > i && reply->lines[i].kind == LINE_TEXT && colon &&
	    memchr(s.at, '@', s.len) != NULL)
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
		else if (reply->lines[i].kind == LINE_QUOTED && reply->fresh)
			end_at(reply, i);
	}
	reply->count = reply->cut;
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
		const struct line *line = &reply->lines[i];

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
	const char *end, *at = s.at;

	if (s.len == 0)
		return s;
	end = s.at + s.len;
	for (const char *p = s.at; p < end && ascii_blank((unsigned char)*p);
	     p++) {
		if (*p == '\n')
			at = p + 1;
	}
	while (end > at && ascii_blank((unsigned char)end[-1]))
		end--;
	return span_from(at, end);
}

static struct span
new_text(struct arena *arena, const struct quote_rules *rules,
    struct span text, bool fresh)
{
	struct reply reply = {.arena = arena,
	    .fresh = fresh,
	    .colon = {':', NULL, text.at + text.len},
	    .wide_colon = {QUOTE_WIDE_COLON[0], NULL, text.at + text.len}};
	struct span kept;
	bool answers = false, dropped = false;

	text = trim_lines(text);
	if (text.len == 0)
		return text;
	reply.matcher = quote_matcher_new(arena, rules);
	reply.lines = quote_lines(arena, text, &reply.count);
	look_for_quotes(&reply);
	for (size_t i = 0; i < reply.count; i++)
		answers |= reply.lines[i].kind == LINE_ATTRIBUTION;
	quote_tail_drop(&reply);
	for (size_t i = 0; i < reply.count; i++)
		dropped |= reply.lines[i].kind > LINE_BLANK;
	kept = trim_lines(gather(&reply));
	/* A mail that somebody passes on is new to this exchange, with all
	 * that it quotes. */
	if (reply.passed_on != NULL && !dropped)
		return text;
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

struct span
quote_new_text(
    struct arena *arena, const struct quote_rules *rules, struct span text)
{
	return new_text(arena, rules, text, false);
}

struct span
quote_fresh_text(
    struct arena *arena, const struct quote_rules *rules, struct span text)
{
	return new_text(arena, rules, text, true);
}
