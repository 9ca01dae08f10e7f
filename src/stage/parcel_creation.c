#include <string.h>

#include "arena.h"

#include "creation.h"
#include "notice.h"
#include "people.h"

#include "store.h"

#include "parcel_creation.h"

/* The keys and what may stand behind them are the desk's own words: whoever's
 * address it is, he may read them. */
static bool
asks(const struct rendering *r)
{
	return r->outbox->notice == NOTICE_RECEIVED ||
	    strncmp(r->outbox->detail, "form-", 5) == 0;
}

void
parcel_creation(struct rendering *r)
{
	struct arena *arena = r->view->arena;
	const struct service *service =
	    people_service(r->view->conf->people, r->ticket->service);
	const struct CreationData *filled;

	if (r->ticket->deleted || service == NULL ||
	    (r->engineer == NULL && !asks(r)))
		return;
	filled = store_creation_open(r->view->txn, arena, r->ticket);
	if (r->engineer != NULL) {
		parcel_set(r, "fields", creation_text(arena, filled));
		return;
	}
	parcel_set(r, "form", creation_form(arena, service, filled));
	parcel_set(r, "known", creation_known(arena, service, filled));
}
