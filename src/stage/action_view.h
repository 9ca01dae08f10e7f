/* action_view: the action addresses of one reader of a ticket. */
#ifndef STAGE_ACTION_VIEW_H
#define STAGE_ACTION_VIEW_H

#include "action_links.h"
#include "facts.h"
#include "parcel_view.h"

/* The values of a notice to a customer who is on the ticket: what he may do
 * in its state. `subject` "" where its words are not for him. */
void action_view(struct rendering *r, const char *subject);
/* The lines of all that any notice may have offered, whatever the state. */
const char *action_view_lines(const struct view *view,
    const struct Ticket *ticket, uint32_t slot,
    const struct notice_words *words);

#endif
