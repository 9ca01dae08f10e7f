#include <config.h>

#include <errno.h>
#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "span.h"
#include "utf8.h"

#include "charset.h"
#include "charset_guess.h"
#include "charset_names.h"
#include "charset_octet.h"
#include "flag.h"
#include "jis.h"
#include "shift.h"

#define NAME_MAX_LEN 40 /* the longest label is shorter */
#define JAPANESE     "ISO-2022-JP-2"
#define UTF8_PROOF   4 /* characters of several octets against a label */
#define NAME_COUNT   (sizeof charset_names / sizeof charset_names[0])

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
without_faults(struct arena *arena, struct span octets)
{
	struct buf out = buf_in(arena);

	buf_reserve(&out, octets.len + 1);
	utf8_add_clean(&out, octets);
	return buf_span(&out);
}

/* What is known to be valid: by a look at it, or because iconv wrote it. */
static struct span
without_nul(struct arena *arena, struct span octets, struct flags *flags)
{
	if (octets.len == 0 || memchr(octets.at, '\0', octets.len) == NULL)
		return octets;
	flag_raise(flags, FLAG_NUL);
	return without_faults(arena, octets);
}

static struct span
clean_utf8(struct arena *arena, struct span octets, struct flags *flags)
{
	if (utf8_valid(octets))
		return without_nul(arena, octets, flags);
	if (memchr(octets.at, '\0', octets.len) != NULL)
		flag_raise(flags, FLAG_NUL);
	flag_raise(flags, FLAG_BAD_CHARSET);
	return without_faults(arena, octets);
}

/* How many octets above 127 are part of UTF-8, as characters, and how many
 * are none. */
struct utf8_count {
	size_t good, bad;
	bool bad_end; /* the only fault may be where the text was cut off */
};

static struct utf8_count
count_utf8(struct span octets)
{
	struct utf8_count count = {0};

	while (octets.len > 0) {
		size_t len;
		uint32_t c;

		if ((unsigned char)*octets.at < 0x80) {
			octets.at++;
			octets.len--;
			continue;
		}
		c = utf8_read(octets, &len);
		count.good += c != UTF8_BAD;
		count.bad += c == UTF8_BAD;
		count.bad_end = c == UTF8_BAD && len == octets.len &&
				(unsigned char)*octets.at >= 0xc2;
		octets.at += len;
		octets.len -= len;
	}
	return count;
}

static void
flush(iconv_t converter, struct buf *out)
{
	char *to = buf_reserve(out, 16);
	size_t room = 16;

	if (iconv(converter, NULL, NULL, &to, &room) != (size_t)-1)
		out->len = (size_t)(to - out->at);
}

/* One call of iconv stops at each fault; one octet is then given up. */
static struct span
from_iconv(struct arena *arena, struct span octets, iconv_t converter,
    size_t *faults_r)
{
	struct buf out = buf_in(arena);
	char *in = (char *)(uintptr_t)octets.at;
	size_t left = octets.len;

	while (left > 0) {
		char *to = buf_reserve(&out, left + left / 2 + 16);
		size_t room = out.room - out.len;
		size_t rc = iconv(converter, &in, &left, &to, &room);
		int why = errno;

		out.len = (size_t)(to - out.at);
		if (rc != (size_t)-1 || why == E2BIG)
			continue;
		++*faults_r;
		utf8_put(&out, UTF8_REPLACEMENT);
		if (why == EINVAL)
			break;
		in++;
		left--;
	}
	/* Where marks may follow a letter (Hebrew, Vietnamese), the last letter
	 * waits for them. */
	flush(converter, &out);
	return buf_span(&out);
}

/* Charsets that iconv reads badly are moved to those that it reads well. */
static struct span
moved(struct arena *arena, struct span octets, const char **converter)
{
	if (strcmp(*converter, JAPANESE) == 0) {
		if (jis_to_shift_jis(arena, octets, &octets))
			*converter = "CP932";
	} else if (strcmp(*converter, "HZ") == 0) {
		*converter = "GB18030";
		return shift_hz(arena, octets);
	} else if (strcmp(*converter, "ISO-2022-KR") == 0) {
		*converter = "CP949";
		return shift_iso_2022(arena, octets);
	} else if (strcmp(*converter, "ISO-2022-CN") == 0) {
		*converter = "GB18030";
		return shift_iso_2022(arena, octets);
	}
	return octets;
}

static bool
one_octet(const char *converter)
{
	for (size_t i = 0; i < NAME_COUNT; i++)
		if (strcmp(charset_names[i].converter, converter) == 0)
			return charset_names[i].form == ONE_OCTET;
	return false;
}

/* False when the converter is not there. */
static bool
from_name(struct arena *arena, struct span octets, const char *from,
    struct span *text_r, size_t *faults_r)
{
	iconv_t converter;

	octets = moved(arena, octets, &from);
	converter = iconv_open("UTF-8", from);
	if (converter == (iconv_t)-1)
		return false;
	*text_r = octets.len >= CHARSET_OCTET_PAYS && one_octet(from)
	    ? charset_octet_read(arena, octets, converter, faults_r)
	    : from_iconv(arena, octets, converter, faults_r);
	iconv_close(converter);
	return true;
}

/* Read by what it looks like; windows-1252 when it looks like nothing. */
static struct span
from_guess(struct arena *arena, struct span octets, const char *looks,
    struct flags *flags)
{
	size_t faults = 0;
	struct span text;

