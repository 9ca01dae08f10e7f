/* buf: octets that grow, in an arena.
 *
 * Start with `struct buf b = buf_in(arena);`. Adding never fails (arena.h).
 * `at` stays valid until the next addition. */
#ifndef BASE_BUF_H
#define BASE_BUF_H

#include "arena.h"
#include "span.h"

struct buf {
	struct arena *arena;
	char *at;
	size_t len;
	size_t room;
};

static inline struct buf
buf_in(struct arena *arena)
{
	return (struct buf){.arena = arena};
}

/* Room for `more` octets behind `len`; write there, then add to `len`. */
char *buf_reserve(struct buf *buf, size_t more);
void buf_add(struct buf *buf, struct span text);
void buf_add_text(struct buf *buf, const char *text);
void buf_print(struct buf *buf, const char *format, ...)
    __attribute__((format(printf, 2, 3)));
/* Ends it with a NUL that `len` does not count; "" when nothing was added. */
char *buf_text(struct buf *buf);

static inline void
buf_put(struct buf *buf, char c)
{
	if (buf->len == buf->room)
		buf_reserve(buf, 1);
	buf->at[buf->len++] = c;
}

static inline struct span
buf_span(const struct buf *buf)
{
	return (struct span){buf->at, buf->len};
}

#endif
