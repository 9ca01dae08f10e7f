#include <string.h>
#include <strings.h>

#include "arena.h"
#include "record.h"
#include "span.h"

#include "auth.h"
#include "auth_field.h"
#include "flag.h"

static bool
is_listed(struct span id, const char *const *list)
{
	for (; list != NULL && *list != NULL; list++)
		if (span_is(id, *list))
			return true;
	return false;
}

/* Which are about who wrote it, where its header ends, or which part is the
 * text. A guess at a charset or an address in the wrong form is none. */
const char *
auth_ambiguity(const struct Mail *mail)
{
	static const enum flag signs[] = {FLAG_NUL, FLAG_BARE_CR,
	    FLAG_JUNK_IN_HEADER, FLAG_NO_HEADER, FLAG_NO_EMPTY_LINE,
	    FLAG_SEVERAL_FROM, FLAG_DUPLICATE_MIME, FLAG_DUPLICATE_PARAMETER,
	    FLAG_MIXED_PARAMETER, FLAG_ENCODED_MULTIPART, FLAG_BAD_BOUNDARY,
	    FLAG_LIMIT_HEADER, FLAG_LIMIT_FIELDS, FLAG_LIMIT_DEPTH,
	    FLAG_LIMIT_PARTS};

	for (size_t i = 0; i < mail->n_flags; i++)
		for (size_t s = 0; s < sizeof signs / sizeof *signs; s++)
			if (strcmp(mail->flags[i], flag_word(signs[s])) == 0)
				return flag_word(signs[s]);
	return NULL;
}

/* One is the other, or below it. */
static bool
is_aligned(struct span a, struct span b)
{
	const char *end;

	if (a.len > b.len)
		return is_aligned(b, a);
	end = b.at + (b.len - a.len);
	return a.len > 0 && strncasecmp(a.at, end, a.len) == 0 &&
	    (a.len == b.len || end[-1] == '.');
}

/* Whether a signature of the domain covers a part of the body only: whatever
 * stands behind it is anybody's (RFC 6376, 8.2). */
static bool
is_signed_in_part(const struct Mail *mail, const char *domain)
{
	for (size_t i = 0; i < mail->n_fields; i++) {
		struct span body = span_of(mail->fields[i]->body);

		if (strcasecmp(mail->fields[i]->name, "DKIM-Signature") == 0 &&
		    auth_tag(body, "l").at != NULL &&
		    is_aligned(auth_tag(body, "d"), span_of(domain)))
			return true;
	}
	return false;
}

struct says {
	enum auth dmarc, dkim, spf;
	bool arc;
};

/* What one field says of the domain; of two results of a method the worse. */
static struct says
field_says(struct auth_field field, const char *domain)
{
	struct says says = {AUTH_NONE, AUTH_NONE, AUTH_NONE, false};
	struct auth_result result;

	while (auth_field_next(&field, &result)) {
		bool pass = span_is(result.value, "pass");

		if (strcmp(result.method, "arc") == 0)
			says.arc = pass;
		if (!span_is(result.domain, domain))
			continue;
		if (strcmp(result.method, "dmarc") == 0) {
			if (span_is(result.value, "fail"))
				says.dmarc = AUTH_FAIL;
			else if (pass && says.dmarc == AUTH_NONE)
				says.dmarc = AUTH_PASS;
		} else if (strcmp(result.method, "dkim") == 0 && pass) {
			says.dkim = AUTH_PASS;
		} else if (strcmp(result.method, "spf") == 0 && pass) {
			says.spf = AUTH_PASS;
		}
	}
	return says;
}

/* A dmarc result outweighs the others: it is the domain owner's own rule. But
 * where a signature is open at its end, only the way the mail came counts. */
static enum auth
verdict_of(const struct says *says, bool in_part)
{
	if (says->dmarc == AUTH_FAIL)
		return AUTH_FAIL;
	if (in_part)
		return says->spf;
	if (says->dmarc == AUTH_PASS || says->dkim == AUTH_PASS)
		return AUTH_PASS;
	return says->spf;
}

/* Every seal of the chain is one whom we trust, and the first of them saw the
 * mail come from its domain. */
