/* check_answers: answers between and below what is quoted, which must not be
 * lost, and what clients and scanners add, which is nobody's word. */
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

struct row {
	const char *says, *text, *new_text;
};

/* Answers below and between: whoever answers so must not be cut off. */
static const struct row between[] = {
    {"Outlook Express, answers between",
	"----- Original Message ----- \nFrom: \"Desk\" <d@x.org>\nTo: "
	"<a@x.org>\nSent: Monday, November 02, 2026 10:00 AM\nSubject: x\n\n\n"
	"> Is it on?\n\nYes.\n\n> Since when?\n\nNoon.\n",
	"Yes.\n\nNoon."},
    {"Outlook Express, the answer below",
	"----- Original Message -----\nFrom: \"Desk\" <d@x.org>\nTo: <a@x.org>"
	"\nSubject: x\n\n> Is it on?\n> Since when?\n\nSince noon.\n",
	"Since noon."},
    {"Outlook's header block with marks below, in German",
	"Von: Desk <d@x.org>\nGesendet: Montag\nAn: Anna <a@x.org>\nBetreff: x"
	"\n\n> Läuft es?\nJa.\n\n> Seit wann?\nSeit Mittag.\n",
	"Ja.\n\nSeit Mittag."},
    {"Proton, the answer below",
	"------- Original Message -------\nOn Monday, November 2nd, 2026 at "
	"10:00 AM, Desk <d@x.org> wrote:\n\n\n> Is it on?\n\nYes.\n",
	"Yes."},
    {"The Bat!, with initials for marks",
	"Hello Desk,\n\nMonday, November 2, 2026, 10:00:00 AM, you wrote:\n\n"
	"DS> Is it on?\n\nYes.\n\nDS> Since when?\nDS> And how?\n\nNoon.\n",
	"Hello Desk,\n\nYes.\n\nNoon."},
    {"The Bat! in Russian, the answer above",
	"Да.\n\nПонедельник, 2 ноября 2026 г., 10:00:00, Вы писали:\n\n"
	"D> Работает?\nD>> старее\n",
	"Да."},
    {"a prompt is no mark",
	"I typed this:\n\nmysql> select 1;\nSQL> select 2;\nPS> dir\n", SAME},
    {"a prompt below an attribution is no mark either",
	"> On 2 Nov 2026, Desk <d@x.org> wrote:\n> Show me.\n\nSQL> select 1;",
	"SQL> select 1;"},
    {"Thunderbird in Chinese, answers between",
	"在 2026/11/2 10:00, Desk 写道:\n> 打开了吗？\n打开了。\n> 什么时候？\n中午。",
	"打开了。\n\n中午。"},
    {"Gmail in Japanese, the answer below",
	"2026年11月2日(月) 10:00 Desk <d@x.org>:\n\n> 動きますか。\n\n動きます。\n",
	"動きます。"},
    {"Mutt in French, the answer below",
	"Le lun. 02 nov. 2026 à 10:00:00 +0100, Desk a écrit :\n> Ça marche ?"
	"\n\nOui.\n",
	"Oui."},
    {"answers that a person marks with a name",
	"See my answers below.\n\nOn 2 Nov 2026, at 10:00, Desk <d@x.org> "
	"wrote:\n\n> Is it on?\n[Anna] Yes.\n> Since when?\n[Anna] Noon.\n",
	"See my answers below.\n\n[Anna] Yes.\n\n[Anna] Noon."},
    {"a header block that is asked about, below",
	"I got this, what is it?\n\n> From: Bank <b@y.org>\n> To: Anna\n> "
	"Subject: money\n> \n> Send it.\n\nIs it yours?\n",
	"I got this, what is it?\n\nIs it yours?"},
    {"a person who tells when something was written",
	"On 2 November 2026 your colleague wrote:\nplease restart it.\nI did, "
	"and it is still dark.", SAME},
    {"in German", "Am 2. November 2026 schrieb Ihr Kollege:\nbitte neu "
	"starten.\nDas half nicht.", SAME},
    {"in French", "Le 2 novembre 2026, votre collègue a écrit :\nredémarrez."
	"\nCela n'a rien changé.", SAME},
    {"in Russian", "2 ноября 2026 ваш коллега написал:\nперезапустите.\nНе "
	"помогло.", SAME},
    /* Signatures and what looks like one. */
    {"a question below two dashes is the person's",
	"I have two problems.\n--\nFirst: the printer is silent.\nSecond: can "
	"you see it?\n",
	SAME},
    {"a text cut in parts by dashes",
	"The mouse is gone.\n--\nThe keyboard is gone.\n--\nThe rest is fine.",
	SAME},
    {"a greeting alone says nothing, so what follows is the message",
	"Hello,\n\n--\nThe printer is silent.", SAME},
    {"a greeting in German", "Hallo zusammen,\n--\nder Drucker steht.", SAME},
    {"a greeting in Chinese", "您好！\n--\n打印机坏了。", SAME},
    {"a greeting in French", "Bonjour Madame,\n-- \nAnna Petit", SAME},
    {"a greeting and a phone: it was sent too early",
	"Hi,\n\nSent from my iPhone\n\n> On 2 Nov 2026, at 10:00, Desk "
	"<d@x.org> wrote:\n> \n> old\n",
	"Hi,\n\nSent from my iPhone"},
    {"more than a greeting, and a signature",
	"Hello, it works.\n\n-- \nAnna", "Hello, it works."},
    {"thanks and a signature", "Thanks!\n-- \nAnna\nExample GmbH", "Thanks!"},
};

