/* fuzz_auth: Authentication-Results, from a server that is trusted. */
#include "auth.h"
#include "fuzz.h"
#include "mail_read.h"
#include "quote.h"
#include "record.h"

int
LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size)
{
	static const char *const names[] = {"mx.example.org", NULL};
	static const struct auth_trust trust = {names, 1, names};
	static struct quote_rules *rules;
	struct arena *arena = arena_new(0);
	struct RawMail raw = RAW_MAIL__INIT;
	struct buf whole = buf_in(arena);
	const char *reason = "";
	struct Mail *mail;

	if (rules == NULL)
		rules = quote_rules_new();
	buf_add_text(&whole, "Authentication-Results: mx.example.org; ");
	buf_add(&whole, fuzz_span(octets, size));
	buf_add_text(&whole, "\nARC-Seal: i=1; d=mx.example.org");
	buf_add_text(&whole, "\nFrom: a@example.net\n\nx\n");
	raw.octets = record_bytes(buf_span(&whole));
	mail = mail_read(arena, &raw, &mail_limits_default, rules);
	auth_of(arena, mail, &trust, &reason);
	fuzz_must(reason != NULL);
	arena_free(arena);
	return 0;
}
