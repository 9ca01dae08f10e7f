#include <iconv.h>
#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "span.h"
#include "utf8.h"

#include "charset_guess.h"
#include "charset_pairs.h"

#define SAMPLE_MAX 4096 /* octets that are looked at */
#define RUN_MIN	   2	/* mean run of octets above 127 in other scripts */
#define SCORE_MIN  45	/* of a text in an alphabet, for each letter */
#define BEYOND_DOUBT 10 /* letters, against a label */

/* How often letters stand in a text of an alphabet's languages, from "often"
 * down; what stands in none of the three is seldom or foreign. */
struct alphabet {
	uint32_t first, last; /* the block in Unicode */
	const char *often;
	const char *usual;
	const char *seldom;
};

static const struct alphabet cyrillic = {0x400, 0x45f, "оеаинтсрвл",
    "кмдпуяыьгзбчйхжшюіїъ", "цщэфёєґўјљњџћђѕѓќ"};
static const struct alphabet greek = {
    0x370, 0x3ff, "αοιετσνηυρπ", "κμλςωδγχθφβξέίόάήύώ", "ζψϊϋΐΰ"};
static const struct alphabet hebrew = {
    0x5d0, 0x5ea, "יוהלאמתרבש", "נדםכעחקפןצ", "גזטסךףץ"};
static const struct alphabet arabic = {0x60c, 0x6d2, "اليمنتربوهع",
    "دسفكقحجةأشصىخطضذغزثإؤئءآظ", "پچژگکی،؟ًٌٍَُِّْ"};
static const struct alphabet thai = {0xe01, 0xe5b, "านรกอเงม่้วสลดยคีัท",
    "ปิไตะหจุบ็ใ์แพชขูถโำผึธื", "ศญษซณภฐฉฎฒฝฟฑฏฌฆฬฮฤๆฯ๊๋"};

/* Charsets with an alphabet; of equals the first wins. */
static const struct candidate {
	const char *converter;
	const struct alphabet *alphabet;
} candidates[] = {
    {"WINDOWS-1251", &cyrillic},
    {"KOI8-R", &cyrillic},
    {"KOI8-U", &cyrillic},
    {"IBM866", &cyrillic},
    {"ISO-8859-5", &cyrillic},
    {"MAC-CYRILLIC", &cyrillic},
    {"WINDOWS-1253", &greek},
    {"WINDOWS-1255", &hebrew},
    {"WINDOWS-1256", &arabic},
    {"ISO-8859-6", &arabic},
    {"CP874", &thai},
};

/* The letters beyond ASCII of each language with a Latin alphabet, and the
 * charsets that have them; those that windows-1252 can write come first. */
static const struct language {
	const char *converter;
	const char *letters;
} languages[] = {
    {"WINDOWS-1252", "äöüß"},
    {"WINDOWS-1252", "éèêëàâçîïôûùüœæÿ"},
    {"WINDOWS-1252", "áéíóúñü"},
    {"WINDOWS-1252", "ãáâàçéêíóôõúü"},
    {"WINDOWS-1252", "àèéìíîòóùú"},
    {"WINDOWS-1252", "åäöéü"},
    {"WINDOWS-1252", "æøåéòôü"},
    {"WINDOWS-1252", "éëïöüèêáóúíàçâîôûñä"},
    {"WINDOWS-1254", "çğıöşüâîû"},
    {"WINDOWS-1252", "áðéíóúýþæö"},
    {"ISO-8859-2", "ąćęłńóśźż"},
    {"WINDOWS-1250", "ąćęłńóśźż"},
    {"ISO-8859-2", "áčďéěíňóřšťúůýžäĺľŕô"},
    {"WINDOWS-1250", "áčďéěíňóřšťúůýžäĺľŕô"},
    {"ISO-8859-2", "áéíóöőúüű"},
    {"WINDOWS-1250", "áéíóöőúüű"},
    {"ISO-8859-2", "čćđšž"},
    {"WINDOWS-1250", "čćđšž"},
    {"ISO-8859-2", "ăâîşţ"},
    {"ISO-8859-16", "ăâîșț"},
    {"WINDOWS-1257", "ąčęėįšųūž"},
    {"WINDOWS-1257", "āčēģīķļņšūž"},
    {"WINDOWS-1257", "äõöüšž"},
};

