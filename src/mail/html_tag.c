#include <stdint.h>
#include <string.h>
#include <strings.h>

#include "arena.h"
#include "buf.h"
#include "span.h"
#include "utf8.h"

#include "html_tag.h"

#define ATTRIBUTES_MAX 30 /* of one tag */
#define NAME_MAX_LEN 8 /* of the references below */

/* The references that mail is full of, the most frequent first; gumbo knows
 * the other two thousand. */
static const struct {
	const char *name;
	uint32_t c;
} references[] = {
    {"nbsp", 0xa0}, {"amp", '&'}, {"lt", '<'}, {"gt", '>'}, {"quot", '"'},
    {"apos", '\''}, {"copy", 0xa9}, {"reg", 0xae}, {"rsquo", 0x2019},
    {"lsquo", 0x2018}, {"ldquo", 0x201c}, {"rdquo", 0x201d}, {"ndash", 0x2013},
    {"mdash", 0x2014}, {"hellip", 0x2026}, {"bull", 0x2022}, {"middot", 0xb7},
    {"raquo", 0xbb}, {"laquo", 0xab}, {"auml", 0xe4}, {"ouml", 0xf6},
    {"uuml", 0xfc}, {"Auml", 0xc4}, {"Ouml", 0xd6}, {"Uuml", 0xdc},
    {"szlig", 0xdf}, {"eacute", 0xe9}, {"egrave", 0xe8}, {"agrave", 0xe0},
    {"aacute", 0xe1}, {"iacute", 0xed}, {"oacute", 0xf3}, {"uacute", 0xfa},
    {"ntilde", 0xf1}, {"ccedil", 0xe7}, {"ecirc", 0xea}, {"acirc", 0xe2},
    {"ocirc", 0xf4}, {"icirc", 0xee}, {"ucirc", 0xfb}, {"atilde", 0xe3},
    {"otilde", 0xf5}, {"aring", 0xe5}, {"Aring", 0xc5}, {"aelig", 0xe6},
    {"AElig", 0xc6}, {"oslash", 0xf8}, {"Oslash", 0xd8}, {"ograve", 0xf2},
    {"igrave", 0xec}, {"ugrave", 0xf9}, {"Eacute", 0xc9}, {"euml", 0xeb},
    {"iuml", 0xef}, {"yacute", 0xfd}, {"pound", 0xa3}, {"euro", 0x20ac},
    {"trade", 0x2122}, {"deg", 0xb0}, {"sect", 0xa7}, {"times", 0xd7},
    {"zwnj", 0x200c}, {"zwj", 0x200d}, {"shy", 0xad}, {"iexcl", 0xa1},
    {"iquest", 0xbf}, {"rarr", 0x2192}, {"larr", 0x2190}, {"bdquo", 0x201e},
    {"sbquo", 0x201a}, {"lsaquo", 0x2039}, {"rsaquo", 0x203a},
    {"Agrave", 0xc0}, {"Aacute", 0xc1}, {"Ccedil", 0xc7}, {"Egrave", 0xc8},
};

static bool
letter(char c)
{
	return ascii_alpha((unsigned char)c) || ascii_digit((unsigned char)c);
}

/* &#233; and &#xe9; without the numbers that HTML gives another meaning. */
static bool
numbered(struct span s, size_t *len_r, uint32_t *c_r)
{
	bool hex = s.len > 2 && (s.at[2] == 'x' || s.at[2] == 'X');
	size_t i = hex ? 3 : 2, first = i;
	uint32_t c = 0;

	for (; i < s.len && i < first + 6; i++) {
		int digit = ascii_lower((unsigned char)s.at[i]);

		if (ascii_digit(digit))
			digit -= '0';
		else if (hex && digit >= 'a' && digit <= 'f')
			digit -= 'a' - 10;
		else
			break;
		c = c * (hex ? 16 : 10) + (uint32_t)digit;
	}
	if (i == first || i == s.len || s.at[i] != ';' || c < 0x20 ||
	    (c >= 0x7f && c < 0xa0) || (c >= 0xd800 && c < 0xe000) ||
	    c > 0xffff || (c >= 0xfdd0 && c <= 0xfdef) || c >= 0xfffe)
		return false;
	*len_r = i + 1;
	*c_r = c;
	return true;
}

/* Those that count without a semicolon too: as the whole of a name in an
 * attribute, as its beginning in a text. */
