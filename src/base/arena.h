/* arena: memory that is taken piece by piece and given back in one stroke.
 *
 * One arena a mail, a batch or a command. Pieces are zeroed and aligned for
 * any type. Nothing taken from an arena is freed alone. An arena never
 * answers NULL: when the machine has no memory, or the arena's limit is
 * reached, the process ends with exit code 75 (EX_TEMPFAIL) after one log
 * line. Nothing is lost by that: what is not committed is still on the
 * server, and the supervisor starts anew. */
#ifndef BASE_ARENA_H
#define BASE_ARENA_H

#include <stddef.h>

#include "span.h"

struct arena;

/* `limit`: octets it may hold in all; 0: no limit. */
struct arena *arena_new(size_t limit);
/* Gives all memory back. arena_free(NULL) is fine. */
void arena_free(struct arena *arena);
/* Forgets all pieces and keeps a little memory for the next use. */
void arena_reset(struct arena *arena);
/* Octets handed out since the start or the last reset. */
size_t arena_used(const struct arena *arena);

void *arena_take(struct arena *arena, size_t size);
/* The same for octets that are written at once: a mail passes through many
 * hands, and clearing each one's room first costs as much as filling it. */
void *arena_take_unset(struct arena *arena, size_t size);
/* `count` items of `size`; an overflow counts as having no memory. */
void *arena_take_many(struct arena *arena, size_t count, size_t size);
/* Like realloc: a new piece with the first `old_size` octets of `old`; grows
 * in place when `old` is the newest piece. */
void *arena_grow(
    struct arena *arena, void *old, size_t old_size, size_t new_size);
void *arena_grow_unset(
    struct arena *arena, void *old, size_t old_size, size_t new_size);
/* A copy that ends with NUL. */
char *arena_copy(struct arena *arena, struct span text);
char *arena_copy_text(struct arena *arena, const char *text);
char *arena_print(struct arena *arena, const char *format, ...)
    __attribute__((format(printf, 2, 3)));

#endif
