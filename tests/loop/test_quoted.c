/* A mail that lost every field that names its ticket, and quotes a notice: the
 * links of the notice name it still, for whoever is on it. */
#include <string.h>

#include "kv.h"

#include "check_loop.h"
#include "desk.h"
#include "person.h"

/* As a client turns the HTML of a notice into text. */
static const char *
quoting(struct desk *desk, const char *words, const struct sent *notice)
{
	return arena_print(desk->kept,
	    "%s\n\n> Cancel the ticket "
	    "<%s?subject=Re%%3A%%20&body=cancel>\n",
	    words, notice->mail->reply_to[0]->address);
}

static struct letter *
write_anew(struct desk *desk, const struct person *person, const char *text)
{
	return desk_take(desk,
	    person_writes(desk, person, "support@desk.example",
		"About my printer", "", text));
}

START_TEST(a_link_in_a_quote_names_the_ticket)
{
	struct desk desk;
	struct letter *letter;
	uint64_t ticket;

	desk_open(&desk, &kv_mem);
	ticket = person_opens(&desk, &zoe);
	letter = write_anew(&desk, &zoe,
	    quoting(&desk, "It still smells.",
		desk_newest(&desk, zoe.address)));
	ck_assert_int_eq(letter->outcome, OUTCOME_APPENDED);
	ck_assert_uint_eq(letter->ticket, ticket);
	/* A text is passed on: whoever has it is not on the ticket for that. */
	letter = write_anew(&desk, &karl,
	    quoting(&desk, "What is this?", desk_newest(&desk, zoe.address)));
	ck_assert_uint_ne(letter->ticket, ticket);
	desk_close(&desk);
}
END_TEST

START_TEST(links_of_two_tickets_name_none)
{
	struct desk desk;
	struct letter *letter;
	const char *first;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	first = quoting(
	    &desk, "Which one is it?", desk_newest(&desk, zoe.address));
	letter = write_anew(&desk, &zoe, "The screen is dark.");
	ck_assert_uint_eq(letter->ticket, 2);
	letter = write_anew(&desk, &zoe,
	    quoting(&desk, first, desk_newest(&desk, zoe.address)));
	ck_assert_int_eq(letter->outcome, OUTCOME_TICKET);
	ck_assert_uint_eq(letter->ticket, 3);
	desk_close(&desk);
}
END_TEST

/* A key that nobody of ours made is no key. */
START_TEST(a_link_with_a_letter_changed_names_nothing)
{
	struct desk desk;
	struct letter *letter;
	char *text;
	uint64_t ticket;

	desk_open(&desk, &kv_mem);
	ticket = person_opens(&desk, &zoe);
	text = arena_copy_text(desk.kept,
	    quoting(&desk, "Again.", desk_newest(&desk, zoe.address)));
	text[strcspn(text, "@") - 1] ^= 1;
	letter = write_anew(&desk, &zoe, text);
	ck_assert_uint_ne(letter->ticket, ticket);
	desk_close(&desk);
}
END_TEST

Suite *
suite_quoted(void)
{
	Suite *suite = suite_create("quoted");
	TCase *all = tcase_create("all");

	tcase_add_test(all, a_link_in_a_quote_names_the_ticket);
	tcase_add_test(all, links_of_two_tickets_name_none);
	tcase_add_test(all, a_link_with_a_letter_changed_names_nothing);
	suite_add_tcase(suite, all);
	return suite;
}
