/* fuzz_mime: a whole mail. */
#include "fuzz.h"
#include "mail_read.h"
#include "quote.h"
#include "record.h"

int
LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size)
{
	static struct quote_rules *rules;
	struct arena *arena = arena_new(0);
	struct RawMail raw = RAW_MAIL__INIT;
	struct Mail *mail;

	fuzz_hold();
	if (rules == NULL)
		rules = quote_rules_new();
	raw.octets = record_bytes(fuzz_span(octets, size));
	mail = mail_read_whole(arena, &raw, &mail_limits_default, rules).mail;
	fuzz_must(utf8_valid(span_of(mail->text)));
	fuzz_must(utf8_valid(span_of(mail->new_text)));
	fuzz_must(utf8_valid(span_of(mail->subject)));
	fuzz_must(strchr(mail->text, '\r') == NULL);
	for (size_t i = 0; i < mail->n_attachments; i++)
		fuzz_must(utf8_valid(span_of(mail->attachments[i]->name)));
	arena_free(arena);
	return 0;
}
