#include "buf.h"
#include "utf8.h"

#include "bounce.h"
#include "bounce_class.h"
#include "bounce_text.h"

#define SEEN_OCTETS    (64 * 1024)
#define RECIPIENTS_MAX 10
#define ADDRESS_MAX    254
#define DIAGNOSTIC_MAX 500

static bool
holds_one(struct span text, const char *const *words, size_t count)
{
	if (text.len > SEEN_OCTETS)
		text.len = SEEN_OCTETS;
	for (size_t i = 0; i < count; i++) {
		if (bounce_holds(text, words[i]))
			return true;
	}
	return false;
}

bool
bounce_subject(struct span subject)
{
	static const char *const words[] = {"undeliver", "undelivered",
	    "non remis", "unzustellbar", "no se puede entregar",
	    "returned mail", "failure notice", "delivery failure",
	    "delivery fail", "delivery has failed", "delivery status",
	    "delivery notification", "delivery report", "returned to sender",
	    "returning message", "could not be delivered", "not delivered",
	    "non-delivery", "nondeliver", "mail delivery", "mail system error",
	    "bounce", "delivery problem", "message status", "unable to deliver",
	    "email delivery", "mail error", "delayed",
	    "mail failure", "could not send", "can't be delivered",
	    "nicht zugestellt", "nicht übermittelt", "échec de la remise",
	    "échec de remise", "échec de la distribution",
	    "échec de distribution", "Échec de la remise",
	    "Échec de remise", "Échec de la distribution",
	    "Échec de distribution", "non distribué", "no entregado",
	    "no se pudo entregar",
	    "não foi possível entregar", "não é possível entregar",
	    "não entregue", "mancato recapito",
	    "non recapitabile", "impossibile recapitare", "onbestelbaar",
	    "niet bezorgd", "kan inte levereras", "går inte att leverera", "kunne ikke leveres",
	    "kan ikke leveres", "ei voitu toimittaa", "ei voi toimittaa", "nie dostarczono",
	    "niedostarcz", "nedoručiteln", "kézbesíthetetlen", "nelivrabil",
	    "недостав", "Недостав", "не доставлен", "Не удается доставить",
	    "Не удаётся доставить", "не удается доставить",
	    "Не вдається доставити", "Недоставен", "δεν παραδόθηκε",
	    "Δεν είναι δυνατή η παράδοση", "teslim edilemedi",
	    "退信", "未送达", "无法送达", "投递失败", "未傳遞", "無法傳遞",
	    "無法投遞", "傳送失敗", "投遞失敗", "配信不能", "配信エラー", "配信できません",
	    "送信できません", "エラーメール", "メールエラー",
	    "エラー通知", "발송실패", "발송 실패",
	    "전송 실패", "전송실패", "배달되지", "배달 못함", "반송",
	    "לא ניתן למסירה", "غير قابل للتسليم", "تعذر تسليم"};

	return holds_one(subject, words, sizeof words / sizeof *words);
}

bool
bounce_text(struct span text)
{
	static const char *const words[] = {"could not be delivered",
	    "was not delivered", "not be delivered", "undeliverable",
	    "delivery to the following recipient", "delivery failed",
	    "unable to deliver", "did not reach the following recipient",
	    "cannot be delivered", "couldn't be delivered",
	    "returned to sender", "no such user",
	    "this is the qmail-send program", "permanent fatal errors",
	    "failed permanently", "delivery has failed", "user unknown",
	    "unknown user", "error sending your mail", "mailbox is full",
	    "this message was created automatically by mail delivery",
	    "nicht zugestellt werden", "n'a pas pu être remis",
	    "no se pudo entregar", "не может быть доставлен",
	    "не было доставлено", "被退回", "投递失败", "发送失败",
	    "无法投递", "無法投遞", "配信できません", "送信できません",
	    "전송되지 않았", "배달하지 못"};

	return holds_one(text, words, sizeof words / sizeof *words);
}

