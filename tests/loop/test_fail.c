/* Every call to the engine and to the sink is made to fail once, in every
 * way: each round is done or it is not, and when all has been run again the
 * rows are as if nothing had failed. */
#include <stdio.h>
#include <string.h>

#include "kv.h"

#include "check_loop.h"
#include "desk.h"
#include "failing.h"
#include "person.h"
#include "rows.h"

#define NUMBER	    "+491512345678"
#define UIDS	    12
#define PASSES_MOST 400
#define STEPS	    11

/* One run of the day: what the rows were after each round, or where it failed
 * and what they were then. */
struct run {
	struct arena *arena; /* outlives the desk */
	char *after[PASSES_MOST]; /* 0: before the first */
	size_t passes;
	bool reference;
	bool failed;  /* by now */
	size_t where; /* the round that it was */
	char *there;
};

static char *
look(struct desk *desk, struct arena *arena)
{
	char *text;

	failing_pause(true);
	text = rows_text(desk->store, arena, "support", UIDS);
	failing_pause(false);
	return text;
}

static void
watch(struct desk *desk)
{
	struct run *run = desk->watch_arg;

	ck_assert_uint_lt(run->passes, PASSES_MOST);
	if (run->reference)
		run->after[run->passes] = look(desk, run->arena);
	if (!run->failed && failing_has()) {
		run->failed = true;
		run->where = run->passes;
		/* After an uncertain commit this process knows nothing. */
		if (desk->last != STORE_UNCERTAIN)
			run->there = look(desk, run->arena);
	}
	run->passes++;
}

/* ---- the day ------------------------------------------------------------ */

static char *
verify(struct desk *desk)
{
	char *text;

	failing_pause(true);
	text = arena_print(desk->kept, "/verify %s", desk_code(desk, 1));
	failing_pause(false);
	return text;
}

static void
step(struct desk *desk, int number)
{
	switch (number) {
	case 0:
		desk_take(desk,
		    person_writes(desk, &zoe, "support@desk.example", "Help",
			"Cc: boss@acme.example\r\n", "It smells."));
		break;
	case 1:
		person_says(desk, &anna, "Which model is it?");
		break;
	case 2:
		person_says(desk, &zoe, "/sms +49 151 2345678");
		break;
	case 3:
		person_says(desk, &zoe, verify(desk));
		break;
	case 4:
		desk_take(desk,
		    person_answers(desk, &zoe,
			desk_newest_mail(desk, zoe.address),
			"Auto-Submitted: auto-replied\r\n", "I am away."));
		break;
	case 5:
		person_says(desk, &forger, "close");
		break;
	case 6:
		desk_drop(desk,
		    person_answers(desk, &anna,
			desk_newest_mail(desk, anna.address), "",
			"/resolve\n\nThe fuser is new."));
		desk_settle(desk);
		break;
	case 7:
		person_says(desk, &zoe, "yes");
		break;
	case 8:
		person_opens(desk, &karl);
		break;
	case 9:
		desk_take(desk,
		    server_returns(desk,
			desk_newest_mail(desk, karl.address), "5.1.1"));
		break;
	default:
		person_says(desk, &bob, "/note He is away, as it seems.");
		break;
	}
	/* Whatever was unsure has come once more, and what is over is purged.
	 */
	desk_wait(desk, 3 * WHEN_MINUTE);
}

/* An SMS whose end is not known is held and not sent again, and a purge drops
 * it: the one difference that is meant. */
static char *
without_unsure_sms(char *text)
{
	static const char sms[] = " by sms to 0, ";
	char *at = text;

	while ((at = strstr(at, sms)) != NULL) {
		at += strlen(sms);
		if (strncmp(at, "failed", 6) == 0)
			memmove(at, at + 2, strlen(at + 2) + 1);
		memcpy(at, "sent", 4);
	}
	return text;
}

static char *
play(struct run *run, const struct kv_engine *engine, desk_answer *answer,
    void *answer_arg, int n, enum kv_result result, bool done)
{
	struct desk desk;
	char *rows;

	/* Only what is started anew needs a keyring that lasts. */
	desk_open_as(&desk, engine,
	    result == KV_OK || result == KV_FULL || result == KV_AGAIN);
	desk.forgiving = true;
	desk.watch = watch;
	desk.watch_arg = run;
	desk.answer = answer;
	desk.answer_arg = answer_arg;
	run->after[0] = look(&desk, run->arena);
	run->passes = 1;
	failing_at(n, result, done);
	for (int i = 0; i < STEPS; i++)
		step(&desk, i);
	rows = without_unsure_sms(look(&desk, run->arena));
	desk_close(&desk);
	return rows;
}

/* ---- the engine --------------------------------------------------------- */

