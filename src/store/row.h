/* row: the keys of the store's rows.
 *
 * A key is one octet for the table and then numbers, most significant octet
 * first, so that rows lie in the order of their numbers:
 *
 *	'm' 00 00 00 00 00 00 04 12  00 00 00 02    message 2 of ticket 1042 */
#ifndef STORE_ROW_H
#define STORE_ROW_H

#include <stdint.h>

#include "span.h"

#define ROW_MAX 48

/* On disk: a letter is never given another meaning. */
enum row_table {
	ROW_META = '!', /* Meta, one row */
	ROW_ATTACHMENT =
	    'a',	   /* ticket 8, message 4, index 4, chunk 4: sealed */
	ROW_BLIND = 'b',   /* index 16, ~ticket 8, slot 4: nothing */
	ROW_CONTACT = 'c', /* ticket 8, slot 4: Contact */
	ROW_DIGEST = 'd',  /* keyed hash 16: Ledger */
	ROW_SEEN = 'e',	   /* keyed hash of a Message-ID 16: ticket 8 */
	ROW_FREE = 'f',	   /* keyring slot 8: nothing; may be taken */
	ROW_CONFIDENTIAL = 'g', /* ticket 8, message 4: Confidential */
	ROW_HELD = 'h',	   /* id 8: Held */
	ROW_MONTH = 'i',   /* month 4: slot 8, users 8, last day 8 */
	ROW_HELD_CHUNK = 'j', /* id 8, chunk 4: sealed */
	ROW_PERIOD = 'k',     /* day 8: slot 8 */
	ROW_LEDGER = 'l',    /* hash of mailbox 16, validity 4, uid 8: Ledger */
	ROW_MESSAGE = 'm',   /* ticket 8, number 4: Message */
	ROW_CHUNK = 'n',     /* ticket 8, number 4, chunk 4: sealed */
	ROW_OUTBOX = 'o',    /* id 8: Outbox */
	ROW_POSITION = 'p',  /* hash of mailbox 16: Position */
	ROW_OUTBOX_OF = 'q', /* ticket 8, id 8: nothing */
	ROW_COUNT = 'r',     /* end of its time 8, ...: by now only removed */
	ROW_SECRET = 's',    /* the six letters: number 8 */
	ROW_TICKET = 't',    /* number 8: Ticket */
	ROW_DUE = 'u',	     /* time 8, number 8: Due */
	ROW_TALLY = 'w',     /* end of its time 8, hash 16: desk/tally.h */
	ROW_CONFIDENTIAL_CHUNK =
	    'v',	     /* ticket 8, message 4, chunk 4: sealed */
	ROW_TAGS = 'L',	     /* holder 16: Tags */
	ROW_DOOMED = 'x',    /* keyring slot 8: nothing; to be overwritten */
	ROW_QUOTA = 'y',   /* hash of account 16, month 4: Quota */
	ROW_AUDIT = 'z',     /* number 8: Audit */
};

struct row {
	unsigned char at[ROW_MAX];
	size_t len;
};

struct row row_of(enum row_table table);
struct row row_of_u64(enum row_table table, uint64_t number);
void row_u32(struct row *row, uint32_t number);
void row_u64(struct row *row, uint64_t number);
void row_octets(struct row *row, struct span octets);

/* A number out of a key or value; 0 when it is not long enough. */
uint32_t row_read_u32(struct span octets, size_t at);
uint64_t row_read_u64(struct span octets, size_t at);

static inline struct span
row_span(const struct row *row)
{
	return (struct span){(const char *)row->at, row->len};
}

#endif
