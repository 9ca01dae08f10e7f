/* plan: what an account pays for: severities, and within what working time
 * each of them is answered. */
#ifndef DESK_PLAN_H
#define DESK_PLAN_H

#include "span.h"
#include "when.h"
#include "worktime.h"

/* The numbers are on disk. The gravest is the least. */
enum severity {
	SEVERITY_NONE, /* of a ticket without a plan */
	SEVERITY_CRITICAL = 1,
	SEVERITY_MAJOR = 2,
	SEVERITY_MINOR = 3,
	SEVERITY_QUESTION = 4,
	SEVERITIES
};

struct plan {
	const char *name;
	unsigned quota;	   /* tickets a month */
	enum severity severity; /* of a new ticket */
	const char *const *answers; /* as the conf has them; ends with NULL */
	when target[SEVERITIES]; /* working time; 0: not in this plan */
	const char *calendar;	 /* its name; "" around the clock */
	const struct worktime *worktime; /* NULL: around the clock */
};

/* "critical", "Critical". */
const char *severity_word(enum severity severity);
const char *severity_name(enum severity severity);
/* SEVERITY_NONE when there is none of that word. */
enum severity severity_find(struct span word);

/* The time in which a ticket of that severity is to be answered: of the
 * plan's own when that severity is not in it any more. */
when plan_target(const struct plan *plan, enum severity severity);
/* When the `times`th target is over for a ticket that waits since then. */
when plan_answer_by(const struct plan *plan, enum severity severity,
    when since, unsigned times);
/* The plan's severities, "critical, major". */
char *plan_severities(struct arena *arena, const struct plan *plan);

#endif
