#include <check.h>
#include <stdio.h>
#include <string.h>

#include "buf.h"

#include "person.h"

const struct person zoe = {"Zoe Jansen", "zoe@acme.example", true};
const struct person karl = {"Karl Weiss", "karl@weiss.example", true};
const struct person lea = {"Lea Roth", "lea@corp.example", true};
const struct person tim = {"Tim Oud", "tim@corp.example", true};
const struct person omar = {"Omar Said", "omar@corp.example", true};
const struct person nina = {"Nina Falk", "nina@corp.example", true};
const struct person forger = {"Zoe Jansen", "zoe@acme.example", false};
const struct person anna = {"Anna Berger", "anna@desk.example", true};
const struct person bob = {"Bob Okafor", "bob@desk.example", true};
const struct person false_anna = {
    "Anna Berger", "anna@desk.example", false};

/* What the receiving server put on top, then what the mail program wrote. No
 * two mails have the same Message-ID. */
static void
add_head(struct desk *desk, struct buf *out, const struct person *person)
{
	const char *domain = strchr(person->address, '@') + 1;
	const char *date = when_mail_text(desk->kept, desk->now);
	static unsigned count;

	buf_print(out,
	    "Return-Path: <%s>\r\n"
	    "Authentication-Results: mx.desk.example; dmarc=%s"
	    " header.from=%s\r\n"
	    "Received: from mail.%s by mx.desk.example with ESMTPS; %s\r\n"
	    "Date: %s\r\n"
	    "Message-ID: <m%u.%zu@%s>\r\n"
	    "From: %s <%s>\r\n",
	    person->address, person->vouched ? "pass" : "fail", domain,
	    domain, date, date, ++count, desk->letter_count, domain,
	    person->name, person->address);
}

static void
add_text(struct buf *out, const char *text)
{
	buf_add_text(out,
	    "MIME-Version: 1.0\r\n"
	    "Content-Type: text/plain; charset=utf-8\r\n"
	    "Content-Transfer-Encoding: 8bit\r\n\r\n");
	for (; *text != '\0'; text++) {
		if (*text == '\n')
			buf_put(out, '\r');
		buf_put(out, *text);
	}
	buf_add_text(out, "\r\n");
}

struct span
person_writes(struct desk *desk, const struct person *person, const char *to,
    const char *subject, const char *fields, const char *text)
{
	struct buf out = buf_in(desk->kept);

	add_head(desk, &out, person);
	buf_print(&out, "To: %s\r\nSubject: %s\r\n%s", to, subject, fields);
	add_text(&out, text);
	return buf_span(&out);
}

struct span
person_answers(struct desk *desk, const struct person *person,
    const struct sent *sent, const char *fields, const char *text)
{
	const struct Mail *mail = sent->mail;
	struct buf out = buf_in(desk->kept);

	add_head(desk, &out, person);
	buf_print(&out,
	    "To: %s\r\nSubject: Re: %s\r\nIn-Reply-To: <%s>\r\n"
	    "References:",
	    mail->n_reply_to > 0 ? mail->reply_to[0]->address
				 : mail->from[0]->address,
	    mail->subject, mail->message_id);
	for (size_t i = 0; i < mail->n_references; i++)
		buf_print(&out, " <%s>", mail->references[i]);
	buf_print(&out, " <%s>\r\n%s", mail->message_id, fields);
	add_text(&out, text);
	return buf_span(&out);
}

struct span
server_returns(struct desk *desk, const struct sent *sent, const char *status)
{
	const char *domain = strchr(sent->parcel->to, '@') + 1;
	struct person server = {"Mail Delivery System",
	    arena_print(desk->kept, "MAILER-DAEMON@%s", domain), true};
	struct buf out = buf_in(desk->kept);

	add_head(desk, &out, &server);
	buf_print(&out,
	    "To: %s\r\nSubject: Undelivered Mail Returned to Sender\r\n"
	    "Auto-Submitted: auto-replied\r\nMIME-Version: 1.0\r\n"
	    "Content-Type: multipart/report;"
	    " report-type=delivery-status; boundary=\"=_dsn\"\r\n\r\n"
	    "--=_dsn\r\nContent-Type: text/plain\r\n\r\n"
	    "I could not deliver your mail.\r\n"
	    "--=_dsn\r\nContent-Type: message/delivery-status\r\n\r\n"
	    "Reporting-MTA: dns; mail.%s\r\n\r\n"
	    "Final-Recipient: rfc822; %s\r\nAction: failed\r\n"
	    "Status: %s\r\n"
	    "--=_dsn\r\nContent-Type: message/rfc822\r\n\r\n"
	    "Message-ID: <%s>\r\nSubject: %s\r\n\r\n--=_dsn--\r\n",
	    sent->parcel->from, domain, sent->parcel->to, status,
	    sent->mail->message_id, sent->mail->subject);
	return buf_span(&out);
}

struct letter *
person_says(
    struct desk *desk, const struct person *person, const char *text)
{
	return desk_take(desk,
	    person_answers(desk, person,
		desk_newest_mail(desk, person->address), "", text));
}

const char *
person_line(
    struct desk *desk, const struct person *person, const char *begin)
{
	const char *line =
	    strstr(desk_newest_mail(desk, person->address)->text, begin);

	ck_assert_ptr_nonnull(line);
	return arena_copy(
	    desk->kept, (struct span){line, strcspn(line, "\n")});
}

uint64_t
person_opens(struct desk *desk, const struct person *person)
{
	return desk_take(desk,
	    person_writes(desk, person, "support@desk.example",
		"The printer smells", "",
		"Hello,\n\nthe printer on floor 3 smells.\n"))
	    ->ticket;
}
