#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "span.h"
#include "utf8.h"

#include "charset.h"
#include "charset_names.h"
#include "flag.h"
#include "jis.h"

#define NAME_MAX_LEN 40 /* the longest label is shorter */
#define JAPANESE     "ISO-2022-JP-2"
#define NAME_COUNT   (sizeof charset_names / sizeof charset_names[0])

/* What lies between ISO 8859-1's two halves in windows-1252; the five octets
 * that it leaves open stand for the control of their number. */
static const uint16_t windows_1252[32] = {
    0x20ac,
    0x0081,
    0x201a,
    0x0192,
    0x201e,
    0x2026,
    0x2020,
    0x2021,
    0x02c6,
    0x2030,
    0x0160,
    0x2039,
    0x0152,
    0x008d,
    0x017d,
    0x008f,
    0x0090,
    0x2018,
    0x2019,
    0x201c,
    0x201d,
    0x2022,
    0x2013,
    0x2014,
    0x02dc,
    0x2122,
    0x0161,
    0x203a,
    0x0153,
    0x009d,
    0x017e,
    0x0178,
};

/* The charsets of nearly all mail are read without iconv. */
enum reader {
	READER_GUESS, /* nothing declared, or us-ascii */
	READER_UTF8,
	READER_1252,
	READER_ICONV,
	READER_UNKNOWN,
};

struct charset {
	enum reader reader;
	const struct charset_name *name; /* for READER_ICONV */
};

static const struct {
	const char *label;
	enum reader reader;
} labels[] = {
    {"utf-8", READER_UTF8},
    {"us-ascii", READER_GUESS},
    {"iso-8859-1", READER_1252},
    {"windows-1252", READER_1252},
    {"", READER_GUESS},
    {"utf8", READER_UTF8},
    {"utf-8mb4", READER_UTF8},
    {"utf8mb4", READER_UTF8},
    {"unicode-1-1-utf-8", READER_UTF8},
    {"x-unicode20utf8", READER_UTF8},
    {"ascii", READER_GUESS},
    {"us", READER_GUESS},
    {"ansi_x3.4-1968", READER_GUESS},
    {"iso-ir-6", READER_GUESS},
    {"iso646-us", READER_GUESS},
    {"7bit", READER_GUESS},
    {"8bit", READER_GUESS},
    {"binary", READER_GUESS},
    {"default", READER_GUESS},
    {"default_charset", READER_GUESS},
    {"unknown", READER_GUESS},
    {"unknown-8bit", READER_GUESS},
    {"x-unknown", READER_GUESS},
    {"_autodetect", READER_GUESS},
    {"_autodetect_all", READER_GUESS},
    {"iso8859-1", READER_1252},
    {"iso_8859-1", READER_1252},
    {"iso_8859-1:1987", READER_1252},
    {"iso88591", READER_1252},
    {"iso-8859", READER_1252},
    {"latin1", READER_1252},
    {"latin-1", READER_1252},
    {"l1", READER_1252},
    {"csisolatin1", READER_1252},
    {"iso-ir-100", READER_1252},
    {"ibm819", READER_1252},
    {"cp819", READER_1252},
    {"cp1252", READER_1252},
    {"cp-1252", READER_1252},
    {"x-cp1252", READER_1252},
    {"win-1252", READER_1252},
    {"ansi", READER_1252},
    {"x-ansi", READER_1252},
};

/* Blanks and quotes round a name, and the language that RFC 2231 section 5
 * adds to it ("utf-8*en"), are not part of it. */
static struct span
bare_name(struct span name)
{
	const char *star;

	name = span_trim(name);
	while (name.len > 0 && (*name.at == '"' || *name.at == '\'')) {
		name.at++;
		name.len--;
	}
	while (name.len > 0 &&
	       (name.at[name.len - 1] == '"' || name.at[name.len - 1] == '\'' ||
		   name.at[name.len - 1] == ';'))
		name.len--;
	star = name.len > 0 ? memchr(name.at, '*', name.len) : NULL;
	return star ? span_from(name.at, star) : name;
}

static struct charset
find(struct span name)
{
	char key[NAME_MAX_LEN + 3] = " ";

	name = bare_name(name);
	for (size_t i = 0; i < sizeof labels / sizeof labels[0]; i++)
		if (span_is(name, labels[i].label))
			return (struct charset){labels[i].reader, NULL};
	if (name.len > NAME_MAX_LEN || memchr(name.at, ' ', name.len) ||
	    memchr(name.at, '\0', name.len))
		return (struct charset){READER_UNKNOWN, NULL};
	for (size_t i = 0; i < name.len; i++)
		key[i + 1] = (char)ascii_lower((unsigned char)name.at[i]);
	key[name.len + 1] = ' ';
	for (size_t i = 0; i < NAME_COUNT; i++)
		if (strstr(charset_names[i].labels, key))
			return (struct charset){
			    READER_ICONV, &charset_names[i]};
	return (struct charset){READER_UNKNOWN, NULL};
}

