/* check_languages: how clients set a quote apart, one language a row. */
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

/* An attribution (of Gmail, Apple Mail or Thunderbird), an Outlook header
 * block, the words of "Original Message", and a phone's line; NULL where no
 * client of the language has one. */
static const struct {
	const char *language, *attribution, *block, *original, *device;
} rows[] = {
    {"af", "Op Ma. 2 Nov. 2026 om 10:00 het Desk <d@x.org> geskryf:",
	"Van: D\nGestuur: Maandag\nAan: A\nOnderwerp: x",
	"Oorspronklike boodskap", "Gestuur vanaf my iPhone"},
    {"ar", "في الاثنين، ٢ نوفمبر ٢٠٢٦ في ١٠:٠٠ ص تمت كتابة ما يلي بواسطة "
	   "Desk <d@x.org>:",
	"من: D\nتاريخ الإرسال: الاثنين\nإلى: A\nالموضوع: x",
	"الرسالة الأصلية", "أُرسلت من الـ iPhone"},
    {"az", "2026-11-02 10:00 tarixində Desk <d@x.org> yazdı:",
	"Kimdən: D\nGöndərildi: B.e.\nKimə: A\nMövzu: x", "Orijinal mesaj",
	"iPhone telefonumdan göndərildi"},
    {"be", "пн, 2 ліс 2026 у 10:00 Desk <d@x.org> напісаў:",
	"Ад: D\nАдпраўлена: панядзелак\nКаму: A\nТэма: x",
	"Зыходнае паведамленне", "Адпраўлена з iPhone"},
    {"bg", "На пн, 2.11.2026 г. в 10:00 Desk <d@x.org> написа:",
	"От: D\nИзпратено: понеделник\nДо: A\nОтносно: x",
	"Оригинално съобщение", "Изпратено от моя iPhone"},
    {"bn", "সোম, ২ নভেম্বর, ২০২৬, ১০:০০ AM এ Desk <d@x.org> লিখেছেন:",
	"থেকে: D\nতারিখ: সোমবার\nপ্রতি: A\nবিষয়: x", "মূল বার্তা",
	"আমার iPhone থেকে পাঠানো"},
    {"ca", "El dl., 2 de nov. 2026 a les 10:00, Desk <d@x.org> va escriure:",
	"De: D\nEnviat: dilluns\nPer a: A\nAssumpte: x", "Missatge original",
	"Enviat des del meu iPhone"},
    {"cs", "po 2. 11. 2026 v 10:00 odesílatel Desk <d@x.org> napsal:",
	"Od: D\nOdesláno: pondělí\nKomu: A\nPředmět: x", "Původní zpráva",
	"Odesláno z iPhonu"},
    {"cy", "Ar Llun, 2 Tach 2026 am 10:00, ysgrifennodd Desk <d@x.org>:",
	NULL, NULL, NULL},
    {"da", "Den man. 2. nov. 2026 kl. 10.00 skrev Desk <d@x.org>:",
	"Fra: D\nSendt: mandag\nTil: A\nEmne: x", "Oprindelig meddelelse",
	"Sendt fra min iPhone"},
    {"de", "Am Mo., 2. Nov. 2026 um 10:00 Uhr schrieb Desk <d@x.org>:",
	"Von: D\nGesendet: Montag\nAn: A\nBetreff: x",
	"Ursprüngliche Nachricht", "Von meinem iPhone gesendet"},
    {"el", "Στις Δευ 2 Νοε 2026 στις 10:00 π.μ., ο χρήστης Desk <d@x.org> "
	   "έγραψε:",
	"Από: D\nΣτάλθηκε: Δευτέρα\nΠρος: A\nΘέμα: x", "Αρχικό μήνυμα",
	"Στάλθηκε από το iPhone μου"},
    {"en", "On Mon, 2 Nov 2026 at 10:00, Desk <d@x.org> wrote:",
	"From: D\nSent: Monday\nTo: A\nSubject: x", "Original Message",
	"Sent from my iPhone"},
    {"es", "El lun, 2 nov 2026 a las 10:00, Desk (<d@x.org>) escribió:",
	"De: D\nEnviado el: lunes\nPara: A\nAsunto: x", "Mensaje original",
	"Enviado desde mi iPhone"},
    {"et", "Kuupäev E, 2. november 2026 kell 10:00 kirjutas Desk "
	   "(<d@x.org>):",
	"Saatja: D\nSaadetud: esmaspäev\nAdressaat: A\nTeema: x",
	"Algne sõnum", "Saadetud minu iPhone'ist"},
    {"eu", "Desk (<d@x.org>) igorleak hau idatzi du (2026 aza. 2, al. "
	   "(10:00)):",
	"Nork: D\nBidalia: astelehena\nNori: A\nGaia: x", "Jatorrizko mezua",
	NULL},
    {"fa", "در تاریخ دوشنبه ۲ نوامبر ۲۰۲۶، ۱۰:۰۰ Desk <d@x.org> نوشت:",
	"از: D\nارسال شده: دوشنبه\nبه: A\nموضوع: x", "پیام اصلی",
	"ارسال شده از iPhone من"},
    {"fi", "ma 2. marrask. 2026 klo 10.00 Desk (d@x.org) kirjoitti:",
	"Lähettäjä: D\nLähetetty: ma\nVastaanottaja: A\nAihe: x",
	"Alkuperäinen viesti", "Lähetetty iPhonesta"},
    {"fil", "Noong Lun, Nob 2, 2026 nang 10:00 AM, sinulat ni Desk "
	    "<d@x.org> ang:",
	"Mula kay: D\nIpinadala: Lunes\nPara kay: A\nPaksa: x",
	"Orihinal na Mensahe", "Ipinadala mula sa aking iPhone"},
    {"fr", "Le lun. 2 nov. 2026 à 10:00, Desk <d@x.org> a écrit :",
	"De : D\nEnvoyé : lundi\nÀ : A\nObjet : x", "Message d'origine",
	"Envoyé de mon iPhone"},
    {"ga", "Ar Luan, 2 Samh 2026 ag 10:00 scríobh Desk <d@x.org>:", NULL,
	NULL, NULL},
    {"gl", "O luns, 2 nov 2026 ás 10:00, Desk (<d@x.org>) escribiu:",
	"De: D\nEnviado: luns\nPara: A\nAsunto: x", "Mensaxe orixinal", NULL},
    {"he", "\xe2\x80\xab""בתאריך יום ב׳, 2 בנוב׳ 2026 ב-10:00 מאת \xe2\x80\xaa""Desk\xe2\x80\xac""\xe2\x80\x8f"" "
	   "<‪d@x.org‬‏>:‬",
	"מאת: D\nנשלח: יום שני\nאל: A\nנושא: x", "הודעה מקורית",
	"נשלח מה-iPhone שלי"},
    {"hi", "सोम, 2 नव॰ 2026 को 10:00 पर Desk <d@x.org> ने लिखा:",
	"प्रेषक: D\nभेजा गया: सोमवार\nप्रति: A\nविषय: x", "मूल संदेश",
	"मेरे iPhone से भेजा गया"},
    {"hr", "pon, 2. stu 2026. u 10:00 Desk <d@x.org> napisao je:",
	"Od: D\nPoslano: ponedjeljak\nZa: A\nPredmet: x", "Izvorna poruka",
	"Poslano s mog iPhonea"},
    {"hu", "Desk <d@x.org> ezt írta (időpont: 2026. nov. 2., H, 10:00):",
	"Feladó: D\nElküldve: hétfő\nCímzett: A\nTárgy: x",
	"Eredeti üzenet", "Elküldve az iPhone-omról"},
    {"hy", "2026-11-02 10:00, Desk <d@x.org>-ը գրել է:",
	"Ում կողմից: D\nՈւղարկվել է: երկ\nՈւմ: A\nԹեմա: x",
	"Սկզբնական հաղորդագրություն", "Ուղարկված է իմ iPhone-ից"},
    {"id", "Pada Sen, 2 Nov 2026 pukul 10.00 Desk <d@x.org> menulis:",
	"Dari: D\nDikirim: Senin\nKepada: A\nSubjek: x", "Pesan Asli",
	"Dikirim dari iPhone saya"},
    {"is", "Þann mán., 2. nóv. 2026 kl. 10:00 skrifaði Desk <d@x.org>:",
	"Frá: D\nSent: mánudagur\nTil: A\nEfni: x", "Upprunaleg skilaboð",
	"Sent úr iPhone"},
    {"it", "Il giorno lun 2 nov 2026 alle ore 10:00 Desk <d@x.org> ha "
	   "scritto:",
	"Da: D\nInviato: lunedì\nA: A\nOggetto: x", "Messaggio originale",
	"Inviato da iPhone"},
    {"ja", "2026年11月2日(月) 10:00 Desk <d@x.org>:",
	"差出人: D\n送信日時: 月曜\n宛先: A\n件名: x", "元のメッセージ",
	"iPhoneから送信"},
    {"ka", "ორშ, 2 ნოე. 2026, 10:00 Desk <d@x.org> დაწერა:",
	"ვისგან: D\nგაგზავნილია: ორშაბათი\nვის: A\nთემა: x",
	"ორიგინალი შეტყობინება", NULL},
    {"ko", "2026년 11월 2일 (월) 오전 10:00, Desk <d@x.org>님이 작성:",
	"보낸 사람: D\n보낸 날짜: 월\n받는 사람: A\n제목: x", "원본 메시지",
	"나의 iPhone에서 보냄"},
    {"lt", "2026-11-02, pr, 10:00 Desk <d@x.org> rašė:",
	"Nuo: D\nIšsiųsta: pirmadienis\nKam: A\nTema: x",
	"Pradinis pranešimas", "Išsiųsta iš mano iPhone"},
    {"lv", "pirmd., 2026. g. 2. nov., plkst. 10:00 — lietotājs Desk "
	   "(<d@x.org>) rakstīja:",
	"No: D\nNosūtīts: pirmdiena\nKam: A\nTemats: x",
	"Sākotnējais ziņojums", "Sūtīts no mana iPhone"},
    {"mk", "На пон., 2.11.2026 во 10:00 Desk <d@x.org> напиша:",
	"Од: D\nИспратено: понеделник\nДо: A\nПредмет: x",
	"Оригинална порака", "Испратено од мојот iPhone"},
    {"ms", "Pada Isn, 2 Nov 2026 pada 10:00 Desk <d@x.org> menulis:",
	"Daripada: D\nDihantar: Isnin\nKepada: A\nSubjek: x", "Mesej Asal",
	"Dihantar daripada iPhone saya"},
    {"nb", "man. 2. nov. 2026 kl. 10:00 skrev Desk <d@x.org>:",
	"Fra: D\nSendt: mandag\nTil: A\nEmne: x", "Opprinnelig melding",
	"Sendt fra min iPhone"},
    {"nl", "Op ma 2 nov 2026 om 10:00 schreef Desk <d@x.org>:",
	"Van: D\nVerzonden: maandag\nAan: A\nOnderwerp: x",
	"Oorspronkelijk bericht", "Verstuurd vanaf mijn iPhone"},
    {"pl", "pon., 2 lis 2026 o 10:00 Desk <d@x.org> napisał(a):",
	"Od: D\nWysłano: poniedziałek\nDo: A\nTemat: x",
	"Wiadomość oryginalna", "Wysłane z iPhone'a"},
    {"pt", "Em seg., 2 de nov. de 2026 às 10:00, Desk <d@x.org> escreveu:",
	"De: D\nEnviada em: segunda\nPara: A\nAssunto: x",
	"Mensagem original", "Enviado do meu iPhone"},
    {"ro", "În lun., 2 nov. 2026 la 10:00, Desk <d@x.org> a scris:",
	"De la: D\nTrimis: luni\nCătre: A\nSubiect: x", "Mesaj original",
	"Trimis de pe iPhone-ul meu"},
    {"ru", "2 нояб. 2026 г., в 10:00, Desk <d@x.org> написал(а):",
	"От: D\nОтправлено: понедельник\nКому: A\nТема: x",
	"Исходное сообщение", "Отправлено с iPhone"},
    {"sk", "po 2. 11. 2026 o 10:00 Desk <d@x.org> napísal(a):",
	"Od: D\nOdoslané: pondelok\nKomu: A\nPredmet: x", "Pôvodná správa",
	"Odoslané z iPhonu"},
    {"sl", "V V pon., 2. nov. 2026 ob 10:00 je oseba Desk <d@x.org> "
	   "napisala:",
	"Od: D\nPoslano: ponedeljek\nZa: A\nZadeva: x", "Izvirno sporočilo",
	"Poslano iz mojega iPhonea"},
    {"sq", "Më 2 nëntor 2026 10:00, Desk <d@x.org> shkroi:",
	"Nga: D\nDërguar: E hënë\nPër: A\nSubjekti: x", "Mesazhi origjinal",
	"Dërguar nga iPhone im"},
    {"sr", "пон, 2. нов 2026. у 10:00 Desk <d@x.org> је написао/ла:",
	"Од: D\nПослато: понедељак\nЗа: A\nТема: x", "Оригинална порука",
	"Послато са iPhone-а"},
    {"sv", "Den mån 2 nov. 2026 kl 10:00 skrev Desk <d@x.org>:",
	"Från: D\nSkickat: måndag\nTill: A\nÄmne: x",
	"Ursprungligt meddelande", "Skickat från min iPhone"},
    {"sw", "Mnamo Jtt, 2 Nov 2026 10:00 Desk <d@x.org> aliandika:", NULL,
	NULL, "Imetumwa kutoka iPhone yangu"},
    {"ta", "திங்., 2 நவ., 2026, 10:00 அன்று, Desk <d@x.org> எழுதியது:",
	NULL, "அசல் செய்தி", NULL},
    {"th", "ในวันที่ จ. 2 พ.ย. 2026 เวลา 10:00 Desk <d@x.org> เขียนว่า:",
	"จาก: D\nส่ง: จันทร์\nถึง: A\nเรื่อง: x", "ข้อความต้นฉบับ",
	"ส่งจาก iPhone ของฉัน"},
    {"tr", "Desk <d@x.org>, 2 Kas 2026 Pzt, 10:00 tarihinde şunu yazdı:",
	"Kimden: D\nGönderildi: Pazartesi\nKime: A\nKonu: x",
	"Orijinal İleti", "iPhone'umdan gönderildi"},
    {"uk", "пн, 2 лист. 2026 р. о 10:00 Desk <d@x.org> пише:",
	"Від: D\nНадіслано: понеділок\nКому: A\nТема: x",
	"Вихідне повідомлення", "Надіслано з iPhone"},
    {"ur", "پیر، 2 نومبر، 2026 کو 10:00 بجے Desk <d@x.org> نے لکھا:", NULL,
	"اصل پیغام", NULL},
    {"vi", "Vào Th 2, 2 thg 11, 2026 vào lúc 10:00 Desk <d@x.org> đã viết:",
	"Từ: D\nĐã gửi: Thứ Hai\nTới: A\nChủ đề: x", "Tin nhắn gốc",
	"Gửi từ iPhone của tôi"},
    {"zh-CN", "Desk <d@x.org> 于2026年11月2日周一 10:00写道：",
	"发件人: D\n发送时间: 周一\n收件人: A\n主题: x", "原始邮件",
	"发自我的 iPhone"},
    {"zh-TW", "Desk <d@x.org> 於 2026年11月2日 週一 上午10:00寫道：",
	"寄件者: D\n寄件日期: 週一\n收件者: A\n主旨: x", "原始郵件",
	"從我的 iPhone 傳送"},
};

