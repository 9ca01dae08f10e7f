#include <string.h>
#include <strings.h>

#include "arena.h"
#include "record.h"
#include "span.h"

#include "auth.h"

/* One Authentication-Results field, word by word. Comments are left out and
 * quoted strings taken as they are, so that what a sender can influence (a
 * local part, a reason) is never read as a result. */
struct words {
	struct span rest;
};

enum {
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
	while (i < s.len && !ascii_blank((unsigned char)s.at[i]) &&
	    strchr(";=()\"", s.at[i]) == NULL)
		i++;
	return i > 0 ? i : 1;
}

static int
next_word(struct words *words, struct span *word_r)
{
	struct span s = span_trim(words->rest);
	size_t len;

	while (s.len > 0 && s.at[0] == '(')
		s = span_trim(skip_comment(s));
	if (s.len == 0) {
		words->rest = s;
		return WORD_END;
	}
	len = word_length(s);
	*word_r = (struct span){s.at, len};
	words->rest = (struct span){s.at + len, s.len - len};
	if (len == 1 && s.at[0] == ';')
		return WORD_SEMICOLON;
	if (len == 1 && s.at[0] == '=')
		return WORD_EQUAL;
	return WORD_TEXT;
}

/* What one method of the field says: "dkim" "pass" "header.d" "a.example". */
struct result {
	struct span method, value;
	struct span domain;	/* of header.from, header.d, smtp.mailfrom */
};

static struct span
after_at(struct span s)
{
	const char *at;

	if (s.len >= 2 && s.at[0] == '"')
		s = (struct span){s.at + 1, s.len - 2};
	at = s.len > 0 ? memrchr(s.at, '@', s.len) : NULL;
	return at ? span_from(at + 1, s.at + s.len) : s;
}

static bool
is_domain_property(struct span method, struct span name)
{
	return (span_is(method, "dmarc") && span_is(name, "header.from")) ||
	    (span_is(method, "dkim") && span_is(name, "header.d")) ||
	    (span_is(method, "spf") && span_is(name, "smtp.mailfrom"));
}

/* Reads up to the next semicolon. False at the end of the field. */
static bool
next_result(struct words *words, struct result *result)
{
	struct span word, name = {NULL, 0};
	bool value_next = false, any = false;
	int kind;

	*result = (struct result){{NULL, 0}, {NULL, 0}, {NULL, 0}};
	while ((kind = next_word(words, &word)) != WORD_END) {
		any = true;
		if (kind == WORD_SEMICOLON)
			return true;
		if (kind == WORD_EQUAL) {
			value_next = true;
			continue;
		}
		if (!value_next) {
			name = word;
			continue;
		}
		value_next = false;
		if (result->method.len == 0) {
			result->method = name;
			result->value = word;
		} else if (is_domain_property(result->method, name)) {
			result->domain = after_at(word);
		}
	}
	return any;
}

static bool
is_trusted(struct span id, const char *const *trusted)
{
	for (; *trusted != NULL; trusted++)
		if (span_is(id, *trusted))
			return true;
	return false;
}

/* What one trusted field says of the domain. A dmarc result outweighs the
 * others: it is the domain owner's own rule. */
static enum auth
field_says(struct words words, const char *domain)
{
	enum auth dmarc = AUTH_NONE, other = AUTH_NONE;
	struct result result;

	while (next_result(&words, &result)) {
		bool pass = span_is(result.value, "pass");

		if (result.method.len == 0 || !span_is(result.domain, domain))
			continue;
		if (span_is(result.method, "dmarc"))
			dmarc = pass ? AUTH_PASS
			    : span_is(result.value, "fail") ? AUTH_FAIL
							     : dmarc;
		else if (pass)
			other = AUTH_PASS;
	}
	return dmarc != AUTH_NONE ? dmarc : other;
}

/* The domain of the only From address; NULL when there is not exactly one. */
static const char *
from_domain(const struct Mail *mail)
{
	const char *at;

	if (mail->n_from != 1)
		return NULL;
	at = strrchr(mail->from[0]->address, '@');
	return at != NULL && at[1] != '\0' ? at + 1 : NULL;
}

enum auth
auth_of(struct arena *arena, const struct Mail *mail,
    const char *const *trusted, unsigned hops, const char **reason_r)
{
	const char *domain = from_domain(mail);
	enum auth verdict = AUTH_NONE;
	unsigned received = 0;

	*reason_r = domain ? "no Authentication-Results of a trusted server"
			   : "not exactly one From address";
	if (domain == NULL || trusted == NULL)
		return AUTH_NONE;
	for (size_t i = 0; i < mail->n_fields && received < hops; i++) {
		const struct Field *field = mail->fields[i];
		struct words words = {span_of(field->body)};
		enum auth says;
		struct span id;

		if (strcasecmp(field->name, "Received") == 0)
			received++;
		if (strcasecmp(field->name, "Authentication-Results") != 0 ||
		    next_word(&words, &id) != WORD_TEXT ||
		    !is_trusted(id, trusted))
			continue;
		says = field_says(words, domain);
		/* Several trusted fields must agree: one that fails decides. */
		if (says == AUTH_FAIL || verdict == AUTH_NONE)
			verdict = verdict == AUTH_FAIL ? AUTH_FAIL : says;
		*reason_r = arena_print(arena, "%.200s", field->body);
	}
	return verdict;
}
