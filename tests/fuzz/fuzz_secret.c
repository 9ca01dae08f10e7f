/* fuzz_secret: what is set apart lies within the text, in its order, and is
 * not there any more when it is masked. */
#include "fuzz.h"
#include "secret.h"

int
LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size)
{
	struct arena *arena = arena_new(0);
	struct span text = fuzz_span(octets, size);
	struct secrets secrets = secret_find(arena, text);
	size_t end = 0;

	for (size_t i = 0; i < secrets.count; i++) {
		fuzz_must(secrets.list[i].at >= end);
		fuzz_must(secrets.list[i].len > 0);
		end = secrets.list[i].at + secrets.list[i].len;
		fuzz_must(end <= size);
	}
	fuzz_must(secret_mask(arena, text, &secrets) != NULL);
	arena_free(arena);
	return 0;
}
