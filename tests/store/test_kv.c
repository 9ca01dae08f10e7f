/* One suite for all engines: what kv.h promises. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "kv.h"

#include "check_store.h"
#include "folder.h"

static const struct kv_engine *const engines[] = {&kv_lmdb, &kv_mem};
#define ENGINES (int)(sizeof engines / sizeof *engines)

static const struct kv_engine *engine;
static struct kv *kv;
static struct folder folder;

static void
start(int which)
{
	const char *why = "";

	engine = engines[which];
	folder = folder_make();
	ck_assert_msg(
	    engine->open(&kv, folder.path, 0, &why) == KV_OK, "%s", why);
}

static void
stop(void)
{
	engine->close(kv);
	folder_remove(&folder);
}

static struct kv_txn *
begin(bool write)
{
	struct kv_txn *txn;

	ck_assert_int_eq(engine->begin(kv, write, &txn), KV_OK);
	return txn;
}

static void
put(struct kv_txn *txn, const char *key, const char *value)
{
	ck_assert_int_eq(engine->put(txn, span_of(key), span_of(value)), KV_OK);
}

static void
is(struct kv_txn *txn, const char *key, const char *value)
{
	struct span found;

	if (value == NULL) {
		ck_assert_int_eq(
		    engine->get(txn, span_of(key), &found), KV_NONE);
		return;
	}
	ck_assert_int_eq(engine->get(txn, span_of(key), &found), KV_OK);
	ck_assert_uint_eq(found.len, strlen(value));
	ck_assert_mem_eq(found.at, value, found.len);
}

START_TEST(what_is_put_is_found_after_the_commit)
{
	struct kv_txn *txn;

	start(_i);
	txn = begin(true);
	put(txn, "one", "1");
	put(txn, "empty", "");
	is(txn, "one", "1");
	put(txn, "one", "a longer value than before");
	ck_assert_int_eq(engine->commit(txn), KV_OK);
	txn = begin(false);
	is(txn, "one", "a longer value than before");
	is(txn, "empty", "");
	is(txn, "on", NULL);
	is(txn, "ones", NULL);
	engine->abort(txn);
	stop();
}
END_TEST

START_TEST(an_abort_leaves_no_trace)
{
	struct kv_txn *txn;

	start(_i);
	txn = begin(true);
	put(txn, "kept", "as it was");
	put(txn, "also kept", "yes");
	ck_assert_int_eq(engine->commit(txn), KV_OK);
	txn = begin(true);
	put(txn, "kept", "changed");
	put(txn, "new", "never");
	ck_assert_int_eq(engine->del(txn, span_of("also kept")), KV_OK);
	is(txn, "kept", "changed");
	is(txn, "also kept", NULL);
	engine->abort(txn);
	txn = begin(true);
	is(txn, "kept", "as it was");
	is(txn, "also kept", "yes");
	is(txn, "new", NULL);
	engine->abort(txn);
	stop();
}
END_TEST

START_TEST(what_is_deleted_is_gone)
{
	struct kv_txn *txn;

	start(_i);
	txn = begin(true);
	put(txn, "a", "1");
	put(txn, "b", "2");
	ck_assert_int_eq(engine->commit(txn), KV_OK);
	txn = begin(true);
	ck_assert_int_eq(engine->del(txn, span_of("a")), KV_OK);
	ck_assert_int_eq(engine->del(txn, span_of("a")), KV_NONE);
	ck_assert_int_eq(engine->commit(txn), KV_OK);
	txn = begin(false);
	is(txn, "a", NULL);
	is(txn, "b", "2");
	engine->abort(txn);
	stop();
}
END_TEST

/* In order of octets, with the keys that have odd ones. */
static const struct span ordered[] = {
    {"\0", 1},
    {"\0\0", 2},
    {"\0\1", 2},
    {"a", 1},
    {"a\0", 2},
    {"aa", 2},
    {"ab", 2},
    {"b", 1},
    {"\x7f", 1},
    {"\x80", 1},
    {"\xff", 1},
    {"\xff\xff", 2},
};
#define ORDERED (int)(sizeof ordered / sizeof *ordered)

