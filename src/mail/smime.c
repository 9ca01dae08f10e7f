#include <stdbool.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "span.h"

#include "smime.h"

#define TAG_SEQUENCE 0x30
#define TAG_OID	     0x06
#define TAG_OCTETS   0x04
#define TAG_CHUNKS   0x24 /* an octet string in pieces */
#define TAG_EXPLICIT 0xa0 /* [0] */
#define CHUNKS_MAX   100000

/* One element of BER: 30 82 01 0a ... is a sequence of 266 octets; a length
 * of 80 says that two zeros end it. */
struct element {
	int tag;
	struct span value; /* to the end of what is there when `open` */
	bool open;
};

static int
take(struct span *s)
{
	int octet;

	if (s->len == 0)
		return -1;
	octet = (unsigned char)s->at[0];
	s->at++;
	s->len--;
	return octet;
}

/* The head of the element at `s`, which is moved behind the head. */
static bool
read_head(struct span *s, struct element *element)
{
	int octet, count;
	size_t len = 0;

	element->tag = take(s);
	octet = take(s);
	if (element->tag < 0 || octet < 0 || (element->tag & 0x1f) == 0x1f)
		return false;
	element->open = octet == 0x80;
	if (octet < 0x80) {
		len = (size_t)octet;
	} else if (!element->open) {
		count = octet & 0x7f;
		if (count > 4)
			return false;
		while (count-- > 0) {
			octet = take(s);
			if (octet < 0)
				return false;
			len = len << 8 | (size_t)octet;
		}
	}
	/* A file that was cut off is read as far as it goes. */
	if (element->open || len > s->len)
		len = s->len;
	element->value = (struct span){s->at, len};
	return true;
}

/* Into the element of that tag, which must come next. */
static bool
enter(struct span *s, int tag)
{
	struct element element;

	if (!read_head(s, &element) || element.tag != tag)
		return false;
	*s = element.value;
	return true;
}

/* Over the element that comes next; those of no known length are not passed
 * over: none stands before the content. */
static bool
skip(struct span *s)
{
	struct element element;

	if (!read_head(s, &element) || element.open)
		return false;
	s->at += element.value.len;
	s->len -= element.value.len;
	return true;
}

static bool
take_oid(struct span *s, struct span *oid_r)
{
	struct element element;

	if (!read_head(s, &element) || element.tag != TAG_OID || element.open)
		return false;
	*oid_r = element.value;
	s->at += element.value.len;
	s->len -= element.value.len;
	return true;
}

/* An octet string, whole or in pieces that are themselves whole. */
static bool
octet_string(struct arena *arena, struct span s, struct span *content_r)
{
	struct buf out = buf_in(arena);
	struct element element;

	if (!read_head(&s, &element))
		return false;
	if (element.tag == TAG_OCTETS && !element.open) {
		*content_r = element.value;
		return true;
	}
	if (element.tag != TAG_CHUNKS)
		return false;
	s = element.value;
	for (size_t i = 0; i < CHUNKS_MAX && s.len > 0; i++) {
		if (!read_head(&s, &element) || element.open ||
		    element.tag != TAG_OCTETS)
			break;
		buf_add(&out, element.value);
		s.at += element.value.len;
		s.len -= element.value.len;
	}
	*content_r = buf_span(&out);
	return out.len > 0;
}

/* SignedData: a version, digest algorithms, then the content's type and the
 * content itself, which is missing when the signature came detached. */
static bool
signed_content(struct arena *arena, struct span s, struct span *content_r)
{
	struct span oid;

	return enter(&s, TAG_EXPLICIT) && enter(&s, TAG_SEQUENCE) && skip(&s) &&
	       skip(&s) && enter(&s, TAG_SEQUENCE) && take_oid(&s, &oid) &&
	       enter(&s, TAG_EXPLICIT) && octet_string(arena, s, content_r);
}

static bool
oid_is(struct span oid, const char *octets, size_t len)
{
	return oid.len == len && memcmp(oid.at, octets, len) == 0;
}

enum smime
smime_read(struct arena *arena, struct span octets, struct span *content_r)
{
	/* 1.2.840.113549.1.7.x: 2 signed, 3 enveloped, 6 encrypted data. */
	static const char pkcs7[] = "\x2a\x86\x48\x86\xf7\x0d\x01\x07";
	/* 1.2.840.113549.1.9.16.1.23: authenticated enveloped data. */
	static const char auth[] =
	    "\x2a\x86\x48\x86\xf7\x0d\x01\x09\x10\x01\x17";
	struct span s = octets, oid;

	if (!enter(&s, TAG_SEQUENCE) || !take_oid(&s, &oid))
		return SMIME_OTHER;
	if (oid_is(oid, auth, sizeof auth - 1))
		return SMIME_ENCRYPTED;
	if (oid.len != sizeof pkcs7 ||
	    !oid_is((struct span){oid.at, oid.len - 1}, pkcs7, oid.len - 1))
		return SMIME_OTHER;
	switch (oid.at[oid.len - 1]) {
	case 2:
		return signed_content(arena, s, content_r) ? SMIME_SIGNED
							   : SMIME_OTHER;
	case 3:
	case 6:
		return SMIME_ENCRYPTED;
	default:
		return SMIME_OTHER;
	}
}