const char *
bounce_text_meaning(struct span text)
{
	static const char *const later[] = {"has been delayed",
	    "delivery delayed", "(delay)", ": delayed", "will be retried",
	    "will retry", "still trying", "will continue to try",
	    "you do not need to resend", "not yet been delivered",
	    "temporary failure", "temporarily unavailable",
	    "this is a warning message only", "deferred"};
	static const char *const never[] = {"permanent", "unknown", "undeliver",
	    "fail", "not delivered", "not be delivered", "no such",
	    "does not exist", "doesn't exist", "not exist", "returned",
	    "unable to", "reject", "refused", "not found", "over quota",
	    "exceeded", "is full", "not listed", "did not reach", "aborted",
	    "error", "unzustellbar", "fehler", "échec", "Échec", "introuvable",
	    "no se pudo", "não foi possível", "impossibile", "не может",
	    "не найден", "退信", "失败", "不存在", "無法", "无法", "できません",
	    "エラー", "실패", "되지 않았", "失敗", "未送达", "未能", "未傳遞",
	    "配信不能", "배달되지", "못했", "onbestelbaar", "is mislukt",
	    "non recapit", "non è riuscito", "niedostarcz", "nie powiodło",
	    "nedoruč", "nezdařil", "nepodaril", "teslim edileme", "başarısız",
	    "ikke lever", "mislykke", "inte att lever", "inte lever",
	    "ei voi", "сбой", "Сбой", "не удается", "Не удается", "недостав",
	    "Недостав", "pas pu", "não é possível", "falha", "no se puede",
	    "kézbesíthetetlen", "nelivrabil", "nu a fost", "غير قابل", "تعذر",
	    "לא ניתן"};

	if (holds_one(text, later, sizeof later / sizeof *later))
		return "4.0.0";
	if (holds_one(text, never, sizeof never / sizeof *never))
		return "5.0.0";
	return "";
}

/* How many octets at `i` are an enhanced status code (RFC 3463, section 2);
 * 0: none. An IP address is not taken for one. */
static size_t
enhanced_at(struct span s, size_t i)
{
	size_t at = i + 1;

	if (s.at[i] != '2' && s.at[i] != '4' && s.at[i] != '5')
		return 0;
	if (i > 0 && (ascii_digit((unsigned char)s.at[i - 1]) ||
			 ascii_alpha((unsigned char)s.at[i - 1]) ||
			 s.at[i - 1] == '.' || s.at[i - 1] == '-'))
		return 0;
	for (int part = 0; part < 2; part++) {
		size_t digits = 0;

		if (at >= s.len || s.at[at++] != '.')
			return 0;
		while (at < s.len && ascii_digit((unsigned char)s.at[at])) {
			at++;
			digits++;
		}
		if (digits < 1 || digits > 3)
			return 0;
	}
	if (at < s.len && (ascii_alpha((unsigned char)s.at[at]) ||
			      s.at[at] == '-' || s.at[at] == '/'))
		return 0;
	if (at + 1 < s.len && s.at[at] == '.' &&
	    ascii_digit((unsigned char)s.at[at + 1]))
		return 0;
	return at - i;
}

/* Whether an SMTP reply of failure stands at `i`: "550 ", "421-", "(550)". */
static bool
reply_at(struct span s, size_t i)
{
	int code;

	if (i + 3 > s.len || (s.at[i] != '4' && s.at[i] != '5') ||
	    !ascii_digit((unsigned char)s.at[i + 1]) ||
	    !ascii_digit((unsigned char)s.at[i + 2]))
		return false;
	if (i > 0 && !octet_in(s.at[i - 1], " \n\t('\"#:>"))
		return false;
	if (i + 3 < s.len && !octet_in(s.at[i + 3], " -)':,\n"))
		return false;
	code = (s.at[i] - '0') * 100 + (s.at[i + 1] - '0') * 10 +
	       (s.at[i + 2] - '0');
	return code == 421 || code == 422 || code == 441 || code == 442 ||
	       (code >= 450 && code <= 459) || (code >= 471 && code <= 472) ||
	       (code >= 500 && code <= 504) || (code >= 510 && code <= 559) ||
	       code == 571 || code == 521;
}

/* The first status; without `success` no "2.1.5", which a transcript of the
 * session shows before it shows what failed. */
static const char *
first_status(struct arena *arena, struct span text, bool success)
{
	size_t reply = text.len;

	if (text.len > SEEN_OCTETS)
		reply = text.len = SEEN_OCTETS;
	for (size_t i = 0; i < text.len; i++) {
		size_t len;

		if (!ascii_digit((unsigned char)text.at[i]))
			continue;
		len = enhanced_at(text, i);
		if (len > 0 && (success || text.at[i] != '2'))
			return arena_copy(
			    arena, (struct span){text.at + i, len});
		if (reply == text.len && reply_at(text, i))
			reply = i;
	}
	if (reply == text.len)
		return "";
	return text.at[reply] == '4' ? "4.0.0" : "5.0.0";
}

