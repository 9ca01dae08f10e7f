#include <sodium.h>

#include "arena.h"
#include "code.h"
#include "json.h"
#include "mail_words.h"
#include "record.h"
#include "when.h"

#include "mail_read.h"
#include "part.h"

#include "explain_json.h"

/* An author and his name; both "" when the mail has none. */
static void
explain_from(struct json *json, const struct Mail *mail)
{
	const struct Address *from = mail->n_from > 0 ? mail->from[0] : NULL;

	json_object(json, "from");
	json_text(json, "name", from ? from->name : "");
	json_text(json, "address", from ? from->address : "");
	json_end_object(json);
}

static void
explain_addresses(struct json *json, const char *name,
    struct Address *const *list, size_t count)
{
	json_array(json, name);
	for (size_t i = 0; i < count; i++)
		json_text(json, NULL, list[i]->address);
	json_end_array(json);
}

static char *
sha256(struct arena *arena, struct span octets)
{
	unsigned char hash[crypto_hash_sha256_BYTES];

	crypto_hash_sha256(hash, (const unsigned char *)octets.at, octets.len);
	return code_hex(arena, (struct span){(const char *)hash, sizeof hash});
}

static void
explain_attachments(
    struct arena *arena, struct json *json, const struct mail_reading *reading)
{
	json_array(json, "attachments");
	for (size_t i = 0; i < reading->mail->n_attachments; i++) {
		const struct Attachment *a = reading->mail->attachments[i];
		int part = reading->attachment_parts[i];
		struct span octets =
		    part_octets(arena, &reading->parts.list[part]);

		json_object(json, NULL);
		json_text(json, "name", a->name);
		json_text(json, "type", a->type);
		json_number(json, "size", (int64_t)a->size);
		json_text(json, "sha256", sha256(arena, octets));
		json_bool(json, "kept", a->kept);
		json_text(json, "reason", a->reason);
		json_end_object(json);
	}
	json_end_array(json);
}

static void
explain_bounce(struct json *json, const struct Bounce *bounce)
{
	if (bounce == NULL)
		return;
	json_object(json, "bounce");
	json_array(json, "recipients");
	for (size_t i = 0; i < bounce->n_recipients; i++) {
		const struct BounceRecipient *r = bounce->recipients[i];

		json_object(json, NULL);
		json_text(json, "address", r->address);
		json_text(json, "action", r->action);
		json_text(json, "status", r->status);
		json_text(json, "diagnostic", r->diagnostic);
		json_text(json, "class", r->class_);
		json_end_object(json);
	}
	json_end_array(json);
	json_text(json, "message_id", bounce->message_id);
	json_end_object(json);
}

void
explain_mail(
    struct json *json, const char *file, const struct mail_reading *reading)
{
	struct arena *arena = json->out.arena;
	const struct Mail *mail = reading->mail;

	json_text(json, "file", file);
	explain_from(json, mail);
	explain_addresses(json, "to", mail->to, mail->n_to);
	explain_addresses(json, "cc", mail->cc, mail->n_cc);
	json_text(json, "subject", mail->subject);
	if (mail->date != 0)
		json_text(json, "date", when_text(arena, mail->date));
	else
		json_null(json, "date");
	json_text(json, "message_id", mail->message_id);
	json_text(json, "text", mail->text);
	json_text(json, "new_text", mail->new_text);
	explain_attachments(arena, json, reading);
	json_text(json, "kind", mail_kind_word((enum mail_kind)mail->kind));
	json_text(json, "kind_reason", mail->kind_reason);
	explain_bounce(json, mail->bounce);
	json_array(json, "flags");
	for (size_t i = 0; i < mail->n_flags; i++)
		json_text(json, NULL, mail->flags[i]);
	json_end_array(json);
}
