#include "buf.h"
#include "utf8.h"

#include "bounce.h"
#include "bounce_class.h"
#include "bounce_text.h"

#define RECIPIENTS_MAX 100
#define SEEN_OCTETS    (64 * 1024)
#define DIAGNOSTIC_MAX 500

/* The fields of one recipient. */
struct group {
	const char *final, *original, *action, *status, *diagnostic;
};

static bool
within_other_mail(const struct parts *parts, const struct part *part)
{
	while (part->parent >= 0) {
		part = &parts->list[part->parent];
		if (span_begins(span_of(part->type), "message/"))
			return true;
	}
	return false;
}

const struct part *
bounce_part(const struct parts *parts, const char *type)
{
	for (size_t i = 0; i < parts->count; i++) {
		const struct part *part = &parts->list[i];

		if (strcmp(part->type, type) == 0 &&
		    !within_other_mail(parts, part))
			return part;
	}
	return NULL;
}

static struct span
next_line(struct span *rest)
{
	const char *stop = memchr(rest->at, '\n', rest->len);
	struct span line = *rest;

	if (stop != NULL)
		line.len = (size_t)(stop - rest->at);
	rest->at += line.len + (stop != NULL);
	rest->len -= line.len + (stop != NULL);
	if (line.len > 0 && line.at[line.len - 1] == '\r')
		line.len--;
	return line;
}

/* One field with the lines that continue it, as one line. */
static struct span
next_field(struct arena *arena, struct span *rest)
{
	struct span field = next_line(rest);

	while (field.len > 0 && rest->len > 0 &&
	       (rest->at[0] == ' ' || rest->at[0] == '\t')) {
		struct span more = span_trim(next_line(rest));

		if (more.len == 0)
			break;
		if (field.len < DIAGNOSTIC_MAX)
			field = span_of(arena_print(arena, "%.*s %.*s",
			    (int)field.len, field.at, (int)more.len, more.at));
	}
	return field;
}

/* The value behind the address or code type: "rfc822; anna@example.org". */
static char *
typed_value(struct arena *arena, struct span value)
{
	const char *mark = memchr(value.at, ';', value.len);
	struct span s = value;
	struct buf out = buf_in(arena);

	if (mark != NULL && mark - value.at < 20)
		s = span_from(mark + 1, value.at + value.len);
	s = span_trim(s);
	if (s.len > DIAGNOSTIC_MAX)
		s.len = utf8_cut(s, DIAGNOSTIC_MAX);
	utf8_add_clean(&out, s);
	return buf_text(&out);
}

/* "4.4.7 (delivery time expired)" and the like: the three numbers alone. */
static const char *
only_status(struct arena *arena, const char *status, const char *diagnostic)
{
	const char *found = bounce_text_status(arena, span_of(status));

	if (found[0] == '\0')
		found = bounce_text_status(arena, span_of(diagnostic));
	return found;
}

/* Adds what a group said, if it was about a recipient. */
static void
add_group(struct arena *arena, struct Bounce *bounce, struct group *group)
{
	const char *address = group->final ? group->final : group->original;
	struct BounceRecipient *recipient;
	struct span s;

	if (address != NULL && bounce->n_recipients < RECIPIENTS_MAX) {
		s = span_trim(span_of(address));
		if (s.len > 1 && s.at[0] == '<' && s.at[s.len - 1] == '>')
			s = (struct span){s.at + 1, s.len - 2};
		recipient = record_new(arena, &bounce_recipient__descriptor);
		recipient->address = arena_copy(arena, s);
		recipient->action =
		    arena_copy_text(arena, group->action ? group->action : "");
		recipient->diagnostic = arena_copy_text(
		    arena, group->diagnostic ? group->diagnostic : "");
		recipient->status = arena_copy_text(arena,
		    only_status(arena, group->status ? group->status : "",
			recipient->diagnostic));
		for (char *p = recipient->action; *p != '\0'; p++)
			*p = (char)ascii_lower((unsigned char)*p);
		record_append(arena, (void ***)&bounce->recipients,
		    &bounce->n_recipients, recipient);
	}
	*group = (struct group){0};
}