const char *
bounce_text_status(struct arena *arena, struct span text)
{
	return first_status(arena, text, true);
}

const char *
bounce_text_failure(struct arena *arena, struct span text)
{
	return first_status(arena, text, false);
}

/* Lines above which a report ends and the copy of the mail begins. */
static bool
begins_copy(struct span line)
{
	static const char *const words[] = {"below this line is a copy",
	    "this is a copy of", "original message follows",
	    "original message headers", "headers of the original",
	    "header of the original", "header of original message",
	    "unsent message follows", "message header follows",
	    "message headers follow", "enclosed is a copy",
	    "enclosed are the original headers", "original message -----",
	    "original mail as follows", "copy of your message",
	    "copy of the message", "start of returned message",
	    "your original message", "returned message ---"};

	if (span_begins(line, "Received: ") ||
	    span_begins(line, "Return-Path:") ||
	    span_begins(line, "DKIM-Signature:"))
		return true;
	return line.len < 160 &&
	       holds_one(line, words, sizeof words / sizeof *words);
}

struct span
bounce_text_report(struct span subject, struct span text, struct arena *arena)
{
	struct buf out = buf_in(arena);
	const char *end, *at;

	if (text.len > SEEN_OCTETS)
		text.len = SEEN_OCTETS;
	end = text.at + text.len;
	at = text.at;
	buf_add(&out, subject);
	buf_put(&out, '\n');
	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		struct span line = span_from(at, stop ? stop : end);

		/* The first lines introduce the report itself. */
		if (at != text.at && begins_copy(span_trim(line)))
			break;
		buf_add(&out, line);
		buf_put(&out, '\n');
		at = stop ? stop + 1 : end;
	}
	return buf_span(&out);
}

static bool
address_letter(int c)
{
	return ascii_alpha(c) || ascii_digit(c) ||
	       (c != 0 && strchr("!#$%&*+-/=?^_`{|}~.", c) != NULL);
}

/* The address round the '@' at `i`; empty when there is none. */
static struct span
address_round(struct span s, size_t i)
{
	size_t from = i, to = i + 1;

	while (from > 0 && i - from < ADDRESS_MAX &&
	       address_letter((unsigned char)s.at[from - 1]))
		from--;
	while (to < s.len && to - i < ADDRESS_MAX &&
	       (ascii_alpha((unsigned char)s.at[to]) ||
		   ascii_digit((unsigned char)s.at[to]) || s.at[to] == '-' ||
		   s.at[to] == '.'))
		to++;
	while (to > i + 1 && s.at[to - 1] == '.')
		to--;
	if (from == i || to == i + 1)
		return (struct span){NULL, 0};
	return (struct span){s.at + from, to - from};
}

/* Whether what stands on the line before an address shows that it is a
 * recipient's. */
static bool
points_at(struct span s, const char *address)
{
	static const char *const words[] = {"rcpt to", "recipient", " to ",
	    "to:", "deliver", "user", "mailbox", "address"};
	const char *line = address;
	struct span before;

	while (line > s.at && line[-1] != '\n' && address - line <= 200)
		line--;
	before = span_trim(span_from(line, address));
	while (before.len > 0 && octet_in(before.at[0], "<([\"'*->"))
		before = (struct span){before.at + 1, before.len - 1};
	if (span_trim(before).len == 0)
		return true;
	return before.len < 100 && !bounce_holds(before, "from") &&
	       holds_one(before, words, sizeof words / sizeof *words);
}

/* Whether it stands as qmail and Postfix name whom a mail did not reach:
 * "<anna@example.org>:" at a line's beginning. */
static bool
is_named(struct span s, struct span address)
{
	const char *end = address.at + address.len;

	return address.at > s.at + 1 && address.at[-1] == '<' &&
	       address.at[-2] == '\n' && end + 1 < s.at + s.len &&
	       end[0] == '>' && end[1] == ':';
}

static bool
is_machine(struct span address)
{
	return span_begins(address, "mailer-daemon@") ||
	       span_begins(address, "postmaster@") ||
	       span_begins(address, "abuse@") ||
	       span_begins(address, "support@");
}

static bool
is_among(struct Address *const *list, size_t count, const char *address)
{
	for (size_t i = 0; i < count; i++) {
		if (span_is(span_of(list[i]->address), address))
			return true;
	}
	return false;
}

