/* explain_text: why a mail would be understood as it is, for people. */
#ifndef APP_EXPLAIN_TEXT_H
#define APP_EXPLAIN_TEXT_H

#include "arena.h"
#include "json.h"
#include "record.h"

#include "command.h"
#include "decide.h"

#include "facts.h"

/* What was found out about one mail. */
struct explanation {
	const struct facts *facts;
	struct facts_trail trail;
	struct effects effects;
	struct commands commands;
};

/* "ticket (new)": what would become of it, and by which rule. */
char *explain_decision(struct arena *arena, const struct explanation *e);
/* The member "rules": each that was tried, with its value and what it said,
 * and last the one that decided. */
void explain_rules_json(struct arena *arena, struct json *json,
    const struct explanation *e);
char *explain_text(struct arena *arena, const char *file,
    const struct Mail *mail, const struct explanation *e);

#endif
