/* people: the desk's own people and doors, as the conf names them. */
#ifndef DESK_PEOPLE_H
#define DESK_PEOPLE_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

#include "plan.h"

struct engineer {
	const char *name;	/* "anna": how the desk names her */
	const char *full_name;	/* as customers see her */
	const char *address;
	bool contacts;		/* may read customers' addresses */
};

struct account {
	const char *name;
	const char *const *domains;   /* ends with NULL */
	const char *const *addresses; /* ends with NULL */
	unsigned quota;		      /* tickets a month */
	bool ticket_policy; /* only who was granted it opens tickets */
	const char *plan;   /* its name; "" none */
};

/* What a group grants to whoever is in it. */
enum grant {
	GRANT_ADMINISTRATOR = 1, /* opens tickets, manages the group's */
	GRANT_OPERATOR = 2,	 /* manages the group's and writes on them */
};

struct user_group {
	const char *name;
	const char *account;
	const char *const *roles; /* their words; ends with NULL */
	unsigned grants;	  /* the same as bits */
};

/* A sub-user of an account: somebody who is known by name. */
struct user {
	const char *name;      /* "jan": a pseudonym, kept on tickets */
	const char *full_name; /* as his colleagues see him */
	const char *address;
	const char *account;
	const char *const *groups; /* names; ends with NULL */
};

struct service {
	const char *name;
	const char *title;
	const char *tag;	   /* plus-tag that chooses it; "" none */
	const char *const *owners; /* engineers' names; ends with NULL */
	size_t owner_count;
	int assign; /* 1: the first owner holds each new ticket from its
		       beginning; 0: whoever takes it */
	/* What creation.h reads; each ends with NULL. */
	const char *const *fields; /* "EIP: public IP": a key and its other
				      names; none: the usual ones */
	const char *const *problem_types; /* that are known; none: any */
	const char *const *regions;	  /* likewise */
	const char *const *form;	  /* keys that are asked for */
};

/* A mailbox, as far as the rules need to know it. */
struct door {
	const char *name;	 /* the mailbox's, as in Origin.mailbox */
	const char *address;	 /* ours: support@example.com */
	const char *service;	 /* of mails that name none */
	const char *const *authserv_ids; /* trusted (RFC 8601); NULL ends */
	const char *const *arc_sealers;	 /* trusted (RFC 8617); NULL ends */
	unsigned trusted_hops;	 /* Received fields that our own hosts add */
};

struct people {
	const struct engineer *engineers;
	size_t engineer_count;
	const struct account *accounts;
	size_t account_count;
	const struct plan *plans;
	size_t plan_count;
	const struct user_group *groups;
	size_t group_count;
	const struct user *users;
	size_t user_count;
	const struct service *services; /* the first is the fallback */
	size_t service_count;
	const struct door *doors;
	size_t door_count;
};

/* By name; NULL when there is none. */
const struct engineer *people_engineer(
    const struct people *people, const char *name);
/* By address, without regard to case. */
const struct engineer *people_engineer_at(
    const struct people *people, const char *address);
/* By name; the first service when there is none of that name. */
const struct service *people_service(
    const struct people *people, const char *name);
/* By name; the first door when there is none of that name. */
const struct door *people_door(const struct people *people, const char *name);
/* Whether it is one of ours, with or without a plus-detail. */
bool people_is_ours(const struct people *people, const char *address);
/* The account of an address: of a user, listed by itself, or by its domain.
 * NULL none. */
const struct account *people_account(
    const struct people *people, const char *address);
const struct account *people_account_named(
    const struct people *people, const char *name);
/* Its support plan; NULL when it has none, or there is no such account. */
const struct plan *people_plan(
    const struct people *people, const char *account);
const struct user_group *people_group(
    const struct people *people, const char *name);
const struct user *people_user(const struct people *people, const char *name);
const struct user *people_user_at(
    const struct people *people, const char *address);
/* How an address is shown to who may not read it, "j...@acme.example". */
char *people_alias(struct arena *arena, const char *address);

#endif
