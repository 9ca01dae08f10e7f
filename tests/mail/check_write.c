/* check_write: a mail of ours is read back by a small reader of its own,
 * which knows only what the standards say. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "encode.h"
#include "mail_write.h"
#include "utf8.h"

#include "check_write.h"
#include "read_back.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static struct mail_draft
sample(void)
{
	return (struct mail_draft){
	    .date = 1763888522000,
	    .from_name = "Example Support",
	    .from_address = "support@example.com",
	    .to_name = "Jane",
	    .to_address = "jane@acme.example",
	    .reply_to_name = "",
	    .reply_to_address = "support+k7w2x9-1.0d9v@example.com",
	    .subject = "[#1042] Printer",
	    .message_id = "7.k7w2x9-1.0d9v@example.com",
	    .in_reply_to = "",
	    .language = "en",
	    .boundary = "b0undary",
	    .text = "Hello,\n\nworld\n",
	    .html = "",
	    .automatic = true,
	};
}

static struct span
written(struct arena *arena, const struct mail_draft *draft)
{
	struct span octets = {NULL, 0};
	const char *why = NULL;

	ck_assert_msg(mail_write(arena, draft, &octets, &why) == 0, "%s", why);
	ck_assert(mail_octets_ok(octets));
	return octets;
}

/* Which fields there are, and in which order: a stranger's text added none. */
#define FIELDS                                                                 \
	"Date From To Reply-To Subject Message-ID Auto-Submitted "             \
	"Precedence X-Auto-Response-Suppress MIME-Version "                    \
	"Content-Language Content-Type Content-Transfer-Encoding "

static const struct {
	const char *text;
	const char *shown; /* NULL: as it is */
} subject_rows[] = {
    {"", NULL},
    {"plain", NULL},
    {"[#1042] Re: a subject of many plain words that is folded between them "
     "because it is longer than one line may be, twice and three times over",
	NULL},
    {"Gr\xc3\xbc\xc3\x9f"
     "e aus K\xc3\xb6ln",
	NULL},
    {"[#1042] \xe6\x89\x93\xe5\x8d\xb0\xe6\x9c\xba\xe5\x9d\x8f\xe4\xba\x86 "
     "\xe8\xaf\xb7\xe5\xb8\xae\xe5\xbf\x99 \xe6\x89\x93\xe5\x8d\xb0\xe6\x9c"
     "\xba\xe5\x9d\x8f\xe4\xba\x86 \xe8\xaf\xb7\xe5\xb8\xae\xe5\xbf\x99 now",
	NULL},
    {"one \xf0\x9f\x99\x82 two three \xf0\x9f\x99\x82\xf0\x9f\x99\x82 four",
	NULL},
    {"a\r\nBcc: evil@example.com", "a Bcc: evil@example.com"},
    {"a\r\n\r\n<html>", "a <html>"},
    {"a\n b\r c\t d", "a b c d"},
    {"\x01\x1b[31mred\x7f", "[31mred"},
    {"=?utf-8?Q?Hi=0D=0ABcc:_x?=", NULL},
    {"pre=?utf-8?B?SGk=?=post and more", NULL},
    {"pay\xe2\x80\xaegpj.exe", "paygpj.exe"},
    {"zero\xe2\x80\x8bwidth\xef\xbb\xbf", "zerowidth"},
    {"c1 \xc2\x85 next", "c1 next"},
    {"bad \xff\xfe utf \xc3", "bad \xef\xbf\xbd\xef\xbf\xbd utf \xef\xbf\xbd"},
    {"  blanks   around  ", "blanks around"},
    {"a_word=with?all \"of\" (them) <x@y>, ;:\\", NULL},
    {"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa"
     "aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa",
	NULL},
};

START_TEST(a_subject_comes_back_and_adds_no_field)
{
	struct arena *arena = arena_new(0);
	struct mail_draft draft = sample();
	const char *shown = subject_rows[_i].shown;
	const char *header;
	struct span octets;

	draft.subject = subject_rows[_i].text;
	octets = written(arena, &draft);
	read_back_lines(octets, 76);
	header = read_back_header(arena, octets);
	ck_assert_str_eq(read_back_names(arena, header), FIELDS);
	ck_assert_str_eq(
	    read_back_words(arena, read_back_field(arena, header, "Subject")),
	    shown ? shown : subject_rows[_i].text);
	arena_free(arena);
}
END_TEST

