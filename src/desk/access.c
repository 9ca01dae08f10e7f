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
 *	stranger, requester, cc, operator, administrator, member,
 *	owner, engineer, admin, clock
 * An operator may act on others' tickets of the group, an administrator
 * manages but does not write on them (seed, table 4-2). Whoever opens a
 * ticket is a stranger to it, whatever else he is to other tickets; only
 * where his account has a Ticket Policy he opens it as what that makes him,
 * and a policy that a forger could pass by would be none. */
#define NV NEVER
#define FR FREE
#define TH THREAD
#define OP OPEN
#define AP APPEND
#define MA MANAGE
#define EN ENGINEER
#define LO LOCAL
static const unsigned char needs[OPERATIONS][ROLES] = {
    [OPERATION_NONE]	 = {NV, NV, NV, NV, NV, NV, NV, NV, NV, NV},
    [OPERATION_CREATE]	 = {OP, OP, OP, NV, MA, NV, EN, EN, LO, NV},
    [OPERATION_MESSAGE]	 = {TH, AP, AP, AP, NV, TH, EN, EN, LO, NV},
    [OPERATION_ACCEPT]	 = {NV, NV, NV, NV, NV, NV, EN, EN, LO, NV},
    [OPERATION_NOTE]	 = {NV, NV, NV, NV, NV, NV, EN, EN, LO, NV},
    [OPERATION_RESOLVE]	 = {NV, NV, NV, NV, NV, NV, EN, EN, LO, NV},
    [OPERATION_CONFIRM]	 = {NV, MA, NV, MA, MA, NV, NV, NV, LO, FR},
    [OPERATION_CLOSE]	 = {NV, MA, NV, MA, MA, NV, NV, NV, LO, FR},
    [OPERATION_CANCEL]	 = {NV, MA, NV, MA, MA, NV, NV, NV, LO, NV},
    [OPERATION_RATE]	 = {NV, MA, NV, MA, MA, NV, NV, NV, NV, NV},
    [OPERATION_SMS]	 = {NV, MA, NV, NV, NV, NV, NV, NV, NV, NV},
    [OPERATION_VERIFY]	 = {NV, MA, NV, NV, NV, NV, NV, NV, NV, NV},
    [OPERATION_REMIND]	 = {NV, MA, NV, MA, MA, NV, NV, NV, NV, FR},
    [OPERATION_FORWARD]	 = {NV, NV, NV, NV, NV, NV, EN, EN, LO, NV},
    [OPERATION_SEVERITY] = {NV, NV, NV, NV, NV, NV, EN, EN, LO, NV},
    [OPERATION_SERVICE]	 = {NV, NV, NV, NV, NV, NV, EN, EN, LO, NV},
    [OPERATION_CC]	 = {NV, MA, NV, MA, NV, NV, EN, EN, LO, NV},
    [OPERATION_UNCC]	 = {NV, MA, AP, MA, NV, NV, EN, EN, LO, NV},
    [OPERATION_LINK]	 = {NV, NV, NV, MA, NV, NV, EN, EN, LO, NV},
    [OPERATION_UNLINK]	 = {NV, NV, NV, MA, NV, NV, EN, EN, LO, NV},
    [OPERATION_TAG] = {NV, MA, NV, MA, NV, NV, EN, EN, NV, NV},
    [OPERATION_UNTAG] = {NV, MA, NV, MA, NV, NV, EN, EN, NV, NV},
    [OPERATION_RENAME_TAG] = {NV, MA, NV, MA, NV, NV, EN, EN, NV, NV},
    [OPERATION_DELETE_TAG] = {NV, MA, NV, MA, NV, NV, EN, EN, NV, NV},
    [OPERATION_STATUS]	 = {NV, MA, NV, MA, MA, NV, EN, EN, LO, NV},
    [OPERATION_LIST] = {NV, MA, MA, MA, MA, NV, EN, EN, NV, NV},
    [OPERATION_HISTORY] = {NV, MA, NV, MA, MA, NV, EN, EN, NV, NV},
    [OPERATION_QUOTA] = {NV, MA, MA, MA, MA, NV, EN, EN, NV, NV},
    [OPERATION_LIMITS] = {NV, MA, MA, MA, MA, NV, EN, EN, NV, NV},
    [OPERATION_FORGET]	 = {NV, MA, NV, NV, NV, NV, NV, NV, LO, NV},
    [OPERATION_DELETE]	 = {NV, MA, NV, MA, MA, NV, NV, NV, LO, NV},
    [OPERATION_HELP]	 = {NV, AP, AP, AP, AP, NV, EN, EN, LO, NV},
    [OPERATION_TRANSCRIPT] = {NV, NV, NV, NV, NV, NV, EN, EN, NV, NV},
    [OPERATION_UNDO]	 = {NV, NV, NV, NV, NV, NV, EN, EN, LO, NV},
    [OPERATION_PURGE]	 = {NV, NV, NV, NV, NV, NV, NV, NV, LO, FR},
    [OPERATION_ESCALATE] = {NV, NV, NV, NV, NV, NV, NV, NV, NV, FR},
    [OPERATION_APART]	 = {NV, NV, NV, NV, NV, NV, NV, NV, NV, NV},
    [OPERATION_AGREE]	 = {NV, NV, NV, NV, NV, NV, NV, NV, NV, NV},
};

static const char *const role_words[ROLES] = {
    [ROLE_STRANGER] = "stranger",
    [ROLE_REQUESTER] = "requester",
    [ROLE_CC] = "cc",
    [ROLE_OPERATOR] = "operator",
    [ROLE_ADMINISTRATOR] = "administrator",
    [ROLE_MEMBER] = "member",
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
