#include <poll.h>
#include <stdio.h>
#include <string.h>
#include <time.h>

#include "arena.h"
#include "record.h"
#include "span.h"

#include "sink.h"
#include "sink_private.h"

size_t
sink_room(const struct sink *sink)
{
	return sink->kind->room(sink);
}

void
sink_put(struct sink *sink, const struct Parcel *parcel)
{
	sink->kind->put(sink, parcel);
}

struct Receipt *
sink_work(struct sink *sink, struct arena *arena, int fd, int wait)
{
	return sink->kind->work(sink, arena, fd, wait);
}

void
sink_close(struct sink *sink)
{
	if (sink != NULL)
		sink->kind->close(sink);
}

struct Parcel *
sink_copy(struct arena *arena, const struct Parcel *parcel)
{
	struct Parcel *copy = record_new(arena, &parcel__descriptor);
	struct span octets = record_span(parcel->octets);

	copy->outbox = parcel->outbox;
	copy->attempt = parcel->attempt;
	copy->medium = parcel->medium;
	copy->from = arena_copy_text(arena, parcel->from);
	copy->to = arena_copy_text(arena, parcel->to);
	copy->reference = arena_copy_text(arena, parcel->reference);
	copy->octets =
	    record_bytes((struct span){arena_copy(arena, octets), octets.len});
	return copy;
}

/* Each occurrence of `name` becomes a star, whatever its case. */
static void
mask(char *text, const char *name)
{
	size_t len = strlen(name);

	if (len == 0)
		return;
	while ((text = strcasestr(text, name)) != NULL) {
		*text++ = '*';
		memmove(text, text + len - 1, strlen(text + len - 1) + 1);
	}
}

struct Receipt *
sink_receipt(struct arena *arena, const struct Parcel *parcel,
    const struct sink_end *end)
{
	struct Receipt *receipt = record_new(arena, &receipt__descriptor);

	receipt->outbox = parcel->outbox;
	receipt->attempt = parcel->attempt;
	receipt->verdict = (uint32_t)end->verdict;
	receipt->code = end->code;
	/* Relays like to repeat whom they refuse; the text is kept for longer
	 * than the address may be. A number may come without its plus. */
	receipt->text = arena_copy_text(arena, end->text);
	mask(receipt->text, parcel->to + (parcel->to[0] == '+'));
	mask(receipt->text, parcel->from);
	return receipt;
}

void
sink_end_set(
    struct sink_end *end, enum verdict verdict, unsigned code, const char *text)
{
	end->verdict = verdict;
	end->code = code;
	end->text[0] = '\0';
	sink_say(end->text, 0, span_of(text));
}

size_t
sink_say(char *text, size_t len, struct span said)
{
	for (size_t i = 0; i < said.len; i++) {
		unsigned char c = (unsigned char)said.at[i];

		if (c >= 0x20 && c < 0x7f) {
			if (len + 1 > SINK_TEXT_MAX)
				break;
			text[len++] = (char)c;
		} else {
			/* Not half of an escape at the end. */
			if (len + 4 > SINK_TEXT_MAX)
				break;
			len += (size_t)snprintf(text + len, 5, "\\x%02x", c);
		}
	}
	text[len] = '\0';
	return len;
}

int64_t
sink_now(void)
{
	struct timespec ts;

	clock_gettime(CLOCK_MONOTONIC, &ts);
	return (int64_t)ts.tv_sec * 1000 + ts.tv_nsec / 1000000;
}

bool
sink_readable(int fd)
{
	struct pollfd ready = {.fd = fd, .events = POLLIN};

	return fd >= 0 && poll(&ready, 1, 0) > 0;
}
