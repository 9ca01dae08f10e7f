/* template: texts with named variables, filled in one pass.
 *
 *	Ticket {number} is now {state}.
 *	{?engineer}{engineer} works on it.
 *	{/engineer}
 *
 * `{name}` is the variable's value, never scanned again; `{?name} ... {/name}`
 * stays only when the variable is not empty, `{!name} ... {/name}` only when
 * it is; they nest TEMPLATE_DEPTH deep. A line of such marks alone leaves no
 * line behind. `{{` is a brace. Unknown names are errors at load: line, name.
 * In HTML templates every value is escaped, and its lines stay lines. Pure:
 * the text comes from the caller. */
#ifndef MAIL_TEMPLATE_H
#define MAIL_TEMPLATE_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"
#include "buf.h"
#include "span.h"

#define TEMPLATE_DEPTH 8

struct template_value {
	const char *name;
	const char *text; /* UTF-8, never NULL */
	bool html;	  /* is HTML already, for HTML templates alone: there
			     it comes before another value of its name */
};

struct template;

/* Checks and keeps a template. `names` ends with NULL and lists the variables
 * that are known. NULL when it is wrong; `error_r` then says "line N: ...".
 * The result points into `text`. */
struct template *template_load(struct arena *arena, struct span text,
    const char *const *names, bool html, const char **error_r);
/* Fills it in; a variable that is not among the values is "". The result is
 * followed by a NUL. */
struct span template_fill(struct arena *arena, const struct template *template,
    const struct template_value *values, size_t count);
/* Adds `text` as HTML shows it: no mark-up of its own, lines and indents
 * kept. Fit for an element's content and for a quoted attribute. */
void template_escape(struct buf *out, struct span text);

#endif