struct shape {
	size_t high;  /* octets above 127 */
	size_t runs;  /* of them */
	size_t plain; /* ASCII letters */
};

static struct shape
shape_of(struct span s)
{
	struct shape shape = {0};
	bool before = false;

	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];

		shape.high += c >= 0x80;
		shape.runs += c >= 0x80 && !before;
		shape.plain += ascii_alpha(c);
		before = c >= 0x80;
	}
	return shape;
}

/* What is looked at: from the first octet above 127 on, so that a long
 * preamble in English hides nothing. */
static struct span
sample_of(struct span s)
{
	size_t i = 0;

	while (i < s.len && (unsigned char)s.at[i] < 0x80)
		i++;
	s.at += i;
	s.len -= i;
	if (s.len > SAMPLE_MAX)
		s.len = SAMPLE_MAX;
	return s;
}

/* The sample in that charset as UTF-8; false when it has octets that the
 * charset does not have. */
static bool
convert(struct arena *arena, const char *from, struct span s, struct span *r)
{
	iconv_t converter = iconv_open("UTF-8", from);
	size_t left = s.len, room = 4 * s.len;
	char *in = (char *)(uintptr_t)s.at;
	char *text, *out;
	bool sound;

	if (converter == (iconv_t)-1)
		return false;
	text = out = arena_take(arena, room + 1);
	sound = iconv(converter, &in, &left, &out, &room) != (size_t)-1;
	iconv_close(converter);
	*r = span_from(text, out);
	return sound;
}

/* Small and capital letters of the blocks that have both. */
static uint32_t
lower(uint32_t c)
{
	if ((c >= 0x410 && c <= 0x42f) || (c >= 0x391 && c <= 0x3a9))
		return c + 0x20;
	if (c >= 0x400 && c <= 0x40f)
		return c + 0x50;
	switch (c) {
	case 0x386:
		return 0x3ac;
	case 0x388:
	case 0x389:
	case 0x38a:
		return c + 37;
	case 0x38c:
		return 0x3cc;
	case 0x38e:
	case 0x38f:
		return c + 63;
	case 0x130:
		return 'i';
	case 0x178:
		return 0xff;
	default:
		break;
	}
	if (c >= 0xc0 && c <= 0xde && c != 0xd7)
		return c + 0x20;
	if ((c >= 0x100 && c <= 0x137) || (c >= 0x14a && c <= 0x177) ||
	    (c >= 0x218 && c <= 0x21b))
		return c | 1;
	if ((c >= 0x139 && c <= 0x148) || (c >= 0x179 && c <= 0x17e))
		return c + (c & 1);
	return c;
}

static bool
has(const char *letters, uint32_t c)
{
	struct span s = span_of(letters);

	while (s.len > 0) {
		size_t len;

		if (utf8_read(s, &len) == c)
			return true;
		s.at += len;
		s.len -= len;
	}
	return false;
}

/* What any text may have beside its letters. */
static bool
mark(uint32_t c)
{
	return c == 0xa0 || c == 0xab || c == 0xbb || c == 0xb0 || c == 0xa9 ||
	       c == 0xa7 || c == 0xb7 || c == 0x2116 || c == 0x20ac ||
	       (c >= 0x2013 && c <= 0x2026) || c == 0x200e || c == 0x200f ||
	       c == 0xae || c == 0x2122;
}

static int
letter_score(const struct alphabet *alphabet, uint32_t c, uint32_t before)
{
	uint32_t small = lower(c);

	if (c < alphabet->first || c > alphabet->last)
		return mark(c) ? 40 : -150;
	/* A capital within a word: cAPITALS are what the wrong one of two
	 * Cyrillic charsets makes. */
	if (small != c && before >= 0x80 && lower(before) == before &&
	    before >= alphabet->first)
		return -60;
	if (has(alphabet->often, small))
		return 100;
	if (has(alphabet->usual, small))
		return 40;
	return has(alphabet->seldom, small) ? -10 : -80;
}

