#include <string.h>

#include "arena.h"
#include "buf.h"
#include "span.h"
#include "utf8.h"

#include "clean.h"
#include "describe.h"
#include "flag.h"
#include "header.h"
#include "parameter.h"
#include "part.h"

#define BOUNDARY_MAX   70  /* RFC 2046, section 5.1.1 */
#define BOUNDARY_TAKEN 250 /* longer ones are in use; this long is read */
#define TYPE_MAX       127 /* RFC 6838, section 4.2: each half */

/* The first field of that name; a second one is an ambiguity. */
static struct span
single(struct arena *arena, const struct mail_limits *limits, struct part *part,
    const char *name)
{
	const struct header_field *field = header_find(&part->fields, name, 0);

	if (field == NULL)
		return (struct span){"", 0};
	if (header_find(&part->fields, name, 1) != NULL)
		flag_raise(part->flags, FLAG_DUPLICATE_MIME);
	return header_unfold(arena, field->body, limits->field, part->flags);
}

/* The first word of a field, in lower case; comments do not count. */
static char *
first_word(struct arena *arena, struct span body)
{
	struct buf out = buf_in(arena);

	body = span_trim(body);
	for (size_t i = 0;
	     i < body.len && body.at[i] > ' ' && body.at[i] < 0x7f &&
	     strchr(";,()\"<>", body.at[i]) == NULL && out.len < 2 * TYPE_MAX;
	     i++)
		buf_put(&out, (char)ascii_lower((unsigned char)body.at[i]));
	return buf_text(&out);
}

/* RFC 2045, section 5.2: what is not a type is text/plain. */
static const char *
media_type(struct arena *arena, struct span value, struct part *part)
{
	char *type = first_word(arena, value);
	char *slash = strchr(type, '/');

	if (slash != NULL && slash != type && slash[1] != '\0')
		return type;
	flag_raise(part->flags, FLAG_BAD_TYPE);
	return "text/plain";
}

static const char *
file_name(struct arena *arena, const struct parameters *disposition,
    const struct parameters *type, struct part *part)
{
	struct span name =
	    parameter_text(arena, disposition, "filename", part->flags);

	if (name.len == 0)
		name = parameter_text(arena, type, "name", part->flags);
	if (name.len == 0)
		name = parameter_text(arena, type, "filename", part->flags);
	if (name.len == 0)
		return "";
	/* Not a name to save a file by, but the place where it lies (RFC 2046,
	 * section 5.2.3); without its path nobody finds it. */
	if (strcmp(part->type, "message/external-body") == 0)
		return clean_text(arena, name, part->flags);
	return clean_file_name(arena, name, part->flags);
}

static struct span
boundary(struct arena *arena, const struct parameters *type, struct part *part)
{
	struct span octets = {"", 0}, charset;

	if (!parameter_octets(
		arena, type, "boundary", &octets, &charset, part->flags) ||
	    octets.len == 0 || octets.len > BOUNDARY_TAKEN) {
		flag_raise(part->flags, FLAG_BAD_BOUNDARY);
		return (struct span){"", 0};
	}
	if (octets.len > BOUNDARY_MAX)
		flag_raise(part->flags, FLAG_BAD_BOUNDARY);
	/* A boundary by RFC 2231 is allowed, and half of all readers do not
	 * see it: a way to show them different mails. */
	for (size_t i = 0; i < type->count; i++)
		if (span_is(type->list[i].name, "boundary") &&
		    (type->list[i].extended || type->list[i].section >= 0))
			flag_raise(part->flags, FLAG_BAD_BOUNDARY);
	while (octets.len > 0 &&
	       ascii_blank((unsigned char)octets.at[octets.len - 1]))
		octets.len--;
	return octets;
}

static const char *
content_id(struct arena *arena, struct span body, struct part *part)
{
	body = span_trim(body);
	if (body.len >= 2 && body.at[0] == '<' && body.at[body.len - 1] == '>')
		body = (struct span){body.at + 1, body.len - 2};
	return body.len > 0 ? clean_text(arena, body, part->flags) : "";
}

static void
describe_text(
    struct arena *arena, const struct parameters *type, struct part *part)
{
	struct span charset =
	    parameter_text(arena, type, "charset", part->flags);
	struct span format = parameter_text(arena, type, "format", part->flags);
	struct span delsp = parameter_text(arena, type, "delsp", part->flags);

	if (charset.len > 0)
		part->charset = arena_copy(arena, charset);
	part->format_flowed = span_is(format, "flowed");
	part->delsp = span_is(delsp, "yes");
}

void
describe_part(struct arena *arena, const struct mail_limits *limits,
    const char *default_type, struct part *part, struct span *boundary_r)
{
	struct span value = single(arena, limits, part, "Content-Type");
	struct parameters type =
	    parameters_read(arena, value, limits->parameters, part->flags);
	struct parameters disposition = parameters_read(arena,
	    single(arena, limits, part, "Content-Disposition"),
	    limits->parameters, part->flags);

	*boundary_r = (struct span){"", 0};
	part->charset = part->report_type = part->method = "";
	part->type =
	    value.len > 0 ? media_type(arena, type.value, part) : default_type;
	part->encoding = first_word(
	    arena, single(arena, limits, part, "Content-Transfer-Encoding"));
	part->disposition = first_word(arena, disposition.value);
	part->content_id =
	    content_id(arena, single(arena, limits, part, "Content-ID"), part);
	part->name = file_name(arena, &disposition, &type, part);
	if (strncmp(part->type, "multipart/", 10) == 0) {
		*boundary_r = boundary(arena, &type, part);
		part->report_type = first_word(arena,
		    parameter_text(arena, &type, "report-type", part->flags));
		if (strcmp(part->encoding, "base64") == 0 ||
		    strcmp(part->encoding, "quoted-printable") == 0)
			flag_raise(part->flags, FLAG_ENCODED_MULTIPART);
	} else if (type.count > 0) {
		describe_text(arena, &type, part);
		part->method = first_word(
		    arena, parameter_text(arena, &type, "method", part->flags));
	}
}