/* What clients and scanners add below. */
static const struct row added[] = {
    {"Samsung in French, with a full stop",
	"Oui\n\nEnvoyé depuis mon smartphone Samsung Galaxy.", "Oui"},
    {"Samsung in Spanish", "Sí\n\nEnviado desde mi smartphone Samsung Galaxy.",
	"Sí"},
    {"Samsung in Italian",
	"Sì\n\nInviato dal mio smartphone Samsung Galaxy.", "Sì"},
    {"Samsung in Dutch",
	"Ja\n\nVerzonden vanaf mijn Samsung Galaxy-smartphone.", "Ja"},
    {"Samsung in Polish", "Tak\n\nWysłane ze smartfona Samsung Galaxy.",
	"Tak"},
    {"Samsung in Russian",
	"Да\n\nОтправлено со смартфона Samsung Galaxy.", "Да"},
    {"Samsung in Swedish", "Ja\n\nSkickat från min Samsung Galaxy smartphone.",
	"Ja"},
    {"Samsung in Hungarian",
	"Igen\n\nSamsung Galaxy okostelefonról küldve.", "Igen"},
    {"Samsung in Korean", "네\n\n\n나의 Galaxy에서 보냄", "네"},
    {"Xiaomi in Chinese", "好\n\n发自我的小米手机", "好"},
    {"Huawei in Chinese", "好\n\n发自我的华为手机", "好"},
    {"QQ's phone", "好\n\n发自我的iPhone", "好"},
    {"Yahoo in Spanish",
	"Sí\n\nEnviado desde Yahoo Mail para iPhone<https://y.example/x>", "Sí"},
    {"Gmail on the phone, in Portuguese", "Sim\n\nEnviado do Gmail para iPhone",
	"Sim"},
    {"Mail for Windows in French",
	"Oui\n\nProvenance : Courrier<https://go.microsoft.com/fwlink/?LinkId="
	"550986> pour Windows 10",
	"Oui"},
    {"Mail for Windows in German",
	"Ja\n\nGesendet von Mail<https://go.microsoft.com/fwlink/?LinkId="
	"550986> für Windows 10",
	"Ja"},
    {"Mail for Windows in Chinese",
	"好\n\n从 Windows 版邮件<https://go.microsoft.com/fwlink/?LinkId=550986>"
	"发送",
	"好"},
    {"a scanner's line",
	"It works.\n\n<https://www.avast.com/sig-email>\nVirus-free."
	"www.avast.com<https://www.avast.com/sig-email>",
	"It works."},
    {"a scanner's line in Spanish", "Ya va.\n\nLibre de virus. www.avast.com",
	"Ya va."},
    {"a scanner's sentence",
	"It works.\n\n---\nThis email has been checked for viruses by Avast "
	"antivirus software.\nwww.avast.com\n",
	"It works."},
    {"a person on a scanner",
	"The scanner says that my mail is not virus-free. Why?", SAME},
    {"a person about a phone",
	"Which program I use?\n\nOutlook for Android", SAME},
    {"somebody sent goods", "Where is it?\n\nSent from the warehouse on "
	"Monday", SAME},
    {"in German", "Wo ist es?\n\nVerschickt mit DHL am Montag", SAME},
    {"in French", "Où est le colis ?\n\nEnvoyé par Chronopost hier", SAME},
    {"in Italian", "Dov'è?\n\nInviato con raccomandata lunedì", SAME},
    {"in Dutch", "Waar is het?\n\nVerzonden met PostNL", SAME},
    {"in Turkish", "Ödemedim.\n\nFatura dün gönderildi", SAME},
    {"in Finnish", "Missä se on?\n\nLähetetty maanantaina", SAME},
    {"in Russian", "Где посылка?\n\nОтправлено через СДЭК вчера", SAME},
    {"in Polish", "Gdzie to jest?\n\nWysłano z Warszawy", SAME},
    {"in Chinese, a sentence that begins with From",
	"你好，系统有问题。\n\n从昨天开始不能登录", SAME},
    {"in Japanese", "ご確認ください。\n\n請求書は昨日FAXで送信", SAME},
    {"in Korean", "확인해 주세요.\n\n어제 본사에서 전송", SAME},
    {"in Arabic", "أين الطرد؟\n\nتم الإرسال من المستودع", SAME},
    {"a person about a place", "Dónde está el paquete:\n\nEnviado desde la "
	"oficina de Madrid.", SAME},
    {"a notice in Ukrainian",
	"Працює.\n\nЦе повідомлення містить конфіденційну інформацію і "
	"призначене лише для адресата. Якщо ви отримали його помилково, "
	"видаліть його.",
	"Працює."},
    {"a notice in Bulgarian",
	"Работи.\n\nТова съобщение съдържа поверителна информация и е "
	"предназначено само за адресата. Ако сте го получили по погрешка, моля "
	"изтрийте го.",
	"Работи."},
    {"a notice in Slovak",
	"Ide to.\n\nTáto správa obsahuje dôverné informácie a je určená len "
	"adresátovi. Ak ste ju dostali omylom, vymažte ju.",
	"Ide to."},
    {"a notice in Croatian",
	"Radi.\n\nOva poruka sadrži povjerljive informacije namijenjene samo "
	"primatelju. Ako ste je primili greškom, obrišite je.",
	"Radi."},
    {"a notice in Thai",
	"ได้แล้ว\n\nอีเมลฉบับนี้เป็นความลับและมีไว้สำหรับผู้รับที่ระบุไว้เท่านั้น "
	"หากท่านได้รับโดยผิดพลาด โปรดลบทิ้ง",
	"ได้แล้ว"},
    {"a notice in Persian",
	"درست شد.\n\nاین ایمیل محرمانه است و فقط برای گیرنده آن ارسال شده است. "
	"اگر به اشتباه دریافت کرده‌اید آن را حذف کنید.",
	"درست شد."},
    {"a notice in German and in English",
	"Ja.\n\nDiese E-Mail enthält vertrauliche Informationen und ist nur für "
	"den genannten Empfänger bestimmt.\n\nThis e-mail contains confidential "
	"information and is intended only for the addressee.",
	"Ja."},
};

static void
check_row(const struct row *row)
{
	struct arena *arena = arena_new(0);
	const char *left = arena_copy(
	    arena, quote_new_text(arena, rules, span_of(row->text)));
	const char *wanted = row->new_text ? row->new_text : row->text;
	/* The text's own last line end is no word of anybody. */
	struct span all = span_trim(span_of(wanted));

	ck_assert_msg(strlen(left) == all.len &&
		memcmp(left, all.at, all.len) == 0,
	    "%s: \"%s\"", row->says, left);
	arena_free(arena);
}

START_TEST(answers_below_and_between_are_kept)
{
	check_row(&between[_i]);
}
END_TEST

START_TEST(what_clients_add_is_set_apart)
{
	check_row(&added[_i]);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("answers");
	TCase *tcase = tcase_create("answers");
	SRunner *runner;
	int failed;

	tcase_add_unchecked_fixture(tcase, make_rules, free_rules);
	tcase_add_loop_test(tcase, answers_below_and_between_are_kept, 0,
	    sizeof between / sizeof *between);
	tcase_add_loop_test(tcase, what_clients_add_is_set_apart, 0,
	    sizeof added / sizeof *added);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