/* All but "New." is set apart from `quoted`. */
static void
check_set_apart(struct arena *arena, const char *language, const char *what,
    const char *quoted)
{
	const char *text = arena_print(arena, "New.\n\n%s", quoted);
	const char *left =
	    arena_copy(arena, quote_new_text(arena, rules, span_of(text)));

	ck_assert_msg(strcmp(left, "New.") == 0, "%s, %s: \"%s\"", language,
	    what, left);
}

START_TEST(quotes_of_a_language_are_known)
{
	struct arena *arena = arena_new(0);
	const char *language = rows[_i].language;

	check_set_apart(arena, language, "attribution, marked quote",
	    arena_print(arena, "%s\n\n> old\n", rows[_i].attribution));
	check_set_apart(arena, language, "attribution, quote without marks",
	    arena_print(arena, "%s\n\nold\n", rows[_i].attribution));
	if (rows[_i].block != NULL) {
		check_set_apart(arena, language, "header block",
		    arena_print(arena, "%s\n\nold\n", rows[_i].block));
		check_set_apart(arena, language, "header block below a rule",
		    arena_print(arena,
			"________________________________\n%s\n\nold\n",
			rows[_i].block));
	}
	if (rows[_i].original != NULL)
		check_set_apart(arena, language, "original message",
		    arena_print(arena, "-----%s-----\nold\n",
			rows[_i].original));
	if (rows[_i].device != NULL)
		check_set_apart(
		    arena, language, "device", rows[_i].device);
	arena_free(arena);
}
END_TEST

