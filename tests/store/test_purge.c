/* What is destroyed is gone: from the verbs, the files and the backups. */
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "store_txn.h"
#include "slot.h"

#include "check_store.h"
#include "desk_day.h"
#include "failing.h"
#include "folder.h"

#define ADDRESS "canary.address@example.org"
#define MOBILE	"+491520000000"
#define NAME	"Canary Personname"

/* A store on disk with one ticket of the canary's, and his slot. */
struct case_of {
	struct folder folder;
	struct store_conf conf;
	struct store *store;
	uint64_t slot;
	unsigned char octets[KEYRING_SLOT_SIZE]; /* of the slot, as it lay */
	unsigned char key[KEYRING_KEY_SIZE];
	struct ContactData *found;
	int rc;
};

static int
look(struct store_txn *txn, void *arg)
{
	struct case_of *the = arg;
	struct Contact *contact;

	ck_assert_int_eq(store_contact_get(txn, txn->arena, 1, 0, &contact), 1);
	the->slot = contact->key_slot;
	the->rc = store_contact_open(txn, txn->arena, contact, &the->found);
	if (the->rc == 1) {
		ck_assert_str_eq(the->found->address, ADDRESS);
		ck_assert_int_eq(
		    keyring_key(txn->store->keyring, the->slot, the->key), 1);
	}
	return 0;
}

static int
find(struct store_txn *txn, void *arg)
{
	struct case_of *the = arg;
	uint64_t tickets[4];

	the->rc = (int)store_contact_find(txn, ADDRESS, tickets, NULL, 4) +
		  (int)store_contact_find(txn, MOBILE, tickets, NULL, 4);
	return 0;
}

static int
destroy(struct store_txn *txn, void *arg)
{
	struct Contact *contact;

	(void)arg;
	if (store_contact_get(txn, txn->arena, 1, 0, &contact) != 1)
		return 0;
	store_contact_destroy(txn, contact);
	/* Once more, as a caller with an old copy would, does no harm. */
	store_contact_destroy(txn, contact);
	return 0;
}

static void
start(struct case_of *the, const struct kv_engine *engine)
{
	struct day_mail mail = {
	    1, ADDRESS, MOBILE, NAME, "a text of the canary's own", 0, 0};
	char path[300];
	FILE *file;

	*the = (struct case_of){.folder = folder_make()};
	the->conf = (struct store_conf){.folder = the->folder.path,
	    .master = day_master,
	    .create = true,
	    .engine = engine,
	    .size = (size_t)1 << 24};
	if (engine == &failing)
		failing_start(&kv_lmdb, the->folder.path);
	the->store = day_open(&the->conf, true);
	ck_assert_int_eq(store_write(the->store, day_ticket, &mail), STORE_OK);
	ck_assert_int_eq(store_read(the->store, look, the), STORE_OK);
	ck_assert_int_eq(the->rc, 1);
	ck_assert_int_eq(store_read(the->store, find, the), STORE_OK);
	ck_assert_int_eq(the->rc, 2);
	snprintf(path, sizeof path, "%s/keyring", the->folder.path);
	file = fopen(path, "r");
	ck_assert_ptr_nonnull(file);
	ck_assert_int_eq(
	    fseek(file, (long)the->slot * KEYRING_SLOT_SIZE, SEEK_SET), 0);
	ck_assert_uint_eq(fread(the->octets, 1, sizeof the->octets, file), 128);
	fclose(file);
}

static void
no_plain_text_is_in_the_files(const struct case_of *the)
{
	static const char *const canaries[] = {"canary.address", "anary",
	    "520000000", "Personname", "It does not work"};

	for (size_t i = 0; i < sizeof canaries / sizeof *canaries; i++)
		ck_assert_msg(!folder_holds(&the->folder, NULL, canaries[i],
				  strlen(canaries[i])),
		    "%s", canaries[i]);
	ck_assert(!folder_holds(&the->folder, NULL, the->key, sizeof the->key));
}

