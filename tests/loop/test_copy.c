/* Who is in copy: proposed, taken in, told why, dropped, gone for good. */
#include <stdio.h>
#include <string.h>

#include "kv.h"
#include "ticket.h"

#include "check_loop.h"
#include "desk.h"
#include "person.h"

static const struct person mia = {"Mia Boss", "mia@acme.example", true};
static const struct person tom = {"Tom Other", "tom@other.example", true};

#define MIA_SEEN "m\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2@acme.example"

/* zoe's first mail, with mia and tom in copy. */
static void
open_with_copies(struct desk *desk)
{
	desk_open(desk, &kv_lmdb);
	desk_take(desk,
	    person_writes(desk, &zoe, "support@desk.example", "It smells",
		"Cc: Mia <mia@acme.example>, tom@other.example\r\n",
		"Floor 3 smells.\n"));
}

static bool
says(struct desk *desk, const struct person *to, const char *words)
{
	return strstr(desk_newest_mail(desk, to->address)->text, words) !=
	    NULL;
}

START_TEST(a_proposed_copy_hears_nothing_until_the_requester_takes_it_in)
{
	struct desk desk;

	open_with_copies(&desk);
	ck_assert_uint_eq(desk_count(&desk, mia.address, 0), 0);
	ck_assert(says(&desk, &zoe, "Your mail has 2 more in copy"));
	ck_assert(!says(&desk, &zoe, "mia@"));
	ck_assert(says(&desk, &anna, "Proposed:  " MIA_SEEN));
	ck_assert(!says(&desk, &anna, "CC added"));
	person_says(&desk, &anna, "Which printer?");
	ck_assert_uint_eq(desk_count(&desk, mia.address, 0), 0);

	person_says(&desk, &zoe, "/cc mia@acme.example");
	ck_assert_uint_eq(desk_count(&desk, mia.address, 0), 1);
	ck_assert_uint_eq(desk_count(&desk, tom.address, 0), 0);
	ck_assert(says(&desk, &mia, "Whoever opened the ticket asked"));
	ck_assert(says(&desk, &mia, "the one word: leave"));
	ck_assert(says(&desk, &zoe, "is in copy from now on"));
	ck_assert(says(&desk, &anna, "CC added:  " MIA_SEEN));
	person_says(&desk, &anna, "Please pull the plug.");
	ck_assert(says(&desk, &mia, "pull the plug"));
	/* Nobody learns of another one in copy. */
	ck_assert(!says(&desk, &mia, "tom@"));
	ck_assert(!says(&desk, &zoe, "mia@"));
	/* Told once: the next notice shows no news. */
	person_says(&desk, &zoe, "Pulled.");
	ck_assert(!says(&desk, &anna, "CC added"));
	ck_assert(says(&desk, &anna, "CC:        " MIA_SEEN));
	desk_close(&desk);
}
END_TEST

START_TEST(an_engineer_takes_in_all_and_names_one_by_alias)
{
	struct desk desk;

	open_with_copies(&desk);
	person_says(&desk, &anna, "/cc");
	ck_assert_uint_eq(desk_count(&desk, mia.address, 0), 1);
	ck_assert_uint_eq(desk_count(&desk, tom.address, 0), 1);
	ck_assert(says(&desk, &tom, "The engineers who work on it asked"));
	person_says(&desk, &anna, "/uncc " MIA_SEEN "\nAll is well now.");
	ck_assert_uint_eq(desk_count(&desk, mia.address, 0), 1);
	ck_assert_uint_eq(desk_count(&desk, tom.address, 0), 2);
	ck_assert(says(&desk, &anna, "CC left:   " MIA_SEEN));
	person_says(&desk, &zoe, "Thanks!");
	ck_assert(!says(&desk, &anna, "CC left"));
	ck_assert(!says(&desk, &anna, MIA_SEEN));
	desk_close(&desk);
}
END_TEST

START_TEST(who_left_stays_away_whatever_mails_say)
{
	struct desk desk;

	open_with_copies(&desk);
	person_says(&desk, &zoe, "/cc");
	person_says(&desk, &mia, "leave");
	ck_assert(says(&desk, &mia, "You are out of copy"));
	ck_assert(says(&desk, &anna, "Somebody in copy has left."));
	ck_assert(says(&desk, &anna, "CC left:   " MIA_SEEN));
	ck_assert_uint_eq(desk_count(&desk, mia.address, 0), 2);
	desk_take(&desk,
	    person_answers(&desk, &zoe, desk_newest_mail(&desk, zoe.address),
		"Cc: mia@acme.example\r\n", "Mia, look at this."));
	ck_assert(!says(&desk, &anna, "Proposed"));
	person_says(&desk, &zoe, "/cc mia@acme.example");
	ck_assert(says(&desk, &zoe, "who left stays away"));
	person_says(&desk, &anna, "Solved?");
	ck_assert_uint_eq(desk_count(&desk, mia.address, 0), 2);
	desk_close(&desk);
}
END_TEST

START_TEST(a_copy_takes_nobody_in_or_out)
{
	struct desk desk;

	open_with_copies(&desk);
	person_says(&desk, &zoe, "/cc mia@acme.example");
	person_says(&desk, &mia, "/cc tom@other.example");
	ck_assert(says(&desk, &mia, "You may not do that"));
	person_says(&desk, &mia, "/uncc zoe@acme.example");
	ck_assert(says(&desk, &mia, "You may not do that"));
	ck_assert_uint_eq(desk_count(&desk, tom.address, 0), 0);
	desk_close(&desk);
}
END_TEST

/* Whoever may name copies could have the desk write to anybody. */
START_TEST(a_customer_names_only_so_many)
{
	static const char *const names[] = {"one", "two", "three"};
	struct desk desk;
	size_t told = 0;

	desk_open(&desk, &kv_mem);
	for (int ticket = 0; ticket < 3; ticket++) {
		char text[400] = "/cc";

		desk_take(&desk,
		    person_writes(&desk, &zoe, "support@desk.example",
			"Printer", "",
			arena_print(desk.kept, "Printer number %s smells.",
			    names[ticket])));
		for (int i = 0; i < 8; i++)
			snprintf(text + strlen(text),
			    sizeof text - strlen(text),
			    " v%d@victim%d.example", i, ticket);
		person_says(&desk, &zoe, text);
	}
	for (size_t i = 0; i < desk.sent_count; i++)
		told += strstr(desk.sent[i].parcel->to, "@victim") != NULL;
	ck_assert_uint_eq(told, 16);
	ck_assert_ptr_nonnull(strstr(desk_newest(&desk, zoe.address)->text,
	    "As many people were put in copy"));
	desk_close(&desk);
}
END_TEST

Suite *
suite_copy(void)
{
	Suite *suite = suite_create("copy");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_test(
	    all, a_proposed_copy_hears_nothing_until_the_requester_takes_it_in);
	tcase_add_test(all, an_engineer_takes_in_all_and_names_one_by_alias);
	tcase_add_test(all, who_left_stays_away_whatever_mails_say);
	tcase_add_test(all, a_copy_takes_nobody_in_or_out);
	tcase_add_test(all, a_customer_names_only_so_many);
	suite_add_tcase(suite, all);
	return suite;
}
