/* fuzz_address: a list of addresses. */
#include "address.h"
#include "fuzz.h"

int
LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size)
{
	struct arena *arena = arena_new(0);
	struct address_limits limits = {200, 200};
	struct address_list list = {0};
	struct flags flags = {0};

	fuzz_hold();
	address_list_read(
	    arena, fuzz_span(octets, size), &limits, &list, &flags);
	fuzz_must(list.count <= limits.addresses);
	for (size_t i = 0; i < list.count; i++) {
		fuzz_must(utf8_valid(span_of(list.list[i]->name)));
		fuzz_must(utf8_valid(span_of(list.list[i]->address)));
		/* Nothing that could end a line of a header we write. */
		fuzz_must(strpbrk(list.list[i]->address, "\r\n") == NULL);
		fuzz_must(strpbrk(list.list[i]->name, "\r\n") == NULL);
	}
	arena_free(arena);
	return 0;
}
