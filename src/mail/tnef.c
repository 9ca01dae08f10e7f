#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "span.h"

#include "charset.h"
#include "clean.h"
#include "part.h"
#include "tnef.h"

#define SIGNATURE      0x223e9f78u
#define PROPERTIES_MAX 1000 /* of one object */
#define VALUES_MAX     1000 /* of one property */

/* Attributes of the stream. */
enum {
	ATTRIBUTE_BODY = 0x800c,
	ATTRIBUTE_DATA = 0x800f,
	ATTRIBUTE_TITLE = 0x8010,
	ATTRIBUTE_BEGINS = 0x9002, /* a new file */
	ATTRIBUTE_PROPERTIES = 0x9003,
	ATTRIBUTE_FILE_PROPERTIES = 0x9005,
	ATTRIBUTE_CODE_PAGE = 0x9007,
};

/* MAPI properties. */
enum {
	PROPERTY_BODY = 0x1000,
	PROPERTY_HTML = 0x1013,
	PROPERTY_DATA = 0x3701,
	PROPERTY_SHORT_NAME = 0x3704,
	PROPERTY_LONG_NAME = 0x3707,
	PROPERTY_TYPE = 0x370e,
	PROPERTY_CONTENT_ID = 0x3712,
};

enum {
	KIND_STRING = 0x1e,
	KIND_UNICODE = 0x1f,
	KIND_OBJECT = 0x0d,
	KIND_BINARY = 0x102,
	KIND_MANY = 0x1000,
};

struct tnef {
	struct arena *arena;
	const struct part *whole;
	size_t limit;
	const char *charset;
	struct part *text; /* NULL when it is not asked for */
	struct parts parts;
	struct part *file; /* that is being read */
	bool long_name;
};

static uint32_t
number(struct span *s, size_t octets)
{
	uint32_t n = 0;

	if (s->len < octets) {
		s->len = 0;
		return 0;
	}
	for (size_t i = octets; i-- > 0;)
		n = n << 8 | (unsigned char)s->at[i];
	s->at += octets;
	s->len -= octets;
	return n;
}

/* The next `len` octets, or what is left of them. */
static struct span
piece(struct span *s, size_t len)
{
	struct span part = {s->at, len < s->len ? len : s->len};

	s->at += part.len;
	s->len -= part.len;
	return part;
}

static const char *
code_page(struct arena *arena, uint32_t page)
{
	switch (page) {
	case 65001:
		return "utf-8";
	case 20866:
		return "koi8-r";
	case 28591:
		return "iso-8859-1";
	case 874:
		return "windows-874";
	default:
		return arena_print(arena, "cp%u", (unsigned)page);
	}
}

static struct span
to_utf8(struct tnef *tnef, struct span value, uint32_t kind)
{
	const char *charset =
	    (kind & 0xfff) == KIND_UNICODE ? "utf-16le" : tnef->charset;
	struct span text = charset_to_utf8(
	    tnef->arena, value, span_of(charset), tnef->whole->flags);

	/* Strings end in NUL, which the conversion has left out or flagged. */
	while (text.len > 0 && text.at[text.len - 1] == '\0')
		text.len--;
	return text;
}

/* Values end in a NUL that belongs to the format and is no fault. */
static struct span
without_end(struct span value, uint32_t kind)
{
	size_t unit = (kind & 0xfff) == KIND_UNICODE ? 2 : 1;

	while (value.len >= unit && value.at[value.len - 1] == '\0' &&
	       value.at[value.len - unit] == '\0')
		value.len -= unit;
	return value;
}

static struct part
part_of(const struct tnef *tnef)
{
	struct part part = *tnef->whole;

	part.parent = -1;
	part.depth = 0;
	part.header = part.body = (struct span){"", 0};
	part.fields = (struct header){0};
	part.charset = part.name = part.disposition = part.content_id = "";
	part.encoding = "binary";
	part.type = "application/octet-stream";
	return part;
}

static void
begin_file(struct tnef *tnef)
{
	tnef->file = NULL;
	tnef->long_name = false;
	if (tnef->parts.count + 1 >= tnef->limit) {
		flag_raise(tnef->whole->flags, FLAG_LIMIT_PARTS);
		return;
	}
	tnef->file = &tnef->parts.list[tnef->parts.count++];
	*tnef->file = part_of(tnef);
	tnef->file->disposition = "attachment";
}

static void
set_text(struct tnef *tnef, struct span value, uint32_t kind, const char *type)
{
	struct part *text = tnef->text;

	value = without_end(value, kind);
	if (text == NULL || text->body.len > 0 || value.len == 0)
		return;
	text->type = type;
	text->charset =
	    (kind & 0xfff) == KIND_UNICODE ? "utf-16le" : tnef->charset;
	/* A page says itself what its charset is. */
	if (kind == KIND_BINARY)
		text->charset = "";
	text->body = value;
}

