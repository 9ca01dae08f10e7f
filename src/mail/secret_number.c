/* Numbers with a check digit: cards (ISO/IEC 7812) and accounts (ISO 13616). */
#include <stdint.h>
#include <string.h>

#include "secret_look.h"

#define CARD_LEAST   13
#define CARD_MOST    19
#define IBAN_LEAST   15
#define IBAN_MOST    34
#define CONTEXT_MOST 32 /* octets before a number that are looked at */

/* ---- cards -------------------------------------------------------------- */

/* Issuers by the first four digits. One number of ten passes Luhn by chance,
 * so an issuer whose prefixes are wide or whose lengths are many is `weak`:
 * such a number must be grouped as on a card, or called one. */
static const struct issuer {
	unsigned from, to;
	unsigned lengths; /* bits */
	bool weak;
} issuers[] = {
    {4000, 4999, 1u << 16, false},	       /* Visa */
    {4000, 4999, 1u << 13 | 1u << 19, true},
    {5100, 5599, 1u << 16, false},	       /* Mastercard */
    {2221, 2720, 1u << 16, false},
    {3400, 3499, 1u << 15, false},	       /* American Express */
    {3700, 3799, 1u << 15, false},
    {3000, 3059, 1u << 14 | 1u << 16, true},  /* Diners Club */
    {3600, 3699, 1u << 14 | 1u << 16, true},
    {3800, 3999, 1u << 14 | 1u << 16, true},
    {6011, 6011, 1u << 16, false},	       /* Discover */
    {6440, 6599, 1u << 16, false},
    {3528, 3589, 1u << 16, false},	       /* JCB */
    {6200, 6299, 1u << 16 | 1u << 17 | 1u << 18 | 1u << 19,
	true},				       /* UnionPay */
    {5018, 5018, 1u << 16 | 1u << 18 | 1u << 19, true}, /* Maestro */
    {5020, 5020, 1u << 16 | 1u << 18 | 1u << 19, true},
    {5038, 5038, 1u << 16 | 1u << 18 | 1u << 19, true},
    {6304, 6304, 1u << 16 | 1u << 18 | 1u << 19, true},
    {6759, 6763, 1u << 16 | 1u << 18 | 1u << 19, true},
    {2200, 2204, 1u << 16, true},	       /* Mir */
};

/* As they stand on the plastic. */
static const char *const groupings[] = {
    "4444", "465", "464", "44443", "445", "4446"};

struct number {
	char digits[CARD_MOST + 1];
	char groups[CARD_MOST + 1]; /* the length of each, as a digit */
	size_t count, group_count;
	size_t len; /* octets */
};

/* Adds the next group of digits, with what separates it from the one before.
 * False at the end, or when there are more digits than a card has. */
static bool
read_group(struct span text, size_t at, struct number *n)
{
	size_t i = at + n->len, group = 0;

	if (n->count > 0)
		i += secret_separator(text, i);
	if (i == at + n->len && n->count > 0)
		return false;
	while (i < text.len && ascii_digit((unsigned char)text.at[i])) {
		if (n->count == CARD_MOST)
			return false;
		n->digits[n->count++] = text.at[i++];
		group++;
	}
	if (group == 0)
		return false;
	n->groups[n->group_count++] = (char)('0' + (group > 9 ? 9 : group));
	n->len = i - at;
	return true;
}

static bool
passes_luhn(const struct number *n)
{
	unsigned sum = 0;

	for (size_t i = 0; i < n->count; i++) {
		unsigned d = (unsigned)(n->digits[n->count - 1 - i] - '0');

		if (i % 2 == 1)
			d = d > 4 ? 2 * d - 9 : 2 * d;
		sum += d;
	}
	return sum % 10 == 0;
}

static bool
all_the_same(const struct number *n)
{
	return strspn(n->digits, (char[]){n->digits[0], '\0'}) == n->count;
}

