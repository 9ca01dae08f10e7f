/* fuzz: what the fuzz targets share. Each is a program of its own, with the
 * entry that libFuzzer and replay.c call. */
#ifndef TESTS_FUZZ_H
#define TESTS_FUZZ_H

#include <stddef.h>
#include <stdint.h>
#include <stdlib.h>

#include "arena.h"
#include "charset.h"
#include "span.h"
#include "utf8.h"

int LLVMFuzzerTestOneInput(const uint8_t *octets, size_t size);

/* What no input may make false. */
static inline void
fuzz_must(bool holds)
{
	if (!holds)
		abort();
}

/* As the process that reads mail does: without it each text that is guessed
 * at loads the converters anew. */
static inline void
fuzz_hold(void)
{
	static struct charset_hold hold;

	if (hold.count == 0)
		charset_hold(&hold);
}

static inline struct span
fuzz_span(const uint8_t *octets, size_t size)
{
	return (struct span){size > 0 ? (const char *)octets : "", size};
}

#endif
