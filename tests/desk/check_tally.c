/* check_tally: counts by the hour and the day, and their octets. */
#include "arena.h"
#include "record.h"

#include "tally.h"

#include "check_desk.h"

#define AT (when_from_civil((struct when_civil){2026, 11, 21, 10, 59, 59}))

static void
write_and_read(struct arena *arena, struct tally *tally, when at)
{
	struct span octets = tally_write(arena, tally, at);
	struct tally again;

	tally_read(&again, octets);
	*tally = again;
}

START_TEST(counts_are_kept_apart_by_budget_time_and_number)
{
	struct arena *arena = arena_new(0);
	struct tally tally = {.used = 0};

	tally_add(&tally, BUDGET_AUTOMATIC, 0, AT);
	tally_add(&tally, BUDGET_AUTOMATIC, 0, AT);
	tally_add(&tally, BUDGET_SAME_TEXT, 7, AT);
	write_and_read(arena, &tally, AT);
	ck_assert_uint_eq(tally_count(&tally, BUDGET_AUTOMATIC, 0, AT), 2);
	ck_assert_uint_eq(tally_count(&tally, BUDGET_LATELY, 0, AT), 0);
	ck_assert_uint_eq(tally_count(&tally, BUDGET_SAME_TEXT, 7, AT), 1);
	ck_assert_uint_eq(tally_count(&tally, BUDGET_SAME_TEXT, 8, AT), 0);
	/* Of the two before, both are within an hour of its first second. */
	ck_assert_uint_eq(
	    tally_used(&tally, BUDGET_AUTOMATIC, 0, AT + WHEN_SECOND), 2);
	ck_assert_uint_eq(
	    tally_count(&tally, BUDGET_AUTOMATIC, 0, AT + WHEN_SECOND), 0);
	arena_free(arena);
}
END_TEST

START_TEST(what_nobody_asks_for_is_not_written)
{
	struct arena *arena = arena_new(0);
	struct tally tally = {.used = 0};

	tally_add(&tally, BUDGET_AUTOMATIC, 0, AT);
	tally_add(&tally, BUDGET_SAME_TEXT, 7, AT);
	write_and_read(arena, &tally, AT + WHEN_HOUR);
	ck_assert_uint_eq(tally.used, 2);
	write_and_read(arena, &tally, AT + 2 * WHEN_HOUR);
	ck_assert_uint_eq(tally.used, 1);
	ck_assert_uint_eq(tally_write(arena, &tally, AT + 2 * WHEN_DAY).len, 0);
	arena_free(arena);
}
END_TEST

START_TEST(a_full_tally_forgets_the_rarest_text_and_no_budget)
{
	struct arena *arena = arena_new(0);
	struct tally tally = {.used = 0};

	tally_add(&tally, BUDGET_AUTOMATIC, 0, AT);
	tally_add(&tally, BUDGET_SAME_TEXT, 1, AT);
	tally_add(&tally, BUDGET_SAME_TEXT, 1, AT);
	for (uint64_t text = 2; text < 10 * TALLY_MOST; text++)
		tally_add(&tally, BUDGET_SAME_TEXT, text, AT);
	write_and_read(arena, &tally, AT);
	ck_assert_uint_eq(tally.used, TALLY_MOST);
	ck_assert_uint_eq(tally_count(&tally, BUDGET_AUTOMATIC, 0, AT), 1);
	ck_assert_uint_eq(tally_count(&tally, BUDGET_SAME_TEXT, 1, AT), 2);
	ck_assert_uint_eq(tally_count(&tally, BUDGET_SAME_TEXT,
			      10 * TALLY_MOST - 1, AT),
	    1);
	arena_free(arena);
}
END_TEST

/* A clock that goes back leaves counts that lie ahead, and never too many. */
START_TEST(a_clock_that_goes_back_fills_no_tally_up)
{
	struct tally tally = {.used = 0};

	for (int i = 0; i < 10 * TALLY_MOST; i++)
		tally_add(&tally, BUDGET_TICKETS_ALL, 0, AT - i * WHEN_HOUR);
	ck_assert_uint_le(tally.used, TALLY_MOST);
	ck_assert_uint_eq(tally_count(&tally, BUDGET_TICKETS_ALL, 0,
			      AT - (10 * TALLY_MOST - 1) * WHEN_HOUR),
	    1);
}
END_TEST

START_TEST(octets_that_are_no_tally_count_nothing)
{
	static const char noise[17 * (TALLY_MOST + 1)] = {0};
	struct tally tally = {.used = 5};

	tally_read(&tally, (struct span){noise, 16});
	ck_assert_uint_eq(tally.used, 0);
	tally_read(&tally, (struct span){noise, sizeof noise});
	ck_assert_uint_eq(tally.used, 0);
	tally_read(&tally, (struct span){NULL, 0});
	ck_assert_uint_eq(tally.used, 0);
}
END_TEST

TCase *
tally_case(void)
{
	TCase *tally = tcase_create("tally");

	tcase_add_test(
	    tally, counts_are_kept_apart_by_budget_time_and_number);
	tcase_add_test(tally, what_nobody_asks_for_is_not_written);
	tcase_add_test(tally, a_full_tally_forgets_the_rarest_text_and_no_budget);
	tcase_add_test(tally, a_clock_that_goes_back_fills_no_tally_up);
	tcase_add_test(tally, octets_that_are_no_tally_count_nothing);
	return tally;
}
