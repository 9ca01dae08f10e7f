/* describe: what a part's header says about its body. Pure. */
#ifndef MAIL_DESCRIBE_H
#define MAIL_DESCRIBE_H

#include "arena.h"
#include "span.h"

#include "mail_read.h"
#include "part.h"

/* Sets the part's type and all that belongs to it out of its fields, which
 * are set. `default_type` is the type of a part that declares none. The
 * boundary of a multipart comes in `boundary_r`; it is empty when there is
 * none that can be one. */
void describe_part(struct arena *arena, const struct mail_limits *limits,
    const char *default_type, struct part *part, struct span *boundary_r);

#endif
