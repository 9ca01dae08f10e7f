#include <string.h>

#include "arena.h"
#include "record.h"
#include "span.h"

#include "secret.h"

#include "apart.h"

static void
keep(struct arena *arena, struct ConfidentialData *kept, const char *text,
    const struct secrets *found)
{
	for (size_t i = 0; i < found->count; i++) {
		const struct secret *from = &found->list[i];
		struct Secret *one = record_new(arena, &secret__descriptor);

		one->kind = from->kind;
		one->value = arena_copy(
		    arena, (struct span){text + from->at, from->len});
		one->mask = arena_copy_text(arena, from->mask);
		record_append(
		    arena, (void ***)&kept->secrets, &kept->n_secrets, one);
	}
}

static bool
is_same(const char *a, const struct secret *one, const char *b,
    const struct secret *other)
{
	return one->len == other->len &&
	    memcmp(a + one->at, b + other->at, one->len) == 0;
}

/* New text is cut out of the whole, so what it holds is in the whole in the
 * same order; should it not be, it is kept twice rather than lost. */
static bool
is_within(const char *text, const struct secrets *all, const char *part,
    const struct secrets *some)
{
	size_t next = 0;

	for (size_t i = 0; i < all->count && next < some->count; i++)
		next += is_same(
		    text, &all->list[i], part, &some->list[next]);
	return next == some->count;
}

/* A file's name without its ending, which would hide the end of a number. */
static struct span
stem_of(const char *name)
{
	const char *dot = strrchr(name, '.');

	return dot != NULL ? span_from(name, dot) : span_of(name);
}

/* The words of a text file that goes on to the engineers; of no other file,
 * since a picture's octets hold every number by chance. */
static struct span
words_of(const struct Attachment *file)
{
	return file->kept && strcmp(file->type, "text/plain") == 0
	    ? record_span(file->octets)
	    : (struct span){"", 0};
}

static bool
files_hold_any(struct arena *arena, const struct Mail *mail)
{
	for (size_t i = 0; i < mail->n_attachments; i++) {
		const struct Attachment *file = mail->attachments[i];

		if (secret_find(arena, stem_of(file->name)).count > 0 ||
		    secret_find(arena, words_of(file)).count > 0)
			return true;
	}
	return false;
}

/* A file's name stands in the notices beside the text, and what it says is
 * attached to them. */
static struct Attachment *
mask_file(struct arena *arena, struct ConfidentialData *kept,
    const struct Attachment *file)
{
	struct span stem = stem_of(file->name), words = words_of(file);
	struct secrets in_name = secret_find(arena, stem);
	struct secrets in_words = secret_find(arena, words);
	struct Attachment *copy = arena_take(arena, sizeof *copy);

	*copy = *file;
	keep(arena, kept, file->name, &in_name);
	copy->name = arena_print(arena, "%s%s",
	    secret_mask(arena, stem, &in_name), file->name + stem.len);
	if (in_words.count > 0) {
		const char *masked = secret_mask(arena, words, &in_words);

		keep(arena, kept, (const char *)file->octets.data, &in_words);
		copy->octets = record_bytes(span_of(masked));
		copy->size = copy->octets.len;
	}
	return copy;
}

static void
mask_files(
    struct arena *arena, struct ConfidentialData *kept, struct Mail *mail)
{
	struct Attachment **list = arena_take_many(
	    arena, mail->n_attachments + 1, sizeof *list);

	for (size_t i = 0; i < mail->n_attachments; i++)
		list[i] = mask_file(arena, kept, mail->attachments[i]);
	mail->attachments = list;
}

/* But for the line ends behind it. */
static bool
is_all_new(const struct Mail *mail)
{
	size_t len = strlen(mail->new_text);
	const char *rest;

	if (strncmp(mail->text, mail->new_text, len) != 0)
		return false;
	rest = mail->text + len;
	return rest[strspn(rest, "\n")] == '\0';
}

struct apart
apart_set(struct arena *arena, const struct people *people,
    const struct Mail *mail)
{
	const char *from = mail->n_from > 0 ? mail->from[0]->address : "";
	struct apart apart = {.mail = mail};
	struct ConfidentialData *kept;
	struct secrets subject, text, new_text;
	struct Mail *copy;

	if (people_engineer_at(people, from) != NULL)
		return apart;
	subject = secret_find(arena, span_of(mail->subject));
	text = secret_find(arena, span_of(mail->text));
	/* A mail that answers nothing is new as a whole. */
	new_text = text.count == 0 && is_all_new(mail)
	    ? text
	    : secret_find(arena, span_of(mail->new_text));
	if (subject.count + text.count + new_text.count == 0 &&
	    !files_hold_any(arena, mail))
		return apart;
	kept = record_new(arena, &confidential_data__descriptor);
	keep(arena, kept, mail->subject, &subject);
	keep(arena, kept, mail->text, &text);
	if (!is_within(mail->text, &text, mail->new_text, &new_text))
		keep(arena, kept, mail->new_text, &new_text);
	copy = arena_take(arena, sizeof *copy);
	*copy = *mail;
	copy->subject = secret_mask(arena, span_of(mail->subject), &subject);
	copy->text = secret_mask(arena, span_of(mail->text), &text);
	copy->new_text =
	    secret_mask(arena, span_of(mail->new_text), &new_text);
	mask_files(arena, kept, copy);
	return (struct apart){copy, kept};
}
