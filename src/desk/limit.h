/* limit: what people are told of the limits that the desk keeps. */
#ifndef DESK_LIMIT_H
#define DESK_LIMIT_H

#include <stdint.h>

#include "arena.h"
#include "decide.h"

struct limit {
	const char *key; /* of decide_reason(), with one place: "limit-cc" */
	int64_t most;	 /* a number, or hours, days or months */
};

/* The `index`th; a key of NULL behind the last. */
struct limit limits_at(const struct policy *policy, size_t index);

#endif