static bool
plain_ascii(struct span s)
{
	uint64_t all = 0, word;
	size_t i = 0;

	for (; i + 8 <= s.len; i += 8) {
		memcpy(&word, s.at + i, 8);
		all |= word;
	}
	for (; i < s.len; i++)
		all |= (unsigned char)s.at[i];
	return (all & 0x8080808080808080u) == 0 &&
	       (s.len == 0 || memchr(s.at, '\0', s.len) == NULL);
}

static struct span
clean_utf8(struct arena *arena, struct span octets, struct flags *flags)
{
	struct buf out = buf_in(arena);

	if (octets.len > 0 && memchr(octets.at, '\0', octets.len))
		flag_raise(flags, FLAG_NUL);
	else if (utf8_valid(octets))
		return octets;
	if (!utf8_valid(octets))
		flag_raise(flags, FLAG_BAD_CHARSET);
	buf_reserve(&out, octets.len + 1);
	utf8_add_clean(&out, octets);
	return buf_span(&out);
}

static struct span
from_1252(struct arena *arena, struct span octets, struct flags *flags)
{
	struct buf out = buf_in(arena);

	buf_reserve(&out, octets.len + octets.len / 8 + 1);
	for (size_t i = 0; i < octets.len; i++) {
		unsigned char c = (unsigned char)octets.at[i];

		if (c == 0)
			flag_raise(flags, FLAG_NUL);
		else if (c < 0x80)
			buf_put(&out, (char)c);
		else
			utf8_put(&out, c < 0xa0 ? windows_1252[c - 0x80] : c);
	}
	return buf_span(&out);
}

/* One call of iconv stops at each fault; one octet is then given up. */
static struct span
from_iconv(struct arena *arena, struct span octets, iconv_t converter,
    struct flags *flags)
{
	struct buf out = buf_in(arena);
	char *in = (char *)(uintptr_t)octets.at;
	size_t left = octets.len;

	while (left > 0) {
		char *to = buf_reserve(&out, left + left / 2 + 16);
		size_t room = out.room - out.len;
		size_t rc = iconv(converter, &in, &left, &to, &room);

		out.len = (size_t)(to - out.at);
		if (rc != (size_t)-1 || errno == E2BIG)
			continue;
		flag_raise(flags, FLAG_BAD_CHARSET);
		utf8_put(&out, UTF8_REPLACEMENT);
		if (errno == EINVAL)
			break;
		in++;
		left--;
	}
	return clean_utf8(arena, buf_span(&out), flags);
}

/* UTF-8 does not come about by chance (RFC 6532 wants it undeclared). */
static struct span
guess(struct arena *arena, struct span octets, struct flags *flags)
{
	if (utf8_valid(octets))
		return clean_utf8(arena, octets, flags);
	flag_raise(flags, FLAG_UNDECLARED_8BIT);
	return from_1252(arena, octets, flags);
}

static struct span
from_name(struct arena *arena, struct span octets,
    const struct charset_name *name, struct flags *flags)
{
	const char *from = name->converter;
	iconv_t converter;
	struct span text;

	if (strcmp(from, JAPANESE) == 0 &&
	    jis_to_shift_jis(arena, octets, &octets))
		from = "CP932";
	converter = iconv_open("UTF-8", from);
	if (converter == (iconv_t)-1) {
		flag_raise(flags, FLAG_UNKNOWN_CHARSET);
		return guess(arena, octets, flags);
	}
	text = from_iconv(arena, octets, converter, flags);
	iconv_close(converter);
	return text;
}

struct span
charset_to_utf8(struct arena *arena, struct span octets, struct span charset,
    struct flags *flags)
{
	struct charset found = find(charset);

	if (!(found.name && found.name->own_ascii) && plain_ascii(octets)) {
		if (found.reader == READER_UNKNOWN)
			flag_raise(flags, FLAG_UNKNOWN_CHARSET);
		return octets;
	}
	switch (found.reader) {
	case READER_UTF8:
		return clean_utf8(arena, octets, flags);
	case READER_1252:
		return from_1252(arena, octets, flags);
	case READER_GUESS:
		return guess(arena, octets, flags);
	case READER_ICONV:
		return from_name(arena, octets, found.name, flags);
	case READER_UNKNOWN:
		break;
	}
	flag_raise(flags, FLAG_UNKNOWN_CHARSET);
	return utf8_valid(octets) ? clean_utf8(arena, octets, flags)
				  : from_1252(arena, octets, flags);
}

bool
charset_known(struct span charset)
{
	return find(charset).reader != READER_UNKNOWN;
}

void
charset_hold(struct charset_hold *hold)
{
	_Static_assert(NAME_COUNT <= sizeof hold->converters / sizeof(iconv_t),
	    "every converter has its place");

	hold->count = 0;
	for (size_t i = 0; i < NAME_COUNT; i++) {
		iconv_t converter =
		    iconv_open("UTF-8", charset_names[i].converter);

		if (converter != (iconv_t)-1)
			hold->converters[hold->count++] = converter;
	}
}

void
charset_release(struct charset_hold *hold)
{
	while (hold->count > 0)
		iconv_close(hold->converters[--hold->count]);
}
