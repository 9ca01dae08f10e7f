/* check_conf: what a conf may say. */
#include <check.h>
#include <stdio.h>
#include <stdlib.h>
#include <string.h>
#include <sys/stat.h>
#include <unistd.h>

#include "arena.h"
#include "when.h"

#include "conf.h"
#include "conf_keys.h"
#include "conf_value.h"
#include "conf_house.h"

START_TEST(a_right_conf_is_loaded_with_what_it_says_and_its_defaults)
{
	struct house house = house_new();
	const char *errors;
	const struct conf *conf = house_load(&house, house_good(), &errors);

	ck_assert_msg(conf != NULL, "%s", errors);
	ck_assert_str_eq(conf->desk_name, "D");
	ck_assert_str_eq(conf->language, "en");
	ck_assert_str_eq(conf->state_folder, "/var/lib/gatepost");
	ck_assert_int_eq(conf->policy.remind_after, 2 * WHEN_HOUR);
	ck_assert_int_eq(conf->policy.remind_most, 3);
	ck_assert_int_eq(conf->policy.keep_months, 2);
	ck_assert(!conf->policy.acknowledge_strangers);
	ck_assert_int_eq(conf->policy.ladder.append, ASSURANCE_CUSTOMER);
	ck_assert_int_eq(conf->policy.ladder.engineer, ASSURANCE_ENGINEER);
	ck_assert_uint_eq(conf->limits.mail, 1024 * 1024);
	ck_assert_uint_eq(conf->limits.attachments, 5);
	ck_assert_int_eq(conf->log_level, 6);
	ck_assert_uint_eq(conf->mailbox_count, 1);
	ck_assert_str_eq(conf->mailboxes[0].imap.mailbox, "support");
	ck_assert_str_eq(conf->mailboxes[0].imap.password, "pw");
	ck_assert_uint_eq(conf->mailboxes[0].imap.port, 994);
	ck_assert_uint_eq(conf->mailboxes[0].imap.mail_max, 1024 * 1024);
	ck_assert_int_eq(conf->mailboxes[0].imap.timeout, 60000);
	ck_assert_int_eq(conf->mailboxes[0].imap.idle, 300);
	ck_assert(conf->mailboxes[0].imap.tls);
	ck_assert_str_eq(conf->people.doors[0].authserv_ids[0], "mx");
	ck_assert_ptr_null(conf->people.doors[0].authserv_ids[1]);
	ck_assert_str_eq(conf->people.engineers[1].full_name, "bob");
	ck_assert_str_eq(conf->people.accounts[0].domains[0], "acme.org");
	ck_assert_uint_eq(conf->people.accounts[1].quota, 30);
	ck_assert_uint_eq(conf->people.services[1].owner_count, 1);
	ck_assert_str_eq(conf->people.services[1].owners[0], "bob");
	ck_assert_str_eq(conf->smtp.helo, "d.example");
	ck_assert_int_eq(conf->smtp.tls, SMTP_STARTTLS);
	ck_assert_uint_eq(conf->retries_mail_hours, 120);
	ck_assert_uint_eq(conf->retries_sms_hours, 24);
	ck_assert(!conf->mail_to_folder);
	ck_assert_str_eq(conf->sms_countries[0], "+49");
	house_free(&house);
}
END_TEST

START_TEST(groups_plans_and_calendars_become_what_is_counted_by)
{
	struct house house = house_new();
	const char *errors;
	const struct conf *conf = house_load(&house,
	    house_changed(house.arena, "[ \"acme.org\" ];",
		"[ \"acme.org\" ]; plan = \"gold\";"),
	    &errors);
	const struct plan *plan;

	ck_assert_msg(conf != NULL, "%s", errors);
	plan = people_plan(&conf->people, "acme");
	ck_assert_ptr_nonnull(plan);
	ck_assert_ptr_null(people_plan(&conf->people, "corp"));
	ck_assert_int_eq(plan->severity, SEVERITY_MINOR);
	ck_assert_int_eq(plan->target[SEVERITY_CRITICAL], WHEN_HOUR);
	ck_assert_int_eq(plan->target[SEVERITY_MINOR], 8 * WHEN_HOUR);
	ck_assert_int_eq(plan->target[SEVERITY_MAJOR], 0);
	ck_assert_ptr_eq(plan->worktime, &conf->calendars[0].worktime);
	ck_assert_int_eq(worktime_week(plan->worktime), 40 * WHEN_HOUR);
	ck_assert_int_eq(zone_offset(&plan->worktime->zone, 0), 3600);
	/* The plan's where the account says none of its own. */
	ck_assert_uint_eq(conf->people.accounts[0].quota, 50);
	ck_assert_uint_eq(conf->people.accounts[1].quota, 30);
	ck_assert_uint_eq(conf->people.groups[0].grants, GRANT_OPERATOR);
	ck_assert_str_eq(conf->people.users[0].full_name, "jan");
	ck_assert_int_eq(conf->people.services[0].assign, 0);
	/* A name of the database, where it is installed. */
	conf = house_load(&house,
	    house_changed(house.arena, "CET-1", "Europe/Amsterdam"), &errors);
	if (access("/usr/share/zoneinfo/Europe/Amsterdam", R_OK) == 0)
		ck_assert_int_eq(
		    zone_offset(&conf->calendars[0].worktime.zone,
			1784548800 * WHEN_SECOND), /* July 2026 */
		    7200);
	house_free(&house);
}
END_TEST

