#include "arena.h"
#include "record.h"

#include "decide.h"

#include "store.h"

#include "apply_message.h"
#include "flood.h"

static struct MessageData *
message_data_of(struct applying *a, const struct effect *effect)
{
	const struct Mail *mail = a->facts->mail;
	struct arena *arena = a->view->arena;
	struct MessageData *out = record_new(arena, &message_data__descriptor);

	out->new_text = arena_copy_text(
	    arena, effect->text ? effect->text : mail ? mail->new_text : "");
	if (mail == NULL) {
		out->text = out->new_text;
		return out;
	}
	/* A note's text is not the whole of its mail; the mail is kept whole
	 * with the first message that it makes. */
	out->text = a->mail_kept ? out->new_text : mail->text;
	out->message_id = mail->message_id;
	out->flags = mail->flags;
	out->n_flags = mail->n_flags;
	for (size_t i = 0; !a->mail_kept && i < mail->n_attachments; i++) {
		const struct Attachment *from = mail->attachments[i];
		struct AttachmentData *to =
		    record_new(arena, &attachment_data__descriptor);

		to->name = from->name;
		to->type = from->type;
		to->size = from->size;
		to->kept = from->kept;
		to->reason = from->reason;
		to->inlined = from->inlined;
		record_append(arena, (void ***)&out->attachments,
		    &out->n_attachments, to);
	}
	return out;
}

/* Kept as long as the contact data may be. Where that is gone already, so is
 * whatever else would have to go with it. */
static void
keep_apart(struct applying *a, const struct Message *message)
{
	struct Confidential *row =
	    record_new(a->view->arena, &confidential__descriptor);

	if (a->facts->apart == NULL || a->mail_kept || a->ticket->purged)
		return;
	row->ticket = a->ticket->number;
	row->message = message->number;
	row->slot = message->slot;
	row->time = a->view->now;
	store_confidential_add(a->view->txn, row, a->facts->apart,
	    a->ticket->contact_expires);
}

/* Whoever was not on the ticket has joined it by now, or it is full: what he
 * writes is never the requester's for want of a slot of his own. */
static uint32_t
slot_of_author(struct applying *a)
{
	const struct speaker *speaker = &a->facts->speaker;
	int slot = speaker->slot;

	if (a->fresh)
		return 0;
	if (slot < 0 && speaker->engineer[0] == '\0' &&
	    speaker->address[0] != '\0')
		slot = apply_slot_at(a, speaker->address);
	return slot >= 0 ? (uint32_t)slot : 0;
}

void
apply_message(struct applying *a, const struct effect *effect)
{
	const struct Mail *mail = a->facts->mail;
	struct Message *message =
	    record_new(a->view->arena, &message__descriptor);
	struct MessageData *content = message_data_of(a, effect);

	message->author = effect->author;
	message->visibility = effect->visibility;
	message->slot = slot_of_author(a);
	message->engineer = arena_copy_text(
	    a->view->arena, a->facts->speaker.engineer);
	message->time = a->view->now;
	message->assurance = a->facts->speaker.assurance;
	if (mail != NULL) {
		message->kind = mail->kind;
		message->mailbox = mail->origin->mailbox;
	}
	store_message_add(a->view->txn, a->ticket, message, content,
	    mail != NULL && !a->mail_kept ? mail->attachments : NULL,
	    mail != NULL && !a->mail_kept ? mail->n_attachments : 0);
	keep_apart(a, message);
	if (!a->mail_kept)
		flood_count_mail(a);
	a->ticket->spoken = a->view->now;
	a->applied.message = message->number;
	a->has_message = true;
	a->mail_kept = true;
	/* The first one keeps it: whoever writes it again must not turn the
	 * answers to it to a ticket of his own. */
	if (mail != NULL && mail->message_id[0] != '\0' &&
	    store_message_id_get(a->view->txn, mail->message_id) == 0)
		store_message_id_put(
		    a->view->txn, mail->message_id, a->ticket->number);
}
