/* decision: effects while they are gathered, and the ticket as it will be
 * after those gathered so far. For decide_*.c only. */
#ifndef DESK_DECISION_H
#define DESK_DECISION_H

#include "decide.h"

struct decision {
	struct arena *arena;
	const struct facts *facts;
	const struct Ticket *ticket; /* as it was; NULL: none that counts */
	struct effects effects;
	size_t room;
	enum state state;  /* as it will be */
	const char *owner; /* likewise; "" nobody */
	enum severity severity;	 /* likewise */
	const struct plan *plan; /* of its account; NULL none */
	bool answers;	   /* an engineer's answer goes out; */
	enum state was;	   /* before that, in this state */
	const char *was_owner; /* and held by him */
	bool apart;	   /* it is on record that secrets were set apart */
};

struct decision decision_start(struct arena *arena, const struct facts *facts);
/* A fresh effect at the end, of no slot; valid until the next one. */
struct effect *decision_add(struct decision *decision, enum effect_kind kind);

/* The mail, or the operation's text, as a message. */
void decision_message(struct decision *decision, enum author author,
    enum visibility visibility, const char *text);
void decision_notice(struct decision *decision, enum notice notice,
    enum audience to, const char *detail);
/* A notice that shows the newest message. */
void decision_notice_message(struct decision *decision, enum notice notice,
    enum audience to, const char *detail);
/* A notice to the mail's sender, whoever that is. */
void decision_answer(
    struct decision *decision, enum notice notice, const char *text);
/* An engineer's answer goes out: before it changes anything. */
void decision_answers(struct decision *decision);
/* The notice that was decided last waits for as long as the policy has it, and
 * may be called back. */
void decision_hold_back(struct decision *decision);
void decision_owner(struct decision *decision, const char *engineer);
/* Enters `state`, which may be the present one anew, with all that time is to
 * bring there. */
void decision_state(struct decision *decision, enum state state);
/* Asks the one in `slot`: what he answers in time has the operation done. */
void decision_ask(struct decision *decision, enum operation operation,
    int slot, when until);
void decision_due(struct decision *decision, enum due due, when at);
/* Who holds a ticket of the service that was just opened, and so whom the
 * notice of it goes to. */
enum audience decision_assign(struct decision *decision, const char *service);
/* Its owner's mailbox answers that he is away: the next one of the service
 * holds it, until all of them were asked. */
void decision_pass_on(struct decision *decision);
/* What the plan of who opens it gives to a ticket that was just opened. */
void decision_plan(struct decision *decision);
/* Up to when an answer is promised, for a ticket that waits for one since
 * then; by its plan, or else by the conf's clock. */
void decision_promise(struct decision *decision, when since);
void decision_trace(
    struct decision *decision, enum operation operation, const char *detail);
void decision_refused(
    struct decision *decision, enum operation operation, const char *why);
void decision_outcome(
    struct decision *decision, enum outcome outcome, const char *rule);
/* The outcome of commands that were done: appended when words came along. */
void decision_done(struct decision *decision, const char *rule);
/* The raw mail is kept for a person; nothing else becomes of it. */
void decision_hold(struct decision *decision, const char *why);

/* Takes back whatever was decided since `before` was copied. */
void decision_undo(struct decision *decision, const struct decision *before);
/* A notice to a customer who speaks, be he on the ticket or not. */
void decision_tell(
    struct decision *decision, enum notice notice, const char *detail);

/* Whether what is told to the ticket's customers is told to the one who
 * speaks. */
bool decision_hears(const struct decision *decision);

/* Nobody vouches for the sender. Somebody for whom one does may still be no
 * more than the holder of a key on a ticket where he is not known. */
bool decision_stranger(const struct decision *decision);
/* Everybody is a stranger to a ticket that is not there yet, unless his
 * account has a Ticket Policy. Who is not sure enough for that is not even
 * told that it has one. */
enum access decision_access_new(const struct decision *decision);
enum access decision_access(
    const struct decision *decision, enum operation operation);

