/* The lines at the top of a first mail: which are fields, and what is asked
 * for. */
#include <string.h>

#include "buf.h"
#include "creation.h"

#include "check_desk.h"

#define NAMES(...) ((const char *const[]){__VA_ARGS__, NULL})
static const char *const none[] = {NULL};

static const struct service usual = {.name = "help", .fields = none,
    .problem_types = NAMES("Login", "Network"),
    .regions = NAMES("Frankfurt", "Paris"),
    .form = NAMES("problem type", "EIP")};

static const struct service own = {.name = "net",
    .fields = NAMES("Serial: S/N, Seriennummer", "Region: site"),
    .problem_types = none, .regions = none, .form = none};

static const struct {
	const char *what;
	const struct service *service;
	const char *text;
	const char *fields; /* "KEY=VALUE;", with ? when it is not known */
	const char *rest;
} rows[] = {
    {"fields, an empty line, the description", &usual,
	"Region: Paris\nEIP: 198.51.100.7\n\nIt is down.\n",
	"Region=Paris;EIP=198.51.100.7;", "It is down.\n"},
    {"without regard to case, written as the table has it", &usual,
	"REGION:frankfurt\nproblem TYPE : login\nHelp.",
	"Region=Frankfurt;Problem type=Login;", "Help."},
    {"what the table does not have is kept and flagged", &usual,
	"Region: Mars\nHelp.", "Region=Mars?;", "Help."},
    {"a key of no table takes anything", &usual,
	"Remote login port: 2222\n", "Remote login port=2222;", ""},
    {"other languages, and their colon", &usual,
	"区域：Paris\nProbleemtype: Network\n帮助", "Region=Paris;"
	"Problem type=Network;", "帮助"},
    {"an empty line between fields, as HTML makes them", &usual,
	"\nEIP: 1.2.3.4\n\nECS ID: a-b\n\nx", "EIP=1.2.3.4;ECS ID=a-b;", "x"},
    {"an unknown key is text, and ends the fields", &usual,
	"EIP: 1.2.3.4\nColour: red\nRegion: Paris\n", "EIP=1.2.3.4;",
	"Colour: red\nRegion: Paris\n"},
    {"only at the very top", &usual, "Hello,\nEIP: 1.2.3.4\n", "",
	"Hello,\nEIP: 1.2.3.4\n"},
    {"a key said twice: the second line stays text", &usual,
	"EIP: 1.2.3.4\nEIP: 5.6.7.8\n", "EIP=1.2.3.4;", "EIP: 5.6.7.8\n"},
    {"a line of the form that was left empty says nothing", &usual,
	"EIP:\nECS ID: a-b\nx", "ECS ID=a-b;", "x"},
    {"a form that was left empty is text", &usual, "EIP:\nHelp\n", "",
	"EIP:\nHelp\n"},
    {"a time is no key", &usual, "10:30 it broke\n", "", "10:30 it broke\n"},
    {"a quoted line is no field", &usual, "> EIP: 1.2.3.4\n", "",
	"> EIP: 1.2.3.4\n"},
    {"a service's own keys, with the names that people write", &own,
	"seriennummer: 77\nSite: Hall 4\nHelp", "Serial=77;Region=Hall 4;",
	"Help"},
    {"which then has no usual ones", &own, "EIP: 1.2.3.4\n", "",
	"EIP: 1.2.3.4\n"},
    {"no service, no key", NULL, "EIP: 1.2.3.4\n", "", "EIP: 1.2.3.4\n"},
    {"nothing", &usual, "", "", ""},
};

static const char *
fields_text(struct arena *arena, const struct creation *creation)
{
	struct buf out = buf_in(arena);

	for (size_t i = 0; i < creation->count; i++)
		buf_print(&out, "%s=%s%s;", creation->list[i].key,
		    creation->list[i].value,
		    creation->list[i].unknown ? "?" : "");
	return buf_text(&out);
}

START_TEST(lines_are_read)
{
	struct arena *arena = arena_new(0);
	struct creation got =
	    creation_read(arena, rows[_i].service, rows[_i].text);

	ck_assert_msg(strcmp(fields_text(arena, &got), rows[_i].fields) == 0,
	    "%s: %s", rows[_i].what, fields_text(arena, &got));
	ck_assert_msg(strcmp(got.rest, rows[_i].rest) == 0, "%s: %s",
	    rows[_i].what, got.rest);
	arena_free(arena);
}
END_TEST

START_TEST(a_value_has_a_limit)
{
	struct arena *arena = arena_new(0);
	char text[CREATION_VALUE_MAX + 20] = "EIP: ";
	struct creation got;

	memset(text + 5, 'x', CREATION_VALUE_MAX);
	got = creation_read(arena, &usual, text);
	ck_assert_uint_eq(got.count, 1);
	text[5 + CREATION_VALUE_MAX] = 'x';
	got = creation_read(arena, &usual, text);
	ck_assert_uint_eq(got.count, 0);
	ck_assert_str_eq(got.rest, text);
	arena_free(arena);
}
END_TEST

START_TEST(the_form_asks_for_what_is_missing_or_unknown)
{
	struct arena *arena = arena_new(0);
	struct CreationData filled = CREATION_DATA__INIT;

	ck_assert_str_eq(
	    creation_form(arena, &usual, &filled), "Problem type:\nEIP:");
	ck_assert_str_eq(creation_known(arena, &usual, &filled),
	    "Problem type: Login, Network");
	creation_fill(arena, &filled, "EIP", "1.2.3.4", false);
	creation_fill(arena, &filled, "Problem type", "Noise", true);
	ck_assert_str_eq(
	    creation_form(arena, &usual, &filled), "Problem type:");
	ck_assert_str_eq(creation_text(arena, &filled),
	    "EIP: 1.2.3.4\nProblem type: Noise (?)");
	creation_fill(arena, &filled, "Problem type", "Login", false);
	ck_assert_str_eq(creation_form(arena, &usual, &filled), "");
	ck_assert_uint_eq(filled.n_fields, 2);
	/* Nothing is required, and yet what is not known is asked for. */
	filled = (struct CreationData)CREATION_DATA__INIT;
	ck_assert_str_eq(creation_form(arena, &own, &filled), "");
	creation_fill(arena, &filled, "Region", "x", true);
	ck_assert_str_eq(creation_form(arena, &own, &filled), "Region:");
	arena_free(arena);
}
END_TEST

TCase *
creation_case(void)
{
	TCase *tcase = tcase_create("creation");

	tcase_add_loop_test(
	    tcase, lines_are_read, 0, sizeof rows / sizeof *rows);
	tcase_add_test(tcase, a_value_has_a_limit);
	tcase_add_test(tcase, the_form_asks_for_what_is_missing_or_unknown);
	return tcase;
}
