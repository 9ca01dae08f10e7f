#include <stdint.h>

#include "bounce.h"
#include "bounce_class.h"
#include "kind.h"
#include "kind_sign.h"
#include "kind_text.h"

/* Up to the parameters, as in "auto-generated; type=notice". */
static struct span
first_word(struct span text)
{
	size_t len = 0;

	while (len < text.len && text.at[len] != ';' && text.at[len] != '(' &&
	       !ascii_blank((unsigned char)text.at[len]))
		len++;
	return (struct span){text.at, len};
}

static bool
matches(const struct kind_sign *sign, struct span text)
{
	text = span_trim(text);
	if (text.len == 0)
		return false;
	switch (sign->match) {
	case MATCH_PRESENT:
		return true;
	case MATCH_IS:
		return span_is(first_word(text), sign->word);
	case MATCH_BEGINS:
		return span_begins(text, sign->word);
	case MATCH_HOLDS:
		return bounce_holds(text, sign->word);
	case MATCH_UNLIKE:
		return !span_is(first_word(text), sign->word);
	}
	return false;
}

static struct span
sender_name(const struct Mail *mail)
{
	const char *address = mail->n_from ? mail->from[0]->address : "";

	return (struct span){address, strcspn(address, "@")};
}

/* What signs are held against. */
struct seen {
	const struct Mail *mail;
	struct span sender, subject;
	uint32_t initials; /* of the fields' names */
};

/* A bit for the first letter of a field's name. */
static uint32_t
initial(const char *name)
{
	return 1u << ((unsigned char)name[0] & 31);
}

static struct seen
see(const struct Mail *mail)
{
	struct seen seen = {
	    mail, sender_name(mail), span_of(mail->subject), 0};

	for (size_t i = 0; i < mail->n_fields; i++)
		seen.initials |= initial(mail->fields[i]->name);
	return seen;
}

/* All signs meet all fields: few of them begin as any field does. */
static bool
shows(const struct seen *seen, const struct kind_sign *sign)
{
	const struct Mail *mail = seen->mail;

	switch (sign->place) {
	case PLACE_SENDER:
		return matches(sign, seen->sender);
	case PLACE_SUBJECT:
		return matches(sign, seen->subject);
	case PLACE_FIELD:
		break;
	}
	if ((seen->initials & initial(sign->field)) == 0)
		return false;
	for (size_t i = 0; i < mail->n_fields; i++) {
		const char *name = mail->fields[i]->name;

		if (same_letter(name[0], sign->field[0]) &&
		    span_is(span_of(name), sign->field) &&
		    matches(sign, span_of(mail->fields[i]->body)))
			return true;
	}
	return false;
}

static void
set(struct arena *arena, struct Mail *mail, enum mail_kind kind,
    const char *reason)
{
	mail->kind = kind;
	mail->kind_reason = arena_copy_text(arena, reason);
}

/* The null sender, which nothing but a machine may use (RFC 5321, 4.5.5). */
static bool
has_null_sender(const struct Mail *mail)
{
	for (size_t i = 0; i < mail->n_fields; i++) {
		if (span_is(span_of(mail->fields[i]->name), "Return-Path"))
			return span_is(
			    span_trim(span_of(mail->fields[i]->body)), "<>");
	}
	return false;
}

static bool
is_report(const struct parts *parts, const char *type)
{
	return parts->count > 0 &&
	       span_is(span_of(parts->list[0].report_type), type);
}

/* What the parts say. A report within a mail that was passed on belongs to
 * that mail, so only the mail's own parts count. */
static bool
find_by_parts(struct arena *arena, struct Mail *mail, const struct parts *parts)
{
	if (is_report(parts, "feedback-report") ||
	    bounce_part(parts, "message/feedback-report") != NULL) {
		set(arena, mail, MAIL_FEEDBACK,
		    "it holds an abuse report (RFC 5965)");
	} else if (is_report(parts, "disposition-notification") ||
		   bounce_part(parts, "message/disposition-notification") !=
		       NULL) {
		set(arena, mail, MAIL_FEEDBACK,
		    "it is a read receipt (RFC 8098)");
	} else if (is_report(parts, "delivery-status") ||
		   bounce_part(parts, "message/delivery-status") != NULL ||
		   bounce_part(parts, "message/global-delivery-status") !=
		       NULL) {
		set(arena, mail, MAIL_BOUNCE,
		    "it holds a delivery report (RFC 3464)");
	} else {
		return false;
	}
	return true;
}

static bool
is_no_reply(const char *address)
{
	struct span sender = {address, strcspn(address, "@")};

	return span_begins(sender, "no-reply") ||
	       span_begins(sender, "noreply") ||
	       span_begins(sender, "no_reply") ||
	       span_begins(sender, "donotreply") ||
	       span_begins(sender, "do-not-reply");
}

/* A form on a web site writes as no-reply too, and then names the person in
 * Reply-To. */
static bool
takes_no_answer(const struct Mail *mail)
{
	if (mail->n_from == 0 || !is_no_reply(mail->from[0]->address))
		return false;
	for (size_t i = 0; i < mail->n_reply_to; i++) {
		if (!is_no_reply(mail->reply_to[i]->address))
			return false;
	}
	return true;
}

/* Signs that count only together. */
static bool
find_by_sender(struct arena *arena, struct Mail *mail)
{
	struct span sender = sender_name(mail);
	bool null_sender = has_null_sender(mail);

	bool postmaster =
	    span_is(sender, "postmaster") || span_is(sender, "post_master");
	bool machine = null_sender || postmaster || takes_no_answer(mail);

	if (machine &&
	    bounce_subject(span_of(mail->subject))) {
		set(arena, mail, MAIL_BOUNCE,
		    "the mail system tells that a mail was not delivered");
		return true;
	}
	if (machine && bounce_text(span_of(mail->text))) {
		set(arena, mail, MAIL_BOUNCE,
		    "the mail system's text tells that a mail was not "
		    "delivered");
		return true;
	}
	return false;
}

