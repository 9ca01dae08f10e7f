#include "conf_keys_people.h"

const struct conf_key conf_engineer_keys[] = {
    {"name", CONF_NAME, AT(engineer, name), .example = "anna",
	.help = "How commands and lists name the engineer."},
    {"full_name", CONF_TEXT, AT(engineer, full_name), .otherwise = "",
	.example = "Anna Berger",
	.help = "How customers see the engineer; empty: the name."},
    {"address", CONF_ADDRESS, AT(engineer, address),
	.example = "anna@example.com",
	.help = "Where tickets are sent to and answers come from."},
    {"contacts", CONF_FLAG, AT(engineer, contacts), .otherwise = "false",
	.help = "Whether the engineer sees customers' addresses; each "
		"reading is on record."},
    {.name = NULL}};

const struct conf_key conf_account_keys[] = {
    {"name", CONF_NAME, AT(account, name), .example = "acme",
	.help = "How lists name the customer."},
    {"domains", CONF_TEXTS, AT(account, domains), .otherwise = "",
	.element = CONF_HOST, .example = "acme.example",
	.help = "Whoever writes from these domains belongs to it."},
    {"addresses", CONF_TEXTS, AT(account, addresses), .otherwise = "",
	.element = CONF_ADDRESS,
	.help = "And whoever writes from these addresses."},
    {"quota", CONF_COUNT, AT(account, quota), BETWEEN(1, 100000),
	.otherwise = "30",
	.help = "Tickets a month, with a plan those of the plan unless it is "
		"said here; gatepost quota add gives more."},
    {"plan", CONF_NAME, AT(account, plan), .otherwise = "",
	.example = "standard",
	.help = "Its support plan, by name; empty: none, and tickets have no "
		"severity and are brought up again by the desk's clock."},
    {"ticket_policy", CONF_FLAG, AT(account, ticket_policy),
	.otherwise = "false",
	.help = "Whether only those of its users open tickets whom a group "
		"makes administrators; else everybody of the account does."},
    {.name = NULL}};

const struct conf_key conf_group_keys[] = {
    {"name", CONF_NAME, AT(user_group, name), .example = "acme-it",
	.help = "How users and tickets name it."},
    {"account", CONF_NAME, AT(user_group, account), .example = "acme",
	.help = "Whose group it is: an account, by name."},
    {"roles", CONF_TEXTS, AT(user_group, roles), .otherwise = "",
	.element = CONF_NAME, .example = "operator",
	.help = "What it lets the users in it do. administrator: open "
		"tickets where the account has a ticket_policy; see, remind, "
		"cancel, close, confirm and delete the tickets of others in "
		"the group, but not write on them. operator: all of that to "
		"the tickets of others, and write on them; but not open new "
		"ones under a ticket_policy."},
    {.name = NULL}};

const struct conf_key conf_user_keys[] = {
    {"name", CONF_NAME, AT(user, name), .example = "jan",
	.help = "How tickets, lists and the audit name him, also when his "
		"address is destroyed: better no real name."},
    {"full_name", CONF_TEXT, AT(user, full_name), .otherwise = "",
	.example = "Jan Jansen",
	.help = "How colleagues are told whom to ask; empty: the name."},
    {"address", CONF_ADDRESS, AT(user, address),
	.example = "jan@acme.example",
	.help = "Where he writes from; also of another domain than the "
		"account's."},
    {"account", CONF_NAME, AT(user, account), .example = "acme",
	.help = "Whose user he is: an account, by name."},
    {"groups", CONF_TEXTS, AT(user, groups), .otherwise = "",
	.element = CONF_NAME, .example = "acme-it",
	.help = "The groups he is in, by name: all his rights to the tickets "
		"of others come from them."},
    {.name = NULL}};

