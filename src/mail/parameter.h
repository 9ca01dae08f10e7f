/* parameter: what follows the value of Content-Type and Content-Disposition
 * (RFC 2045, section 5.1; RFC 2231). Pure. */
#ifndef MAIL_PARAMETER_H
#define MAIL_PARAMETER_H

#include <stdbool.h>

#include "arena.h"
#include "span.h"

#include "flag.h"

struct parameter {
	struct span name;  /* without its *0* */
	struct span value; /* quotes off; RFC 2231's %XX still on */
	int section;	   /* of RFC 2231; -1 when the name has none */
	bool extended;	   /* the name ended with '*' */
};

struct parameters {
	struct span value; /* before the first ';', trimmed */
	struct parameter *list;
	size_t count;
};

/* `body` is unfolded. At most `limit` parameters are taken. */
struct parameters parameters_read(
    struct arena *arena, struct span body, size_t limit, struct flags *flags);
/* The octets of a parameter, put together from its sections, and its charset
 * ("" when none is declared). The first one counts when there are several,
 * the extended form before the plain. False when there is none. */
bool parameter_octets(struct arena *arena, const struct parameters *parameters,
    const char *name, struct span *octets_r, struct span *charset_r,
    struct flags *flags);
/* The same as UTF-8 text, encoded words decoded too (forbidden and common);
 * empty when there is none. */
struct span parameter_text(struct arena *arena,
    const struct parameters *parameters, const char *name, struct flags *flags);

#endif
