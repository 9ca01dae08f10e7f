#include <string.h>

#include "buf.h"
#include "code.h"

#include "encode.h"
#include "mail_write.h"

#define NAME_MAX	 200u
#define SUBJECT_MAX	 900u
#define FILE_NAME_MAX	 150u
#define TYPE_MAX	 60u
#define MESSAGE_ID_MAX	 250u
#define BOUNDARY_MAX	 50u
#define FIELD_BODY_MAX	 900u
#define REFERENCES_FIRST 4u
#define REFERENCES_LAST	 16u

/* What mail_write() writes itself, and nobody else may. */
static const char *const own_fields[] = {"Date", "From", "Sender", "To", "Cc",
    "Bcc", "Reply-To", "Subject", "Message-ID", "In-Reply-To", "References",
    "Auto-Submitted", "X-Auto-Response-Suppress", "Precedence", "MIME-Version",
    "Content-Language", "Content-Type", "Content-Transfer-Encoding",
    "Return-Path", NULL};

/* Exchange's "All" would also keep its delivery reports back, and those we
 * need: they mark the delivery they are about (MS-OXCMAIL, 2.1.3.2.19). */
static const char suppress[] = "DR, RN, NRN, OOF, AutoReply";

/* A draft on its way into `out`; `why` is the first thing that is wrong. */
struct writing {
	struct arena *arena;
	const struct mail_draft *draft;
	struct buf out;
	const char *why;
};

static void
refuse(struct writing *w, const char *what, const char *why)
{
	if (w->why == NULL)
		w->why = arena_print(w->arena, "%s: %s", what, why);
}

static bool
is_visible(struct span text, const char *but)
{
	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];

		if (c < 0x21 || c > 0x7e || strchr(but, c) != NULL)
			return false;
	}
	return text.len > 0;
}

static bool
is_name(struct span text, size_t longest)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];

		if (!ascii_alpha(c) && !ascii_digit(c) && c != '-')
			return false;
	}
	return text.len > 0 && text.len <= longest;
}

static bool
is_message_id(const char *id)
{
	struct span text = span_of(id);

	return text.len <= MESSAGE_ID_MAX && is_visible(text, "<>") &&
	       strchr(id, '@') != NULL;
}

static void
write_words(struct writing *w, const char *name, const char *body)
{
	struct encode_field field = encode_field_begin(&w->out, name);

	encode_field_words(&field, span_of(body));
	encode_field_end(&field);
}

static void
write_id(struct encode_field *field, const char *id)
{
	struct buf word = buf_in(field->out->arena);

	buf_print(&word, "<%s>", id);
	encode_field_word(field, buf_span(&word));
}

static void
write_address(struct writing *w, const char *field_name, const char *name,
    const char *address)
{
	struct encode_field field;
	struct buf word = buf_in(w->arena);
	const char *shown;

	if (!mail_address_ok(address)) {
		refuse(w, field_name, "not an address that is sent to");
		return;
	}
	shown = encode_clean(w->arena, span_of(name), NAME_MAX);
	field = encode_field_begin(&w->out, field_name);
	if (shown[0] != '\0') {
		encode_field_phrase(&field, span_of(shown));
		buf_print(&word, "<%s>", address);
	} else {
		buf_add_text(&word, address);
	}
	encode_field_word(&field, buf_span(&word));
	encode_field_end(&field);
}

static void
write_subject(struct writing *w)
{
	struct encode_field field = encode_field_begin(&w->out, "Subject");
	const char *text =
	    encode_clean(w->arena, span_of(w->draft->subject), SUBJECT_MAX);

	encode_field_text(&field, span_of(text));
	encode_field_end(&field);
}

/* Ids of other people's mails that are no ids (they come as people's programs
 * wrote them) are left out: a thread that a reader's program shows less well
 * is better than an answer that is never sent. Of a long list the first and
 * the newest stay (RFC 5537, section 3.4.4). */
static void
write_references(struct writing *w)
{
	const struct mail_draft *draft = w->draft;
	struct encode_field field;
	const char **good =
	    arena_take_many(w->arena, draft->reference_count + 1, sizeof *good);
	size_t count = 0;

	if (draft->in_reply_to[0] != '\0' &&
	    is_message_id(draft->in_reply_to)) {
		field = encode_field_begin(&w->out, "In-Reply-To");
		write_id(&field, draft->in_reply_to);
		encode_field_end(&field);
	}
	for (size_t i = 0; i < draft->reference_count; i++) {
		if (is_message_id(draft->references[i]))
			good[count++] = draft->references[i];
	}
	if (count == 0)
		return;
	field = encode_field_begin(&w->out, "References");
	for (size_t i = 0; i < count; i++) {
		if (i < REFERENCES_FIRST || i + REFERENCES_LAST >= count)
			write_id(&field, good[i]);
	}
	encode_field_end(&field);
}

static bool
is_own(const char *name)
{
	for (size_t i = 0; own_fields[i] != NULL; i++) {
		if (span_is(span_of(name), own_fields[i]))
			return true;
	}
	return false;
}

static void
write_extra_field(struct writing *w, const char *name, const char *body)
{
	size_t len = strlen(body);

	if (!is_name(span_of(name), 60) || is_own(name)) {
		refuse(w, "fields", "not a field's name that is free");
		return;
	}
	if (len > FIELD_BODY_MAX || span_trim(span_of(body)).len == 0) {
		refuse(w, name, "empty or too long");
		return;
	}
	for (size_t i = 0; i < len; i++) {
		if (body[i] < 0x20 || body[i] > 0x7e) {
			refuse(w, name, "not ASCII on one line");
			return;
		}
	}
	write_words(w, name, body);
}