static bool
is_grouped(const struct number *n)
{
	if (n->group_count == 1)
		return false;
	for (size_t i = 0; i < sizeof groupings / sizeof *groupings; i++)
		if (strcmp(groupings[i], n->groups) == 0)
			return true;
	return false;
}

/* Whether one of the words stands on the same line shortly before. Each word
 * is looked for from every place, in a window of fixed size. */
static bool
follows(struct span text, size_t at, const char *const *words)
{
	size_t from = at > CONTEXT_MOST ? at - CONTEXT_MOST : 0;

	for (size_t i = at; i-- > from;)
		if (text.at[i] == '\n') {
			from = i + 1;
			break;
		}
	for (; *words != NULL; words++)
		for (size_t i = from; i < at; i++)
			if (span_begins(
				(struct span){text.at + i, at - i}, *words))
				return true;
	return false;
}

static const char *const card_words[] = {"card", "visa", "karte", "carte",
    "tarjeta", "cart\xc3\xa3o", "kaart", "karta", "kort", "amex", "maestro",
    "\xd0\xba\xd0\xb0\xd1\x80\xd1\x82", /* Russian */
    "\xe3\x82\xab\xe3\x83\xbc\xe3\x83\x89", /* Japanese */
    "\xe5\x8d\xa1", /* Chinese */
    "\xec\xb9\xb4\xeb\x93\x9c", /* Korean */
    "\xd8\xa8\xd8\xb7\xd8\xa7\xd9\x82", /* Arabic */
    NULL};

/* Numbers that are named for what they are. */
static const char *const other_words[] = {"order", "invoice", "tracking",
    "parcel", "shipment", "serial", "imei", "iccid", "sim", "ean", "isbn",
    "ticket", "case", "ref", "bestell", "rechnung", "sendung", "serien",
    "auftrag", "commande", "facture", "suivi", "pedido", "factura", "ordine",
    "bestelling", "factuur", "phone", "tel", "fax", "build", "trace", "id",
    "http", "/", "#", NULL};

/* The issuer's row of this length; NULL when there is none. */
static const struct issuer *
issuer_of(const struct number *n)
{
	unsigned first = 0;

	for (size_t i = 0; i < 4; i++)
		first = first * 10 + (unsigned)(n->digits[i] - '0');
	for (size_t i = 0; i < sizeof issuers / sizeof *issuers; i++)
		if (first >= issuers[i].from && first <= issuers[i].to &&
		    (issuers[i].lengths >> n->count & 1) != 0)
			return &issuers[i];
	return NULL;
}

/* Part of something longer: a sum, an address, a telephone number, a UUID. */
static bool
is_embedded(struct span text, size_t at, size_t len)
{
	char before = at > 0 ? text.at[at - 1] : ' ';
	char after = at + len < text.len ? text.at[at + len] : ' ';
	bool goes_on = secret_is_alnum(text, at + len + 1);

	return strchr("+-./_=@&%$", before) != NULL ||
	    secret_is_alnum(text, at + len) || after == '_' || after == '@' ||
	    ((after == '-' || after == '.' || after == ',' ||
		 after == '/') &&
		goes_on);
}

/* Groups of four before or behind: one piece of a number that is longer than
 * any card's. A country before it: a telephone's. */
static bool
is_piece(struct span text, size_t at, size_t len)
{
	size_t before = 0, after = 0, i;

	if (at > 0 && (text.at[at - 1] == ' ' || text.at[at - 1] == '-'))
		while (before < 5 && at >= 2 + before &&
		    ascii_digit((unsigned char)text.at[at - 2 - before]))
			before++;
	i = at + len + secret_separator(text, at + len);
	if (i > at + len)
		while (after < 5 && i + after < text.len &&
		    ascii_digit((unsigned char)text.at[i + after]))
			after++;
	if (before > 0 && before < 4 && at >= 2 + before &&
	    text.at[at - 2 - before] == '+')
		return true;
	return before == 4 || after == 4;
}

