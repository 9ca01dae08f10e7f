#include <sodium.h>

#include "row.h"
#include "seal.h"

#define NONCE crypto_aead_xchacha20poly1305_ietf_NPUBBYTES
#define TAG   crypto_aead_xchacha20poly1305_ietf_ABYTES

_Static_assert(NONCE + TAG == SEAL_OVER, "what sealing adds");
_Static_assert(
    SEAL_KEY_SIZE == crypto_aead_xchacha20poly1305_ietf_KEYBYTES, "key");

/* "v1", the kind, the numbers: 27 octets, each at its fixed place. */
static struct row
place_octets(const struct seal_place *place)
{
	struct row row = {.len = 0};

	row_octets(&row, (struct span){"v1", 2});
	row_octets(&row, (struct span){(const char *)&place->kind, 1});
	row_u64(&row, place->owner);
	row_u32(&row, place->number);
	row_u32(&row, place->index);
	row_u32(&row, place->chunk);
	row_u32(&row, place->chunks);
	return row;
}

void
seal_close(unsigned char *out, struct span plain,
    const unsigned char key[SEAL_KEY_SIZE], const struct seal_place *place)
{
	struct row with = place_octets(place);

	randombytes_buf(out, NONCE);
	crypto_aead_xchacha20poly1305_ietf_encrypt(out + NONCE, NULL,
	    (const unsigned char *)plain.at, plain.len, with.at, with.len, NULL,
	    out, key);
}

bool
seal_open(unsigned char *out, struct span sealed,
    const unsigned char key[SEAL_KEY_SIZE], const struct seal_place *place)
{
	struct row with = place_octets(place);
	const unsigned char *octets = (const unsigned char *)sealed.at;

	if (sealed.len < SEAL_OVER)
		return false;
	return crypto_aead_xchacha20poly1305_ietf_decrypt(out, NULL, NULL,
		   octets + NONCE, sealed.len - NONCE, with.at, with.len,
		   octets, key) == 0;
}