static void
write_header(struct writing *w)
{
	const struct mail_draft *draft = w->draft;
	struct encode_field field;

	write_words(w, "Date", when_mail_text(w->arena, draft->date));
	write_address(w, "From", draft->from_name, draft->from_address);
	write_address(w, "To", draft->to_name, draft->to_address);
	if (draft->reply_to_address[0] != '\0')
		write_address(w, "Reply-To", draft->reply_to_name,
		    draft->reply_to_address);
	write_subject(w);
	if (!is_message_id(draft->message_id)) {
		refuse(w, "Message-ID", "not a message id");
	} else {
		field = encode_field_begin(&w->out, "Message-ID");
		write_id(&field, draft->message_id);
		encode_field_end(&field);
	}
	write_references(w);
	for (size_t i = 0; i < draft->field_count; i++)
		write_extra_field(w, draft->fields[i][0], draft->fields[i][1]);
	if (draft->automatic && !draft->ask_away) {
		write_words(w, "Auto-Submitted", "auto-generated");
		write_words(w, "Precedence", "bulk");
	}
	if (!draft->ask_away)
		write_words(w, "X-Auto-Response-Suppress", suppress);
	write_words(w, "MIME-Version", "1.0");
	if (draft->language[0] != '\0') {
		if (is_name(span_of(draft->language), 35))
			write_words(w, "Content-Language", draft->language);
		else
			refuse(w, "Content-Language", "not a language");
	}
}

static void
write_text_part(struct writing *w, const char *type, const char *text)
{
	struct span body = encode_text(w->arena, span_of(text));
	bool quoted = encode_is_quoted(body);

	buf_print(&w->out,
	    "Content-Type: %s; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: %s\r\n\r\n",
	    type, quoted ? "quoted-printable" : "base64");
	if (quoted)
		encode_quoted(&w->out, body);
	else
		encode_base64(&w->out, body);
}

/* "=_" stands in no body of ours: in quoted-printable '=' is followed by two
 * digits or a line end, base64 has no '_', and between parts there is only
 * what is written here. So no boundary is ever found inside a part. */
static void
write_multipart(struct writing *w, const char *kind)
{
	buf_print(&w->out,
	    "Content-Type: multipart/%s;\r\n boundary=\"=_%c%s\"\r\n\r\n", kind,
	    kind[0], w->draft->boundary);
}

static void
write_boundary(struct writing *w, char kind, const char *end)
{
	buf_print(&w->out, "--=_%c%s%s\r\n", kind, w->draft->boundary, end);
}

static void
write_texts(struct writing *w)
{
	if (w->draft->html[0] == '\0') {
		write_text_part(w, "text/plain", w->draft->text);
		return;
	}
	write_multipart(w, "alternative");
	write_boundary(w, 'a', "");
	write_text_part(w, "text/plain", w->draft->text);
	write_boundary(w, 'a', "");
	write_text_part(w, "text/html", w->draft->html);
	write_boundary(w, 'a', "--");
}

/* RFC 6838, section 4.2, without the characters that no registered type has
 * used; short enough for one line. */
static bool
is_type(const char *type)
{
	size_t slashes = 0, len = strlen(type);

	for (size_t i = 0; i < len; i++) {
		unsigned char c = (unsigned char)type[i];

		if (c == '/' && i > 0 && i + 1 < len)
			slashes++;
		else if (!ascii_alpha(c) && !ascii_digit(c) &&
			 (i == 0 || strchr("+-._", c) == NULL))
			return false;
	}
	return slashes == 1 && len <= TYPE_MAX;
}

/* A part that is itself a tree of parts would need lines of its own kind, and
 * a message inside ours could be taken for one of ours: both leave as plain
 * octets. */
static bool
is_container(const char *type)
{
	return span_begins(span_of(type), "multipart/") ||
	       span_begins(span_of(type), "message/");
}

static void
write_attachment(struct writing *w, const struct mail_attachment *attachment)
{
	const char *type = attachment->type;
	char *name =
	    encode_clean(w->arena, span_of(attachment->name), FILE_NAME_MAX);

	for (char *c = name; *c != '\0'; c++) {
		if (*c == '/' || *c == '\\')
			*c = '_';
	}
	if (!is_type(type) || is_container(type))
		type = "application/octet-stream";
	buf_print(&w->out,
	    "Content-Type: %s\r\n"
	    "Content-Transfer-Encoding: base64\r\n"
	    "Content-Disposition: attachment",
	    type);
	if (name[0] != '\0')
		encode_parameter(&w->out, "filename", span_of(name));
	buf_add_text(&w->out, "\r\n\r\n");
	code_base64(&w->out, attachment->octets, true);
}

static void
write_body(struct writing *w)
{
	const struct mail_draft *draft = w->draft;

	if (draft->attachment_count == 0) {
		write_texts(w);
		return;
	}
	write_multipart(w, "mixed");
	write_boundary(w, 'm', "");
	write_texts(w);
	for (size_t i = 0; i < draft->attachment_count; i++) {
		write_boundary(w, 'm', "");
		write_attachment(w, &draft->attachments[i]);
	}
	write_boundary(w, 'm', "--");
}

int
mail_write(struct arena *arena, const struct mail_draft *draft,
    struct span *octets_r, const char **why_r)
{
	struct writing w = {
	    .arena = arena, .draft = draft, .out = buf_in(arena)};

	if (!is_name(span_of(draft->boundary), BOUNDARY_MAX))
		refuse(&w, "boundary", "not letters and digits");
	write_header(&w);
	write_body(&w);
	if (w.why == NULL && !mail_octets_ok(buf_span(&w.out)))
		refuse(&w, "mail", "a line that is no line of mail");
	if (w.why != NULL) {
		*why_r = w.why;
		return -1;
	}
	*octets_r = buf_span(&w.out);
	return 0;
}
