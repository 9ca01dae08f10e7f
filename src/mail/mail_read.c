#include <endian.h>
#include <sodium.h>
#include <stdint.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "mail_words.h"
#include "record.h"
#include "span.h"
#include "utf8.h"

#include "address.h"
#include "attachment.h"
#include "body.h"
#include "clean.h"
#include "date.h"
#include "flag.h"
#include "header.h"
#include "kind.h"
#include "language.h"
#include "mail_read.h"
#include "message_id.h"
#include "mime.h"
#include "quote.h"
#include "subject.h"
#include "unpack.h"
#include "word.h"

#define DIGEST_SIZE 32
#define DIGEST_END  256u

const struct mail_limits mail_limits_default = {
    .mail = 32u * 1024 * 1024,
    .header = 256u * 1024,
    .field = 16u * 1024,
    .fields = 500,
    .addresses = 200,
    .words = 200,
    .references = 50,
    .depth = 32,
    .parts = 500,
    .parameters = 64,
    .text = 1024u * 1024,
    .attachments = 5,
    .attachment = 5u * 1024 * 1024,
    .attachments_total = 10u * 1024 * 1024,
};

struct scan {
	struct arena *arena;
	const struct mail_limits *limits;
	struct flags *flags;
	struct Mail *mail;
	const struct header *header;
};

/* The octets, cut to the limit. A mail whose only line ends are CR (an old
 * Macintosh, or a broken gateway) is read as if they were LF. */
static struct span
lines_of(struct arena *arena, struct span octets,
    const struct mail_limits *limits, struct flags *flags)
{
	char *copy;

	if (octets.len == 0)
		return (struct span){"", 0};
	if (octets.len > limits->mail) {
		flag_raise(flags, FLAG_LIMIT_MAIL);
		octets.len = limits->mail;
	}
	if (memchr(octets.at, '\n', octets.len) != NULL ||
	    memchr(octets.at, '\r', octets.len) == NULL)
		return octets;
	flag_raise(flags, FLAG_BARE_CR);
	copy = arena_copy(arena, octets);
	for (size_t i = 0; i < octets.len; i++)
		if (copy[i] == '\r')
			copy[i] = '\n';
	return (struct span){copy, octets.len};
}

static struct span
unfolded(struct scan *scan, const struct header_field *field)
{
	return header_unfold(
	    scan->arena, field->body, scan->limits->field, scan->flags);
}

/* The first field of a name that may stand in a mail once (RFC 5322, 3.6);
 * NULL when there is none. */
static const struct header_field *
single(struct scan *scan, const char *name)
{
	if (header_find(scan->header, name, 1) != NULL)
		flag_raise(scan->flags, FLAG_DUPLICATE_FIELD);
	return header_find(scan->header, name, 0);
}

static void
copy_fields(struct scan *scan)
{
	struct Mail *mail = scan->mail;
	size_t count = scan->header->count;
	struct Field *fields =
	    arena_take_many(scan->arena, count, sizeof *fields);

	mail->fields =
	    arena_take_many(scan->arena, count, sizeof *mail->fields);
	mail->n_fields = count;
	for (size_t i = 0; i < count; i++) {
		const struct header_field *from = &scan->header->list[i];
		struct span body = unfolded(scan, from);

		field__init(&fields[i]);
		fields[i].name = arena_copy(scan->arena, from->name);
		if (utf8_valid(body)) {
			fields[i].body = arena_copy(scan->arena, body);
		} else {
			struct buf out = buf_in(scan->arena);

			utf8_add_clean(&out, body);
			fields[i].body = buf_text(&out);
		}
		mail->fields[i] = &fields[i];
	}
}

/* All fields of one name, for a list that is spread over several. */
static struct address_list
addresses(struct scan *scan, const char *name)
{
	struct address_limits limits = {
	    scan->limits->addresses, scan->limits->words};
	struct address_list list = {0};
	const struct header_field *field;

	for (size_t i = 0; (field = header_find(scan->header, name, i)) != NULL;
	     i++) {
		address_list_read(scan->arena, unfolded(scan, field), &limits,
		    &list, scan->flags);
		/* Found one by one, fields cost the square of their number:
		 * what more than a few are has no honest meaning. */
		if (i == 8)
			break;
	}
	if (header_find(scan->header, name, 1) != NULL)
		flag_raise(scan->flags, FLAG_DUPLICATE_FIELD);
	return list;
}

