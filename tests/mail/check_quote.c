/* check_quote: replies as clients write them, and what is new in them. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "quote.h"

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

#define SAME NULL /* all of it is new */

static const struct {
	const char *says, *text, *new_text;
} rows[] = {
    /* Clients. */
    {"QQ Mail",
	"好的，谢谢。\n\n\n------------------ 原始邮件 ------------------\n"
	"发件人: \"Desk\" <d@x.org>;\n发送时间: 2026年11月2日(星期一) 上午10:00\n"
	"收件人: \"Anna\"<a@x.org>;\n主题: Re: 问题\n\n旧\n",
	"好的，谢谢。"},
    {"QQ Mail with no-break spaces",
	"收到\n\n------------------ 原始邮件 ------------------\n"
	"发件人:                                                "
	"\"Desk\"<d@x.org>;\n发送时间: 2026年11月2日\n"
	"收件人: \"Anna\"<a@x.org>;\n主题: x\n\n旧",
	"收到"},
    {"163",
	"已经解决。\n\n\n\n\n\n在 2026-11-02 10:00:00，\"Desk\" <d@x.org> 写道：\n"
	"\n旧的文字\n",
	"已经解决。"},
    {"163, At in English",
	"OK\n\n\nAt 2026-11-02 10:00:00, \"Desk\" <d@x.org> wrote:\n\nold\n",
	"OK"},
    {"163's reply head",
	"谢谢\n---- 回复的原邮件 ----\n| 发件人 | Desk<d@x.org> |\n"
	"| 日期 | 2026年11月02日 10:00 |\n| 收件人 | Anna |\n| 主题 | x |\n旧",
	"谢谢"},
    {"Foxmail",
	"好\n\n\n\nanna@x.org\n \n发件人： Desk\n发送时间： 2026-11-02 10:00\n"
	"收件人： anna\n主题： x\n旧\n",
	"好\n\n\n\nanna@x.org"},
    {"Outlook for the desktop in Japanese",
	"承知しました。\n\n\nFrom: Desk <d@x.org>\nSent: Monday, November 2, "
	"2026 10:00 AM\nTo: Anna <a@x.org>\nSubject: RE: x\n\n旧\n",
	"承知しました。"},
    {"Outlook on the web",
	"Thanks\n________________________________\nFrom: Desk <d@x.org>\n"
	"Sent: 02 November 2026 10:00\nTo: Anna <a@x.org>\nSubject: x\n\nold",
	"Thanks"},
    {"Outlook for iOS",
	"Works now.\n\nGet Outlook for iOS<https://aka.example/o0ukef>\n"
	"________________________________\nFrom: Desk <d@x.org>\nSent: Monday"
	"\nTo: Anna\nSubject: x\n\nold",
	"Works now."},
    {"Outlook for Android in German",
	"Geht.\n\nOutlook für Android herunterladen<https://aka.example/x>\n"
	"________________________________\nVon: Desk <d@x.org>\nGesendet: "
	"Montag\nAn: Anna\nBetreff: x\n\nalt",
	"Geht."},
    {"Windows Mail",
	"Yes\n\nSent from Mail for Windows 10\n\nFrom: Desk\nSent: Monday\n"
	"To: Anna\nSubject: x\n\nold",
	"Yes"},
    {"Windows Mail with its link",
	"Yes\n\nSent from Mail<https://go.example/fwlink/?LinkId=5> for "
	"Windows\n\nFrom: Desk\nSent: Monday\nTo: Anna\nSubject: x\n\nold",
	"Yes"},
    {"Apple Mail",
	"Fine, thanks.\n\n> On 2 Nov 2026, at 10:00, Desk <d@x.org> wrote:\n> "
	"\n> old\n",
	"Fine, thanks."},
    {"an iPhone",
	"Fine\n\nSent from my iPhone\n\n> On 2 Nov 2026, at 10:00, Desk "
	"<d@x.org> wrote:\n> \n> old\n",
	"Fine"},
    {"an iPhone, its line below the quote's head",
	"Fine\n\nOn 2 Nov 2026, at 10:00, Desk <d@x.org> wrote:\n\n> old\n\n"
	"Sent from my iPhone",
	"Fine"},
    {"Thunderbird below",
	"On 02/11/2026 10:00, Desk wrote:\n> old\n> older\n\nYes, it is.\n",
	"Yes, it is."},
    {"Thunderbird inline",
	"Am 02.11.26 um 10:00 schrieb Desk:\n> Wann?\nGestern.\n> Wo?\n"
	"Im Büro.\n",
	"Gestern.\n\nIm Büro."},
    {"Lotus Notes",
	"Thanks.\n\n\n\n\nFrom:   Desk/Example\nTo:     Anna/Example@Example\n"
	"Date:   02.11.2026 10:00\nSubject:        x\n\n\n\nold",
	"Thanks."},
    {"Lotus Notes in German",
	"Danke.\n\n\nVon:        Desk/Example\nAn:        Anna/Example\n"
	"Datum:        02.11.2026 10:00\nBetreff:        x\n\nalt",
	"Danke."},
    {"Yahoo",
	"It is.\n\n    On Monday, November 2, 2026, 10:00:00 AM UTC, Desk "
	"<d@x.org> wrote:  \n \n old\n",
	"It is."},
    {"Yahoo's app",
	"It is.\n\nSent from Yahoo Mail for iPhone\n\n\nOn Monday, November 2, "
	"2026, 10:00 AM, Desk <d@x.org> wrote:\n\nold\n",
	"It is."},
    {"Yahoo's app on Android",
	"It is.\n\nSent from Yahoo Mail on Android \n \n  On Mon, Nov 2, 2026 "
	"at 10:00, Desk<d@x.org> wrote:   old\n",
	"It is."},
    {"Samsung",
	"Ok\n\n\nSent from my Galaxy\n\n\n-------- Original message --------\n"
	"From: Desk <d@x.org>\nDate: 02/11/2026 10:00 (GMT+01:00)\nTo: Anna\n"
	"Subject: x\n\nold",
	"Ok"},
    {"Samsung in German",
	"Ok\n\nVon meinem Samsung Galaxy Smartphone gesendet.\n\n-------- "
	"Ursprüngliche Nachricht --------\nVon: Desk <d@x.org>\nDatum: "
	"02.11.26\nalt",
	"Ok"},
    {"Zoho",
	"Good.\n\n\n---- On Mon, 02 Nov 2026 10:00:00 +0100 Desk <d@x.org> "
	"wrote ----\n\nold",
	"Good."},
    {"Proton",
	"Good.\n\nSent with Proton Mail secure email.\n\n------- Original "
	"Message -------\nOn Monday, November 2nd, 2026 at 10:00 AM, Desk "
	"<d@x.org> wrote:\n\n\n> old\n",
	"Good."},
    {"Proton of today",
	"Good.\n\nOn Monday, November 2nd, 2026 at 10:00 AM, Desk <d@x.org> "
	"wrote:\n\n> old\n",
	"Good."},
    {"K-9",
	"Right.\n\nAm 2. November 2026 10:00:00 MEZ schrieb Desk <d@x.org>:\n"
	">alt\n>älter\n\n-- \nDiese Nachricht wurde von meinem Android-Gerät "
	"mit K-9 Mail gesendet.",
	"Right."},
    {"Mutt", "* Desk <d@x.org> [2026-11-02 10:00]:\n> old?\nNo.\n", "No."},
    {"Mutt in its common dress",
	"On Mon, Nov 02, 2026 at 10:00:00AM +0100, Desk wrote:\n> old?\n\nNo."
	"\n\n-- \nAnna\n",
	"No."},
    {"Gmail over two lines",
	"Sure.\n\nOn Mon, Nov 2, 2026 at 10:00 AM Example Support Desk <\n"
	"support+abcdefghijklmnop@example.com> wrote:\n\n> old\n",
	"Sure."},
    {"Gmail in Spanish over two lines",
	"Sí.\n\nEl lun, 2 nov 2026 a las 10:00, Example Support Desk\n"
	"(<support@example.com>) escribió:\n\n> viejo\n",
	"Sí."},
    {"Gmail in Russian over two lines",
	"Да.\n\nпн, 2 нояб. 2026 г. в 10:00, Example Support Desk "
	"<\nsupport@example.com>:\n\n> старое\n",
	"Да."},
    {"an attribution over three lines, unmarked quote",
	"Sure.\n\nOn Mon, Nov 2, 2026 at 10:00 AM\nExample Support Desk\n"
	"<support@example.com> wrote:\n\nold\n",
	"Sure."},
    {"Outlook's plain text",
	"Sure.\n\n-----Original Message-----\nFrom: Desk [mailto:d@x.org] \n"
	"Sent: Monday\nTo: Anna\nSubject: x\n\nold",
	"Sure."},
    {"BlackBerry",
	"Sure.\nSent from my BlackBerry 10 smartphone on the EE network.\n"
	"From: Desk\nSent: Monday\nTo: Anna\nSubject: x\n\nold",
	"Sure."},
    {"a block in bold of HTML",
	"Sure.\n\n*Von:* Desk <d@x.org>\n*Gesendet:* Montag\n*An:* Anna\n"
	"*Betreff:* x\n\nalt",
	"Sure."},
    {"an answer above and one between",
	"See below.\n\nOn 2 Nov 2026, Desk <d@x.org> wrote:\n> One?\n\n"
	"Yes.\n\n> Two?\n\nNo.\n\nAnna",
	"See below.\n\nYes.\n\nNo.\n\nAnna"},
    {"quotes of quotes",
	"Yes.\n\nOn 2 Nov 2026, Desk <d@x.org> wrote:\n>> older\n>> old\n> "
	"new\n",
	"Yes."},
    /* Signatures. */
    {"a signature above the quote",
	"Yes.\n\n-- \nAnna\nExample\n+49 1\n\nOn 2 Nov 2026, Desk <d@x.org> "
	"wrote:\n> old\n",
	"Yes."},
    {"a line of two dashes without a blank", "Yes.\n--\nAnna", "Yes."},
    {"thanks and a name are the person's", "Yes.\n\nThanks,\nAnna", SAME},
    {"a phone's line above a signature's rest stays when words follow",
	"Sent from my phone.\nThe rest comes later.", SAME},
    /* Notices. */
    {"a confidentiality notice at the end",
	"It works.\n\nThis e-mail and its attachments are confidential and "
	"intended solely for the addressee. If you are not the intended "
	"recipient, please delete it.",
	"It works."},
    {"a notice in German",
	"Es geht.\n\nDiese E-Mail enthält vertrauliche und/oder rechtlich "
	"geschützte Informationen. Wenn Sie nicht der richtige Adressat sind, "
	"löschen Sie sie bitte.",
	"Es geht."},
    {"a notice over several lines",
	"It works.\n\nCONFIDENTIALITY NOTICE: This message is intended\nfor the "
	"person named above, may be privileged\nand must not be copied.\n",
	"It works."},
    {"a notice above the quote",
	"It works.\n\nThis message is confidential and intended only for the "
	"recipient.\n\nOn 2 Nov 2026, Desk <d@x.org> wrote:\n> old",
	"It works."},
    {"words below a notice keep it",
	"This message is confidential and intended only for you.\n\nHow do I "
	"switch that text off?",
	SAME},
    {"a person's word on confidence is no notice",
	"The report.\n\nThis message is confidential, so please do not tell "
	"Bob. My password is in it; can you reset it?",
	SAME},
    {"a mail of nothing but a notice is kept",
	"This e-mail is confidential and intended solely for the addressee. "
	"If you are not the intended recipient, delete it.",
	SAME},
    /* What is no quote. */
    {"a table of names and values",
	"Name: Anna\nHost: vm-1\nDate: Monday\nError: 42", SAME},
    {"a log", "2026-11-02 10:00:00 sshd[1]: user d@x.org wrote:\n12 octets",
	SAME},
    {"a question about a quote",
	"On Monday you wrote:\n\"it will work\"\nIt does not.", SAME},
    {"a greater-than at a shell's prompt stays with its line",
	"I ran\n$ cat a > b\nand nothing came.", SAME},
    {"a markdown rule", "One.\n\n-----\n\nTwo.", SAME},
    {"a journey", "From: Berlin\nTo: Bonn\nDate: Monday\nPlease book.",
	SAME},
    {"a form", "Von: Montag\nBis: Freitag\nAn: alle", SAME},
    {"a line that ends in wrote without anybody",
	"Here is what the log wrote:\nerror 5\nerror 6", SAME},
    {"a Chinese sentence with a colon",
	"问题如下：\n主题: 无法登录\n时间: 昨天", SAME},
    {"a Japanese list", "件名: 障害\n日時: 昨日\n場所: 東京", SAME},
    {"a German sentence that begins with Am",
	"Am 2.11.2026 um 10:00 ging es nicht:\nFehler 5", SAME},
    {"a code block with dashes",
	"-----BEGIN CERTIFICATE-----\nMIIB\n-----END CERTIFICATE-----", SAME},
    {"a diff", "--- a/x\n+++ b/x\n@@ -1 +1 @@\n-old\n+new", SAME},
    {"yaml", "---\nfrom: a\nto: b\n", "---\nfrom: a\nto: b"},
    {"a header somebody pastes to ask about",
	"Why does my mail have this?\nReceived: from a\nX-Spam: yes\n"
	"Authentication-Results: x", SAME},
    {"a sentence about a phone", "Sent from my phone, sorry for the typos, "
	"but the server is down.", SAME},
    {"an empty answer above a quote",
	"\n\nOn 2 Nov 2026, Desk <d@x.org> wrote:\n> old", ""},
};

START_TEST(replies_are_read)
{
	struct arena *arena = arena_new(0);
	const char *left = arena_copy(arena,
	    quote_new_text(arena, rules, span_of(rows[_i].text)));
	const char *wanted =
	    rows[_i].new_text ? rows[_i].new_text : rows[_i].text;

	ck_assert_msg(strcmp(left, wanted) == 0, "%s: \"%s\"", rows[_i].says,
	    left);
	arena_free(arena);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("quote");
	TCase *tcase = tcase_create("quote");
	SRunner *runner;
	int failed;

	tcase_add_unchecked_fixture(tcase, make_rules, free_rules);
	tcase_add_loop_test(
	    tcase, replies_are_read, 0, sizeof rows / sizeof *rows);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