START_TEST(a_name_adds_no_field_and_no_address)
{
	struct arena *arena = arena_new(0);
	struct mail_draft draft = sample();
	const char *header, *to, *address;
	struct span octets;

	draft.to_name = subject_rows[_i].text;
	octets = written(arena, &draft);
	read_back_lines(octets, 76);
	header = read_back_header(arena, octets);
	ck_assert_str_eq(read_back_names(arena, header), FIELDS);
	to = read_back_field(arena, header, "To");
	address = strrchr(to, ' ');
	ck_assert_str_eq(address ? address + 1 : to,
	    address ? "<jane@acme.example>" : "jane@acme.example");
	/* What is not in quotes has no octet that could begin an address. */
	if (address != NULL && to[0] != '"')
		ck_assert_uint_ge(
		    strcspn(to, "<>@,;:\\\"()"), (size_t)(address - to));
	arena_free(arena);
}
END_TEST

START_TEST(every_length_of_a_subject_is_folded_and_comes_back)
{
	static const char *const units[] = {
	    "a", "\xc3\xa9", "\xe4\xb8\xad", "\xf0\x9f\x99\x82", "ab ", "=?"};
	struct arena *arena = arena_new(0);

	for (size_t u = 0; u < COUNT(units); u++) {
		struct buf text = buf_in(arena);

		for (int i = 0; i < 120; i++) {
			struct mail_draft draft = sample();
			struct span octets;
			const char *shown;

			buf_add_text(&text, units[u]);
			draft.subject = arena_copy_text(arena, buf_text(&text));
			draft.from_name = draft.subject;
			octets = written(arena, &draft);
			read_back_lines(octets, 76);
			shown =
			    encode_clean(arena, span_of(draft.subject), 900);
			ck_assert_str_eq(
			    read_back_words(
				arena, read_back_field(arena,
					   read_back_header(arena, octets),
					   "Subject")),
			    shown);
		}
	}
	arena_free(arena);
}
END_TEST

START_TEST(ten_thousand_characters_are_cut_at_a_characters_end)
{
	struct arena *arena = arena_new(0);
	struct mail_draft draft = sample();
	struct buf text = buf_in(arena);
	struct span octets;
	const char *subject;

	for (int i = 0; i < 10000; i++)
		buf_add_text(&text, "\xe4\xb8\xad");
	draft.subject = draft.to_name = draft.from_name = buf_text(&text);
	octets = written(arena, &draft);
	read_back_lines(octets, 76);
	subject = read_back_words(arena,
	    read_back_field(arena, read_back_header(arena, octets), "Subject"));
	ck_assert_uint_le(strlen(subject), 900);
	ck_assert(utf8_valid(span_of(subject)));
	arena_free(arena);
}
END_TEST

static const struct {
	const char *text;
	const char *back; /* NULL: as it is */
	bool quoted;
} text_rows[] = {
    {"", NULL, true},
    {"Hello,\n\nworld\n", NULL, true},
    {"no line end", "no line end\n", true},
    {"blanks at the end \t\nand  \n", NULL, true},
    {".\n..\nFrom me\nFrom\n", NULL, true},
    {"a\r\nb\rc\n", "a\nb\nc\n", true},
    {"a=b ==\n", NULL, false},
    {"a line of more than a thousand octets "
     "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
     "xxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxxx"
     ". . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . . .\n",
	NULL, true},
    {"bad \xff\n", "bad \xef\xbf\xbd\n", false},
    {"\x1b[2Jclear\x01\n", "[2Jclear\n", true},
    {"Gr\xc3\xbc\xc3\x9f"
     "e aus K\xc3\xb6ln, wie geht es Ihnen heute?\n",
	NULL, true},
    {"\xe6\x89\x93\xe5\x8d\xb0\xe6\x9c\xba\n\xe5\x9d\x8f\n", NULL, false},
};

