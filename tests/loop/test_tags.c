/* Tags: the seeds' limits, renaming, deleting, and what purging leaves. */
#include <string.h>

#include "buf.h"
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

static struct letter *
on_ticket(struct desk *desk, const struct person *person, unsigned ticket,
    const char *text)
{
	return desk_take(desk,
	    person_writes(desk, person, "support@desk.example",
		arena_print(desk->kept, "[#%u]", ticket), "", text));
}

struct counted {
	struct arena *arena;
	size_t rows;
	size_t names; /* those that can be read */
};

static int
count_fn(struct store_txn *txn, void *arg)
{
	struct counted *c = arg;
	struct span holder = {"", 0};
	struct Tags *tags;
	struct TagsData *known;

	c->rows = c->names = 0;
	while (store_tags_next(txn, c->arena, holder, &tags) == 1) {
		holder = (struct span){
		    (const char *)tags->holder.data, tags->holder.len};
		c->rows++;
		if (store_tags_open(txn, c->arena, tags, &known) == 1)
			c->names += known->n_tags;
	}
	return 0;
}

static struct counted
count(struct desk *desk)
{
	struct counted c = {.arena = desk->kept};

	ck_assert_int_eq(store_read(desk->store, count_fn, &c), STORE_OK);
	return c;
}

START_TEST(a_sixth_tag_is_refused_and_a_thirty_first)
{
	struct desk desk;
	unsigned made = 0;

	desk_open(&desk, &kv_lmdb);
	/* Hours lie between them, for an hour has its budgets. */
	for (unsigned ticket = 1; ticket <= 7; ticket++) {
		ck_assert_uint_eq(person_opens(&desk, &zoe), ticket);
		desk_wait(&desk, 2 * WHEN_HOUR);
	}
	on_ticket(&desk, &zoe, 1, "/tag vip\n/tag vip\n");
	ck_assert(says(&desk, &zoe, "has that tag of yours already"));
	ck_assert_uint_eq(count(&desk).rows, 0);
	for (unsigned ticket = 1; ticket <= 6; ticket++) {
		struct buf text = buf_in(desk.kept);

		desk_wait(&desk, 2 * WHEN_HOUR);
		for (unsigned i = 0; i < 5; i++)
			buf_print(&text, "/tag t%u\n", ++made);
		on_ticket(&desk, &zoe, ticket, buf_text(&text));
		on_ticket(&desk, &zoe, ticket, "/tag sixth\n");
		ck_assert(says(&desk, &zoe, "a sixth does not fit"));
	}
	ck_assert_uint_eq(count(&desk).names, 30);
	on_ticket(&desk, &zoe, 7, "/tag T30\n");
	ck_assert(says(&desk, &zoe, "#7: t30 (30 / 30)"));
	on_ticket(&desk, &zoe, 7, "/tag t31\n");
	ck_assert(says(&desk, &zoe, "there can be no 31st"));
	/* All or nothing; then room is made in the same mail. */
	on_ticket(&desk, &zoe, 7, "/delete-tag t1\n/tag t2\n/tag no_no_tag_of_more_than_32_letters\n");
	ck_assert_uint_eq(count(&desk).names, 30);
	on_ticket(&desk, &zoe, 7, "/delete-tag t1\n/tag t31\n");
	ck_assert(says(&desk, &zoe, "(30 / 30)"));
	ck_assert_uint_eq(count(&desk).names, 30);
	desk_close(&desk);
}
END_TEST