static bool
is_known(const struct Bounce *bounce, const char *address)
{
	for (size_t i = 0; i < bounce->n_recipients; i++) {
		if (span_is(span_of(bounce->recipients[i]->address), address))
			return true;
	}
	return false;
}

/* What stands behind an address, up to a blank line, as one line: why it got
 * no mail. */
static char *
diagnostic(struct arena *arena, struct span behind)
{
	struct buf out = buf_in(arena);
	size_t line = 0;
	bool any = false, blank = false;

	if (behind.len > DIAGNOSTIC_MAX)
		behind.len = utf8_cut(behind, DIAGNOSTIC_MAX);
	for (size_t i = 0; i < behind.len; i++) {
		int c = (unsigned char)behind.at[i];

		/* The rest of the address's own line may be empty. */
		if (c == '\n' && any && span_trim(span_from(behind.at + line,
				behind.at + i)).len == 0)
			break;
		if (c == '\n')
			line = i + 1;
		if (ascii_blank(c)) {
			blank = true;
			continue;
		}
		if (!any && strchr(">:;,)\"'.<]", c) != NULL && c != 0)
			continue;
		if (any && blank)
			buf_put(&out, ' ');
		any = true;
		blank = false;
		buf_put(&out, (char)c);
	}
	return buf_text(&out);
}

static void
add(struct arena *arena, struct Bounce *bounce, const char *address,
    struct span behind)
{
	struct BounceRecipient *recipient =
	    record_new(arena, &bounce_recipient__descriptor);

	recipient->address = arena_copy_text(arena, address);
	recipient->status =
	    arena_copy_text(arena, bounce_text_failure(arena, behind));
	recipient->diagnostic = diagnostic(arena, behind);
	record_append(arena, (void ***)&bounce->recipients,
	    &bounce->n_recipients, recipient);
}

/* One pass over the report; `sure` takes only what points_at(). */
static void
collect(struct arena *arena, struct Bounce *bounce, struct span report,
    const struct Mail *mail, bool all, bool sure)
{
	for (size_t i = 0; i < report.len; i++) {
		struct span found;
		char *address;

		if (report.at[i] != '@' ||
		    bounce->n_recipients == RECIPIENTS_MAX)
			continue;
		found = address_round(report, i);
		if (found.len == 0 || found.len > ADDRESS_MAX)
			continue;
		address = arena_copy(arena, found);
		if (!all && !is_named(report, found) &&
		    (is_machine(found) ||
				is_among(mail->from, mail->n_from, address) ||
				is_among(mail->to, mail->n_to, address) ||
				(sure && !points_at(report, found.at))))
			continue;
		if (!is_known(bounce, address))
			add(arena, bounce, address,
			    span_from(found.at + found.len,
				all ? found.at + found.len
				    : report.at + report.len));
	}
}

void
bounce_text_recipients(struct arena *arena, struct Bounce *bounce,
    struct span report, const struct Mail *mail, bool all)
{
	if (report.len > SEEN_OCTETS)
		report.len = SEEN_OCTETS;
	collect(arena, bounce, report, mail, all, true);
	if (bounce->n_recipients == 0)
		collect(arena, bounce, report, mail, all, false);
}

/* The value of a field in the copy of a header; folded lines are not read on
 * but for the first, where a long value begins. */
static struct span
copied_field(struct span text, const char *name)
{
	const char *end = text.at + text.len;
	const char *at = text.at;

	while (at < end) {
		const char *stop = memchr(at, '\n', (size_t)(end - at));
		struct span line = span_trim(span_from(at, stop ? stop : end));

		at = stop ? stop + 1 : end;
		if (!span_begins(line, name))
			continue;
		line = span_trim((struct span){
		    line.at + strlen(name), line.len - strlen(name)});
		if (line.len > 0)
			return line;
		stop = memchr(at, '\n', (size_t)(end - at));
		return span_trim(span_from(at, stop ? stop : end));
	}
	return (struct span){NULL, 0};
}

const char *
bounce_text_message_id(struct arena *arena, struct span text)
{
	struct span id = copied_field(text, "Message-ID:");
	const char *close;

	if (id.len < 3 || id.at[0] != '<')
		return "";
	close = memchr(id.at, '>', id.len);
	if (close == NULL)
		return "";
	return arena_copy(arena, span_from(id.at + 1, close));
}

void
bounce_text_addressees(struct arena *arena, struct Bounce *bounce,
    struct span copy, const struct Mail *mail)
{
	collect(arena, bounce, copied_field(copy, "To:"), mail, true, true);
}
