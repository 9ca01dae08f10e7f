/* clean: making text from a header harmless to show. Pure. */
#ifndef MAIL_CLEAN_H
#define MAIL_CLEAN_H

#include "arena.h"
#include "span.h"

#include "flag.h"

/* Valid UTF-8 without controls (C0, C1), without characters that turn the
 * direction of writing or show nothing (security: a name must look like what
 * it is), runs of blanks as one, none at the ends. */
char *clean_text(struct arena *arena, struct span text, struct flags *flags);
/* A file name: as above, without the folders before it. */
char *clean_file_name(
    struct arena *arena, struct span text, struct flags *flags);

#endif
