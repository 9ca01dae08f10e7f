/* conf_scan: reads a conf's text before libconfig does.
 *
 * libconfig 1.5 follows an include wherever it points, wraps an integer that
 * is too large without a word (99999999999 becomes 1215752191), takes 010 for
 * ten and drops a NUL out of a string. None of that can be seen in the tree
 * it builds, so the text itself is looked through. */
#ifndef APP_CONF_SCAN_H
#define APP_CONF_SCAN_H

#include <stdbool.h>

#include "conf_wrong.h"

/* Of one file, in octets. */
#define CONF_FILE_MAX	 (1024 * 1024)
/* Files within files, the first included. */
#define CONF_INCLUDE_MAX 3
/* Brackets within brackets; libconfig's parser recurses. */
#define CONF_NESTED_MAX	 16

/* The file `name` of `folder` and whatever it includes. False when libconfig
 * must not see it; what is wrong is in `wrongs`. */
bool conf_scan(
    struct conf_wrongs *wrongs, const char *folder, const char *name);

#endif
