/* check_mail_words: the small readers that a mail is read by, as tables. */
#include <stdio.h>
#include <string.h>

#include "arena.h"
#include "span.h"
#include "utf8.h"
#include "when.h"

#include "address.h"
#include "clean.h"
#include "date.h"
#include "flag.h"
#include "flowed.h"
#include "message_id.h"
#include "parameter.h"
#include "word.h"

#include "check_mail.h"

static const struct {
	const char *why, *body, *expected;
	bool odd; /* raises FLAG_BAD_ADDRESS */
} address_rows[] = {
    {"a bare address", "jo@x.org", "<jo@x.org>", false},
    {"a name", "Jo Doe <jo@x.org>", "Jo Doe <jo@x.org>", false},
    {"a quoted name with a comma", "\"Doe, Jo\" <jo@x.org>",
	"Doe, Jo <jo@x.org>", false},
    {"escapes in quotes", "\"J\\\"o\\\\\" <jo@x.org>", "J\"o\\ <jo@x.org>",
	false},
    {"two", "a@x.org, B <b@y.org>", "<a@x.org>, B <b@y.org>", false},
    {"a comment as the name", "jo@x.org (Jo Doe)", "Jo Doe <jo@x.org>", false},
    {"comments in comments", "jo@x.org (Jo (the one))",
	"Jo (the one) <jo@x.org>", false},
    {"a comment between", "Jo (x) <jo@x.org>", "Jo <jo@x.org>", false},
    {"a group is flat", "team: a@x.org, B <b@y.org>;, c@z.org",
	"<a@x.org>, B <b@y.org>, <c@z.org>", false},
    {"an empty group has nobody", "undisclosed-recipients:;", "", false},
    {"an obsolete route", "<@a.org,@b.org:jo@x.org>", "<jo@x.org>", false},
    {"blanks round the @", "jo @ x.org", "<jo@x.org>", false},
    {"the domain in lower case, the rest as written", "Jo.D@X.ORG",
	"<Jo.D@x.org>", false},
    {"a quoted local part", "\"jo doe\"@x.org", "<\"jo doe\"@x.org>", false},
    {"one in angles", "J <\"jo doe\"@x.org>", "J <\"jo doe\"@x.org>", false},
    {"an encoded name", "=?utf-8?q?J=C3=B6?= <jo@x.org>",
	"J\303\266 <jo@x.org>", false},
    {"an encoded name with a comma", "=?utf-8?q?Doe,_Jo?= <jo@x.org>",
	"Doe, Jo <jo@x.org>", false},
    {"an encoded name in quotes", "\"=?utf-8?b?SsO2?=\" <jo@x.org>",
	"J\303\266 <jo@x.org>", false},
    {"raw UTF-8 (RFC 6532)", "J\303\266 <j\303\266@x.org>",
	"J\303\266 <j\303\266@x.org>", false},
    {"raw Latin-1", "J\366 <jo@x.org>", "J\303\266 <jo@x.org>", false},
    {"semicolons as Outlook writes them", "a@x.org; b@y.org",
	"<a@x.org>, <b@y.org>", false},
    {"a name without angles", "Jo Doe jo@x.org", "Jo Doe <jo@x.org>", true},
    {"the name behind", "<jo@x.org> Jo Doe", "Jo Doe <jo@x.org>", false},
    {"no comma between two", "A <a@x.org> B <b@y.org>",
	"A <a@x.org>, B <b@y.org>", true},
    {"a quote never closed", "\"Jo <jo@x.org>", "Jo <jo@x.org>", true},
    {"a quote closed one mailbox too late", "\"A <a@x.org>, \"B\" <b@y.org>",
	"A <a@x.org>, B <b@y.org>", true},
    {"a comment never closed", "Jo (x <jo@x.org>", "Jo (x <jo@x.org>", true},
    {"an angle never closed", "A <a@x.org, B <b@y.org>",
	"A <a@x.org>, B <b@y.org>", true},
    {"doubled angles", "Jo <<jo@x.org>>", "Jo <jo@x.org>", false},
    {"mailto", "<mailto:jo@x.org>", "<jo@x.org>", false},
    {"an address within an encoded word",
	"=?utf-8?q?Jo_=3Cjo=40x.org=3E?=", "Jo <jo@x.org>", true},
    {"a name alone", "Jo Doe", "Jo Doe <>", true},
    {"a local user", "root", "<root>", true},
    {"dots where they may not be (docomo)", "jo..d.@x.org", "<jo..d.@x.org>",
	false},
    {"nothing", "", "", false},
    {"only commas", ",,,", "", false},
    {"hidden characters in a name", "J\342\200\213o\342\200\256 <jo@x.org>",
	"Jo <jo@x.org>", false},
};

