/* decide: all policy. Facts in, effects out; no clock, no store, no conf.
 *
 *	decide_mail   a mail has come
 *	decide_operation  somebody at the command line asks for an operation
 *	decide_tick   an entry of the due index has come up
 *
 * The same facts give the same effects for ever. Effects are done in order,
 * all in one transaction, by stage/apply.c. */
#ifndef DESK_DECIDE_H
#define DESK_DECIDE_H

#include <stdbool.h>
#include <stddef.h>
#include <stdint.h>

#include "access.h"
#include "action.h"
#include "arena.h"
#include "budget.h"
#include "command.h"
#include "due.h"
#include "mail_words.h"
#include "notice.h"
#include "people.h"
#include "plan.h"
#include "record.h"
#include "ticket.h"
#include "when.h"

/* What the conf says, as far as it decides. Times are milliseconds. */
struct policy {
	when remind_after;	 /* Pending feedback: the customer */
	unsigned remind_most;	 /* how often in a row */
	when feedback_after;	 /* Pending feedback -> confirmation */
	when confirm_after;	 /* Pending confirmation -> Closed */
	when escalate_after;	 /* Pending, Pending reply: the engineers */
	when remind_age;	 /* a customer's /remind: minimum age */
	when remind_every;	 /* and at most one per */
	int keep_months;	 /* contact data, calendar months */
	when purge_delay;	 /* after the end, at the latest */
	unsigned cc_max;
	const char *const *cc_allow; /* domains; end with NULL; NULL or none:
					all */
	const char *const *cc_deny;  /* wins over cc_allow */
	bool acknowledge_strangers; /* below ASSURANCE_CUSTOMER */
	struct ladder ladder;
	const char *const *sms_countries; /* beginnings of numbers that SMS
					     may go to, ends with NULL; NULL:
					     no SMS is sent at all */
	unsigned codes_a_day;	 /* verification codes sent for one ticket */
	when code_valid;	 /* a verification code */
	unsigned code_tries;
	bool transcripts;	 /* of every mail of an engineer */
	when answer_hold;	 /* an engineer's answer waits so long */
	when ask_valid;		 /* the code of a question that asks once more */
	when delete_valid;	 /* that which comes with the last notice */
	const char *agreement_version; /* that new tickets are opened under; ""
					  or NULL: none */
	const char *agreement;	 /* its text, or where that is */
	int agree_by_reply;	 /* 1: any reply accepts it; else the line does */
	unsigned budget[BUDGETS]; /* the most of each; 0: no limit */
};

/* What the mail's carriers said about which ticket it belongs to. Each that
 * came back keyed was verified; 0: this carrier said nothing. */
struct thread_facts {
	uint64_t reply_address; /* ticket numbers */
	uint64_t reference;	/* our Message-ID or pseudo-reference */
	uint64_t subject;	/* [#N]: unkeyed, and only when N exists */
	uint64_t quoted;	/* keyed addresses of ours in the text, if they
				   are of one ticket */
	uint64_t known_id;	/* a stored Message-ID in References: unkeyed */
	bool conflict;		/* two keyed carriers disagree */
};

/* Who speaks, as far as it is known. */
struct speaker {
	enum role role;
	enum assurance assurance;
	int slot;		/* on the ticket; -1: not on it */
	const char *engineer;	/* name in the conf; "" is no engineer */
	const char *address;
	const char *name;
};

/* Another ticket that a command names. */
struct other {
	uint64_t number;
	bool same; /* it is of the same account, or else of the same requester;
		      a ticket that is not there is of nobody */
};

/* A tag of the speaker's. */
struct tag {
	const char *name;
	bool here; /* it is on this ticket */
};

struct facts {
	when now;
	const struct policy *policy;
	struct thread_facts thread;
	struct speaker speaker;
	const struct plan *plan; /* of the ticket's account; NULL: none */
	const struct plan *plan_new; /* of the speaker's, for a new ticket */
	const struct service *services; /* all in the conf, for /service */
	size_t service_count;
	const char *user;	/* his name among the accounts' users; NULL:
				   he is none */
	enum role creates_as;	/* he opens a ticket: groups.h */