static void
read_addresses(struct scan *scan)
{
	struct Mail *mail = scan->mail;
	struct address_list list = addresses(scan, "From");

	mail->from = list.list;
	mail->n_from = list.count;
	if (list.count > 1 || header_find(scan->header, "From", 1) != NULL)
		flag_raise(scan->flags, FLAG_SEVERAL_FROM);
	list = addresses(scan, "Sender");
	mail->sender = list.list;
	mail->n_sender = list.count;
	list = addresses(scan, "Reply-To");
	mail->reply_to = list.list;
	mail->n_reply_to = list.count;
	list = addresses(scan, "To");
	mail->to = list.list;
	mail->n_to = list.count;
	list = addresses(scan, "Cc");
	mail->cc = list.list;
	mail->n_cc = list.count;
}

/* The whole field, not cut to a limit: the newest ids stand last. */
static struct message_ids
ids(struct scan *scan, const char *name)
{
	const struct header_field *field = single(scan, name);
	struct message_ids all = {0};

	if (field != NULL)
		message_ids_read(scan->arena, field->body, &all, scan->flags);
	if (all.count > scan->limits->references) {
		flag_raise(scan->flags, FLAG_LIMIT_REFERENCES);
		all.list += all.count - scan->limits->references;
		all.count = scan->limits->references;
	}
	return all;
}

static void
read_identity(struct scan *scan)
{
	const struct header_field *field = single(scan, "Message-ID");
	struct Mail *mail = scan->mail;
	struct message_ids all = ids(scan, "In-Reply-To");

	if (field != NULL)
		mail->message_id = message_id_read(
		    scan->arena, unfolded(scan, field), scan->flags);
	mail->in_reply_to = all.list;
	mail->n_in_reply_to = all.count;
	all = ids(scan, "References");
	mail->references = all.list;
	mail->n_references = all.count;
}

static void
read_texts(struct scan *scan)
{
	const struct header_field *field = single(scan, "Subject");
	struct Mail *mail = scan->mail;

	if (field != NULL)
		mail->subject = clean_text(scan->arena,
		    word_decode(scan->arena, unfolded(scan, field),
			scan->limits->words, scan->flags),
		    scan->flags);
	field = single(scan, "Date");
	if (field != NULL) {
		struct span text = unfolded(scan, field);

		mail->date = date_read(text);
		mail->date_text = clean_text(scan->arena, text, scan->flags);
	}
	field = header_find(scan->header, "Content-Language", 0);
	if (field != NULL) {
		struct span text = unfolded(scan, field);

		if (text.len >= 2 && ascii_alpha((unsigned char)text.at[0]) &&
		    ascii_alpha((unsigned char)text.at[1]) &&
		    (text.len == 2 || !ascii_alpha((unsigned char)text.at[2])))
			mail->language = arena_print(scan->arena, "%c%c",
			    ascii_lower(text.at[0]), ascii_lower(text.at[1]));
	}
}

/* What is written goes before what the header says: many programs name the
 * language of their own menus there. */
static void
read_language(struct scan *scan)
{
	const char *seen =
	    language_of(scan->mail->subject, scan->mail->new_text);

	if (seen[0] != '\0')
		scan->mail->language = arena_copy_text(scan->arena, seen);
}

static void
digest_piece(crypto_generichash_state *state, const char *at, size_t len)
{
	crypto_generichash_update(state, (const unsigned char *)at, len);
}

/* Eight octets, least significant first. */
static void
digest_length(crypto_generichash_state *state, uint64_t len)
{
	len = htole64(len);
	digest_piece(state, (const char *)&len, sizeof len);
}

/* A large body is known by its length and both of its ends, but only together
 * with a Message-ID: whoever sends two mails of one Message-ID, author, date
 * and length that differ in the middle alone has himself to blame (a forger
 * cannot: what nobody vouches for has digests of its own), and hashing was a
 * fifth of all reading with ends of 16 KiB. Without a Message-ID, machines that
 * send scans of one size would lose some. */
static void
digest_body(
    crypto_generichash_state *state, struct span body, bool identified)
{
	digest_length(state, body.len);
	if (!identified || body.len <= 2 * DIGEST_END) {
		digest_piece(state, body.at, body.len);
		return;
	}
	digest_piece(state, body.at, DIGEST_END);
	digest_piece(state, body.at + body.len - DIGEST_END, DIGEST_END);
}

/* Each value is led by its length, so that no two mails have the same octets
 * hashed. */
