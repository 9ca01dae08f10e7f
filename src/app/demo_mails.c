#include <string.h>

#include "arena.h"
#include "buf.h"
#include "when.h"

#include "demo_mails.h"

/* What the receiving server wrote on top: who is vouched for. */
#define TOP(domain)                                                            \
	"Return-Path: <sender@" domain ">\r\n"                                 \
	"Authentication-Results: mx.desk.example; dmarc=pass"                  \
	" header.from=" domain "\r\n"                                          \
	"Received: from mail." domain " by mx.desk.example with ESMTPS;"       \
	" {date}\r\n"                                                          \
	"Date: {date}\r\n"                                                     \
	"Message-ID: <{id}@" domain ">\r\n"

#define ANSWER                                                                 \
	"To: {reply_to}\r\n"                                                   \
	"Subject: Re: {subject}\r\n"                                           \
	"In-Reply-To: <{in_reply_to}>\r\n"                                     \
	"References: {references}\r\n"                                         \
	"MIME-Version: 1.0\r\n"                                                \
	"Content-Type: text/plain; charset=utf-8\r\n"                          \
	"Content-Transfer-Encoding: 8bit\r\n\r\n"

#define ZOE	"From: =?utf-8?Q?Zo=C3=AB?= Jansen <zoe@acme.example>\r\n"
#define ANNA	"From: Anna Berger <anna@desk.example>\r\n"
#define GUENTHER "From: =?iso-8859-1?Q?G=FCnther?= Weiss <gw@weiss.example>\r\n"

const struct demo_mail demo_firsts[] = {
    {"1-zoe", "Zoë, a customer",
	"writes in UTF-8, with a photo, and her boss on CC",
	TOP("acme.example") ZOE
	"To: support@desk.example\r\n"
	"Cc: boss@acme.example\r\n"
	"Subject: =?utf-8?Q?The_printer_on_floor_3_smells_=E2=80=93_help!?=\r\n"
	"MIME-Version: 1.0\r\n"
	"Content-Type: multipart/mixed; boundary=\"=_zoe\"\r\n\r\n"
	"--=_zoe\r\n"
	"Content-Type: text/plain; charset=utf-8\r\n"
	"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
	"Hello,\r\n\r\nsince this morning the printer on floor 3 smells of "
	"burnt plastic. =\r\nIt still prints =E2=80=93 should we pull the "
	"plug?\r\n\r\nZo=C3=AB\r\n-- \r\nZo=C3=AB Jansen, Acme B.V.\r\n"
	"--=_zoe\r\n"
	"Content-Type: image/png; name=printer.png\r\n"
	"Content-Disposition: attachment; filename=printer.png\r\n"
	"Content-Transfer-Encoding: base64\r\n\r\n"
	"iVBORw0KGgoAAAANSUhEUgAAABAAAAAQCAIAAACQkWg2AAAAFklEQVR42mM4YaNBEmIY"
	"1TCq\r\nYfhqAAAeBCwQMd+aqQAAAABJRU5ErkJggg==\r\n"
	"--=_zoe--\r\n"},
    {"2-hanako", "Hanako, a customer",
	"writes in Shift_JIS, from an old mail program",
	TOP("tanaka.example")
	"From: =?ISO-2022-JP?B?GyRCRURDZhsoQiAbJEIyVjtSGyhC?= "
	"<hanako@tanaka.example>\r\n"
	"To: support@desk.example\r\n"
	"Subject: =?ISO-2022-JP?B?GyRCJWshPCU/ITwkLDpGNS9GMCQ3JF4kORsoQg==?="
	"\r\n"
	"MIME-Version: 1.0\r\n"
	"Content-Type: text/plain; charset=Shift_JIS\r\n"
	"Content-Transfer-Encoding: base64\r\n\r\n"
	"g4uBW4NegVuCqo3Ei06TroLwjEqC6JXUgrWCxIKigtyCt4FCCoOJg5ODdoLNkNSCrZNf"
	"lsWCtYLE\r\n"
	"gqKC3IK3gUIKguaC64K1gq2CqIrogqKCtYLcgreBQgoKk2OShiCJ1I5xCg==\r\n"},
    {"3-guenther", "Günther, a customer", "writes HTML in Latin-1",
	TOP("weiss.example") GUENTHER
	"To: support@desk.example\r\n"
	"Subject: =?iso-8859-1?Q?Zugang_gesperrt=3F_F=FCr_heute_dringend?=\r\n"
	"MIME-Version: 1.0\r\n"
	"Content-Type: text/html; charset=iso-8859-1\r\n"
	"Content-Transfer-Encoding: quoted-printable\r\n\r\n"
	"<html><body><p>Guten Tag,</p><p>mein Zugang ist <b>gesperrt</b>; "
	"ich br=E4uchte ihn f=FCr heute.</p><ul><li>Benutzer: gweiss</li>"
	"<li>Fehler: &bdquo;Konto ruht&ldquo;</li></ul>"
	"<p>Viele Gr=FC=DFe<br>G=FCnther Wei=DF</p></body></html>\r\n"},
    {NULL, NULL, NULL, NULL},
};

