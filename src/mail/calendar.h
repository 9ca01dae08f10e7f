/* calendar: an invitation (RFC 5545, RFC 5546) as a few lines that a person
 * can read. Pure. */
#ifndef MAIL_CALENDAR_H
#define MAIL_CALENDAR_H

#include "arena.h"
#include "span.h"

/* Of the first event, to-do or note in `text`, which is UTF-8; empty when
 * there is none. Times stay as the calendar has them, with their zone: whose
 * day it is, is the reader's to know. */
struct span calendar_summary(struct arena *arena, struct span text);

#endif
