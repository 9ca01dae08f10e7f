/* access: who may do what, as one table of role, operation and assurance
 * (product.md, sections 2 and 3.4; the ladder of research 3.1). */
#ifndef DESK_ACCESS_H
#define DESK_ACCESS_H

#include <stdbool.h>

#include "operation.h"

/* What somebody is to one ticket. */
enum role {
	ROLE_STRANGER,
	ROLE_REQUESTER,
	ROLE_CC, /* accepted */
	ROLE_OPERATOR, /* Ticket Group Operator of the requester's group */
	ROLE_ADMINISTRATOR, /* Ticket Administrator, likewise */
	ROLE_MEMBER, /* of an account whose Ticket Policy grants him nothing;
			to the tickets of others a stranger */
	ROLE_OWNER,    /* the engineer who holds it */
	ROLE_ENGINEER, /* another engineer, or nobody holds it */
	ROLE_ADMIN,    /* at the command line */
	ROLE_CLOCK,
	ROLES
};

/* How sure we are of who speaks. */
enum assurance {
	ASSURANCE_NONE,
	ASSURANCE_THREAD,   /* a keyed token came back, or the sender's domain
			       vouches for him: which conversation */
	ASSURANCE_CUSTOMER, /* participant's address, vouched for, as the
			       conf's ladder asks */
	ASSURANCE_ENGINEER, /* engineer's address, likewise */
	ASSURANCE_LOCAL,    /* at the command line of this machine */
	ASSURANCES
};

enum access {
	ACCESS_YES,
	ACCESS_NO,     /* not this role, ever */
	ACCESS_UNSURE, /* this role may, but who speaks is not sure enough */
};

/* The conf's ladder: the least assurance for each class of operations. */
struct ladder {
	enum assurance open;	 /* a new ticket */
	enum assurance append;	 /* a message on one's ticket */
	enum assurance manage;	 /* a customer's commands */
	enum assurance engineer; /* whatever an engineer does */
};

enum access access_ask(const struct ladder *ladder, enum role role,
    enum operation operation, enum assurance assurance);
const char *role_word(enum role role);
const char *assurance_word(enum assurance assurance);

#endif
