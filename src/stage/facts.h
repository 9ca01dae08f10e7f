/* facts: everything decide_*() wants to know, looked up in the store. */
#ifndef STAGE_FACTS_H
#define STAGE_FACTS_H

#include "core_conf.h"
#include "decide.h"
#include "span.h"
#include "store.h"

/* An administrator lets a held mail in: he vouches for its sender. */
struct admission {
	uint64_t ticket; /* to which it belongs; 0: where its carriers lead */
};

/* What is looked at, and with whose eyes. */
struct view {
	struct store_txn *txn;
	struct arena *arena;
	const struct core_conf *conf;
	const struct token_keys *keys;
	when now;
	const struct admission *admitted; /* NULL: nobody lets it in */
};

/* One rule that was tried, with what it was tried on and what it said. */
struct facts_rule {
	const char *part; /* "ticket", "speaker" */
	const char *rule;
	const char *value;
	const char *says;
};

/* What explain shows of how the facts came about. */
struct facts_trail {
	const char *auth;	/* the words that decided who is vouched for */
	bool vouched;
	bool keyed;		/* a keyed carrier names the ticket */
	struct facts_rule *rules; /* in the order in which they were tried; in
				     the view's arena */
	size_t rule_count;
};

/* The tickets that a mail's commands name. */
void facts_links(const struct view *view, struct facts *facts,
    const struct commands *commands);
/* What is filled in on the ticket (creation.h). */
void facts_creation(const struct view *view, struct facts *facts);
/* What is kept of the code of a question: its hash. */
#define FACTS_HASH_SIZE 32
void facts_hash(struct span code, unsigned char hash_r[FACTS_HASH_SIZE]);
/* Whether the mail answers the ticket's question, in time. */
bool facts_token_right(const struct view *view, const struct facts *facts);
/* What somebody is to a ticket on which he is `own`, by the groups that he
 * and who opened it are in (groups.h). */
enum role facts_group_role(const struct view *view,
    const struct Ticket *ticket, const char *address, enum role own);
/* The support plans of the ticket's and of the speaker's account. */
void facts_plans(const struct view *view, struct facts *facts);
/* How many codes went to telephones for the ticket within a day, and whether
 * the mail gives back the one that went to its sender. */
/* The first number for which the mail asks a code; "" none. */
const char *facts_mobile_asked(
    const struct view *view, const struct facts *facts);
unsigned facts_codes_sent(const struct view *view, const struct facts *facts);
bool facts_code_right(const struct view *view, const struct facts *facts);

/* Facts of a mail, from which its secrets are set apart first; `trail_r` may
 * be NULL. */
struct facts *facts_of_mail(const struct view *view, const struct Mail *mail,
    struct facts_trail *trail_r);
/* Facts of an entry of the due index; NULL when its ticket is gone. */
struct facts *facts_of_due(const struct view *view, const struct Due *due);
/* Facts of an operation that somebody at the command line asks for. `engineer`
 * is in whose name, "" in the admin's. NULL when there is no such ticket. */
struct facts *facts_of_operation(const struct view *view, uint64_t ticket,
    const char *engineer, enum operation operation, const char *argument);

#endif
