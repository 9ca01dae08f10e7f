#include <check.h>
#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "mail_words.h"
#include "record.h"

#include "maildir_tests.h"
#include "source.h"

/* A Maildir for one test; check runs each in a process of its own. */
static char top[100];
static struct arena *arena;

static char *
path_of(const char *name)
{
	return arena_print(arena, "%s/%s", top, name);
}

static void
setup(void)
{
	arena = arena_new(0);
	strcpy(top, "check_source.XXXXXX");
	ck_assert_ptr_nonnull(mkdtemp(top));
	ck_assert_int_eq(mkdir(path_of("tmp"), 0700), 0);
	ck_assert_int_eq(mkdir(path_of("new"), 0700), 0);
	ck_assert_int_eq(mkdir(path_of("cur"), 0700), 0);
}

static void
teardown(void)
{
	ck_assert_int_eq(
	    system(arena_print(arena, "rm -rf '%s'", top)), 0);
	arena_free(arena);
}

static void
deliver(const char *name, const char *text)
{
	FILE *file = fopen(path_of("tmp/x"), "w");

	ck_assert_ptr_nonnull(file);
	fputs(text, file);
	fclose(file);
	ck_assert_int_eq(rename(path_of("tmp/x"), path_of(name)), 0);
}

static struct source *
open_source(enum source_after after)
{
	static struct maildir_conf conf;

	conf = (struct maildir_conf){.mailbox = "desk", .path = top,
	    .after = after, .after_folder = ".Done", .mail_max = 100,
	    .poll = 200};
	return maildir_open(&conf);
}

static struct RawMail *
take(struct source *source, int wait)
{
	struct RawMail *mail = NULL;

	if (source_next(source, arena, wait, &mail) == SOURCE_MAIL)
		return mail;
	return NULL;
}

static void
settle(struct source *source, const struct RawMail *mail,
    enum outcome outcome)
{
	struct Fate fate = FATE__INIT;

	fate.uid = mail->origin->uid;
	fate.uidvalidity = 1;
	fate.outcome = outcome;
	source_settle(source, &fate);
}

static bool
exists(const char *name)
{
	return access(path_of(name), F_OK) == 0;
}

START_TEST(mails_come_by_arrival_and_once)
{
	static const char *const order[] = {"first", "second", "third"};
	struct source *source = open_source(AFTER_KEEP);

	deliver("new/1700000002.b.host", "third");
	deliver("cur/1700000001.z.host:2,F", "second");
	deliver("new/1600000000.a.host", "first");
	deliver("new/.hidden", "no");
	deliver("tmp/1500000000.t.host", "no");
	for (int i = 0; i < 3; i++) {
		struct RawMail *mail = take(source, 0);

		ck_assert_ptr_nonnull(mail);
		ck_assert_uint_eq(mail->octets.len, strlen(order[i]));
		ck_assert_mem_eq(
		    mail->octets.data, order[i], mail->octets.len);
		ck_assert_uint_eq(mail->origin->uidvalidity, 1);
		ck_assert_uint_ne(mail->origin->uid, 0);
	}
	ck_assert_ptr_null(take(source, 300));
	source_close(source);
}
END_TEST

static const struct {
	const char *name;
	enum source_after after;
	enum outcome outcome;
	const char *becomes; /* NULL: gone */
} settle_rows[] = {
    {"new/1.a", AFTER_KEEP, OUTCOME_TICKET, "cur/1.a:2,S"},
    {"cur/1.a:2,S", AFTER_KEEP, OUTCOME_TICKET, "cur/1.a:2,S"},
    {"cur/1.a:2,FT", AFTER_KEEP, OUTCOME_TICKET, "cur/1.a:2,FST"},
    {"cur/1.a:2,Ra", AFTER_KEEP, OUTCOME_TICKET, "cur/1.a:2,RSa"},
    {"new/1.a", AFTER_MOVE, OUTCOME_APPENDED, ".Done/cur/1.a:2,S"},
    {"new/1.a", AFTER_MOVE, OUTCOME_HELD, "cur/1.a:2,S"},
    {"new/1.a", AFTER_DELETE, OUTCOME_IGNORED, NULL},
    {"new/1.a", AFTER_DELETE, OUTCOME_UNPARSEABLE, "cur/1.a:2,S"},
};

