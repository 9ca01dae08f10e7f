#include <string.h>

#include "arena.h"
#include "record.h"
#include "span.h"

#include "attachment.h"
#include "body.h"
#include "clean.h"
#include "content.h"
#include "flag.h"
#include "header.h"
#include "part.h"
#include "transfer.h"
#include "word.h"

#define SUBJECT_MAX   1000
#define SUBJECT_WORDS 50

struct kept {
	size_t count;
	size_t octets;
};

/* An attached mail without a file name is called after its subject. */
static const char *
message_name(struct arena *arena, const struct parts *parts, int index)
{
	const struct part *inner = &parts->list[index] + 1;
	const struct header_field *field = NULL;
	struct span subject;
	const char *name = "";

	if ((size_t)index + 1 < parts->count && inner->parent == index)
		field = header_find(&inner->fields, "Subject", 0);
	if (field != NULL) {
		subject = header_unfold(
		    arena, field->body, SUBJECT_MAX, inner->flags);
		subject =
		    word_decode(arena, subject, SUBJECT_WORDS, inner->flags);
		name = clean_text(arena, subject, inner->flags);
	}
	return arena_print(arena, "%s.eml", name[0] != '\0' ? name : "message");
}

static const char *
name_of(struct arena *arena, const struct parts *parts, int index)
{
	const struct part *part = &parts->list[index];

	if (part->name[0] == '\0' &&
	    (strcmp(part->type, "message/rfc822") == 0 ||
		strcmp(part->type, "message/global") == 0))
		return message_name(arena, parts, index);
	return part->name;
}

/* Text counts as a text file only when it says so: a script or a page is text
 * by its octets too. */
static bool
text_file(const struct part *part)
{
	struct span name = span_of(part->name);

	if (name.len > 4 &&
	    span_is((struct span){name.at + name.len - 4, 4}, ".txt"))
		return true;
	return name.len == 0 && strcmp(part->type, "text/plain") == 0;
}

/* What is no file of the sender's but a wrapper of the mail, or a kind that
 * is asked about: named, so that nobody searches for what is in it. */
static const struct {
	const char *type, *reason;
} wrappers[] = {
    {"application/pkcs7-signature", "It is a signature (S/MIME)."},
    {"application/x-pkcs7-signature", "It is a signature (S/MIME)."},
    {"application/pgp-signature", "It is a signature (OpenPGP)."},
    {"application/pgp-keys", "It is a key (OpenPGP)."},
    {"application/pgp-encrypted", "It belongs to an encrypted mail (OpenPGP)."},
    {"application/pkcs7-mime", "It is S/MIME that cannot be read here."},
    {"application/x-pkcs7-mime", "It is S/MIME that cannot be read here."},
    {"application/ms-tnef", "It is Outlook's own format, and damaged."},
    {"application/applefile", "It is the Macintosh's half of a file."},
    {"application/mac-binhex40", "It is packed for a Macintosh (BinHex)."},
    {"text/calendar", "It is an invitation; its text says what is in it."},
};

static const char *
named_refusal(const struct part *part)
{
	for (size_t i = 0; i < sizeof wrappers / sizeof wrappers[0]; i++)
		if (strcmp(part->type, wrappers[i].type) == 0)
			return wrappers[i].reason;
	return NULL;
}

/* Whether a page's image is in the mail already: each answer in a long
 * exchange brings the logo of every signature once more. */
static bool
came_before(const struct Mail *mail, size_t before, struct span octets)
{
	for (size_t i = 0; i < before; i++) {
		const struct Attachment *other = mail->attachments[i];

		if (other->inlined && other->kept &&
		    other->octets.len == octets.len &&
		    memcmp(other->octets.data, octets.at, octets.len) == 0)
			return true;
	}
	return false;
}

/* NULL when it may be kept. */
static const char *
refusal(struct arena *arena, const struct part *part, const char *type,
    struct span octets, const struct mail_limits *limits,
    const struct kept *kept)
{
	if (octets.len == 0)
		return "It is empty.";
	if (named_refusal(part) != NULL)
		return named_refusal(part);
	if (type == NULL ||
	    (strcmp(type, "text/plain") == 0 && !text_file(part)))
		return "Only JPEG, BMP, GIF, PNG and plain text files "
		       "are kept.";
	if (content_too_many_pixels(octets))
		return "The image has too many pixels.";
	if (octets.len > limits->attachment)
		return arena_print(
		    arena, "It is larger than %zu octets.", limits->attachment);
	if (kept->count >= limits->attachments)
		return arena_print(arena,
		    "Not more than %zu attachments are kept.",
		    limits->attachments);
	if (octets.len > limits->attachments_total - kept->octets)
		return arena_print(arena,
		    "All attachments are larger than %zu octets.",
		    limits->attachments_total);
	return NULL;
}

/* Where none is kept, what is in them is not looked at. */
static struct Attachment *
list_one(struct arena *arena, const struct parts *parts, int index,
    bool inlined)
{
	const struct part *part = &parts->list[index];
	struct Attachment *attachment =
	    record_new(arena, &attachment__descriptor);

	attachment->name = arena_copy_text(arena, name_of(arena, parts, index));
	attachment->type = arena_copy_text(arena, part->type);
	attachment->size = transfer_size(part->body, part->encoding);
	attachment->inlined = inlined;
	attachment->reason =
	    arena_copy_text(arena, "No attachments are kept.");
	return attachment;
}

/* `before` tells how many of the mail's attachments are there by now, when
 * this one belongs to the text. */
static struct Attachment *
read_one(struct arena *arena, const struct parts *parts, int index,
    bool inlined, const struct mail_limits *limits, struct kept *kept,
    const struct Mail *mail, size_t before)
{
	const struct part *part = &parts->list[index];
	struct Attachment *attachment =
	    record_new(arena, &attachment__descriptor);
	struct span octets = part_octets(arena, part);
	const char *type = content_type(octets);
	const char *reason = refusal(arena, part, type, octets, limits, kept);
	const char *name = name_of(arena, parts, index);

	if (reason == NULL && inlined && came_before(mail, before, octets))
		reason = "It is the same image once more.";
	/* Text is what nearly everything is that is not binary: what the
	 * sender calls it says more. */
	if (type == NULL || (strcmp(type, "text/plain") == 0 && reason != NULL))
		type = part->type;
	attachment->name = arena_copy_text(arena, name);
	attachment->type = arena_copy_text(arena, type);
	attachment->size = octets.len;
	attachment->inlined = inlined;
	attachment->kept = reason == NULL;
	if (reason == NULL) {
		attachment->octets = record_bytes(octets);
		kept->count++;
		kept->octets += octets.len;
	} else {
		attachment->reason = arena_copy_text(arena, reason);
	}
	return attachment;
}

/* What the sender attached comes before the images of the page, so that five
 * logos do not take the room of the one picture that matters. */
void
attachment_read_all(struct arena *arena, const struct parts *parts,
    const struct body *body, const struct mail_limits *limits,
    struct Mail *mail)
{
	size_t count = body->attachment_count;
	struct kept kept = {0};

	mail->attachments =
	    arena_take_many(arena, count, sizeof *mail->attachments);
	mail->n_attachments = count;
	for (int inlined = 0; inlined <= 1; inlined++)
		for (size_t i = 0; i < count; i++)
			if (body->inlined[i] == inlined)
				mail->attachments[i] = limits->attachments == 0
				    ? list_one(arena, parts,
					  body->attachments[i], inlined)
				    : read_one(arena, parts,
					  body->attachments[i], inlined,
					  limits, &kept, mail, i);
}
