/* date: the Date field (RFC 5322, sections 3.3 and 4.3) and what senders
 * write instead. Pure. */
#ifndef MAIL_DATE_H
#define MAIL_DATE_H

#include "span.h"
#include "when.h"

/* The moment that `text` names; 0 when it names none that can be. */
when date_read(struct span text);

#endif
