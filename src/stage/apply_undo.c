#include "arena.h"
#include "mail_words.h"
#include "record.h"

#include "notice.h"

#include "store.h"

#include "apply_undo.h"

void
apply_hold_back(struct applying *a, const struct effect *effect)
{
	struct Ticket *ticket = a->ticket;

	ticket->undo_until = effect->at;
	ticket->undo_engineer = arena_copy_text(
	    a->view->arena, a->facts->speaker.engineer);
	ticket->undo_state = effect->state;
	ticket->undo_owner = arena_copy_text(a->view->arena, effect->text);
	ticket->undo_changed = ticket->changed;
	ticket->undo_message = a->has_message ? a->applied.message + 1 : 0;
}

/* The customers' notices that leave when its time is over: no others of the
 * ticket are due at that very moment. */
static void
drop_rows(struct applying *a)
{
	struct Outbox *row;
	uint64_t after = 0;

	while (store_outbox_next(a->view->txn, a->view->arena,
		   a->ticket->number, after, &row) == 1) {
		after = row->id;
		if (row->status != OUTBOX_QUEUED || row->attempts != 0 ||
		    row->next != a->ticket->undo_until ||
		    !notice_row((enum notice)row->notice)->to_customer)
			continue;
		row->status = OUTBOX_SUPERSEDED;
		row->said = arena_copy_text(a->view->arena, "undone");
		store_outbox_put(a->view->txn, row);
	}
}

void
apply_undo(struct applying *a)
{
	struct Ticket *ticket = a->ticket;
	struct Message *message;

	drop_rows(a);
	if (ticket->undo_message > 0 &&
	    store_message_get(a->view->txn, a->view->arena, ticket->number,
		ticket->undo_message - 1, &message) == 1) {
		message->visibility = VISIBLE_ENGINEERS;
		store_message_put(a->view->txn, message);
	}
	ticket->undo_until = 0;
	ticket->undo_message = 0;
}
