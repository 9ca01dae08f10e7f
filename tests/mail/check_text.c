/* check_text: HTML to text, new text and quotes. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "html.h"
#include "quote.h"
#include "utf8.h"

static struct quote_rules *rules;

static void
make_rules(void)
{
	rules = quote_rules_new();
}

static void
free_rules(void)
{
	quote_rules_free(rules);
}

static const char *
new_text(struct arena *arena, const char *text)
{
	return arena_copy(
	    arena, quote_new_text(arena, rules, span_of(text)));
}

static const struct {
	const char *says, *text, *new_text;
} quote_rows[] = {
    {"a text without any quote stays as it is",
	"Hello,\n\n  the printer is on fire.\n\nAnna",
	"Hello,\n\n  the printer is on fire.\n\nAnna"},
    {"blank lines at both ends go, an indented first line stays",
	"\n\n  Hello\n\n\n", "  Hello"},
    {"nothing is nothing", "", ""},
    {"a quote with its attribution goes",
	"It works.\n\nOn Mon, 2 Nov 2026 at 10:00, Desk <d@x.org> wrote:\n"
	"> Does it work?\n>\n> Desk\n",
	"It works."},
    {"answers between quotes stay",
	"On 2026-11-02 10:00, Desk wrote:\n> Which one?\n\nThe red one.\n\n"
	"> Since when?\n\nYesterday.\n",
	"The red one.\n\nYesterday."},
    {"an attribution over three lines is one",
	"Fine.\n\nOn Dec 16, 2025, at 12:47 PM, Somebody Long\n"
	"<reply@reply.example.com>\nwrote:\n\n> Was it fixed?\n",
	"Fine."},
    {"an attribution may wrap within its address",
	"Fine.\n\ntir. 3. nov. 2026 kl. 13:09 skrev Desk <d@x.org\n>:\n\n"
	"> Was it fixed?\n",
	"Fine."},
    {"a sentence that begins with On is not an attribution",
	"On the one hand it works.\n\nOn the other it does not:\n"
	"see the picture.",
	"On the one hand it works.\n\nOn the other it does not:\n"
	"see the picture."},
    {"a quote without marks is cut at its attribution",
	"Thank you.\n\nOn Tue, 3 Nov 2026 09:00 Desk <d@x.org> wrote:\n\n"
	"Is it better now?\n",
	"Thank you."},
    {"a list that ends in a colon stays",
	"I tried at 10:30:\n- this\n- that",
	"I tried at 10:30:\n- this\n- that"},
    {"Outlook's header block and the rule above it go",
	"See below.\n\n________________________________\nFrom: Desk <d@x.org>\n"
	"Sent: Monday, 2 November 2026 10:00\nTo: Anna\n"
	"Subject: Printer\n\nold words\n",
	"See below."},
    {"a header block in bold letters is one too",
	"Yes.\n\n*From:* Desk\n*Sent:* Monday\n*To:* Anna\n"
	"*Subject:* Printer\n\nold words\n",
	"Yes."},
    {"two lines that look like fields are a person's",
	"From: Monday\nTo: Friday\n\nI am away.",
	"From: Monday\nTo: Friday\n\nI am away."},
    {"a journey is not a mail's header",
	"Please book this:\nFrom: Berlin\nTo: Munich\nDate: Monday\n"
	"A window seat, please.",
	"Please book this:\nFrom: Berlin\nTo: Munich\nDate: Monday\n"
	"A window seat, please."},
    {"a log's line is not an attribution",
	"It says:\n2 Nov 2026 10:00 login of bob@x.org failed with:\n"
	"no such key",
	"It says:\n2 Nov 2026 10:00 login of bob@x.org failed with:\n"
	"no such key"},
    {"what the person wrote before is not an attribution",
	"On 2 Nov 2026 at 10:00 I wrote:\nthe printer is on fire.\n"
	"It still is.",
	"On 2 Nov 2026 at 10:00 I wrote:\nthe printer is on fire.\n"
	"It still is."},
    {"a sentence about somebody's mail is not one either",
	"Bob <b@x.org> wrote to me and to you that:\nit is broken.",
	"Bob <b@x.org> wrote to me and to you that:\nit is broken."},
    {"a divider cuts", "Yes.\n\n-----Original Message-----\nold words\n",
	"Yes."},
    {"a German divider cuts",
	"Ja.\n\n-----Ursprüngliche Nachricht-----\nalte Worte\n", "Ja."},
    {"a Russian divider cuts",
	"Да.\n\n-------- Исходное сообщение --------\nстарое\n", "Да."},
    {"a signature goes", "It works.\n\n-- \nAnna\nCompany\n", "It works."},
    {"two dashes above much text are a person's",
	"a\n--\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16",
	"a\n--\n1\n2\n3\n4\n5\n6\n7\n8\n9\n10\n11\n12\n13\n14\n15\n16"},
    {"a phone's line goes", "Yes\n\nSent from my iPhone\n", "Yes"},
    {"a German phone's line goes",
	"Ja\n\nVon meinem iPhone gesendet\n", "Ja"},
    {"a sentence about sending stays",
	"Sent from my desk, where the printer is.",
	"Sent from my desk, where the printer is."},
    {"a list's footer goes",
	"It works.\n\n_________________________\nusers mailing list\n"
	"https://lists.example.org/mailman/listinfo/users\n",
	"It works."},
    {"a mail passed on without a word is all new",
	"From: Desk <d@x.org>\nSent: Monday\nTo: Anna\nSubject: Printer\n\n"
	"words",
	"From: Desk <d@x.org>\nSent: Monday\nTo: Anna\nSubject: Printer\n\n"
	"words"},
    {"what is passed on is new, the signature above it is not",
	"Please look.\n\n-- \nAnna\n\n---------- Forwarded message ---------\n"
	"From: Bob <b@x.org>\nDate: Mon\nSubject: x\nTo: Anna\n\n"
	"It broke.\n> When?\n",
	"Please look.\n\n---------- Forwarded message ---------\n"
	"From: Bob <b@x.org>\nDate: Mon\nSubject: x\nTo: Anna\n\n"
	"It broke.\n> When?"},
    {"a reply of nothing but a quote adds nothing",
	"On 2 Nov 2026, Desk <d@x.org> wrote:\n> words\n", ""},
};

START_TEST(new_text_is_told_from_quotes)
{
	struct arena *arena = arena_new(0);

	ck_assert_msg(strcmp(new_text(arena, quote_rows[_i].text),
			  quote_rows[_i].new_text) == 0,
	    "%s: \"%s\"", quote_rows[_i].says,
	    new_text(arena, quote_rows[_i].text));
	arena_free(arena);
}
END_TEST

/* One a language, as its clients write them. */
static const char *const attributions[] = {
    "On Mon, 2 Nov 2026 at 10:00, Desk <d@x.org> wrote:",
    "Desk <d@x.org> wrote on 2 Nov 2026 10:00:",
    "Am 02.11.2026 um 10:00 schrieb Desk <d@x.org>:",
    "Desk <d@x.org> schrieb am Mo., 2. Nov. 2026, 10:00:",
    "Le lun. 2 nov. 2026 à 10:00, Desk <d@x.org> a écrit :",
    "El lun, 2 nov 2026 a las 10:00, Desk (<d@x.org>) escribió:",
    "Il giorno lun 2 nov 2026 alle ore 10:00 Desk <d@x.org> ha scritto:",
    "Em seg., 2 de nov. de 2026 às 10:00, Desk <d@x.org> escreveu:",
    "Op ma 2 nov 2026 om 10:00 schreef Desk <d@x.org>:",
    "Den mån 2 nov. 2026 kl 10:00 skrev Desk <d@x.org>:",
    "Den man. 2. nov. 2026 kl. 10.00 skrev Desk <d@x.org>:",
    "man. 2. nov. 2026 kl. 10:00 skrev Desk <d@x.org>:",
    "ma 2. marrask. 2026 klo 10.00 Desk (d@x.org) kirjoitti:",
    "pon., 2 lis 2026 o 10:00 Desk <d@x.org> napisał(a):",
    "po 2. 11. 2026 v 10:00 odesílatel Desk <d@x.org> napsal:",
    "пн, 2 нояб. 2026 г. в 10:00, Desk <d@x.org>:",
    "02.11.2026 10:00, Desk пишет:",
    "пн, 2 лист. 2026 р. о 10:00 Desk <d@x.org> пише:",
    "Desk <d@x.org> ezt írta (időpont: 2026. nov. 2., H, 10:00):",
    "În lun., 2 nov. 2026 la 10:00, Desk <d@x.org> a scris:",
    "Desk <d@x.org>, 2 Kas 2026 Pzt, 10:00 tarihinde şunu yazdı:",
    "Στις Δευ 2 Νοε 2026 στις 10:00 π.μ., ο χρήστης Desk <d@x.org> έγραψε:",
    "‫בתאריך יום ב׳, 2 בנוב׳ 2026 ב-10:00 מאת ‪Desk‬‏ <‪d@x.org‬‏>:‬",
    "في الاثنين، 2 نوفمبر 2026 في 10:00 ص تمت كتابة ما يلي بواسطة Desk "
    "<d@x.org>:",
    "2026年11月2日(月) 10:00 Desk <d@x.org>:",
    "Desk <d@x.org> 于2026年11月2日周一 10:00写道：",
    "2026년 11월 2일 (월) 오전 10:00, Desk <d@x.org>님이 작성:",
    "Vào Th 2, 2 thg 11, 2026 vào lúc 10:00 Desk <d@x.org> đã viết:",
    "Pada tanggal Sen, 2 Nov 2026 pukul 10.00 Desk <d@x.org> menulis:",
    "El dl., 2 de nov. 2026 a les 10:00, Desk <d@x.org> va escriure:",
};

