/* check_desk: the tables of the desk: states, access, words, commands. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"

#include "check_desk.h"

/* Compares with the golden file. When they differ the new text is left in
 * the present folder, and diff(1) tells a person how. */
void
check_golden(const char *name, const char *text)
{
	char wanted[500], found[100], command[700];
	FILE *out;

	snprintf(wanted, sizeof wanted, GOLDEN "/%s", name);
	snprintf(found, sizeof found, "%s.found", name);
	out = fopen(found, "w");
	ck_assert_ptr_nonnull(out);
	ck_assert_int_ge(fputs(text, out), 0);
	ck_assert_int_eq(fclose(out), 0);
	snprintf(command, sizeof command, "diff -u '%s' '%s'", wanted, found);
	ck_assert_msg(system(command) == 0,
	    "%s is not what %s says", found, wanted);
	remove(found);
}

START_TEST(every_state_and_event_is_as_the_table_for_people_says)
{
	struct arena *arena = arena_new(0);
	struct buf text = buf_in(arena);

	for (int s = STATE_NONE; s < STATES; s++) {
		for (int e = 0; e < EVENTS; e++) {
			struct transition step =
			    ticket_step((enum state)s, (enum event)e);

			buf_print(&text, "%-20s %-16s ",
			    state_word((enum state)s),
			    event_word((enum event)e));
			switch (step.step) {
			case STEP_GO:
				buf_print(&text, "-> %s\n",
				    state_word(step.to));
				break;
			case STEP_NEW:
				buf_print(&text, "a new ticket\n");
				break;
			case STEP_REFUSE:
				buf_print(&text, "refused: %s\n",
				    decide_reason(arena, step.why));
				break;
			case STEP_NOTHING:
				buf_print(&text, "nothing\n");
				break;
			}
		}
	}
	check_golden("state.txt", buf_text(&text));
	arena_free(arena);
}
END_TEST

START_TEST(every_role_operation_and_assurance_is_as_the_table_says)
{
	static const struct ladder ladder = {ASSURANCE_NONE,
	    ASSURANCE_CUSTOMER, ASSURANCE_CUSTOMER, ASSURANCE_ENGINEER};
	static const char *const words[] = {"yes", "no", "unsure"};
	struct arena *arena = arena_new(0);
	struct buf text = buf_in(arena);

	for (int o = OPERATION_CREATE; o < OPERATIONS; o++) {
		for (int r = 0; r < ROLES; r++) {
			buf_print(&text, "%-9s %-13s",
			    operation_row((enum operation)o)->verb,
			    role_word((enum role)r));
			for (int a = 0; a < ASSURANCES; a++)
				buf_print(&text, " %s: %-6s",
				    assurance_word((enum assurance)a),
				    words[access_ask(&ladder, (enum role)r,
					(enum operation)o,
					(enum assurance)a)]);
			text.len -= text.at[text.len - 1] == ' ';
			while (text.at[text.len - 1] == ' ')
				text.len--;
			buf_put(&text, '\n');
		}
	}
	check_golden("access.txt", buf_text(&text));
	arena_free(arena);
}
END_TEST

START_TEST(every_row_stands_where_its_enum_says)
{
	for (int i = 0; i < OPERATIONS; i++)
		ck_assert_int_eq(
		    operation_row((enum operation)i)->operation, i);
	for (int i = 0; i < NOTICES; i++)
		ck_assert_int_eq(notice_row((enum notice)i)->notice, i);
	for (int i = 0; i < BUDGETS; i++)
		ck_assert_int_eq(budget_row((enum budget)i)->budget, i);
	for (int i = 0; i < DUES; i++)
		ck_assert_ptr_nonnull(due_word((enum due)i));
	ck_assert_str_eq(state_customer_name(STATE_PENDING), "Submitted");
	ck_assert_str_eq(state_name((enum state)77), "None");
}
END_TEST

