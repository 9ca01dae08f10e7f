/* record: packing and unpacking what records.proto declares.
 *
 * A name with a capital (struct Mail, struct Ticket) is a record: declared in
 * records.proto, spoken by every floor, made and read here. Absent strings
 * are "", never NULL. Unknown fields of a newer version are kept out, missing
 * ones are zero, so that old rows stay readable. */
#ifndef BASE_RECORD_H
#define BASE_RECORD_H

#include "arena.h"
#include "records.pb-c.h"
#include "span.h"

/* The octets of a record, in the arena. */
struct span record_pack(struct arena *arena, const ProtobufCMessage *record);
/* A record out of octets, all of it in the arena (pieces are copied). NULL
 * when the octets are not such a record. Never given to *__free_unpacked. */
void *record_unpack(struct arena *arena,
    const ProtobufCMessageDescriptor *type, struct span octets);
/* A fresh record with every field at its default. */
void *record_new(
    struct arena *arena, const ProtobufCMessageDescriptor *type);
/* Adds an item to a repeated field:
 *	record_append(arena, (void ***)&mail->to, &mail->n_to, address); */
void record_append(
    struct arena *arena, void ***list, size_t *count, void *item);

static inline ProtobufCBinaryData
record_bytes(struct span s)
{
	return (ProtobufCBinaryData){
	    .len = s.len, .data = (uint8_t *)(uintptr_t)s.at};
}

static inline struct span
record_span(ProtobufCBinaryData bytes)
{
	return (struct span){(const char *)bytes.data, bytes.len};
}

#endif
