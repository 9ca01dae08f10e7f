#include <stdbool.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "span.h"
#include "utf8.h"

#include "body.h"
#include "calendar.h"
#include "flag.h"
#include "html.h"
#include "part.h"

enum role {
	ROLE_NONE, /* a multipart, or within an attached mail */
	ROLE_TEXT,
	ROLE_DROPPED, /* an alternative that was not chosen */
	ROLE_ATTACHED,
	ROLE_BOTH, /* a file that is all that the mail says */
	ROLE_NOTE, /* a file whose summary stands in the text */
};

#define PGP_MESSAGE "-----BEGIN PGP MESSAGE-----"
#define PGP_END	    "-----END PGP MESSAGE-----"
#define CLOSED                                                                 \
	"[This mail is encrypted: it cannot be read here. "                    \
	"Please ask for it without encryption.]"

struct scan {
	struct arena *arena;
	const struct part *list;
	size_t count;
	enum role *roles;
	bool *inside;	    /* of an attached mail */
	struct span *texts; /* decoded once, when first needed */
	bool *decoded;
};

static bool
is(const char *type, const char *name)
{
	return strcmp(type, name) == 0;
}

static bool
is_multipart(const struct part *part)
{
	return strncmp(part->type, "multipart/", 10) == 0;
}

static struct span
text_of(struct scan *scan, size_t i)
{
	if (!scan->decoded[i]) {
		scan->texts[i] = part_text(scan->arena, &scan->list[i]);
		scan->decoded[i] = true;
	}
	return scan->texts[i];
}

static bool
blank_text(struct scan *scan, size_t i)
{
	return span_trim(text_of(scan, i)).len == 0;
}

/* The parts of a report that only machines read (RFC 6522). */
static bool
report_part(const struct scan *scan, const struct part *part)
{
	static const char *const types[] = {"message/delivery-status",
	    "message/global-delivery-status",
	    "message/disposition-notification", "message/feedback-report",
	    "message/rfc822", "message/global", "text/rfc822-headers",
	    "message/rfc822-headers"};

	if (part->parent < 0 ||
	    !is(scan->list[part->parent].type, "multipart/report"))
		return false;
	for (size_t i = 0; i < sizeof types / sizeof types[0]; i++)
		if (is(part->type, types[i]))
			return true;
	return false;
}

/* The same words once more, for programs that show another kind of page: of
 * AMP, of a watch. Nobody ever calls it a file. */
static bool
same_again(const struct scan *scan, const struct part *part)
{
	return part->parent >= 0 && part->name[0] == '\0' &&
	       is(scan->list[part->parent].type, "multipart/alternative") &&
	       (is(part->type, "text/x-amp-html") ||
		   is(part->type, "text/watch-html"));
}

/* A text that comes as a file is an attachment, and the text too when nothing
 * else came before it. */
static enum role
role_of(const struct part *part, bool text_before)
{
	if (is(part->type, "text/calendar"))
		return ROLE_NOTE;
	if (!is(part->type, "text/plain") && !is(part->type, "text/html"))
		return ROLE_ATTACHED;
	if (is(part->disposition, "attachment"))
		return ROLE_ATTACHED;
	if (part->name[0] == '\0')
		return ROLE_TEXT;
	return text_before ? ROLE_ATTACHED : ROLE_BOTH;
}

static void
give_roles(struct scan *scan)
{
	bool text_before = false;

	for (size_t i = 0; i < scan->count; i++) {
		const struct part *part = &scan->list[i];
		int parent = part->parent;

		scan->inside[i] =
		    parent >= 0 && (scan->inside[parent] ||
				       !is_multipart(&scan->list[parent]));
		if (scan->inside[i] || is_multipart(part) ||
		    report_part(scan, part) || same_again(scan, part))
			continue;
		scan->roles[i] = role_of(part, text_before);
		if (scan->roles[i] == ROLE_TEXT || scan->roles[i] == ROLE_BOTH)
			text_before = true;
	}
}

/* How good a text is as an alternative; 0: not at all. */
static int
worth(struct scan *scan, size_t i)
{
	if (scan->roles[i] != ROLE_TEXT && scan->roles[i] != ROLE_BOTH)
		return 0;
	if (blank_text(scan, i))
		return 1;
	return is(scan->list[i].type, "text/plain") ? 3 : 2;
}

