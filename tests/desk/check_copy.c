/* check_copy: who comes into copy of a ticket and who leaves it. */
#include <string.h>

#include "people.h"

#include "check_desk.h"

static const char *const denied[] = {"evil.example", NULL};
static const char *const allowed[] = {"acme.example", "x.example", NULL};

/* On the ticket: jan opened it, cc is in copy, two look the same to
 * engineers, one has left. */
static const struct {
	enum participant role;
	const char *address;
} on_ticket[] = {
    {PARTICIPANT_REQUESTER, "jan@acme.example"},
    {PARTICIPANT_CC, "cc@acme.example"},
    {PARTICIPANT_CC_PROPOSED, "one@x.example"},
    {PARTICIPANT_LEFT, "gone@acme.example"},
    {PARTICIPANT_OTHER, "one.too@acme.example"},
    {PARTICIPANT_OTHER, "others@acme.example"},
};

#define CONTACTS (sizeof on_ticket / sizeof *on_ticket)
#define DOTS	 "\xe2\x80\xa2\xe2\x80\xa2\xe2\x80\xa2"

static const struct {
	const char *sentence;
	const char *who;
	enum state state;
	const char *words;
	const char *effects;
} rows[] = {
    {"the requester takes in whoever is proposed", "requester",
	STATE_PROCESSING, "/cc",
	"role cc; notice joined>joined cc-by-requester; "
	"notice state>owner cc-changed; notice done>speaker cc-added; "
	"trace ccCase; outcome command cc"},
    {"an engineer does, by alias", "anna", STATE_PROCESSING,
	"/cc o" DOTS "@x.example",
	"role cc; notice joined>joined cc-by-desk; trace ccCase; "
	"notice transcript>speaker cc; outcome command cc"},
    {"two look like that", "anna", STATE_PROCESSING,
	"/cc o" DOTS "@acme.example",
	"answer command-refused; trace ccCase refused cc-several; "
	"outcome command refused"},
    {"somebody new, who is in copy already, and the requester", "requester",
	STATE_PROCESSING, "/cc <new@x.example>, cc@acme.example; "
			  "JAN@acme.example",
	"participant cc new@x.example; "
	"notice joined>joined cc-by-requester; "
	"notice state>owner cc-changed; notice done>speaker cc-added; "
	"trace ccCase; outcome command cc"},
    {"the same one twice", "requester", STATE_PROCESSING,
	"/cc new@x.example\n/cc NEW@x.example",
	"participant cc new@x.example; "
	"notice joined>joined cc-by-requester; "
	"notice state>owner cc-changed; notice done>speaker cc-added; "
	"trace ccCase; "
	"notice state>owner cc-changed; notice done>speaker cc-added; "
	"trace ccCase; outcome command cc"},
    {"one more than there may be", "requester", STATE_PROCESSING,
	"/cc one@x.example new@x.example",
	"notice refused>speaker cc-full; trace ccCase refused cc-full; "
	"outcome command cc-full"},
    {"a place that was given back", "requester", STATE_PROCESSING,
	"/uncc cc@acme.example\n/cc one@x.example new@x.example",
	"role left; notice state>owner cc-changed; "
	"notice done>speaker cc-dropped; trace ccCase; "
	"role cc; notice joined>joined cc-by-requester; "
	"participant cc new@x.example; "
	"notice joined>joined cc-by-requester; "
	"notice state>owner cc-changed; notice done>speaker cc-added; "
	"trace ccCase; outcome command uncc"},
    {"a domain that is denied", "requester", STATE_PROCESSING,
	"/cc eve@mail.evil.example",
	"notice refused>speaker cc-domain; trace ccCase refused cc-domain; "
	"outcome command cc-domain"},
    {"a domain that is not allowed", "requester", STATE_PROCESSING,
	"/cc eve@notx.example",
	"notice refused>speaker cc-domain; trace ccCase refused cc-domain; "
	"outcome command cc-domain"},
    {"one of ours", "requester", STATE_PROCESSING, "/cc anna@desk.example",
	"notice refused>speaker cc-ours; trace ccCase refused cc-ours; "
	"outcome command cc-ours"},
    {"who left", "requester", STATE_PROCESSING, "/cc gone@acme.example",
	"notice refused>speaker cc-stays-away; "
	"trace ccCase refused cc-stays-away; "
	"outcome command cc-stays-away"},
    {"no address", "requester", STATE_PROCESSING, "/cc a..b@x.example",
	"notice refused>speaker cc-unknown; trace ccCase refused cc-unknown; "
	"outcome command cc-unknown"},
    {"a header in an address", "requester", STATE_PROCESSING,
	"/cc a@x.example\\r\\nRCPT",
	"notice refused>speaker cc-unknown; trace ccCase refused cc-unknown; "
	"outcome command cc-unknown"},
    {"a ticket that is over", "anna", STATE_CLOSED, "/cc new@x.example",
	"answer command-refused; trace ccCase refused over; "
	"outcome command refused"},
    {"a copy leaves", "cc", STATE_PROCESSING, "leave",
	"role left; notice state>owner cc-left; notice done>speaker cc-gone; "
	"trace ccCase; outcome command uncc"},
    {"a copy leaves in Dutch", "cc", STATE_PROCESSING, "afmelden",
	"role left; notice state>owner cc-left; notice done>speaker cc-gone; "
	"trace ccCase; outcome command uncc"},
    {"a copy leaves in Chinese", "cc", STATE_PROCESSING, "退出",
	"role left; notice state>owner cc-left; notice done>speaker cc-gone; "
	"trace ccCase; outcome command uncc"},
    {"a copy leaves in Arabic", "cc", STATE_PROCESSING, "مغادرة",
	"role left; notice state>owner cc-left; notice done>speaker cc-gone; "
	"trace ccCase; outcome command uncc"},
    {"a copy names itself", "cc", STATE_PROCESSING, "/uncc cc@acme.example",
	"role left; notice state>owner cc-left; notice done>speaker cc-gone; "
	"trace ccCase; outcome command uncc"},
    {"a copy names another, who is on the ticket", "cc", STATE_PROCESSING,
	"/uncc jan@acme.example",
	"notice refused>speaker not-yours; trace ccCase refused not-yours; "
	"outcome command not-yours"},
    {"a copy names another, who is not", "cc", STATE_PROCESSING,
	"/uncc nobody@acme.example",
	"notice refused>speaker not-yours; trace ccCase refused not-yours; "
	"outcome command not-yours"},
    {"a copy takes in", "cc", STATE_PROCESSING, "/cc new@x.example",
	"notice refused>speaker not-yours; trace ccCase refused not-yours; "
	"outcome command not-yours"},
    {"the requester leaves", "requester", STATE_PROCESSING, "leave",
	"notice refused>speaker uncc-who; trace ccCase refused uncc-who; "
	"outcome command uncc-who"},
    {"the requester is sent away", "anna", STATE_PROCESSING,
	"/uncc jan@acme.example",
	"answer command-refused; trace ccCase refused uncc-requester; "
	"outcome command refused"},
    {"all are sent away", "anna", STATE_PROCESSING, "/uncc all",
	"role left; role left; trace ccCase; "
	"notice transcript>speaker uncc; outcome command uncc"},
    {"nobody is called so", "anna", STATE_PROCESSING, "/uncc eve@x.example",
	"answer command-refused; trace ccCase refused uncc-unknown; "
	"outcome command refused"},
    {"no name at all", "anna", STATE_PROCESSING, "/cc Jan",
	"answer command-refused; trace addMessage refused bad-command; "
	"outcome command refused"},
};