static bool
forgiven(const char *name, size_t len)
{
	static const char names[] =
	    " AElig AMP Aacute Acirc Agrave Aring Atilde Auml COPY Ccedil ETH "
	    "Eacute Ecirc Egrave Euml GT Iacute Icirc Igrave Iuml LT Ntilde "
	    "Oacute Ocirc Ograve Oslash Otilde Ouml QUOT REG THORN Uacute "
	    "Ucirc Ugrave Uuml Yacute aacute acirc acute aelig agrave amp "
	    "aring atilde auml brvbar ccedil cedil cent copy curren deg "
	    "divide eacute ecirc egrave eth euml frac12 frac14 frac34 gt "
	    "iacute icirc iexcl igrave iquest iuml laquo lt macr micro middot "
	    "nbsp not ntilde oacute ocirc ograve ordf ordm oslash otilde ouml "
	    "para plusmn pound quot raquo reg sect shy sup1 sup2 sup3 szlig "
	    "thorn times uacute ucirc ugrave uml uuml yacute yen yuml ";
	char word[NAME_MAX_LEN + 3] = " ";

	if (len > NAME_MAX_LEN)
		return false;
	memcpy(word + 1, name, len);
	word[len + 1] = ' ';
	return strstr(names, word) != NULL;
}

/* The reference at the start of `s`, which is a '&'. `c_r` is '&' and `len_r`
 * 1 when it is none. */
static bool
reference(struct span s, bool attribute, size_t *len_r, uint32_t *c_r)
{
	size_t len = 1;

	*len_r = 1;
	*c_r = '&';
	if (s.len < 2 || (!letter(s.at[1]) && s.at[1] != '#'))
		return true;
	if (s.at[1] == '#')
		return numbered(s, len_r, c_r);
	while (len < s.len && letter(s.at[len]))
		len++;
	/* In an address, "&b=" is what it looks like. */
	if (attribute && len < s.len && s.at[len] == '=')
		return true;
	if (len < s.len && s.at[len] == ';') {
		struct span name = {s.at + 1, len - 1};

		for (size_t i = 0;
		     name.len <= NAME_MAX_LEN &&
		     i < sizeof references / sizeof references[0];
		     i++) {
			if (strlen(references[i].name) == name.len &&
			    memcmp(references[i].name, name.at, name.len) ==
				0) {
				*len_r = len + 1;
				*c_r = references[i].c;
				return true;
			}
		}
		return false;
	}
	if (attribute)
		return !forgiven(s.at + 1, len - 1);
	for (size_t part = 2; part < len && part <= NAME_MAX_LEN; part++)
		if (forgiven(s.at + 1, part))
			return false;
	return true;
}

bool
html_decode(
    struct arena *arena, struct span text, bool attribute, struct span *r)
{
	struct buf out = buf_in(arena);
	const char *at = text.at, *end = at + text.len, *mark;

	if (text.len == 0 || memchr(at, '&', text.len) == NULL) {
		*r = text;
		return true;
	}
	buf_reserve(&out, text.len + 1);
	while ((mark = memchr(at, '&', (size_t)(end - at))) != NULL) {
		size_t len;
		uint32_t c;

		buf_add(&out, span_from(at, mark));
		if (!reference(span_from(mark, end), attribute, &len, &c))
			return false;
		utf8_put(&out, c);
		at = mark + len;
	}
	buf_add(&out, span_from(at, end));
	*r = buf_span(&out);
	return true;
}

static bool
blank(char c)
{
	return ascii_blank((unsigned char)c) || c == '\f';
}

/* The next attribute; its name is empty at the end. */
static void
next_attribute(struct span *s, struct span *name, struct span *value)
{
	const char *at = s->at, *end = at + s->len, *start;
	char quote;

	while (at < end && (blank(*at) || *at == '/'))
		at++;
	start = at;
	at += at < end;
	while (at < end && !blank(*at) && *at != '=' && *at != '/')
		at++;
	*name = span_from(start, at);
	*value = (struct span){"", 0};
	while (at < end && blank(*at))
		at++;
	if (at < end && *at == '=') {
		at++;
		while (at < end && blank(*at))
			at++;
		quote = at < end ? *at : ' ';
		if (quote == '"' || quote == '\'') {
			start = ++at;
			while (at < end && *at != quote)
				at++;
			*value = span_from(start, at);
			at += at < end;
		} else {
			start = at;
			while (at < end && !blank(*at))
				at++;
			*value = span_from(start, at);
		}
	}
	*s = span_from(at, end);
}