START_TEST(a_tag_is_its_users_and_changes_wherever_it_is)
{
	struct desk desk;

	desk_open(&desk, &kv_lmdb);
	person_opens(&desk, &zoe);
	person_opens(&desk, &zoe);
	on_ticket(&desk, &zoe, 1, "/tag vip\n/tag 发票\n");
	on_ticket(&desk, &zoe, 2, "/tag vip\n");
	ck_assert(says(&desk, &zoe, "#2: vip (2 / 30)"));
	/* anna answers the newest, ticket 2: her tags are hers. */
	person_says(&desk, &anna, "/tag VIP\n");
	ck_assert(says(&desk, &anna, "#2: VIP (1 / 30)"));
	person_says(&desk, &anna, "/rename-tag vip first\n");
	ck_assert(says(&desk, &anna, "#2: first (1 / 30)"));
	ck_assert_uint_eq(desk_ticket(&desk, 2)->n_taggers, 2);
	on_ticket(&desk, &zoe, 1, "/rename-tag vip 发票\n");
	ck_assert(says(&desk, &zoe, "has the new name already"));
	on_ticket(&desk, &zoe, 1, "/rename-tag none other\n");
	ck_assert(says(&desk, &zoe, "no tag of that name"));
	desk_wait(&desk, 2 * WHEN_HOUR);
	on_ticket(&desk, &zoe, 1, "/rename-tag vip VIP\n");
	on_ticket(&desk, &zoe, 2, "/untag 发票\n");
	ck_assert(says(&desk, &zoe, "not on this ticket"));
	on_ticket(&desk, &zoe, 2, "/rename-tag vip urgent\n");
	ck_assert(says(&desk, &zoe, "#2: urgent (2 / 30)"));
	on_ticket(&desk, &zoe, 1, "/delete-tag 发票\n");
	ck_assert(says(&desk, &zoe, "#1: urgent (1 / 30)"));
	on_ticket(&desk, &zoe, 2, "/untag urgent\n");
	ck_assert(says(&desk, &zoe, "#2: - (1 / 30)"));
	ck_assert_uint_eq(desk_ticket(&desk, 2)->n_taggers, 1);
	on_ticket(&desk, &zoe, 1, "/tag two words\n");
	ck_assert(says(&desk, &zoe, "Write `/tag NAME`"));
	/* Somebody else's ticket is not tagged. */
	person_opens(&desk, &karl);
	on_ticket(&desk, &karl, 1, "/tag mine\n");
	ck_assert_uint_eq(desk_ticket(&desk, 1)->n_taggers, 1);
	ck_assert_uint_eq(count(&desk).names, 2);
	desk_close(&desk);
}
END_TEST

START_TEST(a_customers_tags_end_with_his_last_contact)
{
	struct desk desk;

	desk_open(&desk, &kv_lmdb);
	person_opens(&desk, &zoe);
	on_ticket(&desk, &zoe, 1, "/tag divorce\n");
	person_says(&desk, &anna, "/tag hers\n");
	ck_assert_uint_eq(desk_ticket(&desk, 1)->n_taggers, 2);
	/* A later ticket knows them. */
	person_opens(&desk, &zoe);
	on_ticket(&desk, &zoe, 2, "/tag Divorce\n");
	ck_assert(says(&desk, &zoe, "#2: divorce (1 / 30)"));
	on_ticket(&desk, &zoe, 1, "/cancel\n");
	desk_wait(&desk, 2 * WHEN_DAY);
	ck_assert_str_eq(desk_address(&desk, 1, 0), "");
	ck_assert_uint_eq(desk_ticket(&desk, 1)->n_taggers, 1);
	ck_assert_uint_eq(count(&desk).names, 2);
	on_ticket(&desk, &zoe, 2, "/cancel\n");
	desk_wait(&desk, 2 * WHEN_DAY);
	ck_assert_str_eq(desk_address(&desk, 2, 0), "");
	ck_assert_uint_eq(desk_ticket(&desk, 2)->n_taggers, 0);
	/* anna's are left. */
	ck_assert_uint_eq(count(&desk).rows, 1);
	ck_assert_uint_eq(count(&desk).names, 1);
	desk_close(&desk);
}
END_TEST

Suite *
suite_tags(void)
{
	Suite *suite = suite_create("tags");
	TCase *all = tcase_create("all");

	tcase_set_timeout(all, 60);
	tcase_add_test(all, a_sixth_tag_is_refused_and_a_thirty_first);
	tcase_add_test(all, a_tag_is_its_users_and_changes_wherever_it_is);
	tcase_add_test(all, a_customers_tags_end_with_his_last_contact);
	suite_add_tcase(suite, all);
	return suite;
}