static bool
has_field(const struct Mail *mail, const char *name)
{
	for (size_t i = 0; i < mail->n_fields; i++) {
		if (span_begins(span_of(mail->fields[i]->name), name))
			return true;
	}
	return false;
}

/* Whether it claims to have gone to many, without a list's name: what
 * autoresponders claim so that no other one answers. */
static bool
is_bulk(const struct Mail *mail)
{
	static const struct kind_sign claims[] = {
	    {MAIL_LIST, PLACE_FIELD, "Precedence", MATCH_IS, "bulk", ""},
	    {MAIL_LIST, PLACE_FIELD, "Precedence", MATCH_IS, "junk", ""},
	    {MAIL_LIST, PLACE_FIELD, "X-Precedence", MATCH_IS, "bulk", ""},
	};

	struct seen seen = see(mail);

	for (size_t i = 0; i < sizeof claims / sizeof *claims; i++) {
		if (shows(&seen, &claims[i]))
			return !has_field(mail, "List-");
	}
	return false;
}

/* The program that runs a list writes in its own name: to tell of a
 * subscription, or of a mail that the list did not take. */
static bool
is_list_manager(const struct Mail *mail)
{
	static const char *const names[] = {
	    "majordomo", "listserv", "mailman", "listproc", "ecartis", "sympa"};
	static const char *const ends[] = {"-request", "-bounces", "-owner"};
	struct span sender = sender_name(mail);

	/* A digest is what people wrote, and marked as a list's. */
	for (size_t i = 0; i < sizeof names / sizeof *names; i++) {
		if (mail->kind != MAIL_LIST && span_is(sender, names[i]))
			return true;
	}
	for (size_t i = 0; mail->kind != MAIL_LIST && i < sizeof ends / sizeof *ends; i++) {
		size_t len = strlen(ends[i]);

		if (sender.len > len &&
		    span_is((struct span){sender.at + sender.len - len, len},
			ends[i]))
			return true;
	}
	return has_field(mail, "X-MLServer") && sender.len > 6 &&
	       span_is((struct span){sender.at + sender.len - 6, 6},
		   "-admin");
}

/* Words, each beside another sign: a person may use any of them. */
static bool
find_by_words(struct arena *arena, struct Mail *mail)
{
	struct span subject = span_of(mail->subject);
	struct span text = span_of(mail->text);
	bool machine = has_null_sender(mail) || is_bulk(mail);

	if (kind_text_receipt(subject, text)) {
		set(arena, mail, MAIL_FEEDBACK,
		    "subject and text are a read receipt's");
	} else if (kind_text_complaint(subject) &&
		   (machine || mail->n_attachments > 0)) {
		set(arena, mail, MAIL_FEEDBACK,
		    "subject and attachment are an abuse report's");
	} else if (kind_text_reply_subject(subject)) {
		set(arena, mail, MAIL_AUTO_REPLY,
		    "the subject begins as an automatic reply's");
	} else if (mail->kind != MAIL_LIST &&
		   kind_text_absence(subject, text)) {
		set(arena, mail, MAIL_AUTO_REPLY,
		    "subject and text are those of Notes for the absent");
	} else if (kind_text_challenge(subject) &&
		   (machine || has_field(mail, "X-TMDA-") ||
		       has_field(mail, "X-Boxbe") ||
		       has_field(mail, "X-Spamarrest") ||
		       has_field(mail, "X-ChoiceMail"))) {
		set(arena, mail, MAIL_AUTO_REPLY,
		    "it asks to prove that a person wrote");
	} else if (is_list_manager(mail)) {
		set(arena, mail, MAIL_AUTO_GENERATED,
		    "the program that runs a mailing list wrote it");
	} else if (machine && kind_text_note(text)) {
		set(arena, mail, MAIL_AUTO_REPLY,
		    "a machine's mail, whose text tells of an absence");
	} else {
		return false;
	}
	return true;
}

/* What is left after the table. */
static void
find_by_rest(struct arena *arena, struct Mail *mail)
{
	struct span sender = sender_name(mail);

	if (has_null_sender(mail))
		set(arena, mail, MAIL_AUTO_GENERATED, "it has the null sender");
	else if (span_is(sender, "postmaster"))
		set(arena, mail, MAIL_AUTO_GENERATED,
		    "it is from \"postmaster\"");
	else if (takes_no_answer(mail))
		set(arena, mail, MAIL_AUTO_GENERATED,
		    "it is from an address that takes no answer");
}

static void
find(struct arena *arena, struct Mail *mail, const struct parts *parts)
{
	struct seen seen = see(mail);

	set(arena, mail, MAIL_HUMAN, "no sign of a machine");
	if (find_by_parts(arena, mail, parts))
		return;
	if (find_by_sender(arena, mail))
		return;
	for (size_t i = 0; i < kind_sign_count; i++) {
		const struct kind_sign *sign = &kind_signs[i];

		if (shows(&seen, sign)) {
			set(arena, mail, sign->kind, sign->reason);
			/* A machine that claims no more than that may be
			 * known better by its words. */
			if (sign->kind == MAIL_LIST)
				find_by_words(arena, mail);
			return;
		}
	}
	if (find_by_words(arena, mail))
		return;
	find_by_rest(arena, mail);
}

void
kind_find(struct arena *arena, struct Mail *mail, const struct parts *parts)
{
	find(arena, mail, parts);
	if (mail->kind == MAIL_BOUNCE)
		mail->bounce = bounce_read(arena, mail, parts);
}