	if (looks != NULL && from_name(arena, octets, looks, &text, &faults)) {
		if (faults > 0)
			flag_raise(flags, FLAG_BAD_CHARSET);
		return without_nul(arena, text, flags);
	}
	return charset_1252_read(arena, octets, flags);
}

/* UTF-8 does not come about by chance (RFC 6532 wants it undeclared); a few
 * faults in it are faults, not another charset. */
static struct span
guess(struct arena *arena, struct span octets, enum flag why,
    struct flags *flags)
{
	struct utf8_count count;

	if (utf8_valid(octets))
		return without_nul(arena, octets, flags);
	flag_raise(flags, why);
	count = count_utf8(octets);
	if (count.good >= UTF8_PROOF && count.good > 4 * count.bad)
		return clean_utf8(arena, octets, flags);
	return from_guess(arena, octets, charset_guess(arena, octets), flags);
}

/* What is labelled as UTF-8 and has not one character of it was never that. */
static struct span
from_utf8(struct arena *arena, struct span octets, struct flags *flags)
{
	struct utf8_count count;

	if (utf8_valid(octets))
		return without_nul(arena, octets, flags);
	count = count_utf8(octets);
	if (count.good > 0 || (count.bad == 1 && count.bad_end))
		return clean_utf8(arena, octets, flags);
	flag_raise(flags, FLAG_BAD_CHARSET);
	return from_guess(arena, octets, charset_guess(arena, octets), flags);
}

static bool
proves_utf8(struct span octets)
{
	return utf8_valid(octets) && count_utf8(octets).good >= UTF8_PROOF;
}

/* Latin-1 is what programs write who do not know what they send. */
static struct span
from_western(struct arena *arena, struct span octets, struct flags *flags)
{
	const char *looks;

	if (proves_utf8(octets)) {
		flag_raise(flags, FLAG_BAD_CHARSET);
		return without_nul(arena, octets, flags);
	}
	looks = charset_guess_other(arena, octets);
	if (looks != NULL)
		flag_raise(flags, FLAG_BAD_CHARSET);
	return from_guess(arena, octets, looks, flags);
}

static struct span
from_label(struct arena *arena, struct span octets,
    const struct charset_name *name, struct flags *flags)
{
	size_t faults = 0, others = 0;
	struct span text, other;
	const char *looks;

	if (name->form != OWN_ASCII && proves_utf8(octets)) {
		flag_raise(flags, FLAG_BAD_CHARSET);
		return without_nul(arena, octets, flags);
	}
	if (!from_name(arena, octets, name->converter, &text, &faults)) {
		flag_raise(flags, FLAG_UNKNOWN_CHARSET);
		return guess(arena, octets, FLAG_UNKNOWN_CHARSET, flags);
	}
	if (faults > 0)
		flag_raise(flags, FLAG_BAD_CHARSET);
	/* So many faults that the label must be wrong. */
	if (faults > 2 && faults * 20 > octets.len) {
		looks = charset_guess(arena, octets);
		if (looks != NULL &&
		    from_name(arena, octets, looks, &other, &others) &&
		    others * 4 < faults)
			text = other;
	}
	return without_nul(arena, text, flags);
}

/* The charset of seven bits that a text without a label switches to by
 * itself; NULL when it does not. */
static const char *
escapes_to(struct span octets)
{
	const char *at = octets.len > 0 ? memmem(octets.at, octets.len,
					      "\033$", 2)
					: NULL;
	size_t left = at ? octets.len - (size_t)(at - octets.at) : 0;

	if (left < 4)
		return NULL;
	if (at[2] == 'B' || at[2] == '@')
		return JAPANESE;
	if (at[2] == ')' && at[3] == 'C')
		return "ISO-2022-KR";
	return at[2] == ')' && at[3] == 'A' ? "ISO-2022-CN" : NULL;
}

/* Octets below 128 alone: themselves, whatever the label, except where they
 * shift to something else. */
static struct span
from_ascii(struct arena *arena, struct span octets, struct charset found,
    struct flags *flags)
{
	const char *escape = memchr(octets.at, '\033', octets.len)
				 ? escapes_to(octets)
				 : NULL;

	if (found.reader == READER_UNKNOWN)
		flag_raise(flags, FLAG_UNKNOWN_CHARSET);
	if (escape == NULL)
		return octets;
	flag_raise(flags, FLAG_BAD_CHARSET);
	return from_guess(arena, octets, escape, flags);
}

struct span
charset_to_utf8(struct arena *arena, struct span octets, struct span charset,
    struct flags *flags)
{
	struct charset found = find(charset);

	if (octets.len == 0)
		return (struct span){"", 0};
	if (!(found.name && found.name->form == OWN_ASCII) && plain_ascii(octets))
		return from_ascii(arena, octets, found, flags);
	switch (found.reader) {
	case READER_UTF8:
		return from_utf8(arena, octets, flags);
	case READER_1252:
		return from_western(arena, octets, flags);
	case READER_GUESS:
		return guess(arena, octets, FLAG_UNDECLARED_8BIT, flags);
	case READER_ICONV:
		if (found.name != NULL)
			return from_label(arena, octets, found.name, flags);
		break;
	case READER_UNKNOWN:
		break;
	}
	flag_raise(flags, FLAG_UNKNOWN_CHARSET);
	return guess(arena, octets, FLAG_UNKNOWN_CHARSET, flags);
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
