#include <endian.h>
#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>
#include <string.h>

#include "span.h"
#include "utf8.h"

#include "language.h"

#define EN	  1u
#define NL	  2u
#define DE	  4u
#define FR	  8u
#define ES	  16u
#define OTHER	  32u /* seen, and none of those */
#define LANGUAGES 6
#define WORD_MAX  12
#define WORD_ROOM 16
#define SMALL	  0x20 /* what makes an ASCII letter small */
/* After so many octets, and again: whether more of them need be looked at. */
#define LOOK_FIRST 50
#define ENOUGH	   12

/* In the order of their bits. */
static const char *const tags[LANGUAGES] = {"en", "nl", "de", "fr", "es", ""};

struct small_word {
	char word[WORD_ROOM]; /* NUL to its end */
	unsigned languages;
};

/* By the octets of the words, of which the first eight are no other word's. A word that several languages have counts for
 * each of them, so that it decides nothing. */
static const struct small_word small_words[] = {
    {"a", EN}, {"aan", NL}, {"aber", DE}, {"after", EN}, {"al", NL | ES},
    {"als", NL}, {"alvast", NL}, {"am", DE}, {"an", EN | DE}, {"and", EN},
    {"any", EN}, {"are", EN}, {"at", EN | OTHER}, {"au", FR}, {"auch", DE},
    {"auf", DE}, {"aux", FR}, {"av", OTHER}, {"avec", FR}, {"be", EN},
    {"bedankt", NL}, {"been", EN}, {"bei", DE}, {"beste", NL}, {"bij", NL},
    {"bir", OTHER}, {"bitte", DE}, {"bonjour", FR}, {"bu", OTHER},
    {"buenos", ES}, {"but", EN}, {"can", EN}, {"cannot", EN}, {"ce", FR},
    {"cette", FR}, {"che", OTHER}, {"ciao", OTHER}, {"com", OTHER},
    {"comment", FR}, {"como", ES}, {"con", ES}, {"cordialement", FR},
    {"could", EN}, {"cuando", ES}, {"dank", NL}, {"danke", DE}, {"dans", FR},
    {"das", DE}, {"dat", NL}, {"de", NL | FR | ES | OTHER}, {"dear", EN},
    {"del", ES},
    {"della", OTHER}, {"dem", DE}, {"den", DE | OTHER}, {"depuis", FR},
    {"der", DE}, {"des", DE | FR}, {"desde", ES}, {"det", OTHER}, {"deze", NL},
    {"değil", OTHER}, {"di", OTHER}, {"did", EN}, {"die", NL | DE},
    {"dies", DE},
    {"dit", NL}, {"do", EN | OTHER}, {"does", EN}, {"doet", NL}, {"door", NL},
    {"du", DE | FR}, {"dzień", OTHER}, {"een", NL}, {"ein", DE}, {"eine", DE},
    {"einen", DE}, {"el", ES}, {"elle", FR}, {"em", OTHER},
    {"en", NL | FR | ES | OTHER}, {"er", NL | DE | OTHER}, {"es", DE | ES},
    {"est", FR}, {"esta", ES}, {"este", ES}, {"et", FR}, {"favor", ES},
    {"for", EN}, {"from", EN}, {"für", DE}, {"geehrte", DE}, {"geen", NL},
    {"graag", NL}, {"gracias", ES}, {"grazie", OTHER}, {"groet", NL},
    {"groeten", NL}, {"grüße", DE}, {"guten", DE}, {"habe", DE}, {"haben", DE},
    {"had", EN | NL}, {"hallo", NL | DE}, {"har", OTHER}, {"has", EN},
    {"hat", DE}, {"have", EN}, {"heb", NL}, {"hebben", NL}, {"hebt", NL},
    {"heeft", NL}, {"hej", OTHER}, {"hello", EN}, {"help", EN}, {"het", NL},
    {"hi", EN}, {"hoe", NL}, {"hola", ES}, {"how", EN}, {"i", EN | OTHER},
    {"ich", DE}, {"if", EN}, {"ihr", DE}, {"ihre", DE}, {"ik", NL},
    {"ikke", OTHER}, {"il", FR | OTHER}, {"im", DE}, {"in", EN | NL | DE},
    {"inte", OTHER}, {"is", EN | NL}, {"ist", DE}, {"it", EN}, {"için", OTHER},
    {"jag", OTHER}, {"je", NL | FR | OTHER}, {"jeg", OTHER}, {"jest", OTHER},
    {"jij", NL}, {"jsem", OTHER}, {"kan", NL | OTHER}, {"kann", DE},
    {"kein", DE}, {"keine", DE}, {"krijg", NL}, {"kunne", OTHER},
    {"kunnen", NL}, {"kunt", NL}, {"können", DE}, {"la", FR | ES}, {"las", ES},
    {"le", FR}, {"les", FR}, {"lo", ES}, {"los", ES}, {"ma", FR}, {"maar", NL},
    {"mais", FR}, {"me", EN | NL | DE | FR | ES}, {"med", OTHER}, {"mein", DE},
    {"meine", DE}, {"merci", FR}, {"met", NL}, {"meu", OTHER}, {"mi", ES},
    {"mijn", NL}, {"min", OTHER}, {"mio", OTHER}, {"mit", DE}, {"mon", FR},
    {"mvh", OTHER}, {"my", EN}, {"mám", OTHER}, {"na", OTHER}, {"naar", NL},
    {"nach", DE}, {"ne", FR}, {"nicht", DE}, {"nie", OTHER}, {"niet", NL},
    {"no", EN | ES}, {"noch", DE}, {"nog", NL}, {"non", OTHER},
    {"nosotros", ES}, {"not", EN}, {"notre", FR}, {"nous", FR}, {"nuestro", ES},
    {"não", OTHER}, {"obrigado", OTHER}, {"och", OTHER}, {"of", EN | NL},
    {"og", OTHER}, {"om", NL}, {"on", EN | FR}, {"onze", NL}, {"ook", NL},
    {"op", NL}, {"our", EN}, {"para", ES | OTHER}, {"pas", FR}, {"per", OTHER},
    {"pero", ES}, {"peut", FR}, {"please", EN}, {"plus", FR}, {"por", ES},
    {"pour", FR}, {"proszę", OTHER}, {"puede", ES}, {"på", OTHER},
    {"quand", FR}, {"que", FR | ES | OTHER}, {"qui", FR}, {"quien", ES},
    {"regards", EN}, {"se", FR | ES | OTHER}, {"seit", DE}, {"si", FR | ES},
    {"sich", DE}, {"sie", DE}, {"since", EN}, {"sind", DE}, {"sinds", NL},
    {"się", OTHER}, {"so", EN | DE}, {"sobre", ES}, {"som", OTHER}, {"son", ES},
    {"sono", OTHER}, {"sont", FR}, {"su", ES}, {"sur", FR}, {"tag", DE},
    {"te", NL}, {"thank", EN}, {"thanks", EN}, {"that", EN}, {"the", EN},
    {"there", EN}, {"they", EN}, {"this", EN}, {"til", OTHER}, {"till", OTHER},
    {"to", EN}, {"u", NL}, {"um", DE}, {"uma", OTHER}, {"un", FR | ES | OTHER},
    {"una", ES | OTHER}, {"und", DE}, {"une", FR}, {"unser", DE}, {"uw", NL},
    {"van", NL}, {"ve", OTHER}, {"vi", OTHER}, {"von", DE}, {"voor", NL},
    {"votre", FR}, {"vous", FR}, {"vriendelijke", NL}, {"w", OTHER},
    {"wann", DE}, {"wanneer", NL}, {"war", DE}, {"waren", NL},
    {"was", EN | NL | DE}, {"wat", NL}, {"we", EN | NL}, {"wel", NL},
    {"wenn", DE}, {"were", EN}, {"werkt", NL}, {"what", EN}, {"when", EN},
    {"wie", DE}, {"wij", NL}, {"wil", NL}, {"will", EN}, {"wir", DE},
    {"with", EN}, {"would", EN}, {"würde", DE}, {"y", ES}, {"yes", EN},
    {"yo", ES}, {"you", EN}, {"your", EN}, {"z", OTHER}, {"ze", NL},
    {"zijn", NL}, {"zou", NL}, {"zu", DE}, {"är", OTHER}, {"że", OTHER},
};

