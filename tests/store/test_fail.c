/* Every call to the engine is made to fail once, in every way: a step is done
 * or it is not, and in the end all rows are as if nothing had failed. */
#include <string.h>

#include "store_txn.h"

#include "check_store.h"
#include "desk_day.h"
#include "failing.h"
#include "folder.h"

static const struct {
	const char *what;
	enum kv_result result;
	bool done; /* the commit that is uncertain */
} rows[] = {
    {"the map is full", KV_FULL, false},
    {"another process made the map larger", KV_AGAIN, false},
    {"the disk is full", KV_SPACE, false},
    {"something else is wrong", KV_BROKEN, false},
    {"a commit that was done answers an error", KV_UNCERTAIN, true},
    {"a commit that was not done answers an error", KV_UNCERTAIN, false},
};

/* What the store looks like after each step when nothing fails. */
static char *
reference(struct arena *arena, char *after[DAY_STEPS])
{
	struct store_conf conf = {
	    .master = day_master, .in_memory = true, .create = true};
	struct store *store = day_open(&conf, true);
	char *empty = day_dump(store, arena);

	for (int i = 0; i < DAY_STEPS; i++) {
		ck_assert_int_eq(day_step(store, i), STORE_OK);
		after[i] = day_dump(store, arena);
	}
	day_check(store);
	store_close(store);
	return empty;
}

/* Reading what is there is no part of the day. */
static char *
look(struct store *store, struct arena *arena)
{
	char *text;

	failing_pause(true);
	text = day_dump(store, arena);
	failing_pause(false);
	return text;
}

/* A day whose call `n` fails; false when there were fewer calls. */
static bool
day_with_failure(const struct store_conf *conf, int row, int n,
    struct arena *arena, const char *empty, char *const after[DAY_STEPS])
{
	struct store *store = day_open(conf, false);
	const char *before = empty;
	char *now;
	bool failed;

	failing_at(n, rows[row].result, rows[row].done);
	for (int i = 0; i < DAY_STEPS; i++) {
		bool had = failing_has();
		enum store_result result = day_step(store, i);

		if (!had && failing_has()) {
			if (store->uncertain) {
				store_close(store);
				store = day_open(conf, true);
			}
			now = look(store, arena);
			ck_assert_msg(strcmp(now, before) == 0 ||
					  strcmp(now, after[i]) == 0,
			    "%s, call %d, step %d: half done", rows[row].what,
			    n, i);
			if (result == STORE_OK && i < DAY_STEPS - 1)
				ck_assert_str_eq(now, after[i]);
			result = day_step(store, i);
		}
		ck_assert_msg(result == STORE_OK, "%s, call %d, step %d: %d",
		    rows[row].what, n, i, result);
		before = after[i];
	}
	ck_assert_str_eq(look(store, arena), before);
	failed = failing_has();
	failing_at(0, KV_OK, false);
	day_check(store);
	store_close(store);
	return failed;
}

START_TEST(each_call_fails_once_and_all_rows_are_as_without)
{
	struct arena *kept = arena_new(0), *arena = arena_new(0);
	char *after[DAY_STEPS];
	char *empty = reference(kept, after);
	bool failed = true;
	int n;

	for (n = 1; failed; n++) {
		struct folder folder = folder_make();
		struct store_conf conf = {.folder = folder.path,
		    .master = day_master,
		    .engine = &failing,
		    .create = true,
		    /* Only what is opened again needs a file. */
		    .in_memory = rows[_i].result == KV_FULL ||
				 rows[_i].result == KV_AGAIN};

		failing_start(&kv_mem, folder.path);
		failed = day_with_failure(&conf, _i, n, arena, empty, after);
		failing_stop();
		folder_remove(&folder);
		arena_reset(arena);
	}
	/* A day has some hundred calls: fewer, and this has tested nothing. */
	ck_assert_int_gt(n, 100);
	arena_free(arena);
	arena_free(kept);
}
END_TEST

/* The first commit of all, and what comes before it. */
START_TEST(making_a_store_fails_once_and_then_goes_well)
{
	bool failed = true;

	for (int n = 1; failed; n++) {
		struct folder folder = folder_make();
		struct store_conf conf = {.folder = folder.path,
		    .master = day_master,
		    .engine = &failing,
		    .create = true};
		struct store *store = NULL;
		const char *why = "";

		failing_start(&kv_mem, folder.path);
		failing_at(n, rows[_i].result, rows[_i].done);
		if (store_open(&store, &conf, true, &why) == STORE_OK)
			store_close(store);
		else
			ck_assert_str_ne(why, "");
		failed = failing_has();
		failing_at(0, KV_OK, false);
		store = day_open(&conf, true);
		ck_assert_int_eq(day_step(store, 0), STORE_OK);
		day_check(store);
		store_close(store);
		failing_stop();
		folder_remove(&folder);
	}
}
END_TEST

Suite *
suite_fail(void)
{
	Suite *suite = suite_create("fail");
	TCase *all = tcase_create("each call");

	tcase_set_timeout(all, 60);
	tcase_add_loop_test(all,
	    each_call_fails_once_and_all_rows_are_as_without, 0,
	    (int)(sizeof rows / sizeof *rows));
	tcase_add_loop_test(all, making_a_store_fails_once_and_then_goes_well,
	    0, (int)(sizeof rows / sizeof *rows));
	suite_add_tcase(suite, all);
	return suite;
}