static void
set_name(struct tnef *tnef, struct span value, uint32_t kind, bool long_name)
{
	struct span name = to_utf8(tnef, without_end(value, kind), kind);

	if (tnef->file == NULL || name.len == 0 ||
	    (tnef->long_name && !long_name))
		return;
	tnef->long_name = long_name;
	tnef->file->name =
	    clean_file_name(tnef->arena, name, tnef->whole->flags);
}

static void
take_property(
    struct tnef *tnef, uint32_t id, uint32_t kind, struct span value)
{
	struct part *file = tnef->file;

	if (id == PROPERTY_BODY && file == NULL)
		set_text(tnef, value, kind, "text/plain");
	else if (id == PROPERTY_HTML && file == NULL)
		set_text(tnef, value, kind, "text/html");
	else if (id == PROPERTY_LONG_NAME || id == PROPERTY_SHORT_NAME)
		set_name(tnef, value, kind, id == PROPERTY_LONG_NAME);
	else if (id == PROPERTY_DATA && file && file->body.len == 0)
		file->body = value;
	else if (id == PROPERTY_CONTENT_ID && file)
		file->content_id = clean_text(tnef->arena,
		    to_utf8(tnef, without_end(value, kind), kind),
		    tnef->whole->flags);
}

/* How long a value of a fixed kind is, filled up to four; 0: not fixed. */
static size_t
fixed_length(uint32_t kind)
{
	switch (kind) {
	case 0x02:
	case 0x03:
	case 0x04:
	case 0x0a:
	case 0x0b:
		return 4;
	case 0x05:
	case 0x06:
	case 0x07:
	case 0x14:
	case 0x40:
		return 8;
	case 0x48:
		return 16;
	default:
		return 0;
	}
}

/* A property of a name of its own has that name before its value. */
static void
skip_name(struct span *s)
{
	piece(s, 16);
	if (number(s, 4) == 0)
		number(s, 4);
	else
		piece(s, ((size_t)number(s, 4) + 3) & ~(size_t)3);
}

static void
read_properties(struct tnef *tnef, struct span s)
{
	uint32_t count = number(&s, 4);

	for (uint32_t i = 0; i < count && i < PROPERTIES_MAX && s.len > 0;
	     i++) {
		uint32_t kind = number(&s, 2), id = number(&s, 2), values = 1;
		size_t fixed = fixed_length(kind & ~(uint32_t)KIND_MANY);

		if (id >= 0x8000)
			skip_name(&s);
		if (fixed == 0 || (kind & KIND_MANY) != 0)
			values = number(&s, 4);
		for (uint32_t k = 0; k < values && k < VALUES_MAX && s.len > 0;
		     k++) {
			size_t len = fixed ? fixed : number(&s, 4);
			struct span value = piece(&s, len);

			piece(&s, (4 - len % 4) % 4);
			if (k == 0 && fixed == 0)
				take_property(tnef, id, kind, value);
		}
	}
}

static void
take_attribute(struct tnef *tnef, uint32_t id, struct span value)
{
	switch (id) {
	case ATTRIBUTE_CODE_PAGE:
		tnef->charset = code_page(tnef->arena, number(&value, 4));
		break;
	case ATTRIBUTE_BODY:
		set_text(tnef, value, KIND_STRING, "text/plain");
		break;
	case ATTRIBUTE_PROPERTIES:
		read_properties(tnef, value);
		break;
	case ATTRIBUTE_BEGINS:
		begin_file(tnef);
		break;
	case ATTRIBUTE_TITLE:
		set_name(tnef, value, KIND_STRING, false);
		break;
	case ATTRIBUTE_DATA:
		if (tnef->file != NULL)
			tnef->file->body = value;
		break;
	case ATTRIBUTE_FILE_PROPERTIES:
		if (tnef->file != NULL)
			read_properties(tnef, value);
		break;
	default:
		break;
	}
}

struct parts
tnef_read(
    struct arena *arena, const struct part *whole, bool text, size_t limit)
{
	struct span s = part_octets(arena, whole);
	struct tnef tnef = {arena, whole, limit, "", NULL, {0}, NULL, false};

	if (number(&s, 4) != SIGNATURE || limit < 2)
		return tnef.parts;
	number(&s, 2);
	/* A file begins at each of its attributes, of nine octets and more. */
	if (limit > s.len / 9 + 2)
		tnef.limit = limit = s.len / 9 + 2;
	tnef.parts.list = arena_take_many(arena, limit, sizeof *whole);
	if (text) {
		tnef.text = &tnef.parts.list[tnef.parts.count++];
		*tnef.text = part_of(&tnef);
		tnef.text->type = "text/plain";
	}
	/* A level, an attribute with its type, a length; a sum follows. */
	while (s.len >= 9) {
		struct span value;
		uint32_t id;

		number(&s, 1);
		id = number(&s, 4) & 0xffff;
		value = piece(&s, number(&s, 4));
		number(&s, 2);
		take_attribute(&tnef, id, value);
	}
	return tnef.parts;
}
