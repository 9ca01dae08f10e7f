/* charset: octets in any charset that mail uses to UTF-8. Pure.
 *
 * Only a list of names reaches iconv: glibc loads a module for any name that
 * it is asked for, and the sender chooses the name. Names mean what the WHATWG
 * found that senders mean by them: shift_jis is CP932, latin1 is
 * windows-1252, gb2312 is GB18030, euc-kr is CP949. */
#ifndef MAIL_CHARSET_H
#define MAIL_CHARSET_H

#include <iconv.h>
#include <stdbool.h>

#include "arena.h"
#include "span.h"

#include "flag.h"

/* `octets` as valid UTF-8 without NUL; the result may be `octets` itself.
 * With no charset ("") or us-ascii, octets above 127 are UTF-8 if they can
 * be, otherwise what they look like (charset_guess.h), otherwise
 * windows-1252, with a flag. A label that cannot be right is not believed,
 * with a flag. What cannot be read becomes U+FFFD and raises a flag. */
struct span charset_to_utf8(struct arena *arena, struct span octets,
    struct span charset, struct flags *flags);
/* Whether the name is on the list. */
bool charset_known(struct span charset);

/* Converters held open, so that their modules stay loaded: for a process
 * that is about to lose its file system. Texts are read the same without. */
struct charset_hold {
	iconv_t converters[64];
	size_t count;
};

void charset_hold(struct charset_hold *hold);
void charset_release(struct charset_hold *hold);

#endif
