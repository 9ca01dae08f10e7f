/* span: a run of octets that belongs to somebody else.
 *
 * A span neither owns nor ends its octets: it is valid as long as the memory
 * it points into. `at` may be NULL only when `len` is 0. */
#ifndef BASE_SPAN_H
#define BASE_SPAN_H

#include <stdbool.h>
#include <stddef.h>
#include <string.h>

struct span {
	const char *at;
	size_t len;
};

static inline struct span
span_of(const char *text)
{
	return (struct span){text, strlen(text)};
}

static inline struct span
span_from(const char *at, const char *end)
{
	return (struct span){at, (size_t)(end - at)};
}

/* ASCII only, whatever the locale: header fields and protocol words. */
static inline int
ascii_lower(int c)
{
	return c >= 'A' && c <= 'Z' ? c + ('a' - 'A') : c;
}

static inline bool
ascii_blank(int c)
{
	return c == ' ' || c == '\t' || c == '\r' || c == '\n';
}

static inline bool
ascii_digit(int c)
{
	return c >= '0' && c <= '9';
}

static inline bool
ascii_alpha(int c)
{
	return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z');
}

/* Whether they may be one letter without regard to case: a look that costs
 * less than to be sure. */
static inline bool
same_letter(char a, char b)
{
	return ((a ^ b) & ~0x20) == 0;
}

/* Whether `set` holds the octet; the NUL that ends it is no part of it. */
static inline bool
octet_in(char octet, const char *set)
{
	return octet != '\0' && strchr(set, octet) != NULL;
}

/* Without the blanks around it. */
static inline struct span
span_trim(struct span s)
{
	while (s.len > 0 && ascii_blank((unsigned char)s.at[0])) {
		s.at++;
		s.len--;
	}
	while (s.len > 0 && ascii_blank((unsigned char)s.at[s.len - 1]))
		s.len--;
	return s;
}

/* Equal without regard to ASCII case. */
static inline bool
span_is(struct span s, const char *text)
{
	for (size_t i = 0; i < s.len; i++) {
		if (text[i] == '\0' ||
		    ascii_lower((unsigned char)s.at[i]) !=
			ascii_lower((unsigned char)text[i]))
			return false;
	}
	return text[s.len] == '\0';
}

/* Begins with `text`, without regard to ASCII case. */
static inline bool
span_begins(struct span s, const char *text)
{
	size_t len;

	if (s.len > 0 && text[0] != '\0' && !same_letter(s.at[0], text[0]))
		return false;
	len = strlen(text);
	return s.len >= len && span_is((struct span){s.at, len}, text);
}

#endif
