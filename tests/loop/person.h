/* person: people with mail programs: what they write, and what they answer to
 * a mail that the desk sent them. */
#ifndef TESTS_LOOP_PERSON_H
#define TESTS_LOOP_PERSON_H

#include <stdbool.h>

#include "arena.h"
#include "span.h"

#include "desk.h"

struct person {
	const char *name;
	const char *address;
	bool vouched; /* the receiving server says that it is really him */
};

extern const struct person zoe;	   /* a customer */
extern const struct person karl;   /* another one */
/* Of the account "corp", whose Ticket Policy is on: lea and tim may open
 * tickets, omar is an operator of tim's group, nina may nothing. */
extern const struct person lea, tim, omar, nina;
extern const struct person forger; /* says that he is zoe */
extern const struct person anna, bob; /* engineers */
extern const struct person false_anna; /* says that she is anna */

/* A fresh mail. `fields`: more header fields, each with its CR LF, or "". */
struct span person_writes(struct desk *desk, const struct person *person,
    const char *to, const char *subject, const char *fields,
    const char *text);
/* An answer to a mail, as a mail program makes one. */
struct span person_answers(struct desk *desk, const struct person *person,
    const struct sent *sent, const char *fields, const char *text);
/* A mail server's report that it could not deliver a mail. */
struct span server_returns(
    struct desk *desk, const struct sent *sent, const char *status);

/* The person answers the newest mail that the desk sent him; the desk takes
 * it and comes to rest. */
struct letter *person_says(
    struct desk *desk, const struct person *person, const char *text);
/* The line of the newest mail to the person that begins so. */
const char *person_line(
    struct desk *desk, const struct person *person, const char *begin);
/* zoe's first mail: "The printer smells"; its ticket. */
uint64_t person_opens(struct desk *desk, const struct person *person);

#endif
