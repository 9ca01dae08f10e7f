/* Action addresses: one tap and *send*. The verb is in the address; who may
 * do it is asked all the same. */
#include <string.h>

#include "buf.h"
#include "kv.h"
#include "notice.h"
#include "ticket.h"

#include "check_loop.h"
#include "desk.h"
#include "person.h"

static const struct person mia = {"Mia", "mia@weiss.example", true};

/* The address behind "mailto:" that carries the verb; NULL: not offered. */
static const char *
link_of(struct desk *desk, const struct sent *sent, const char *verb)
{
	const char *sign = arena_print(desk->kept, "-%s.", verb);
	const char *at = sent->text;

	while ((at = strstr(at, "mailto:")) != NULL) {
		size_t len = strcspn(at, "?\n");

		if (memmem(at, len, sign, strlen(sign)) != NULL)
			return arena_copy(desk->kept,
			    (struct span){at + 7, len - 7});
		at += len;
	}
	return NULL;
}

/* He taps the link of the newest mail to `reader`, and sends what opens with
 * `words` added. */
static struct letter *
taps(struct desk *desk, const struct person *person, const char *address,
    const char *fields, const char *words)
{
	ck_assert_ptr_nonnull(address);
	return desk_take(desk,
	    person_writes(desk, person, address, "", fields,
		arena_print(desk->kept,
		    "[#1: as the link has it]\n[Just send this mail.]\n%s",
		    words)));
}

static const char *
offer(struct desk *desk, const struct person *person, const char *verb)
{
	return link_of(
	    desk, desk_newest_mail(desk, person->address), verb);
}

static enum state
state_of(struct desk *desk, uint64_t ticket)
{
	return (enum state)desk_ticket(desk, ticket)->state;
}

START_TEST(a_ticket_lives_by_taps_alone)
{
	struct desk desk;
	const char *status, *unsolved, *rate;
	struct letter *letter;
	struct MessageData *content;
	size_t since;

	desk_open(&desk, &kv_lmdb);
	person_opens(&desk, &zoe);
	status = offer(&desk, &zoe, "status");
	ck_assert_ptr_nonnull(offer(&desk, &zoe, "cancel"));
	ck_assert_ptr_null(offer(&desk, &zoe, "confirm"));
	ck_assert_ptr_null(offer(&desk, &zoe, "rate5"));
	ck_assert_ptr_null(offer(&desk, &zoe, "leave"));
	person_says(&desk, &anna, "/resolve\n\nThe fuser is new.");
	unsolved = offer(&desk, &zoe, "unsolved");
	ck_assert_ptr_null(offer(&desk, &zoe, "cancel"));

	/* Nothing of the mail is read for it, not even its signature. */
	since = desk.sent_count;
	letter = taps(&desk, &zoe, status, "", "Zoe\nSent from a phone\n");
	ck_assert_str_eq(letter->rule, "status");
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING_CONFIRMATION);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 1);
	ck_assert_uint_eq(desk_count(&desk, anna.address, since), 0);

	letter = taps(&desk, &zoe, unsolved, "", "It smells again.\n");
	ck_assert_int_eq(letter->outcome, OUTCOME_APPENDED);
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING_REPLY);
	desk_message(&desk, 1, 2, &content);
	ck_assert_str_eq(content->new_text, "It smells again.");
	ck_assert_ptr_nonnull(strstr(
	    desk_newest(&desk, anna.address)->text, "It smells again."));
	ck_assert_ptr_nonnull(strstr(
	    desk_newest(&desk, zoe.address)->text, "The ticket goes on"));

	person_says(&desk, &anna, "/resolve");
	rate = offer(&desk, &zoe, "rate4");
	taps(&desk, &zoe, rate, "", "Well done.\n");
	ck_assert_int_eq(state_of(&desk, 1), STATE_CLOSED);
	ck_assert_uint_eq(desk_ticket(&desk, 1)->score, 4);
	/* Rated once, so no stars any more. */
	ck_assert_ptr_null(offer(&desk, &zoe, "rate5"));
	ck_assert_ptr_nonnull(offer(&desk, &zoe, "unsolved"));
	desk_close(&desk);
}
END_TEST

