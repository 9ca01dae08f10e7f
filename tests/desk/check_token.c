/* check_token: a token is ours or it is nothing. */
#include <stdio.h>
#include <string.h>

#include "check_desk.h"
#include "token.h"

static struct token_keys
some_keys(void)
{
	struct token_keys keys = {.count = 2};

	for (int i = 0; i < TOKEN_KEY_SIZE; i++) {
		keys.key[0][i] = (unsigned char)(i * 7 + 1);
		keys.key[1][i] = (unsigned char)(i * 11 + 3);
	}
	return keys;
}

static const struct token some_token = {
    .secret = "k7w2x9", .slot = 1, .outbox = 4711, .action = ACTION_CANCEL};

/* A plain generator, so that each run tries the same. */
static uint64_t
next(uint64_t *seed)
{
	*seed ^= *seed << 13;
	*seed ^= *seed >> 7;
	*seed ^= *seed << 17;
	return *seed;
}

START_TEST(a_token_comes_back_in_any_case_and_for_its_use_only)
{
	struct arena *arena = arena_new(0);
	struct token_keys keys = some_keys();
	struct token token = some_token, back;

	for (int use = TOKEN_REPLY; use <= TOKEN_ACTION; use++) {
		char *text = token_write(
		    arena, &keys, (enum token_use)use, &token);

		for (char *c = text; *c; c++)
			if (*c >= 'a' && *c <= 'z' && (c - text) % 2)
				*c = (char)(*c - 32);
		for (int other = TOKEN_REPLY; other <= TOKEN_ACTION; other++) {
			bool read = token_read(&keys, (enum token_use)other,
			    span_of(text), &back);

			ck_assert_int_eq(read, use == other);
		}
		ck_assert(token_read(
		    &keys, (enum token_use)use, span_of(text), &back));
		ck_assert_str_eq(back.secret, "k7w2x9");
		ck_assert_uint_eq(back.slot, 1);
		ck_assert_uint_eq(
		    back.outbox, use == TOKEN_MESSAGE ? 4711 : 0);
		ck_assert_int_eq(back.action,
		    use == TOKEN_ACTION ? ACTION_CANCEL : ACTION_NONE);
	}
	arena_free(arena);
}
END_TEST

/* Nobody makes another verb, participant or ticket of it. */
START_TEST(a_changed_action_is_none)
{
	struct arena *arena = arena_new(0);
	struct token_keys keys = some_keys();
	struct token back;
	const char *mac = strchr(
	    token_write(arena, &keys, TOKEN_ACTION, &some_token), '.');

	for (int a = ACTION_NONE; a < ACTIONS; a++) {
		const char *text = arena_print(arena, "k7w2x9-1-%s%s",
		    action_row((enum action)a)->word, mac);

		ck_assert_int_eq(token_read(&keys, TOKEN_ACTION,
				     span_of(text), &back),
		    a == ACTION_CANCEL);
	}
	ck_assert(!token_read(&keys, TOKEN_ACTION,
	    span_of(arena_print(arena, "k7w2x9-2-cancel%s", mac)), &back));
	ck_assert(!token_read(&keys, TOKEN_ACTION,
	    span_of(arena_print(arena, "k7w2x9-1-%s", mac)), &back));
	ck_assert(!token_read(
	    &keys, TOKEN_ACTION, span_of("k7w2x9-1-cancel"), &back));
	arena_free(arena);
}
END_TEST

START_TEST(the_key_before_is_still_read_and_a_third_is_not)
{
	struct arena *arena = arena_new(0);
	struct token_keys keys = some_keys(), later = some_keys();
	struct token token = some_token, back;
	char *text = token_write(arena, &keys, TOKEN_REPLY, &token);

	memcpy(later.key[1], keys.key[0], TOKEN_KEY_SIZE);
	memset(later.key[0], 9, TOKEN_KEY_SIZE);
	ck_assert(token_read(&later, TOKEN_REPLY, span_of(text), &back));
	memset(later.key[1], 8, TOKEN_KEY_SIZE);
	ck_assert(!token_read(&later, TOKEN_REPLY, span_of(text), &back));
	later.count = 0;
	ck_assert(!token_read(&later, TOKEN_REPLY, span_of(text), &back));
	arena_free(arena);
}
END_TEST

