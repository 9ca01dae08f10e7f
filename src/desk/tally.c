#include <stdbool.h>

#include "tally.h"

#define COUNT_SIZE 17

/* ---- octets ------------------------------------------------------------- */

static uint64_t
read_number(const char *at, unsigned octets)
{
	uint64_t number = 0;

	while (octets-- > 0)
		number = number << 8 | (unsigned char)*at++;
	return number;
}

static char *
write_number(char *at, uint64_t number, unsigned octets)
{
	while (octets-- > 0)
		*at++ = (char)(number >> 8 * octets);
	return at;
}

void
tally_read(struct tally *tally_r, struct span octets)
{
	size_t count = octets.len / COUNT_SIZE;

	tally_r->used = 0;
	if (octets.len % COUNT_SIZE != 0 || count > TALLY_MOST)
		return;
	for (size_t i = 0; i < count; i++) {
		const char *at = octets.at + i * COUNT_SIZE;

		tally_r->counts[i] = (struct tally_count){
		    .budget = (enum budget)(unsigned char)at[0],
		    .span = (uint32_t)read_number(at + 1, 4),
		    .of = read_number(at + 5, 8),
		    .count = (uint32_t)read_number(at + 13, 4)};
	}
	tally_r->used = count;
}

/* ---- spans -------------------------------------------------------------- */

static uint32_t
span_of_time(enum budget budget, when at)
{
	return (uint32_t)(at / budget_row(budget)->span);
}

/* One that lies ahead is of a clock that was wrong. */
static bool
is_over(const struct tally_count *count, when at)
{
	uint32_t now = span_of_time(count->budget, at);

	return count->span + 1 < now || count->span > now + 1;
}

struct span
tally_write(struct arena *arena, const struct tally *tally, when at)
{
	char *octets = arena_take(arena, tally->used * COUNT_SIZE + 1);
	char *to = octets;

	for (size_t i = 0; i < tally->used; i++) {
		const struct tally_count *count = &tally->counts[i];

		if (is_over(count, at))
			continue;
		*to++ = (char)count->budget;
		to = write_number(to, count->span, 4);
		to = write_number(to, count->of, 8);
		to = write_number(to, count->count, 4);
	}
	return span_from(octets, to);
}

/* ---- counts ------------------------------------------------------------- */

static const struct tally_count *
find(const struct tally *tally, enum budget budget, uint64_t of, uint32_t span)
{
	for (size_t i = 0; i < tally->used; i++) {
		const struct tally_count *count = &tally->counts[i];

		if (count->budget == budget && count->of == of &&
		    count->span == span)
			return count;
	}
	return NULL;
}

static uint32_t
count_in(const struct tally *tally, enum budget budget, uint64_t of,
    uint32_t span)
{
	const struct tally_count *found = find(tally, budget, of, span);

	return found != NULL ? found->count : 0;
}

uint32_t
tally_count(
    const struct tally *tally, enum budget budget, uint64_t of, when at)
{
	return count_in(tally, budget, of, span_of_time(budget, at));
}

unsigned
tally_used(const struct tally *tally, enum budget budget, uint64_t of, when at)
{
	uint32_t span = span_of_time(budget, at);
	when length = budget_row(budget)->span;

	return budget_used(count_in(tally, budget, of, span - 1),
	    count_in(tally, budget, of, span), length, at % length);
}

/* A place for one more: a new one, one that is over, or that of the least of
 * those that are told apart, of which a stranger can make any number. */
static struct tally_count *
make_room(struct tally *tally, when at)
{
	struct tally_count *least = NULL;

	if (tally->used < TALLY_MOST)
		return &tally->counts[tally->used++];

	for (size_t i = 0; i < tally->used; i++) {
		struct tally_count *count = &tally->counts[i];

		if (is_over(count, at))
			return count;
		if (count->of != 0 &&
		    (least == NULL || count->count < least->count))
			least = count;
	}
	/* Two spans of each budget and one ahead are fewer than all. */
	return least != NULL ? least : &tally->counts[0];
}

void
tally_add(struct tally *tally, enum budget budget, uint64_t of, when at)
{
	uint32_t span = span_of_time(budget, at);
	struct tally_count *count =
	    (struct tally_count *)find(tally, budget, of, span);

	if (count == NULL) {
		count = make_room(tally, at);
		*count = (struct tally_count){budget, span, of, 0};
	}
	if (count->count < UINT32_MAX)
		count->count++;
}
