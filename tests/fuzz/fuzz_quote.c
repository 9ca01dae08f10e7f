/* fuzz_quote: the new text of a mail. */
#include "fuzz.h"
#include "quote.h"

int
LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size)
{
	static struct quote_rules *rules;
	struct arena *arena = arena_new(0);
	struct buf text = buf_in(arena);
	struct span new_text;

	if (rules == NULL)
		rules = quote_rules_new();
	utf8_add_clean(&text, fuzz_span(octets, size));
	new_text = quote_new_text(arena, rules, span_of(buf_text(&text)));
	fuzz_must(utf8_valid(new_text));
	/* Nothing is added: what is new stood in the text. */
	fuzz_must(new_text.len <= text.len);
	arena_free(arena);
	return 0;
}
