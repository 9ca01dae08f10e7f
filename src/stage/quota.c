#include "arena.h"
#include "record.h"

#include "people.h"

#include "store.h"

#include "quota.h"

static const struct account *
find(const struct view *view, const struct facts *facts,
    struct Quota **quota_r)
{
	const struct account *account = people_account(
	    view->conf->people, facts->speaker.address);

	if (account == NULL ||
	    store_quota_get(view->txn, view->arena, account->name, view->now,
		quota_r) != 1)
		return NULL;
	return account;
}

void
quota_look(const struct view *view, struct facts *facts)
{
	struct Quota *quota;
	const struct account *account = find(view, facts, &quota);

	if (account == NULL)
		return;
	facts->quota = account->quota + quota->added;
	facts->quota_used = quota->used;
}

void
quota_count(struct applying *a)
{
	struct Quota *quota;
	const struct account *account = find(a->view, a->facts, &quota);

	if (account == NULL)
		return;
	quota->used++;
	store_quota_put(a->view->txn, quota);
	a->ticket->quota_used = quota->used;
	a->ticket->quota_most = account->quota + quota->added;
}
