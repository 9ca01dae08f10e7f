#include <stdbool.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "span.h"
#include "utf8.h"

#include "body.h"
#include "flag.h"
#include "html.h"
#include "part.h"

enum role {
	ROLE_NONE, /* a multipart, or within an attached mail */
	ROLE_TEXT,
	ROLE_DROPPED, /* an alternative that was not chosen */
	ROLE_ATTACHED,
	ROLE_BOTH, /* a file that is all that the mail says */
};

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

/* A text that comes as a file is an attachment, and the text too when nothing
 * else came before it. */
static enum role
role_of(const struct part *part, bool text_before)
{
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
		    report_part(scan, part))
			continue;
		scan->roles[i] = role_of(part, text_before);
		if (scan->roles[i] != ROLE_ATTACHED)
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
		if (child == chosen)
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
	if (is(scan->list[i].type, "text/html"))
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
	buf_add(out, text);
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
	struct buf text = buf_in(arena);

	give_roles(&scan);
	/* From the innermost outwards: children come after their parents. */
	for (size_t i = parts->count; i-- > 0;)
		if (is(parts->list[i].type, "multipart/alternative"))
			choose(&scan, i);
	for (size_t i = 0; i < parts->count; i++) {
		if (scan.roles[i] == ROLE_TEXT || scan.roles[i] == ROLE_BOTH)
			add_text(&scan, i, limits->text, &text, flags);
		if (scan.roles[i] == ROLE_ATTACHED ||
		    scan.roles[i] == ROLE_BOTH)
			body.attachments[body.attachment_count++] = (int)i;
	}
	body.text = buf_span(&text);
	return body;
}

bool
body_inlined(const struct parts *parts, int index)
{
	const struct part *part = &parts->list[index];

	if (strncmp(part->type, "image/", 6) != 0 ||
	    part->content_id[0] == '\0' || is(part->disposition, "attachment"))
		return false;
	for (int i = part->parent; i >= 0; i = parts->list[i].parent)
		if (is(parts->list[i].type, "multipart/related"))
			return true;
	return is(part->disposition, "inline");
}
