/* Processes that die, and processes that meet. */
#include <signal.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/wait.h>
#include <time.h>
#include <unistd.h>

#include "store_txn.h"

#include "check_store.h"
#include "desk_day.h"
#include "folder.h"

#define KILLS	 50
#define TOGETHER 150 /* tickets that each of two processes makes */

static struct store_conf
conf_of(const struct folder *folder)
{
	return (struct store_conf){.folder = folder->path,
	    .master = day_master,
	    .create = true,
	    .size = (size_t)1 << 26};
}

static void
pause_for(long microseconds)
{
	const struct timespec pause = {.tv_nsec = microseconds * 1000};

	nanosleep(&pause, NULL);
}

static int
purge_one(struct store_txn *txn, void *arg)
{
	const uint64_t *ticket = arg;
	struct Contact *contact;

	if (store_contact_get(txn, txn->arena, *ticket, 0, &contact) == 1)
		store_contact_destroy(txn, contact);
	return 0;
}

/* Makes tickets, purges each third one's contact, and tells what is done. */
static void
write_tickets(struct store *store, uint64_t first, uint64_t count, int ack)
{
	for (uint64_t i = first; i < first + count; i++) {
		struct day_mail mail = {i, "anna@example.org", "+4915112345678",
		    "Anna", "Help!", i % 5 * 20000, 0};

		if (store_write(store, day_ticket, &mail) != STORE_OK)
			_exit(1);
		if (i % 3 == 0 &&
		    store_write(store, purge_one, &mail.ticket_r) != STORE_OK)
			_exit(1);
		if (write(ack, &mail.ticket_r, sizeof mail.ticket_r) !=
		    sizeof mail.ticket_r)
			_exit(1);
	}
}

static pid_t
writer(const struct store_conf *conf, uint64_t first, uint64_t count, int ack)
{
	pid_t pid = fork();
	struct store *store;
	const char *why;

	ck_assert_int_ge(pid, 0);
	if (pid > 0)
		return pid;
	if (store_open(&store, conf, false, &why) != STORE_OK)
		_exit(2);
	write_tickets(store, first, count, ack);
	store_close(store);
	_exit(0);
}

static int
count_tickets(struct store_txn *txn, void *arg)
{
	uint64_t *count_r = arg;
	struct arena *arena = arena_new(0);
	struct MessageData *with;
	struct Message *message;
	struct Ticket *ticket;
	struct span octets;

	*count_r = 0;
	while (store_ticket_next(txn, arena, *count_r, &ticket) == 1) {
		/* None is missing, and each is whole. */
		if (ticket->number != ++*count_r || ticket->messages != 1 ||
		    ticket->participants != 1 ||
		    store_message_get(
			txn, arena, ticket->number, 0, &message) != 1 ||
		    store_message_open(txn, arena, ticket, message, &with) !=
			1 ||
		    strcmp(with->text, "Help!") != 0 ||
		    (message->attachments == 1 &&
			store_attachment_open(
			    txn, arena, ticket, message, 0, &octets) != 1))
			ck_abort_msg("ticket %d is half", (int)*count_r);
	}
	arena_free(arena);
	return 0;
}

START_TEST(what_was_acknowledged_is_there_after_a_kill_and_nothing_is_half)
{
	int killed_at_work = 0;

	srandom(1);
	for (int round = 0; round < KILLS; round++) {
		struct folder folder = folder_make();
		struct store_conf conf = conf_of(&folder);
		uint64_t told = 0, ticket, there = 0;
		struct store *store;
		int ends[2], status;
		pid_t pid;

		store_close(day_open(&conf, true));
		ck_assert_int_eq(pipe(ends), 0);
		pid = writer(&conf, 1, 1000000, ends[1]);
		close(ends[1]);
		pause_for(1000 + random() % 15000);
		kill(pid, SIGKILL);
		ck_assert_int_eq(waitpid(pid, &status, 0), pid);
		killed_at_work += WIFSIGNALED(status);
		while (read(ends[0], &ticket, sizeof ticket) == sizeof ticket)
			told = ticket;
		close(ends[0]);
		store = day_open(&conf, true);
		ck_assert_int_eq(
		    store_read(store, count_tickets, &there), STORE_OK);
		/* One may be done and not yet told. */
		ck_assert_uint_ge(there, told);
		ck_assert_uint_le(there, told + 1);
		day_check(store);
		store_close(store);
		folder_remove(&folder);
	}
	ck_assert_int_eq(killed_at_work, KILLS);
}
END_TEST

