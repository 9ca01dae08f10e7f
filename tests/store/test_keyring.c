/* The keyring alone, in a file and in memory. */
#include <fcntl.h>
#include <sodium.h>
#include <stdio.h>
#include <string.h>
#include <unistd.h>

#include "keyring.h"

#include "check_store.h"
#include "desk_day.h"
#include "folder.h"

static const unsigned char id[16] = "the store's id";
static struct folder folder;
static char path[300];
static struct keyring *keyring;

static void
start(int in_file)
{
	const char *why = "";

	folder = folder_make();
	snprintf(path, sizeof path, "%s/keyring", folder.path);
	ck_assert_msg(keyring_open(&keyring, in_file ? path : NULL, day_master,
			  id, true, &why) == KEYRING_OK,
	    "%s", why);
}

static void
stop(void)
{
	keyring_close(keyring);
	folder_remove(&folder);
}

static void
make(uint64_t slot, int64_t day, uint64_t period)
{
	ck_assert_int_eq(keyring_make(keyring, slot, day, period), KEYRING_OK);
}

static void
destroy(uint64_t slot)
{
	ck_assert_int_eq(keyring_destroy(keyring, &slot, 1), KEYRING_OK);
}

START_TEST(a_key_is_the_same_before_and_after_its_sync)
{
	unsigned char key[32], again[32];

	start(_i);
	ck_assert_int_eq(keyring_key(keyring, 5, key), 0);
	make(5, 0, 0);
	ck_assert_int_eq(keyring_key(keyring, 5, key), 1);
	ck_assert(!keyring_used(keyring, 5));
	ck_assert_int_eq(keyring_sync(keyring), KEYRING_OK);
	ck_assert(keyring_used(keyring, 5));
	keyring_forget(keyring);
	ck_assert_int_eq(keyring_key(keyring, 5, again), 1);
	ck_assert_mem_eq(key, again, sizeof key);
	ck_assert_int_eq(keyring_key(keyring, 0, key), 0);
	ck_assert_int_eq(keyring_key(keyring, 1u << 30, key), 0);
	stop();
}
END_TEST

START_TEST(what_was_made_and_forgotten_is_not_there)
{
	unsigned char key[32];

	start(_i);
	make(1, 0, 0);
	keyring_forget(keyring);
	ck_assert_int_eq(keyring_key(keyring, 1, key), 0);
	ck_assert_int_eq(keyring_sync(keyring), KEYRING_OK);
	ck_assert(!keyring_used(keyring, 1));
	stop();
}
END_TEST

START_TEST(many_slots_in_any_order_are_all_written)
{
	unsigned char keys[2000][32], key[32];

	start(_i);
	for (unsigned i = 0; i < 2000; i++) {
		uint64_t slot = 1 + i * 7 % 2000 * 5;

		make(slot, 0, 0);
		ck_assert_int_eq(keyring_key(keyring, slot, keys[i]), 1);
	}
	ck_assert_int_eq(keyring_sync(keyring), KEYRING_OK);
	ck_assert_uint_gt(keyring_size(keyring), 9996);
	keyring_forget(keyring);
	for (unsigned i = 0; i < 2000; i++) {
		uint64_t slot = 1 + i * 7 % 2000 * 5;

		ck_assert_int_eq(keyring_key(keyring, slot, key), 1);
		ck_assert_mem_eq(keys[i], key, 32);
		ck_assert(!keyring_used(keyring, slot + 1));
	}
	stop();
}
END_TEST

START_TEST(a_destroyed_slot_is_zeros_and_its_neighbours_stay)
{
	unsigned char key[32];

	start(_i);
	for (uint64_t slot = 1; slot <= 3; slot++)
		make(slot, 0, 0);
	ck_assert_int_eq(keyring_sync(keyring), KEYRING_OK);
	destroy(2);
	ck_assert(!keyring_used(keyring, 2));
	ck_assert_int_eq(keyring_key(keyring, 2, key), 0);
	ck_assert_int_eq(keyring_key(keyring, 1, key), 1);
	ck_assert_int_eq(keyring_key(keyring, 3, key), 1);
	stop();
}
END_TEST

