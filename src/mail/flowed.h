/* flowed: format=flowed text (RFC 3676) with its soft line ends taken out.
 * Pure. */
#ifndef MAIL_FLOWED_H
#define MAIL_FLOWED_H

#include "arena.h"
#include "span.h"

/* `text` has \n line ends. Quoted lines keep their marks, as "> ". */
struct span flowed_join(struct arena *arena, struct span text, bool delsp);

#endif