START_TEST(a_destroyed_contact_is_nowhere)
{
	struct case_of the;

	start(&the, NULL);
	no_plain_text_is_in_the_files(&the);
	/* The control: the wrapped key is where it is looked for. */
	ck_assert(folder_holds(&the.folder, NULL, the.octets + 24, 72));
	ck_assert_int_eq(store_write(the.store, destroy, NULL), STORE_OK);
	ck_assert_int_eq(store_read(the.store, look, &the), STORE_OK);
	ck_assert_int_eq(the.rc, 0);
	ck_assert_uint_eq(the.slot, 0);
	ck_assert_int_eq(store_read(the.store, find, &the), STORE_OK);
	ck_assert_int_eq(the.rc, 0);
	ck_assert(!folder_holds(&the.folder, NULL, the.octets + 24, 24));
	ck_assert(!folder_holds(&the.folder, NULL, the.octets + 48, 32));
	no_plain_text_is_in_the_files(&the);
	day_check(the.store);
	store_close(the.store);
	folder_remove(&the.folder);
}
END_TEST

START_TEST(a_backup_of_before_does_not_open_with_the_keyring_of_after)
{
	struct folder backup = folder_make();
	struct case_of the;

	start(&the, NULL);
	folder_copy(&the.folder, &backup, "data.mdb");
	ck_assert_int_eq(store_write(the.store, destroy, NULL), STORE_OK);
	folder_copy(&the.folder, &backup, "keyring");
	store_close(the.store);
	the.conf.folder = backup.path;
	the.store = day_open(&the.conf, false);
	ck_assert_int_eq(store_read(the.store, look, &the), STORE_OK);
	ck_assert_uint_ne(the.slot, 0);
	ck_assert_int_eq(the.rc, 0);
	ck_assert_int_eq(store_read(the.store, find, &the), STORE_OK);
	ck_assert_int_eq(the.rc, 0);
	store_close(the.store);
	folder_remove(&backup);
	folder_remove(&the.folder);
}
END_TEST

START_TEST(a_day_that_is_over_ends_all_that_expired_on_it)
{
	struct case_of the;

	start(&the, NULL);
	ck_assert_uint_eq(store_periods_destroy(the.store, DAY_EXPIRES), 0);
	ck_assert_int_eq(store_read(the.store, look, &the), STORE_OK);
	ck_assert_int_eq(the.rc, 1);
	/* The day's key, and the blind index key of the month. */
	ck_assert_uint_eq(
	    store_periods_destroy(the.store, DAY_EXPIRES + WHEN_DAY), 2);
	ck_assert_int_eq(store_read(the.store, look, &the), STORE_OK);
	ck_assert_int_eq(the.rc, 0);
	ck_assert_int_eq(store_read(the.store, find, &the), STORE_OK);
	ck_assert_int_eq(the.rc, 0);
	ck_assert_int_eq(store_write(the.store, destroy, NULL), STORE_OK);
	/* One who expires on such a day all the same gets the next. */
	ck_assert_int_eq(day_step(the.store, 1), STORE_OK);
	day_check(the.store);
	store_close(the.store);
	folder_remove(&the.folder);
}
END_TEST

/* The process dies when the rows are on disk and the slot is not yet
 * overwritten: the call after the purge's commit, and each one up to the end,
 * fails, and then there is no process any more. */
START_TEST(a_death_before_the_overwriting_is_made_good_at_the_next_start)
{
	struct case_of the;
	enum store_result result = STORE_BROKEN;
	int n, seen = 0;

	for (n = 1; result != STORE_OK; n++) {
		start(&the, &failing);
		failing_at(n, KV_BROKEN, false);
		result = store_write(the.store, destroy, NULL);
		failing_at(0, KV_OK, false);
		seen += result == STORE_UNCERTAIN &&
			folder_holds(&the.folder, NULL, the.octets + 24, 72);
		store_close(the.store);
		the.store = day_open(&the.conf, true);
		if (result == STORE_UNCERTAIN || result == STORE_OK) {
			ck_assert(!folder_holds(
			    &the.folder, NULL, the.octets + 24, 24));
			ck_assert_int_eq(
			    store_read(the.store, look, &the), STORE_OK);
			ck_assert_int_eq(the.rc, 0);
		} else {
			ck_assert_int_eq(
			    store_read(the.store, look, &the), STORE_OK);
			ck_assert_int_eq(the.rc, 1);
		}
		day_check(the.store);
		store_close(the.store);
		failing_stop();
		folder_remove(&the.folder);
	}
	ck_assert_int_gt(seen, 0);
}
END_TEST

