/* fuzz_html: HTML to text, by both ways: they must agree. */
#include "fuzz.h"
#include "html.h"

#define LIMIT 65536

int
LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size)
{
	struct arena *arena = arena_new(0);
	struct buf html = buf_in(arena);
	bool cut = false, slow_cut = false;
	struct span page, text, slow;

	utf8_add_clean(&html, fuzz_span(octets, size));
	page = span_of(buf_text(&html));
	text = html_to_text(arena, page, LIMIT, &cut);
	slow = html_to_text_slowly(arena, page, LIMIT, &slow_cut);
	fuzz_must(text.len <= LIMIT);
	fuzz_must(utf8_valid(text));
	if (!cut && !slow_cut)
		fuzz_must(text.len == slow.len &&
			  (text.len == 0 ||
			      memcmp(text.at, slow.at, text.len) == 0));
	arena_free(arena);
	return 0;
}
