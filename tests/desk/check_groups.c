/* Groups and roles: what the people of an account may do to each other's
 * tickets, as a table for those who decide that. */
#include <string.h>

#include "buf.h"
#include "groups.h"

#include "check_desk.h"

static const struct ladder usual = {ASSURANCE_NONE, ASSURANCE_CUSTOMER,
    ASSURANCE_CUSTOMER, ASSURANCE_ENGINEER};

#define NAMES(...) ((const char *const[]){__VA_ARGS__, NULL})
static const char *const none[] = {NULL};

static const struct account accounts[] = {
    {.name = "free", .domains = NAMES("free.example"), .addresses = none},
    {.name = "strict", .domains = NAMES("strict.example"),
	.addresses = none, .ticket_policy = true},
};

static const struct user_group groups[] = {
    {.name = "f-none", .account = "free"},
    {.name = "f-adm", .account = "free", .grants = GRANT_ADMINISTRATOR},
    {.name = "f-ope", .account = "free", .grants = GRANT_OPERATOR},
    {.name = "f-both", .account = "free",
	.grants = GRANT_ADMINISTRATOR | GRANT_OPERATOR},
    {.name = "s-none", .account = "strict"},
    {.name = "s-adm", .account = "strict", .grants = GRANT_ADMINISTRATOR},
    {.name = "s-ope", .account = "strict", .grants = GRANT_OPERATOR},
    {.name = "s-both", .account = "strict",
	.grants = GRANT_ADMINISTRATOR | GRANT_OPERATOR},
};

#define USER(of, who, ...)                                                     \
	{.name = #who, .full_name = "The " #who,                               \
	    .address = #who "@" of ".example", .account = of,                  \
	    .groups = NAMES(__VA_ARGS__)}

static const struct user users[] = {
    USER("free", fnone, "f-none"), USER("free", fadm, "f-adm"),
    USER("free", fope, "f-ope"), USER("free", fboth, "f-both"),
    USER("free", fall, "f-none", "f-adm", "f-ope", "f-both"),
    USER("strict", snone, "s-none"), USER("strict", sadm, "s-adm"),
    USER("strict", sope, "s-ope"), USER("strict", sboth, "s-both"),
    USER("strict", stwo, "s-adm", "s-ope"),
};

static const struct people people = {
    .accounts = accounts, .account_count = 2,
    .groups = groups, .group_count = sizeof groups / sizeof *groups,
    .users = users, .user_count = sizeof users / sizeof *users,
};

static const struct {
	enum assurance assurance;
	const char *name;
} sure[] = {
    {ASSURANCE_NONE, "nobody vouches for him"},
    {ASSURANCE_THREAD, "a keyed reply, or his domain, and no more"},
    {ASSURANCE_CUSTOMER, "his own address, vouched for"},
};
#define SURES (sizeof sure / sizeof *sure)

/* As decide_customer() asks: who is on the ticket and not sure enough to write
 * on it is not even told what he may not do; the words of who may not write
 * are for the engineers alone. */
static const char *
word(enum role role, enum operation operation, enum assurance assurance)
{
	enum access access =
	    access_ask(&usual, role, operation, assurance);
	bool words = operation == OPERATION_MESSAGE;

	if (role != ROLE_STRANGER && assurance < usual.append)
		return "held";
	switch (access) {
	case ACCESS_YES:
		return words && role == ROLE_STRANGER ? "aside" : "yes";
	case ACCESS_NO:
		return words ? "aside" : "-";
	case ACCESS_UNSURE:
		break;
	}
	return "held";
}

/* ---- who opens tickets -------------------------------------------------- */

static const struct {
	const char *name;
	const char *address;
} openers[] = {
    {"of no account", "zoe@elsewhere.example"},
    {"no policy, not a user by name", "somebody@free.example"},
    {"no policy, a group without a role", "fnone@free.example"},
    {"no policy, Ticket Group Operator", "fope@free.example"},
    {"no policy, Ticket Administrator", "fadm@free.example"},
    {"policy, not a user by name", "somebody@strict.example"},
    {"policy, a group without a role", "snone@strict.example"},
    {"policy, Ticket Group Operator", "sope@strict.example"},
    {"policy, Ticket Administrator", "sadm@strict.example"},
    {"policy, a group with both roles", "sboth@strict.example"},
    {"policy, two groups, a role each", "stwo@strict.example"},
};

/* What decide_open() comes to: the mail itself is decided on. */
static const char *
opens(struct arena *arena, const char *address, enum assurance assurance)
{
	struct facts facts = facts_of_mail(
	    arena, "stranger", STATE_NONE, MAIL_HUMAN, "Disk is full.");
	const char *text;

	facts.speaker.address = address;
	facts.speaker.assurance = assurance;
	facts.creates_as = groups_creates_as(&people, address);
	text = effects_text(arena, decide_mail(arena, &facts));
	return strstr(text, "outcome ticket") ? "yes"
	    : strstr(text, "answer refused") && strstr(text, "hold")
	    ? "-, told why, mail kept"
	    : "held";
}

static void
print_openers(struct arena *arena, struct buf *out)
{
	buf_add_text(out, "Who may open a ticket\n"
			  "yes: it is opened. held: kept for a person to look "
			  "at. -: refused.\n\n");
	for (size_t i = 0; i < sizeof openers / sizeof *openers; i++) {
		buf_print(out, "%s\n", openers[i].name);
		for (size_t s = 0; s < SURES; s++)
			buf_print(out, "    %-42s %s\n", sure[s].name,
			    opens(arena, openers[i].address,
				sure[s].assurance));
	}
}

/* ---- who does what to whose ticket -------------------------------------- */