START_TEST(no_address_is_lost)
{
	struct arena *arena = arena_new(0);
	struct address_limits limits = {200, 200};
	struct address_list list = {0};
	struct flags flags = {0};
	char *got;

	address_list_read(
	    arena, span_of(address_rows[_i].body), &limits, &list, &flags);
	got = test_addresses(arena, list.list, list.count);
	ck_assert_msg(strcmp(got, address_rows[_i].expected) == 0,
	    "%s: got \"%s\"", address_rows[_i].why, got);
	ck_assert_msg(
	    flag_raised(&flags, FLAG_BAD_ADDRESS) == address_rows[_i].odd,
	    "%s: the flag", address_rows[_i].why);
	arena_free(arena);
}
END_TEST

START_TEST(addresses_end_at_the_limit)
{
	struct arena *arena = arena_new(0);
	struct address_limits limits = {2, 200};
	struct address_list list = {0};
	struct flags flags = {0};

	address_list_read(
	    arena, span_of("a@x, b@x, c@x"), &limits, &list, &flags);
	ck_assert_uint_eq(list.count, 2);
	ck_assert(flag_raised(&flags, FLAG_LIMIT_ADDRESSES));
	list.count = 0;
	flags.seen = 0;
	address_list_read(arena, span_of("a@x, b@x"), &limits, &list, &flags);
	ck_assert_uint_eq(list.count, 2);
	ck_assert(!flag_raised(&flags, FLAG_LIMIT_ADDRESSES));
	arena_free(arena);
}
END_TEST

static const struct {
	const char *why, *text, *expected;
} date_rows[] = {
    {"RFC 5322", "Fri, 21 Nov 1997 09:55:06 -0600", "1997-11-21T15:55:06Z"},
    {"no day of the week", "21 Nov 1997 09:55:06 +0000",
	"1997-11-21T09:55:06Z"},
    {"no seconds", "21 Nov 1997 09:55 +0100", "1997-11-21T08:55:00Z"},
    {"an obsolete zone", "21 Nov 97 09:55:06 GMT", "1997-11-21T09:55:06Z"},
    {"Eastern time", "21 Nov 1997 09:55:06 EST", "1997-11-21T14:55:06Z"},
    {"a year of two digits is of this century below 50", "1 Jan 24 00:00 Z",
	"2024-01-01T00:00:00Z"},
    {"a year of three digits", "1 Jan 124 00:00 Z", "2024-01-01T00:00:00Z"},
    {"a comment behind", "21 Nov 1997 09:55:06 -0600 (CST)",
	"1997-11-21T15:55:06Z"},
    {"asctime", "Fri Nov 21 09:55:06 1997", "1997-11-21T09:55:06Z"},
    {"hyphens", "21-Nov-1997 09:55:06 +0000", "1997-11-21T09:55:06Z"},
    {"ISO 8601", "2024-02-29T12:00:00Z", "2024-02-29T12:00:00Z"},
    {"ISO 8601 with a zone", "2024-02-29 12:00:00.123+02:00",
	"2024-02-29T10:00:00Z"},
    {"afternoon", "21 Nov 1997 01:55:06 PM", "1997-11-21T13:55:06Z"},
    {"a leap second", "30 Jun 2015 23:59:60 +0000", "2015-06-30T23:59:59Z"},
    {"the 29th of a year that has none", "29 Feb 2023 12:00 Z", ""},
    {"day 32", "32 Jan 2024 12:00 Z", ""},
    {"hour 25", "1 Jan 2024 25:00 Z", ""},
    {"minute 61", "1 Jan 2024 12:61 Z", ""},
    {"nothing", "", ""},
    {"no date", "yesterday", ""},
    {"a zone that cannot be is UTC", "1 Jan 2024 12:00:00 +9999",
	"2024-01-01T12:00:00Z"},
};

