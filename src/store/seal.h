/* seal: octets that only their key opens, and only in their place.
 *
 * XChaCha20-Poly1305 with a random nonce: nonce (24), octets, tag (16). The
 * place is associated data: a row that is moved or exchanged does not open. */
#ifndef STORE_SEAL_H
#define STORE_SEAL_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "span.h"

#define SEAL_KEY_SIZE 32
#define SEAL_OVER     40 /* octets that sealing adds */

struct seal_place {
	unsigned char kind; /* enum row_table */
	uint64_t owner;	    /* the ticket, or the row's own number */
	uint32_t number;    /* slot of a participant, number of a message */
	uint32_t index;	    /* of an attachment */
	uint32_t chunk;
	uint32_t chunks; /* how many there are, so that none can be lost */
};

/* Writes plain.len + SEAL_OVER octets. */
void seal_close(unsigned char *out, struct span plain,
    const unsigned char key[SEAL_KEY_SIZE], const struct seal_place *place);
/* Writes sealed.len - SEAL_OVER octets; false when it does not open. */
bool seal_open(unsigned char *out, struct span sealed,
    const unsigned char key[SEAL_KEY_SIZE], const struct seal_place *place);

#endif
