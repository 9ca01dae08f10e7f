#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "span.h"
#include "utf8.h"

#include "html_tag.h"

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
	/* In an address, "&b=" is what it looks like. */
	return attribute && len < s.len && s.at[len] == '=';
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

bool
html_tag_read(struct arena *arena, GumboTag name, struct span attributes,
    struct html_tag *tag)
{
	enum { CLASS, HREF, ALT, TYPE, CITE, WIDTH, HEIGHT, STYLE, COUNT };
	static const char *const names[COUNT] = {"class", "href", "alt", "type",
	    "cite", "width", "height", "style"};
	const char *values[COUNT] = {0};
	bool hidden = false;

	while (attributes.len > 0) {
		struct span key, value;

		next_attribute(&attributes, &key, &value);
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