/* Each call of a purge in turn says that the disk is full: once it is known
 * that something is to be destroyed, the ballast goes and the purge is done. */
START_TEST(a_full_disk_does_not_stop_a_purge_that_has_ballast)
{
	struct case_of the;
	int done = 0;
	bool failed = true;

	for (int n = 1; failed; n++) {
		enum store_result result;
		char path[300];

		start(&the, &failing);
		snprintf(path, sizeof path, "%s/ballast", the.folder.path);
		ck_assert_int_eq(access(path, F_OK), 0);
		failing_at(n, KV_SPACE, false);
		result = store_write(the.store, destroy, NULL);
		failed = failing_has();
		failing_at(0, KV_OK, false);
		if (result == STORE_OK) {
			done += access(path, F_OK) != 0;
			ck_assert(!folder_holds(
			    &the.folder, NULL, the.octets + 24, 24));
			day_check(the.store);
		} else {
			ck_assert_int_ne(result, STORE_BROKEN);
		}
		store_close(the.store);
		failing_stop();
		folder_remove(&the.folder);
	}
	ck_assert_int_gt(done, 0);
}
END_TEST

struct old {
	struct arena *arena;
	struct Outbox *row;
};

static int
keep_old(struct store_txn *txn, void *arg)
{
	struct old *old = arg;

	ck_assert_int_eq(store_outbox_get(txn, old->arena, 2, &old->row), 1);
	return 0;
}

static int
put_old(struct store_txn *txn, void *arg)
{
	const struct old *old = arg;
	struct Outbox copy = *old->row;

	copy.status = 2;
	store_outbox_put(txn, &copy);
	return 0;
}

/* A stale copy must not destroy what has taken the slot since. */
START_TEST(a_row_put_twice_destroys_its_slot_once)
{
	struct store_conf conf = {
	    .master = day_master, .in_memory = true, .create = true};
	struct store *store = day_open(&conf, true);
	struct arena *arena = arena_new(0);
	struct old old = {.arena = arena};
	char *before;

	ck_assert_int_eq(day_step(store, 0), STORE_OK);
	ck_assert_int_eq(day_step(store, 2), STORE_OK);
	ck_assert_int_eq(store_read(store, keep_old, &old), STORE_OK);
	ck_assert_uint_ne(old.row->key_slot, 0);
	ck_assert_int_eq(store_write(store, put_old, &old), STORE_OK);
	ck_assert_int_eq(day_step(store, 1), STORE_OK);
	before = day_dump(store, arena);
	ck_assert_int_eq(store_write(store, put_old, &old), STORE_OK);
	ck_assert_str_eq(day_dump(store, arena), before);
	day_check(store);
	store_close(store);
	arena_free(arena);
}
END_TEST

Suite *
suite_purge(void)
{
	Suite *suite = suite_create("purge");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 30);
	tcase_add_test(all, a_destroyed_contact_is_nowhere);
	tcase_add_test(
	    all, a_backup_of_before_does_not_open_with_the_keyring_of_after);
	tcase_add_test(all, a_day_that_is_over_ends_all_that_expired_on_it);
	tcase_add_test(
	    all, a_death_before_the_overwriting_is_made_good_at_the_next_start);
	tcase_add_test(all, a_full_disk_does_not_stop_a_purge_that_has_ballast);
	tcase_add_test(all, a_row_put_twice_destroys_its_slot_once);
	suite_add_tcase(suite, all);
	return suite;
}
