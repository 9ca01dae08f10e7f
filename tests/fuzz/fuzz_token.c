/* fuzz_token: what claims to be one of our tokens: none is ever made up. */
#include "fuzz.h"
#include "token.h"

int
LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size)
{
	struct token_keys keys = {.key = {{1}, {2}}, .count = 2};
	struct arena *arena = arena_new(0);
	struct span text = fuzz_span(octets, size);
	struct token token = {.slot = 7};

	for (int use = TOKEN_REPLY; use <= TOKEN_ACTION; use++)
		if (token_read(&keys, (enum token_use)use, text, &token))
			/* What is read can be written again. */
			fuzz_must(token_write(arena, &keys,
				      (enum token_use)use, &token) != NULL);
	fuzz_must(token_detail(text).len <= size);
	token_subject_number(text);
	token_subject_clean(arena, arena_copy(arena, text));
	arena_free(arena);
	return 0;
}
