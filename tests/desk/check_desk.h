/* check_desk: what the tests of desk share. */
#ifndef CHECK_DESK_H
#define CHECK_DESK_H

#include <check.h>

#include "decide.h"

/* The moment at which the tests play, and a conf's policy. */
#define NOW ((when)1764000000000)
extern const struct policy test_policy;

TCase *filter_case(void);
TCase *groups_case(void);
TCase *decide_case(void);
TCase *action_case(void);
TCase *copy_case(void);
TCase *creation_case(void);
TCase *odd_case(void);
TCase *property_case(void);
TCase *tally_case(void);
TCase *token_case(void);
TCase *worktime_case(void);

/* Compares with the golden file of that name. */
void check_golden(const char *name, const char *text);
/* Who speaks, by a word: "requester", "cc", "stranger", "anna" (holds the
 * ticket), "bert" (another engineer), ... with the assurance he needs. */
struct speaker speaker_named(const char *word);
/* Facts of a mail by `who` on a ticket in `state` (STATE_NONE: no ticket). */
struct facts facts_of_mail(struct arena *arena, const char *who,
    enum state state, enum mail_kind kind, const char *words);
/* One line an effect, joined by "; ". */
const char *effects_text(struct arena *arena, struct effects effects);

#endif
