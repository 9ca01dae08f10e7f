#include <assert.h>

#include "row.h"

static void
put(struct row *row, uint64_t number, unsigned octets)
{
	assert(row->len + octets <= ROW_MAX);
	while (octets-- > 0)
		row->at[row->len++] = (unsigned char)(number >> 8 * octets);
}

static uint64_t
read_number(struct span octets, size_t at, unsigned count)
{
	uint64_t number = 0;

	if (octets.len < at + count)
		return 0;
	while (count-- > 0)
		number = number << 8 | (unsigned char)octets.at[at++];
	return number;
}

struct row
row_of(enum row_table table)
{
	return (struct row){.at = {(unsigned char)table}, .len = 1};
}

struct row
row_of_u64(enum row_table table, uint64_t number)
{
	struct row row = row_of(table);

	row_u64(&row, number);
	return row;
}

void
row_u32(struct row *row, uint32_t number)
{
	put(row, number, 4);
}

void
row_u64(struct row *row, uint64_t number)
{
	put(row, number, 8);
}

void
row_octets(struct row *row, struct span octets)
{
	assert(row->len + octets.len <= ROW_MAX);
	memcpy(row->at + row->len, octets.at, octets.len);
	row->len += octets.len;
}

uint32_t
row_read_u32(struct span octets, size_t at)
{
	return (uint32_t)read_number(octets, at, 4);
}

uint64_t
row_read_u64(struct span octets, size_t at)
{
	return read_number(octets, at, 8);
}