START_TEST(a_text_comes_back)
{
	struct arena *arena = arena_new(0);
	struct mail_draft draft = sample();
	struct buf back = buf_in(arena), lines = buf_in(arena);
	struct span octets;
	const char *encoding;

	draft.text = text_rows[_i].text;
	octets = written(arena, &draft);
	read_back_lines(octets, 76);
	encoding = read_back_field(arena, read_back_header(arena, octets),
	    "Content-Transfer-Encoding");
	ck_assert_str_eq(
	    encoding, text_rows[_i].quoted ? "quoted-printable" : "base64");
	if (text_rows[_i].quoted)
		read_back_quoted(&back, read_back_body(octets), false);
	else
		read_back_base64(&back, read_back_body(octets));
	for (size_t i = 0; i < back.len; i++) {
		if (back.at[i] != '\r')
			buf_put(&lines, back.at[i]);
	}
	ck_assert_str_eq(buf_text(&lines),
	    text_rows[_i].back ? text_rows[_i].back : text_rows[_i].text);
	arena_free(arena);
}
END_TEST

START_TEST(no_boundary_can_stand_in_a_body)
{
	struct arena *arena = arena_new(0);
	struct mail_draft draft = sample();
	struct mail_attachment attachments[] = {
	    {"../../etc/passwd\r\nX-Evil: 1", "image/png\r\nX: y",
		{"\0\1\2\n--=_mb0undary--\n", 20}},
	    {"\xe6\x89\x93\xe5\x8d\xb0 report of a long long name \xe6\x89\x93"
	     "\xe5\x8d\xb0.png",
		"image/png", {"png", 3}},
	    {"mail.eml", "message/rfc822", {"Subject: x\r\n\r\ny\r\n", 16}},
	};
	struct span octets;

	draft.text = "--=_mb0undary--\n--=_ab0undary--\nb0undary\n";
	draft.html = "<p>\n--=_ab0undary--\n--=_mb0undary\n</p>";
	draft.attachments = attachments;
	draft.attachment_count = COUNT(attachments);
	octets = written(arena, &draft);
	read_back_lines(octets, 78);
	ck_assert_uint_eq(read_back_count(octets, "\r\n--=_mb0undary\r\n"), 4);
	ck_assert_uint_eq(
	    read_back_count(octets, "\r\n--=_mb0undary--\r\n"), 1);
	ck_assert_uint_eq(read_back_count(octets, "\r\n--=_ab0undary\r\n"), 2);
	ck_assert_uint_eq(
	    read_back_count(octets, "\r\n--=_ab0undary--\r\n"), 1);
	ck_assert_uint_eq(read_back_count(octets, "\r\nX-Evil"), 0);
	ck_assert_uint_eq(
	    read_back_count(octets, "application/octet-stream"), 2);
	ck_assert_uint_eq(read_back_count(octets, "filename*0*=utf-8''"), 2);
	ck_assert_uint_eq(read_back_count(octets, "filename=\"mail.eml\""), 1);
	arena_free(arena);
}
END_TEST

START_TEST(references_keep_the_first_and_the_newest)
{
	struct arena *arena = arena_new(0);
	struct mail_draft draft = sample();
	const char *ids[100];
	const char *header, *list;
	struct span octets;

	for (size_t i = 0; i < COUNT(ids); i++)
		ids[i] = arena_print(arena, "%zu.long-enough@host.example", i);
	ids[1] = "no id";
	ids[2] = "a@b>\r\nBcc: x@y";
	draft.references = ids;
	draft.reference_count = COUNT(ids);
	draft.in_reply_to = ids[99];
	octets = written(arena, &draft);
	read_back_lines(octets, 76);
	header = read_back_header(arena, octets);
	ck_assert_str_eq(read_back_field(arena, header, "In-Reply-To"),
	    "<99.long-enough@host.example>");
	list = read_back_field(arena, header, "References");
	ck_assert_uint_eq(read_back_count(span_of(list), "<"), 20);
	ck_assert_int_eq(strncmp(list, "<0.", 3), 0);
	ck_assert_ptr_nonnull(strstr(list, "<5.long-enough@host.example> "
					   "<84.long-enough@host.example>"));
	ck_assert_ptr_null(strstr(list, "Bcc"));
	arena_free(arena);
}
END_TEST