START_TEST(dates_are_read_or_refused)
{
	struct arena *arena = arena_new(0);
	when t = date_read(span_of(date_rows[_i].text));
	const char *got = t == 0 ? "" : when_text(arena, t);

	ck_assert_msg(strcmp(got, date_rows[_i].expected) == 0, "%s: got %s",
	    date_rows[_i].why, got);
	arena_free(arena);
}
END_TEST

static const struct {
	const char *why, *text, *expected;
	bool bad;
} word_rows[] = {
    {"no word", "plain", "plain", false},
    {"Q", "=?iso-8859-1?Q?caf=E9_au_lait?=", "caf\303\251 au lait", false},
    {"B", "=?UTF-8?B?w6k=?=", "\303\251", false},
    {"a language (RFC 2231)", "=?utf-8*fr?q?caf=C3=A9?=", "caf\303\251", false},
    {"blanks between two words go", "=?utf-8?q?a?= \t=?utf-8?q?b?=", "ab",
	false},
    {"blanks between a word and text stay", "=?utf-8?q?a?= b", "a b", false},
    {"one character in two words",
	"=?utf-8?q?=C3?= =?utf-8?q?=A9?=", "\303\251", false},
    {"the same in base64", "=?utf-8?b?ww==?= =?utf-8?b?qQ==?=", "\303\251",
	false},
    {"a group of base64 in two words",
	"=?utf-8?b?aGVs?= =?utf-8?b?bG8?=", "hello", false},
    {"blanks in a word", "=?utf-8?q?a b?=", "a b", false},
    {"no end", "=?utf-8?q?abc", "=?utf-8?q?abc", true},
    {"no such encoding", "=?utf-8?x?abc?=", "=?utf-8?x?abc?=", true},
    {"raw UTF-8", "caf\303\251", "caf\303\251", false},
    {"raw Latin-1", "caf\351", "caf\303\251", false},
    {"no such charset: the octets as they can be read",
	"=?x-martian?q?caf=C3=A9?=", "caf\303\251", false},
    {"ISO-2022-JP", "=?iso-2022-jp?b?GyRCJCIbKEI=?=", "\343\201\202", false},
    {"words within a word's neighbourhood", "Re: =?utf-8?q?a?=b", "Re: ab",
	false},
};

START_TEST(encoded_words_are_decoded)
{
	struct arena *arena = arena_new(0);
	struct flags flags = {0};
	struct span got =
	    word_decode(arena, span_of(word_rows[_i].text), 200, &flags);

	ck_assert_msg(got.len == strlen(word_rows[_i].expected) &&
			  memcmp(got.at, word_rows[_i].expected, got.len) == 0,
	    "%s: got \"%.*s\"", word_rows[_i].why, (int)got.len, got.at);
	ck_assert_msg(flag_raised(&flags, FLAG_BAD_WORD) == word_rows[_i].bad,
	    "%s: the flag", word_rows[_i].why);
	arena_free(arena);
}
END_TEST