START_TEST(a_rating_and_a_late_not_solved_need_no_contact)
{
	struct desk desk;
	const char *rate, *again, *confirm;
	struct letter *letter;

	desk_open(&desk, &kv_lmdb);
	person_opens(&desk, &zoe);
	person_says(&desk, &anna, "/resolve");
	confirm = offer(&desk, &zoe, "confirm");
	taps(&desk, &zoe, confirm, "", "");
	ck_assert_int_eq(state_of(&desk, 1), STATE_CLOSED);
	rate = offer(&desk, &zoe, "rate2");
	again = offer(&desk, &zoe, "unsolved");
	desk_wait(&desk, WHEN_DAY);
	ck_assert_str_eq(desk_address(&desk, 1, 0), "");

	/* A second tap on an old link opens nothing. */
	letter = taps(&desk, &zoe, confirm, "", "");
	ck_assert_str_eq(letter->rule, "over");
	/* Without her server's word it is nobody's. */
	letter = taps(&desk, &forger, rate, "", "");
	ck_assert_int_eq(letter->outcome, OUTCOME_HELD);
	ck_assert_uint_eq(desk_ticket(&desk, 1)->score, 0);
	letter = taps(&desk, &zoe, rate, "", "Too slow.\n");
	ck_assert_int_eq(letter->outcome, OUTCOME_APPENDED);
	ck_assert_uint_eq(desk_ticket(&desk, 1)->score, 2);
	/* Whoever solved it is told. */
	ck_assert_ptr_nonnull(strstr(
	    desk_newest(&desk, anna.address)->text, "Rating:    2 of 5"));
	ck_assert_ptr_nonnull(strstr(
	    desk_newest(&desk, anna.address)->text, "Too slow."));
	letter = taps(&desk, &zoe, rate, "", "");
	ck_assert_ptr_nonnull(strstr(
	    desk_newest(&desk, zoe.address)->text, "taken once"));
	ck_assert_uint_eq(desk_tickets(&desk), 1);

	letter = taps(&desk, &zoe, again, "", "It smells again.\n");
	ck_assert_int_eq(letter->outcome, OUTCOME_TICKET);
	ck_assert_uint_eq(desk_ticket(&desk, 2)->linked[0], 1);
	ck_assert_ptr_nonnull(strstr(
	    desk_newest(&desk, anna.address)->mail->subject,
	    "The printer smells"));
	desk_close(&desk);
}
END_TEST

static const char *const robots[] = {
    "Auto-Submitted: auto-replied\r\n",
    "Auto-Submitted: auto-generated\r\n",
    "X-Autoreply: yes\r\nPrecedence: auto_reply\r\n",
};

/* Whatever a robot does with a link, it is no tap. */
START_TEST(a_robot_that_writes_to_a_link_changes_nothing)
{
	struct desk desk;
	const char *confirm, *rate;
	size_t since;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	person_says(&desk, &anna, "/resolve");
	confirm = offer(&desk, &zoe, "confirm");
	rate = offer(&desk, &zoe, "rate1");
	since = desk.sent_count;
	taps(&desk, &zoe, confirm, robots[_i], "");
	taps(&desk, &zoe, rate, robots[_i], "I am away.\n");
	/* A scanner that follows every link is none of hers. */
	taps(&desk, &karl, confirm, "", "");
	taps(&desk, &forger, confirm, "", "");
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING_CONFIRMATION);
	ck_assert_uint_eq(desk_ticket(&desk, 1)->score, 0);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 0);
	ck_assert_uint_eq(desk_count(&desk, karl.address, since), 0);
	taps(&desk, &zoe, confirm, "", "");
	ck_assert_int_eq(state_of(&desk, 1), STATE_CLOSED);
	desk_close(&desk);
}
END_TEST