/* For each character above 127, how well it goes with the alphabet: 100 at
 * best. */
static int
score(const struct alphabet *alphabet, struct span text)
{
	long sum = 0, count = 0;
	uint32_t before = ' ';

	while (text.len > 0) {
		size_t len;
		uint32_t c = utf8_read(text, &len);

		text.at += len;
		text.len -= len;
		if (c >= 0x80) {
			sum += letter_score(alphabet, c, before);
			count++;
		}
		before = c;
	}
	return count > 0 ? (int)(sum / count) : 0;
}

static const char *
guess_alphabet(struct arena *arena, struct span sample)
{
	const char *best = NULL;
	int most = SCORE_MIN;

	for (size_t i = 0; i < sizeof candidates / sizeof candidates[0]; i++) {
		const struct candidate *candidate = &candidates[i];
		struct span text;
		int value;

		if (!convert(arena, candidate->converter, sample, &text))
			continue;
		value = score(candidate->alphabet, text);
		if (value > most) {
			most = value;
			best = candidate->converter;
		}
	}
	return best;
}

/* How many of the characters above 127 the language does not write. */
static size_t
strangers(const char *letters, struct span text)
{
	size_t count = 0;

	while (text.len > 0) {
		size_t len;
		uint32_t c = utf8_read(text, &len);

		text.at += len;
		text.len -= len;
		count += c >= 0x80 && !has(letters, lower(c)) && !mark(c);
	}
	return count;
}

/* The language that writes all of the letters; a few names of foreigners may
 * stand among them, in long texts. */
static const char *
guess_latin(struct arena *arena, struct span sample, size_t high)
{
	const char *best = "WINDOWS-1252", *from = NULL;
	size_t least = high, western = high;
	struct span text = {0};
	bool sound = false;

	for (size_t i = 0; i < sizeof languages / sizeof languages[0]; i++) {
		const struct language *language = &languages[i];
		size_t count;

		if (from == NULL || strcmp(from, language->converter) != 0)
			sound = convert(
			    arena, language->converter, sample, &text);
		from = language->converter;
		if (!sound)
			continue;
		count = strangers(language->letters, text);
		if (strcmp(from, "WINDOWS-1252") == 0 && count < western)
			western = count;
		if (count < least) {
			least = count;
			best = from;
		}
	}
	/* A single word is no proof against the charset of most mails. */
	if (strcmp(best, "WINDOWS-1252") == 0 || least > high / 20 ||
	    western < least + (high < 4 ? 2 : 1))
		return NULL;
	return best;
}

/* In another script nearly all letters lie above 127, and side by side; in
 * Latin ones they stand alone among others. */
static bool
other_script(const struct shape *shape)
{
	return shape->high >= 4 && shape->high >= shape->runs * RUN_MIN &&
	       shape->high * 2 >= shape->plain;
}

static const char *
guess_other(struct arena *arena, struct span sample)
{
	const char *pairs = charset_pairs(sample);
	const char *letters = guess_alphabet(arena, sample);

	/* Letters of an alphabet may look like pairs, but pairs hardly ever
	 * look like one alphabet's letters in their usual numbers. */
	return letters != NULL ? letters : pairs;
}

const char *
charset_guess(struct arena *arena, struct span octets)
{
	struct span sample = sample_of(octets);
	struct shape shape = shape_of(sample);
	const char *found = NULL;

	if (other_script(&shape))
		found = guess_other(arena, sample);
	if (found == NULL && shape.high >= 2)
		found = guess_latin(arena, sample, shape.high);
	return found;
}

const char *
charset_guess_other(struct arena *arena, struct span octets)
{
	struct span sample = sample_of(octets);
	struct shape shape = shape_of(sample);

	if (shape.high < BEYOND_DOUBT || shape.high < 3 * shape.runs ||
	    !other_script(&shape))
		return NULL;
	return guess_other(arena, sample);
}