/* What was seen. */
struct sight {
	size_t latin, han, kana, hangul, arabic;
	size_t foreign; /* letters of Persian, Urdu: Arabic has none of them */
	size_t hits[LANGUAGES];
};

/* The first eight octets as a number that is in the order of the octets. */
static uint64_t
key_of(const char word[WORD_ROOM])
{
	uint64_t key;

	memcpy(&key, word, sizeof key);
	return be64toh(key);
}

/* A search by halves that always takes the same steps: each word goes another
 * way, so that a processor would guess half of all branches wrong. */
static void
count_word(struct sight *sight, const char word[WORD_ROOM])
{
	const struct small_word *row = small_words;
	size_t left = sizeof small_words / sizeof *small_words;
	uint64_t key = key_of(word);

	while (left > 1) {
		size_t half = left / 2;

		row += key_of(row[half].word) <= key ? half : 0;
		left -= half;
	}
	if (memcmp(row->word, word, WORD_ROOM) != 0)
		return;
	for (size_t i = 0; i < LANGUAGES; i++)
		sight->hits[i] += (row->languages & 1u << i) != 0;
}

/* Letters of Latin script beyond ASCII, as far as the small words have any. */
static bool
is_latin(uint32_t c)
{
	return c >= 0xc0 && c <= 0x24f && c != 0xd7 && c != 0xf7;
}