START_TEST(two_processes_never_take_the_same_slot_or_number)
{
	struct folder folder = folder_make();
	struct store_conf conf = conf_of(&folder);
	unsigned char seen[2 * TOGETHER + 1] = {0};
	struct store *store;
	uint64_t ticket, there;
	int ends[2], status;
	pid_t one, other;

	store_close(day_open(&conf, true));
	ck_assert_int_eq(pipe(ends), 0);
	one = writer(&conf, 1, TOGETHER, ends[1]);
	other = writer(&conf, 1000, TOGETHER, ends[1]);
	close(ends[1]);
	while (read(ends[0], &ticket, sizeof ticket) == sizeof ticket) {
		ck_assert_uint_le(ticket, 2 * TOGETHER);
		ck_assert_uint_eq(seen[ticket]++, 0);
	}
	close(ends[0]);
	ck_assert_int_eq(waitpid(one, &status, 0), one);
	ck_assert_int_eq(status, 0);
	ck_assert_int_eq(waitpid(other, &status, 0), other);
	ck_assert_int_eq(status, 0);
	store = day_open(&conf, true);
	ck_assert_int_eq(store_read(store, count_tickets, &there), STORE_OK);
	ck_assert_uint_eq(there, 2 * TOGETHER);
	day_check(store);
	store_close(store);
	folder_remove(&folder);
}
END_TEST

static void
refused(const struct store_conf *conf, bool recover, const char *sentence)
{
	struct store *store = NULL;
	const char *why = "";

	ck_assert_int_eq(store_open(&store, conf, recover, &why), STORE_BROKEN);
	ck_assert_str_eq(why, sentence);
	ck_assert_ptr_null(store);
}

START_TEST(what_is_not_this_store_is_refused_with_a_sentence)
{
	struct folder folder = folder_make();
	struct store_conf conf = conf_of(&folder);
	unsigned char other[32] = {1};
	char path[300];
	FILE *file;

	snprintf(path, sizeof path, "%s/keyring", folder.path);
	conf.create = false;
	refused(&conf, true, "there is none yet; `gatepost run` makes it");
	conf.create = true;
	store_close(day_open(&conf, true));
	conf.master = other;
	refused(&conf, true,
	    "the master key is not this store's, or the keyring belongs to "
	    "another store");
	conf.master = day_master;
	store_close(day_open(&conf, true));
	/* A store never gets a fresh keyring: that would end all it holds. */
	unlink(path);
	refused(&conf, true, "the keyring is not there");
	file = fopen(path, "w");
	fclose(file);
	refused(&conf, true, "the keyring is damaged or not a keyring");
	snprintf(path, sizeof path, "%s/data.mdb", folder.path);
	file = fopen(path, "w");
	fputs("This is not a data file, and long enough to be looked at as "
	      "one: a page's head of LMDB has its magic number within the "
	      "first forty octets, and these are more than that.",
	    file);
	fclose(file);
	refused(&conf, true, "the store's data file is damaged or not a store");
	folder_remove(&folder);
}
END_TEST

/* What a process left that died before its first commit. */
START_TEST(a_keyring_without_a_store_is_begun_anew)
{
	struct folder folder = folder_make();
	struct store_conf conf = conf_of(&folder);
	struct store *store;
	char path[300];

	store_close(day_open(&conf, true));
	snprintf(path, sizeof path, "%s/data.mdb", folder.path);
	unlink(path);
	store = day_open(&conf, true);
	ck_assert_int_eq(day_step(store, 0), STORE_OK);
	day_check(store);
	store_close(store);
	folder_remove(&folder);
}
END_TEST

static int
read_all(struct store_txn *txn, void *arg)
{
	(void)txn;
	(void)arg;
	return 0;
}

START_TEST(a_second_daemon_waits_and_is_refused_and_a_reader_is_not)
{
	struct folder folder = folder_make();
	struct store_conf conf = conf_of(&folder);
	pid_t pid;
	struct store *store;
	int ends[2], status;
	char c;

	ck_assert_int_eq(pipe(ends), 0);
	pid = fork();
	ck_assert_int_ge(pid, 0);
	if (pid == 0) {
		const char *why;

		if (store_open(&store, &conf, true, &why) != STORE_OK ||
		    write(ends[1], "x", 1) != 1)
			_exit(1);
		pause();
		_exit(0);
	}
	ck_assert_int_eq(read(ends[0], &c, 1), 1);
	store = day_open(&conf, false);
	ck_assert_int_eq(store_read(store, read_all, NULL), STORE_OK);
	store_close(store);
	refused(&conf, true, "another gatepost runs on this store");
	kill(pid, SIGKILL);
	waitpid(pid, &status, 0);
	store_close(day_open(&conf, true));
	folder_remove(&folder);
}
END_TEST

Suite *
suite_crash(void)
{
	Suite *suite = suite_create("crash");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_test(all,
	    what_was_acknowledged_is_there_after_a_kill_and_nothing_is_half);
	tcase_add_test(all, two_processes_never_take_the_same_slot_or_number);
	tcase_add_test(all, what_is_not_this_store_is_refused_with_a_sentence);
	tcase_add_test(all, a_keyring_without_a_store_is_begun_anew);
	tcase_add_test(
	    all, a_second_daemon_waits_and_is_refused_and_a_reader_is_not);
	suite_add_tcase(suite, all);
	return suite;
}