static bool
is_card(struct span text, size_t at, const struct number *n)
{
	const struct issuer *issuer;
	bool grouped = is_grouped(n);

	if (n->count < CARD_LEAST || (!grouped && n->group_count > 1) ||
	    is_embedded(text, at, n->len) || !passes_luhn(n) ||
	    all_the_same(n))
		return false;
	issuer = issuer_of(n);
	if (issuer == NULL)
		return false;
	if (follows(text, at, card_words))
		return true;
	if (is_piece(text, at, n->len))
		return false;
	return grouped ||
	    (!issuer->weak && !follows(text, at, other_words));
}

/* The month of its end and the three digits of its back may stand behind it,
 * so that each group's end may be the card's. */
size_t
secret_look_card(struct span text, size_t at)
{
	struct number n = {.count = 0};
	size_t len = 0;

	while (read_group(text, at, &n))
		if (is_card(text, at, &n))
			len = n.len;
	return len;
}

/* ---- accounts ----------------------------------------------------------- */

/* The registry of ISO 13616: country and length. */
static const char iban_lengths[] =
    "AD24AE23AL28AT20AZ28BA20BE16BG22BH22BI27BR29BY28CH21CR22CY28CZ24DE22DJ27"
    "DK18DO28EE20EG29ES24FI18FK18FO18FR27GB22GE22GI23GL18GR27GT28HN28HR21HU28"
    "IE22IL23IQ23IS26IT27JO30KW30KZ20LB28LC32LI21LT20LU20LV21LY25MC27MD24ME22"
    "MK19MN20MR27MT31MU30NI28NL18NO15OM23PK24PL28PS29PT25QA29RO24RS22RU33SA24"
    "SC31SD18SE24SI19SK24SM27SO23ST25SV28TL23TN24TR26UA29VA22VG24XK20YE30";

static size_t
iban_length(struct span text, size_t at)
{
	for (const char *row = iban_lengths; *row != '\0'; row += 4)
		if (span_begins((struct span){text.at + at, text.len - at},
			(char[]){row[0], row[1], '\0'}))
			return (size_t)(row[2] - '0') * 10 +
			    (size_t)(row[3] - '0');
	return 0;
}

/* The four first characters count last, a letter as two digits. */
static bool
passes_97(const char *iban, size_t len)
{
	unsigned rest = 0;

	for (size_t i = 0; i < len; i++) {
		int c = ascii_lower((unsigned char)iban[(i + 4) % len]);

		if (ascii_digit(c))
			rest = (rest * 10 + (unsigned)(c - '0')) % 97;
		else
			rest = (rest * 100 + (unsigned)(c - 'a') + 10) % 97;
	}
	return rest == 1;
}

size_t
secret_look_iban(struct span text, size_t at)
{
	char iban[IBAN_MOST];
	size_t wanted, count = 0, i = at;

	/* The check digits before the country, of which there are many. */
	if (at + IBAN_LEAST > text.len ||
	    !ascii_alpha((unsigned char)text.at[at + 1]) ||
	    !secret_is_alnum(text, at + 2) ||
	    ascii_alpha((unsigned char)text.at[at + 2]))
		return 0;
	wanted = iban_length(text, at);
	if (wanted == 0)
		return 0;
	while (count < wanted && i < text.len) {
		if (secret_is_alnum(text, i))
			iban[count++] = text.at[i++];
		else if (count % 4 == 0 && secret_separator(text, i) > 0 &&
		    secret_is_alnum(text, i + secret_separator(text, i)))
			i += secret_separator(text, i);
		else
			return 0;
	}
	if (count < wanted || secret_is_alnum(text, i) ||
	    !ascii_digit((unsigned char)iban[2]) ||
	    !ascii_digit((unsigned char)iban[3]))
		return 0;
	return passes_97(iban, wanted) ? i - at : 0;
}
