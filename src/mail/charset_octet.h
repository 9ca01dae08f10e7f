/* charset_octet: charsets in which each octet is a character. Pure, as far as
 * iconv is. */
#ifndef MAIL_CHARSET_OCTET_H
#define MAIL_CHARSET_OCTET_H

#include <iconv.h>
#include <stddef.h>

#include "arena.h"
#include "span.h"

#include "flag.h"

/* Without iconv: windows-1252, of which ISO 8859-1 is a part. */
struct span charset_1252_read(
    struct arena *arena, struct span octets, struct flags *flags);

/* From so many octets on the table below pays. */
#define CHARSET_OCTET_PAYS 500

/* As UTF-8, by a table that `converter` makes: it is asked once for each of the
 * values and not once for each octet. What is no character becomes U+FFFD and
 * is counted. */
struct span charset_octet_read(struct arena *arena, struct span octets,
    iconv_t converter, size_t *faults_r);

#endif