START_TEST(attributions_of_many_languages_are_known)
{
	struct arena *arena = arena_new(0);
	const char *line = attributions[_i];

	ck_assert_str_eq(new_text(arena,
			     arena_print(arena, "New.\n\n%s\n\n> old\n", line)),
	    "New.");
	ck_assert_str_eq(new_text(arena,
			     arena_print(arena, "New.\n\n%s\n\nold\n", line)),
	    "New.");
	arena_free(arena);
}
END_TEST

static const char *const blocks[] = {
    "From: Desk\nSent: Monday\nTo: Anna\nSubject: Printer",
    "Von: Desk\nGesendet: Montag\nAn: Anna\nBetreff: Drucker",
    "De : Desk\nEnvoyé : lundi\nÀ : Anna\nObjet : Imprimante",
    "De: Desk\nEnviado el: lunes\nPara: Anna\nAsunto: Impresora",
    "De: Desk\nEnviada em: segunda\nPara: Anna\nAssunto: Impressora",
    "Da: Desk\nInviato: lunedì\nA: Anna\nOggetto: Stampante",
    "Van: Desk\nVerzonden: maandag\nAan: Anna\nOnderwerp: Printer",
    "Från: Desk\nSkickat: måndag\nTill: Anna\nÄmne: Skrivare",
    "Fra: Desk\nSendt: mandag\nTil: Anna\nEmne: Printer",
    "Lähettäjä: Desk\nLähetetty: ma\nVastaanottaja: Anna\nAihe: Tulostin",
    "Od: Desk\nWysłano: poniedziałek\nDo: Anna\nTemat: Drukarka",
    "Od: Desk\nOdesláno: pondělí\nKomu: Anna\nPředmět: Tiskárna",
    "От: Desk\nОтправлено: понедельник\nКому: Anna\nТема: Принтер",
    "Kimden: Desk\nGönderildi: Pazartesi\nKime: Anna\nKonu: Yazıcı",
    "差出人: Desk\n送信日時: 月曜\n宛先: Anna\n件名: プリンタ",
    "发件人: Desk\n发送时间: 周一\n收件人: Anna\n主题: 打印机",
    "보낸 사람: Desk\n보낸 날짜: 월\n받는 사람: Anna\n제목: 프린터",
    "من: Desk\nتاريخ الإرسال: الاثنين\nإلى: Anna\nالموضوع: الطابعة",
    "מאת: Desk\nנשלח: יום שני\nאל: Anna\nנושא: מדפסת",
};

