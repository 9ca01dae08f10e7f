#include "arena.h"

#include "creation.h"
#include "decide.h"

#include "store.h"

#include "apply_creation.h"

void
apply_field(struct applying *a, const struct effect *effect)
{
	struct CreationData *filled;

	/* Once deleted there is no key that could seal it. */
	if (a->ticket->deleted)
		return;
	filled =
	    store_creation_open(a->view->txn, a->view->arena, a->ticket);
	creation_fill(a->view->arena, filled, effect->name, effect->text,
	    effect->flag);
	store_creation_put(a->view->txn, a->ticket, filled);
}

void
apply_agreement(struct applying *a, const struct effect *effect)
{
	a->ticket->agreement_version =
	    arena_copy_text(a->view->arena, effect->text);
	a->ticket->agreement = effect->flag;
}