START_TEST(fates_rename_move_and_delete)
{
	struct source *source = open_source(settle_rows[_i].after);
	struct RawMail *mail;

	deliver(settle_rows[_i].name, "text");
	mail = take(source, 0);
	ck_assert_ptr_nonnull(mail);
	ck_assert(exists(settle_rows[_i].name));
	settle(source, mail, settle_rows[_i].outcome);
	if (settle_rows[_i].becomes == NULL)
		ck_assert(!exists(settle_rows[_i].name));
	else
		ck_assert(exists(settle_rows[_i].becomes));
	ck_assert_ptr_null(take(source, 300));
	source_close(source);
}
END_TEST

START_TEST(a_mail_that_vanishes_or_moves_is_no_trouble)
{
	struct source *source = open_source(AFTER_KEEP);
	struct RawMail *mail;

	deliver("new/1.a", "one");
	deliver("new/2.b", "two");
	deliver("new/3.c", "three");
	mail = take(source, 0);
	ck_assert_int_eq(unlink(path_of("new/2.b")), 0);
	ck_assert_int_eq(
	    rename(path_of("new/3.c"), path_of("cur/3.c:2,R")), 0);
	ck_assert_int_eq(
	    rename(path_of("new/1.a"), path_of("cur/1.a:2,F")), 0);
	settle(source, mail, OUTCOME_TICKET);
	ck_assert(exists("cur/1.a:2,FS"));
	mail = take(source, 0);
	ck_assert_ptr_nonnull(mail);
	ck_assert_uint_eq(mail->octets.len, 5);
	ck_assert_int_eq(unlink(path_of("cur/3.c:2,R")), 0);
	settle(source, mail, OUTCOME_TICKET);
	ck_assert_ptr_null(take(source, 0));
	source_close(source);
}
END_TEST

START_TEST(a_large_mail_comes_with_its_header)
{
	struct source *source = open_source(AFTER_KEEP);
	struct RawMail *mail;
	char text[300];

	memset(text, 'x', sizeof text);
	memcpy(text, "A: b\n\n", 6);
	text[sizeof text - 1] = '\0';
	deliver("new/1.a", text);
	mail = take(source, 0);
	ck_assert_ptr_nonnull(mail);
	ck_assert_uint_eq(mail->trouble, TROUBLE_OVERSIZE);
	ck_assert_uint_eq(mail->octets.len, 6);
	ck_assert_uint_eq(mail->origin->size, 299);
	source_close(source);
}
END_TEST

START_TEST(what_is_no_plain_file_is_not_followed)
{
	struct source *source = open_source(AFTER_KEEP);
	struct RawMail *mail;

	ck_assert_int_eq(symlink("/etc/passwd", path_of("new/1.a")), 0);
	ck_assert_int_eq(mkfifo(path_of("new/2.b"), 0600), 0);
	ck_assert_int_eq(mkdir(path_of("new/3.c"), 0700), 0);
	for (int i = 0; i < 2; i++) {
		mail = take(source, 0);
		ck_assert_ptr_nonnull(mail);
		ck_assert_uint_eq(mail->trouble, TROUBLE_UNREADABLE);
		ck_assert_uint_eq(mail->octets.len, 0);
	}
	ck_assert_ptr_null(take(source, 300));
	source_close(source);
}
END_TEST

START_TEST(what_is_no_maildir_is_wrong)
{
	struct source *source = open_source(AFTER_KEEP);
	struct RawMail *mail;

	ck_assert_int_eq(rmdir(path_of("cur")), 0);
	ck_assert_int_eq(
	    source_next(source, arena, 10, &mail), SOURCE_WRONG);
	source_close(source);
}
END_TEST

TCase *
maildir_case(void)
{
	TCase *maildir = tcase_create("maildir");

	tcase_add_checked_fixture(maildir, setup, teardown);
	tcase_add_test(maildir, mails_come_by_arrival_and_once);
	tcase_add_loop_test(maildir, fates_rename_move_and_delete, 0,
	    (int)(sizeof settle_rows / sizeof *settle_rows));
	tcase_add_test(maildir, a_mail_that_vanishes_or_moves_is_no_trouble);
	tcase_add_test(maildir, a_large_mail_comes_with_its_header);
	tcase_add_test(maildir, what_is_no_plain_file_is_not_followed);
	tcase_add_test(maildir, what_is_no_maildir_is_wrong);
	return maildir;
}
