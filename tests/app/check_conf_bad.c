/* check_conf_bad: what is said about what a conf may not say. */
#include <check.h>
#include <stdlib.h>
#include <string.h>

#include "arena.h"

#include "conf.h"
#include "conf_keys.h"
#include "conf_value.h"
#include "conf_house.h"

/* What is changed in the good conf of conf_house.c, whose lines are counted. */
static const struct {
	const char *from, *to; /* in the good conf; the first place */
	const char *line;      /* that is among what is said */
} bads[] = {
    {"name = \"D\"", "nam = \"D\"",
	"gatepost.conf:1: desk.nam: unknown key; did you mean \"name\"?"},
    {"name = \"D\"; ", "",
	"gatepost.conf:1: desk.name: is missing; it has no default"},
    {"name = \"D\"", "name = \"\"", "gatepost.conf:1: desk.name: is empty"},
    {"\"D\"", "5", "gatepost.conf:1: desk.name: wants a text in quotes"},
    {"\"d.example\"", "\"d example\"",
	"gatepost.conf:1: desk.domain: \"d example\" is not a host name"},
    {"\"d.example\"", "\"d..example\"", "gatepost.conf:1: desk.domain: "},
    {"\"d.example\"", "\"-d.example\"", "gatepost.conf:1: desk.domain: "},
    {"};\nclock", "log_level = \"noise\"; };\nclock",
	"gatepost.conf:1: desk.log_level: \"noise\" is not one of \"error\", "
	"\"warning\", \"note\", \"debug\"; did you mean \"note\"?"},
    {"};\nclock", "language = \"../x\"; };\nclock",
	"gatepost.conf:1: desk.language: \"../x\" is a name"},
    {"desk:", "dsek:",
	"gatepost.conf:1: dsek: unknown key; did you mean \"desk\"?"},
    {"desk:", "quite_another: { }; desk:",
	"gatepost.conf:1: quite_another: unknown key\n"},
    {"clock: {", "clock: ( {",
	"gatepost.conf:2: syntax error"},
    {"{ remind_after = \"2h\"; remind_most = 3; }", "\"x\"",
	"gatepost.conf:2: clock: wants keys in braces"},
    {"\"2h\"", "2",
	"gatepost.conf:2: clock.remind_after: wants a time in quotes"},
    {"\"2h\"", "\"2\"",
	"gatepost.conf:2: clock.remind_after: \"2\" is no time; write"},
    {"\"2h\"", "\"2 h\"", "gatepost.conf:2: clock.remind_after: "},
    {"\"2h\"", "\"2w\"", "gatepost.conf:2: clock.remind_after: "},
    {"\"2h\"", "\"-2h\"", "gatepost.conf:2: clock.remind_after: "},
    {"\"2h\"", "\"9999999999999999h\"",
	"gatepost.conf:2: clock.remind_after: "},
    {"\"2h\"", "\"61d\"", "gatepost.conf:2: clock.remind_after: 61d is out "
	"of range; write 1s to 60d"},
    {"remind_most = 3", "remind_most = 21", "gatepost.conf:2: "
	"clock.remind_most: 21 is out of range; write 0 to 20"},
    {"remind_most = 3", "remind_most = -1",
	"gatepost.conf:2: clock.remind_most: -1 is out of range"},
    {"remind_most = 3", "remind_most = 3.5",
	"gatepost.conf:2: clock.remind_most: wants a number"},
    {"remind_most = 3", "remind_most = \"3\"",
	"gatepost.conf:2: clock.remind_most: wants a number"},
    {"remind_most = 3", "remind_most = 4294967299",
	"gatepost.conf:2: this number is too large"},
    {"remind_most = 3", "remind_most = 99999999999999999999L",
	"gatepost.conf:2: this number is too large"},
    {"remind_most = 3", "remind_most = 0x100000003",
	"gatepost.conf:2: this number is too large"},
    {"remind_most = 3", "remind_most = -4294967293",
	"gatepost.conf:2: this number is too large"},
    {"remind_most = 3", "remind_most = 010",
	"gatepost.conf:2: 010 is not octal here"},
    {"remind_most = 3", "remind_most = 3; remind_most = 4",
	"gatepost.conf:2: duplicate setting name"},
    {"keep_months = 2", "keep_months = 4",
	"gatepost.conf:3: privacy.keep_months: 4 is out of range"},
    {"strangers = false", "strangers = 0",
	"gatepost.conf:3: privacy.acknowledge_strangers: wants true or false"},
    {"\"customer\"", "\"costumer\"", "gatepost.conf:4: ladder.append: "
	"\"costumer\" is not one of \"none\", \"thread\", \"customer\", "
	"\"engineer\"; did you mean \"customer\"?"},
    {"append = ", "manage = \"none\"; append = ",
	"gatepost.conf:4: ladder.manage: would let anybody close"},
    {"append = ", "engineer = \"thread\"; append = ",
	"gatepost.conf:4: ladder.engineer: would let anybody act"},
    {"\"1MiB\"", "\"1MB\"", "gatepost.conf:5: limits.mail: \"1MB\" is no "
	"size; write \"512\", \"64KiB\" or \"32MiB\""},
    {"\"1MiB\"", "\"33MiB\"", "gatepost.conf:5: limits.mail: 33MiB is out "
	"of range; write 16KiB to 32MiB"},
    {"\"1MiB\"", "1048576",
	"gatepost.conf:5: limits.mail: wants a size in quotes"},
    {"mail = \"1MiB\"", "attachment = \"20MiB\"",
	"gatepost.conf:5: limits.attachment: is more than attachments_total"},
    {"mailboxes: (", "mailboxes: ( 7,",
	"gatepost.conf:6: mailboxes[0]: wants keys in braces"},
    {"mailboxes:", "mailbox:",
	"gatepost.conf:6: mailbox: unknown key; did you mean \"mailboxes\"?"},
    {"name = \"support\"", "name = \"sup port\"",
	"gatepost.conf:6: mailboxes[0].name: \"sup port\" is a name"},
    {"\"imap\"", "\"pop3\"", "gatepost.conf:6: mailboxes[0].kind: \"pop3\" "
	"is not one of \"imap\", \"maildir\"\n"},
    {"\"imap\"", "\"maildir\"",
	"gatepost.conf:6: mailboxes[0].path: is missing; name the Maildir"},
    {"\"support@d.example\"", "\"support\"",
	"gatepost.conf:7: mailboxes[0].address: \"support\" is not a mail"},
    {"\"support@d.example\"", "\"a@b@d.example\"",
	"gatepost.conf:7: mailboxes[0].address: "},
    {"\"support@d.example\"", "\"a b@d.example\"",
	"gatepost.conf:7: mailboxes[0].address: "},
    {"\"support@d.example\"", "\"sup\\r\\nport@d.example\"",
	"gatepost.conf:7: mailboxes[0].address: "},
    {"\"support@d.example\"", "\"a..b@d.example\"",
	"gatepost.conf:7: mailboxes[0].address: "},
    {"service = \"help\"", "service = \"hulp\"",
	"gatepost.conf:7: mailboxes[0].service: there is no service"},
    {"host = \"imap.d.example\"; ", "",
	"gatepost.conf:6: mailboxes[0].host: is missing; name the IMAP"},
    {"user = \"u\"; port", "port",
	"gatepost.conf:6: mailboxes[0].user: is missing"},
    {"port = 994", "port = 0",
	"gatepost.conf:8: mailboxes[0].port: 0 is out of range"},
    {"port = 994", "port = 65536",
	"gatepost.conf:8: mailboxes[0].port: 65536 is out of range; write 1 "
	"to 65535"},
    {"port = 994", "prot = 994", "gatepost.conf:8: mailboxes[0].prot: "
	"unknown key; did you mean \"port\"?"},
    {"port = 994", "tls = false",
	"gatepost.conf:8: mailboxes[0].tls: false would show the password"},
    {"port = 994", "after = \"move\"",
	"gatepost.conf:8: mailboxes[0].after: needs an after_folder"},
    {"port = 994", "after = \"move\"; after_folder = \"INBOX\"",
	"gatepost.conf:8: mailboxes[0].after_folder: is the folder that"},
    {"password_file = \"secret\"", "password = \"pw\"",
	"gatepost.conf:9: mailboxes[0].password: unknown key; did you mean "
	"\"password_file\"?"},
    {"password_file = \"secret\"; a", "a",
	"gatepost.conf:8: mailboxes[0].user: needs a password_file"},
    {"password_file = \"secret\"", "password_file = \"nothing\"",
	"gatepost.conf:9: mailboxes[0].password_file: "},
    {"password_file = \"secret\"", "password_file = \"open\"",
	"/open: chmod 0400 it\n"},
    {"password_file = \"secret\"", "password_file = \"empty\"",
	"/empty is empty\n"},
    {"password_file = \"secret\"", "password_file = \"lines\"",
	"/lines has a control character or a second line in it\n"},
    {"password_file = \"secret\"", "password_file = \".\"",
	"/. is not a file\n"},
    {"password_file = \"secret\"", "password_credential = \"none\"",
	"gatepost.conf:9: mailboxes[0].password_credential: systemd gives no"},
    {"password_file = \"secret\"",
	"password_file = \"secret\"; token_command = \"t\"",
	"gatepost.conf:8: mailboxes[0].user: has more than one password"},
    {"password_file = \"secret\"", "token_file = \"open\"",
	"gatepost.conf:9: mailboxes[0].token_file: others can read"},
    {"[ \"mx\" ]", "\"mx\"",
	"gatepost.conf:9: mailboxes[0].authserv_ids: wants a list"},
    {"[ \"mx\" ]", "[ 1 ]",
	"gatepost.conf:9: mailboxes[0].authserv_ids: wants texts"},
    {"name = \"bob\"", "name = \"Anna\"", "gatepost.conf:12: "
	"engineers[1].name: \"Anna\" is there already, in line 11"},
    {"\"b@d.example\"", "\"A@d.example\"",
	"gatepost.conf:12: engineers[1].address: \"A@d.example\" is there"},
    {"\"b@d.example\"", "\"support@d.example\"",
	"gatepost.conf:12: engineers[1].address: is the address of a mailbox"},
    {"addresses = [ \"x@corp.org\" ]", "domains = [ \"acme.org\" ]",
	"gatepost.conf:14: accounts[1].domains: \"acme.org\" is a domain of "
	"acme already"},
    {"addresses = [ \"x@corp.org\" ]", "quota = 5",
	"gatepost.conf:14: accounts[1].name: has neither domains nor"},
    {"[ \"x@corp.org\" ]", "[ \"x@corp.org\", \"y\" ]",
	"gatepost.conf:14: accounts[1].addresses: \"y\" is not a mail"},
    {"name = \"corp\"", "name = \"acme\"",
	"gatepost.conf:14: accounts[1].name: \"acme\" is there already"},
    {"zone = \"CET-1\"", "zone = \"Europe/Nowhere\"",
	"gatepost.conf:25: calendars[0].zone: \"Europe/Nowhere\" is neither "
	"a zone"},
    {"zone = \"CET-1\"", "zone = \"../localtime\"",
	"gatepost.conf:25: calendars[0].zone: \"../localtime\" is neither"},
    {"mon-fri 09:00-17:00", "mon-fri 17:00-09:00",
	"gatepost.conf:26: calendars[0].hours: \"mon-fri 17:00-09:00\" end "
	"before they begin"},
    {"mon-fri 09:00-17:00", "mon 09:00-09:20",
	"gatepost.conf:26: calendars[0].hours: are less than half an hour"},
    {"\"12-25\"", "\"25-12\"",
	"gatepost.conf:27: calendars[0].holidays: \"25-12\" is no day of the "
	"calendar"},
    {"\"minor 8h\"", "\"minro 8h\"",
	"gatepost.conf:29: plans[0].answers: \"minro 8h\" is no severity "
	"with its time"},
    {"\"minor 8h\"", "\"minor 61d\"",
	"gatepost.conf:29: plans[0].answers: \"minor 61d\" is out of range"},
    {"\"minor 8h\"", "\"critical 8h\"",
	"gatepost.conf:29: plans[0].answers: \"critical\" is said twice"},
    {"\"minor 8h\"", "\"major 8h\"",
	"gatepost.conf:28: plans[0].severity: \"minor\" is the severity of "
	"new tickets"},
    {"calendar = \"office\"", "calendar = \"ofice\"",
	"gatepost.conf:30: plans[0].calendar: there is no calendar "
	"\"ofice\"; did you mean \"office\"?"},
    {"[ \"acme.org\" ];", "[ \"acme.org\" ]; plan = \"silver\";",
	"gatepost.conf:13: accounts[0].plan: there is no plan \"silver\""},
    {"\"it\"; account = \"acme\"", "\"it\"; account = \"acne\"",
	"gatepost.conf:21: groups[0].account: there is no account \"acne\"; "
	"did you mean \"acme\"?"},
    {"\"operator\"", "\"operatr\"",
	"gatepost.conf:22: groups[0].roles: \"operatr\" is no role; write "
	"\"administrator\" or \"operator\"; did you mean \"operator\"?"},
    {"groups = [ \"it\" ]", "groups = [ \"its\" ]",
	"gatepost.conf:24: users[0].groups: there is no group \"its\"; did "
	"you mean \"it\"?"},
    {"account = \"acme\"; groups", "account = \"nobody\"; groups",
	"gatepost.conf:24: users[0].account: there is no account "
	"\"nobody\"\n"},
    {"account = \"acme\"; groups", "account = \"corp\"; groups",
	"gatepost.conf:24: users[0].groups: \"it\" is a group of account "
	"\"acme\"; a user is only in groups of his own account"},
    {"\"jan@acme.org\"", "\"a@d.example\"",
	"gatepost.conf:23: users[0].address: is the address of an engineer"},
    {"} );\nusers", "}, { name = \"it\"; account = \"acme\"; } );\nusers",
	"gatepost.conf:22: groups[1].name: \"it\" is there already, in line "
	"21"},
    {"[ \"acme.org\" ];", "[ \"acme.org\" ]; ticket_policy = true;",
	"gatepost.conf:13: accounts[0].ticket_policy: lets nobody open a "
	"ticket: no user of \"acme\" is in a group with the role "
	"\"administrator\""},
    {"[ \"anna\" ]", "[ \"ana\" ]", "gatepost.conf:15: services[0].owners: "
	"there is no engineer \"ana\"; did you mean \"anna\"?"},
    {"[ \"anna\" ]", "[ ]", "gatepost.conf:15: services[0].owners: is empty"},
    {"owners = [ \"anna\" ]; ", "",
	"gatepost.conf:15: services[0].owners: is missing"},
    {"[ \"anna\" ]", "[ \"anna\" ]; form = [ \"Regoin\" ]",
	"gatepost.conf:15: services[0].form: there is no key \"Regoin\"; did "
	"you mean \"Region\"?"},
    {"[ \"anna\" ]", "[ \"anna\" ]; fields = [ \": EIP\" ]",
	"gatepost.conf:15: services[0].fields: \": EIP\" begins with no key"},
    {"[ \"anna\" ]", "[ \"anna\" ]; fields = [ \"A: B\", \"b\" ]",
	"gatepost.conf:15: services[0].fields: \"b\" is a name of \"A\" "
	"already"},
    {"[ \"anna\" ]", "[ \"anna\" ]; fields = [ \"A\", \"A: x\" ]",
	"gatepost.conf:15: services[0].fields: \"A\" is there twice"},
    {"[ \"anna\" ]", "[ \"anna\" ]; regions = [ \"Paris\", \"paris\" ]",
	"gatepost.conf:15: services[0].regions: \"paris\" is there twice"},
    {"[ \"anna\" ]", "[ \"anna\" ]; problem_types = [ \"\" ]",
	"gatepost.conf:15: services[0].problem_types: "},
    {"name = \"net\"", "name = \"help\"",
	"gatepost.conf:16: services[1].name: \"help\" is there already"},
    {"services: (", "services: { }; x: (",
	"gatepost.conf:15: services: wants a list of groups"},
    {"host = \"smtp.d.example\"; ", "",
	"gatepost.conf:17: mail.host: is missing; name the SMTP server"},
    {"user = \"u\";\npassword", "tls = \"plain\"; user = \"u\";\npassword",
	"gatepost.conf:17: mail.tls: \"plain\" would show all mails"},
    {"user = \"u\";\npassword", "password",
	"gatepost.conf:17: mail.user: is empty; say whom the password"},
    {"password_file = \"secret\"; };", "};",
	"gatepost.conf:17: mail.user: needs a password_file"},
    {"https://g.example/", "http://g.example/",
	"gatepost.conf:19: sms.url: http would show the password"},
    {"https://g.example/", "http://127.0.0.1@g.example/",
	"gatepost.conf:19: sms.url: http would show the password"},
    {"https://g.example/", "http://localhost.g.example/",
	"gatepost.conf:19: sms.url: http would show the password"},
    {"https://g.example/", "ftp://g.example/",
	"gatepost.conf:19: sms.url: is no URL"},
    {"https://g.example/", "", "gatepost.conf:19: sms.url: is missing"},
    {"[ \"+49\" ]", "[ ]", "gatepost.conf:20: sms.countries: is empty"},
    {"[ \"+49\" ]", "[ \"49\" ]",
	"gatepost.conf:20: sms.countries: \"49\" is not the beginning of a"},
    {"[ \"+49\" ]", "[ \"+49\" ]; method = \"PUT\"",
	"gatepost.conf:20: sms.method: \"PUT\" is not one of"},
    {"[ \"+49\" ]", "[ \"+49\" ]; accepted = \"ok\"",
	"gatepost.conf:20: sms.accepted: \"ok\" is no list of HTTP codes"},
    {"enabled = true", "enabled = true; preset = \"kanel\"",
	"gatepost.conf:19: sms.preset: no gateway \"kanel\" is known; did you "
	"mean \"kannel\"?"},
    {"url = \"https://g.example/\"", "preset = \"kannel\"",
	"gatepost.conf:19: sms.url: is missing; say where this gateway is"},
    {"url = \"https://g.example/\"", "preset = \"twilio\"",
	"gatepost.conf:19: sms.user: is empty, and the request has {user}"},
    {"url = \"https://g.example/\"",
	"preset = \"kannel\"; url = \"http://sms.example:13013\"",
	"gatepost.conf:19: sms.url: http would show the password"},
    {"https://g.example/", "https://g.example/{password}",
	"gatepost.conf:19: sms.password_file: is empty, and the request"},
    {"sms: {", "sms: {{",
	"gatepost.conf:19: syntax error"},
    {"desk:", "@include \"../x\"\ndesk:",
	"gatepost.conf:1: only a file of this folder can be included"},
    {"desk:", "@include \"/etc/passwd\"\ndesk:",
	"gatepost.conf:1: only a file of this folder can be included"},
    {"desk:", "@include \".hidden\"\ndesk:",
	"gatepost.conf:1: only a file of this folder can be included"},
    {"desk:", "@include \"nothing.conf\"\ndesk:",
	"gatepost.conf:1: nothing.conf cannot be read: No such file"},
    {"desk:", "@include gatepost.conf\ndesk:",
	"gatepost.conf:1: @include wants a file name in quotes"},
    {"desk:", "@include \"gatepost.conf\"\ndesk:",
	"gatepost.conf:1: files include each other more than 3 deep"},
    {"desk:", "@include \"part.conf\"\ndesk:",
	"part.conf:2: sms.enabeld: unknown key; did you mean \"enabled\"?"},
    {"\nclock", "\n/* clock", "gatepost.conf:31: this comment has no end"},
    {"\"+49\" ]; };", "\"+49 ]; };",
	"gatepost.conf:31: this text has no end; add a quote"},
    {"\"D\"", "\"D\\x00E\"", "gatepost.conf:1: a NUL within a text"},
    {"\"D\"", "\"\xff\"", "gatepost.conf:1: not UTF-8"},
    {"sms:", "x = ((((((((((((((((((1))))))))))))))))));\nsms:",
	"gatepost.conf:19: brackets are more than 16 deep here"},
};

