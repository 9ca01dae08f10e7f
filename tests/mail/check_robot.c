/* check_robot: what mail systems, phones and desks send of their own accord,
 * in the shapes and languages they use. */
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
    {"qmail, nobody there",
	"From: MAILER-DAEMON@mx.example.net\nSubject: failure notice\n" TO
	"\nHi. This is the qmail-send program at mx.example.net.\n"
	"I'm afraid I wasn't able to deliver your message to the following "
	"addresses.\n\n<bob@example.net>:\nSorry, no mailbox here by that "
	"name. (#5.1.1)\n\n--- Below this line is a copy of the message.\n\n"
	"Return-Path: <desk@example.com>\n" COPY,
	"bob@example.net", "5.1.1", "hard"},
    {"qmail, full",
	"From: MAILER-DAEMON@mx.example.net\nSubject: failure notice\n" TO
	"\nHi. This is the qmail-send program at mx.example.net.\n\n"
	"<bob@example.net>:\nThe user's mailbox is over quota. (#5.2.2)\n\n"
	"--- Below this line is a copy of the message.\n\n" COPY,
	"bob@example.net", "5.2.2", "full"},
    {"Postfix in free form, refused for spam",
	"From: MAILER-DAEMON@mx.example.net (Mail Delivery System)\n"
	"Subject: Undelivered Mail Returned to Sender\n" TO
	"\nThis is the mail system at host mx.example.net.\n\n"
	"<bob@example.net>: host mx.example.net[192.0.2.1] said: 554 5.7.1 "
	"Message\n    rejected as spam (in reply to end of DATA command)\n",
	"bob@example.net", "5.7.1", "policy"},
    {"Postfix, still trying",
	"From: MAILER-DAEMON@mx.example.net\n"
	"Subject: Delayed Mail (still being retried)\n" TO
	"\nThis is the mail system.\nYOU DO NOT NEED TO RESEND YOUR MESSAGE."
	"\n\n<bob@example.net>: connect to mx[192.0.2.1]:25: Connection "
	"timed out\n",
	"bob@example.net", "4.", "soft"},
    {"Exim",
	"From: Mail Delivery System <Mailer-Daemon@mx.example.org>\n"
	"Subject: Mail delivery failed: returning message to sender\n" TO
	"\nThis message was created automatically by mail delivery software."
	"\n\nA message that you sent could not be delivered to one or more of"
	" its\nrecipients. This is a permanent error. The following "
	"address(es) failed:\n\n  bob@example.net\n    SMTP error from remote "
	"mail server after RCPT TO:<bob@example.net>:\n    550 No such user\n"
	"\n------ This is a copy of the message, including all the headers. "
	"------\n\n" COPY,
	"bob@example.net", "5.", "hard"},
    {"Exim, over quota without a code",
	"From: Mail Delivery System <Mailer-Daemon@mx.example.org>\n"
	"Subject: Mail delivery failed: returning message to sender\n" TO
	"\nThe following address(es) failed:\n\n  bob@example.net\n    "
	"mailbox is full: retry timeout exceeded\n\n",
	"bob@example.net", "", "full"},
    {"Sendmail of old",
	"From: MAILER-DAEMON@mx.example.net (Mail Delivery Subsystem)\n"
	"Subject: Returned mail: User unknown\n" TO
	"\n   ----- The following addresses had permanent fatal errors -----"
	"\n<bob@example.net>\n\n   ----- Transcript of session follows -----\n"
	"550 <bob@example.net>... User unknown\n",
	"bob@example.net", "5.", "hard"},
    {"Exchange 5.5",
	"From: System Administrator <postmaster@example.net>\n"
	"Subject: Undeliverable: hello\n" TO
	"\nYour message\n\n  To:      bob@example.net\n  Subject: hello\n  "
	"Sent:    Mon, 2 Nov 2026 10:00:00 +0100\n\ndid not reach the "
	"following recipient(s):\n\nbob@example.net on Mon, 2 Nov 2026 "
	"10:00:05 +0100\n    The recipient name is not recognized\n",
	"bob@example.net", "5.", "hard"},
    {"Exchange of today",
	"From: Microsoft Outlook <postmaster@example.net>\n"
	"Subject: Undeliverable: hello\n" TO
	"\nDelivery has failed to these recipients or groups:\n\n"
	"bob@example.net<mailto:bob@example.net>\nThe email address you "
	"entered couldn't be found.\n\nDiagnostic information for "
	"administrators:\n\nGenerating server: mx.example.net\n\n"
	"bob@example.net\n#550 5.1.10 RESOLVER.ADR.RecipientNotFound; "
	"Recipient not found ##\n",
	"bob@example.net", "5.1.10", "hard"},
    {"Exchange in German",
	"From: Microsoft Outlook <postmaster@example.net>\n"
	"Subject: Unzustellbar: hello\n" TO
	"\nFehler bei der Nachrichtenzustellung an folgende Empfänger oder "
	"Gruppen:\n\nbob@example.net\nDas Postfach des Empfängers ist voll.\n",
	"bob@example.net", "5.", "full"},
    {"Gmail",
	"From: Mail Delivery Subsystem <mailer-daemon@googlemail.com>\n"
	"Subject: Delivery Status Notification (Failure)\n"
	"X-Failed-Recipients: bob@example.net\n" TO
	"\nAddress not found\n\nYour message wasn't delivered to "
	"bob@example.net because the address couldn't be found, or is unable "
	"to receive mail.\n\nThe response was:\n550 5.1.1 The email account "
	"that you tried to reach does not exist.\n",
	"bob@example.net", "5.1.1", "hard"},
    {"Yahoo of old",
	"From: MAILER-DAEMON@yahoo.example\nSubject: Failure Notice\n" TO
	"\nSorry, we were unable to deliver your message to the following "
	"address.\n\n<bob@example.net>:\nRemote host said: 554 delivery error:"
	" dd This user doesn't have a yahoo.example account [0]\n",
	"bob@example.net", "5.", "hard"},
    {"Lotus Domino",
	"From: postmaster@example.net\n"
	"Subject: DELIVERY FAILURE: User bob (bob@example.net) not listed in "
	"Domino Directory\n" TO
	"\nYour message\n\n  Subject: hello\n\nwas not delivered to:\n\n  "
	"bob@example.net\n\nbecause:\n\n  User bob (bob@example.net) not "
	"listed in Domino Directory\n",
	"bob@example.net", "5.", "hard"},
    {"IMail",
	"From: Postmaster <postmaster@example.net>\n"
	"Subject: Undeliverable Mail\n" TO
	"\nUnknown user: bob@example.net\n\nOriginal message follows.\n\n" COPY,
	"bob@example.net", "5.", "hard"},
    {"Courier",
	"From: \"courier mail server\" <postmaster@example.net>\n"
	"Subject: NOTICE: mail delivery status.\n" TO
	"\nThis is a delivery status notification from mx.example.net.\n\n"
	"                   UNDELIVERABLE MAIL\n\nYour message to the following "
	"recipients cannot be delivered:\n\n<bob@example.net>:\n    "
	"mx.example.net [192.0.2.1]:\n >>> RCPT TO:<bob@example.net>\n"
	" <<< 550 User unknown\n",
	"bob@example.net", "5.", "hard"},
    {"MailMarshal",
	"From: postmaster@example.net\nSubject: Undeliverable Mail: \"hello\"\n"
	TO "\nYour message:\n  From: desk@example.com\n  Subject: hello\n\n"
	"Could not be delivered because of\n\n550 5.1.1 User unknown\n\nThe "
	"following recipients were affected:\n    bob@example.net\n",
	"bob@example.net", "5.1.1", "hard"},
    {"QQ Mail",
	"From: \"QQ邮箱\" <postmaster@qq.example>\nSubject: 来自qq.example的退信\n"
	TO "\n抱歉，您的邮件被退回来了……\n\n收件人: bob@qq.example\n\n"
	"退信原因: 收件人邮箱容量已满 Mailbox is full\n",
	"bob@qq.example", "", "full"},
    {"163",
	"From: Postmaster@163.example\nSubject: 系统退信\n" TO
	"\n您好，您的邮件发送失败。收件人：bob@163.example 退信原因：收件人"
	"地址不存在 550 User not found\n",
	"bob@163.example", "5.", "hard"},
    {"sina, traditional characters",
	"From: MAILER-DAEMON@sina.example\nSubject: 退信通知\n" TO
	"\n很抱歉，您的郵件無法投遞到以下收件人：\n\n<bob@sina.example>\n"
	"該用戶不存在\n",
	"bob@sina.example", "5.", "hard"},
    {"docomo",
	"From: MAILER-DAEMON@docomo.example\nSubject: Mail System Error - "
	"Returned Mail\n" TO
	"\n次のあて先へのメッセージはエラーのため送信できませんでした。\n\n"
	"Unknown user: bob@docomo.example\n",
	"bob@docomo.example", "5.", "hard"},
    {"au",
	"From: Postmaster@ezweb.example\nSubject: Mail System Error - "
	"Returned Mail\n" TO
	"\nEach of the following recipients was rejected by a remote mail "
	"server.\n\n   Recipient: <bob@ezweb.example>\n   >>> RCPT TO:"
	"<bob@ezweb.example>\n   <<< 550 <bob@ezweb.example>: User unknown\n",
	"bob@ezweb.example", "5.", "hard"},
    {"a Japanese provider in words",
	"From: postmaster@example.jp.example\nSubject: 配信不能通知\n" TO
	"\n以下の宛先にメールを配信できませんでした。\n\nbob@jp.example\n"
	"宛先のメールボックスの容量がいっぱいです。\n",
	"bob@jp.example", "", "full"},
    {"a Korean provider",
	"From: postmaster@kr.example\nSubject: [발송실패 안내] hello\n" TO
	"\n메일이 전송되지 않았습니다.\n\n받는사람: bob@kr.example\n실패 사유: "
	"존재하지 않는 계정입니다. 550 5.1.1\n",
	"bob@kr.example", "5.1.1", "hard"},
    {"mail.ru",
	"From: mailer-daemon@corp.mail.example\n"
	"Subject: Mail failure.\n" TO
	"\nВаше сообщение не может быть доставлено.\nПользователь с адресом "
	"bob@mail.example не найден. 550 Message was not accepted -- invalid "
	"mailbox.\n",
	"bob@mail.example", "5.", "hard"},
    {"yandex",
	"From: mailer-daemon@yandex.example\n"
	"Subject: Недоставленное сообщение\n" TO
	"\nЭто письмо создано автоматически сервером. К сожалению, Ваше "
	"письмо не может быть доставлено одному или нескольким получателям:\n"
	"\n<bob@yandex.example>: host mx said: 550 5.7.1 No such user!\n",
	"bob@yandex.example", "5.7.1", "hard"},
    {"X.400 and MCI",
	"From: Postmaster@mci.example\nSubject: Delivery report: hello\n" TO
	"\nYour message was not delivered to the following recipients:\n"
	"  bob@example.net\n  Reason: Unable to transfer; Recipient not "
	"found\n",
	"bob@example.net", "5.", "hard"},
    {"a host that cannot be reached any more",
	"From: MAILER-DAEMON@mx.example.net\nSubject: Returned mail: Host "
	"unknown\n" TO
	"\n<bob@gone.example>: Host or domain name not found. Name service "
	"error for name=gone.example type=MX: Host not found\n",
	"bob@gone.example", "5.", "hard"},
    {"greylisting is no failure for ever",
	"From: MAILER-DAEMON@mx.example.net\nSubject: Warning: could not send "
	"message for past 4 hours\n" TO
	"\n<bob@example.net>\n451 4.7.1 Greylisted, please try again later\n",
	"bob@example.net", "4.7.1", "soft"},
    {"a French Exchange",
	"From: Microsoft Outlook <postmaster@example.net>\n"
	"Subject: Non remis : hello\n" TO
	"\nÉchec de la remise à ces destinataires ou groupes :\n\n"
	"bob@example.net\nL'adresse de messagerie que vous avez entrée est "
	"introuvable. 550 5.1.1\n",
	"bob@example.net", "5.1.1", "hard"},
    {"a DMARC refusal is the sender's policy, not the address",
	"From: MAILER-DAEMON@mx.example.net\nSubject: Undelivered Mail "
	"Returned to Sender\n" TO
	"\n<bob@example.net>: host mx said: 550 5.7.26 Unauthenticated email "
	"is not accepted due to the domain's DMARC policy\n",
	"bob@example.net", "5.7.26", "policy"},
    {"a provider that takes no answer",
	"From: no-reply@jp.example\nReply-To: no-reply@app.jp.example\n"
	"Subject: メールエラー通知\n" TO
	"\n送信先のメールボックスが一杯のため、送信できませんでした。\n"
	"Recipient: <bob@jp.example>\n",
	"bob@jp.example", "", "full"},
    {"a transcript of the session",
	"From: MAILER-DAEMON@mx.example.net\nSubject: Postfix SMTP server: "
	"errors\n" TO
	"\nTranscript of session follows.\n\n In: RCPT TO:<bob@example.net>\n"
	" Out: 250 2.1.5 Ok\n In: DATA\n Out: 451 4.3.0 Error: queue file "
	"write error\n",
	"bob@example.net", "4.3.0", "soft"},
    {"too large",
	"From: MAILER-DAEMON@mx.example.net\nSubject: Undelivered Mail "
	"Returned to Sender\n" TO
	"\n<bob@example.net>: message size 30000000 exceeds size limit "
	"10240000 of server; 552 5.3.4\n",
	"bob@example.net", "5.3.4", "policy"},
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
    {MAIL_FEEDBACK, "a receipt of Outlook",
	"From: anna@x.example\nSubject: Read: Printer\n" TO
	"\nYour message\n\n   To: Anna\n   Subject: Printer\n   Sent: Monday\n"
	"\n was read on Monday, 2 November 2026 10:00.\n"},
    {MAIL_FEEDBACK, "a receipt of Outlook in German",
	"From: anna@x.example\nSubject: Gelesen: Drucker\n" TO
	"\nIhre Nachricht\n\n   An: Anna\n   Betreff: Drucker\n   Gesendet: "
	"Montag\n\nwurde am Montag, 2. November 2026 10:00 gelesen.\n"},
    {MAIL_FEEDBACK, "a receipt of Outlook in French",
	"From: anna@x.example\nSubject: Lu : Imprimante\n" TO
	"\nVotre message\n\n   À : Anna\n   Objet : Imprimante\n\na été lu le "
	"lundi 2 novembre 2026.\n"},
    {MAIL_FEEDBACK, "a receipt that tells it was not read",
	"From: anna@x.example\nSubject: Not read: Printer\n" TO
	"\nYour message\n\n   To: Anna\n   Subject: Printer\n\n was deleted "
	"without being read on Monday.\n"},
    {MAIL_HUMAN, "a person whose subject begins like a receipt's",
	"From: anna@x.example\nSubject: Read: the manual says no\n" TO
	"\nI have read the manual, and it does not say how.\n"},
    {MAIL_AUTO_REPLY, "a note in Swedish",
	"From: anna@x.example\nSubject: Autosvar: Skrivare\n" TO
	"\nJag är på semester.\n"},
    {MAIL_AUTO_REPLY, "a note in Greek",
	"From: anna@x.example\nSubject: Αυτόματη απάντηση: x\n" TO "\nΑ\n"},
    {MAIL_AUTO_REPLY, "a note in Hebrew",
	"From: anna@x.example\nSubject: תשובה אוטומטית: x\n" TO "\nא\n"},
    {MAIL_AUTO_REPLY, "a note in Arabic",
	"From: anna@x.example\nSubject: رد تلقائي: x\n" TO "\nا\n"},
    {MAIL_AUTO_REPLY, "a note in Chinese",
	"From: anna@x.example\nSubject: 自动回复:x\n" TO "\n我在休假。\n"},
    {MAIL_AUTO_REPLY, "a note in Korean",
	"From: anna@x.example\nSubject: 자동 회신: x\n" TO "\n휴가\n"},
    {MAIL_AUTO_REPLY, "a note in Vietnamese",
	"From: anna@x.example\nSubject: Trả lời tự động: x\n" TO "\nx\n"},
    {MAIL_AUTO_REPLY, "a note in Thai",
	"From: anna@x.example\nSubject: ตอบกลับอัตโนมัติ: x\n" TO "\nx\n"},
    {MAIL_AUTO_REPLY, "a note in Romanian",
	"From: anna@x.example\nSubject: Răspuns automat: x\n" TO "\nx\n"},
    {MAIL_AUTO_REPLY, "a note that only its text tells",
	"From: anna@x.example\nSubject: Re: Printer\nPrecedence: bulk\n" TO
	"\nI am out of the office until 9 November and will answer then.\n"},
    {MAIL_AUTO_REPLY, "a request to prove that one is a person",
	"From: anna@x.example\nSubject: Please confirm your message\n"
	"X-TMDA-Fingerprint: abc\n" TO "\nReply to this mail.\n"},
    {MAIL_AUTO_REPLY, "another one",
	"From: anna@x.example\nSubject: [Boxbe] Verification required\n"
	"X-Boxbe: 1\nAuto-Submitted: auto-replied\n" TO "\nx\n"},
    {MAIL_AUTO_GENERATED, "a desk's acknowledgement",
	"From: help@x.example\nSubject: [#12] Received\n"
	"X-Zammad-Ticket-Id: 12\nX-Auto-Response-Suppress: All\n" TO "\nx\n"},
    {MAIL_AUTO_GENERATED, "a monitor",
	"From: nagios@x.example\nAuto-Submitted: auto-generated\n"
	"Subject: host down\n" TO "\nx\n"},
    {MAIL_AUTO_GENERATED, "a list's program",
	"From: users-request@lists.example.org\nSubject: Welcome\n" TO
	"\nYou are subscribed.\n"},
    {MAIL_AUTO_GENERATED, "fml",
	"From: users-admin@lists.example.org\nX-MLServer: fml\n"
	"Subject: You are not member\n" TO "\nYou are not a member.\n"},
    {MAIL_LIST, "a list's digest of what people wrote",
	"From: majordomo@lists.example.org\nPrecedence: bulk\n"
	"Subject: users Digest V1 #33\n" TO "\nTopics: printers.\n"},
    {MAIL_HUMAN, "a person whose address ends in admin",
	"From: it-admin@example.org\nSubject: Printer\n" TO "\nHelp.\n"},
    {MAIL_HUMAN, "a web form that names the person",
	"From: no-reply@example.org\nReply-To: anna@x.example\n"
	"Subject: Form\n" TO "\nMy mail could not be delivered.\n"},
    {MAIL_HUMAN, "a person who asks about an automatic reply",
	"From: anna@x.example\nSubject: How do I set an automatic reply?\n" TO
	"\nHello\n"},
    {MAIL_HUMAN, "a person who passes a bounce on",
	"From: anna@x.example\nSubject: Fwd: Undelivered Mail Returned to "
	"Sender\n" TO "\nWhat is that?\n"},
    {MAIL_HUMAN, "a person who complains about a bounce",
	"From: anna@x.example\nSubject: Re: failure notice\n" TO
	"\nI got this: 550 5.1.1 User unknown. Why?\n"},
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
	Suite *suite = suite_create("robot");
	TCase *tcase = tcase_create("robot");
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
