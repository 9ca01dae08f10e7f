/* fuzz_report: delivery reports, with a header that makes them ones. */
#include "bounce.h"
#include "fuzz.h"
#include "mail_read.h"
#include "mail_words.h"
#include "quote.h"
#include "record.h"

static const char head[] =
    "From: MAILER-DAEMON@mx.example.org\nTo: desk@example.com\n"
    "Subject: Undelivered Mail Returned to Sender\nMIME-Version: 1.0\n"
    "Content-Type: multipart/report; report-type=delivery-status; "
    "boundary=b\n\n";

int
LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size)
{
	static struct quote_rules *rules;
	struct arena *arena = arena_new(0);
	struct RawMail raw = RAW_MAIL__INIT;
	struct buf whole = buf_in(arena);
	struct mail_reading reading;
	struct Bounce *bounce;

	fuzz_hold();
	if (rules == NULL)
		rules = quote_rules_new();
	buf_add_text(&whole, head);
	buf_add(&whole, fuzz_span(octets, size));
	raw.octets = record_bytes(buf_span(&whole));
	reading = mail_read_whole(arena, &raw, &mail_limits_default, rules);
	bounce = bounce_read(arena, reading.mail, &reading.parts);
	for (size_t i = 0; i < bounce->n_recipients; i++)
		fuzz_must(utf8_valid(span_of(bounce->recipients[i]->address)));
	arena_free(arena);
	return 0;
}
