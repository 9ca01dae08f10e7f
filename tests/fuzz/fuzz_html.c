/* fuzz_html: HTML to text. */
#include "fuzz.h"
#include "html.h"

#define LIMIT 65536

int
LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size)
{
	struct arena *arena = arena_new(0);
	struct buf html = buf_in(arena);
	bool cut = false;
	struct span text;

	utf8_add_clean(&html, fuzz_span(octets, size));
	text = html_to_text(arena, span_of(buf_text(&html)), LIMIT, &cut);
	fuzz_must(text.len <= LIMIT);
	fuzz_must(utf8_valid(text));
	arena_free(arena);
	return 0;
}