static bool
is_sealed(const struct Mail *mail, const char *const *sealers,
    const char *domain)
{
	unsigned seals = 0, passes = 0, firsts = 0;

	for (size_t i = 0; i < mail->n_fields; i++) {
		struct span body = span_of(mail->fields[i]->body);
		struct auth_field field = {body};
		struct says says;
		struct span id;

		if (strcasecmp(mail->fields[i]->name, "ARC-Seal") == 0) {
			if (!is_listed(auth_tag(body, "d"), sealers))
				return false;
			seals++;
		}
		if (strcasecmp(mail->fields[i]->name,
			"ARC-Authentication-Results") != 0 ||
		    auth_field_instance(&field) != 1 ||
		    !auth_field_id(&field, &id))
			continue;
		firsts++;
		says = field_says(field, domain);
		passes += verdict_of(&says, false) == AUTH_PASS;
	}
	return seals > 0 && firsts == 1 && passes == 1;
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

/* What the trusted fields say together: one that fails decides. */
static enum auth
trusted_say(struct arena *arena, const struct Mail *mail,
    const struct auth_trust *trust, const char *domain, bool *arc_r,
    const char **reason_r)
{
	bool in_part = is_signed_in_part(mail, domain);
	enum auth verdict = AUTH_NONE;
	unsigned received = 0;

	for (size_t i = 0; i < mail->n_fields && received < trust->hops; i++) {
		const struct Field *field = mail->fields[i];
		struct auth_field words = {span_of(field->body)};
		struct says says;
		enum auth one;
		struct span id;

		if (strcasecmp(field->name, "Received") == 0)
			received++;
		if (strcasecmp(field->name, "Authentication-Results") != 0 ||
		    !auth_field_id(&words, &id) ||
		    !is_listed(id, trust->servers))
			continue;
		says = field_says(words, domain);
		*arc_r |= says.arc;
		one = verdict_of(&says, in_part);
		if (one == AUTH_FAIL || verdict == AUTH_NONE)
			verdict = verdict == AUTH_FAIL ? AUTH_FAIL : one;
		*reason_r = arena_print(arena, "%s%.200s",
		    in_part ? "a signature is open at its end (l=); " : "",
		    field->body);
	}
	return verdict;
}

/* Nothing counted: what an admin who expected something would look for. Only
 * said; a sender can write such fields as well. */
static const char *
why_untrusted(struct arena *arena, const struct Mail *mail,
    const struct auth_trust *trust)
{
	const char *why = "no Authentication-Results in the mail";
	unsigned received = 0;

	if (trust->servers == NULL || trust->servers[0] == NULL)
		return "authserv_ids of the conf names no server";
	for (size_t i = 0; i < mail->n_fields; i++) {
		struct auth_field words = {span_of(mail->fields[i]->body)};
		struct span id;

		received += strcasecmp(mail->fields[i]->name, "Received") == 0;
		if (strcasecmp(mail->fields[i]->name,
			"Authentication-Results") != 0 ||
		    !auth_field_id(&words, &id))
			continue;
		if (is_listed(id, trust->servers))
			return arena_print(arena,
			    "that of a trusted server stands below %u "
			    "Received fields, and trusted_hops is %u",
			    received, trust->hops);
		if (received < trust->hops)
			why = arena_print(arena,
			    "the server calls itself %.*s, which "
			    "authserv_ids does not name",
			    (int)(id.len < 100 ? id.len : 100), id.at);
	}
	return why;
}

enum auth
auth_of(struct arena *arena, const struct Mail *mail,
    const struct auth_trust *trust, const char **reason_r)
{
	const char *domain = from_domain(mail);
	const char *ambiguity = auth_ambiguity(mail);
	enum auth verdict;
	bool arc = false;

	if (domain == NULL || ambiguity != NULL) {
		*reason_r = domain == NULL
		    ? "not exactly one From address"
		    : arena_print(arena,
			  "the mail can be read in two ways: %s", ambiguity);
		return AUTH_NONE;
	}
	*reason_r = NULL;
	verdict = trusted_say(arena, mail, trust, domain, &arc, reason_r);
	if (*reason_r == NULL)
		*reason_r = why_untrusted(arena, mail, trust);
	if (verdict == AUTH_PASS || !arc ||
	    !is_sealed(mail, trust->sealers, domain))
		return verdict;
	*reason_r = arena_print(
	    arena, "sealed by a trusted forwarder; %s", *reason_r);
	return AUTH_SEALED;
}

const char *
auth_word(enum auth auth)
{
	switch (auth) {
	case AUTH_NONE:
		return "none";
	case AUTH_FAIL:
		return "fail";
	case AUTH_SEALED:
		return "sealed";
	case AUTH_PASS:
		return "pass";
	}
	return "none";
}