static void
next_is(struct kv_txn *txn, struct span from, enum kv_which which, int index)
{
	struct span key, value;
	enum kv_result result = engine->next(txn, from, which, &key, &value);

	if (index < 0 || index >= ORDERED) {
		ck_assert_int_eq(result, KV_NONE);
		return;
	}
	ck_assert_int_eq(result, KV_OK);
	ck_assert_uint_eq(key.len, ordered[index].len);
	ck_assert_mem_eq(key.at, ordered[index].at, key.len);
	ck_assert_uint_eq(value.len, 1);
	ck_assert_int_eq(value.at[0], index);
}

START_TEST(keys_are_ordered_as_memcmp_orders_them)
{
	struct kv_txn *txn;

	start(_i);
	txn = begin(true);
	next_is(txn, span_of("x"), KV_BEFORE, -1);
	next_is(txn, span_of("x"), KV_AT, -1);
	/* Written in an order that is not theirs. */
	for (int i = 0; i < ORDERED; i++) {
		char value = (char)(i * 5 % ORDERED);

		ck_assert_int_eq(engine->put(txn, ordered[(int)value],
				     (struct span){&value, 1}),
		    KV_OK);
	}
	for (int i = 0; i < ORDERED; i++) {
		next_is(txn, ordered[i], KV_AT, i);
		next_is(txn, ordered[i], KV_AFTER, i + 1);
		next_is(txn, ordered[i], KV_BEFORE, i - 1);
	}
	next_is(txn, span_of("aaa"), KV_AT, 6);
	next_is(txn, span_of("aaa"), KV_AFTER, 6);
	next_is(txn, span_of("aaa"), KV_BEFORE, 5);
	next_is(txn, span_of("\xff\xff\xff"), KV_AT, ORDERED);
	next_is(txn, span_of("\xff\xff\xff"), KV_BEFORE, ORDERED - 1);
	engine->abort(txn);
	stop();
}
END_TEST

START_TEST(the_largest_key_and_value_fit_and_no_larger_ones)
{
	static char key[KV_KEY_MAX + 1], value[KV_VALUE_MAX + 1];
	struct kv_txn *txn;
	struct span found;

	start(_i);
	memset(key, 'k', sizeof key);
	for (size_t i = 0; i < sizeof value; i++)
		value[i] = (char)(i * 7);
	txn = begin(true);
	ck_assert_int_eq(engine->put(txn, (struct span){key, KV_KEY_MAX},
			     (struct span){value, KV_VALUE_MAX}),
	    KV_OK);
	ck_assert_int_eq(engine->put(txn, (struct span){key, KV_KEY_MAX + 1},
			     (struct span){value, 1}),
	    KV_BROKEN);
	ck_assert_int_eq(engine->put(txn, (struct span){key, 1},
			     (struct span){value, KV_VALUE_MAX + 1}),
	    KV_BROKEN);
	ck_assert_int_eq(
	    engine->put(txn, (struct span){key, 0}, (struct span){value, 1}),
	    KV_BROKEN);
	ck_assert_int_eq(engine->commit(txn), KV_OK);
	txn = begin(false);
	ck_assert_int_eq(
	    engine->get(txn, (struct span){key, KV_KEY_MAX}, &found), KV_OK);
	ck_assert_uint_eq(found.len, KV_VALUE_MAX);
	ck_assert_mem_eq(found.at, value, KV_VALUE_MAX);
	engine->abort(txn);
	stop();
}
END_TEST

START_TEST(a_reader_sees_the_state_it_began_with)
{
	struct kv_txn *before, *during, *after, *writer;

	start(_i);
	writer = begin(true);
	put(writer, "key", "old");
	ck_assert_int_eq(engine->commit(writer), KV_OK);
	before = begin(false);
	writer = begin(true);
	put(writer, "key", "new");
	put(writer, "more", "new");
	during = begin(false);
	is(during, "key", "old");
	ck_assert_int_eq(engine->commit(writer), KV_OK);
	after = begin(false);
	is(before, "key", "old");
	is(before, "more", NULL);
	is(during, "key", "old");
	is(after, "key", "new");
	is(after, "more", "new");
	engine->abort(before);
	engine->abort(during);
	ck_assert_int_eq(engine->commit(after), KV_OK);
	stop();
}
END_TEST