START_TEST(a_key_ends_with_the_period_key_of_its_day)
{
	unsigned char key[32], again[32];

	start(_i);
	make(1, 20780, 0);
	make(2, 20780, 1);
	ck_assert_int_eq(keyring_key(keyring, 2, key), 1);
	ck_assert_int_eq(keyring_sync(keyring), KEYRING_OK);
	keyring_forget(keyring);
	ck_assert_int_eq(keyring_key(keyring, 2, again), 1);
	ck_assert_mem_eq(key, again, 32);
	destroy(1);
	ck_assert_int_eq(keyring_key(keyring, 2, key), 0);
	/* Whatever takes the period key's place does not open it again. */
	make(1, 0, 0);
	ck_assert_int_eq(keyring_key(keyring, 2, key), 0);
	ck_assert_int_eq(keyring_sync(keyring), KEYRING_OK);
	make(1, 20781, 0);
	ck_assert_int_eq(keyring_key(keyring, 2, key), 0);
	make(1, 20780, 0);
	ck_assert_int_eq(keyring_key(keyring, 2, key), KEYRING_BROKEN);
	ck_assert_int_eq(keyring_make(keyring, 3, 20780, 9), KEYRING_BROKEN);
	stop();
}
END_TEST

static void
reopen(const unsigned char *master, const unsigned char *store_id,
    const char *expected)
{
	const char *why = "";
	int result;

	keyring_close(keyring);
	keyring = NULL;
	result = keyring_open(&keyring, path, master, store_id, false, &why);
	ck_assert_str_eq(why, expected);
	ck_assert_int_eq(result, *expected == 0 ? KEYRING_OK : KEYRING_BROKEN);
}

START_TEST(a_wrong_master_key_or_store_is_refused_with_a_sentence)
{
	static const char *const sentence =
	    "the master key is not this store's, or the keyring belongs to "
	    "another store";
	unsigned char other[32] = {0}, key[32];

	start(true);
	make(1, 0, 0);
	ck_assert_int_eq(keyring_sync(keyring), KEYRING_OK);
	reopen(other, id, sentence);
	reopen(day_master, other, sentence);
	reopen(day_master, id, "");
	ck_assert_int_eq(keyring_key(keyring, 1, key), 1);
	keyring_close(keyring);
	keyring = NULL;
	ck_assert_int_eq(truncate(path, 0), 0);
	reopen(day_master, id, "the keyring is damaged or not a keyring");
	unlink(path);
	reopen(day_master, id, "the keyring is not there");
	stop();
}
END_TEST

/* Each octet of a slot, changed: it does not open, and gives no other key. */
START_TEST(an_edited_or_moved_slot_is_told_from_a_whole_one)
{
	unsigned char slot[128], key[32];
	int fd;

	start(true);
	make(1, 0, 0);
	make(2, 0, 0);
	ck_assert_int_eq(keyring_sync(keyring), KEYRING_OK);
	fd = open(path, O_RDWR);
	ck_assert_int_eq(pread(fd, slot, 128, 128), 128);
	for (int i = 0; i < 96; i++) {
		slot[i] ^= 1;
		ck_assert_int_eq(pwrite(fd, slot, 128, 128), 128);
		keyring_forget(keyring);
		ck_assert_int_eq(keyring_key(keyring, 1, key), KEYRING_BROKEN);
		slot[i] ^= 1;
	}
	ck_assert_int_eq(pwrite(fd, slot, 128, 128), 128);
	ck_assert_int_eq(keyring_key(keyring, 1, key), 1);
	ck_assert_int_eq(pwrite(fd, slot, 128, 256), 128);
	keyring_forget(keyring);
	ck_assert_int_eq(keyring_key(keyring, 2, key), KEYRING_BROKEN);
	close(fd);
	stop();
}
END_TEST

Suite *
suite_keyring(void)
{
	Suite *suite = suite_create("keyring");
	TCase *all = tcase_create("in memory, in a file");

	tcase_add_loop_test(
	    all, a_key_is_the_same_before_and_after_its_sync, 0, 2);
	tcase_add_loop_test(
	    all, what_was_made_and_forgotten_is_not_there, 0, 2);
	tcase_add_loop_test(all, many_slots_in_any_order_are_all_written, 0, 2);
	tcase_add_loop_test(
	    all, a_destroyed_slot_is_zeros_and_its_neighbours_stay, 0, 2);
	tcase_add_loop_test(
	    all, a_key_ends_with_the_period_key_of_its_day, 0, 2);
	tcase_add_test(
	    all, a_wrong_master_key_or_store_is_refused_with_a_sentence);
	tcase_add_test(all, an_edited_or_moved_slot_is_told_from_a_whole_one);
	suite_add_tcase(suite, all);
	return suite;
}