	/* The ticket that thread_choose() chose; NULL: none. */
	const struct Ticket *ticket;
	const struct Contact *const *contacts; /* its participants */
	size_t contact_count;
	const char *const *addresses; /* theirs, in that order; "" where it is
					 destroyed. Of a mail and of the
					 command line; NULL: not looked up */
	const char *const *engineers; /* all names in the conf: to whom a
					 ticket can be forwarded */
	size_t engineer_count;
	unsigned used[BUDGETS]; /* of each, so far; of a digest: in its hour */
	uint64_t same_text;	/* the number of its letters; 0: too few */
	bool admitted;		/* held until an administrator let it in */
	bool mobile_verified;	/* the requester has a verified number */
	unsigned codes_sent;	/* for this ticket within a day */
	const char *mobile_asked; /* the first number for which the mail asks a
				     code; "" none, NULL not looked at */
	const struct other *others; /* whom /link and /unlink name */
	size_t other_count;
	const struct tag *tags; /* all of the speaker's, where a command asks
				   for them */
	size_t tag_count;
	size_t tagged;		/* how often they are on a ticket, together */
	size_t taggers;		/* people whose tags are on this one */
	unsigned quota;		/* tickets that the speaker's account has this
				   month; 0: they are not counted */
	unsigned quota_used;
	bool token_right;	/* a /delete's or /forget's code is the one
				   that was sent for it, in time */
	bool code_right;	/* a /verify's code is the one that was sent,
				   in time, and tries are left */

	const struct CreationData *created; /* what is filled in on the ticket;
					       of a mail; NULL: nothing */

	/* decide_mail only. */
	const struct Mail *mail; /* what is decided on, with masks for what was
				    set apart from it */
	const struct Mail *whole; /* as it came: what EFFECT_HOLD keeps; NULL:
				     `mail` is whole */
	const struct ConfidentialData *apart; /* NULL: nothing was */
	bool vouched;		/* somebody who can know says that the sender's
				   address is his */
	int keyed_slot;		/* whose keyed address it was sent to: of a
				   customer of the ticket; -1: none */
	enum action action;	/* the verb of the address it was sent to */
	unsigned actions;	/* how many different ones; 0: none */
	const char *subject;	/* with an action: the ticket's */
	bool from_ourselves;	/* carries our own keyed Message-ID as its own,
				   or comes from one of our addresses */
	const char *ambiguity;	/* why it may be read in two ways; NULL: it
				   may not. It then commands nothing */
	const char *service;	/* the service its mailbox or address names */
	const char *const *ours; /* addresses that are no customer's: those of
				    our mailboxes, without detail, and those of
				    engineers; never proposed as CC */
	size_t our_count;
	uint64_t bounced_outbox; /* a delivery report names this row; 0 none */

	/* decide_operation only. */
	enum operation operation;
	const char *argument;

	/* decide_tick only. */
	const struct Due *due;
	bool notices_waiting;	/* outbox rows to customers are not final */
};