static void
read_field(struct arena *arena, struct group *group, struct span field)
{
	const char *colon = memchr(field.at, ':', field.len);
	struct span name;
	char *value;

	if (colon == NULL)
		return;
	name = span_trim(span_from(field.at, colon));
	value = typed_value(arena, span_from(colon + 1, field.at + field.len));
	if (span_is(name, "Final-Recipient"))
		group->final = value;
	else if (span_is(name, "Original-Recipient"))
		group->original = value;
	else if (span_is(name, "Action"))
		group->action = arena_copy(
		    arena, (struct span){value, strcspn(value, " (;")});
	else if (span_is(name, "Status"))
		group->status = value;
	else if (span_is(name, "Diagnostic-Code"))
		group->diagnostic = value;
}

/* RFC 3464, section 2: groups of fields with empty lines between. */
static void
read_status(struct arena *arena, struct Bounce *bounce, struct span body)
{
	struct group group = {0};

	if (body.len > SEEN_OCTETS)
		body.len = SEEN_OCTETS;
	while (body.len > 0) {
		struct span field = next_field(arena, &body);

		if (span_trim(field).len == 0)
			add_group(arena, bounce, &group);
		else
			read_field(arena, &group, field);
	}
	add_group(arena, bounce, &group);
}

static const char *
failed_recipients(const struct Mail *mail)
{
	for (size_t i = 0; i < mail->n_fields; i++) {
		if (span_is(
			span_of(mail->fields[i]->name), "X-Failed-Recipients"))
			return mail->fields[i]->body;
	}
	return "";
}

/* The mail that came back, or its header, or else the text, which may hold a
 * copy of it. */
static struct span
returned_mail(
    struct arena *arena, const struct Mail *mail, const struct parts *parts)
{
	static const char *const types[] = {"message/rfc822",
	    "text/rfc822-headers", "message/global", "message/global-headers",
	    "message/rfc822-headers", "message/partial"};
	struct span octets = span_of(mail->text);

	for (size_t i = 0; i < sizeof types / sizeof *types; i++) {
		const struct part *part = bounce_part(parts, types[i]);

		if (part != NULL) {
			octets = part_octets(arena, part);
			break;
		}
	}
	if (octets.len > SEEN_OCTETS)
		octets.len = SEEN_OCTETS;
	return octets;
}

/* What was said to this recipient, or else in the report as a whole: some put
 * the reason above the address. */
static const char *
class_of(const struct BounceRecipient *recipient, struct span report)
{
	const char *class = bounce_class(recipient->action, recipient->status,
	    span_of(recipient->diagnostic));

	if (strcmp(class, "soft") == 0 && recipient->status[0] != '4')
		class = bounce_class(
		    recipient->action, recipient->status, report);
	return class;
}

/* What the fields left open, from the text around them. */
static void
complete(struct arena *arena, struct Bounce *bounce, struct span report)
{
	const char *status = bounce_text_failure(arena, report);

	if (status[0] == '\0')
		status = bounce_text_meaning(report);
	for (size_t i = 0; i < bounce->n_recipients; i++) {
		struct BounceRecipient *recipient = bounce->recipients[i];

		if (recipient->status[0] == '\0')
			recipient->status = arena_copy_text(arena, status);
		if (recipient->action[0] == '\0')
			recipient->action = arena_copy_text(arena,
			    recipient->status[0] == '4' ? "delayed" : "failed");
		recipient->class_ =
		    arena_copy_text(arena, class_of(recipient, report));
	}
}

struct Bounce *
bounce_read(
    struct arena *arena, const struct Mail *mail, const struct parts *parts)
{
	struct Bounce *bounce = record_new(arena, &bounce__descriptor);
	const struct part *status =
	    bounce_part(parts, "message/delivery-status");
	struct span returned = returned_mail(arena, mail, parts);
	struct span report;

	if (status == NULL)
		status = bounce_part(parts, "message/global-delivery-status");
	if (status != NULL)
		read_status(arena, bounce, part_octets(arena, status));
	report = bounce_text_report(
	    span_of(mail->subject), span_of(mail->text), arena);
	if (bounce->n_recipients == 0)
		bounce_text_recipients(arena, bounce,
		    span_of(failed_recipients(mail)), mail, true);
	if (bounce->n_recipients == 0)
		bounce_text_recipients(arena, bounce, report, mail, false);
	if (bounce->n_recipients == 0)
		bounce_text_addressees(arena, bounce, returned, mail);
	complete(arena, bounce, report);
	bounce->message_id =
	    arena_copy_text(arena, bounce_text_message_id(arena, returned));
	return bounce;
}
