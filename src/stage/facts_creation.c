#include "store.h"

#include "facts.h"

/* What its conf asks for is compared with it by the desk. */
void
facts_creation(const struct view *view, struct facts *facts)
{
	if (facts->ticket != NULL && !facts->ticket->deleted)
		facts->created = store_creation_open(
		    view->txn, view->arena, facts->ticket);
}
