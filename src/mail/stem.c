#include "stem.h"

#define PLACES	(4 * STEMS_MOST)
#define CAPITAL 0x20u /* what tells ASCII's capitals from its small letters */

/* The first four octets, capitals as small letters; never 0. */
static uint32_t
head_of(const char *at)
{
	uint32_t head;

	memcpy(&head, at, sizeof head);
	return head | CAPITAL * 0x01010101u;
}

static size_t
place_of(uint32_t head)
{
	return (head * 2654435769u) >> 22;
}

static bool
begins(struct span text, struct span word)
{
	if (text.len < word.len)
		return false;
	for (size_t i = STEM_LEAST; i < word.len; i++)
		if (((unsigned char)text.at[i] | CAPITAL) !=
		    ((unsigned char)word.at[i] | CAPITAL))
			return false;
	return true;
}

bool
stems_add(struct stems *stems, struct span word)
{
	uint32_t head;
	size_t i;

	_Static_assert(PLACES == 1 << (32 - 22), "a hash is a place");
	if (word.len < STEM_LEAST || stems->count == STEMS_MOST)
		return false;
	head = head_of(word.at);
	i = place_of(head);
	while (stems->heads[i] != 0)
		i = (i + 1) % PLACES;
	stems->heads[i] = head;
	stems->words[i] = word;
	stems->count++;
	return true;
}

bool
stems_in(const struct stems *stems, struct span text)
{
	for (size_t at = 0; at + STEM_LEAST <= text.len; at++) {
		uint32_t head = head_of(text.at + at);

		for (size_t i = place_of(head); stems->heads[i] != 0;
		     i = (i + 1) % PLACES)
			if (stems->heads[i] == head &&
			    begins((struct span){text.at + at, text.len - at},
				stems->words[i]))
				return true;
	}
	return false;
}
