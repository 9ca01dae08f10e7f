/* shift: charsets of seven bits that shift to a second set and back: HZ
 * (RFC 1843), ISO-2022-KR (RFC 1557), ISO-2022-CN (RFC 1922). Pure.
 *
 * iconv has none of the first, wants the announcement of the second at the
 * text's very start, and stops at faults of both; here what is between two
 * shifts gets its eighth bit back, so that the EUC charset reads it. */
#ifndef MAIL_SHIFT_H
#define MAIL_SHIFT_H

#include "arena.h"
#include "span.h"

struct span shift_hz(struct arena *arena, struct span octets);
struct span shift_iso_2022(struct arena *arena, struct span octets);

#endif
