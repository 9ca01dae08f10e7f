#include <string.h>

#include "arena.h"
#include "record.h"
#include "span.h"

#include "people.h"
#include "token.h"

#include "store.h"

#include "carriers.h"
#include "carriers_quoted.h"

/* How much of a text is looked through, and how many addresses of ours in it:
 * a notice has some ten links. */
#define SEEN_OCTETS (256 * 1024)
#define LOOKED_AT   50
#define LOCAL_MAX   64	/* RFC 5321, 4.5.3.1.1 */
#define DOMAIN_MAX  255 /* 4.5.3.1.2 */

static bool
address_octet(char c)
{
	return ascii_alpha((unsigned char)c) || ascii_digit((unsigned char)c) ||
	    octet_in(c, "-._+=");
}

/* The address round the '@' at `at`, without what a link has behind it. */
static const char *
address_round(struct arena *arena, struct span text, const char *at)
{
	const char *from = at, *to = at + 1, *end = text.at + text.len;

	while (from > text.at && at - from < LOCAL_MAX &&
	       address_octet(from[-1]))
		from--;
	while (to < end && to - at < DOMAIN_MAX && address_octet(*to))
		to++;
	while (to > at + 1 && !ascii_alpha((unsigned char)to[-1]) &&
	       !ascii_digit((unsigned char)to[-1]))
		to--;
	return arena_copy(arena, span_from(from, to));
}

/* The ticket of the key in an address; 0: it has none of ours. */
static uint64_t
ticket_of(const struct view *view, const char *address)
{
	struct span detail = token_detail(span_of(address));
	struct Ticket *ticket;
	struct token token;

	if (detail.len == 0 || !people_is_ours(view->conf->people, address) ||
	    (!token_read(view->keys, TOKEN_REPLY, detail, &token) &&
		!token_read(view->keys, TOKEN_ACTION, detail, &token)) ||
	    store_ticket_by_secret(view->txn, view->arena, token.secret,
		&ticket) != 1)
		return 0;
	return ticket->number;
}

uint64_t
carriers_quoted(const struct view *view, const struct Mail *mail,
    struct facts_trail *trail)
{
	struct span rest = span_of(mail->text), all;
	uint64_t found = 0;
	int looked = 0;

	if (rest.len > SEEN_OCTETS)
		rest.len = SEEN_OCTETS;
	all = rest;
	while (rest.len > 1 && looked < LOOKED_AT) {
		const char *at = memchr(rest.at, '@', rest.len - 1);
		const char *address;
		size_t before;
		uint64_t number;

		if (at == NULL)
			break;
		rest = span_from(at + 1, all.at + all.len);
		before = (size_t)(at - all.at);
		if (before > LOCAL_MAX)
			before = LOCAL_MAX;
		/* Without a detail it has no key. */
		if (memrchr(at - before, '+', before) == NULL)
			continue;
		address = address_round(view->arena, all, at);
		number = ticket_of(view, address);
		if (number == 0)
			continue;
		looked++;
		facts_rule_add(view, trail, "ticket", "text", address,
		    trail == NULL ? ""
				  : arena_print(view->arena,
					"keyed, in the text: ticket %llu",
					(unsigned long long)number));
		if (found != 0 && found != number)
			return 0;
		found = number;
	}
	return found;
}