/* Two plain texts are no alternatives to one another: each is kept that says
 * something else than the one chosen. */
static bool
says_more(struct scan *scan, size_t i, size_t chosen)
{
	struct span a, b;

	if (!is(scan->list[i].type, "text/plain") ||
	    !is(scan->list[chosen].type, "text/plain") ||
	    scan->list[i].parent != scan->list[chosen].parent ||
	    blank_text(scan, i))
		return false;
	a = span_trim(text_of(scan, i));
	b = span_trim(text_of(scan, chosen));
	return a.len != b.len || memcmp(a.at, b.at, a.len) != 0;
}

/* Keeps the texts of one child of an alternative: the first with plain text,
 * failing that the last with HTML (RFC 2046, 5.1.4: the best comes last). */
static void
choose(struct scan *scan, size_t alternative)
{
	int depth = scan->list[alternative].depth, best = 0;
	size_t i, child = alternative, chosen = alternative;

	for (i = alternative + 1;
	     i < scan->count && scan->list[i].depth > depth; i++) {
		int value = best == 3 ? 0 : worth(scan, i);

		if (scan->list[i].parent == (int)alternative)
			child = i;
		if (value > best || (value == 2 && best == 2)) {
			best = value;
			chosen = child;
		}
	}
	for (i = alternative + 1;
	     i < scan->count && scan->list[i].depth > depth; i++) {
		if (scan->list[i].parent == (int)alternative)
			child = i;
		if (child == chosen || says_more(scan, i, chosen))
			continue;
		if (scan->roles[i] == ROLE_TEXT)
			scan->roles[i] = ROLE_DROPPED;
		else if (scan->roles[i] == ROLE_BOTH)
			scan->roles[i] = ROLE_ATTACHED;
	}
}

static void
add_text(struct scan *scan, size_t i, size_t limit, struct buf *out,
    struct flags *flags)
{
	size_t room = limit - out->len;
	struct span text;
	bool cut = false;

	if (room == 0) {
		flag_raise(flags, FLAG_LIMIT_TEXT);
		return;
	}
	text = text_of(scan, i);
	if (scan->roles[i] == ROLE_NOTE)
		text = calendar_summary(scan->arena, text);
	else if (is(scan->list[i].type, "text/html"))
		text = html_to_text(scan->arena, text, room, &cut);
	if (text.len > room) {
		text.len = utf8_cut(text, room);
		cut = true;
	}
	if (cut)
		flag_raise(flags, FLAG_LIMIT_TEXT);
	if (out->len > 0 && text.len > 0 && out->len < limit &&
	    out->at[out->len - 1] != '\n') {
		buf_put(out, '\n');
		text.len = utf8_cut(text, limit - out->len);
	}
	buf_reserve(out, text.len + 1); /* and what ends it */
	buf_add(out, text);
}

/* OpenPGP as text: it begins a line and there is nothing to read in it. */
static bool
holds_pgp(struct span text)
{
	const char *end = text.at + text.len;
	size_t len = strlen(PGP_MESSAGE);

	for (const char *at = text.at; at < end; at++) {
		at = memchr(at, PGP_MESSAGE[0], (size_t)(end - at));
		if (at == NULL)
			return false;
		if ((at == text.at || at[-1] == '\n') &&
		    (size_t)(end - at) >= len &&
		    memcmp(at, PGP_MESSAGE, len) == 0)
			return true;
	}
	return false;
}

bool
body_closed(struct span new_text)
{
	size_t end = strlen(PGP_END);

	new_text = span_trim(new_text);
	if (span_begins(new_text, PGP_MESSAGE))
		return new_text.len > end &&
		       memcmp(new_text.at + new_text.len - end, PGP_END,
			   end) == 0;
	return span_is(new_text, CLOSED);
}

static void
join_texts(struct scan *scan, const struct mail_limits *limits,
    struct body *body, struct flags *flags)
{
	struct buf text = buf_in(scan->arena);