static const struct {
	const char *why, *body, *expected;
	int flag; /* -1 none */
} parameter_rows[] = {
    {"a token", "attachment; filename=a.txt", "a.txt", -1},
    {"quotes", "x/y; filename=\"a;b.txt\"", "a;b.txt", -1},
    {"escapes", "x/y; filename=\"a\\\"b.txt\"", "a\"b.txt", -1},
    {"a path keeps its backslashes", "x/y; filename=\"C:\\new\\a.txt\"",
	"C:\\new\\a.txt", -1},
    {"blanks without quotes", "x/y; filename=my file.txt; size=3",
	"my file.txt", -1},
    {"RFC 2231", "x/y; filename*=utf-8'en'%c3%a9.txt", "\303\251.txt", -1},
    {"in Latin-1", "x/y; filename*=iso-8859-1''%E9.txt", "\303\251.txt", -1},
    {"sections", "x/y; filename*0=\"a\"; filename*1=\"b.txt\"", "ab.txt", -1},
    {"sections out of order", "x/y; filename*1=b; filename*0=a", "ab", -1},
    {"sections, encoded and not",
	"x/y; filename*0*=utf-8''%c3; filename*1*=%a9; filename*2=\"%41\"",
	"\303\251%41", -1},
    {"an encoded word", "x/y; filename=\"=?utf-8?q?=C3=A9?=.txt\"",
	"\303\251.txt", -1},
    {"raw UTF-8", "x/y; filename=\"\303\251.txt\"", "\303\251.txt", -1},
    {"a comment", "x/y; (hm) filename=a.txt", "a.txt", -1},
    {"twice: the first", "x/y; filename=a; filename=b", "a",
	FLAG_DUPLICATE_PARAMETER},
    {"plain and extended: the extended", "x/y; filename=a; filename*=utf-8''b",
	"b", FLAG_MIXED_PARAMETER},
    {"plain and sections", "x/y; filename=a; filename*0=b", "b",
	FLAG_MIXED_PARAMETER},
    {"a quote never closed", "x/y; filename=\"a.txt", "a.txt",
	FLAG_BAD_PARAMETER},
    {"no value", "x/y; filename", "", FLAG_BAD_PARAMETER},
    {"none", "x/y", "", -1},
    {"a percent that is none", "x/y; filename*=utf-8''100%.txt", "100%.txt",
	-1},
};

START_TEST(parameters_are_read)
{
	struct arena *arena = arena_new(0);
	struct flags flags = {0}, expected = {0};
	struct parameters all = parameters_read(
	    arena, span_of(parameter_rows[_i].body), 64, &flags);
	struct span got = parameter_text(arena, &all, "filename", &flags);

	ck_assert_msg(
	    got.len == strlen(parameter_rows[_i].expected) &&
		memcmp(got.at, parameter_rows[_i].expected, got.len) == 0,
	    "%s: got \"%.*s\"", parameter_rows[_i].why, (int)got.len, got.at);
	if (parameter_rows[_i].flag >= 0)
		flag_raise(&expected, (enum flag)parameter_rows[_i].flag);
	ck_assert_msg(
	    flags.seen == expected.seen, "%s: flags", parameter_rows[_i].why);
	arena_free(arena);
}
END_TEST

static const struct {
	const char *why, *body, *expected;
} id_rows[] = {
    {"one", "<a@b>", "a@b"},
    {"several", "<a@b> <c@d>\r\n <e@f>", "a@b c@d e@f"},
    {"without blanks between", "<a@b><c@d>", "a@b c@d"},
    {"words between", "Your mail of Monday <a@b> (thanks)", "a@b"},
    {"no angles", "a@b, c@d", "a@b c@d"},
    {"never closed", "<a@b> <c@d", "a@b c@d"},
    {"opened twice", "<a <c@d>", "c@d"},
    {"blanks within", "<a\r\n b@c>", "ab@c"},
    {"empty ones do not count", "<> < >", ""},
    {"nothing", "", ""},
};

START_TEST(message_ids_are_found)
{
	struct arena *arena = arena_new(0);
	struct message_ids ids = {0};
	struct flags flags = {0};
	struct buf got = buf_in(arena);

	message_ids_read(arena, span_of(id_rows[_i].body), &ids, &flags);
	for (size_t i = 0; i < ids.count; i++)
		buf_print(&got, "%s%s", i > 0 ? " " : "", ids.list[i]);
	ck_assert_msg(strcmp(buf_text(&got), id_rows[_i].expected) == 0,
	    "%s: got \"%s\"", id_rows[_i].why, got.at);
	arena_free(arena);
}
END_TEST

