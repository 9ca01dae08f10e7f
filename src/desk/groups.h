/* groups: what somebody is to the tickets of others, and whether he may open
 * one, by the groups of his account that he is in.
 *
 * Rights come through groups alone (seed, table 4-2). A role counts for the
 * tickets of those who are in the very group that has it, so that whoever is
 * in two groups does not carry one's rights into the other. */
#ifndef DESK_GROUPS_H
#define DESK_GROUPS_H

#include "access.h"
#include "people.h"

/* As what the address opens a ticket: ROLE_STRANGER, as anybody does, where
 * its account has no Ticket Policy; with one, ROLE_ADMINISTRATOR or
 * ROLE_OPERATOR by what all his groups grant, or ROLE_MEMBER: nothing. */
enum role groups_creates_as(const struct people *people, const char *address);

/* Who opened a ticket: a user, in whichever groups he is now; in `groups`
 * when nobody of that name is known any more. */
struct opener {
	const char *user;	   /* "" no user */
	const char *const *groups; /* those he was in then */
	size_t group_count;
};

/* What somebody is to a ticket on which he is `own` already: its requester
 * stays that; for anybody else, be he in copy or not, the groups decide when
 * they make him ROLE_OPERATOR or ROLE_ADMINISTRATOR. `user` NULL: no user. */
enum role groups_role(const struct people *people, const struct user *user,
    const struct opener *opener, enum role own);
/* Whether they are in one group, whatever it grants. */
bool groups_shared(const struct people *people, const struct user *user,
    const struct opener *opener);
/* The users who may open tickets for the account, "Jan, Petra", at most
 * GROUPS_SHOWN of them; "" none. */
#define GROUPS_SHOWN 10
char *groups_who_create(struct arena *arena, const struct people *people,
    const struct account *account);

#endif
