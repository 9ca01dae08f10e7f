/* check_mail_octets: transfer encodings, charsets and what octets are. */
#include <stdio.h>
#include <string.h>

#include "arena.h"
#include "span.h"

#include "charset.h"
#include "content.h"
#include "flag.h"
#include "transfer.h"

#include "check_mail.h"

static const struct {
	const char *why, *encoding, *body, *expected;
	int flag;
} transfer_rows[] = {
    {"base64", "base64", "aGVsbG8=", "hello", -1},
    {"in lines", "base64", "aGVs\r\nbG8=\r\n", "hello", -1},
    {"without padding", "base64", "aGVsbG8", "hello", FLAG_BAD_BASE64},
    {"two texts joined", "base64", "YQ==Yg==", "ab", FLAG_BAD_BASE64},
    {"dirt between", "base64", "aG!Vs\nbG8=", "hello", FLAG_BAD_BASE64},
    {"only padding", "base64", "====", "", -1},
    {"quoted-printable", "quoted-printable", "a=3Db=\r\nc", "a=bc", -1},
    {"blanks at a line's end go", "quoted-printable", "a \t\r\nb", "a\r\nb",
	-1},
    {"written ones stay", "quoted-printable", "a=20\r\nb", "a \r\nb", -1},
    {"blanks after a soft line end", "quoted-printable", "a= \r\nb", "ab", -1},
    {"lower case", "quoted-printable", "=c3=a9", "\303\251", -1},
    {"= that begins nothing", "quoted-printable", "a=ZZ", "a=ZZ",
	FLAG_BAD_QUOTED_PRINTABLE},
    {"= at the end", "quoted-printable", "a=", "a", -1},
    {"7bit", "7bit", "a=20", "a=20", -1},
    {"none", "", "a", "a", -1},
    {"uuencode", "x-uuencode", "begin 644 a\n#86)C\n`\nend\n", "abc", -1},
    {"one that nobody knows", "x-rot13", "uryyb", "uryyb",
	FLAG_UNKNOWN_ENCODING},
};

START_TEST(transfer_encodings_are_taken_off)
{
	struct arena *arena = arena_new(0);
	struct flags flags = {0}, expected = {0};
	struct span got =
	    transfer_decode(arena, span_of(transfer_rows[_i].body),
		transfer_rows[_i].encoding, &flags);

	ck_assert_msg(
	    got.len == strlen(transfer_rows[_i].expected) &&
		memcmp(got.at, transfer_rows[_i].expected, got.len) == 0,
	    "%s: got \"%.*s\"", transfer_rows[_i].why, (int)got.len, got.at);
	if (transfer_rows[_i].flag >= 0)
		flag_raise(&expected, (enum flag)transfer_rows[_i].flag);
	ck_assert_msg(
	    flags.seen == expected.seen, "%s: flags", transfer_rows[_i].why);
	arena_free(arena);
}
END_TEST

static const struct {
	const char *why, *charset, *octets, *expected;
	int flag;
} charset_rows[] = {
    {"UTF-8", "utf-8", "\303\251", "\303\251", -1},
    {"bad UTF-8", "UTF-8", "\303\251\377b", "\303\251\357\277\275b",
	FLAG_BAD_CHARSET},
    {"UTF-8 cut off", "UTF-8", "a\303", "a\357\277\275", FLAG_BAD_CHARSET},
    {"Latin-1 labelled as UTF-8", "UTF-8", "caf\351 cr\350me",
	"caf\303\251 cr\303\250me", FLAG_BAD_CHARSET},
    {"UTF-8 labelled as Latin-1", "iso-8859-1",
	"\303\251\303\250\303\240\303\251",
	"\303\251\303\250\303\240\303\251", FLAG_BAD_CHARSET},
    {"HZ", "hz-gb-2312", "a ~{Dc:C~} ~~", "a \344\275\240\345\245\275 ~", -1},
    {"HZ without its end", "hz-gb-2312", "~{Dc\nDc", "\344\275\240\nDc", -1},
    {"ISO-2022-KR", "iso-2022-kr", "\033$)C\0160!\017a", "\352\260\200a",
	-1},
    {"ISO-2022-KR without announcement", "iso-2022-kr", "\0160!\017",
	"\352\260\200", -1},
    {"ISO-2022-CN", "iso-2022-cn", "\033$)A\016Dc\017", "\344\275\240", -1},
    {"ISO-2022-JP that nobody declared", "", "\033$B$\"\033(Bb",
	"\343\201\202b", FLAG_BAD_CHARSET},
    {"ISO-2022-JP without its end", "iso-2022-jp", "\033$B$\"\nb",
	"\343\201\202\nb", -1},
    {"UTF-7", "utf-7", "a+AOk-b", "a\303\251b", -1},
    {"Latin-1 is windows-1252", "ISO-8859-1", "\200\351",
	"\342\202\254\303\251", -1},
    {"ASCII with UTF-8", "us-ascii", "\303\251", "\303\251", -1},
    {"ASCII with something else", "us-ascii", "\351", "\303\251",
	FLAG_UNDECLARED_8BIT},
    {"nothing declared", "", "\351", "\303\251", FLAG_UNDECLARED_8BIT},
    {"shift_jis is CP932: a circled one", "Shift_JIS", "\207\100",
	"\342\221\240", -1},
    {"gb2312 is GB18030", "GB2312", "\304\343", "\344\275\240", -1},
    {"euc-kr is CP949", "euc-kr", "\260\241", "\352\260\200", -1},
    {"ISO-2022-JP", "iso-2022-jp", "a\033$B$\"\033(Bb", "a\343\201\202b", -1},
    {"with a circled one", "iso-2022-jp", "\033$B-!\033(B", "\342\221\240", -1},
    {"with half-width kana", "iso-2022-jp", "\033(I1\033(B", "\357\275\261",
	-1},
    {"with Korean (RFC 1554)", "iso-2022-jp", "\033$(C0!\033(B", "\352\260\200",
	-1},
    {"koi8-r", "koi8-r", "\301", "\320\260", -1},
    {"a charset off the list is not asked of iconv", "iso-2022-cn-ext", "\351",
	"\303\251", FLAG_UNKNOWN_CHARSET},
    {"nor is a path", "../../tmp/evil", "\351", "\303\251",
	FLAG_UNKNOWN_CHARSET},
    {"nor an option of iconv", "utf-8//IGNORE", "\351", "\303\251",
	FLAG_UNKNOWN_CHARSET},
    {"a character cut off", "shift_jis", "a\202", "a\357\277\275",
	FLAG_BAD_CHARSET},
    {"quotes round the name", "\"iso-8859-1\"", "\351", "\303\251", -1},
};