/* Every octet changed to every other: only a change of case may pass. */
START_TEST(a_changed_token_is_none)
{
	struct arena *arena = arena_new(0);
	struct token_keys keys = some_keys();
	struct token token = some_token, back;
	char *text = token_write(arena, &keys, TOKEN_MESSAGE, &token);
	size_t len = strlen(text);

	for (size_t i = 0; i < len; i++) {
		char was = text[i];

		for (int c = 0; c < 256; c++) {
			if (ascii_lower(c) == was)
				continue;
			text[i] = (char)c;
			ck_assert(!token_read(&keys, TOKEN_MESSAGE,
			    (struct span){text, len}, &back));
		}
		text[i] = was;
	}
	for (size_t i = 0; i < len; i++)
		ck_assert(!token_read(
		    &keys, TOKEN_MESSAGE, (struct span){text, i}, &back));
	ck_assert(!token_read(&keys, TOKEN_MESSAGE,
	    span_of(arena_print(arena, "%s0", text)), &back));
	token.engineer = true;
	ck_assert(!token_read(&keys, TOKEN_REPLY,
	    span_of("k7w2x9-01.0000000000000000"), &back));
	arena_free(arena);
}
END_TEST

START_TEST(a_million_guesses_find_nothing)
{
	static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";
	struct token_keys keys = some_keys();
	struct token back;
	uint64_t seed = 88172645463325252u;

	for (int round = 0; round < 1000000; round++) {
		char text[] = "k7w2x9-1.0000000000000000";
		uint64_t a = next(&seed), b = next(&seed);

		for (int i = 0; i < 8; i++) {
			text[9 + i] = letters[a >> (5 * i) & 31];
			text[17 + i] = letters[b >> (5 * i) & 31];
		}
		if (round % 2)
			for (int i = 0; i < 6; i++)
				text[i] = letters[a >> (34 + 5 * i) & 31];
		ck_assert(!token_read(
		    &keys, TOKEN_REPLY, span_of(text), &back));
	}
}
END_TEST

START_TEST(addresses_and_subjects_carry_and_lose_their_tags)
{
	struct arena *arena = arena_new(0);
	struct span detail;

	ck_assert_str_eq(token_address(arena, "support@example.com", "x-1.y"),
	    "support+x-1.y@example.com");
	detail = token_detail(span_of("support+a+x-1.y@example.com"));
	ck_assert_str_eq(arena_copy(arena, detail), "x-1.y");
	ck_assert_uint_eq(
	    token_detail(span_of("support@example.com")).len, 0);
	ck_assert_uint_eq(token_detail(span_of("a+b")).len, 0);
	ck_assert_uint_eq(
	    token_subject_number(span_of("Re: [#12] old [#1234] new")), 1234);
	ck_assert_uint_eq(token_subject_number(span_of("[#] [# 1] #7")), 0);
	ck_assert_uint_eq(token_subject_number(
			      span_of("[#99999999999999999999999]")),
	    0);
	ck_assert_str_eq(
	    token_subject_clean(arena, "Re: [#12] Disk [#1234] full"),
	    "Disk full");
	ck_assert_str_eq(token_subject_clean(arena, "RE: re: x"), "re: x");
	arena_free(arena);
}
END_TEST

TCase *
token_case(void)
{
	TCase *all = tcase_create("token");

	tcase_set_timeout(all, 120);
	tcase_add_test(
	    all, a_token_comes_back_in_any_case_and_for_its_use_only);
	tcase_add_test(all, a_changed_action_is_none);
	tcase_add_test(all, the_key_before_is_still_read_and_a_third_is_not);
	tcase_add_test(all, a_changed_token_is_none);
	tcase_add_test(all, a_million_guesses_find_nothing);
	tcase_add_test(all, addresses_and_subjects_carry_and_lose_their_tags);
	return all;
}
