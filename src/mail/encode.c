#include <string.h>

#include "code.h"
#include "utf8.h"

#include "encode.h"

/* RFC 2047, section 2: a line with an encoded word has at most 76 octets, an
 * encoded word at most 75. */
#define LINE_MAX   76u
#define WORD_MAX   75u
#define WORD_FRAME 12u /* "=?utf-8?Q?" and "?=" */
/* Less room than this on a line is not worth an encoded word. */
#define WORD_LEAST 28u
/* A plain word that is longer is encoded, so that it can be folded. */
#define PLAIN_MAX   60u
#define SECTION_MAX 50u

static const char hex[] = "0123456789ABCDEF";

/* Characters without a look of their own that change how others look: what
 * makes one name pass for another (research: T17). Joiners go as well: a
 * header is a place to recognise somebody, not to set type. */
static bool
is_invisible(uint32_t c)
{
	return c == 0xad || c == 0x34f || c == 0x61c || c == 0x180e ||
	       (c >= 0x200b && c <= 0x200f) || (c >= 0x202a && c <= 0x202e) ||
	       (c >= 0x2060 && c <= 0x206f) || c == 0xfeff ||
	       (c >= 0xfff9 && c <= 0xfffb) || (c >= 0xe0000 && c <= 0xe007f);
}

static bool
is_space(uint32_t c)
{
	return c <= 0x20 || (c >= 0x7f && c <= 0xa0) || c == 0x2028 ||
	       c == 0x2029;
}

char *
encode_clean(struct arena *arena, struct span text, size_t limit)
{
	struct buf out = buf_in(arena);
	bool blank = false;

	while (text.len > 0) {
		size_t len, room = out.len + (blank ? 1 : 0);
		uint32_t c = utf8_read(text, &len);

		text.at += len;
		text.len -= len;
		if (c == UTF8_BAD)
			c = UTF8_REPLACEMENT;
		if (is_invisible(c))
			continue;
		if (is_space(c)) {
			blank = out.len > 0;
			continue;
		}
		if (room + (c == UTF8_REPLACEMENT ? 3 : len) > limit)
			break;
		if (blank)
			buf_put(&out, ' ');
		blank = false;
		utf8_put(&out, c);
	}
	return buf_text(&out);
}

struct encode_field
encode_field_begin(struct buf *out, const char *name)
{
	buf_add_text(out, name);
	buf_put(out, ':');
	return (struct encode_field){out, strlen(name) + 1};
}

/* The blank before the next word, at the end of this line or the start of the
 * next one. The first word stays on the field's line: a line of blanks alone
 * is forbidden (RFC 5322, section 3.2.2) and confuses old readers. */
static void
separate(struct encode_field *field, size_t need)
{
	bool first = field->out->at[field->out->len - 1] == ':';

	if (!first && field->column + 1 + need > LINE_MAX) {
		buf_add_text(field->out, "\r\n");
		field->column = 0;
	}
	buf_put(field->out, ' ');
	field->column++;
}

void
encode_field_word(struct encode_field *field, struct span word)
{
	separate(field, word.len);
	buf_add(field->out, word);
	field->column += word.len;
}

void
encode_field_words(struct encode_field *field, struct span text)
{
	while (text.len > 0) {
		const char *blank = memchr(text.at, ' ', text.len);
		size_t len = blank ? (size_t)(blank - text.at) : text.len;

		if (len > 0)
			encode_field_word(field, (struct span){text.at, len});
		len += blank ? 1 : 0;
		text.at += len;
		text.len -= len;
	}
}

/* What may stand in a Q word of a phrase, the strictest place (RFC 2047,
 * section 5, rule 3). */
static bool
is_q_plain(unsigned char c)
{
	return ascii_digit(c) || ascii_alpha(c) || c == '!' || c == '*' ||
	       c == '+' || c == '-' || c == '/';
}

static size_t
q_length(struct span text)
{
	size_t n = 0;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];

		n += is_q_plain(c) || c == ' ' ? 1 : 3;
	}
	return n;
}

static size_t
word_length(struct span text, bool quoted)
{
	return quoted ? q_length(text) : (text.len + 2) / 3 * 4;
}

/* How many octets of `text` go into a word with `room` for its letters; whole
 * characters only, because a reader decodes each word for itself. */
static size_t
word_take(struct span text, bool quoted, size_t room)
{
	size_t taken = 0;

	while (taken < text.len) {
		size_t len;

		utf8_read(
		    (struct span){text.at + taken, text.len - taken}, &len);
		if (word_length((struct span){text.at, taken + len}, quoted) >
		    room)
			break;
		taken += len;
	}
	return taken;
}

static void
put_q(struct buf *out, struct span text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];

		if (c == ' ') {
			buf_put(out, '_');
		} else if (is_q_plain(c)) {
			buf_put(out, (char)c);
		} else {
			buf_put(out, '=');
			buf_put(out, hex[c >> 4]);
			buf_put(out, hex[c & 15]);
		}
	}
}

/* `text` as encoded words. A blank between two of them is not shown (RFC
 * 2047, section 6.2), so blanks of the text are inside. */
