/* check_address: whom we send to, and the last look at a mail. */
#include "buf.h"
#include "mail_write.h"

#include "check_write.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const struct {
	const char *address;
	bool ok;
} address_rows[] = {
    {"jane@acme.example", true},
    {"support+k7w2x9-1.0d9v@example.com", true},
    {"o'neil{}|~!#$%&*/=?^_`@x-y.example", true},
    {"a@localhost", true},
    {"a@xn--bcher-kva.example", true},
    {"", false},
    {"@", false},
    {"a@", false},
    {"@b.example", false},
    {"a", false},
    {"a@b@c.example", false},
    {".a@b.example", false},
    {"a.@b.example", false},
    {"a..b@c.example", false},
    {"a b@c.example", false},
    {"\"a b\"@c.example", false},
    {"<a@b.example>", false},
    {"a@b.example\r\nDATA", false},
    {"a@b.example\n", false},
    {"a\r\n@b.example", false},
    {"a@[127.0.0.1]", false},
    {"a@127.0.0.1", false},
    {"a@b..example", false},
    {"a@b.example.", false},
    {"a@-b.example", false},
    {"a@b-.example", false},
    {"a@b_c.example", false},
    {"a@b\xc3\xbc"
     "cher.example",
	false},
    {"j\xc3\xb6rg@b.example", false},
    {"a@b.example SIZE=1", false},
    {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@b.c",
	true},
    {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa@b.c",
	false},
};

START_TEST(only_plain_addresses_are_sent_to)
{
	ck_assert_int_eq(
	    mail_address_ok(address_rows[_i].address), address_rows[_i].ok);
}
END_TEST

static const struct {
	struct span octets;
	bool ok;
} octet_rows[] = {
    {{"A: b\r\n\r\nc\r\n", 11}, true},
    {{"A: b\r\n\r\n", 8}, true},
    {{"", 0}, false},
    {{"A: b\r\n", 6}, false},
    {{"\r\nA: b\r\n", 8}, false},
    {{"A: b\r\n\r\nc", 9}, false},
    {{"A: b\r\n\r\nc\n", 10}, false},
    {{"A: b\r\n\r\nc\n.\r\n", 13}, false},
    {{"A: b\r\n\r\nc\r", 10}, false},
    {{"A: b\r\n\r\nc\r\r\n", 12}, false},
    {{"A: b\r\n\r\n\0\r\n", 11}, false},
};

START_TEST(the_last_look_finds_what_is_no_line_of_mail)
{
	ck_assert_int_eq(
	    mail_octets_ok(octet_rows[_i].octets), octet_rows[_i].ok);
}
END_TEST

START_TEST(the_last_look_measures_lines)
{
	struct arena *arena = arena_new(0);

	for (size_t len = 997; len < 1001; len++) {
		struct buf mail = buf_in(arena);

		buf_add_text(&mail, "A: b\r\n\r\n");
		for (size_t i = 0; i < len; i++)
			buf_put(&mail, 'x');
		buf_add_text(&mail, "\r\n");
		ck_assert_int_eq(mail_octets_ok(buf_span(&mail)), len <= 998);
	}
	arena_free(arena);
}
END_TEST

void
address_tests(TCase *all)
{
	tcase_add_loop_test(
	    all, only_plain_addresses_are_sent_to, 0, COUNT(address_rows));
	tcase_add_loop_test(all, the_last_look_finds_what_is_no_line_of_mail, 0,
	    COUNT(octet_rows));
	tcase_add_test(all, the_last_look_measures_lines);
}