START_TEST(a_mistake_is_told_with_its_file_its_line_and_how_to_mend_it)
{
	struct house house = house_new();
	const char *errors;
	const char *text =
	    house_changed(house.arena, bads[_i].from, bads[_i].to);

	house_put(&house, "part.conf", "\nsms: { enabeld = true; };\n", 0644);
	if (strstr(bads[_i].to, "part.conf") != NULL)
		*strstr(text, "\nsms:") = '\0';
	ck_assert_ptr_null(house_load(&house, text, &errors));
	ck_assert_msg(strstr(errors, bads[_i].line) != NULL,
	    "expected: %s\nsaid: %s", bads[_i].line, errors);
	house_free(&house);
}
END_TEST

/* One key alone in its section, in line 3; the rest of the conf is missing,
 * which is said as well and does not matter here. */
static void
refused(struct house *house, const struct conf_section *section,
    const char *name, const char *value, const char *why)
{
	bool list = section->item != 0;
	const char *errors;
	const char *text = arena_print(house->arena,
	    "%s: %s\n{\n%s = %s; }%s;\n", section->name, list ? "(" : "",
	    name, value, list ? ")" : "");
	const char *line = arena_print(house->arena,
	    "gatepost.conf:3: %s%s.%s: %s", section->name, list ? "[0]" : "",
	    name, why);

	ck_assert_ptr_null(house_load(house, text, &errors));
	ck_assert_msg(strstr(errors, line) != NULL,
	    "expected: %s\nfor: %s\nsaid: %s", line, text, errors);
}