static const struct {
	const char *text;
	const char *is; /* "verb|argument|score;" ... then "rest" */
	const char *sentence;
} command_rows[] = {
    {"Hello\n/close\n", "Hello\n/close",
	"a command below other text is text"},
    {"/resolve", "resolve||0;", "one command and nothing else"},
    {"\r\n \xc2\xa0\r\n/resolve\r\n/note left a  mail\r\nDear Sir,\r\n",
	"resolve||0;note|left a  mail|0;Dear Sir,",
	"blanks of every kind and CR before and behind"},
    {"/RESOLVE", "resolve||0;", "a verb in any case"},
    {"/etc/passwd is wrong", "/etc/passwd is wrong",
	"a path is no command"},
    {"/ resolve", "/ resolve", "a verb follows its stroke at once"},
    {"//resolve", "//resolve", "a comment of a programmer's"},
    {"/-x", "/-x", "a verb begins with a letter"},
    {"/reslove", "!There is no such command. Did you mean `/resolve`?;",
	"two letters changed places"},
    {"/purge", "!There is no such command; `/help` names them all.;",
	"the clock's operations are no verbs of a mail"},
    {"/resolve it is fine",
	"!`/resolve` stands alone on its line; write your text below it.;",
	"a command that takes nothing gets something"},
    {"/cc a@example.com, <b@example.com>", "cc|a@example.com, "
					   "<b@example.com>|0;",
	"several addresses"},
    {"/cc", "cc||0;", "all who are proposed"},
    {"/cc Jan", "!`/cc` alone puts all in copy who are proposed; else it "
		"needs their addresses: `/cc jan@example.com "
		"ann@example.com`.;",
	"a name is no address"},
    {"/confirm 5 thank you", "confirm|thank you|5;", "score and comment"},
    {"/confirm thank you", "confirm|thank you|0;", "comment alone"},
    {"/confirm 7",
	"!The score of `/confirm` goes from 1 to 5, its comment up to 500 "
	"letters: `/confirm 5 thank you`.;",
	"a score outside of its bounds"},
    {"/sms +49 (151) 234-567", "sms|+49151234567|0;",
	"a number as people write it"},
    {"/sms 0151 234567",
	"!`/sms` needs a number with its country code: `/sms +49 151 "
	"234567`.;",
	"a number without its country"},
    {"/forward anna\nplease look", "forward|anna|0;please look",
	"forward and words below"},
    {"\xef\xbc\x8f" "close", "\xef\xbc\x8f" "close",
	"a stroke of full width is none"},
};

static const char *
commands_text(struct arena *arena, const struct commands *commands)
{
	struct buf out = buf_in(arena);

	for (size_t i = 0; i < commands->count; i++) {
		const struct command *one = &commands->list[i];

		if (one->error != NULL)
			buf_print(&out, "!%s;",
			    decide_reason(arena, one->error));
		else
			buf_print(&out, "%s|%s|%d;",
			    operation_row(one->operation)->verb,
			    one->argument, one->score);
	}
	buf_add_text(&out, commands->rest);
	return buf_text(&out);
}

START_TEST(commands_are_read_at_the_top_only)
{
	struct arena *arena = arena_new(0);
	struct commands commands =
	    command_read(arena, command_rows[_i].text);

	ck_assert_msg(strcmp(commands_text(arena, &commands),
			  command_rows[_i].is) == 0,
	    "%s: %s", command_rows[_i].sentence,
	    commands_text(arena, &commands));
	arena_free(arena);
}
END_TEST