START_TEST(copies_come_and_go_like_this)
{
	struct arena *arena = arena_new(0);
	struct facts facts = facts_of_mail(
	    arena, rows[_i].who, rows[_i].state, MAIL_HUMAN, rows[_i].words);
	struct policy policy = test_policy;
	const struct Contact *contacts[CONTACTS];
	const char *addresses[CONTACTS];
	const char *is;

	for (size_t i = 0; i < CONTACTS; i++) {
		struct Contact *one = record_new(arena, &contact__descriptor);

		one->slot = (uint32_t)i;
		one->role = on_ticket[i].role;
		contacts[i] = one;
		addresses[i] = on_ticket[i].address;
	}
	policy.cc_allow = allowed;
	policy.cc_deny = denied;
	facts.policy = &policy;
	facts.contacts = contacts;
	facts.addresses = addresses;
	facts.contact_count = CONTACTS;
	is = effects_text(arena, decide_mail(arena, &facts));
	ck_assert_msg(strcmp(is, rows[_i].effects) == 0, "%s:\n%s\n",
	    rows[_i].sentence, is);
	arena_free(arena);
}
END_TEST

TCase *
copy_case(void)
{
	TCase *all = tcase_create("copy");

	tcase_add_loop_test(all, copies_come_and_go_like_this, 0,
	    sizeof rows / sizeof *rows);
	return all;
}
