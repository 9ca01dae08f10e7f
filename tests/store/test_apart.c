/* What was set apart from messages, and what is counted, on both engines. */
#include <stdlib.h>
#include <string.h>

#include "store_txn.h"

#include "check_store.h"
#include "desk_day.h"
#include "folder.h"

#define CANARY "canary 4242424242424242"

static struct folder folder;
static struct store_conf conf;
static struct store *store;
static struct arena *arena;

static void
start(int in_memory)
{
	struct day_mail mail = {
	    1, "a@example.org", "", "A", "a text", 0, 0};

	folder = folder_make();
	conf = (struct store_conf){.master = day_master,
	    .create = true,
	    .in_memory = in_memory,
	    .folder = folder.path};
	arena = arena_new(0);
	store = day_open(&conf, true);
	ck_assert_int_eq(store_write(store, day_ticket, &mail), STORE_OK);
}

static void
stop(void)
{
	store_close(store);
	arena_free(arena);
	folder_remove(&folder);
}

/* ---- set apart ---------------------------------------------------------- */

static void
add(struct store_txn *txn, uint32_t message, const char *value)
{
	struct Confidential row = CONFIDENTIAL__INIT;
	struct ConfidentialData content = CONFIDENTIAL_DATA__INIT;
	struct Secret one = SECRET__INIT;
	struct Secret *list[] = {&one};

	row.ticket = 1;
	row.message = message;
	row.slot = 2;
	one.value = arena_copy_text(arena, value);
	one.mask = arena_copy_text(arena, "[card]");
	content.secrets = list;
	content.n_secrets = 1;
	store_confidential_add(txn, &row, &content, DAY_EXPIRES);
}

/* Larger than one value may be. */
static char *
large(void)
{
	char *text = arena_take(arena, 200001);

	memset(text, 'k', 200000);
	return text;
}

static int
add_three(struct store_txn *txn, void *arg)
{
	(void)arg;
	add(txn, 0, CANARY);
	add(txn, 3, large());
	add(txn, 7, "x");
	return 0;
}

static int
look_at_three(struct store_txn *txn, void *arg)
{
	struct Confidential *row;
	struct ConfidentialData *content;

	(void)arg;
	ck_assert_int_eq(
	    store_confidential_get(txn, arena, 1, 0, &row), 1);
	ck_assert_int_eq(
	    store_confidential_open(txn, arena, row, &content), 1);
	ck_assert_uint_eq(content->n_secrets, 1);
	ck_assert_str_eq(content->secrets[0]->value, CANARY);
	ck_assert_uint_eq(row->slot, 2);
	ck_assert_int_eq(
	    store_confidential_get(txn, arena, 1, 1, &row), 0);
	ck_assert_int_eq(
	    store_confidential_next(txn, arena, 1, 1, &row), 1);
	ck_assert_uint_eq(row->message, 3);
	ck_assert_int_eq(
	    store_confidential_open(txn, arena, row, &content), 1);
	ck_assert_str_eq(content->secrets[0]->value, large());
	ck_assert_int_eq(
	    store_confidential_next(txn, arena, 1, 8, &row), 0);
	ck_assert_int_eq(
	    store_confidential_next(txn, arena, 2, 0, &row), 0);
	return 0;
}

/* Twice, as a caller with an old copy would. */
static int
destroy_first(struct store_txn *txn, void *arg)
{
	struct Confidential row = CONFIDENTIAL__INIT;

	(void)arg;
	row.ticket = 1;
	store_confidential_destroy(txn, &row);
	store_confidential_destroy(txn, &row);
	return 0;
}

static int
look_at_rest(struct store_txn *txn, void *arg)
{
	struct Confidential *row;

	(void)arg;
	ck_assert_int_eq(
	    store_confidential_get(txn, arena, 1, 0, &row), 0);
	ck_assert_int_eq(
	    store_confidential_next(txn, arena, 1, 0, &row), 1);
	ck_assert_uint_eq(row->message, 3);
	return 0;
}

START_TEST(what_is_set_apart_comes_back_until_it_is_destroyed)
{
	start(_i);
	ck_assert_int_eq(store_write(store, add_three, NULL), STORE_OK);
	ck_assert_int_eq(store_read(store, look_at_three, NULL), STORE_OK);
	ck_assert(!folder_holds(&folder, NULL, CANARY, strlen(CANARY)));
	ck_assert_int_eq(store_write(store, destroy_first, NULL), STORE_OK);
	ck_assert_int_eq(store_read(store, look_at_rest, NULL), STORE_OK);
	day_check(store);
	stop();
}
END_TEST