static const struct {
	const char *text;
	enum state state;
	const char *is;
	const char *sentence;
} plain_rows[] = {
    {"Yes!", STATE_PENDING_CONFIRMATION, "confirm||0;", "the plain yes"},
    {"yes.\n\nThanks", STATE_PENDING_CONFIRMATION, "confirm||0;Thanks",
	"a yes with thanks below"},
    {"yes", STATE_PENDING_FEEDBACK, "yes",
	"an answer to an engineer's question is no command"},
    {"yes it works", STATE_PENDING_CONFIRMATION, "yes it works",
	"words behind a yes are for a person to read"},
    {"no", STATE_PENDING_CONFIRMATION, "no", "a no is a message"},
    {"confirm 5 thanks", STATE_PENDING_CONFIRMATION, "confirm|thanks|5;",
	"score and comment"},
    {"\xc2\xa0" "Confirm 4\r\n", STATE_PENDING_CONFIRMATION,
	"confirm||4;", "blanks of a telephone"},
    {"rate it 2", STATE_CLOSED, "rate||2;", "words that say nothing"},
    {"Rate 2 thanks", STATE_CLOSED, "rate|thanks|2;", "a comment"},
    {"rate this ticket: 4, well done", STATE_CLOSED, "rate|, well done|4;",
	"words, a colon and a comment"},
    {"Rate limiting is broken since 2", STATE_CLOSED,
	"Rate limiting is broken since 2",
	"a sentence that begins with the verb is no rating"},
    {"beoordeel met een 5", STATE_CLOSED, "rate||5;", "likewise in Dutch"},
    {"close", STATE_PENDING, "close||0;",
	"close is read where it is refused, so that it is answered"},
    {"close the window", STATE_PROCESSING, "close the window",
	"a sentence that begins with a verb is no command"},
    {"cancel", STATE_PENDING, "cancel||0;", "the plain cancel"},
    {"verify 123456", STATE_PENDING, "verify|123456|0;",
	"the code comes back"},
    {"Ja!", STATE_PENDING_CONFIRMATION, "confirm||0;", "a Dutch yes"},
    {"ja", STATE_PENDING_FEEDBACK, "ja",
	"a Dutch yes answers the engineer's question"},
    {"Jan belt morgen", STATE_PENDING_CONFIRMATION, "Jan belt morgen",
	"a longer word that begins with one is none"},
    {"nee", STATE_PENDING_CONFIRMATION, "nee", "a Dutch no is a message"},
    {"Bevestig 4 dank u", STATE_PENDING_CONFIRMATION, "confirm|dank u|4;",
	"score and comment in Dutch"},
    {"annuleren.", STATE_PENDING, "cancel||0;", "the Dutch cancel"},
    {"sluiten", STATE_PROCESSING, "close||0;", "the Dutch close"},
    {"sluit het raam", STATE_PROCESSING, "sluit het raam",
	"a Dutch sentence that begins with a verb is no command"},
    {"是的。", STATE_PENDING_CONFIRMATION, "confirm||0;", "a Chinese yes"},
    {"确认5", STATE_PENDING_CONFIRMATION, "confirm||5;",
	"Chinese has no blanks"},
    {"确认　５ 谢谢", STATE_PENDING_CONFIRMATION, "confirm|谢谢|5;",
	"wide blanks and digits"},
    {"“取消”", STATE_PENDING, "cancel||0;", "Chinese quotes around a word"},
    {"关闭窗口后还是不行", STATE_PROCESSING, "关闭窗口后还是不行",
	"a Chinese sentence that begins with a verb is no command"},
    {"不是", STATE_PENDING_CONFIRMATION, "不是", "a Chinese no is a message"},
    {"نعم،", STATE_PENDING_CONFIRMATION, "confirm||0;", "an Arabic yes"},
    {"تأكيد ٥ شكرا", STATE_PENDING_CONFIRMATION, "confirm|شكرا|5;",
	"the digits of Arabic"},
    {"\u200fالغاء\u200f", STATE_PENDING, "cancel||0;",
	"without the hamza, within marks of direction"},
    {"لا", STATE_PENDING_CONFIRMATION, "لا", "an Arabic no is a message"},
    {"إغلاق", STATE_CLOSED, "close||0;",
	"any language, also in a state that is over"},
    {"sms me when done", STATE_PENDING, "sms me when done",
	"sms without a number is text"},
};