static bool
value_text(struct arena *arena, struct span value, const char **text)
{
	/* Of two of one name the first counts. */
	if (*text != NULL)
		return true;
	if (!html_decode(arena, value, true, &value))
		return false;
	*text = arena_copy(arena, value);
	return true;
}

static const char *
or_empty(const char *text)
{
	return text ? text : "";
}

/* False when there is one of that name already, or there are too many. */
static bool
note_key(struct span *keys, size_t *count, struct span key)
{
	if (*count == ATTRIBUTES_MAX)
		return false;
	for (size_t i = 0; i < *count; i++)
		if (keys[i].len == key.len &&
		    strncasecmp(keys[i].at, key.at, key.len) == 0)
			return false;
	keys[(*count)++] = key;
	return true;
}

bool
html_tag_read(struct arena *arena, GumboTag name, struct span attributes,
    struct html_tag *tag)
{
	enum { CLASS, HREF, ALT, TYPE, CITE, WIDTH, HEIGHT, STYLE, COUNT };
	static const char *const names[COUNT] = {"class", "href", "alt", "type",
	    "cite", "width", "height", "style"};
	const char *values[COUNT] = {0};
	struct span keys[ATTRIBUTES_MAX];
	bool hidden = false;
	size_t count = 0;

	while (attributes.len > 0) {
		struct span key, value;

		next_attribute(&attributes, &key, &value);
		/* Behind two of one name gumbo loses the next one's value. */
		if (key.len > 0 && !note_key(keys, &count, key))
			return false;
		hidden |= span_is(key, "hidden");
		for (int i = 0; i < COUNT; i++)
			if (span_is(key, names[i]) &&
			    !value_text(arena, value, &values[i]))
				return false;
	}
	*tag = (struct html_tag){
	    .tag = name,
	    .class = or_empty(values[CLASS]),
	    .href = or_empty(values[HREF]),
	    .alt = or_empty(values[ALT]),
	    .cited = or_empty(values[TYPE])[0] || or_empty(values[CITE])[0],
	    .pixel = html_style_is_pixel(or_empty(values[WIDTH])) ||
		     html_style_is_pixel(or_empty(values[HEIGHT])),
	    .style = html_style_read(or_empty(values[STYLE]), hidden),
	};
	return true;
}

/* Behind the value that begins at `at`; NULL when it is none that is plain. */
static const char *
value_end(const char *at, const char *end)
{
	while (at < end && blank(*at))
		at++;
	if (at == end || *at == '>')
		return NULL;
	if (*at == '"' || *at == '\'') {
		at = memchr(at + 1, *at, (size_t)(end - at - 1));
		return at ? at + 1 : NULL;
	}
	while (at < end && !blank(*at) && *at != '>')
		at++;
	return at;
}

const char *
html_tag_end(const char *at, const char *end)
{
	while (at != NULL && at < end) {
		while (at < end && (blank(*at) || *at == '/'))
			at++;
		if (at == end || *at == '=')
			return NULL;
		if (*at == '>')
			return at + 1;
		while (at < end && !blank(*at) && *at != '/' && *at != '>' &&
		       *at != '=')
			at++;
		while (at < end && blank(*at))
			at++;
		if (at < end && *at == '=')
			at = value_end(at + 1, end);
	}
	return NULL;
}

const char *
html_next_mark(const char *at, const char *end)
{
	while ((at = memchr(at, '<', (size_t)(end - at))) != NULL) {
		const char *letter = at + 1;

		if (letter < end && *letter == '/')
			letter++;
		if (letter < end && ascii_alpha((unsigned char)*letter))
			return at;
		if (at + 1 < end && (at[1] == '!' || at[1] == '?' ||
					at[1] == '/'))
			return at;
		at++;
	}
	return end;
}

bool
html_has_controls(struct span html)
{
	const unsigned char *s = (const unsigned char *)html.at;

	for (size_t i = 0; i < html.len; i++) {
		if (s[i] >= 0x20 && s[i] < 0x7f)
			continue;
		if ((s[i] < 0x20 && s[i] != '\n' && s[i] != '\t' &&
			s[i] != '\f') ||
		    s[i] == 0x7f)
			return true;
		if (i + 1 < html.len &&
		    ((s[i] == 0xc2 && s[i + 1] < 0xa0) ||
			(s[i] == 0xef && s[i + 1] == 0xb7) ||
			(s[i] == 0xbf && s[i + 1] >= 0xbe)))
			return true;
	}
	return false;
}