START_TEST(charsets_become_utf8)
{
	struct arena *arena = arena_new(0);
	struct flags flags = {0}, expected = {0};
	struct span got =
	    charset_to_utf8(arena, span_of(charset_rows[_i].octets),
		span_of(charset_rows[_i].charset), &flags);

	ck_assert_msg(
	    got.len == strlen(charset_rows[_i].expected) &&
		memcmp(got.at, charset_rows[_i].expected, got.len) == 0,
	    "%s: got \"%.*s\"", charset_rows[_i].why, (int)got.len, got.at);
	if (charset_rows[_i].flag >= 0)
		flag_raise(&expected, (enum flag)charset_rows[_i].flag);
	ck_assert_msg(
	    flags.seen == expected.seen, "%s: flags", charset_rows[_i].why);
	arena_free(arena);
}
END_TEST

START_TEST(every_converter_is_there)
{
	struct charset_hold hold;

	charset_hold(&hold);
	ck_assert_uint_gt(hold.count, 40);
	charset_release(&hold);
	ck_assert_uint_eq(hold.count, 0);
}
END_TEST

#define GIF  "GIF89a\001\000\001\000\000\000\000;"
#define PNG  "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\0\0\1\0\0\0\1\10\2\0\0\0\1\2\3\4"
#define BOMB "\x89PNG\r\n\x1a\n\0\0\0\rIHDR\0\1\0\0\0\1\0\0\10\2\0\0\0\1\2\3\4"
#define JPEG "\xff\xd8\xff\xe0\0\4AB\xff\xc0\0\x11\10\0\1\0\1\3\1\1\1\1"
#define BMP  "BM\0\0\0\0\0\0\0\0\0\0\0\0\x28\0\0\0\1\0\0\0\1\0\0\0"

START_TEST(content_is_told_by_its_octets)
{
	ck_assert_str_eq(content_type(TEXT(GIF)), "image/gif");
	ck_assert_str_eq(content_type(TEXT(PNG)), "image/png");
	ck_assert_str_eq(content_type(TEXT(JPEG)), "image/jpeg");
	ck_assert_str_eq(content_type(TEXT(BMP)), "image/bmp");
	ck_assert_str_eq(content_type(TEXT("BM is a text\n")), "text/plain");
	ck_assert_ptr_null(content_type(TEXT("a\0b")));
	ck_assert_ptr_null(content_type(TEXT("\033[1m")));
	ck_assert_ptr_null(content_type(TEXT("caf\351")));
	ck_assert_ptr_null(content_type(TEXT("MZ\220\0\3\0\0\0")));
	ck_assert_ptr_null(content_type(TEXT("")));
	ck_assert(!content_too_many_pixels(TEXT(PNG)));
	ck_assert(content_too_many_pixels(TEXT(BOMB)));
	ck_assert(!content_too_many_pixels(TEXT(JPEG)));
	ck_assert(!content_too_many_pixels(TEXT(GIF)));
	/* Magic alone, and images cut at each octet, read nothing beyond. */
	for (size_t i = 0; i < sizeof JPEG - 1; i++) {
		content_too_many_pixels((struct span){JPEG, i});
		content_type((struct span){JPEG, i});
	}
}
END_TEST

Suite *
suite_octets(void)
{
	Suite *suite = suite_create("mail octets");
	TCase *rows = tcase_create("octets");

	tcase_add_loop_test(rows, transfer_encodings_are_taken_off, 0,
	    (int)(sizeof transfer_rows / sizeof transfer_rows[0]));
	tcase_add_loop_test(rows, charsets_become_utf8, 0,
	    (int)(sizeof charset_rows / sizeof charset_rows[0]));
	tcase_add_test(rows, every_converter_is_there);
	tcase_add_test(rows, content_is_told_by_its_octets);
	suite_add_tcase(suite, rows);
	return suite;
}