START_TEST(plain_words_are_read_where_they_are_awaited)
{
	struct arena *arena = arena_new(0);
	struct commands commands = command_read_plain(
	    arena, plain_rows[_i].text, plain_rows[_i].state);

	ck_assert_msg(strcmp(commands_text(arena, &commands),
			  plain_rows[_i].is) == 0,
	    "%s: %s", plain_rows[_i].sentence,
	    commands_text(arena, &commands));
	arena_free(arena);
}
END_TEST

START_TEST(too_many_commands_refuse_them_all)
{
	struct arena *arena = arena_new(0);
	struct commands commands = command_read(arena,
	    "/help\n/help\n/help\n/help\n/help\n/help\n/help\n/help\n/help\n"
	    "/help\n/help\nrest");

	ck_assert(commands.refused);
	ck_assert_uint_eq(commands.count, COMMANDS_MAX);
	ck_assert_str_eq(commands.rest, "rest");
	arena_free(arena);
}
END_TEST

static const struct {
	uint32_t before, now;
	when passed;
	unsigned used;
	const char *sentence;
} budget_rows[] = {
    {0, 0, 0, 0, "nothing"},
    {0, 7, WHEN_HOUR / 2, 7, "all of this hour's"},
    {10, 0, 0, 10, "at the turn of the hour all of the last one's"},
    {10, 2, WHEN_HOUR / 2, 7, "in its middle half of them"},
    {1, 0, WHEN_HOUR - 1, 1, "rounded up"},
    {10, 3, WHEN_HOUR, 3, "at the end none"},
    {10, 3, -5, 13, "a clock that went back"},
    {UINT32_MAX, UINT32_MAX, 0, UINT32_MAX, "as many as can be counted"},
};

START_TEST(a_budget_slides)
{
	ck_assert_msg(budget_used(budget_rows[_i].before, budget_rows[_i].now,
			  WHEN_HOUR, budget_rows[_i].passed) ==
		budget_rows[_i].used,
	    "%s", budget_rows[_i].sentence);
}
END_TEST

START_TEST(a_verb_is_guessed_when_it_is_near)
{
	ck_assert_int_eq(
	    operation_guess(span_of("acept"))->operation, OPERATION_ACCEPT);
	ck_assert_int_eq(
	    operation_guess(span_of("cancle"))->operation, OPERATION_CANCEL);
	ck_assert_ptr_null(operation_guess(span_of("homedirectory")));
	ck_assert_ptr_null(operation_guess(span_of("x")));
	ck_assert_ptr_null(operation_guess(span_of("var")));
}
END_TEST

static Suite *
desk_suite(void)
{
	Suite *suite = suite_create("desk");
	TCase *all = tcase_create("tables");

	tcase_add_test(
	    all, every_state_and_event_is_as_the_table_for_people_says);
	tcase_add_test(
	    all, every_role_operation_and_assurance_is_as_the_table_says);
	tcase_add_test(all, every_row_stands_where_its_enum_says);
	tcase_add_loop_test(all, commands_are_read_at_the_top_only, 0,
	    sizeof command_rows / sizeof *command_rows);
	tcase_add_loop_test(all, plain_words_are_read_where_they_are_awaited,
	    0, sizeof plain_rows / sizeof *plain_rows);
	tcase_add_test(all, too_many_commands_refuse_them_all);
	tcase_add_loop_test(all, a_budget_slides, 0,
	    sizeof budget_rows / sizeof *budget_rows);
	tcase_add_test(all, a_verb_is_guessed_when_it_is_near);
	suite_add_tcase(suite, all);
	suite_add_tcase(suite, filter_case());
	suite_add_tcase(suite, groups_case());
	suite_add_tcase(suite, decide_case());
	suite_add_tcase(suite, action_case());
	suite_add_tcase(suite, copy_case());
	suite_add_tcase(suite, creation_case());
	suite_add_tcase(suite, odd_case());
	suite_add_tcase(suite, property_case());
	suite_add_tcase(suite, tally_case());
	suite_add_tcase(suite, token_case());
	suite_add_tcase(suite, worktime_case());
	return suite;
}

int
main(void)
{
	SRunner *runner = srunner_create(desk_suite());
	int failed;

	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