static const struct {
	const char *name;
	enum role own;
	const char *user;	/* who acts; "" no user */
	const char *opener;	/* who opened the ticket */
} relations[] = {
    {"opened it himself", ROLE_REQUESTER, "fnone", "fnone"},
    {"opened it, and is an operator", ROLE_REQUESTER, "fope", "fope"},
    {"in copy, of no group", ROLE_CC, "", "fall"},
    {"in copy, operator of the group", ROLE_CC, "fope", "fall"},
    {"same group, which has no role", ROLE_STRANGER, "fnone", "fall"},
    {"same group, an administrator", ROLE_STRANGER, "fadm", "fall"},
    {"same group, an operator", ROLE_STRANGER, "fope", "fall"},
    {"same group, both roles", ROLE_STRANGER, "fboth", "fall"},
    {"operator of another group", ROLE_STRANGER, "fope", "fadm"},
    {"operator of another account", ROLE_STRANGER, "sope", "fall"},
    {"of the account, but no user", ROLE_STRANGER, "", "fall"},
};

static const enum operation shown[] = {OPERATION_STATUS, OPERATION_MESSAGE,
    OPERATION_REMIND, OPERATION_CANCEL, OPERATION_CLOSE, OPERATION_CONFIRM,
    OPERATION_RATE, OPERATION_DELETE, OPERATION_CC, OPERATION_UNCC,
    OPERATION_LINK, OPERATION_SMS, OPERATION_FORGET, OPERATION_RESOLVE};
#define SHOWN (sizeof shown / sizeof *shown)

static void
print_relation(struct buf *out, size_t r, enum assurance assurance)
{
	struct opener opener = {relations[r].opener, NULL, 0};
	enum role role = groups_role(&people,
	    people_user(&people, relations[r].user), &opener,
	    relations[r].own);

	buf_print(out, "%-32s", relations[r].name);
	for (size_t o = 0; o < SHOWN; o++)
		buf_print(out, " %-7s",
		    word(role, shown[o], assurance));
	while (out->at[out->len - 1] == ' ')
		out->len--;
	buf_put(out, '\n');
}

static void
print_relations(struct buf *out)
{
	buf_add_text(out,
	    "\nWho may do what to a ticket\n"
	    "yes: done, if the ticket's state allows. held: kept for a person "
	    "to look at. -: refused.\n"
	    "aside: what he writes is shown to the ticket's engineers "
	    "alone.\n");
	for (size_t s = 0; s < SURES; s++) {
		buf_print(out, "\nHow sure it is who speaks: %s\n%-32s",
		    sure[s].name, "he is");
		for (size_t o = 0; o < SHOWN; o++)
			buf_print(
			    out, " %-7s", operation_row(shown[o])->verb);
		while (out->at[out->len - 1] == ' ')
			out->len--;
		buf_put(out, '\n');
		for (size_t r = 0;
		     r < sizeof relations / sizeof *relations; r++)
			print_relation(out, r, sure[s].assurance);
	}
}

START_TEST(every_role_and_relation_is_as_the_table_for_people_says)
{
	struct arena *arena = arena_new(0);
	struct buf out = buf_in(arena);

	print_openers(arena, &out);
	print_relations(&out);
	check_golden("roles.txt", buf_text(&out));
	arena_free(arena);
}
END_TEST

START_TEST(groups_of_somebody_who_is_gone_are_those_he_was_in)
{
	static const char *const then[] = {"f-ope"};
	struct opener gone = {"nobody-any-more", then, 1};
	struct opener moved = {"fadm", then, 1};
	const struct user *operator = people_user(&people, "fope");

	ck_assert_int_eq(
	    groups_role(&people, operator, &gone, ROLE_STRANGER),
	    ROLE_OPERATOR);
	ck_assert(groups_shared(&people, operator, &gone));
	/* Who is known by now in another group is in that. */
	ck_assert_int_eq(
	    groups_role(&people, operator, &moved, ROLE_STRANGER),
	    ROLE_STRANGER);
	ck_assert(!groups_shared(&people, operator, &moved));
	ck_assert(!groups_shared(&people, NULL, &gone));
}
END_TEST

START_TEST(a_mail_too_large_passes_no_policy)
{
	struct arena *arena = arena_new(0);
	struct facts facts =
	    facts_of_mail(arena, "stranger", STATE_NONE, MAIL_HUMAN, "");

	((struct Mail *)(uintptr_t)facts.mail)->trouble = TROUBLE_OVERSIZE;
	facts.creates_as = ROLE_MEMBER;
	ck_assert_str_eq(effects_text(arena, decide_mail(arena, &facts)),
	    "hold oversize; trace createCase refused open-unsure; "
	    "outcome oversize oversize");
	facts.speaker.assurance = ASSURANCE_CUSTOMER;
	ck_assert_str_eq(effects_text(arena, decide_mail(arena, &facts)),
	    "answer refused; hold oversize; "
	    "trace createCase refused policy-denied; "
	    "outcome oversize oversize");
	arena_free(arena);
}
END_TEST

START_TEST(whoever_may_open_tickets_is_named)
{
	struct arena *arena = arena_new(0);

	ck_assert_str_eq(
	    groups_who_create(arena, &people, &accounts[1]),
	    "The sadm, The sboth, The stwo");
	arena_free(arena);
}
END_TEST

TCase *
groups_case(void)
{
	TCase *tcase = tcase_create("groups");

	tcase_add_test(
	    tcase, every_role_and_relation_is_as_the_table_for_people_says);
	tcase_add_test(
	    tcase, groups_of_somebody_who_is_gone_are_those_he_was_in);
	tcase_add_test(tcase, a_mail_too_large_passes_no_policy);
	tcase_add_test(tcase, whoever_may_open_tickets_is_named);
	return tcase;
}