START_TEST(an_engineers_answer_is_not_marked_as_a_machines)
{
	struct arena *arena = arena_new(0);
	struct mail_draft draft = sample();
	static const char *const fields[][2] = {{"X-Gatepost-Ticket", "1042"}};
	const char *header;

	draft.automatic = false;
	draft.fields = fields;
	draft.field_count = 1;
	header = read_back_header(arena, written(arena, &draft));
	ck_assert_ptr_null(read_back_field(arena, header, "Auto-Submitted"));
	ck_assert_ptr_null(read_back_field(arena, header, "Precedence"));
	ck_assert_ptr_nonnull(
	    read_back_field(arena, header, "X-Auto-Response-Suppress"));
	ck_assert_str_eq(
	    read_back_field(arena, header, "X-Gatepost-Ticket"), "1042");
	ck_assert_str_eq(read_back_field(arena, header, "Date"),
	    "Sun, 23 Nov 2025 09:02:02 +0000");
	arena_free(arena);
}
END_TEST

static const char *
refusal(const struct mail_draft *draft)
{
	static struct arena *arena;
	struct span octets = {NULL, 7};
	const char *why = NULL;

	arena_free(arena);
	arena = arena_new(0);
	ck_assert_int_eq(mail_write(arena, draft, &octets, &why), -1);
	ck_assert_uint_eq(octets.len, 7);
	return why;
}

START_TEST(what_cannot_stand_in_a_header_is_refused_by_name)
{
	static const char *const good[][2] = {{"X-A", "b"}};
	static const char *const taken[][2] = {{"bcc", "x@example.com"}};
	static const char *const broken[][2] = {{"X-A", "b\r\nBcc: c"}};
	static const char *const named[][2] = {{"X A", "b"}};
	struct mail_draft d = sample();

	d.to_address = "a@b.example\r\nDATA";
	ck_assert_str_eq(refusal(&d), "To: not an address that is sent to");
	d = sample();
	d.from_address = "";
	ck_assert_str_eq(refusal(&d), "From: not an address that is sent to");
	d = sample();
	d.message_id = "a b@c";
	ck_assert_str_eq(refusal(&d), "Message-ID: not a message id");
	d = sample();
	d.boundary = "a\"b";
	ck_assert_str_eq(refusal(&d), "boundary: not letters and digits");
	d = sample();
	d.language = "en\r\nX: y";
	ck_assert_str_eq(refusal(&d), "Content-Language: not a language");
	d = sample();
	d.fields = good;
	d.field_count = 1;
	d.boundary = "";
	ck_assert_str_eq(refusal(&d), "boundary: not letters and digits");
	d = sample();
	d.field_count = 1;
	d.fields = taken;
	ck_assert_str_eq(
	    refusal(&d), "fields: not a field's name that is free");
	d.fields = named;
	ck_assert_str_eq(
	    refusal(&d), "fields: not a field's name that is free");
	d.fields = broken;
	ck_assert_str_eq(refusal(&d), "X-A: not ASCII on one line");
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("write");
	TCase *all = tcase_create("all");
	SRunner *runner;
	int failed;

	/* Some try thousands of lengths, on machines that do other things. */
	tcase_set_timeout(all, 60);
	tcase_add_loop_test(all, a_subject_comes_back_and_adds_no_field, 0,
	    COUNT(subject_rows));
	tcase_add_loop_test(
	    all, a_name_adds_no_field_and_no_address, 0, COUNT(subject_rows));
	tcase_add_test(all, every_length_of_a_subject_is_folded_and_comes_back);
	tcase_add_test(
	    all, ten_thousand_characters_are_cut_at_a_characters_end);
	tcase_add_loop_test(all, a_text_comes_back, 0, COUNT(text_rows));
	tcase_add_test(all, no_boundary_can_stand_in_a_body);
	tcase_add_test(all, references_keep_the_first_and_the_newest);
	tcase_add_test(all, an_engineers_answer_is_not_marked_as_a_machines);
	tcase_add_test(all, what_cannot_stand_in_a_header_is_refused_by_name);
	address_tests(all);
	template_tests(all);
	language_tests(all);
	suite_add_tcase(suite, all);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
