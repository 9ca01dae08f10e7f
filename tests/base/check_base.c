/* check_base: the words of floor 0. */
#include <check.h>
#include <stdio.h>
#include <signal.h>
#include <stdlib.h>
#include <string.h>
#include <unistd.h>

#include "arena.h"
#include "buf.h"
#include "code.h"
#include "json.h"
#include "pipe.h"
#include "pipe_queue.h"
#include "record.h"
#include "utf8.h"
#include "when.h"

START_TEST(arena_grows_in_place_and_keeps_what_was_there)
{
	struct arena *arena = arena_new(0);
	char *piece = arena_take(arena, 10);
	char *grown;

	memcpy(piece, "0123456789", 10);
	grown = arena_grow(arena, piece, 10, 1000);
	ck_assert_ptr_eq(piece, grown);
	arena_take(arena, 1);
	grown = arena_grow(arena, grown, 1000, 200000);
	ck_assert_mem_eq(grown, "0123456789", 10);
	ck_assert_int_eq(grown[199999], 0);
	arena_reset(arena);
	ck_assert_uint_eq(arena_used(arena), 0);
	arena_free(arena);
}
END_TEST

START_TEST(base32_comes_back_and_refuses_what_is_not_its_own)
{
	struct arena *arena = arena_new(0);
	unsigned char octets[10], back[10];

	for (int round = 0; round < 256; round++) {
		char *text;

		for (int i = 0; i < 10; i++)
			octets[i] = (unsigned char)(round * 31 + i * 77);
		text = code_base32(
		    arena, (struct span){(char *)octets, sizeof octets});
		ck_assert_uint_eq(strlen(text), 16);
		ck_assert(code_base32_read(span_of(text), back, 10));
		ck_assert_mem_eq(octets, back, 10);
	}
	ck_assert(!code_base32_read(span_of("u000000000000000"), back, 10));
	ck_assert(!code_base32_read(span_of("00000000"), back, 10));
	/* One octet has two letters; the second one's low bits are zero. */
	ck_assert(code_base32_read(span_of("zw"), back, 1));
	ck_assert(!code_base32_read(span_of("zz"), back, 1));
	arena_free(arena);
}
END_TEST

static const struct {
	const char *text;
	bool valid;
	const char *clean;
} utf8_rows[] = {
    {"plain words, long enough for words of eight", true,
	"plain words, long enough for words of eight"},
    {"Gr\xc3\xbc\xc3\x9f", true, "Gr\xc3\xbc\xc3\x9f"},
    {"\xf0\x9f\x99\x82", true, "\xf0\x9f\x99\x82"},
    {"over\xc0\xaflong", false, "over\xef\xbf\xbd\xef\xbf\xbdlong"},
    {"half \xe2\x82", false, "half \xef\xbf\xbd"},
    {"surrogate \xed\xa0\x80", false, "surrogate \xef\xbf\xbd"},
};

START_TEST(utf8_is_told_from_what_is_not)
{
	struct arena *arena = arena_new(0);
	struct buf out = buf_in(arena);

	ck_assert_int_eq(
	    utf8_valid(span_of(utf8_rows[_i].text)), utf8_rows[_i].valid);
	utf8_add_clean(&out, span_of(utf8_rows[_i].text));
	ck_assert(utf8_valid(buf_span(&out)));
	if (utf8_rows[_i].valid)
		ck_assert_str_eq(buf_text(&out), utf8_rows[_i].clean);
	arena_free(arena);
}
END_TEST

START_TEST(what_a_terminal_shows_cannot_drive_it)
{
	struct arena *arena = arena_new(0);
	struct buf out = buf_in(arena);

	utf8_add_printable(&out,
	    span_of("a\tb\nc\x1b[2Jd\xc2\x9b" "e\xe2\x80\xae" "f"));
	ck_assert_str_eq(buf_text(&out),
	    "a\tb\nc\xef\xbf\xbd[2Jd\xef\xbf\xbd" "e\xef\xbf\xbd" "f");
	arena_free(arena);
}
END_TEST

static const struct {
	const char *from;
	int months;
	const char *to;
} month_rows[] = {
    {"2026-11-30T10:20:30Z", 3, "2027-02-28T10:20:30Z"},
    {"2027-11-30T10:20:30Z", 3, "2028-02-29T10:20:30Z"},
    {"2026-01-31T00:00:00Z", 3, "2026-04-30T00:00:00Z"},
    {"2026-12-15T23:59:59Z", 1, "2027-01-15T23:59:59Z"},
    {"2026-03-31T12:00:00Z", -1, "2026-02-28T12:00:00Z"},
};

static when
parse(const char *text)
{
	struct when_civil c;

	ck_assert_int_eq(sscanf(text, "%d-%d-%dT%d:%d:%dZ", &c.year, &c.month,
			     &c.day, &c.hour, &c.minute, &c.second),
	    6);
	return when_from_civil(c);
}

START_TEST(months_are_calendar_months)
{
	struct arena *arena = arena_new(0);
	when t =
	    when_add_months(parse(month_rows[_i].from), month_rows[_i].months);

	ck_assert_str_eq(when_text(arena, t), month_rows[_i].to);
	arena_free(arena);
}
END_TEST

START_TEST(civil_time_comes_back_for_four_centuries)
{
	for (int64_t day = -80000; day < 80000; day++) {
		when t = day * WHEN_DAY + 12345 * WHEN_SECOND;

		ck_assert_int_eq(when_from_civil(when_to_civil(t)), t);
	}
}
END_TEST

