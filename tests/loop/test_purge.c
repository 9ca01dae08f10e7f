/* Destroyed is destroyed: nothing of a person is found in any file of the
 * store, and no verb reads it. */
#include <stdio.h>
#include <string.h>

#include "kv.h"
#include "ticket.h"

#include "check_loop.h"
#include "desk.h"
#include "person.h"
#include "rows.h"
#include "scan.h"

#define CANARY_ADDRESS "canary.zq7x@cage.example"
#define CANARY_NUMBER  "+4915198765432"
#define CANARY_NAME    "Kanarienvogel Q. Zwitscher"

static const struct person canary = {CANARY_NAME, CANARY_ADDRESS, true};
static const struct person false_canary = {
    CANARY_NAME, CANARY_ADDRESS, false};

static const char *const canaries[] = {CANARY_ADDRESS, "canary.zq7x",
    CANARY_NUMBER, "15198765432", CANARY_NAME, "Zwitscher"};

START_TEST(the_scanner_finds_what_is_there_in_every_form)
{
	static const struct {
		const char *octets;
		const char *form;
	} rows[] = {
	    {"x canary.zq7x@cage.example y", "plain"},
	    {"x Canary.ZQ7X@cage.EXAMPLE y", "plain"},
	    {"elpmaxe.egac@x7qz.yranac", "backwards"},
	    {"63616E6172792e7a71377840636167652e6578616d706c65", "hex"},
	    {"canary.zq7x=40cage.example", "quoted-printable"},
	    {"canary.zq7x%40cage.example", "percent"},
	    {"Y2FuYXJ5LnpxN3hAY2FnZS5leGFtcGxl", "base64"},
	    {"eGNhbmFyeS56cTd4QGNhZ2UuZXhhbXBsZXg=", "base64"},
	    {"eHhjYW5hcnkuenE3eEBjYWdlLmV4YW1wbGV4", "base64"},
	};
	struct arena *arena = arena_new(0);

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		const char *found =
		    scan_octets(span_of(rows[i].octets), CANARY_ADDRESS);

		ck_assert_msg(found != NULL, "not found: %s", rows[i].form);
		ck_assert_str_eq(found, rows[i].form);
	}
	ck_assert_ptr_null(
	    scan_octets(span_of("canary.zq7@cage.example"), CANARY_ADDRESS));
	arena_free(arena);
}
END_TEST

/* What lies there in the clear is found in the very files that are looked
 * through below. */
START_TEST(the_scanner_finds_what_is_in_the_store_in_the_clear)
{
	struct desk desk;
	char file[256];

	desk_open(&desk, &kv_lmdb);
	person_opens(&desk, &zoe);
	ck_assert_str_eq(
	    scan_folder(&desk.folder, "createCase", file), "plain");
	ck_assert_str_eq(file, "data.mdb");
	desk_close(&desk);
}
END_TEST

static const char *
code_of(struct desk *desk, const char *number)
{
	const char *text = desk_newest(desk, number)->text;
	size_t at = strcspn(text, "0123456789");

	return arena_copy(desk->kept, (struct span){text + at, 6});
}

/* As much of the canary as the desk ever gets to know: an address, a name, a
 * verified number, a colleague in copy, a mail that is held. */
static void
let_it_sing(struct desk *desk)
{
	desk_open(desk, &kv_lmdb);
	desk_take(desk,
	    person_writes(desk, &canary, "support@desk.example", "Help", "",
		"The cage smells."));
	person_says(desk, &canary, "/sms " CANARY_NUMBER);
	person_says(desk, &canary,
	    arena_print(
		desk->kept, "/verify %s", code_of(desk, CANARY_NUMBER)));
	person_says(desk, &anna, "Which cage?");
	person_says(desk, &false_canary, "/forget yes");
	ck_assert_str_eq(desk_address(desk, 1, 0), CANARY_ADDRESS);
	ck_assert_ptr_nonnull(
	    strstr(rows_text(desk->store, desk->kept, "support", 9),
		CANARY_NUMBER));
}