/* A notice in each language that has a pattern: it holds one of the hints
 * without which nobody looks for it. */
static const char *const notices[] = {
    "The message may be privileged; if you are not the intended recipient, "
    "delete it.",
    "THIS COMMUNICATION IS CONFIDENTIAL AND FOR THE ADDRESSEE ALONE, NOBODY "
    "ELSE.",
    "Legal disclaimer: no liability is taken for anything that is written "
    "above.",
    "Please consider the environment before you put this on paper, thank you.",
    "Please think before printing this e-mail, because each page is a tree.",
    "Diese Nachricht ist rechtlich geschützt und nur für den Empfänger "
    "bestimmt.",
    "Ce courriel est confidentiel et réservé à ses seuls destinataires, "
    "merci.",
    "Este correo es privilegiado y se dirige solamente a su destinatario, "
    "señores.",
    "Esta mensagem é confidencial e dirige-se apenas ao seu destinatário, "
    "obrigado.",
    "Aquest missatge és confidencial i només per al seu destinatari, "
    "gràcies.",
    "Questo messaggio è riservato ai soli destinatari indicati qui sopra, "
    "grazie.",
    "Dit bericht is vertrouwelijk en alleen bestemd voor de geadresseerde, "
    "dank u.",
    "Detta meddelande omfattas av sekretess och är avsett för mottagaren "
    "ensam.",
    "Denne meddelelse er fortrolig og kun beregnet for modtageren, mange "
    "tak.",
    "Tämä viesti on luottamuksellinen ... luottamuksellista, tarkoitettu "
    "vastaanottajalle.",
    "Ta wiadomość jest poufna i przeznaczona tylko dla jej adresata, "
    "dziękujemy.",
    "TATO ZPRÁVA JE DŮVĚRNÁ A URČENA POUZE PRO SVÉHO ADRESÁTA, DĚKUJEME.",
    "Ez az üzenet bizalmas, és kizárólag a címzett számára készült, "
    "köszönjük.",
    "Acest mesaj este confidențial (confidential) și numai pentru "
    "destinatar.",
    "ДАННОЕ СООБЩЕНИЕ КОНФИДЕНЦИАЛЬНО И ПРЕДНАЗНАЧЕНО ТОЛЬКО ПОЛУЧАТЕЛЮ.",
    "Bu e-posta gizlidir ve yalnızca alıcısına gönderilmiştir, teşekkürler.",
    "Το παρόν μήνυμα είναι εμπιστευτικό, εμπιστευτικής φύσης, για τον "
    "παραλήπτη.",
    "הודעה זו סודית, חסויה ומיועדת לנמען בלבד: חומר סודי של החברה.",
    "هذه الرسالة سرية وموجهة إلى المرسل إليه فقط ولا يجوز نشرها.",
    "本邮件含有保密信息，仅供收件人使用，请勿向任何其他人透露其内容，谢谢合作。",
    "このメールには機密情報が含まれており、受信者のみを対象としております。",
    "본 메일은 기밀 정보를 담고 있으며 수신자만을 위한 것임을 알려 드립니다.",
    "Email này chứa thông tin bảo mật và chỉ dành cho người nhận, xin cảm "
    "ơn.",
    "Surel ini bersifat rahasia dan hanya untuk penerima yang dituju, "
    "terima kasih.",
};