	for (size_t i = 0; i < scan->count; i++) {
		enum role role = scan->roles[i];

		if (role == ROLE_TEXT || role == ROLE_BOTH || role == ROLE_NOTE)
			add_text(scan, i, limits->text, &text, flags);
		if (role == ROLE_ATTACHED || role == ROLE_BOTH ||
		    role == ROLE_NOTE)
			body->attachments[body->attachment_count++] = (int)i;
	}
	if (holds_pgp(buf_span(&text)))
		flag_raise(flags, FLAG_ENCRYPTED);
	/* The engineer must see why there is nothing to see. */
	if (flag_raised(flags, FLAG_ENCRYPTED) &&
	    span_trim(buf_span(&text)).len == 0)
		buf_add_text(&text, CLOSED "\n");
	body->text = buf_text(&text);
	body->text_len = text.len;
}

/* The images that a page shows by their Content-ID: cid:x. */
#define CIDS_MAX 200

struct cids {
	struct span list[CIDS_MAX];
	size_t count;
};

static void
find_cids(struct span html, struct cids *cids)
{
	while (html.len > 4 && cids->count < CIDS_MAX) {
		const char *at = memmem(html.at, html.len, "cid:", 4);
		const char *end = html.at + html.len;
		struct span id;

		if (at == NULL)
			return;
		id = (struct span){at + 4, 0};
		while (id.at + id.len < end && id.at[id.len] > ' ' &&
		       strchr("\"'<>)", id.at[id.len]) == NULL)
			id.len++;
		if (id.len > 0)
			cids->list[cids->count++] = id;
		html = span_from(id.at + id.len, end);
	}
}

static bool
shown_by_page(const struct cids *cids, const char *content_id)
{
	for (size_t i = 0; i < cids->count; i++)
		if (span_is(cids->list[i], content_id))
			return true;
	return false;
}

/* Whether an attachment belongs to the text: an image that HTML shows. Many
 * programs put the logo of a signature beside the page instead of below a
 * multipart/related, and call it an attachment: the page knows. */
static bool
inlined(const struct scan *scan, const struct cids *cids, int index)
{
	const struct part *part = &scan->list[index];

	if (strncmp(part->type, "image/", 6) != 0 ||
	    part->content_id[0] == '\0')
		return false;
	if (shown_by_page(cids, part->content_id))
		return true;
	if (is(part->disposition, "attachment"))
		return false;
	for (int i = part->parent; i >= 0; i = scan->list[i].parent)
		if (is(scan->list[i].type, "multipart/related"))
			return true;
	return is(part->disposition, "inline");
}

static bool *
find_inlined(struct scan *scan, const struct body *body)
{
	bool *answers = arena_take_many(
	    scan->arena, body->attachment_count, sizeof *answers);
	struct cids *cids = arena_take(scan->arena, sizeof *cids);
	bool any = false;

	for (size_t i = 0; i < body->attachment_count; i++)
		any |= scan->list[body->attachments[i]].content_id[0] != '\0';
	for (size_t i = 0; any && i < scan->count; i++)
		if (is(scan->list[i].type, "text/html") && !scan->inside[i])
			find_cids(text_of(scan, i), cids);
	for (size_t i = 0; i < body->attachment_count; i++)
		answers[i] = inlined(scan, cids, body->attachments[i]);
	return answers;
}

struct body
body_read(struct arena *arena, const struct parts *parts,
    const struct mail_limits *limits, struct flags *flags)
{
	struct scan scan = {
	    .arena = arena,
	    .list = parts->list,
	    .count = parts->count,
	    .roles = arena_take_many(arena, parts->count, sizeof(enum role)),
	    .inside = arena_take_many(arena, parts->count, sizeof(bool)),
	    .texts = arena_take_many(arena, parts->count, sizeof(struct span)),
	    .decoded = arena_take_many(arena, parts->count, sizeof(bool)),
	};
	struct body body = {
	    .attachments = arena_take_many(arena, parts->count, sizeof(int))};

	give_roles(&scan);
	/* From the innermost outwards: children come after their parents. */
	for (size_t i = parts->count; i-- > 0;)
		if (is(parts->list[i].type, "multipart/alternative"))
			choose(&scan, i);
	join_texts(&scan, limits, &body, flags);
	body.inlined = find_inlined(&scan, &body);
	return body;
}
