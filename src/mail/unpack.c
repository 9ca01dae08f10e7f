#include <string.h>

#include "arena.h"
#include "span.h"

#include "flag.h"
#include "mime.h"
#include "part.h"
#include "smime.h"
#include "tnef.h"
#include "unpack.h"
#include "uu.h"

struct unpack {
	struct arena *arena;
	const struct mail_limits *limits;
	struct parts out;
	size_t room;
	bool has_text; /* beside what winmail.dat repeats */
};

static bool
is(const char *type, const char *name)
{
	return strcmp(type, name) == 0;
}

static bool
named(const struct part *part, const char *name)
{
	return span_is(span_of(part->name), name);
}

static bool
holds_tnef(const struct part *part)
{
	return is(part->type, "application/ms-tnef") ||
	       is(part->type, "application/vnd.ms-tnef") ||
	       (is(part->type, "application/octet-stream") &&
		   named(part, "winmail.dat"));
}

static bool
holds_smime(const struct part *part)
{
	return is(part->type, "application/pkcs7-mime") ||
	       is(part->type, "application/x-pkcs7-mime") ||
	       (is(part->type, "application/octet-stream") &&
		   named(part, "smime.p7m"));
}

/* A text that a person may have written; what winmail.dat says beside it
 * would be the same once more. */
static bool
is_text(const struct part *part)
{
	return (is(part->type, "text/plain") || is(part->type, "text/html")) &&
	       !is(part->disposition, "attachment") &&
	       span_trim(part->body).len > 0;
}

static bool
put(struct unpack *unpack, const struct part *part)
{
	struct parts *out = &unpack->out;

	if (out->count == unpack->limits->parts) {
		flag_raise(part->flags, FLAG_LIMIT_PARTS);
		return false;
	}
	if (out->count == unpack->room) {
		size_t more = unpack->room * 2 + 4;

		out->list = arena_grow(unpack->arena, out->list,
		    unpack->room * sizeof *part, more * sizeof *part);
		unpack->room = more;
	}
	out->list[out->count++] = *part;
	return true;
}

/* The mail within a signed one is read as any other, one level deep: what it
 * may hold in turn stays closed. */
static struct parts
signed_parts(struct unpack *unpack, struct span content, struct flags *flags)
{
	struct mail_limits limits = *unpack->limits;

	limits.parts -= unpack->out.count;
	limits.depth /= 2;
	if (limits.parts == 0 || limits.depth == 0)
		return (struct parts){0};
	return mime_read(unpack->arena, content, &limits, flags);
}

static struct parts
parts_within(struct unpack *unpack, struct part *part)
{
	size_t left = unpack->limits->parts - unpack->out.count;
	struct arena *arena = unpack->arena;
	struct parts found = {0};
	struct span content;

	if (is(part->type, "multipart/encrypted")) {
		flag_raise(part->flags, FLAG_ENCRYPTED);
	} else if (holds_tnef(part)) {
		found = tnef_read(arena, part, !unpack->has_text, left);
		if (found.count > 0)
			part->type = "multipart/mixed";
	} else if (holds_smime(part)) {
		switch (smime_read(arena, part_octets(arena, part), &content)) {
		case SMIME_SIGNED:
			found = signed_parts(unpack, content, part->flags);
			part->type = "multipart/signed";
			break;
		case SMIME_ENCRYPTED:
			flag_raise(part->flags, FLAG_ENCRYPTED);
			break;
		case SMIME_OTHER:
			break;
		}
	} else {
		found = uu_split(arena, part, left);
		if (found.count > 0)
			part->type = "multipart/mixed";
	}
	return found;
}

static void
unpack_one(struct unpack *unpack, size_t index)
{
	struct part *part = &unpack->out.list[index];
	struct parts found = parts_within(unpack, part);
	size_t base = unpack->out.count;
	int depth = part->depth + 1;

	for (size_t i = 0; i < found.count; i++) {
		struct part child = found.list[i];

		child.parent =
		    child.parent < 0 ? (int)index : child.parent + (int)base;
		child.depth += depth;
		if (!put(unpack, &child))
			return;
	}
}

struct parts
unpack_parts(struct arena *arena, const struct parts *parts,
    const struct mail_limits *limits)
{
	struct unpack unpack = {.arena = arena, .limits = limits};
	int *places = arena_take_many(arena, parts->count, sizeof *places);

	for (size_t i = 0; i < parts->count; i++)
		unpack.has_text |= is_text(&parts->list[i]);
	for (size_t i = 0; i < parts->count; i++) {
		struct part part = parts->list[i];

		if (part.parent >= 0)
			part.parent = places[part.parent];
		places[i] = (int)unpack.out.count;
		if (!put(&unpack, &part))
			break;
		unpack_one(&unpack, (size_t)places[i]);
	}
	return unpack.out;
}
