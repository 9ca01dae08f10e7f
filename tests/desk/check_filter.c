/* What is asked for in lists, and what a tag may be called, as tables. */
#include <check.h>
#include <string.h>

#include "arena.h"
#include "filter.h"
#include "history.h"
#include "operation.h"
#include "tag.h"

#include "check_desk.h"

#define DAY(n) ((when)(n) * WHEN_DAY)

/* Ticket 7, Processing, opened at noon of 2026-11-21 (day 20778), of the
 * account "acme" and the groups "ops" and "net". */
static struct Ticket
seven(void)
{
	static char *groups[] = {"ops", "net"};
	struct Ticket ticket = TICKET__INIT;

	ticket.number = 7;
	ticket.state = STATE_PROCESSING;
	ticket.created = DAY(20778) + 12 * WHEN_HOUR;
	ticket.account = "acme";
	ticket.groups = groups;
	ticket.n_groups = 2;
	return ticket;
}

static const struct {
	const char *text;
	bool admin;
	bool reads;
	bool fits; /* ticket 7 */
	const char *words; /* "" none */
} filters[] = {
    {"", false, true, true, ""},
    {"open", false, true, true, ""},
    {"over", false, true, false, ""},
    {"Processing", false, true, true, ""},
    {"submitted", false, true, false, ""},
    {"submitted processing", false, true, true, ""},
    {"pending-reply", false, true, false, ""},
    {"number 7", false, true, true, ""},
    {"number #7", false, true, true, ""},
    {"number 8", false, true, false, ""},
    {"number x", false, false, false, ""},
    {"number", false, false, false, ""},
    {"number 99999999999999999999", false, false, false, ""},
    {"below 7", false, true, false, ""},
    {"below 8", false, true, true, ""},
    {"from 2026-11-21", false, true, true, ""},
    {"from 2026-11-22", false, true, false, ""},
    {"to 2026-11-21", false, true, true, ""},
    {"to 2026-11-20", false, true, false, ""},
    {"from 2026-02-30", false, false, false, ""},
    {"from 2026-1-1", false, false, false, ""},
    {"to 20261-1-01", false, false, false, ""},
    {"tag", false, false, false, ""},
    {"by", false, false, false, ""},
    {"open smelly printer", false, true, true, "smelly printer"},
    {"printer open", false, true, true, "printer open"},
    {"words open door", false, true, true, "open door"},
    {"group", false, true, true, ""},
    {"group ops", false, true, true, "ops"},
    {"group ops", true, true, true, ""},
    {"group dev", true, true, false, ""},
    {"group", true, false, false, ""},
    {"account ACME", true, true, true, ""},
    {"account other", true, true, false, ""},
    {"account other", false, true, true, "account other"},
};

START_TEST(a_filter_reads_and_fits_as_its_row_says)
{
	struct arena *arena = arena_new(0);
	struct Ticket ticket = seven();
	struct filter f = {0};

	ck_assert_int_eq(filter_read(arena, filters[_i].text,
			     filters[_i].admin, &f),
	    filters[_i].reads);
	if (filters[_i].reads) {
		ck_assert_int_eq(filter_fits(&f, &ticket), filters[_i].fits);
		ck_assert_str_eq(f.words ? f.words : "", filters[_i].words);
	}
	arena_free(arena);
}
END_TEST

START_TEST(words_are_found_in_subject_and_description_together)
{
	ck_assert(filter_found("smell PRINTER", "The printer", "It smells."));
	ck_assert(!filter_found("smell door", "The printer", "It smells."));
	ck_assert(filter_found("发票", "关于发票", ""));
	ck_assert(filter_found("", "", ""));
	ck_assert(!filter_found("x", "", ""));
}
END_TEST

START_TEST(the_rest_is_asked_for_with_the_same_filter)
{
	struct arena *arena = arena_new(0);

	ck_assert_str_eq(filter_rest(arena, "", 5), "/list below 5");
	ck_assert_str_eq(
	    filter_rest(arena, "below 9 open tag below group", 5),
	    "/list below 5 open tag below group");
	ck_assert_str_eq(filter_rest(arena, "group the door below 9", 5),
	    "/list below 5 group the door below 9");
	ck_assert_str_eq(filter_rest(arena, "words below 9", 5),
	    "/list below 5 words below 9");
	arena_free(arena);
}
END_TEST

static const struct {
	const char *name;
	bool good;
} names[] = {
    {"vip", true},
    {"Q4-2026_v1.2", true},
    {"发票", true},
    {"Ärger", true},
    {"عاجل", true},
    {"0123456789abcdef0123456789abcdef", true},
    {"0123456789abcdef0123456789abcdef0", false},
    {"", false},
    {"two words", false},
    {"-._", false},
    {"a/b", false},
    {"a,b", false},
    {"a\xe2\x80\xae", false}, /* turns the writing around */
    {"a\xe2\x80\x8b", false}, /* cannot be seen */
    {"a\xff", false},
    {"a\xc2\xa0", false},
};

START_TEST(a_tag_is_called_as_its_row_says)
{
	ck_assert_int_eq(
	    tag_is_name(span_of(names[_i].name)), names[_i].good);
}
END_TEST

START_TEST(a_customer_is_not_told_of_notes_and_of_what_others_tried)
{
	static const struct {
		char *actor, *trace, *detail;
		bool refused, shown;
	} rows[] = {
	    {"customer:1/0", "createCase", "", false, true},
	    {"customer:1/0", "closeCase", "use-cancel", true, true},
	    {"user:omar", "closeCase", "use-cancel", true, true},
	    {"engineer:anna", "acceptCase", "", false, true},
	    {"engineer:anna", "acceptCase", "over", true, false},
	    {"engineer:anna", "noteCase", "", false, false},
	    {"stranger", "addMessage", "", false, false},
	    {"customer:1/2", "addMessage", "stranger", false, false},
	    {"clock", "purgeContact", "", false, true},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		struct Audit audit = AUDIT__INIT;

		audit.actor = rows[i].actor;
		audit.trace = rows[i].trace;
		audit.detail = rows[i].detail;
		audit.refused = rows[i].refused;
		ck_assert_int_eq(history_shows(&audit, false), rows[i].shown);
		ck_assert(history_shows(&audit, true));
	}
}
END_TEST

TCase *
filter_case(void)
{
	TCase *all = tcase_create("filter");

	tcase_add_loop_test(all, a_filter_reads_and_fits_as_its_row_says, 0,
	    sizeof filters / sizeof *filters);
	tcase_add_test(
	    all, words_are_found_in_subject_and_description_together);
	tcase_add_test(all, the_rest_is_asked_for_with_the_same_filter);
	tcase_add_loop_test(all, a_tag_is_called_as_its_row_says, 0,
	    sizeof names / sizeof *names);
	tcase_add_test(
	    all, a_customer_is_not_told_of_notes_and_of_what_others_tried);
	return all;
}
