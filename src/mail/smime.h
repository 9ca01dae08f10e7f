/* smime: what an application/pkcs7-mime holds (RFC 8551, RFC 5652). Pure.
 *
 * Signatures are not checked: there is nobody whom we trust to sign. Only
 * the content is looked for, so that a person's words are read. */
#ifndef MAIL_SMIME_H
#define MAIL_SMIME_H

#include "arena.h"
#include "span.h"

enum smime {
	SMIME_SIGNED,	 /* the content came with it */
	SMIME_ENCRYPTED, /* nobody reads it without the key */
	SMIME_OTHER,	 /* compressed, certificates, or nothing that is known */
};

/* `content_r`: the signed MIME entity; set for SMIME_SIGNED alone. */
enum smime smime_read(
    struct arena *arena, struct span octets, struct span *content_r);

#endif