static const struct {
	const char *why, *text, *expected;
	bool hidden;
} clean_rows[] = {
    {"plain", "a b", "a b", false},
    {"runs of blanks", "  a \t\r\n b ", "a b", false},
    {"line ends cannot come out of an encoded word", "a\r\nBcc: b", "a Bcc: b",
	false},
    {"controls", "a\001\033[1mb", "a[1mb", true},
    {"turned writing", "a\342\200\256txt.exe", "atxt.exe", true},
    {"zero width", "a\342\200\213b\357\273\277", "ab", true},
    {"C1 controls", "a\302\233b", "ab", true},
    {"a joiner in a Persian word stays", "\331\205\333\214\342\200\214\330\256",
	"\331\205\333\214\342\200\214\330\256", false},
    {"a joiner among Latin letters goes", "pay\342\200\214pal", "paypal", true},
    {"a no-break space is a blank", "a\302\240b", "a b", false},
};

START_TEST(text_of_a_header_is_harmless)
{
	struct arena *arena = arena_new(0);
	struct flags flags = {0};
	char *got = clean_text(arena, span_of(clean_rows[_i].text), &flags);

	ck_assert_msg(strcmp(got, clean_rows[_i].expected) == 0,
	    "%s: got \"%s\"", clean_rows[_i].why, got);
	ck_assert_msg(
	    flag_raised(&flags, FLAG_HIDDEN_CHARACTER) == clean_rows[_i].hidden,
	    "%s: the flag", clean_rows[_i].why);
	arena_free(arena);
}
END_TEST

static const struct {
	const char *why, *text, *expected;
	bool delsp;
} flowed_rows[] = {
    {"soft line ends go", "a \nb\n", "a b\n", false},
    {"with DelSp the blank goes too", "a \nb\n", "ab\n", true},
    {"hard ones stay", "a\nb\n", "a\nb\n", false},
    {"a stuffed blank goes", " From x\n", "From x\n", false},
    {"quotes of one depth flow", "> a \n> b\nc\n", "> a b\nc\n", false},
    {"quotes of two depths do not", "> a \n>> b\n", "> a \n>> b\n", false},
    {"a signature stands alone", "a \n-- \nJo\n", "a \n-- \nJo\n", false},
    {"no last line end", "a \nb", "a b", false},
};

START_TEST(flowed_text_flows)
{
	struct arena *arena = arena_new(0);
	struct span got = flowed_join(
	    arena, span_of(flowed_rows[_i].text), flowed_rows[_i].delsp);

	ck_assert_msg(
	    got.len == strlen(flowed_rows[_i].expected) &&
		memcmp(got.at, flowed_rows[_i].expected, got.len) == 0,
	    "%s: got \"%.*s\"", flowed_rows[_i].why, (int)got.len, got.at);
	arena_free(arena);
}
END_TEST

Suite *
suite_words(void)
{
	Suite *suite = suite_create("mail words");
	TCase *rows = tcase_create("tables");

#define ROWS(table, test)                                                      \
	tcase_add_loop_test(                                                   \
	    rows, test, 0, (int)(sizeof table / sizeof table[0]))
	ROWS(address_rows, no_address_is_lost);
	ROWS(date_rows, dates_are_read_or_refused);
	ROWS(word_rows, encoded_words_are_decoded);
	ROWS(parameter_rows, parameters_are_read);
	ROWS(id_rows, message_ids_are_found);
	ROWS(clean_rows, text_of_a_header_is_harmless);
	ROWS(flowed_rows, flowed_text_flows);
#undef ROWS
	tcase_add_test(rows, addresses_end_at_the_limit);
	suite_add_tcase(suite, rows);
	return suite;
}