START_TEST(header_blocks_of_many_languages_are_known)
{
	struct arena *arena = arena_new(0);

	ck_assert_str_eq(
	    new_text(arena,
		arena_print(arena, "New.\n\n%s\n\nold words\n", blocks[_i])),
	    "New.");
	arena_free(arena);
}
END_TEST

START_TEST(new_text_of_every_beginning_is_part_of_it)
{
	struct arena *arena = arena_new(0);

	for (size_t i = 0; i < sizeof quote_rows / sizeof *quote_rows; i++) {
		struct span text = span_of(quote_rows[i].text);

		for (size_t len = 0; len <= text.len; len++) {
			struct span s =
			    quote_new_text(arena, rules,
				(struct span){
				    arena_copy(arena,
					(struct span){text.at, len}),
				    len});

			ck_assert_uint_le(s.len, len + 1);
		}
		arena_reset(arena);
	}
	arena_free(arena);
}
END_TEST

static const char *
as_text(struct arena *arena, const char *html)
{
	bool cut = false;
	const char *text = arena_copy(
	    arena, html_to_text(arena, span_of(html), 10000, &cut));

	ck_assert(!cut);
	return text;
}

static const struct {
	const char *says, *html, *text;
} html_rows[] = {
    {"blanks and line ends are one blank", "a  b\n\n\tc", "a b c"},
    {"entities are letters", "a &amp; b &lt;c&gt; &eacute;&#x20ac;",
	"a & b <c> é€"},
    {"a break ends a line, two leave a blank one", "a<br>b<br><br>c",
	"a\nb\n\nc"},
    {"paragraphs have a blank line between", "<p>a</p><p>b</p>", "a\n\nb"},
    {"Word's paragraphs have none",
	"<p class=MsoNormal>a</p><p class=MsoNormal>b</p>", "a\nb"},
    {"divisions begin lines", "<div>a</div><div>b</div>c", "a\nb\nc"},
    {"an empty division is a blank line",
	"<div>a</div><div><br></div><div>b</div>", "a\n\nb"},
    {"formatting within a word leaves it whole", "un<b>believ</b>able",
	"unbelievable"},
    {"headings stand alone", "<h1>Title</h1>text", "Title\n\ntext"},
    {"a list has marks", "<ul><li>a<li>b</ul>", "  - a\n  - b"},
    {"an ordered list has numbers", "<ol><li>a<li>b</ol>",
	"  1. a\n  2. b"},
    {"rows are lines, cells are set apart",
	"<table><tr><th>a</th><th>b</th></tr><tr><td>1</td><td>2</td></tr>"
	"</table>",
	"a | b\n1 | 2"},
    {"paragraphs in cells do not break the row",
	"<table><tr><td><p>a</p></td><td><p>b</p></td></tr></table>",
	"a | b"},
    {"preformatted text keeps its blanks", "<pre>a\n  b</pre>", "a\n  b"},
    {"a quote has its marks", "a<blockquote>b<br>c</blockquote>d",
	"a\n\n> b\n> c\n\nd"},
    {"a quote in a quote has two",
	"<blockquote>a<blockquote>b</blockquote></blockquote>",
	"> a\n\n> > b"},
    {"Gmail's indent is no quote",
	"a<blockquote style=\"margin:0 0 0 40px;border:none\">b</blockquote>",
	"a\n\nb"},
    {"a link shows where it goes", "<a href=\"http://x.org/a\">here</a>",
	"here <http://x.org/a>"},
    {"a link that says so shows it once",
	"<a href=\"https://x.org/\">x.org</a>", "x.org"},
    {"a link in a quote shows it once",
	"<blockquote><a href=\"https://x.org/\">x.org</a></blockquote>",
	"> x.org"},
    {"a mail address is shown once",
	"<a href=\"mailto:a@x.org\">a@x.org</a>", "a@x.org"},
    {"a script's link is not shown", "<a href=\"javascript:x()\">a</a>",
	"a"},
    {"blanks round a link stay", "a <a href=\"http://x.org\">x.org</a> b",
	"a x.org b"},
    {"heads, styles and scripts are not read",
	"<head><title>t</title><style>s</style></head><script>x</script>a",
	"a"},
    {"what is not displayed is not read",
	"<div style=\"color:red; DISPLAY : none\">x</div>a", "a"},
    {"what is hidden is not read",
	"<span style=\"visibility:hidden\">x</span><p hidden>y</p>a", "a"},
    {"letters without size are not read, those with one within are",
	"<div style=\"font-size:0px\">x<b style=\"font-size:9pt\">a</b></div>",
	"a"},
    {"letters of nine tenths are read",
	"<span style=\"font-size:0.9em\">a</span>", "a"},
    {"what has no height is not read",
	"<div style=\"max-height:0;overflow:hidden\">x</div>a", "a"},
    {"a picture says what it shows", "<img src=a alt=\"a cat\">",
	"[a cat]"},
    {"a picture of one dot says nothing",
	"a<img src=a width=1 height=1 alt=x>", "a"},
    {"letters that fill previews are dropped", "a&#8203;b&shy;c", "abc"},
    {"comments are not read", "a<!-- x > y -->b", "ab"},
    {"what is not closed ends by itself", "<p>a<b>b<i>c<div>d",
	"abc\n\nd"},
};

