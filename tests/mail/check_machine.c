/* check_machine: more of what mail systems and absent people's clients send of
 * their own accord, by make and by language. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"
#include "mail_read.h"
#include "mail_words.h"
#include "quote.h"
#include "record.h"

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

static struct Mail *
read_mail(struct arena *arena, const char *octets)
{
	struct RawMail *raw = record_new(arena, &raw_mail__descriptor);

	raw->octets = record_bytes(span_of(octets));
	return mail_read(arena, raw, &mail_limits_default, rules);
}

#define TO "To: desk@example.com\nMIME-Version: 1.0\n" \
	   "Content-Type: text/plain; charset=utf-8\n"
#define COPY "From: desk@example.com\nTo: bob@example.net\n" \
	     "Subject: hello\nMessage-ID: <one@example.com>\n\nHello\n"

static const struct {
	const char *says, *mail, *address, *status, *class;
} bounces[] = {
    {"Exchange 2003",
	"From: System Administrator <postmaster@example.net>\n"
	"Subject: Undeliverable: hello\n" TO
	"\nYour message did not reach some or all of the intended recipients."
	"\n\n      Subject:\thello\n      Sent:\t11/2/2026 10:00 AM\n\nThe "
	"following recipient(s) could not be reached:\n\n      "
	"bob@example.net on 11/2/2026 10:00 AM\n            The e-mail account "
	"does not exist at the organization this message was sent to.\n"
	"            <mx.example.net #5.1.1>\n",
	"bob@example.net", "5.1.1", "hard"},
    {"Office 365, from an address of its own",
	"Return-Path: <>\nFrom: Microsoft Outlook "
	"<MicrosoftExchange329e71ec88ae4615@example.net>\n"
	"Subject: Undeliverable: hello\n" TO
	"\nYour message to bob@example.net couldn't be delivered.\n\nbob "
	"wasn't found at example.net.\n",
	"bob@example.net", "5.", "hard"},
    {"Exchange in Spanish",
	"From: Microsoft Outlook <postmaster@example.net>\n"
	"Subject: No se puede entregar: hello\n" TO
	"\nError de entrega a estos destinatarios o grupos:\n\n"
	"bob@example.net\nNo se encontró la dirección de correo electrónico "
	"que especificó.\n",
	"bob@example.net", "5.", "hard"},
    {"Exchange in Portuguese",
	"From: Microsoft Outlook <postmaster@example.net>\n"
	"Subject: Não é possível entregar: hello\n" TO
	"\nFalha na entrega a estes destinatários ou grupos:\n\n"
	"bob@example.net\nO endereço de email inserido não pôde ser "
	"encontrado.\n",
	"bob@example.net", "5.", "hard"},
    {"Exchange in Italian",
	"From: Microsoft Outlook <postmaster@example.net>\n"
	"Subject: Non recapitabile: hello\n" TO
	"\nIl recapito non è riuscito per i seguenti destinatari o gruppi:\n\n"
	"bob@example.net\nLa cassetta postale del destinatario è piena.\n",
	"bob@example.net", "5.", "full"},
    {"Exchange in Dutch",
	"From: Microsoft Outlook <postmaster@example.net>\n"
	"Subject: Onbestelbaar: hello\n" TO
	"\nDe bezorging van uw bericht aan de volgende geadresseerden of "
	"groepen is mislukt:\n\nbob@example.net\nHet postvak van de "
	"geadresseerde is vol.\n",
	"bob@example.net", "5.", "full"},
    {"Exchange in Polish",
	"From: Microsoft Outlook <postmaster@example.net>\n"
	"Subject: Niedostarczone: hello\n" TO
	"\nDostarczenie do następujących adresatów lub grup nie powiodło się:"
	"\n\nbob@example.net\nNie znaleziono wprowadzonego adresu e-mail.\n",
	"bob@example.net", "5.", "hard"},
    {"Exchange in Russian",
	"From: Microsoft Outlook <postmaster@example.net>\n"
	"Subject: Не удается доставить: hello\n" TO
	"\nСбой доставки следующим получателям или группам:\n\n"
	"bob@example.net\nВведенный вами электронный адрес не найден.\n",
	"bob@example.net", "5.", "hard"},
    {"Exchange in Swedish",
	"From: Microsoft Outlook <postmaster@example.net>\n"
	"Subject: Går inte att leverera: hello\n" TO
	"\nDet gick inte att leverera till följande mottagare eller grupper:\n"
	"\nbob@example.net\nDet gick inte att hitta e-postadressen du angav.\n",
	"bob@example.net", "5.", "hard"},
    {"Exchange in Danish",
	"From: Microsoft Outlook <postmaster@example.net>\n"
	"Subject: Kan ikke leveres: hello\n" TO
	"\nLeveringen til disse modtagere eller grupper mislykkedes:\n\n"
	"bob@example.net\nDen angivne mailadresse blev ikke fundet.\n",
	"bob@example.net", "5.", "hard"},
    {"Exchange in Czech",
	"From: Microsoft Outlook <postmaster@example.net>\n"
	"Subject: Nedoručitelné: hello\n" TO
	"\nDoručení následujícím příjemcům nebo skupinám se nezdařilo:\n\n"
	"bob@example.net\nPoštovní schránka příjemce je plná.\n",
	"bob@example.net", "5.", "full"},
    {"Exchange in Turkish",
	"From: Microsoft Outlook <postmaster@example.net>\n"
	"Subject: Teslim edilemedi: hello\n" TO
	"\nBu alıcılara veya gruplara teslim başarısız oldu:\n\n"
	"bob@example.net\nGirdiğiniz e-posta adresi bulunamadı.\n",
	"bob@example.net", "5.", "hard"},
    {"Exchange in Chinese",
	"From: Microsoft Outlook <postmaster@example.net>\n"
	"Subject: 未送达: hello\n" TO
	"\n未能传递到以下收件人或组:\n\nbob@example.net\n找不到你输入的电子邮件"
	"地址。\n",
	"bob@example.net", "5.", "hard"},
    {"Exchange in Japanese",
	"From: Microsoft Outlook <postmaster@example.net>\n"
	"Subject: 配信不能: hello\n" TO
	"\n次の受信者またはグループへの配信に失敗しました:\n\nbob@example.net\n"
	"入力した電子メール アドレスが見つかりませんでした。\n",
	"bob@example.net", "5.", "hard"},
    {"Exchange in Korean",
	"From: Microsoft Outlook <postmaster@example.net>\n"
	"Subject: 배달되지 않음: hello\n" TO
	"\n다음 받는 사람이나 그룹에 배달하지 못했습니다.\n\nbob@example.net\n"
	"입력한 전자 메일 주소를 찾을 수 없습니다.\n",
	"bob@example.net", "5.", "hard"},
    {"Outlook.com of old",
	"From: postmaster@hotmail.example\n"
	"Subject: Delivery Status Notification (Failure)\n" TO
	"\nThis is an automatically generated Delivery Status Notification.\n\n"
	"Delivery to the following recipients failed.\n\n       "
	"bob@hotmail.example\n\n",
	"bob@hotmail.example", "5.", "soft"},
    {"Gmail, still trying",
	"From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\n"
	"Subject: Delivery Status Notification (Delay)\n" TO
	"\nDelivery incomplete\n\nThere was a temporary problem delivering "
	"your message to bob@example.net. Gmail will retry for 47 more hours. "
	"You'll be notified if the delivery fails permanently.\n",
	"bob@example.net", "4.", "soft"},
    {"Gmail in German",
	"From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\n"
	"Subject: Delivery Status Notification (Failure)\n" TO
	"\nAdresse nicht gefunden\n\nIhre Nachricht wurde nicht an "
	"bob@example.net zugestellt, weil die Adresse nicht gefunden wurde "
	"oder keine E-Mails empfangen kann.\n",
	"bob@example.net", "5.", "hard"},
    {"Gmail, a full mailbox",
	"From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\n"
	"Subject: Delivery Status Notification (Failure)\n" TO
	"\nRecipient inbox full\n\nYour message couldn't be delivered to "
	"bob@example.net. Their inbox is full, or it's getting too much mail "
	"right now.\n\nThe response was:\n452 4.2.2 The email account that you "
	"tried to reach is over quota.\n",
	"bob@example.net", "4.2.2", "full"},
    {"Exim, still trying",
	"From: Mail Delivery System <Mailer-Daemon@mx.example.org>\n"
	"Subject: Warning: message 1abcDE-000 delayed 24 hours\n" TO
	"\nThis message was created automatically by mail delivery software.\n"
	"A message that you sent has not yet been delivered to one or more of "
	"its\nrecipients after more than 24 hours on the queue.\n\nThe address "
	"to which the message has not yet been delivered is:\n\n  "
	"bob@example.net\n    Delay reason: Connection timed out\n",
	"bob@example.net", "4.", "soft"},
    {"qmail, given up",
	"From: MAILER-DAEMON@mx.example.net\nSubject: failure notice\n" TO
	"\nHi. This is the qmail-send program at mx.example.net.\n\n"
	"<bob@example.net>:\nSorry, I wasn't able to establish an SMTP "
	"connection. (#4.4.1)\nI'm not going to try again; this message has "
	"been in the queue too long.\n",
	"bob@example.net", "4.4.1", "soft"},
    {"MDaemon",
	"Return-Path: <>\nFrom: MDaemon at mx.example.net "
	"<MDaemon@mx.example.net>\nSubject: Permanent Delivery Failure\n" TO
	"\nThe attached message had PERMANENT fatal delivery errors!\n\nFailed "
	"address: bob@example.net\n\n--- Session Transcript ---\n RCPT To:"
	"<bob@example.net>\n 550 No such user here\n",
	"bob@example.net", "5.", "hard"},
    {"GroupWise",
	"Return-Path: <>\nFrom: postmaster@example.net\n"
	"Subject: Mail System Error - Undeliverable Mail\n" TO
	"\nThe message that you sent was undeliverable to the following:\n\t"
	"bob@example.net (user not found)\n",
	"bob@example.net", "5.", "hard"},
    {"AOL's refusal",
	"From: MAILER-DAEMON@aol.example\nSubject: Mail Delivery Problem\n" TO
	"\nYour mail to the following recipients could not be delivered "
	"because they are not accepting mail from desk@example.com:\n\n"
	"<bob@aol.example>\n550 5.7.1 message blocked\n",
	"bob@aol.example", "5.7.1", "policy"},
    {"a filter for spam",
	"Return-Path: <>\nFrom: \"Content-filter at mx.example.net\" "
	"<postmaster@mx.example.net>\nSubject: Undeliverable mail, Considered "
	"UNSOLICITED BULK EMAIL, apparently from you\n" TO
	"\nYour message to:\n-> bob@example.net\n\nwas considered unsolicited "
	"bulk e-mail (UBE).\n\nDelivery of the email was stopped!\n",
	"bob@example.net", "5.", "policy"},
    {"Aliyun",
	"From: <postmaster@aliyun.example>\nSubject: 系统退信/Systems bounce\n" TO
	"\n尊敬的用户，您好：\n您发给 bob@example.net 的邮件由于以下原因未能送达："
	"\n邮箱不存在 550 5.1.1 mailbox not found\n",
	"bob@example.net", "5.1.1", "hard"},
    {"Tencent's for companies",
	"From: postmaster@exmail.example\nSubject: 退信通知\n" TO
	"\n很抱歉，您的邮件无法投递到：\n\nbob@example.net\n\n原因：对方邮箱空间"
	"不足，暂时不能接收。\n",
	"bob@example.net", "5.", "full"},
    {"Hinet in Traditional Chinese",
	"From: MAILER-DAEMON@hinet.example\nSubject: 郵件傳送失敗通知\n" TO
	"\n您寄給 <bob@example.net> 的郵件無法送達。\n原因：無此使用者\n",
	"bob@example.net", "5.", "hard"},
    {"Softbank",
	"From: MAILER-DAEMON@softbank.example\nSubject: Mail Delivery "
	"Subsystem\n" TO
	"\nサーバ側の都合により、次の宛先に送信できませんでした。\n\n"
	"<bob@softbank.example>\n550 Invalid recipient: "
	"<bob@softbank.example>\n",
	"bob@softbank.example", "5.", "hard"},
    {"Naver",
	"From: mailer-daemon@naver.example\nSubject: 메일 전송 실패 안내\n" TO
	"\n받는 사람 : bob@naver.example\n실패 사유 : 받는 사람의 메일함 용량이 "
	"초과되었습니다.\n",
	"bob@naver.example", "", "full"},
    {"Mail.ru, a full mailbox",
	"From: mailer-daemon@mail.example\nSubject: Mail failure.\n" TO
	"\nЭто письмо создано автоматически сервером.\n\nПочтовый ящик "
	"bob@mail.example переполнен.\n550 user mailbox quota exceeded\n",
	"bob@mail.example", "5.", "full"},
    {"a Spanish provider",
	"From: MAILER-DAEMON@correo.example\nSubject: Correo no entregado: "
	"devuelto al remitente\n" TO
	"\nEl mensaje no se pudo entregar a <bob@correo.example>.\nEl buzón "
	"está lleno.\n",
	"bob@correo.example", "", "full"},
    {"a French provider",
	"From: postmaster@laposte.example\nSubject: Échec de la distribution "
	"du message\n" TO
	"\nVotre message n'a pas pu être distribué à :\n\nbob@laposte.example"
	"\nCette adresse n'existe pas.\n",
	"bob@laposte.example", "5.", "hard"},
};

START_TEST(bounces_are_read)
{
	struct arena *arena = arena_new(0);
	struct Mail *mail = read_mail(arena, bounces[_i].mail);
	const struct BounceRecipient *one;

	ck_assert_msg(mail->kind == MAIL_BOUNCE, "%s: %s, because %s",
	    bounces[_i].says, mail_kind_word((enum mail_kind)mail->kind),
	    mail->kind_reason);
	ck_assert_msg(
	    mail->bounce->n_recipients == 1, "%s", bounces[_i].says);
	one = mail->bounce->recipients[0];
	ck_assert_msg(strcmp(one->address, bounces[_i].address) == 0 &&
		strncmp(one->status, bounces[_i].status,
		    strlen(bounces[_i].status)) == 0 &&
		strcmp(one->class_, bounces[_i].class) == 0,
	    "%s: %s %s %s", bounces[_i].says, one->address, one->status,
	    one->class_);
	if (strstr(bounces[_i].mail, "<one@example.com>") != NULL)
		ck_assert_str_eq(mail->bounce->message_id, "one@example.com");
	arena_free(arena);
}
END_TEST

static const struct {
	enum mail_kind kind;
	const char *says, *mail;
} robots[] = {
    {MAIL_AUTO_REPLY, "Notes of old",
	"From: bob@example.net\nSubject: Bob Smith is out of the office.\n" TO
	"\nI will be out of the office starting  02/11/2026 and will not "
	"return until 09/11/2026.\n\nI will respond to your message when I "
	"return.\n"},
    {MAIL_AUTO_REPLY, "Notes",
	"From: bob@example.net\nSubject: AUTO: Bob Smith is out of the office "
	"(returning 09/11/2026)\n" TO
	"\nI am out of the office until 09/11/2026.\n\nNote: This is an "
	"automated response to your message \"hello\" sent on 02/11/2026. This "
	"is the only notification you will receive.\n"},
    {MAIL_AUTO_REPLY, "Notes in German",
	"From: bob@example.net\nSubject: Bob Smith ist außer Haus.\n" TO
	"\nIch werde ab  02.11.2026 nicht im Büro sein. Ich kehre zurück am "
	"09.11.2026.\n"},
    {MAIL_AUTO_REPLY, "Notes in French",
	"From: bob@example.net\nSubject: Bob Smith est absent(e).\n" TO
	"\nJe serai absent(e) du  02/11/2026 au 09/11/2026.\n"},
    {MAIL_HUMAN, "a person who tells of a colleague",
	"From: anna@x.example\nSubject: Bob is out of the office\n" TO
	"\nBob is on vacation; please send his tickets to me until then.\n"},
    {MAIL_HUMAN, "a person who will be away",
	"From: anna@x.example\nSubject: Printer\n" TO
	"\nI will be out of the office starting tomorrow; can you come "
	"today?\n"},
    {MAIL_AUTO_REPLY, "Yahoo",
	"From: bob@yahoo.example\nSubject: Yahoo! Auto Response\n" TO
	"\nI am away.\n"},
    {MAIL_AUTO_REPLY, "QQ Mail",
	"From: bob@qq.example\nSubject: 自动回复:hello\n" TO
	"\n这是来自QQ邮箱的假期自动回复邮件。\n"},
    {MAIL_AUTO_REPLY, "163",
	"From: bob@163.example\nSubject: [自动回复]hello\n" TO "\n已收到。\n"},
    {MAIL_AUTO_REPLY, "a Japanese provider",
	"From: bob@jp.example\nSubject: 【自動返信】お問い合わせ\n" TO
	"\nただいま不在です。\n"},
    {MAIL_AUTO_REPLY, "in Traditional Chinese",
	"From: bob@tw.example\nSubject: 自動回覆: hello\n" TO "\n休假中\n"},
    {MAIL_AUTO_REPLY, "in Dutch",
	"From: bob@nl.example\nSubject: Automatisch antwoord: hello\n" TO
	"\nIk ben afwezig.\n"},
    {MAIL_AUTO_REPLY, "in Polish",
	"From: bob@pl.example\nSubject: Odpowiedź automatyczna: hello\n" TO
	"\nJestem na urlopie.\n"},
    {MAIL_AUTO_REPLY, "in Czech",
	"From: bob@cz.example\nSubject: Automatická odpověď: hello\n" TO
	"\nJsem na dovolené.\n"},
    {MAIL_AUTO_REPLY, "in Finnish",
	"From: bob@fi.example\nSubject: Automaattinen vastaus: hello\n" TO
	"\nOlen lomalla.\n"},
    {MAIL_AUTO_REPLY, "in Turkish",
	"From: bob@tr.example\nSubject: Otomatik Yanıt: hello\n" TO
	"\nİzindeyim.\n"},
    {MAIL_AUTO_REPLY, "in Ukrainian",
	"From: bob@ua.example\nSubject: Автоматична відповідь: hello\n" TO
	"\nЯ у відпустці.\n"},
    {MAIL_AUTO_REPLY, "in Indonesian",
	"From: bob@id.example\nSubject: Balasan otomatis: hello\n" TO
	"\nSaya sedang cuti.\n"},
    {MAIL_AUTO_REPLY, "in Persian",
	"From: bob@ir.example\nSubject: پاسخ خودکار: hello\n" TO "\nمرخصی\n"},
    {MAIL_AUTO_REPLY, "in Hungarian",
	"From: bob@hu.example\nSubject: Automatikus válasz: hello\n" TO
	"\nSzabadságon vagyok.\n"},
    {MAIL_AUTO_REPLY, "in Norwegian",
	"From: bob@no.example\nSubject: Automatisk svar: hello\n" TO
	"\nJeg er på ferie.\n"},
    {MAIL_AUTO_REPLY, "one that answers for the firm, marked as bulk",
	"From: info@x.example\nSubject: Ihre Anfrage\nPrecedence: bulk\n" TO
	"\nVielen Dank für Ihre Nachricht. Dies ist eine automatisch "
	"generierte Eingangsbestätigung.\n"},
    {MAIL_FEEDBACK, "a receipt in Japanese",
	"From: bob@jp.example\nSubject: 開封済み: hello\n" TO
	"\n宛先: bob\n件名: hello\n\nこのメッセージは 2026/11/02 10:00 に開封され"
	"ました。\n"},
    {MAIL_FEEDBACK, "a receipt in Chinese",
	"From: bob@cn.example\nSubject: 已读: hello\n" TO
	"\n您的邮件\n收件人: bob\n主题: hello\n\n已于 2026年11月2日 10:00 阅读。"
	"\n"},
    {MAIL_FEEDBACK, "a receipt in Spanish",
	"From: bob@es.example\nSubject: Leído: hello\n" TO
	"\nEl mensaje\n\n  Para: Bob\n  Asunto: hello\n\nfue leído el lunes, "
	"2 de noviembre de 2026.\n"},
    {MAIL_HUMAN, "an absent person who asks all the same",
	"From: anna@x.example\nSubject: Absence and a question\n" TO
	"\nIch bin im Urlaub, aber der Drucker muss bis morgen laufen.\n"},
};

START_TEST(robots_are_told_from_people)
{
	struct arena *arena = arena_new(0);
	struct Mail *mail = read_mail(arena, robots[_i].mail);

	ck_assert_msg(mail->kind == robots[_i].kind, "%s: %s, because %s",
	    robots[_i].says, mail_kind_word((enum mail_kind)mail->kind),
	    mail->kind_reason);
	arena_free(arena);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("machine");
	TCase *tcase = tcase_create("machine");
	SRunner *runner;
	int failed;

	tcase_add_unchecked_fixture(tcase, make_rules, free_rules);
	tcase_add_loop_test(
	    tcase, bounces_are_read, 0, sizeof bounces / sizeof *bounces);
	tcase_add_loop_test(tcase, robots_are_told_from_people, 0,
	    sizeof robots / sizeof *robots);
	suite_add_tcase(suite, tcase);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_ENV);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
