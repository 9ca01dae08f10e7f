/* parcel_view: who else is on a ticket and what it is linked with, as the
 * reader of a notice may see it. Of parcel, and of nobody else. */
#ifndef STAGE_PARCEL_VIEW_H
#define STAGE_PARCEL_VIEW_H

#include "facts.h"
#include "notice_text.h"
#include "people.h"
#include "record.h"

#define PARCEL_VALUES 48

/* Everything that one row's rendering looks up. */
struct rendering {
	const struct view *view;
	const struct Outbox *outbox;
	const struct engineer *engineer; /* it goes to; NULL: a customer */
	struct Ticket *ticket;		 /* NULL: none */
	struct Message *message;	 /* it tells of; NULL: none */
	struct MessageData *content;
	struct MessageData *answered;	 /* the customer's last; NULL: none */
	uint32_t participant;		 /* his role on the ticket */
	struct ContactData *contact;	 /* it goes to; NULL: an engineer */
	struct OutboxData *own;		 /* the row's own content, or NULL */
	const char *language;		 /* the reader's own; "" none */
	const struct notice_set *notices; /* in that language */
	const char *to_address, *to_name;
	const struct door *door;
	const char *reply_to, *bounce_to; /* keyed; "" none */
	struct template_value values[PARCEL_VALUES];
	size_t count;
};

/* Nothing, where the text is empty. */
void parcel_set(struct rendering *r, const char *name, const char *text);
/* Likewise, with what is HTML already. */
void parcel_set_html(
    struct rendering *r, const char *name, const char *html);
void parcel_view(struct rendering *r);
/* The values of a transcript; true: a full one, whose row's detail is no
 * sentence. */
bool parcel_view_transcript(struct rendering *r);

#endif
