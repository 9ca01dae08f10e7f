/* token: the ticket in what we send, keyed, so that nobody can make one.
 *
 * A token names a ticket and a participant and carries a MAC:
 *
 *	<secret><slot>.<mac>      k7w2x9-1.0d9v...   (secret: 6 letters, random,
 *	                          slot in decimal, 'e' + n for engineers;
 *	                          mac: 80 bits, 16 letters of base32)
 *
 * in the reply address  support+<token>@example.com,
 * in the Message-ID     <<outbox>.<token>@host>,
 * in the pseudo-reference <ticket.<token of slot 0>@host>.
 *
 * and, with the verb behind the slot (k7w2x9-1-cancel.0d9v...), in an action
 * address (action.h).
 *
 * There is one reader for tokens, and it verifies or finds nothing. A token
 * proves which conversation, never who is speaking. Key: 32 octets, derived
 * from the master key; two generations are tried. */
#ifndef DESK_TOKEN_H
#define DESK_TOKEN_H

#include <stdbool.h>
#include <stdint.h>

#include "action.h"
#include "arena.h"
#include "span.h"

#define TOKEN_KEY_SIZE	  32
#define TOKEN_SECRET_SIZE 6

#define TOKEN_FIELD "X-Gatepost-Loop"

enum token_use {
	TOKEN_REPLY,   /* reply address */
	TOKEN_MESSAGE, /* Message-ID */
	TOKEN_THREAD,  /* pseudo-reference */
	TOKEN_BOUNCE,  /* envelope sender; the slot is the outbox id */
	TOKEN_MARK,    /* TOKEN_FIELD of all that we send: it is ours, whatever
			  else was rewritten; the slot is the outbox id */
	TOKEN_ACTION,  /* action address */
};

struct token {
	char secret[TOKEN_SECRET_SIZE + 1]; /* Ticket.secret */
	bool engineer;
	uint64_t slot;	 /* participant's slot, engineer's index or outbox id */
	uint64_t outbox; /* TOKEN_MESSAGE: the row it was sent for */
	enum action action; /* TOKEN_ACTION: the verb */
};

struct token_keys {
	unsigned char key[2][TOKEN_KEY_SIZE]; /* newest first */
	int count;
};

/* The token as text, as token_read() takes it: for TOKEN_MESSAGE and
 * TOKEN_THREAD with what stands before it ("17." and "ticket."), without
 * '@' and host. `token.secret` has 6 letters of base32. */
char *token_write(struct arena *arena, const struct token_keys *keys,
    enum token_use use, const struct token *token);
/* A token out of the whole of `text` (the part behind '+', or before '@'), in
 * whatever case, since mail systems change that of local parts.
 * False when it is none of ours, whatever is wrong with it. */
bool token_read(const struct token_keys *keys, enum token_use use,
    struct span text, struct token *token_r);

/* "support+token@example.com" from "support@example.com". */
char *token_address(
    struct arena *arena, const char *address, const char *token);
/* The detail of an address: what stands between '+' and '@' of the local
 * part; an empty span when there is none. */
struct span token_detail(struct span address);
/* The tag of a subject: the number in "[#1234]", the last one; 0: none. */
uint64_t token_subject_number(struct span subject);
/* The subject without our tags and with one "Re: " less noise, for a new
 * ticket that follows a closed one. */
char *token_subject_clean(struct arena *arena, const char *subject);

#endif
