#define PCRE2_CODE_UNIT_WIDTH 8
#include <pcre2.h>
#include <stdlib.h>

#include "quote_rules.h"

/* A line of a person is matched in a few hundred steps; these bounds are what
 * a hostile one may cost (research: libs.md 7). */
#define MATCH_LIMIT 100000
#define DEPTH_LIMIT 1000
#define HEAP_LIMIT  1024 /* KiB */

struct quote_rules {
	struct arena *arena; /* of all but the machine code */
	pcre2_match_context *limits;
	pcre2_code **codes; /* in the order of quote_patterns */
};

struct quote_matcher {
	const struct quote_rules *rules;
	pcre2_match_data *found;
};

static void *
take_from_arena(PCRE2_SIZE size, void *arena)
{
	return arena_take(arena, size);
}

static void
leave_to_arena(void *piece, void *arena)
{
	(void)piece;
	(void)arena;
}

static pcre2_general_context *
memory_in(struct arena *arena)
{
	return pcre2_general_context_create(
	    take_from_arena, leave_to_arena, arena);
}

static pcre2_code *
compile(const char *pattern, pcre2_compile_context *context)
{
	const uint32_t options = PCRE2_UTF | PCRE2_UCP | PCRE2_CASELESS |
	    PCRE2_NO_UTF_CHECK | PCRE2_NEVER_BACKSLASH_C | PCRE2_DOTALL;
	int error;
	size_t offset;
	pcre2_code *code = pcre2_compile((PCRE2_SPTR)pattern,
	    PCRE2_ZERO_TERMINATED, options, &error, &offset, context);

	/* The patterns are our own: one that does not compile is a fault of
	 * the build, which its first test shows. */
	if (code == NULL)
		abort();
	/* Where no memory may be both written and run this fails, and
	 * pcre2_match() then takes the interpreter by itself. */
	pcre2_jit_compile(code, PCRE2_JIT_COMPLETE);
	return code;
}

struct quote_rules *
quote_rules_new(void)
{
	struct arena *arena = arena_new(0);
	struct quote_rules *rules = arena_take(arena, sizeof *rules);
	pcre2_general_context *memory = memory_in(arena);
	pcre2_compile_context *context = pcre2_compile_context_create(memory);

	rules->arena = arena;
	rules->limits = pcre2_match_context_create(memory);
	pcre2_set_match_limit(rules->limits, MATCH_LIMIT);
	pcre2_set_depth_limit(rules->limits, DEPTH_LIMIT);
	pcre2_set_heap_limit(rules->limits, HEAP_LIMIT);
	rules->codes = arena_take_many(
	    arena, quote_pattern_count, sizeof *rules->codes);
	for (size_t i = 0; i < quote_pattern_count; i++)
		rules->codes[i] = compile(quote_patterns[i].pattern, context);
	return rules;
}

void
quote_rules_free(struct quote_rules *rules)
{
	if (rules == NULL)
		return;
	/* The machine code lies outside the arena. */
	for (size_t i = 0; i < quote_pattern_count; i++)
		pcre2_code_free(rules->codes[i]);
	arena_free(rules->arena);
}

struct quote_matcher *
quote_matcher_new(struct arena *arena, const struct quote_rules *rules)
{
	struct quote_matcher *matcher = arena_take(arena, sizeof *matcher);

	matcher->rules = rules;
	matcher->found = pcre2_match_data_create(1, memory_in(arena));
	return matcher;
}

bool
quote_matches(
    const struct quote_matcher *matcher, enum quote_sign sign, struct span text)
{
	const struct quote_rules *rules = matcher->rules;

	for (size_t i = 0; i < quote_pattern_count; i++) {
		if (quote_patterns[i].sign == sign &&
		    pcre2_match(rules->codes[i], (PCRE2_SPTR)text.at, text.len,
			0, PCRE2_NO_UTF_CHECK, matcher->found,
			rules->limits) >= 0)
			return true;
	}
	return false;
}