START_TEST(a_notice_of_any_language_is_set_apart)
{
	struct arena *arena = arena_new(0);

	check_set_apart(arena, "any", "notice",
	    arena_print(arena, "%s\n", notices[_i]));
	arena_free(arena);
}
END_TEST

START_TEST(an_admin_adds_a_language)
{
	struct arena *arena = arena_new(0);
	struct quote_rules *own = quote_rules_new();
	static const char text[] = "# Esperanto\n\nverb eo \\bskribis\\b\n"
				   "original eo Originala mesaĝo (1)\n"
				   "notice eo sekreta estas la mesaĝo\n"
				   "device eo ^sendita de mia\n";
	const char *mail = "Jes.\n\n--- ORIGINALA MESAĜO (1) ---\nold";
	const char *why = "";
	size_t line = 0;

	ck_assert_int_eq(
	    quote_rules_add(own, span_of(text), &line, &why), 0);
	ck_assert_str_eq(
	    arena_copy(arena, quote_new_text(arena, own, span_of(mail))),
	    "Jes.");
	mail = "Jes.\n\nJe 2026-11-02 10:00, Desk <d@x.org> skribis:\n> old";
	ck_assert_str_eq(
	    arena_copy(arena, quote_new_text(arena, own, span_of(mail))),
	    "Jes.");
	mail = "Jes.\n\nSekreta estas la mesaĝo, kaj ĉiu kiu legas ĝin devas "
	       "silenti.\n\nSendita de mia telefono";
	ck_assert_str_eq(
	    arena_copy(arena, quote_new_text(arena, own, span_of(mail))),
	    "Jes.");
	quote_rules_free(own);
	arena_free(arena);
}
END_TEST

