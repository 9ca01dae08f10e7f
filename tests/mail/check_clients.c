/* check_clients: replies as the mail clients of the world write them, each in
 * the shape of one client and one language. */
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

#define RULE "________________________________\n"

struct row {
	const char *says, *text, *new_text;
};

/* Above what is quoted. */
static const struct row above[] = {
    /* Outlook, Exchange and their phones. */
    {"Outlook in Chinese with a copy",
	"已收到，谢谢。\n\n发件人: Desk <d@x.org> \n发送时间: 2026年11月2日 "
	"10:00\n收件人: Anna <a@x.org>\n抄送: Bob <b@x.org>\n主题: RE: x\n\n旧",
	"已收到，谢谢。"},
    {"Outlook on the web in Traditional Chinese",
	"收到。\n" RULE "寄件者: Desk <d@x.org>\n寄件日期: 2026年11月2日 上午 "
	"10:00\n收件者: Anna <a@x.org>\n主旨: x\n\n舊",
	"收到。"},
    {"Outlook's phone in Chinese",
	"可以了\n\n获取 Outlook for iOS<https://aka.ms/o0ukef>\n" RULE
	"发件人: Desk <d@x.org>\n发送时间: 周一\n收件人: Anna\n主题: x\n\n旧",
	"可以了"},
    {"Outlook's phone in Japanese",
	"できました。\n\nOutlook for iOS<https://aka.ms/o0ukef> を入手\n" RULE
	"差出人: Desk <d@x.org>\n送信日時: 月曜日\n宛先: Anna\n件名: x\n\n旧",
	"できました。"},
    {"Outlook's phone in Korean",
	"됩니다.\n\nAndroid용 Outlook<https://aka.ms/AAb9ysg> 다운로드\n" RULE
	"보낸 사람: Desk <d@x.org>\n보낸 날짜: 월요일\n받는 사람: Anna\n제목: x\n",
	"됩니다."},
    {"Outlook's phone in German",
	"Geht.\n\nHol dir Outlook für iOS<https://aka.ms/o0ukef>\n" RULE
	"Von: Desk <d@x.org>\nGesendet: Montag\nAn: Anna\nBetreff: x\n\nalt",
	"Geht."},
    {"Outlook's phone in French",
	"Merci.\n\nObtenir Outlook pour Android<https://aka.ms/AAb9ysg>\n" RULE
	"De : Desk <d@x.org>\nEnvoyé : lundi 2 novembre 2026 10:00\nÀ : Anna "
	"<a@x.org>\nObjet : x\n\nvieux",
	"Merci."},
    {"Outlook's phone in Polish",
	"Działa.\n\nPobierz aplikację Outlook dla systemu iOS<https://aka.ms/"
	"o0ukef>\n" RULE "Od: Desk <d@x.org>\nWysłane: poniedziałek\nDo: Anna\n"
	"Temat: x\n\nstare",
	"Działa."},
    {"Outlook's phone in Turkish",
	"Çalışıyor.\n\niOS için Outlook<https://aka.ms/o0ukef>'u edinin\n" RULE
	"Gönderen: Desk <d@x.org>\nGönderildi: Pazartesi\nKime: Anna\nKonu: x\n"
	"\neski",
	"Çalışıyor."},
    {"Outlook's phone in Hebrew",
	"עובד.\n\nקבל את Outlook עבור iOS<https://aka.ms/o0ukef>\n" RULE
	"מאת: Desk <d@x.org>\nנשלח: יום שני\nאל: Anna\nנושא: x\n\nישן",
	"עובד."},
    {"Outlook's phone in Arabic",
	"شكرا.\n\nالحصول على Outlook لـ Android<https://aka.ms/AAb9ysg>\n" RULE
	"من: Desk <d@x.org>\nتم الإرسال: الاثنين\nإلى: Anna\nالموضوع: x\n\nقديم",
	"شكرا."},
    {"Outlook's phone in Thai",
	"ได้แล้ว\n\nดาวน์โหลด Outlook สำหรับ iOS<https://aka.ms/o0ukef>\n" RULE
	"จาก: Desk <d@x.org>\nส่ง: วันจันทร์\nถึง: Anna\nเรื่อง: x\n\nเก่า",
	"ได้แล้ว"},
    {"Outlook's phone in Russian",
	"Работает.\n\nПолучить Outlook для Android<https://aka.ms/AAb9ysg>\n"
	RULE "От: Desk <d@x.org>\nОтправлено: понедельник\nКому: Anna\nТема: x",
	"Работает."},
    {"Outlook's phone in Romanian",
	"Merge.\n\nObțineți Outlook pentru iOS<https://aka.ms/o0ukef>\n" RULE
	"De la: Desk <d@x.org>\nTrimis: luni\nCătre: Anna\nSubiect: x\n\nvechi",
	"Merge."},
    {"Outlook's phone in Hungarian",
	"Működik.\n\nA iOS-hez készült Outlook beszerzése<https://aka.ms/"
	"o0ukef>\n" RULE "Feladó: Desk <d@x.org>\nElküldve: hétfő\nCímzett: "
	"Anna\nTárgy: x\n\nrégi",
	"Működik."},
    {"Outlook for the Mac",
	"Fine.\n\n\nFrom: Desk <d@x.org>\nDate: Monday, 2 November 2026 at "
	"10:00\nTo: Anna <a@x.org>\nCc: Bob <b@x.org>\nSubject: Re: x\nold",
	"Fine."},
    {"Exchange ActiveSync",
	"Fine.\n\n\n-------- Original message --------\nSubject: x\nFrom: "
	"Desk \nTo: Anna \nCC: \n\n\nold",
	"Fine."},
    /* Gmail. */
    {"Gmail in Arabic with its marks",
	"شكرا\n\n\xe2\x80\xab""في الاثنين، 2 نوفمبر 2026 في 10:00 ص تمت كتابة "
	"ما يلي بواسطة \xe2\x80\xaa""Desk\xe2\x80\xac\xe2\x80\x8f <\xe2\x80\xaa"
	"d@x.org\xe2\x80\xac\xe2\x80\x8f>:\xe2\x80\xac\n\n> قديم\n",
	"شكرا"},
    {"Gmail in Hindi", "ठीक है\n\nसोम, 2 नव॰ 2026 को 10:00 am बजे को Desk "
	"<d@x.org> ने लिखा:\n\n> पुराना\n",
	"ठीक है"},
    {"Gmail in Portuguese of Brazil over two lines",
	"Sim.\n\nEm seg., 2 de nov. de 2026 às 10:00, Example Support Desk <\n"
	"support@example.com> escreveu:\n\n> velho\n",
	"Sim."},
    {"Gmail in Portuguese of Portugal",
	"Sim.\n\nDesk <d@x.org> escreveu (segunda, 2/11/2026 à(s) 10:00):\n\n"
	"> velho\n",
	"Sim."},
    {"Gmail in French over two lines",
	"Oui.\n\nLe lun. 2 nov. 2026 à 10:00, Example Support Desk <\n"
	"support+abcdefghijklmnop@example.com> a écrit :\n\n> vieux\n",
	"Oui."},
    {"Gmail in Japanese over two lines",
	"はい。\n\n2026年11月2日(月) 10:00 Example Support Desk <\n"
	"support+abcdefghijklmnop@example.com>:\n\n> 旧\n",
	"はい。"},
    /* Apple Mail. */
    {"Apple Mail in Portuguese of Portugal",
	"Sim.\n\n> No dia 02/11/2026, às 10:00, Desk <d@x.org> escreveu:\n> \n"
	"> velho\n",
	"Sim."},
    {"Apple Mail in Portuguese, quote without marks",
	"Sim.\n\nNo dia 02/11/2026, às 10:00, Desk <d@x.org> escreveu:\n\n"
	"velho\n",
	"Sim."},
    {"Apple Mail in Polish",
	"Tak.\n\n> Wiadomość napisana przez Desk <d@x.org> w dniu 2 lis 2026, o "
	"godz. 10:00:\n> \n> stare\n",
	"Tak."},
    {"Apple Mail in Hungarian",
	"Igen.\n\n2026. nov. 2. dátummal, 10:00 időpontban Desk <d@x.org> írta:"
	"\n\nrégi\n",
	"Igen."},
    {"Apple Mail in Finnish",
	"Kyllä.\n\nDesk <d@x.org> kirjoitti 2.11.2026 kello 10.00:\n\nvanha\n",
	"Kyllä."},
    {"Apple Mail in Greek",
	"Ναι.\n\n2 Νοε 2026, 10:00 πμ, ο χρήστης «Desk <d@x.org>» έγραψε:\n\n"
	"παλιό\n",
	"Ναι."},
    {"Apple Mail in Czech, which has no verb",
	"Ano.\n\n2. 11. 2026 v 10:00, Desk <d@x.org>:\n\nstaré\n", "Ano."},
    {"Apple Mail in Dutch",
	"Ja.\n\nOp 2 nov 2026, om 10:00 heeft Desk <d@x.org> het volgende "
	"geschreven:\n\noud\n",
	"Ja."},
    {"Apple Mail in Croatian",
	"Da.\n\nDana 2. stu 2026., u 10:00, Desk <d@x.org> je napisao/la:\n\n"
	"staro\n",
	"Da."},
    {"Apple Mail in Korean",
	"네.\n\n2026. 11. 2. 오전 10:00, Desk <d@x.org> 작성:\n\n옛것\n", "네."},
    {"Apple Mail in Chinese",
	"好。\n\n2026年11月2日 10:00，Desk <d@x.org> 写道：\n\n旧\n", "好。"},
    {"Apple Mail in Japanese",
	"はい。\n\n2026/11/02 10:00、Desk <d@x.org>のメール:\n\n旧\n", "はい。"},
    {"Apple Mail in Arabic",
	"نعم.\n\nفي ٢ نوفمبر ٢٠٢٦، الساعة ١٠:٠٠ ص، كتب Desk <d@x.org>:\n\nقديم",
	"نعم."},
    {"Apple Mail in Hebrew",
	"כן.\n\nב-2 בנוב׳ 2026, בשעה 10:00, ‏Desk ‏<d@x.org> כתב/ה:\n\nישן",
	"כן."},
    {"Apple Mail in Turkish",
	"Evet.\n\nDesk <d@x.org> şunları yazdı (2 Kas 2026 10:00):\n\neski",
	"Evet."},
    {"Apple Mail in Vietnamese",
	"Vâng.\n\nVào 10:00, 2 thg 11, 2026, Desk <d@x.org> đã viết:\n\ncũ",
	"Vâng."},
    /* Thunderbird, whose quote HTML's conversion left without marks. */
    {"Thunderbird in Korean",
	"네.\n\n2026-11-02 오전 10:00에 Desk 이(가) 쓴 글:\n\n옛것", "네."},
    {"Thunderbird in Chinese",
	"好。\n\n在 2026/11/2 10:00, Desk 写道:\n\n旧", "好。"},
    {"Thunderbird in Traditional Chinese",
	"好。\n\nDesk 於 2026/11/2 10:00 寫道:\n> 舊", "好。"},
    {"Thunderbird in Japanese",
	"はい。\n\n2026/11/02 10:00, Desk wrote:\n\n旧", "はい。"},
    {"Thunderbird in Portuguese of Portugal",
	"Sim.\n\nÀs 10:00 de 02/11/2026, Desk escreveu:\n\nvelho", "Sim."},
    {"Thunderbird in Estonian",
	"Jah.\n\nDesk kirjutas 02.11.2026 kell 10:00:\n> vana", "Jah."},
    {"Thunderbird in Vietnamese",
	"Vâng.\n\nVào lúc 10:00 ngày 02/11/2026, Desk đã viết:\n\ncũ", "Vâng."},
    {"Thunderbird in Slovenian",
	"Da.\n\nDne 2. 11. 26 ob 10:00 je Desk napisal(a):\n\nstaro", "Da."},
    {"Thunderbird in Hungarian",
	"Igen.\n\n2026. 11. 02. 10:00 keltezéssel, Desk írta:\n\nrégi", "Igen."},
    {"Thunderbird in Polish",
	"Tak.\n\nW dniu 02.11.2026 o 10:00, Desk pisze:\n\nstare", "Tak."},
    {"Thunderbird in Russian",
	"Да.\n\n02.11.2026 10:00, Desk пишет:\n\nстарое", "Да."},
    {"Thunderbird in Hebrew",
	"כן.\n\nבתאריך 02/11/2026 10:00, Desk כתב:\n\nישן", "כן."},
    {"Thunderbird in Greek",
	"Ναι.\n\nΣτις 2/11/2026 10:00, ο/η Desk έγραψε:\n\nπαλιό", "Ναι."},
    {"Thunderbird in Indonesian",
	"Ya.\n\nPada 02/11/2026 10.00, Desk menulis:\n\nlama", "Ya."},
    {"Evolution in German",
	"Ja.\n\nAm Montag, dem 02.11.2026 um 10:00 +0100 schrieb Desk:\n> alt",
	"Ja."},
    {"Claws Mail, over two lines",
	"Yes.\n\nOn Mon, 2 Nov 2026 10:00:00 +0100\nDesk <d@x.org> wrote:\n\n"
	"> old\n",
	"Yes."},
    {"KMail", "Yes.\n\nOn Monday, 2 November 2026 10:00:00 CET Desk wrote:\n"
	"> old\n",
	"Yes."},
    {"Roundcube in German", "Ja.\n\nAm 2026-11-02 10:00, schrieb Desk:\n> alt",
	"Ja."},
    {"Horde quotes", "Yes.\n\n\nQuoting Desk <d@x.org>:\n\n> old\n", "Yes."},
    {"Horde in German", "Ja.\n\n\nZitat von Desk <d@x.org>:\n\n> alt\n",
	"Ja."},
    {"Gnus", "Yes.\n\nDesk <d@x.org> writes:\n\n> old\n", "Yes."},
    /* Lotus Notes and Domino. */
    {"Notes on the web",
	"Yes.\n\n-----Desk <d@x.org> wrote: -----\nTo: a@x.org\nFrom: Desk "
	"<d@x.org>\nDate: 11/02/2026 10:00AM\nSubject: x\n\nold",
	"Yes."},
    {"Notes on the web in German",
	"Ja.\n\n-----\"Desk\" <d@x.org> schrieb: -----\nAn: a@x.org\nVon: "
	"\"Desk\" <d@x.org>\nDatum: 02.11.2026 10:00\nBetreff: x\n\nalt",
	"Ja."},
    {"Notes as on the Internet",
	"Yes.\n\nDesk/DE/Example wrote on 11/02/2026 10:00:00 AM:\n\n> From: "
	"Desk/DE/Example\n> To: Anna\n> old\n",
	"Yes."},
    {"Notes in French",
	"Oui.\n\n\n\nDe :    Desk/FR/Example\nA :     Anna/FR/Example@Example\n"
	"Date :  02/11/2026 10:00\nObjet : x\n\n\nvieux",
	"Oui."},
    /* Providers. */
    {"QQ Mail in English",
	"OK\n\n\n------------------ Original ------------------\nFrom: "
	"\"Desk\"<d@x.org>;\nDate: Mon, Nov 2, 2026 10:00 AM\nTo: "
	"\"Anna\"<a@x.org>;\nSubject: Re: x\n\nold",
	"OK"},
    {"QQ Mail's phone",
	"好的\n\n---原始邮件---\n发件人: \"Desk\"<d@x.org>\n发送时间: 2026年11月2日"
	"(周一) 上午10:00\n收件人: \"Anna\"<a@x.org>;\n主题: x\n旧",
	"好的"},
    {"NetEase's phone, with its own signature",
	"好的\n\n签名由 网易邮箱大师 定制\n\n在2026年11月02日 10:00，Desk<d@x.org> "
	"写道：\n旧",
	"好的"},
    {"Aliyun, with wide blanks",
	"好的\n\n------------------------------------------------------------"
	"------\n发件人：Desk <d@x.org>\n发送时间：2026年11月2日(星期一) 10:00\n"
	"收件人：Anna <a@x.org>\n主　题：Re: x\n\n旧",
	"好的"},
    {"DingTalk", "好的\n-----------------------------------------------------"
	"-------------\n发件人：Desk<d@x.org>\n日　期：2026年11月02日 10:00:00\n"
	"收件人：Anna<a@x.org>\n主　题：x\n\n旧",
	"好的"},
    {"139", "好的\n\n\n----邮件原文----\n发件人：Desk <d@x.org>\n收件人：Anna "
	"<a@x.org>\n抄　送： (无)\n发送时间：2026-11-02 10:00:00\n主题：x\n\n旧",
	"好的"},
    {"Sina", "好的\n----- 原始邮件 -----\n发件人：Desk <d@x.org>\n收件人："
	"Anna <a@x.org>\n主题：x\n日期：2026年11月02日 10点00分\n\n旧",
	"好的"},
    {"Lark", "好的\n\n发件人: \"Desk\"<d@x.org>\n日期: 2026年11月2日 (周一) "
	"10:00\n主题: x\n收件人: \"Anna\"<a@x.org>\n旧",
	"好的"},
    {"Naver", "네\n\n-----Original Message-----\nFrom: \"Desk\"<d@x.org>\nTo: "
	"\"Anna\"<a@x.org>;\nCc:\nSent: 2026-11-02 (월) 10:00:00 (GMT+09:00)\n"
	"Subject: x\n\n옛것",
	"네"},
    {"Daum", "네\n\n--------- 원본 메일 ---------\n보낸사람 : Desk <d@x.org>\n"
	"받는사람 : Anna <a@x.org>\n날짜: 2026년 11월 02일\n제목: x\n\n옛것",
	"네"},
    {"Yandex", "Да.\n\n02.11.2026, 10:00, \"Desk\" <d@x.org>:\n\nстарое",
	"Да."},
    {"Mail.ru", "Да.\n\nПонедельник, 2 ноября 2026, 10:00 +03:00 от Desk "
	"<d@x.org>:\n\nстарое",
	"Да."},
    {"Mail.ru's phone", "Да.\n\nОтправлено из мобильной Почты Mail\n\n02.11."
	"2026, 10:00 +03:00 от Desk <d@x.org>:\n\nстарое",
	"Да."},
    {"ukr.net", "Так.\n\n2 листопада 2026, 10:00:00, від \"Desk\" "
	"<d@x.org>:\n\nстаре",
	"Так."},
    {"ukr.net of old", "Так.\n\n --- Вихідне повідомлення ---\nВід кого: "
	"\"Desk\" <d@x.org>\nДата: 2 листопада 2026, 10:00:00\n\nстаре",
	"Так."},
    {"abv.bg", "Да.\n\n -------- Оригинално писмо --------\n От: Desk d@x.org\n"
	" Относно: x\n До: a@x.org\n Изпратено на: 02.11.2026 10:00\n\nстаро",
	"Да."},
    {"Seznam", "Ano.\n\n---------- Původní e-mail ----------\nOd: Desk "
	"<d@x.org>\nKomu: a@x.org\nDatum: 2. 11. 2026 10:00:00\nPředmět: x\n",
	"Ano."},
    {"Interia", "Tak.\n\nOd: \"Desk\" <d@x.org>\nDo: \"Anna\" <a@x.org>;\n"
	"Wysłane: 10:00 Poniedziałek 2026-11-02\nTemat: x\n\n>stare",
	"Tak."},
    {"WP", "Tak.\n\nDnia 2 listopada 2026 10:00 Desk <d@x.org> napisał(a):\n\n"
	"stare",
	"Tak."},
    {"Onet", "Tak.\n\nW dniu 2026-11-02 10:00:00 użytkownik Desk <d@x.org> "
	"napisał:\n\nstare",
	"Tak."},
    {"GMX", "Ja.\n\nGesendet: Montag, 02. November 2026 um 10:00 Uhr\nVon: "
	"\"Desk\" <d@x.org>\nAn: a@x.org\nBetreff: x\n\nalt",
	"Ja."},
    {"T-Online", "Ja.\n\n-----Original-Nachricht-----\nBetreff: x\nDatum: "
	"2026-11-02T10:00:00+0100\nVon: \"Desk\" <d@x.org>\nAn: <a@x.org>\n\nalt",
	"Ja."},
    {"Orange", "Oui.\n\n> Message du 02/11/26 10:00\n> De : \"Desk\" <d@x.org>"
	"\n> A : a@x.org\n> Copie à : \n> Objet : x\n> \n> vieux",
	"Oui."},
    {"Zimbra in French", "Oui.\n\n----- Mail original -----\nDe: \"Desk\" "
	"<d@x.org>\nÀ: a@x.org\nEnvoyé: Lundi 2 Novembre 2026 10:00:00\nObjet: "
	"x\n\nvieux",
	"Oui."},
    {"Libero", "Sì.\n\nIl 2 novembre 2026 alle 10.00 Desk <d@x.org> ha scritto:"
	" \n\nvecchio",
	"Sì."},
    {"Libero of old", "Sì.\n\n----Messaggio originale----\nDa: d@x.org\nData: "
	"02/11/2026 10.00\nA: <a@x.org>\nOgg: x\n\nvecchio",
	"Sì."},
    {"UOL", "Sim.\n\nDe: \"Desk\" <d@x.org>\nEnviada: 2026/11/02 10:00:00\n"
	"Para: a@x.org\nAssunto: x\n\nvelho",
	"Sim."},
    {"Freemail", "Igen.\n\nDesk <d@x.org> írta:\n>régi", "Igen."},
    {"Sapo", "Sim.\n\nCitando Desk <d@x.org>:\n\n> velho\n", "Sim."},
};

static void
check_row(const struct row *row)
{
	struct arena *arena = arena_new(0);
	const char *left = arena_copy(
	    arena, quote_new_text(arena, rules, span_of(row->text)));

	ck_assert_msg(strcmp(left, row->new_text) == 0, "%s: \"%s\"",
	    row->says, left);
	arena_free(arena);
}

START_TEST(answers_above_a_quote_are_read)
{
	check_row(&above[_i]);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("clients");
	TCase *tcase = tcase_create("clients");
	SRunner *runner;
	int failed;

	tcase_add_unchecked_fixture(tcase, make_rules, free_rules);
	tcase_add_loop_test(tcase, answers_above_a_quote_are_read, 0,
	    sizeof above / sizeof *above);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
