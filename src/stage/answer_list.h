/* answer_list: the tickets that somebody asks for and may see. */
#ifndef STAGE_ANSWER_LIST_H
#define STAGE_ANSWER_LIST_H

#include "buf.h"

#include "facts.h"
#include "notice_words.h"

/* Adds a line a ticket, newest first, and what to ask for the rest. `argument`
 * is /list's. */
void answer_list(const struct view *view, const struct facts *facts,
    const struct notice_words *words, const char *argument, struct buf *out);

#endif
