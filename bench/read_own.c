/* read_own FOLDER [all]: our reader over all mails of a folder: structure,
 * text, new text, kind, language, digest; attachments listed, and with "all"
 * decoded and judged too. Prints the seconds and the octets of text. */
#include <stdio.h>

#include <sodium.h>

#include "arena.h"
#include "record.h"

#include "charset.h"
#include "mail_read.h"

#include "read_mails.h"

int
main(int argc, char **argv)
{
	struct quote_rules *quotes = quote_rules_new();
	struct arena *arena = arena_new(0);
	struct charset_hold converters;
	struct mail_limits limits = mail_limits_default;
	size_t count, text = 0;
	struct raw *raws;
	double start;

	if (argc < 2 || argc > 3 || sodium_init() < 0)
		return 64;
	if (argc == 2)
		limits.attachments = 0;
	raws = raw_load(argv[1], &count);
	charset_hold(&converters); /* as the parse stage does */
	start = raw_seconds();
	for (size_t i = 0; i < count; i++) {
		struct RawMail raw = RAW_MAIL__INIT;
		struct Mail *mail;

		arena_reset(arena);
		raw.octets = record_bytes(
		    (struct span){raws[i].octets, raws[i].len});
		mail = mail_read(arena, &raw, &limits, quotes);
		text += span_of(mail->text).len;
	}
	printf("%.4f %zu\n", raw_seconds() - start, text);
	charset_release(&converters);
	arena_free(arena);
	quote_rules_free(quotes);
	return 0;
}