static const struct {
	const char *text, *why;
	size_t line;
} wrong[] = {
    {"verb x (a", "missing closing parenthesis", 1},
    {"# a\n\nverbe x a", "no kind of a sign", 3},
    {"verb", "wanted", 1},
    {"verb x", "wanted", 1},
    {"verb x a\nfrom x \xff", "not UTF-8", 2},
    {"verb x \\C", "", 1},
    {"hint x abc", "four octets", 1},
};

START_TEST(a_wrong_line_is_told)
{
	struct quote_rules *own = quote_rules_new();
	const char *why = "";
	size_t line = 0;

	ck_assert_int_eq(quote_rules_add(own, span_of(wrong[_i].text), &line,
			     &why),
	    -1);
	ck_assert_uint_eq(line, wrong[_i].line);
	ck_assert_msg(strstr(why, wrong[_i].why) != NULL, "%s", why);
	quote_rules_free(own);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("languages");
	TCase *tcase = tcase_create("languages");
	SRunner *runner;
	int failed;

	tcase_add_unchecked_fixture(tcase, make_rules, free_rules);
	tcase_add_loop_test(tcase, quotes_of_a_language_are_known, 0,
	    sizeof rows / sizeof *rows);
	tcase_add_loop_test(tcase, a_notice_of_any_language_is_set_apart, 0,
	    sizeof notices / sizeof *notices);
	tcase_add_test(tcase, an_admin_adds_a_language);
	tcase_add_loop_test(
	    tcase, a_wrong_line_is_told, 0, sizeof wrong / sizeof *wrong);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
