#include <string.h>

#include "arena.h"
#include "buf.h"

#include "creation.h"
#include "notice.h"
#include "people.h"
#include "refused_file.h"

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

/* Of a new ticket the first message, else the one that the notice tells of;
 * never to somebody who may not be its sender. */
static void
set_refused(struct rendering *r)
{
	struct arena *arena = r->view->arena;
	struct MessageData *content = r->content;
	struct buf out = buf_in(arena);
	struct Message *first;

	if (strcmp(r->outbox->detail, "stranger") == 0 || r->ticket->deleted)
		return;
	if (r->outbox->notice == NOTICE_RECEIVED &&
	    (store_message_get(r->view->txn, arena, r->ticket->number, 0,
		 &first) != 1 ||
		store_message_open(r->view->txn, arena, r->ticket, first,
		    &content) != 1))
		return;
	else if (r->outbox->notice != NOTICE_RECEIVED &&
	    strcmp(r->outbox->detail, "files-refused") != 0)
		return;
	for (size_t i = 0; content != NULL && i < content->n_attachments;
	     i++) {
		const struct AttachmentData *file = content->attachments[i];

		if (refused_file(file->kept, file->inlined, file->type))
			buf_print(&out, "%s%s: %s", out.len > 0 ? "\n" : "",
			    file->name[0] != '\0' ? file->name : file->type,
			    file->reason);
	}
	parcel_set(r, "files_refused", buf_text(&out));
}

/* Only the version that the ticket is opened under: another text is no answer
 * to what he was told. */
static void
set_agreement(struct rendering *r)
{
	const struct policy *policy = r->view->conf->policy;

	if (r->outbox->notice != NOTICE_RECEIVED || r->ticket->agreement ||
	    r->ticket->agreement_version[0] == '\0' ||
	    strcmp(r->ticket->agreement_version, policy->agreement_version) !=
		0)
		return;
	parcel_set(r, "agreement", policy->agreement);
	parcel_set(r, "agreement_version", policy->agreement_version);
	parcel_set(r, "agree_by_reply", policy->agree_by_reply ? "yes" : "");
}

void
parcel_creation(struct rendering *r)
{
	struct arena *arena = r->view->arena;
	const struct service *service =
	    people_service(r->view->conf->people, r->ticket->service);
	const struct CreationData *filled;

	if (r->engineer == NULL)
		set_refused(r);
	if (r->engineer == NULL)
		set_agreement(r);
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