START_TEST(every_default_is_within_its_own_bounds)
{
	for (const struct conf_section *section = conf_sections();
	     section->name != NULL; section++) {
		for (const struct conf_key *key = section->keys;
		     key->name != NULL; key++) {
			int64_t value = 0;

			if (key->otherwise == NULL)
				continue;
			if (key->type == CONF_COUNT)
				value = strtol(key->otherwise, NULL, 10);
			else if (key->type == CONF_TIME)
				ck_assert(conf_time(key->otherwise, &value));
			else if (key->type == CONF_OCTETS)
				ck_assert(conf_octets(key->otherwise, &value));
			else
				continue;
			ck_assert_int_ge(value, key->least);
			ck_assert_int_le(value, key->most);
		}
	}
}
END_TEST

START_TEST(all_mistakes_are_told_at_once)
{
	struct house house = house_new();
	const char *errors;

	ck_assert_ptr_null(house_load(&house,
	    "desk: { nam = 1; };\nclock: { remind_most = -1; };\n", &errors));
	ck_assert_ptr_nonnull(strstr(errors, "gatepost.conf:1: desk.nam: "));
	ck_assert_ptr_nonnull(strstr(errors, "gatepost.conf:1: desk.domain"));
	ck_assert_ptr_nonnull(
	    strstr(errors, "gatepost.conf:2: clock.remind_most: "));
	ck_assert_ptr_null(house_load(&house,
	    "desk: { name = \"D\"; domain = \"d.example\"; };\n"
	    "mail: { folder = \"out\"; };\n",
	    &errors));
	ck_assert_str_eq(errors,
	    "gatepost.conf:1: services: there is none; add one\n"
	    "gatepost.conf:1: mailboxes: there is none; add one\n");
	house_free(&house);
}
END_TEST

START_TEST(files_that_are_no_conf_are_refused_in_a_line)
{
	struct house house = house_new();
	const char *errors;
	char *large = arena_take(house.arena, 2 * 1024 * 1024 + 10);

	ck_assert_ptr_null(conf_load(house.arena, "/nowhere/x.conf", &errors));
	ck_assert_str_eq(
	    errors,
	    "x.conf:1: /nowhere/x.conf cannot be read: No such file or "
	    "directory\n");
	ck_assert_ptr_null(conf_load(house.arena, "/tmp", &errors));
	memset(large, '#', 2 * 1024 * 1024);
	ck_assert_ptr_null(house_load(&house, large, &errors));
	ck_assert_str_eq(errors,
	    "gatepost.conf:1: the file is larger than a MiB; split it\n");
	memset(large, '(', 900000);
	large[900000] = '\0';
	memcpy(large, "x = ", 4);
	ck_assert_ptr_null(house_load(&house, large, &errors));
	memset(large, 'a', 900000);
	memcpy(large, "desk: { name = \"", 16);
	memcpy(large + 900000, "\"; };", 6);
	ck_assert_ptr_null(house_load(&house, large, &errors));
	ck_assert_ptr_null(house_load(&house, "", &errors));
	house_free(&house);
}
END_TEST

START_TEST(a_nul_in_a_file_is_refused)
{
	struct house house = house_new();
	const char *path =
	    arena_print(house.arena, "%s/nul.conf", house.folder);
	const char *errors;
	FILE *file = fopen(path, "w");

	fwrite("\n\na = 1;\0b", 1, 10, file);
	fclose(file);
	ck_assert_ptr_null(conf_load(house.arena, path, &errors));
	ck_assert_str_eq(
	    errors, "nul.conf:3: a NUL in the text; take it out\n");
	house_free(&house);
}
END_TEST

