/* sink_private: what the kinds of sink share; sink.c calls them by it. */
#ifndef TRANSPORT_SINK_PRIVATE_H
#define TRANSPORT_SINK_PRIVATE_H

#include <stdint.h>

#include "mail_words.h"

#include "sink.h"

/* What another side says is kept up to here (records.proto, Receipt). */
#define SINK_TEXT_MAX 500

/* The functions of a kind promise what sink.h says of theirs. */
struct sink_kind {
	size_t (*room)(const struct sink *sink);
	void (*put)(struct sink *sink, const struct Parcel *parcel);
	struct Receipt *(*work)(
	    struct sink *sink, struct arena *arena, int fd, int wait);
	void (*close)(struct sink *sink);
};

/* Each kind's own struct begins with this one. */
struct sink {
	const struct sink_kind *kind;
};

/* How an attempt ended, until somebody asks for the receipt. */
struct sink_end {
	enum verdict verdict;
	unsigned code;
	char text[SINK_TEXT_MAX + 1];
};

/* A parcel of one's own: all that it holds is copied into the arena. */
struct Parcel *sink_copy(struct arena *arena, const struct Parcel *parcel);
/* The receipt, in the arena; where its text repeats the parcel's addresses
 * there is a star. */
struct Receipt *sink_receipt(struct arena *arena, const struct Parcel *parcel,
    const struct sink_end *end);
void sink_end_set(struct sink_end *end, enum verdict verdict, unsigned code,
    const char *text);
/* Adds what another side said to `text`, which has room for SINK_TEXT_MAX
 * octets and a NUL and holds `len`: controls and non-ASCII leave as \xHH.
 * Gives the new length. */
size_t sink_say(char *text, size_t len, struct span said);
/* Milliseconds on the clock that nobody sets. */
int64_t sink_now(void);
/* Whether `fd` can be read; -1 never can. */
bool sink_readable(int fd);

#endif
