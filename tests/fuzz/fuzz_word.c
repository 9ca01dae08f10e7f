/* fuzz_word: encoded words, and what is shown of them. */
#include "clean.h"
#include "fuzz.h"
#include "word.h"

int
LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size)
{
	struct arena *arena = arena_new(0);
	struct flags flags = {0};
	struct span text =
	    word_decode(arena, fuzz_span(octets, size), 200, &flags);
	char *clean;

	fuzz_hold();
	fuzz_must(utf8_valid(text));
	clean = clean_text(arena, text, &flags);
	fuzz_must(utf8_valid(span_of(clean)));
	fuzz_must(strpbrk(clean, "\r\n\t\033") == NULL);
	arena_free(arena);
	return 0;
}
