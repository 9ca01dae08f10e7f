/* jis: ISO-2022-JP (RFC 1468) as Shift_JIS. Pure.
 *
 * Japanese programs put the characters of NEC and IBM (a circled one, roman
 * numerals) into ISO-2022-JP, where glibc's converter knows none of them; its
 * CP932 does. So the letters are moved there first. */
#ifndef MAIL_JIS_H
#define MAIL_JIS_H

#include <stdbool.h>

#include "arena.h"
#include "span.h"

/* False when the text switches to a set that Shift_JIS does not have. */
bool jis_to_shift_jis(
    struct arena *arena, struct span octets, struct span *shifted_r);

#endif
