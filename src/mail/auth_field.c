#include <string.h>

#include "auth_field.h"

enum word {
	WORD_END,
	WORD_TEXT,
	WORD_SEMICOLON,
	WORD_EQUAL,
};

static struct span
skip_comment(struct span s)
{
	unsigned depth = 0;

	for (size_t i = 0; i < s.len; i++) {
		if (s.at[i] == '\\')
			i++;
		else if (s.at[i] == '(')
			depth++;
		else if (s.at[i] == ')' && --depth == 0)
			return (struct span){s.at + i + 1, s.len - i - 1};
	}
	return (struct span){s.at + s.len, 0};
}

static size_t
word_length(struct span s)
{
	size_t i = 0;

	if (s.at[0] == '"') {
		for (i = 1; i < s.len && s.at[i] != '"'; i++)
			if (s.at[i] == '\\')
				i++;
		return i < s.len ? i + 1 : s.len;
	}
	while (i < s.len && s.at[i] != '\0' &&
	    !ascii_blank((unsigned char)s.at[i]) &&
	    strchr(";=()\"", s.at[i]) == NULL)
		i++;
	return i > 0 ? i : 1;
}

static enum word
next_word(struct auth_field *field, struct span *word_r)
{
	struct span s = span_trim(field->rest);
	size_t len;

	while (s.len > 0 && s.at[0] == '(')
		s = span_trim(skip_comment(s));
	field->rest = s;
	if (s.len == 0)
		return WORD_END;
	len = word_length(s);
	*word_r = (struct span){s.at, len};
	field->rest = (struct span){s.at + len, s.len - len};
	if (len == 1 && s.at[0] == ';')
		return WORD_SEMICOLON;
	if (len == 1 && s.at[0] == '=')
		return WORD_EQUAL;
	return WORD_TEXT;
}

static struct span
without_quotes(struct span s)
{
	if (s.len >= 2 && s.at[0] == '"' && s.at[s.len - 1] == '"')
		return (struct span){s.at + 1, s.len - 2};
	return s;
}

static struct span
after_at(struct span s)
{
	const char *at;

	s = without_quotes(s);
	at = s.len > 0 ? memrchr(s.at, '@', s.len) : NULL;
	return at ? span_from(at + 1, s.at + s.len) : s;
}

/* A name may have blanks and comments around its dots and its stroke. */
static void
add_to_name(char name[AUTH_NAME_MAX], struct span word)
{
	size_t len = strlen(name);

	for (size_t i = 0; i < word.len && len + 1 < AUTH_NAME_MAX; i++)
		name[len++] = (char)ascii_lower((unsigned char)word.at[i]);
	name[len] = '\0';
}

static void
set_domain(struct auth_result *result, const char *name, struct span value)
{
	static const char *const names[][2] = {{"dmarc", "header.from"},
	    {"dkim", "header.d"}, {"dkim", "header.i"},
	    {"spf", "smtp.mailfrom"}};
	struct span domain = after_at(value);

	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (strcmp(result->method, names[i][0]) != 0 ||
		    strcmp(name, names[i][1]) != 0)
			continue;
		/* The identity may be below the domain; the domain counts. */
		if (i == 2 && result->domain.at != NULL)
			return;
		if (result->domain.at != NULL && i != 1 &&
		    (result->domain.len != domain.len ||
			memcmp(result->domain.at, domain.at, domain.len) != 0))
			domain.len = 0;
		result->domain = domain;
		return;
	}
}

bool
auth_field_id(struct auth_field *field, struct span *id_r)
{
	struct span word;
	struct auth_field after;

	if (next_word(field, &word) != WORD_TEXT)
		return false;
	/* "spf=pass ...": some servers leave their name out. */
	after = *field;
	if (next_word(&after, id_r) == WORD_EQUAL)
		return false;
	*id_r = without_quotes(word);
	return true;
}

unsigned
auth_field_instance(struct auth_field *field)
{
	struct auth_field left = *field;
	unsigned instance = 0;
	struct span word;

	if (next_word(&left, &word) != WORD_TEXT || !span_is(word, "i") ||
	    next_word(&left, &word) != WORD_EQUAL ||
	    next_word(&left, &word) != WORD_TEXT || word.len > 2)
		return 0;
	for (size_t i = 0; i < word.len; i++) {
		if (!ascii_digit((unsigned char)word.at[i]))
			return 0;
		instance = instance * 10 + (unsigned)(word.at[i] - '0');
	}
	if (next_word(&left, &word) != WORD_SEMICOLON)
		return 0;
	*field = left;
	return instance;
}

bool
auth_field_next(struct auth_field *field, struct auth_result *result_r)
{
	char name[AUTH_NAME_MAX] = "";
	bool value_next = false, any = false;
	struct span word;
	enum word kind;

	*result_r = (struct auth_result){.method = ""};
	while ((kind = next_word(field, &word)) != WORD_END) {
		any = true;
		if (kind == WORD_SEMICOLON)
			return true;
		if (kind == WORD_EQUAL) {
			value_next = true;
			continue;
		}
		if (!value_next) {
			add_to_name(name, word);
			continue;
		}
		value_next = false;
		if (result_r->method[0] == '\0') {
			name[strcspn(name, "/")] = '\0';
			memcpy(result_r->method, name, sizeof name);
			result_r->value = without_quotes(word);
		} else {
			set_domain(result_r, name, word);
		}
		name[0] = '\0';
	}
	return any;
}

struct span
auth_tag(struct span body, const char *name)
{
	while (body.len > 0) {
		const char *end = memchr(body.at, ';', body.len);
		struct span tag = end ? span_from(body.at, end) : body;
		const char *equal = memchr(tag.at, '=', tag.len);

		if (equal != NULL &&
		    span_is(span_trim(span_from(tag.at, equal)), name))
			return span_trim(
			    span_from(equal + 1, tag.at + tag.len));
		body = end ? span_from(end + 1, body.at + body.len)
			   : (struct span){body.at, 0};
	}
	return (struct span){NULL, 0};
}
