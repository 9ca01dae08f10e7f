/* fuzz_header: a header block, split, unfolded and searched. */
#include "fuzz.h"
#include "header.h"
#include "message_id.h"
#include "parameter.h"

int
LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size)
{
	struct arena *arena = arena_new(0);
	struct flags flags = {0};
	struct message_ids ids = {0};
	struct header header =
	    header_split(arena, fuzz_span(octets, size), 500, &flags);

	fuzz_hold();
	fuzz_must(header.length <= size);
	for (size_t i = 0; i < header.count; i++) {
		struct span body = header_unfold(
		    arena, header.list[i].body, 16384, &flags);
		struct parameters all =
		    parameters_read(arena, body, 64, &flags);

		fuzz_must(body.len <= 3 * 16384);
		fuzz_must(utf8_valid(
		    parameter_text(arena, &all, "name", &flags)));
		message_ids_read(arena, header.list[i].body, &ids, &flags);
	}
	arena_free(arena);
	return 0;
}