static void
count_letter(struct sight *sight, uint32_t c)
{
	sight->latin += is_latin(c);
	if (c < 0x620)
		return;
	sight->han += c >= 0x4e00 && c <= 0x9fff;
	sight->kana += c >= 0x3040 && c <= 0x30ff;
	sight->hangul += c >= 0xac00 && c <= 0xd7af;
	sight->arabic += c >= 0x620 && c <= 0x6ff;
	sight->foreign += c == 0x67e || c == 0x686 || c == 0x698 ||
			  c == 0x6a9 || c == 0x6af || c == 0x6cc || c == 0x6d2;
}

/* At least two small words, and twice as many as of any other language. */
static const char *
by_small_words(const struct sight *sight)
{
	size_t best = 0, second = 0;

	for (size_t i = 1; i < LANGUAGES; i++)
		if (sight->hits[i] > sight->hits[best])
			best = i;
	for (size_t i = 0; i < LANGUAGES; i++)
		if (i != best && sight->hits[i] > second)
			second = sight->hits[i];
	if (sight->hits[best] < 2 || sight->hits[best] < 2 * second)
		return "";
	return tags[best];
}

/* So many small words of one language, nearly none of another, and no letter
 * of another script: more of the text would say the same. */
static bool
beyond_doubt(const struct sight *sight)
{
	size_t best = 0, others = 0;

	for (size_t i = 0; i < LANGUAGES; i++) {
		others += sight->hits[i];
		if (sight->hits[i] > sight->hits[best])
			best = i;
	}
	others -= sight->hits[best];
	return sight->hits[best] >= ENOUGH && sight->hits[best] >= 3 * others &&
	       sight->han + sight->kana + sight->hangul + sight->arabic == 0;
}

/* A word in small letters, as far as it is read. */
struct reading {
	char word[WORD_ROOM];
	size_t len;
};

static void
end_word(struct sight *sight, struct reading *reading)
{
	/* A word that is too long is none of ours. */
	if (reading->len <= WORD_MAX)
		count_word(sight, reading->word);
	*reading = (struct reading){0};
}

static void
add_octet(struct reading *reading, char octet)
{
	if (reading->len < WORD_ROOM)
		reading->word[reading->len] = octet;
	reading->len++;
}

/* Adds the character at `at` when it is part of a word. */
static bool
add_letter(struct sight *sight, struct reading *reading, const char *at,
    const char *end, size_t *len_r)
{
	uint32_t c = (unsigned char)*at;

	*len_r = 1;
	if (c < 0x80) {
		bool alpha = ascii_alpha((int)c | SMALL);

		sight->latin += alpha;
		if (alpha)
			add_octet(reading, (char)(c | SMALL));
		else if (c == '\'')
			add_octet(reading, '\'');
		return alpha || c == '\'';
	}
	c = utf8_read(span_from(at, end), len_r);
	count_letter(sight, c);
	for (size_t i = 0; is_latin(c) && i < *len_r; i++)
		add_octet(reading, at[i]);
	return is_latin(c);
}

static void
look_at(struct sight *sight, struct span text)
{
	const char *at = text.at, *end = at + text.len, *look = at + LOOK_FIRST;
	struct reading reading = {0};
	size_t len;

	for (; at < end; at += len) {
		if (add_letter(sight, &reading, at, end, &len) ||
		    reading.len == 0)
			continue;
		end_word(sight, &reading);
		if (at >= look && beyond_doubt(sight))
			return;
		if (at >= look)
			look += LOOK_FIRST;
	}
	if (reading.len > 0)
		end_word(sight, &reading);
}

const char *
language_of(const char *subject, const char *text)
{
	struct sight sight = {0};
	struct span body = span_of(text);

	look_at(&sight, (struct span){subject,
			    utf8_cut(span_of(subject), LANGUAGE_LOOK)});
	look_at(&sight, (struct span){text, utf8_cut(body, LANGUAGE_LOOK)});
	/* A character of Han says as much as several letters, and whoever
	 * writes any of these scripts among product names writes in it. */
	if (sight.hangul > 1 && sight.hangul * 8 >= sight.latin)
		return "ko";
	if (sight.kana > 1 && sight.kana * 8 >= sight.han)
		return "ja";
	if (sight.han > 1 && sight.han * 8 >= sight.latin)
		return "zh";
	if (sight.arabic > 3 && sight.arabic * 4 >= sight.latin)
		return sight.foreign * 20 > sight.arabic ? "" : "ar";
	return by_small_words(&sight);
}