START_TEST(a_key_says_which_ticket_and_never_who)
{
	struct desk desk;
	const char *confirm, *leave, *changed;
	struct letter *letter;

	desk_open(&desk, &kv_mem);
	desk_take(&desk,
	    person_writes(&desk, &zoe, "support@desk.example", "Printer",
		"Cc: mia@weiss.example\r\n", "It smells.\n"));
	person_says(&desk, &zoe, "/cc");
	leave = offer(&desk, &mia, "leave");
	ck_assert_ptr_null(offer(&desk, &mia, "cancel"));
	ck_assert_ptr_null(offer(&desk, &mia, "status"));
	person_says(&desk, &anna, "/resolve");
	confirm = offer(&desk, &zoe, "confirm");
	ck_assert_ptr_null(offer(&desk, &mia, "confirm"));
	/* The requester's link in the hand of somebody in copy, and of an
	 * engineer. */
	letter = taps(&desk, &mia, confirm, "", "");
	ck_assert_str_eq(letter->rule, "not-yours");
	taps(&desk, &anna, confirm, "", "");
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING_CONFIRMATION);
	/* A verb that was changed by hand is no key. */
	changed = arena_print(desk.kept, "%.*sclose%s",
	    (int)(strstr(confirm, "confirm") - confirm), confirm,
	    strstr(confirm, "confirm") + strlen("confirm"));
	letter = taps(&desk, &zoe, changed, "", "");
	ck_assert_int_eq(letter->outcome, OUTCOME_TICKET);
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING_CONFIRMATION);
	/* Two verbs at once are none. */
	letter = taps(&desk, &zoe, confirm,
	    arena_print(desk.kept, "Cc: %s\r\n",
		offer(&desk, &zoe, "cancel") != NULL
		    ? offer(&desk, &zoe, "cancel")
		    : link_of(&desk, &desk.sent[0], "cancel")),
	    "");
	ck_assert_int_eq(state_of(&desk, 1), STATE_PENDING_CONFIRMATION);
	taps(&desk, &mia, leave, "", "");
	ck_assert_ptr_nonnull(strstr(
	    desk_newest(&desk, mia.address)->text, "You are out of copy"));
	desk_close(&desk);
}
END_TEST

START_TEST(a_stranger_s_receipt_has_no_links)
{
	static const struct person eve = {"Eve", "eve@evil.example", false};
	struct desk desk;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &eve);
	ck_assert_ptr_null(offer(&desk, &eve, "cancel"));
	ck_assert_ptr_null(strstr(
	    desk_newest(&desk, eve.address)->text, "mailto:"));
	desk_close(&desk);
}
END_TEST

START_TEST(the_html_has_the_same_links_as_buttons)
{
	struct desk desk;
	const struct sent *sent;
	struct buf whole;
	struct span octets;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	person_says(&desk, &anna, "/resolve");
	sent = desk_newest(&desk, zoe.address);
	octets = record_span(sent->parcel->octets);
	/* Without the ends of line that quoted-printable adds. */
	whole = buf_in(desk.kept);
	for (size_t i = 0; i < octets.len; i++) {
		if (i + 2 < octets.len &&
		    memcmp(octets.at + i, "=\r\n", 3) == 0)
			i += 2;
		else
			buf_put(&whole, octets.at[i]);
	}
	for (int score = 1; score <= 5; score++) {
		const char *verb = arena_print(desk.kept, "rate%d", score);
		const char *link = offer(&desk, &zoe, verb);
		const char *detail = strchr(link, '+') + 1;
		const char *href = arena_print(desk.kept,
		    "mailto:support%%2B%s?subject=3DRe%%3A%%20%%5B%%231%%5D"
		    "%%20The%%20printer%%20smells&amp;body=3D%%5B%%231%%3A",
		    detail);

		ck_assert_msg(
		    strstr(buf_text(&whole), href) != NULL, "%s", href);
	}
	desk_close(&desk);
}
END_TEST

Suite *
suite_action(void)
{
	Suite *suite = suite_create("action");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_test(all, a_ticket_lives_by_taps_alone);
	tcase_add_test(all, a_rating_and_a_late_not_solved_need_no_contact);
	tcase_add_loop_test(all,
	    a_robot_that_writes_to_a_link_changes_nothing, 0,
	    (int)(sizeof robots / sizeof *robots));
	tcase_add_test(all, a_key_says_which_ticket_and_never_who);
	tcase_add_test(all, a_stranger_s_receipt_has_no_links);
	tcase_add_test(all, the_html_has_the_same_links_as_buttons);
	suite_add_tcase(suite, all);
	return suite;
}
