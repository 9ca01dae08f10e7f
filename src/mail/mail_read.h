/* mail_read: octets as they came to a mail that is understood. Pure.
 *
 * It never fails: a bad mail is a mail with `damaged` set and a flag for every
 * ambiguity. Linear in time and memory; no recursion over what a stranger
 * nests; every limit is a parameter. */
#ifndef MAIL_MAIL_READ_H
#define MAIL_MAIL_READ_H

#include "arena.h"
#include "record.h"
#include "span.h"

#include "part.h"
#include "quote.h"

/* Defaults: research/security.md 3.8. Counts and octets; over a limit the
 * rest is left out and a flag says so. */
struct mail_limits {
	size_t mail;		  /* octets of the whole mail: 32 MiB */
	size_t header;		  /* of a header block: 256 KiB */
	size_t field;		  /* of one field's body: 16 KiB */
	size_t fields;		  /* in one block: 500 */
	size_t addresses;	  /* in one field: 200 */
	size_t words;		  /* encoded words in one field: 200 */
	size_t references;	  /* kept of the newest: 50 */
	size_t depth;		  /* of nested parts: 32 */
	size_t parts;		  /* 500 */
	size_t parameters;	  /* of one field: 64 */
	size_t text;		  /* decoded text kept: 1 MiB */
	size_t attachments;	  /* kept: 5 (seed); 0: none decoded */
	size_t attachment;	  /* octets of one: 5 MiB */
	size_t attachments_total; /* 10 MiB */
};

extern const struct mail_limits mail_limits_default;

/* Reads `raw->octets`. The result is in the arena; its texts do not point
 * into `raw`, except that attachment octets may. `quotes` are made once by
 * quote_rules_new() and serve every mail. */
struct Mail *mail_read(struct arena *arena, const struct RawMail *raw,
    const struct mail_limits *limits, const struct quote_rules *quotes);

/* A mail and the parts that it was read from, for those who want to see more
 * of it than is kept. Valid as long as the arena and the raw octets are. */
struct mail_reading {
	struct Mail *mail;
	struct parts parts;
	/* Which part each of mail->attachments is: part_octets() of it has
	 * the decoded octets of those too that are not kept. */
	const int *attachment_parts;
};

struct mail_reading mail_read_whole(struct arena *arena,
    const struct RawMail *raw, const struct mail_limits *limits,
    const struct quote_rules *quotes);

#endif
