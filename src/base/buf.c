#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <string.h>

#include "arena.h"
#include "buf.h"

#define FIRST_ROOM 64u

char *
buf_reserve(struct buf *buf, size_t more)
{
	if (more > buf->room - buf->len) {
		size_t room = buf->room < FIRST_ROOM ? FIRST_ROOM
						     : buf->room * 2;

		if (room - buf->len < more)
			room = buf->len + more;
		buf->at = arena_grow_unset(buf->arena, buf->at, buf->room, room);
		buf->room = room;
	}
	return buf->at + buf->len;
}

void
buf_add(struct buf *buf, struct span text)
{
	if (text.len == 0)
		return;
	memcpy(buf_reserve(buf, text.len), text.at, text.len);
	buf->len += text.len;
}

void
buf_add_text(struct buf *buf, const char *text)
{
	buf_add(buf, span_of(text));
}

void
buf_print(struct buf *buf, const char *format, ...)
{
	va_list args;
	int len;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len <= 0)
		return;
	buf_reserve(buf, (size_t)len + 1);
	va_start(args, format);
	vsnprintf(buf->at + buf->len, (size_t)len + 1, format, args);
	va_end(args);
	buf->len += (size_t)len;
}

char *
buf_text(struct buf *buf)
{
	*buf_reserve(buf, 1) = '\0';
	return buf->at;
}
