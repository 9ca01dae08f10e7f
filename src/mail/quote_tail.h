/* quote_tail: signatures, what phones and lists add, and lawyers' notices, in
 * a reply whose quotes are known. Pure. */
#ifndef MAIL_QUOTE_TAIL_H
#define MAIL_QUOTE_TAIL_H

struct reply;

/* Marks the lines that are none of the person's words as LINE_DROPPED. */
void quote_tail_drop(struct reply *reply);

#endif