static void
refuse_bounds(struct house *house, const struct conf_section *section,
    const struct conf_key *key)
{
	const char *quote = key->type == CONF_COUNT ? "" : "\"";
	const char *unit = key->type == CONF_TIME ? "ms" : "";
	long long beyond[] = {key->least - 1, key->most + 1};

	for (size_t i = 0; i < 2; i++) {
		if (beyond[i] < 0 && key->type != CONF_COUNT)
			continue;
		if (beyond[i] > 999999999)
			continue;
		refused(house, section, key->name,
		    arena_print(house->arena, "%s%lld%s%s", quote, beyond[i],
			unit, quote),
		    arena_print(house->arena, "%s is out of range",
			key->type == CONF_TIME
			    ? conf_time_text(house->arena, beyond[i])
			    : key->type == CONF_OCTETS
			    ? conf_octets_text(house->arena, beyond[i])
			    : arena_print(house->arena, "%lld", beyond[i])));
	}
}

START_TEST(every_key_refuses_what_it_does_not_want)
{
	struct house house = house_new();
	const struct conf_section *section = conf_sections() + _i;

	for (const struct conf_key *key = section->keys; key->name != NULL;
	     key++) {
		refused(&house, section, key->name, "1.5", "wants ");
		refused(&house, section, key->name, "{ }", "wants ");
		if (key->type != CONF_COUNT)
			refused(&house, section, key->name, "7", "wants ");
		if (key->type != CONF_FLAG)
			refused(&house, section, key->name, "true", "wants ");
		if (key->type != CONF_TEXTS)
			refused(&house, section, key->name, "[ \"a\" ]",
			    "wants ");
		if (key->type == CONF_COUNT || key->type == CONF_FLAG ||
		    key->type == CONF_TEXTS)
			refused(&house, section, key->name, "\"7\"",
			    "wants ");
		else
			refused(&house, section, key->name, "\"a\\nb\"",
			    "\"a\nb\" has a control");
		if (key->type == CONF_COUNT || key->type == CONF_OCTETS ||
		    key->type == CONF_TIME)
			refuse_bounds(&house, section, key);
		refused(&house, section,
		    arena_print(house.arena, "%sz", key->name), "1",
		    "unknown key; did you mean \"");
	}
	house_free(&house);
}
END_TEST

static size_t
section_count(void)
{
	size_t count = 0;

	while (conf_sections()[count].name != NULL)
		count++;
	return count;
}

int
main(void)
{
	Suite *suite = suite_create("conf_bad");
	TCase *tests = tcase_create("conf_bad");
	SRunner *runner;
	int failed;

	tcase_set_timeout(tests, 120);
	tcase_add_loop_test(tests,
	    a_mistake_is_told_with_its_file_its_line_and_how_to_mend_it, 0,
	    (int)(sizeof bads / sizeof *bads));
	tcase_add_loop_test(tests, every_key_refuses_what_it_does_not_want, 0,
	    (int)section_count());
	suite_add_tcase(suite, tests);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