enum effect_kind {
	EFFECT_OPEN,	   /* a new ticket: `name` service, `text` subject, `number`
			      linked ticket or 0; effects after it are about
			      the new ticket */
	EFFECT_MESSAGE,	   /* the mail becomes a message: author, visibility;
			      `text` is its new text for readers; without a
			      mail (decide_operation) that is all of it. A mail's
			      first takes along what was set apart from it */
	EFFECT_STATE,	   /* state, perhaps the same one anew: Ticket.changed is
			      now and Ticket.waits 0 */
	EFFECT_OWNER,	   /* `text` engineer; flag: since the one before is
			      away */
	EFFECT_SEVERITY,   /* number: enum severity */
	EFFECT_SERVICE,	   /* `text` its name */
	EFFECT_PARTICIPANT, /* role (enum participant), `text` address, `name`;
			      nothing when the address is on the ticket in
			      whatever role: who left stays away */
	EFFECT_ROLE,	   /* slot gets role */
	EFFECT_NOTICE,	   /* notice, to; it leaves at `at`, 0: now; `text` a
			      detail that is not personal, a sentence or a key
			      of decide_reason();
			      of_message: tells of the newest message; without
			      a ticket, TO_ENGINEERS are those of the mail's
			      service */
	EFFECT_SENDER_NOTICE, /* notice to the mail's sender, who may be on no
			      ticket; `text` goes along sealed */
	EFFECT_DUE,	   /* due, at; DUE_PURGE_CALENDAR also sets
			      Ticket.contact_expires; flag: it is the moment
			      up to which an answer is promised */
	EFFECT_MOBILE,	   /* `text` number: a code is made and sent */
	EFFECT_MOBILE_TRY, /* a wrong code was given */
	EFFECT_MOBILE_VERIFIED,
	EFFECT_RATE,	   /* number: score */
	EFFECT_LINK,	   /* number: another ticket */
	EFFECT_UNLINK,	   /* number: no longer, either way */
	EFFECT_TAG,	   /* operation: puts the speaker's tag `text` on, takes
			      it off, calls it `name`, or deletes it */
	EFFECT_ANSWER,	   /* operation: what it asks for, `text` how; goes
			      along, sealed, with the next notice that tells
			      the speaker what was done */
	EFFECT_REMINDED,   /* the customer nudged; now */
	EFFECT_WAITED,	   /* the clock reminded once more in this state;
			      flag: a promise was not kept */
	EFFECT_PURGE,	   /* contact data of all participants, or of slot */
	EFFECT_ASK,	   /* operation, at: a one-time code that has it done
			      until then by whoever is in slot; the notices
			      behind it that ask carry it */
	EFFECT_HOLD_BACK,  /* the answer that was decided on may be called back
			      until `at`; before it, state and owner `text` */
	EFFECT_UNDO,	   /* it is called back: its notices never leave, and
			      its message is for engineers alone */
	EFFECT_DELETE,	   /* all that the ticket holds; the row stays, so that
			      nothing of it comes back */
	EFFECT_QUOTA,	   /* the ticket counts for its account */
	EFFECT_AGREEMENT,  /* `text` version of it that the ticket is opened
			      under; flag: it is accepted */
	EFFECT_FIELD,	   /* `name` key, `text` value of what the customer
			      filled in; flag: it is not in its table */
	EFFECT_BOUNCED,	   /* number: outbox row; hard when flag is set */
	EFFECT_TRACE,	   /* operation, `text` detail; flag: refused */
	EFFECT_HOLD,	   /* the raw mail is kept for a person: `text` why */
	EFFECT_DIGEST,	   /* number: what (enum budget) the service's next
			      digest tells of, instead of a notice */
	EFFECT_OUTCOME,	   /* outcome, `text` the rule's word; always the last
			      effect of decide_mail, exactly once */
};

/* To whom a notice goes. */
enum audience {
	TO_REQUESTER,
	TO_CUSTOMERS, /* requester and accepted CC */
	TO_SPEAKER,
	TO_OWNER,     /* the engineer who holds it; else as TO_ENGINEERS */
	TO_ENGINEERS, /* the service's default owners */
	TO_JOINED,    /* whom the effect before this one put in copy */
};

struct effect {
	enum effect_kind kind;
	const char *text;
	const char *name;
	uint64_t number;
	int slot; /* -1: all or none */
	when at;
	enum state state;
	enum notice notice;
	enum audience to;
	enum due due;
	enum operation operation;
	enum outcome outcome;
	enum author author;
	enum visibility visibility;
	enum participant role;
	bool flag;
	bool of_message;
};

struct effects {
	struct effect *list; /* in the arena */
	size_t count;
};

/* Which ticket the carriers speak of: 0 none (or a conflict). `keyed_r` says
 * whether a keyed carrier decided; an unkeyed one decides only for somebody
 * who is on the ticket, which the caller checks. */
uint64_t thread_choose(const struct thread_facts *thread, bool *keyed_r);

struct effects decide_mail(struct arena *arena, const struct facts *facts);
/* What was refused ends in one EFFECT_TRACE with flag set, its `text` a key of
 * decide_reason() or a sentence, and changes nothing. */
struct effects decide_operation(
    struct arena *arena, const struct facts *facts);
struct effects decide_tick(struct arena *arena, const struct facts *facts);

/* Whether the notice counts for its ticket's budget, and may be left out when
 * that is spent; whether it answers what somebody asked for who is vouched
 * for, which has a budget of its own instead; and whether it answers a mail on
 * its own, as two machines might for ever. */
bool budget_counts(enum notice notice);
bool budget_is_answer(const struct facts *facts, const struct effect *effect);
bool budget_is_automatic(enum notice notice);

/* The text behind a transition's or command's `why`, a sentence for people.
 * `why` is a key; or a key, ':' and a word that stands for each '%' of the
 * sentence, "near-command:close"; or else its own sentence. */
const char *decide_reason(struct arena *arena, const char *why);
/* That word; "" when there is none, and when `why` is no key. `key_r` is how
 * long the key is. */
const char *decide_reason_word(const char *why, size_t *key_r);
/* The sentence with the word in its places. */
const char *decide_reason_fill(
    struct arena *arena, const char *sentence, const char *word);
/* The keys that it knows, one by one; NULL behind the last. */
const char *decide_reason_key(size_t index);

#endif
