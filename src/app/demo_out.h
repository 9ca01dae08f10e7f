/* demo_out: what the demo's desk has sent, read back from the folder. */
#ifndef APP_DEMO_OUT_H
#define APP_DEMO_OUT_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

#include "quote.h"

#include "demo_mails.h"

struct demo_out {
	struct arena *arena;
	const char *folder;
	const struct quote_rules *quotes;
	size_t shown; /* files that demo_out_show() has shown */
};

/* Says on the terminal what has gone out since the last time. */
void demo_out_show(struct demo_out *out);
/* What a person needs of the newest mail to `address`, to answer it; false,
 * after saying so, when none went there. */
bool demo_out_answered(struct demo_out *out, const char *address,
    struct demo_answered *answered_r);
/* The six digits of the newest SMS. */
const char *demo_out_code(struct demo_out *out);

#endif