static void
make_digest(struct scan *scan, struct span body)
{
	static const char *const names[] = {
	    "Message-ID", "From", "Date", "Subject"};
	unsigned char *digest = arena_take(scan->arena, DIGEST_SIZE);
	crypto_generichash_state state;

	crypto_generichash_init(&state, NULL, 0, DIGEST_SIZE);
	for (size_t i = 0; i < sizeof names / sizeof names[0]; i++) {
		const struct header_field *field =
		    header_find(scan->header, names[i], 0);
		struct span value =
		    field ? span_trim(field->body) : (struct span){"", 0};

		digest_length(&state, value.len);
		digest_piece(&state, value.at, value.len);
	}
	digest_body(&state, body, scan->mail->message_id[0] != '\0');
	crypto_generichash_final(&state, digest, DIGEST_SIZE);
	scan->mail->digest = (ProtobufCBinaryData){DIGEST_SIZE, digest};
}

/* No author, or a limit that cut into what the mail is. */
static bool
damaged(const struct scan *scan)
{
	static const enum flag signs[] = {FLAG_NO_HEADER, FLAG_LIMIT_MAIL,
	    FLAG_LIMIT_HEADER, FLAG_LIMIT_FIELDS, FLAG_LIMIT_DEPTH,
	    FLAG_LIMIT_PARTS};

	for (size_t i = 0; i < sizeof signs / sizeof signs[0]; i++)
		if (flag_raised(scan->flags, signs[i]))
			return true;
	return scan->mail->n_from == 0 ||
	       scan->mail->from[0]->address[0] == '\0';
}

static void
copy_origin(struct scan *scan, const struct RawMail *raw)
{
	struct Origin *origin;

	scan->mail->trouble = raw->trouble;
	if (raw->origin == NULL)
		return;
	origin = record_new(scan->arena, &origin__descriptor);
	origin->mailbox = arena_copy_text(scan->arena, raw->origin->mailbox);
	origin->uidvalidity = raw->origin->uidvalidity;
	origin->uid = raw->origin->uid;
	origin->received = raw->origin->received;
	origin->size = raw->origin->size;
	scan->mail->origin = origin;
}

/* Whether a mail before it can be quoted in it. A client that passes a mail on
 * names it in References as well. */
static bool
answers(const struct Mail *mail)
{
	switch (subject_read(span_of(mail->subject))) {
	case SUBJECT_ANSWERS:
		return true;
	case SUBJECT_FORWARDS:
		return false;
	case SUBJECT_PLAIN:
		break;
	}
	/* Fields that are missing say something only where the header is as a
	 * client wrote it: what strips them strips the Message-ID as well. */
	return mail->n_in_reply_to > 0 || mail->n_references > 0 ||
	       mail->message_id[0] == '\0';
}

struct mail_reading
mail_read_whole(struct arena *arena, const struct RawMail *raw,
    const struct mail_limits *limits, const struct quote_rules *quotes)
{
	struct flags *flags = arena_take(arena, sizeof *flags);
	struct Mail *mail = record_new(arena, &mail__descriptor);
	struct span octets =
	    lines_of(arena, record_span(raw->octets), limits, flags);
	struct parts whole = mime_read(arena, octets, limits, flags);
	struct parts parts = unpack_parts(arena, &whole, limits);
	struct scan scan = {arena, limits, flags, mail, &parts.list[0].fields};
	struct body body;
	struct span text;

	if (scan.header->count == 0)
		flag_raise(flags, FLAG_NO_HEADER);
	copy_origin(&scan, raw);
	copy_fields(&scan);
	read_addresses(&scan);
	read_identity(&scan);
	read_texts(&scan);
	make_digest(&scan, parts.list[0].body);
	body = body_read(arena, &parts, limits, flags);
	mail->text = body.text;
	attachment_read_all(arena, &parts, &body, limits, mail);
	kind_find(arena, mail, &parts);
	text = (struct span){body.text, body.text_len};
	mail->new_text = arena_copy(arena,
	    answers(mail) ? quote_new_text(arena, quotes, text)
			  : quote_fresh_text(arena, quotes, text));
	mail->closed = flag_raised(flags, FLAG_ENCRYPTED) &&
	    body_closed(span_of(mail->new_text));
	read_language(&scan);
	mail->damaged = damaged(&scan);
	flag_write(arena, flags, mail);
	return (struct mail_reading){mail, parts, body.attachments};
}

struct Mail *
mail_read(struct arena *arena, const struct RawMail *raw,
    const struct mail_limits *limits, const struct quote_rules *quotes)
{
	return mail_read_whole(arena, raw, limits, quotes).mail;
}