START_TEST(html_becomes_text)
{
	struct arena *arena = arena_new(0);
	const char *text = as_text(arena, html_rows[_i].html);

	ck_assert_msg(strcmp(text, html_rows[_i].text) == 0, "%s: \"%s\"",
	    html_rows[_i].says, text);
	arena_free(arena);
}
END_TEST

START_TEST(html_of_every_beginning_is_text)
{
	struct arena *arena = arena_new(0);

	for (size_t i = 0; i < sizeof html_rows / sizeof *html_rows; i++) {
		struct span html = span_of(html_rows[i].html);

		for (size_t len = 0; len <= html.len; len++) {
			bool cut = false;
			char *copy = arena_copy(
			    arena, (struct span){html.at, len});
			struct span page = {copy, len};
			struct span s = html_to_text(arena, page, 1000, &cut);
			struct span tree =
			    html_to_text_slowly(arena, page, 1000, &cut);

			ck_assert(utf8_valid(s));
			/* Both ways through a page agree. */
			ck_assert(s.len == tree.len &&
				  (s.len == 0 || memcmp(s.at, tree.at, s.len) == 0));
		}
		arena_reset(arena);
	}
	arena_free(arena);
}
END_TEST

START_TEST(html_ends_at_its_limit_and_says_so)
{
	struct arena *arena = arena_new(0);
	bool cut = false;
	struct span s = html_to_text(
	    arena, span_of("<p>é</p><p>éé</p><p>é</p>"), 7, &cut);

	ck_assert(cut);
	ck_assert_uint_le(s.len, 7);
	ck_assert(utf8_valid(s));
	arena_free(arena);
}
END_TEST