START_TEST(a_password_comes_from_a_credential_of_systemd)
{
	struct house house = house_new();
	const struct conf *conf;
	const char *errors;

	house_put(&house, "imap.pass", "from systemd\n", 0440);
	setenv("CREDENTIALS_DIRECTORY", house.folder, 1);
	conf = house_load(&house,
	    house_changed(house.arena, "password_file = \"secret\"",
		"password_credential = \"imap.pass\""),
	    &errors);
	ck_assert_msg(conf != NULL, "%s", errors);
	ck_assert_str_eq(conf->mailboxes[0].imap.password, "from systemd");
	ck_assert_ptr_null(house_load(&house,
	    house_changed(house.arena, "password_file = \"secret\"",
		"password_file = \"secret\"; password_credential = \"x\""),
	    &errors));
	ck_assert_ptr_nonnull(
	    strstr(errors, "password_credential: says again what line 9"));
	unsetenv("CREDENTIALS_DIRECTORY");
	house_free(&house);
}
END_TEST

START_TEST(a_password_that_belongs_to_somebody_else_is_refused)
{
	struct house house = house_new();
	const char *errors;

	if (geteuid() == 0) {
		ck_assert_int_eq(
		    chown(arena_print(house.arena, "%s/secret", house.folder),
			65534, 65534),
		    0);
		ck_assert_ptr_null(house_load(&house, house_good(), &errors));
		ck_assert_ptr_nonnull(strstr(
		    errors, "/secret belongs to somebody else: chown it"));
	}
	house_free(&house);
}
END_TEST

START_TEST(a_preset_knows_its_gateway_and_the_conf_stands_over_it)
{
	struct house house = house_new();
	const char *errors;
	const struct conf *conf = house_load(&house,
	    house_changed(house.arena, "url = \"https://g.example/\"",
		"preset = \"kannel\"; url = \"http://127.0.0.1:13013\"; "
		"user = \"gate\"; from = \"GP\"; accepted = \"200\"; "
		"password_file = \"secret\""),
	    &errors);

	ck_assert_msg(conf != NULL, "%s", errors);
	ck_assert_ptr_nonnull(strstr(
	    conf->sms.url, "http://127.0.0.1:13013/cgi-bin/sendsms?"));
	ck_assert_str_eq(conf->sms.method, "GET");
	ck_assert_str_eq(conf->sms.accepted, "200");
	ck_assert_str_eq(conf->sms.password, "pw");
	house_free(&house);
}
END_TEST

START_TEST(a_master_key_may_be_missing_but_not_open)
{
	struct house house = house_new();
	const char *errors;
	const char *text = house_changed(house.arena, "name = \"D\"",
	    "name = \"D\"; master_key_file = \"master.key\"");
	const struct conf *conf = house_load(&house, text, &errors);

	ck_assert_msg(conf != NULL, "%s", errors);
	ck_assert_str_eq(conf->master_key_file,
	    arena_print(house.arena, "%s/master.key", house.folder));
	conf = house_load(&house,
	    house_changed(house.arena, "name = \"D\"",
		"name = \"D\"; master_key_file = \"/nowhere/master.key\""),
	    &errors);
	ck_assert_msg(conf != NULL, "%s", errors);
	ck_assert_str_eq(conf->master_key_file, "/nowhere/master.key");
	house_put(&house, "master.key", "k", 0644);
	ck_assert_ptr_null(house_load(&house, text, &errors));
	ck_assert_ptr_nonnull(strstr(
	    errors, "gatepost.conf:1: desk.master_key_file: others can read"));
	house_free(&house);
}
END_TEST

static const char *const files[] = {"gatepost.conf", "mailboxes.conf",
    "people.conf", "plans.conf", "services.conf", "notices.conf", "sms.conf", NULL};

static char *
contents(struct arena *arena, const char *path)
{
	FILE *file = fopen(path, "r");
	char *text = arena_take(arena, 256 * 1024);

	ck_assert_msg(file != NULL, "%s", path);
	ck_assert_uint_gt(fread(text, 1, 256 * 1024 - 1, file), 0);
	fclose(file);
	return text;
}

START_TEST(the_example_conf_is_what_the_table_prints_and_it_loads)
{
	struct house house = house_new();
	const struct conf *conf;
	const char *errors = "";

	for (size_t i = 0; files[i] != NULL; i++) {
		char *printed = conf_example(house.arena, files[i]);

		house_put(&house, files[i], printed, 0644);
		ck_assert_str_eq(
		    printed, contents(house.arena,
				 arena_print(house.arena,
				     SOURCE_FOLDER "/conf/%s", files[i])));
	}
	ck_assert_ptr_null(conf_example(house.arena, "other.conf"));
	house_put(&house, "imap.pass", "i\n", 0400);
	house_put(&house, "smtp.pass", "s\n", 0400);
	conf = conf_load(house.arena,
	    arena_print(house.arena, "%s/gatepost.conf", house.folder),
	    &errors);
	ck_assert_msg(conf != NULL, "%s", errors);
	ck_assert_str_eq(conf->smtp.password, "s");
	house_free(&house);
}
END_TEST

