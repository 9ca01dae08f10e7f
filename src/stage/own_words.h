/* own_words: a mail on a ticket without the desk's own words. What was sent to
 * the speaker is in the store; it is compared, so that a quote is known in any
 * client and language, marked or not. */
#ifndef STAGE_OWN_WORDS_H
#define STAGE_OWN_WORDS_H

#include "decide.h"
#include "record.h"

#include "facts.h"

/* facts->mail with the new text that is left: the same mail when nothing is
 * ours, else a copy in the view's arena, whose whole text is kept. The facts'
 * ticket and speaker are set. */
const struct Mail *own_words_taken_out(
    const struct view *view, const struct facts *facts);

#endif