/* Shapes that make naive readers slow or deep: `head` once, then `unit` until
 * there are 400 KB. Each would take gumbo alone, or a search that starts anew
 * at each line, many seconds or the stack. */
static const struct {
	const char *head, *unit;
} hostile_html[] = {
    {"", "<div>"}, {"", "<blockquote>x"}, {"", "<ul><li>"},
    {"", "<b><p>"}, {"", "<p><font a=%zu>"}, {"<a ", "a%zu "},
    {"", "<body a%zu=1>"}, {"<table>", "<b>x"}, {"", "<b><div></b>"},
    {"", "<object><div></object>"}, {"", "<div><object></div>"},
    {"<svg>", "<td>"}, {"<select><title></select>", "<div>"},
    {"<script><!--<script></script>", "<div>"}, {"<frameset>", "<div>"},
    {"<template><col><title></template>", "<div>"},
    {"", "<b><b><b><b><div></b></b></b></b>"}, {"", "<foo></bar>"},
    {"", "<!--"}, {"", "<"}, {"", "<a href=http://x.org/>"},
    {"<a href=\"", "x"}, {"", "&amp"}, {"", "<table><td>"},
    {"", "<div style='display:none'>"}, {"<p style='", "a:b;"},
}, hostile_text[] = {
    {"", ">"}, {"", ">\n"}, {"", "--\n"}, {"", "\n"}, {"", "----\n"},
    {"", "On 3 May 2026, a <a@b.c> wrote:\n"}, {"", "12:30 2026 a@b:\n"},
    {"On Mon ", "12:30 a@b "}, {"", "From: x\n"}, {"", "To: x\n\n\n"},
    {"", "Sent from my phone\n"}, {"", "Subject: a\n\n\nx"},
    {"", "-----Original Message---- x\n"}, {"", "<<<<@ 2026:\n"},
};

