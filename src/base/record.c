#include <string.h>

#include "arena.h"
#include "record.h"

/* protobuf-c sets all that it takes. */
static void *
take(void *arena, size_t size)
{
	return arena_take_unset(arena, size);
}

/* Everything goes with the arena. */
static void
keep(void *arena, void *piece)
{
	(void)arena;
	(void)piece;
}

struct span
record_pack(struct arena *arena, const ProtobufCMessage *record)
{
	size_t len = protobuf_c_message_get_packed_size(record);
	char *octets = arena_take_unset(arena, len + 1);

	protobuf_c_message_pack(record, (uint8_t *)octets);
	return (struct span){octets, len};
}

void *
record_unpack(struct arena *arena, const ProtobufCMessageDescriptor *type,
    struct span octets)
{
	ProtobufCAllocator allocator = {
	    .alloc = take, .free = keep, .allocator_data = arena};

	return protobuf_c_message_unpack(
	    type, &allocator, octets.len, (const uint8_t *)octets.at);
}

void *
record_new(struct arena *arena, const ProtobufCMessageDescriptor *type)
{
	void *record = arena_take(arena, type->sizeof_message);

	protobuf_c_message_init(type, record);
	return record;
}

void
record_append(struct arena *arena, void ***list, size_t *count, void *item)
{
	size_t n = *count;

	/* Room grows by doubling at powers of two: no count of it is kept. */
	if ((n & (n - 1)) == 0)
		*list = arena_grow(arena, *list, n * sizeof **list,
		    (n == 0 ? 1 : n * 2) * sizeof **list);
	(*list)[n] = item;
	*count = n + 1;
}
