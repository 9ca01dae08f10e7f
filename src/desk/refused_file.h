/* refused_file: what was sent along and not kept, as its sender is told. */
#ifndef DESK_REFUSED_FILE_H
#define DESK_REFUSED_FILE_H

#include <stdbool.h>

#include "record.h"

/* Whether the sender is told. He did not attach his signature, his key, nor
 * the logo of a page, and knows nothing of them. */
bool refused_file(bool kept, bool inlined, const char *type);
bool refused_files(const struct Mail *mail);

#endif