static const struct {
	const char *what;
	enum kv_result result;
	bool done; /* the commit that is uncertain */
} ways[] = {
    {"the map is full", KV_FULL, false},
    {"another process made the map larger", KV_AGAIN, false},
    {"the disk is full", KV_SPACE, false},
    {"something else is wrong", KV_BROKEN, false},
    {"a commit that was done answers an error", KV_UNCERTAIN, true},
    {"a commit that was lost answers an error", KV_UNCERTAIN, false},
};

static void
differs(const char *what, int n, const char *is, const char *was)
{
	size_t same = 0;

	while (is[same] != '\0' && is[same] == was[same])
		same++;
	while (same > 0 && is[same - 1] != '\n')
		same--;
	ck_abort_msg("%s, call %d:\nis  %.300s\nwas %.300s", what, n,
	    is + same, was + same);
}

START_TEST(each_engine_call_fails_once_and_the_rows_are_as_without)
{
	struct arena *kept = arena_new(0), *arena = arena_new(0);
	struct run reference = {.arena = kept, .reference = true};
	bool failed = true;
	char *end;
	int n;

	failing_start(&kv_mem, "");
	end = play(&reference, &failing, NULL, NULL, 0, KV_OK, false);
	failing_stop();
	for (n = 1; failed; n++) {
		struct run run = {.arena = arena};
		char *rows;

		failing_start(&kv_mem, "");
		rows = play(&run, &failing, NULL, NULL, n, ways[_i].result,
		    ways[_i].done);
		failing_stop();
		failed = run.failed;
		if (strcmp(rows, end) != 0)
			differs(ways[_i].what, n, rows, end);
		if (run.there != NULL &&
		    strcmp(run.there, reference.after[run.where]) != 0 &&
		    strcmp(run.there, reference.after[run.where - 1]) != 0)
			differs(ways[_i].what, n, run.there,
			    reference.after[run.where]);
		arena_reset(arena);
	}
	fprintf(stderr, "%s: %d engine calls, each failed once\n",
	    ways[_i].what, n - 2);
	ck_assert_int_gt(n, 500);
	arena_free(arena);
	arena_free(kept);
}
END_TEST

/* ---- the sink ----------------------------------------------------------- */

/* How one parcel of the day ends; all others end well. */
struct fault {
	size_t number; /* from 1 */
	size_t count;
	enum verdict verdict;
};

static bool
answer(void *arg, const struct Parcel *parcel, enum verdict *verdict_r)
{
	struct fault *fault = arg;

	(void)parcel;
	*verdict_r = VERDICT_YES;
	if (++fault->count != fault->number)
		return true;
	*verdict_r = fault->verdict;
	return true;
}

static const struct {
	const char *what;
	enum verdict verdict;
} ends[] = {
    {"the server says later", VERDICT_LATER},
    {"the server's answer is lost", VERDICT_UNSURE},
};

START_TEST(each_sink_call_fails_once_and_the_rows_are_as_without)
{
	struct arena *kept = arena_new(0), *arena = arena_new(0);
	struct fault none = {0};
	struct run reference = {.arena = kept, .reference = true};
	char *end;

	failing_start(&kv_mem, "");
	end = play(&reference, &failing, answer, &none, 0, KV_OK, false);
	failing_stop();
	ck_assert_ptr_nonnull(strstr(end, "Closed"));
	ck_assert_ptr_nonnull(strstr(end, "destroyed"));
	ck_assert_uint_gt(none.count, 15);
	for (size_t n = 1; n <= none.count; n++) {
		struct run run = {.arena = arena};
		struct fault fault = {.number = n,
		    .verdict = ends[_i].verdict};
		char *rows;

		failing_start(&kv_mem, "");
		rows = play(&run, &failing, answer, &fault, 0, KV_OK, false);
		failing_stop();
		if (strcmp(rows, end) != 0)
			differs(ends[_i].what, (int)n, rows, end);
		ck_assert_uint_ge(fault.count, none.count);
		ck_assert_uint_le(fault.count, none.count + 1);
		arena_reset(arena);
	}
	fprintf(stderr, "%s: %zu parcels, each ended so once\n",
	    ends[_i].what, none.count);
	arena_free(arena);
	arena_free(kept);
}
END_TEST

Suite *
suite_fail_loop(void)
{
	Suite *suite = suite_create("fail");
	TCase *all = tcase_create("each call");

	tcase_set_timeout(all, 600);
	tcase_add_loop_test(all,
	    each_engine_call_fails_once_and_the_rows_are_as_without, 0,
	    (int)(sizeof ways / sizeof *ways));
	tcase_add_loop_test(all,
	    each_sink_call_fails_once_and_the_rows_are_as_without, 0,
	    (int)(sizeof ends / sizeof *ends));
	suite_add_tcase(suite, all);
	return suite;
}
