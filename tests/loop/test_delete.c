/* A ticket is deleted: only over, only after a second word, and for good. */
#include <string.h>

#include "kv.h"
#include "ticket.h"

#include "check_loop.h"
#include "desk.h"
#include "person.h"

static bool
says(struct desk *desk, const struct person *to, const char *words)
{
	return strstr(desk_newest_mail(desk, to->address)->text, words) !=
	    NULL;
}

/* A ticket of zoe's that is closed; the letter that opened it. */
static struct letter *
open_and_close(struct desk *desk)
{
	struct letter *first;

	desk_open(desk, &kv_lmdb);
	person_opens(desk, &zoe);
	first = &desk->letters[0];
	person_says(desk, &zoe, "/delete");
	ck_assert(says(desk, &zoe, "Only a ticket that is closed"));
	person_says(desk, &anna, "/accept");
	person_says(desk, &zoe, "close");
	return first;
}

static void
is_deleted(struct desk *desk)
{
	struct Ticket *ticket = desk_ticket(desk, 1);
	struct MessageData *content = NULL;

	ck_assert(ticket->deleted && ticket->purged);
	ck_assert_uint_eq(ticket->key_slot, 0);
	desk_message(desk, 1, 0, &content);
	ck_assert_ptr_null(content);
	ck_assert_str_eq(desk_address(desk, 1, 0), "");
}

START_TEST(asked_once_more_and_only_then_deleted)
{
	struct desk desk;
	struct letter *first = open_and_close(&desk);
	const char *line;
	size_t tickets;

	person_says(&desk, &zoe, "/delete");
	ck_assert(says(&desk, &zoe, "its messages and files"));
	ck_assert(!desk_ticket(&desk, 1)->deleted);
	line = person_line(&desk, &zoe, "/delete ");
	ck_assert_uint_eq(strlen(line), strlen("/delete ") + 26);
	person_says(&desk, &zoe, "/delete 0123456789abcdefghjkmnpqrs");
	ck_assert(says(&desk, &zoe, "That code is not the one"));
	person_says(&desk, &zoe, line);
	is_deleted(&desk);
	ck_assert(says(&desk, &zoe, "The ticket is deleted"));
	ck_assert(!says(&desk, &anna, "smells"));
	/* A mailbox that is read anew brings nothing back. */
	tickets = desk_tickets(&desk);
	desk_drop_at(&desk, "support", 8, 1, first->octets);
	desk_settle(&desk);
	ck_assert_uint_eq(desk_tickets(&desk), tickets);
	desk_close(&desk);
}
END_TEST

START_TEST(an_old_code_deletes_nothing)
{
	struct desk desk;
	const char *line;

	open_and_close(&desk);
	line = person_line(&desk, &zoe, "/delete ");
	/* The last notice's own is good for days, when nobody knows her. */
	desk_wait(&desk, 8 * WHEN_DAY);
	person_says(&desk, &zoe, line);
	ck_assert(!desk_ticket(&desk, 1)->deleted);
	desk_close(&desk);
}
END_TEST

START_TEST(the_last_notice_deletes_when_nobody_is_known_any_more)
{
	struct desk desk;
	const char *line;

	open_and_close(&desk);
	line = person_line(&desk, &zoe, "/delete ");
	desk_wait(&desk, WHEN_DAY);
	ck_assert(desk_ticket(&desk, 1)->purged);
	person_says(&desk, &zoe, line);
	is_deleted(&desk);
	ck_assert(says(&desk, &zoe, "The ticket is deleted"));
	/* It works once; what comes then is a mail like any other. */
	person_says(&desk, &zoe, line);
	ck_assert_uint_eq(desk_tickets(&desk), 2);
	desk_close(&desk);
}
END_TEST

START_TEST(whoever_else_is_in_copy_has_no_code)
{
	static const struct person mia = {
	    "Mia Boss", "mia@acme.example", true};
	struct desk desk;

	desk_open(&desk, &kv_lmdb);
	person_opens(&desk, &zoe);
	person_says(&desk, &zoe, "/cc mia@acme.example");
	person_says(&desk, &zoe, "cancel");
	ck_assert(says(&desk, &zoe, "/delete "));
	ck_assert(!says(&desk, &mia, "/delete"));
	desk_close(&desk);
}
END_TEST

Suite *
suite_delete(void)
{
	Suite *suite = suite_create("delete");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_test(all, asked_once_more_and_only_then_deleted);
	tcase_add_test(all, an_old_code_deletes_nothing);
	tcase_add_test(
	    all, the_last_notice_deletes_when_nobody_is_known_any_more);
	tcase_add_test(all, whoever_else_is_in_copy_has_no_code);
	suite_add_tcase(suite, all);
	return suite;
}
