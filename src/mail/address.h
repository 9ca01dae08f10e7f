/* address: address lists (RFC 5322, section 3.4, with RFC 6532 and the
 * obsolete forms) and what senders write instead. Pure.
 *
 * No address is ever lost: what is out of its grammar is read as a person
 * would, and raises a flag. Groups are flat: their members count, their names
 * do not. */
#ifndef MAIL_ADDRESS_H
#define MAIL_ADDRESS_H

#include "arena.h"
#include "record.h"
#include "span.h"

#include "flag.h"

struct address_list {
	struct Address **list;
	size_t count;
};

struct address_limits {
	size_t addresses;
	size_t words;
};

/* Adds the addresses in `body` (unfolded) behind those that are there. A name
 * without an address is an address of "". */
void address_list_read(struct arena *arena, struct span body,
    const struct address_limits *limits, struct address_list *list,
    struct flags *flags);

#endif