/* The engine against a table that is simply looked through. */
START_TEST(many_random_changes_end_as_in_a_plain_table)
{
	char model[100][24] = {{0}}, key[8], value[24];
	unsigned random = 12345;
	struct kv_txn *txn;

	start(_i);
	for (int round = 0; round < 30; round++) {
		char kept[100][24];

		memcpy(kept, model, sizeof kept);
		txn = begin(true);
		for (int i = 0; i < 100; i++) {
			int n = (int)((random = random * 1103515245 + 12345) >>
				      16) %
				100;

			snprintf(key, sizeof key, "%02d", n);
			snprintf(value, sizeof value, "%u", random);
			if (random % 3 == 0) {
				ck_assert_int_eq(engine->del(txn, span_of(key)),
				    model[n][0] != 0 ? KV_OK : KV_NONE);
				model[n][0] = '\0';
			} else {
				put(txn, key, value);
				memcpy(model[n], value, sizeof value);
			}
		}
		if (round % 4 == 3) {
			engine->abort(txn);
			memcpy(model, kept, sizeof kept);
		} else {
			ck_assert_int_eq(engine->commit(txn), KV_OK);
		}
	}
	txn = begin(false);
	for (int n = 0; n < 100; n++) {
		snprintf(key, sizeof key, "%02d", n);
		is(txn, key, model[n][0] != 0 ? model[n] : NULL);
	}
	engine->abort(txn);
	stop();
}
END_TEST

START_TEST(a_map_that_is_full_grows_and_the_change_goes_through)
{
	static char value[KV_VALUE_MAX];
	const char *why = "";
	enum kv_result result;
	int grown = 0;

	folder = folder_make();
	engine = &kv_lmdb;
	ck_assert_int_eq(engine->open(&kv, folder.path, 1 << 20, &why), KV_OK);
	do {
		struct kv_txn *txn = begin(true);

		result = KV_OK;
		for (int i = 0; i < 100 && result == KV_OK; i++) {
			char key[16];

			snprintf(key, sizeof key, "key %d", i);
			result = engine->put(txn, span_of(key),
			    (struct span){value, sizeof value});
		}
		if (result == KV_OK) {
			result = engine->commit(txn);
		} else {
			engine->abort(txn);
		}
		if (result == KV_FULL) {
			ck_assert_int_eq(engine->grow(kv), KV_OK);
			grown++;
		}
	} while (result == KV_FULL);
	ck_assert_int_eq(result, KV_OK);
	ck_assert_int_gt(grown, 0);
	stop();
}
END_TEST

START_TEST(a_folder_that_is_not_there_is_told_in_a_sentence)
{
	const char *why = "";

	ck_assert_int_eq(
	    kv_lmdb.open(&kv, "/nowhere/at/all", 0, &why), KV_BROKEN);
	ck_assert_str_eq(why, "the store's folder is not there");
}
END_TEST

Suite *
suite_kv(void)
{
	Suite *suite = suite_create("kv");
	TCase *all = tcase_create("all engines");

	tcase_add_loop_test(
	    all, what_is_put_is_found_after_the_commit, 0, ENGINES);
	tcase_add_loop_test(all, an_abort_leaves_no_trace, 0, ENGINES);
	tcase_add_loop_test(all, what_is_deleted_is_gone, 0, ENGINES);
	tcase_add_loop_test(
	    all, keys_are_ordered_as_memcmp_orders_them, 0, ENGINES);
	tcase_add_loop_test(
	    all, the_largest_key_and_value_fit_and_no_larger_ones, 0, ENGINES);
	tcase_add_loop_test(
	    all, a_reader_sees_the_state_it_began_with, 0, ENGINES);
	tcase_add_loop_test(
	    all, many_random_changes_end_as_in_a_plain_table, 0, ENGINES);
	tcase_add_test(
	    all, a_map_that_is_full_grows_and_the_change_goes_through);
	tcase_add_test(all, a_folder_that_is_not_there_is_told_in_a_sentence);
	suite_add_tcase(suite, all);
	return suite;
}