const struct conf_key conf_calendar_keys[] = {
    {"name", CONF_NAME, AT(conf_calendar, name), .example = "office",
	.help = "How plans name it."},
    {"zone", CONF_TEXT, AT(conf_calendar, zone), .otherwise = "UTC",
	.help = "Where its clocks are: a name of the time zone database "
		"(package tzdata), \"Europe/Amsterdam\", or a rule as TZ has "
		"it, \"CET-1CEST,M3.5.0,M10.5.0/3\"."},
    {"hours", CONF_TEXTS, AT(conf_calendar, hours), .element = CONF_TEXT,
	.example = "mon-fri 09:00-17:30",
	.help = "When people work, by those clocks: \"mon-fri 09:00-17:30\", "
		"\"sat,sun 10:00-12:00\"; up to four times a day."},
    {"holidays", CONF_TEXTS, AT(conf_calendar, holidays), .otherwise = "",
	.element = CONF_TEXT, .example = "12-25",
	.help = "Days on which nobody does: \"12-25\" of each year, "
		"\"2027-03-29\" of one."},
    {.name = NULL}};

static const struct conf_word severity_words[] = {
    {"critical", SEVERITY_CRITICAL}, {"major", SEVERITY_MAJOR},
    {"minor", SEVERITY_MINOR}, {"question", SEVERITY_QUESTION}, {NULL, 0}};

const struct conf_key conf_plan_keys[] = {
    {"name", CONF_NAME, AT(plan, name), .example = "standard",
	.help = "How accounts name it."},
    {"quota", CONF_COUNT, AT(plan, quota), BETWEEN(1, 100000),
	.otherwise = "30", .help = "Tickets a month of each account."},
    {"answers", CONF_TEXTS, AT(plan, answers), .element = CONF_TEXT,
	.example = "minor 8h",
	.help = "The severities that are in it, each with the working time in "
		"which an engineer answers: \"critical 1h\", \"major 4h\", "
		"\"minor 8h\", \"question 3d\" (a day is 24 hours of work). "
		"Not answered by then, a ticket is brought up again with all "
		"of its service."},
    {"severity", CONF_WORD, AT(plan, severity), .otherwise = "minor",
	.words = severity_words,
	.help = "That of a new ticket; engineers change it with /severity."},
    {"calendar", CONF_NAME, AT(plan, calendar), .otherwise = "",
	.example = "office",
	.help = "Its working hours, by name; empty: around the clock."},
    {.name = NULL}};

static const struct conf_word assign_words[] = {
    {"all", false}, {"first", true}, {NULL, 0}};

const struct conf_key conf_service_keys[] = {
    {"name", CONF_NAME, AT(service, name), .example = "help",
	.help = "How commands, lists and mailboxes name it."},
    {"title", CONF_TEXT, AT(service, title), .otherwise = "",
	.example = "General help",
	.help = "How customers see it; empty: the name."},
    {"tag", CONF_NAME, AT(service, tag), .otherwise = "",
	.help = "Mail to address+tag is for this service."},
    {"owners", CONF_TEXTS, AT(service, owners), .element = CONF_NAME,
	.count_offset = offsetof(struct service, owner_count),
	.example = "anna",
	.help = "Engineers who get its new tickets, by name."},
    {"assign", CONF_WORD, AT(service, assign), .otherwise = "all",
	.words = assign_words,
	.help = "all: each owner is told of a new ticket, and who takes it "
		"first holds it. first: the first owner holds it from its "
		"beginning; when his mailbox answers that he is away, the "
		"next in the list does."},
    {"fields", CONF_TEXTS, AT(service, fields), .otherwise = "",
	.element = CONF_TEXT,
	.help = "What a customer may fill in with lines \"Key: value\" at "
		"the very top of his first mail: each key, and behind a colon "
		"other names that people write for it, \"EIP: public IP, "
		"elastic IP\". Empty: EIP, ECS ID and Remote login port; "
		"Problem type and Region are always there."},
    {"problem_types", CONF_TEXTS, AT(service, problem_types),
	.otherwise = "", .element = CONF_TEXT,
	.help = "What may stand behind Problem type; another one is kept, and "
		"answered with this list. Empty: anything."},
    {"regions", CONF_TEXTS, AT(service, regions), .otherwise = "",
	.element = CONF_TEXT, .help = "Likewise behind Region."},
    {"form", CONF_TEXTS, AT(service, form), .otherwise = "",
	.element = CONF_TEXT,
	.help = "Keys that its tickets need. When one is missing the ticket "
		"is opened all the same, and the receipt asks for it."},
    {.name = NULL}};