static int
look_destroyed(struct store_txn *txn, void *arg)
{
	struct Confidential *row;
	struct ConfidentialData *content;

	(void)arg;
	ck_assert_int_eq(
	    store_confidential_get(txn, arena, 1, 0, &row), 1);
	ck_assert_int_eq(
	    store_confidential_open(txn, arena, row, &content), 0);
	return 0;
}

START_TEST(a_backup_of_before_does_not_open_what_was_set_apart)
{
	struct folder backup = folder_make();

	start(0);
	ck_assert_int_eq(store_write(store, add_three, NULL), STORE_OK);
	folder_copy(&folder, &backup, "data.mdb");
	ck_assert_int_eq(store_write(store, destroy_first, NULL), STORE_OK);
	folder_copy(&folder, &backup, "keyring");
	store_close(store);
	conf.folder = backup.path;
	store = day_open(&conf, false);
	ck_assert_int_eq(store_read(store, look_destroyed, NULL), STORE_OK);
	store_close(store);
	arena_free(arena);
	folder_remove(&backup);
	folder_remove(&folder);
}
END_TEST

START_TEST(the_day_that_is_over_ends_what_was_set_apart)
{
	start(_i);
	ck_assert_int_eq(store_write(store, add_three, NULL), STORE_OK);
	ck_assert_uint_ge(
	    store_periods_destroy(store, DAY_EXPIRES + WHEN_DAY), 1);
	ck_assert_int_eq(store_read(store, look_destroyed, NULL), STORE_OK);
	stop();
}
END_TEST

/* ---- counted ------------------------------------------------------------ */

#define AT (when_from_civil((struct when_civil){2026, 11, 21, 10, 59, 59}))

static const struct span jan = {"jan", 3}, eve = {"eve", 3};

static void
tally_is(struct store_txn *txn, struct span of, when at, const char *octets)
{
	struct span found = {"", 0};

	ck_assert_int_eq(
	    store_tally_get(txn, of, at, &found), octets[0] != '\0');
	ck_assert(span_is(found, octets));
}

static int
tally_some(struct store_txn *txn, void *arg)
{
	(void)arg;
	tally_is(txn, jan, AT, "");
	ck_assert(store_tally_put(txn, jan, AT, span_of("one")));
	ck_assert(!store_tally_put(txn, eve, AT, span_of("hers")));
	ck_assert(!store_tally_put(txn, jan, AT, span_of("two")));
	tally_is(txn, jan, AT, "two");
	tally_is(txn, eve, AT, "hers");
	/* Tomorrow it is still known, and then no more. */
	tally_is(txn, jan, AT + WHEN_DAY, "two");
	ck_assert(
	    store_tally_put(txn, jan, AT + WHEN_DAY, span_of("three")));
	tally_is(txn, jan, AT + WHEN_DAY, "three");
	tally_is(txn, eve, AT + 2 * WHEN_DAY, "");
	return 0;
}

static int
drop_some(struct store_txn *txn, void *arg)
{
	when over = AT - AT % WHEN_DAY + WHEN_DAY + STORE_TALLY_KEPT;

	(void)arg;
	ck_assert_uint_eq(store_tallies_drop(txn, over - 1, 10), 0);
	ck_assert_uint_eq(store_tallies_drop(txn, over, 1), 1);
	ck_assert_uint_eq(store_tallies_drop(txn, over, 10), 1);
	tally_is(txn, eve, AT, "");
	tally_is(txn, jan, AT + WHEN_DAY, "three");
	ck_assert_uint_eq(store_tallies_drop(txn, over + WHEN_DAY, 10), 1);
	tally_is(txn, jan, AT + WHEN_DAY, "");
	return 0;
}

START_TEST(tallies_end_one_day_after_their_own)
{
	start(_i);
	ck_assert_int_eq(store_write(store, tally_some, NULL), STORE_OK);
	ck_assert(!folder_holds(&folder, NULL, "jan", 3));
	ck_assert_int_eq(store_write(store, drop_some, NULL), STORE_OK);
	stop();
}
END_TEST

Suite *
suite_apart(void)
{
	Suite *suite = suite_create("set apart and counted");
	TCase *all = tcase_create("both engines");

	tcase_set_timeout(all, 30);
	tcase_add_loop_test(all,
	    what_is_set_apart_comes_back_until_it_is_destroyed, 0, 2);
	tcase_add_test(
	    all, a_backup_of_before_does_not_open_what_was_set_apart);
	tcase_add_loop_test(
	    all, the_day_that_is_over_ends_what_was_set_apart, 0, 2);
	tcase_add_loop_test(all, tallies_end_one_day_after_their_own, 0, 2);
	suite_add_tcase(suite, all);
	return suite;
}