static void
encoded_words(struct encode_field *field, struct span text)
{
	bool quoted = q_length(text) <= (text.len + 2) / 3 * 4;

	while (text.len > 0) {
		size_t left = field->column + 1 < LINE_MAX
				  ? LINE_MAX - field->column - 1
				  : 0;
		size_t most, taken;

		if (left < WORD_LEAST)
			left = WORD_MAX;
		most = (left < WORD_MAX ? left : WORD_MAX) - WORD_FRAME;
		taken = word_take(text, quoted, most);
		separate(field, left == WORD_MAX ? WORD_MAX : WORD_LEAST);
		buf_add_text(field->out, quoted ? "=?utf-8?Q?" : "=?utf-8?B?");
		if (quoted)
			put_q(field->out, (struct span){text.at, taken});
		else
			code_base64(
			    field->out, (struct span){text.at, taken}, false);
		buf_add_text(field->out, "?=");
		field->column +=
		    WORD_FRAME +
		    word_length((struct span){text.at, taken}, quoted);
		text.at += taken;
		text.len -= taken;
	}
}

static bool
has_word_mark(struct span text)
{
	for (size_t i = 0; i + 1 < text.len; i++) {
		if (text.at[i] == '=' && text.at[i + 1] == '?')
			return true;
	}
	return false;
}

/* "=?" is encoded, or the text of a stranger would be decoded by the reader
 * though it was never encoded by us. */
static bool
is_plain_word(struct span word)
{
	if (word.len > PLAIN_MAX || has_word_mark(word))
		return false;
	for (size_t i = 0; i < word.len; i++) {
		if (word.at[i] < 0x21 || word.at[i] > 0x7e)
			return false;
	}
	return true;
}

/* The first stretch of `text` between blanks. */
static struct span
first_word(struct span text)
{
	const char *blank = memchr(text.at, ' ', text.len);

	return (struct span){
	    text.at, blank ? (size_t)(blank - text.at) : text.len};
}

/* Plain words at both ends stay readable without a decoder ("[#1042] Re:");
 * all between the first and the last one that cannot is encoded as a whole,
 * because blanks between encoded words vanish. */
void
encode_field_text(struct encode_field *field, struct span text)
{
	struct span rest = text;
	const char *from = NULL, *to = NULL;

	while (rest.len > 0) {
		struct span word = first_word(rest);
		size_t step = word.len < rest.len ? word.len + 1 : word.len;

		if (!is_plain_word(word)) {
			from = from ? from : word.at;
			to = word.at + word.len;
		}
		rest.at += step;
		rest.len -= step;
	}
	if (from == NULL) {
		encode_field_words(field, text);
		return;
	}
	encode_field_words(field, span_from(text.at, from));
	encoded_words(field, span_from(from, to));
	encode_field_words(field, span_from(to, text.at + text.len));
}

/* Atoms between blanks (RFC 5322, section 3.2.3): a phrase without quotes. */
static bool
is_atoms(struct span text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];

		if (!ascii_digit(c) && !ascii_alpha(c) && c != ' ' &&
		    strchr("!#$%&'*+-/=?^_`{|}~", c) == NULL)
			return false;
	}
	return true;
}

void
encode_field_phrase(struct encode_field *field, struct span text)
{
	bool plain = !has_word_mark(text) && text.len <= PLAIN_MAX;

	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] < 0x20 || text.at[i] > 0x7e)
			plain = false;
	}
	if (!plain) {
		encoded_words(field, text);
		return;
	}
	if (is_atoms(text)) {
		encode_field_words(field, text);
		return;
	}
	separate(field, text.len + 2);
	buf_put(field->out, '"');
	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '"' || text.at[i] == '\\') {
			buf_put(field->out, '\\');
			field->column++;
		}
		buf_put(field->out, text.at[i]);
	}
	buf_put(field->out, '"');
	field->column += text.len + 2;
}

void
encode_field_end(struct encode_field *field)
{
	buf_add_text(field->out, "\r\n");
	field->column = 0;
}

static bool
is_token(struct span text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];

		if (!ascii_digit(c) && !ascii_alpha(c) && c != '.' &&
		    c != '-' && c != '_')
			return false;
	}
	return true;
}

static void
put_percent(struct buf *out, struct span text)
{
	for (size_t i = 0; i < text.len; i++) {
		struct span one = {text.at + i, 1};
		unsigned char c = (unsigned char)text.at[i];

		if (is_token(one)) {
			buf_put(out, (char)c);
		} else {
			buf_put(out, '%');
			buf_put(out, hex[c >> 4]);
			buf_put(out, hex[c & 15]);
		}
	}
}

/* Sections of RFC 2231 are joined before they are decoded, so that one may
 * end anywhere but inside a %XX. */
void
encode_parameter(struct buf *out, const char *name, struct span value)
{
	size_t section = 0;

	if (is_token(value) && value.len <= SECTION_MAX) {
		buf_print(
		    out, ";\r\n %s=\"%.*s\"", name, (int)value.len, value.at);
		return;
	}
	while (value.len > 0) {
		size_t len =
		    value.len < SECTION_MAX / 3 ? value.len : SECTION_MAX / 3;

		buf_print(out, ";\r\n %s*%zu*=%s", name, section,
		    section == 0 ? "utf-8''" : "");
		put_percent(out, (struct span){value.at, len});
		value.at += len;
		value.len -= len;
		section++;
	}
}