static struct span
repeated(struct arena *arena, const char *head, const char *unit)
{
	struct buf out = buf_in(arena);
	const char *number = strstr(unit, "%zu");

	buf_add_text(&out, head);
	for (size_t i = 0; out.len < 400000; i++) {
		if (number == NULL) {
			buf_add_text(&out, unit);
			continue;
		}
		buf_add(&out, span_from(unit, number));
		buf_print(&out, "%zu%s", i, number + 3);
	}
	return buf_span(&out);
}

START_TEST(hostile_html_ends_in_time)
{
	struct arena *arena = arena_new(0);
	bool cut = false;
	struct span s = html_to_text(arena,
	    repeated(arena, hostile_html[_i].head, hostile_html[_i].unit),
	    1000000, &cut);

	ck_assert_uint_le(s.len, 1000000);
	arena_free(arena);
}
END_TEST

START_TEST(hostile_text_ends_in_time)
{
	struct arena *arena = arena_new(0);
	struct span s = quote_new_text(arena, rules,
	    repeated(arena, hostile_text[_i].head, hostile_text[_i].unit));

	ck_assert_uint_le(s.len, 400100);
	arena_free(arena);
}
END_TEST

#define COUNT(rows) ((int)(sizeof(rows) / sizeof *(rows)))

static void
add_texts(TCase *all)
{
	tcase_add_loop_test(
	    all, new_text_is_told_from_quotes, 0, COUNT(quote_rows));
	tcase_add_loop_test(all, attributions_of_many_languages_are_known, 0,
	    COUNT(attributions));
	tcase_add_loop_test(all, header_blocks_of_many_languages_are_known,
	    0, COUNT(blocks));
	tcase_add_test(all, new_text_of_every_beginning_is_part_of_it);
	tcase_add_loop_test(all, html_becomes_text, 0, COUNT(html_rows));
	tcase_add_test(all, html_of_every_beginning_is_text);
	tcase_add_test(all, html_ends_at_its_limit_and_says_so);
	tcase_add_loop_test(
	    all, hostile_html_ends_in_time, 0, COUNT(hostile_html));
	tcase_add_loop_test(
	    all, hostile_text_ends_in_time, 0, COUNT(hostile_text));
}

int
main(void)
{
	Suite *suite = suite_create("text");
	TCase *all = tcase_create("all");
	SRunner *runner;
	int failed;

	tcase_add_unchecked_fixture(all, make_rules, free_rules);
	add_texts(all);
	suite_add_tcase(suite, all);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