START_TEST(json_escapes_and_separates)
{
	struct arena *arena = arena_new(0);
	struct json json = json_in(arena);

	json_object(&json, NULL);
	json_text(&json, "a", "q\"\\\n\x01\xff");
	json_array(&json, "b");
	json_number(&json, NULL, -5);
	json_bool(&json, NULL, true);
	json_end_array(&json);
	json_null(&json, "c");
	json_end_object(&json);
	ck_assert_str_eq(buf_text(&json.out),
	    "{\"a\":\"q\\\"\\\\\\n\\u0001\xef\xbf\xbd\",\"b\":[-5,true],"
	    "\"c\":null}");
	arena_free(arena);
}
END_TEST

START_TEST(pipe_gives_back_what_went_in_record_by_record)
{
	struct arena *arena = arena_new(0);
	struct RawMail *mail = record_new(arena, &raw_mail__descriptor);
	void *back;
	int ends[2];

	mail->origin = record_new(arena, &origin__descriptor);
	mail->origin->mailbox = arena_copy_text(arena, "support");
	mail->origin->uid = 7;
	mail->octets = record_bytes(span_of("From: a@b.example\n\nhello"));
	ck_assert_int_eq(pipe_open(ends), 0);
	ck_assert_int_eq(pipe_write(ends[1], arena, &mail->base), PIPE_OK);
	ck_assert_int_eq(pipe_write(ends[1], arena, &mail->base), PIPE_OK);
	close(ends[1]);
	for (int i = 0; i < 2; i++) {
		ck_assert(pipe_ready(ends[0]));
		ck_assert_int_eq(pipe_read(ends[0], arena,
				     &raw_mail__descriptor, &back),
		    PIPE_OK);
		ck_assert_uint_eq(((struct RawMail *)back)->origin->uid, 7);
		ck_assert_uint_eq(((struct RawMail *)back)->octets.len, 24);
	}
	ck_assert_int_eq(
	    pipe_read(ends[0], arena, &raw_mail__descriptor, &back), PIPE_END);
	close(ends[0]);
	arena_free(arena);
}
END_TEST

/* More than any pipe holds goes in without a reader, and comes out in order;
 * what the reader leaves in the pipe is not lost to the next one. */
START_TEST(queue_takes_what_the_pipe_has_no_room_for)
{
	enum { COUNT = 200, SIZE = 100000 };
	struct arena *arena = arena_new(0);
	struct RawMail *mail = record_new(arena, &raw_mail__descriptor);
	struct pipe_queue *queue;
	void *back;
	int ends[2];

	mail->origin = record_new(arena, &origin__descriptor);
	mail->octets = record_bytes(
	    (struct span){arena_take(arena, SIZE), SIZE});
	ck_assert_int_eq(pipe_open(ends), 0);
	queue = pipe_queue_new(ends[1], (size_t)SIZE * COUNT / 2);
	ck_assert(pipe_queue_is_empty(queue) && !pipe_queue_is_full(queue));
	for (uint64_t i = 0; i < COUNT; i++) {
		mail->origin->uid = i;
		ck_assert_int_eq(
		    pipe_queue_add(queue, &mail->base), PIPE_OK);
	}
	ck_assert(pipe_queue_is_full(queue));
	for (uint64_t i = 0; i < COUNT; i++) {
		arena_reset(arena);
		ck_assert_int_eq(pipe_queue_write(queue), PIPE_OK);
		ck_assert_int_eq(pipe_read(ends[0], arena,
				     &raw_mail__descriptor, &back),
		    PIPE_OK);
		ck_assert_uint_eq(((struct RawMail *)back)->origin->uid, i);
		ck_assert_uint_eq(((struct RawMail *)back)->octets.len, SIZE);
	}
	ck_assert(pipe_queue_is_empty(queue));
	ck_assert_int_eq(pipe_queue_end(queue), PIPE_OK);
	signal(SIGPIPE, SIG_IGN);
	close(ends[0]);
	ck_assert_int_eq(pipe_queue_add(queue, back), PIPE_END);
	pipe_queue_free(queue);
	close(ends[1]);
	arena_free(arena);
}
END_TEST

START_TEST(pipe_refuses_what_is_not_a_record)
{
	struct arena *arena = arena_new(0);
	void *back;
	int ends[2];

	ck_assert_int_eq(pipe_open(ends), 0);
	ck_assert_int_eq(write(ends[1], "\xff\xff\xff\xff", 4), 4);
	ck_assert_int_eq(pipe_read(ends[0], arena, &mail__descriptor, &back),
	    PIPE_BROKEN);
	ck_assert_int_eq(write(ends[1], "\x03\0\0\0\xff\xff\xff", 7), 7);
	ck_assert_int_eq(pipe_read(ends[0], arena, &mail__descriptor, &back),
	    PIPE_BROKEN);
	close(ends[0]);
	close(ends[1]);
	arena_free(arena);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("base");
	TCase *all = tcase_create("all");
	SRunner *runner;
	int failed;

	tcase_add_test(all, arena_grows_in_place_and_keeps_what_was_there);
	tcase_add_test(
	    all, base32_comes_back_and_refuses_what_is_not_its_own);
	tcase_add_loop_test(all, utf8_is_told_from_what_is_not, 0,
	    sizeof utf8_rows / sizeof *utf8_rows);
	tcase_add_test(all, what_a_terminal_shows_cannot_drive_it);
	tcase_add_loop_test(all, months_are_calendar_months, 0,
	    sizeof month_rows / sizeof *month_rows);
	tcase_add_test(all, civil_time_comes_back_for_four_centuries);
	tcase_add_test(all, json_escapes_and_separates);
	tcase_add_test(all, pipe_gives_back_what_went_in_record_by_record);
	tcase_add_test(all, queue_takes_what_the_pipe_has_no_room_for);
	tcase_add_test(all, pipe_refuses_what_is_not_a_record);
	suite_add_tcase(suite, all);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