/* Every line of it without "# ": the defaults said aloud. */
START_TEST(every_default_of_the_example_may_be_said)
{
	struct house house = house_new();
	const char *errors = "";

	house_put(&house, "imap.pass", "i\n", 0400);
	house_put(&house, "smtp.pass", "s\n", 0400);
	for (size_t i = 0; files[i] != NULL; i++) {
		char *text = conf_example(house.arena, files[i]);
		char *at = text;

		/* Alternatives fill one place: of them only one is said. */
		while ((at = strstr(at, "\t# ")) != NULL) {
			size_t line = strcspn(at, "\n");

			if (memmem(at, line, " = ", 3) != NULL &&
			    at[line - 1] == ';' &&
			    memmem(at, line, "credential", 10) == NULL)
				memcpy(at, "\t  ", 3);
			at += 3;
		}
		house_put(&house, files[i], text, 0644);
	}
	house_put(&house, "master.key", "", 0400);
	ck_assert_msg(
	    conf_load(house.arena,
		arena_print(house.arena, "%s/gatepost.conf", house.folder),
		&errors) != NULL,
	    "%s", errors);
	house_free(&house);
}
END_TEST

START_TEST(the_manual_tells_every_key_of_the_table)
{
	struct arena *arena = arena_new(0);
	const char *page =
	    contents(arena, SOURCE_FOLDER "/man/gatepost.conf.5");

	ck_assert_ptr_nonnull(strstr(page, conf_manual(arena)));
	arena_free(arena);
}
END_TEST

START_TEST(times_and_sizes_are_read_and_written)
{
	static const struct {
		const char *text;
		int64_t time;
	} times[] = {{"0s", 0}, {"1500ms", 1500}, {"90s", 90000},
	    {"15m", 900000}, {"4h", 14400000}, {"3d", 259200000}};
	struct arena *arena = arena_new(0);
	int64_t value;

	for (size_t i = 0; i < sizeof times / sizeof *times; i++) {
		ck_assert(conf_time(times[i].text, &value));
		ck_assert_int_eq(value, times[i].time);
		ck_assert_str_eq(conf_time_text(arena, value), times[i].text);
	}
	ck_assert(conf_octets("64KiB", &value));
	ck_assert_int_eq(value, 65536);
	ck_assert_str_eq(conf_octets_text(arena, value), "64KiB");
	ck_assert_str_eq(conf_octets_text(arena, 65537), "65537");
	ck_assert_str_eq(conf_octets_text(arena, 0), "0");
	ck_assert(!conf_octets("KiB", &value));
	ck_assert(!conf_time("", &value));
	arena_free(arena);
}
END_TEST

int
main(void)
{
	Suite *suite = suite_create("conf");
	TCase *tests = tcase_create("conf");
	SRunner *runner;
	int failed;

	tcase_set_timeout(tests, 120);
	tcase_add_test(
	    tests, a_right_conf_is_loaded_with_what_it_says_and_its_defaults);
	tcase_add_test(
	    tests, groups_plans_and_calendars_become_what_is_counted_by);
	tcase_add_test(tests, every_default_is_within_its_own_bounds);
	tcase_add_test(tests, all_mistakes_are_told_at_once);
	tcase_add_test(tests, files_that_are_no_conf_are_refused_in_a_line);
	tcase_add_test(tests, a_nul_in_a_file_is_refused);
	tcase_add_test(tests, a_password_comes_from_a_credential_of_systemd);
	tcase_add_test(
	    tests, a_password_that_belongs_to_somebody_else_is_refused);
	tcase_add_test(
	    tests, a_preset_knows_its_gateway_and_the_conf_stands_over_it);
	tcase_add_test(tests, a_master_key_may_be_missing_but_not_open);
	tcase_add_test(
	    tests, the_example_conf_is_what_the_table_prints_and_it_loads);
	tcase_add_test(tests, every_default_of_the_example_may_be_said);
	tcase_add_test(tests, the_manual_tells_every_key_of_the_table);
	tcase_add_test(tests, times_and_sizes_are_read_and_written);
	suite_add_tcase(suite, tests);
	runner = srunner_create(suite);
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed != 0;
}
