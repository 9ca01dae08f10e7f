#include <errno.h>
#include <stdarg.h>
#include <stdint.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sysexits.h>
#include <unistd.h>

#include "arena.h"
#include "log.h"

#define CHUNK_SIZE (64u * 1024)
/* What a reset keeps for the next use: to map fresh pages for each mail costs
 * as much as to read it. */
#define SPARE_MOST (2u * 1024 * 1024)
#define ALIGNMENT  16u

struct chunk {
	struct chunk *older;
	size_t size; /* of what follows this head */
	size_t used;
	_Alignas(16) unsigned char octets[];
};

struct arena {
	struct chunk *newest;
	struct chunk *first; /* kept by arena_reset() */
	struct chunk *spares; /* kept too, until they are needed */
	size_t spared;	      /* octets of these */
	size_t limit;
	size_t used;
};

static __attribute__((noreturn)) void
exhausted(const struct arena *arena, size_t size)
{
	log_error("memory: none for %zu octets more (%zu in use, limit %zu)",
	    size, arena ? arena->used : 0, arena ? arena->limit : 0);
	_exit(EX_TEMPFAIL);
}

static struct chunk *
chunk_new(struct arena *arena, size_t size)
{
	struct chunk *chunk;

	if (size > SIZE_MAX / 2)
		exhausted(arena, size);
	chunk = malloc(sizeof *chunk + size);
	if (chunk == NULL)
		exhausted(arena, size);
	chunk->older = NULL;
	chunk->size = size;
	chunk->used = 0;
	return chunk;
}

struct arena *
arena_new(size_t limit)
{
	struct arena *arena = malloc(sizeof *arena);

	if (arena == NULL)
		exhausted(NULL, sizeof *arena);
	*arena = (struct arena){.limit = limit};
	arena->first = arena->newest = chunk_new(arena, CHUNK_SIZE);
	return arena;
}

static void
free_or_spare(struct arena *arena, struct chunk *chunk)
{
	if (chunk->size > SPARE_MOST - arena->spared) {
		free(chunk);
		return;
	}
	chunk->older = arena->spares;
	arena->spares = chunk;
	arena->spared += chunk->size;
}

static void
free_newer_than_first(struct arena *arena)
{
	while (arena->newest != arena->first) {
		struct chunk *older = arena->newest->older;

		free_or_spare(arena, arena->newest);
		arena->newest = older;
	}
}

static struct chunk *
chunk_of(struct arena *arena, size_t size)
{
	struct chunk **at = &arena->spares;
	struct chunk *chunk;

	while (*at != NULL && (*at)->size < size)
		at = &(*at)->older;
	if (*at == NULL)
		return chunk_new(arena, size);
	chunk = *at;
	*at = chunk->older;
	arena->spared -= chunk->size;
	chunk->used = 0;
	return chunk;
}

void
arena_free(struct arena *arena)
{
	if (arena == NULL)
		return;
	free_newer_than_first(arena);
	while (arena->spares != NULL) {
		struct chunk *older = arena->spares->older;

		free(arena->spares);
		arena->spares = older;
	}
	free(arena->first);
	free(arena);
}

void
arena_reset(struct arena *arena)
{
	free_newer_than_first(arena);
	arena->first->used = 0;
	arena->used = 0;
}

size_t
arena_used(const struct arena *arena)
{
	return arena->used;
}

/* A piece whose octets are not set. A large piece gets a chunk of its own
 * below the newest one, so that the room left in that one is not lost; the
 * first chunk stays at the bottom of the list for arena_reset(). */
void *
arena_take_unset(struct arena *arena, size_t size)
{
	struct chunk *chunk = arena->newest;
	size_t rounded;
	void *piece;

	if (size > SIZE_MAX / 4)
		exhausted(arena, size);
	rounded = (size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	if (arena->limit != 0 && (arena->used > arena->limit ||
				     rounded > arena->limit - arena->used))
		exhausted(arena, size);
	if (rounded > chunk->size - chunk->used) {
		size_t fresh = rounded > CHUNK_SIZE ? rounded : CHUNK_SIZE;

		chunk = chunk_of(arena, fresh);
		chunk->older = arena->newest;
		arena->newest = chunk;
	}
	piece = chunk->octets + chunk->used;
	chunk->used += rounded;
	arena->used += rounded;
	return piece;
}

void *
arena_take(struct arena *arena, size_t size)
{
	void *piece = arena_take_unset(arena, size);

	memset(piece, 0, size);
	return piece;
}

void *
arena_take_many(struct arena *arena, size_t count, size_t size)
{
	if (size != 0 && count > SIZE_MAX / size)
		exhausted(arena, SIZE_MAX);
	return arena_take(arena, count * size);
}

void *
arena_grow_unset(
    struct arena *arena, void *old, size_t old_size, size_t new_size)
{
	struct chunk *chunk = arena->newest;
	size_t had = (old_size + ALIGNMENT - 1) & ~(size_t)(ALIGNMENT - 1);
	void *piece;

	if (new_size <= old_size)
		return old;
	if (old != NULL && chunk->used >= had &&
	    (unsigned char *)old == chunk->octets + chunk->used - had &&
	    new_size <= chunk->size - (chunk->used - had)) {
		chunk->used -= had;
		arena->used -= had;
		piece = arena_take_unset(arena, new_size);
	} else {
		piece = arena_take_unset(arena, new_size);
		if (old != NULL && old_size > 0)
			memcpy(piece, old, old_size);
	}
	return piece;
}

void *
arena_grow(struct arena *arena, void *old, size_t old_size, size_t new_size)
{
	char *piece = arena_grow_unset(arena, old, old_size, new_size);

	if (new_size > old_size)
		memset(piece + old_size, 0, new_size - old_size);
	return piece;
}

char *
arena_copy(struct arena *arena, struct span text)
{
	char *copy = arena_take_unset(arena, text.len + 1);

	if (text.len > 0)
		memcpy(copy, text.at, text.len);
	copy[text.len] = '\0';
	return copy;
}

char *
arena_copy_text(struct arena *arena, const char *text)
{
	return arena_copy(arena, span_of(text));
}

char *
arena_print(struct arena *arena, const char *format, ...)
{
	va_list args;
	char *text;
	int len;

	va_start(args, format);
	len = vsnprintf(NULL, 0, format, args);
	va_end(args);
	if (len < 0)
		return arena_copy_text(arena, "");
	text = arena_take_unset(arena, (size_t)len + 1);
	va_start(args, format);
	vsnprintf(text, (size_t)len + 1, format, args);
	va_end(args);
	return text;
}