const struct demo_mail demo_answer = {"4-anna", "Anna, an engineer",
    "answers Zoë from her mail client", TOP("desk.example") ANNA ANSWER
    "Hello Zoë,\r\n\r\nyes, please pull the plug now. A colleague comes "
    "at two.\r\nWhich model is it?\r\n\r\nAnna\r\n\r\n"
    "On Mon, Example Support wrote:\r\n> New ticket\r\n> ...\r\n"};

const struct demo_mail demo_follow = {"5-zoe", "Zoë",
    "replies, quoting what she got", TOP("acme.example") ZOE ANSWER
    "Done. It is an LX-300, the label says 2019.\r\n\r\n"
    "Anna Berger (Example Support) wrote:\r\n"
    "> Hello Zoë,\r\n>\r\n> yes, please pull the plug now.\r\n"};

const struct demo_mail demo_resolve = {"6-anna", "Anna",
    "resolves the ticket with a command", TOP("desk.example") ANNA ANSWER
    "/resolve\r\n\r\nThe fuser is replaced, and the smell is gone.\r\n"};

const struct demo_mail demo_yes = {"7-zoe", "Zoë",
    "confirms with five points", TOP("acme.example") ZOE ANSWER
    "confirm 5 thanks, that was quick\r\n"};

const struct demo_mail demo_mobile = {"8-guenther", "Günther",
    "wants news by SMS", TOP("weiss.example") GUENTHER ANSWER
    "/sms +49 151 2345678\r\n"};

const struct demo_mail demo_code = {"9-guenther", "Günther",
    "gives the code back that his phone got",
    TOP("weiss.example") GUENTHER ANSWER "/verify {code}\r\n"};

const struct demo_mail demo_bounce = {"10-daemon",
    "Hanako's mail server", "returns the acknowledgement",
    TOP("tanaka.example")
    "From: Mail Delivery System <MAILER-DAEMON@tanaka.example>\r\n"
    "To: {reply_to}\r\n"
    "Subject: Undelivered Mail Returned to Sender\r\n"
    "Auto-Submitted: auto-replied\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: multipart/report; report-type=delivery-status;"
    " boundary=\"=_dsn\"\r\n\r\n"
    "--=_dsn\r\nContent-Type: text/plain\r\n\r\n"
    "I could not deliver your mail.\r\n"
    "--=_dsn\r\nContent-Type: message/delivery-status\r\n\r\n"
    "Reporting-MTA: dns; mail.tanaka.example\r\n\r\n"
    "Final-Recipient: rfc822; hanako@tanaka.example\r\n"
    "Action: failed\r\nStatus: 5.2.2\r\n"
    "Diagnostic-Code: smtp; 552 5.2.2 mailbox is full\r\n\r\n"
    "--=_dsn\r\nContent-Type: message/rfc822\r\n\r\n"
    "Message-ID: <{in_reply_to}>\r\nSubject: {subject}\r\n\r\n"
    "--=_dsn--\r\n"};

const struct demo_mail demo_vacation = {"11-robot",
    "Günther's autoresponder", "says that he is away",
    TOP("weiss.example") GUENTHER
    "To: {reply_to}\r\n"
    "Subject: Automatische Antwort: {subject}\r\n"
    "In-Reply-To: <{in_reply_to}>\r\n"
    "Auto-Submitted: auto-replied\r\n"
    "X-Auto-Response-Suppress: All\r\n"
    "MIME-Version: 1.0\r\n"
    "Content-Type: text/plain; charset=utf-8\r\n\r\n"
    "Ich bin bis Montag nicht im Haus.\r\n"};

static const char *
value_of(struct arena *arena, const struct demo_mail *mail,
    const struct demo_answered *answered, when now, struct span name)
{
	if (span_is(name, "date"))
		return when_mail_text(arena, now);
	if (span_is(name, "id"))
		return arena_print(arena, "%s.%lld", mail->name, (long long)now);
	if (answered == NULL)
		return "";
	if (span_is(name, "reply_to"))
		return answered->reply_to;
	if (span_is(name, "in_reply_to"))
		return answered->message_id;
	if (span_is(name, "references"))
		return answered->references;
	if (span_is(name, "subject"))
		return answered->subject;
	return span_is(name, "code") ? answered->code : "";
}

struct span
demo_fill(struct arena *arena, const struct demo_mail *mail,
    const struct demo_answered *answered, when now)
{
	struct buf out = buf_in(arena);
	const char *s = mail->octets;

	for (const char *brace; (brace = strchr(s, '{')) != NULL;) {
		const char *end = strchr(brace, '}');

		buf_add(&out, span_from(s, brace));
		buf_add_text(&out,
		    value_of(arena, mail, answered, now,
			span_from(brace + 1, end)));
		s = end + 1;
	}
	buf_add_text(&out, s);
	return buf_span(&out);
}
