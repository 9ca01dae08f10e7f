/* A mail that waits for a person, and what an administrator does with it. */
#include <string.h>

#include "kv.h"
#include "ticket.h"

#include "held.h"

#include "check_loop.h"
#include "desk.h"
#include "person.h"

/* What the command line asks, and what came of it. */
struct asking {
	struct desk *desk;
	uint64_t id, ticket;
	bool drop;
	enum held_end end;
	struct applied applied;
	const char *why;
	size_t count; /* mails that are held by then */
};

static int
ask_fn(struct store_txn *txn, void *arg)
{
	struct asking *asking = arg;
	struct desk *desk = asking->desk;
	struct view view = house_view(
	    &desk->house, txn, desk->kept, &desk->round->keys);
	struct ready ready = {0};
	struct Held *held;

	view.now = desk->now; /* not this machine's */
	asking->end = asking->drop
	    ? held_drop(&view, asking->id)
	    : held_release(&view, asking->id, asking->ticket, &ready,
		  &asking->applied, &asking->why);
	asking->count = 0;
	for (uint64_t id = 0;
	     store_held_next(txn, desk->kept, id, &held) == 1; id = held->id)
		asking->count++;
	return 0;
}

static struct asking
release(struct desk *desk, uint64_t id, uint64_t ticket)
{
	struct asking asking = {.desk = desk, .id = id, .ticket = ticket};

	ck_assert_int_eq(
	    store_write(desk->store, ask_fn, &asking), STORE_OK);
	/* Its notices come up when their lease is over. */
	desk_wait(desk, WHEN_HOUR);
	return asking;
}

START_TEST(an_engineer_s_mail_goes_on_as_if_it_had_been_sure)
{
	struct desk desk;
	struct asking asking;
	struct letter *letter;
	size_t since;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	since = desk.sent_count;
	letter = desk_take(&desk,
	    person_answers(&desk, &false_anna,
		desk_newest_mail(&desk, anna.address), "",
		"Please pull the plug."));
	ck_assert_int_eq(letter->outcome, OUTCOME_HELD);
	ck_assert_uint_eq(desk_count(&desk, zoe.address, since), 0);
	asking = release(&desk, 1, 0);
	ck_assert_int_eq(asking.end, HELD_DONE);
	ck_assert_int_eq(asking.applied.outcome, OUTCOME_APPENDED);
	ck_assert_uint_eq(asking.applied.ticket, 1);
	ck_assert_uint_eq(asking.count, 0);
	ck_assert_ptr_nonnull(strstr(
	    desk_newest(&desk, zoe.address)->text, "pull the plug"));
	ck_assert_int_eq(release(&desk, 1, 0).end, HELD_NONE);
	desk_close(&desk);
}
END_TEST

START_TEST(what_an_account_s_policy_denied_becomes_a_ticket)
{
	struct desk desk;
	struct asking asking;
	struct letter *letter;

	desk_open(&desk, &kv_lmdb);
	letter = desk_take(&desk,
	    person_writes(&desk, &nina, "support@desk.example", "Printer", "",
		"The printer smells."));
	ck_assert_int_eq(letter->outcome, OUTCOME_HELD);
	ck_assert_uint_eq(desk_tickets(&desk), 0);
	ck_assert_int_eq(release(&desk, 1, 7).end, HELD_NO_TICKET);
	asking = release(&desk, 1, 0);
	ck_assert_int_eq(asking.end, HELD_DONE);
	ck_assert_int_eq(asking.applied.outcome, OUTCOME_TICKET);
	ck_assert_uint_eq(desk_tickets(&desk), 1);
	ck_assert_str_eq(desk_address(&desk, 1, 0), nina.address);
	desk_close(&desk);
}
END_TEST

START_TEST(it_goes_to_the_ticket_that_is_named)
{
	struct desk desk;
	struct asking asking;

	desk_open(&desk, &kv_mem);
	person_opens(&desk, &zoe);
	desk_take(&desk,
	    person_writes(&desk, &nina, "support@desk.example", "Printer", "",
		"It is in the room below mine."));
	asking = release(&desk, 1, 1);
	ck_assert_int_eq(asking.end, HELD_DONE);
	ck_assert_uint_eq(asking.applied.ticket, 1);
	ck_assert_uint_eq(desk_tickets(&desk), 1);
	ck_assert_uint_eq(desk_ticket(&desk, 1)->messages, 2);
	desk_close(&desk);
}
END_TEST

START_TEST(what_is_dropped_is_gone)
{
	struct desk desk;
	struct asking asking = {.desk = &desk, .id = 1, .drop = true};

	desk_open(&desk, &kv_lmdb);
	desk_take(&desk,
	    person_writes(&desk, &nina, "support@desk.example", "Printer", "",
		"The printer smells."));
	ck_assert_int_eq(store_write(desk.store, ask_fn, &asking), STORE_OK);
	ck_assert_int_eq(asking.end, HELD_DONE);
	ck_assert_uint_eq(asking.count, 0);
	ck_assert_int_eq(release(&desk, 1, 0).end, HELD_NONE);
	ck_assert_uint_eq(desk_tickets(&desk), 0);
	desk_close(&desk);
}
END_TEST

Suite *
suite_held(void)
{
	Suite *suite = suite_create("held");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_test(all, an_engineer_s_mail_goes_on_as_if_it_had_been_sure);
	tcase_add_test(all, what_an_account_s_policy_denied_becomes_a_ticket);
	tcase_add_test(all, it_goes_to_the_ticket_that_is_named);
	tcase_add_test(all, what_is_dropped_is_gone);
	suite_add_tcase(suite, all);
	return suite;
}
