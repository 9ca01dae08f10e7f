/* read_own FOLDER: our reader over all mails of a folder: structure, text,
 * new text, attachments, digest. Prints the seconds and the octets of text. */
#include <stdio.h>

#include <sodium.h>

#include "arena.h"
#include "record.h"

#include "mail_read.h"

#include "read_mails.h"

int
main(int argc, char **argv)
{
	struct quote_rules *quotes = quote_rules_new();
	struct arena *arena = arena_new(0);
	size_t count, text = 0;
	struct raw *raws;
	double start;

	if (argc != 2 || sodium_init() < 0)
		return 64;
	raws = raw_load(argv[1], &count);
	start = raw_seconds();
	for (size_t i = 0; i < count; i++) {
		struct RawMail raw = RAW_MAIL__INIT;
		struct Mail *mail;

		arena_reset(arena);
		raw.octets = record_bytes(
		    (struct span){raws[i].octets, raws[i].len});
		mail = mail_read(arena, &raw, &mail_limits_default, quotes);
		text += span_of(mail->text).len;
	}
	printf("%.4f %zu\n", raw_seconds() - start, text);
	arena_free(arena);
	quote_rules_free(quotes);
	return 0;
}