/* Nothing in a file, nothing by a verb, and no notice that still knows. */
static void
is_silent(struct desk *desk)
{
	char *rows = rows_text(desk->store, desk->kept, "support", 9);
	char file[256];

	for (size_t i = 0; i < sizeof canaries / sizeof *canaries; i++) {
		const char *form =
		    scan_folder(&desk->folder, canaries[i], file);

		ck_assert_msg(form == NULL, "%s is in %s as %s", canaries[i],
		    file, form);
		ck_assert_msg(strstr(rows, canaries[i]) == NULL,
		    "%s can be read:\n%.900s", canaries[i], rows);
	}
	ck_assert_msg(strstr(rows, "readable") == NULL, "%.900s", rows);
}

START_TEST(after_the_end_of_a_ticket_nothing_of_its_customer_is_left)
{
	struct desk desk;

	let_it_sing(&desk);
	person_says(&desk, &canary, "close");
	ck_assert_int_eq(desk_ticket(&desk, 1)->state, STATE_CLOSED);
	ck_assert_uint_gt(desk_count(&desk, CANARY_NUMBER, 0), 2);
	desk_wait(&desk, 2 * WHEN_MINUTE);
	ck_assert(desk_ticket(&desk, 1)->purged);
	is_silent(&desk);
	/* Nor after the process has ended and another has begun. */
	desk_restart(&desk);
	desk_settle(&desk);
	is_silent(&desk);
	desk_close(&desk);
}
END_TEST

START_TEST(three_calendar_months_later_nothing_of_an_open_one_is_left)
{
	struct desk desk;

	let_it_sing(&desk);
	/* The clock's own mails go out in between. */
	person_says(&desk, &canary, "The large one.");
	desk_wait(&desk, when_add_months(DESK_NOW, 3) - DESK_NOW +
		WHEN_MINUTE);
	ck_assert(desk_ticket(&desk, 1)->purged);
	ck_assert_int_eq(desk_ticket(&desk, 1)->state, STATE_PENDING_REPLY);
	is_silent(&desk);
	desk_close(&desk);
}
END_TEST

START_TEST(who_asks_to_be_forgotten_is)
{
	struct desk desk;

	let_it_sing(&desk);
	person_says(&desk, &canary, "/forget");
	ck_assert_str_ne(desk_address(&desk, 1, 0), "");
	person_says(
	    &desk, &canary, person_line(&desk, &canary, "/forget "));
	ck_assert_str_eq(desk_address(&desk, 1, 0), "");
	desk_wait(&desk, 2 * WHEN_MINUTE);
	is_silent(&desk);
	desk_close(&desk);
}
END_TEST

START_TEST(what_is_held_cannot_be_read_after_its_months)
{
	struct desk desk;
	char *rows;

	desk_open(&desk, &kv_lmdb);
	/* Held without a ticket: no end of one takes it along. */
	desk_take(&desk,
	    person_writes(&desk, &false_anna, "support@desk.example", "Hi",
		"", "It is me, " CANARY_NAME));
	rows = rows_text(desk.store, desk.kept, "support", 9);
	ck_assert_ptr_nonnull(strstr(rows, "ticket 0: readable"));
	desk_wait(&desk,
	    when_add_months(DESK_NOW, 3) - DESK_NOW + 2 * WHEN_DAY);
	rows = rows_text(desk.store, desk.kept, "support", 9);
	ck_assert_ptr_null(strstr(rows, "ticket 0: readable"));
	desk_close(&desk);
}
END_TEST

Suite *
suite_purge_loop(void)
{
	Suite *suite = suite_create("purge");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_test(all, the_scanner_finds_what_is_there_in_every_form);
	tcase_add_test(
	    all, the_scanner_finds_what_is_in_the_store_in_the_clear);
	tcase_add_test(
	    all, after_the_end_of_a_ticket_nothing_of_its_customer_is_left);
	tcase_add_test(
	    all, three_calendar_months_later_nothing_of_an_open_one_is_left);
	tcase_add_test(all, who_asks_to_be_forgotten_is);
	tcase_add_test(all, what_is_held_cannot_be_read_after_its_months);
	suite_add_tcase(suite, all);
	return suite;
}