/* One command, access already asked: of an engineer (decide_work.c), of a
 * customer (decide_wish.c), or of the command line (either). `rest` is the
 * text that goes with it. NULL when it is done; else why not, and some of its
 * effects may have to be undone. */
const char *decide_work(struct decision *decision,
    const struct command *command, const char *rest);
const char *decide_wish(struct decision *decision,
    const struct command *command, const char *rest);
/* An engineer's text to the customer. */
const char *decide_reply(struct decision *decision, const char *text);

/* The parts of decide_mail(); each ends with the outcome. */
void decide_engineer(struct decision *decision);
void decide_customer(struct decision *decision);
void decide_machine(struct decision *decision);
void decide_trouble(struct decision *decision);
/* A mail of nothing but what nobody here can decrypt. */
void decide_closed(struct decision *decision);
/* Whether a new ticket may be opened: as always; in quiet, for the digest
 * alone; or the mail is held, which the digest tells of as well. */
enum flood {
	FLOOD_NONE,
	FLOOD_QUIET,
	FLOOD_HOLD,
};
enum flood flood_of_new(const struct decision *decision);
/* Puts it on record when the sender looks like a machine. */
bool flood_allows_receipt(struct decision *decision);
void flood_digest(struct decision *decision, enum budget budget);
/* Leaves out the notices for which there is no budget. */
void flood_trim(struct decision *decision);
void tick_digest(struct decision *decision);
/* Whether the mail, which is about no ticket, only asks, and was answered. */
bool decide_query_alone(struct decision *decision);
/* A new ticket out of the mail, linked to another when that is not 0. */
void decide_open(struct decision *decision, uint64_t linked);
/* What a mail to an action address asks for (decide_action.c): by somebody on
 * the ticket, or with the key of one who is not known any more. As commands,
 * and refused, for those who manage tickets. */
void decide_action(struct decision *decision);
void decide_action_late(struct decision *decision);
struct commands decide_action_commands(const struct decision *decision);
void decide_action_refuse(struct decision *decision, const char *why);
/* A customer's commands, with the outcome. */
void decide_commands(
    struct decision *decision, const struct commands *commands);
/* A customer's words. */
void decide_message(struct decision *decision, const char *text);
/* A rating by whoever has the key of a ticket on which nobody is known any
 * more. False: it is none. */
bool decide_rates_late(
    struct decision *decision, const struct commands *commands);
/* Addresses on the mail that are on no ticket become CC proposals. */
void decide_propose(struct decision *decision, unsigned taken);
/* How many are in copy by now, or proposed. */
unsigned decide_copies(const struct decision *decision);
/* Works and wishes at once: of engineers and of customers. */
const char *decide_link(struct decision *decision,
    const struct command *command, const char *rest);
const char *decide_unlink(struct decision *decision,
    const struct command *command, const char *rest);
/* NULL: there is none of that name. */
const struct service *decide_service_named(
    const struct facts *facts, const char *name);
/* The fields of a new ticket; its description. */
const char *decide_creation_new(struct decision *decision);
/* The agreement of a new ticket, and its acceptance in a reply. */
void decide_agreement_new(struct decision *decision);
void decide_agreement_reply(struct decision *decision, const char *text);
/* A reply fills what its ticket asks for. */
void decide_creation_reply(struct decision *decision, const char *text);
const char *decide_tag(struct decision *decision,
    const struct command *command, const char *rest);
const char *decide_query(struct decision *decision,
    const struct command *command, const char *rest);
/* Works. */
const char *decide_severity(struct decision *decision,
    const struct command *command, const char *rest);
const char *decide_service(struct decision *decision,
    const struct command *command, const char *rest);
const char *decide_cc(struct decision *decision,
    const struct command *command, const char *rest);
const char *decide_uncc(struct decision *decision,
    const struct command *command, const char *rest);

/* No text at all: nothing above the quotes and nothing attached. */
bool text_is_blank(const char *text);

#endif
