#include "access.h"

/* What a role needs to be sure of for an operation: a rung of the conf's
 * ladder, or something that no conf moves. */
enum need {
	NEVER,
	FREE,	/* who it is is known from where it comes from */
	THREAD, /* a keyed token, at least */
	OPEN,
	APPEND,
	MANAGE,
	ENGINEER,
	LOCAL,
	NEEDS
};

/* One row an operation; the columns are
 *	stranger, requester, cc, operator, administrator,
 *	owner, engineer, admin, clock
 * An operator may act on others' tickets of the group, an administrator
 * manages but does not write on them (seed, table 4-2). Whoever opens a
 * ticket is a stranger to it, whatever else he is to other tickets. */
#define __ NEVER
#define FR FREE
#define TH THREAD
#define OP OPEN
#define AP APPEND
#define MA MANAGE
#define EN ENGINEER
#define LO LOCAL
static const unsigned char needs[OPERATIONS][ROLES] = {
    [OPERATION_NONE]	 = {__, __, __, __, __, __, __, __, __},
    [OPERATION_CREATE]	 = {OP, OP, OP, __, OP, EN, EN, LO, __},
    [OPERATION_MESSAGE]	 = {TH, AP, AP, AP, __, EN, EN, LO, __},
    [OPERATION_ACCEPT]	 = {__, __, __, __, __, EN, EN, LO, __},
    [OPERATION_NOTE]	 = {__, __, __, __, __, EN, EN, LO, __},
    [OPERATION_RESOLVE]	 = {__, __, __, __, __, EN, EN, LO, __},
    [OPERATION_CONFIRM]	 = {__, MA, __, MA, MA, __, __, LO, FR},
    [OPERATION_CLOSE]	 = {__, MA, __, MA, MA, __, __, LO, FR},
    [OPERATION_CANCEL]	 = {__, MA, __, MA, MA, __, __, LO, __},
    [OPERATION_RATE]	 = {__, MA, __, MA, MA, __, __, __, __},
    [OPERATION_SMS]	 = {__, MA, __, __, __, __, __, __, __},
    [OPERATION_VERIFY]	 = {__, MA, __, __, __, __, __, __, __},
    [OPERATION_REMIND]	 = {__, MA, __, MA, MA, __, __, __, FR},
    [OPERATION_FORWARD]	 = {__, __, __, __, __, EN, EN, LO, __},
    [OPERATION_CC]	 = {__, MA, __, MA, __, EN, EN, LO, __},
    [OPERATION_UNCC]	 = {__, MA, AP, MA, __, EN, EN, LO, __},
    [OPERATION_STATUS]	 = {__, MA, __, MA, MA, EN, EN, LO, __},
    [OPERATION_FORGET]	 = {__, MA, __, __, __, __, __, LO, __},
    [OPERATION_HELP]	 = {__, AP, AP, AP, AP, EN, EN, LO, __},
    [OPERATION_PURGE]	 = {__, __, __, __, __, __, __, LO, FR},
    [OPERATION_ESCALATE] = {__, __, __, __, __, __, __, __, FR},
};

static const char *const role_words[ROLES] = {
    [ROLE_STRANGER] = "stranger",
    [ROLE_REQUESTER] = "requester",
    [ROLE_CC] = "cc",
    [ROLE_OPERATOR] = "operator",
    [ROLE_ADMINISTRATOR] = "administrator",
    [ROLE_OWNER] = "owner",
    [ROLE_ENGINEER] = "engineer",
    [ROLE_ADMIN] = "admin",
    [ROLE_CLOCK] = "clock",
};

static const char *const assurance_words[ASSURANCES] = {
    [ASSURANCE_NONE] = "none",
    [ASSURANCE_THREAD] = "thread",
    [ASSURANCE_CUSTOMER] = "customer",
    [ASSURANCE_ENGINEER] = "engineer",
    [ASSURANCE_LOCAL] = "local",
};

static enum assurance
least_for(const struct ladder *ladder, enum need need)
{
	switch (need) {
	case FREE:
		return ASSURANCE_NONE;
	case THREAD:
		return ASSURANCE_THREAD;
	case OPEN:
		return ladder->open;
	case APPEND:
		return ladder->append;
	case MANAGE:
		return ladder->manage;
	case ENGINEER:
		return ladder->engineer;
	case LOCAL:
	case NEVER:
	case NEEDS:
		break;
	}
	return ASSURANCE_LOCAL;
}

enum access
access_ask(const struct ladder *ladder, enum role role,
    enum operation operation, enum assurance assurance)
{
	enum need need;

	if ((unsigned)operation >= OPERATIONS || (unsigned)role >= ROLES)
		return ACCESS_NO;
	need = (enum need)needs[operation][role];
	if (need == NEVER)
		return ACCESS_NO;
	return assurance >= least_for(ladder, need) ? ACCESS_YES
						    : ACCESS_UNSURE;
}

const char *
role_word(enum role role)
{
	return (unsigned)role < ROLES ? role_words[role] : "unknown";
}

const char *
assurance_word(enum assurance assurance)
{
	return (unsigned)assurance < ASSURANCES ? assurance_words[assurance]
						: "unknown";
}
