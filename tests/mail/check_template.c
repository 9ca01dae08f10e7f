/* check_template: templates, and every notice with hostile values. */
#include <stdio.h>
#include <stdlib.h>
#include <string.h>

#include "buf.h"
#include "notice_text.h"
#include "utf8.h"

#include "check_write.h"

#define COUNT(table) (sizeof(table) / sizeof *(table))

static const char *const names[] = {"a", "b", "c", NULL};

static const struct {
	const char *text;
	const char *a, *b;
	const char *plain;
	const char *html;
} fill_rows[] = {
    {"no variables", "", "", "no variables", "no variables"},
    {"<{a}>", "<b>&\"'", "", "<<b>&\"'>", "<&lt;b&gt;&amp;&quot;&#39;>"},
    {"{a}{b}", "{b}", "{a}", "{b}{a}", "{b}{a}"},
    {"{a}", "{?b}x{/b}", "", "{?b}x{/b}", "{?b}x{/b}"},
    {"{{a}} }", "1", "", "{a}} }", "{a}} }"},
    {"{?a}yes {a}{/a}{!a}no{/a}.", "1", "", "yes 1.", "yes 1."},
    {"{?a}yes {a}{/a}{!a}no{/a}.", "", "", "no.", "no."},
    {"{?a}{?b}both{/b}{!b}one{/b}{/a}", "1", "", "one", "one"},
    {"{?a}{?b}both{/b}{!b}one{/b}{/a}", "", "1", "", ""},
    {"x\n{?a}\n{a}\n{/a}\ny\n", "1", "", "x\n1\ny\n", "x\n1\ny\n"},
    {"x\n {?a} {?b} \n{a}\n{/b}{/a}\ny\n", "1", "", "x\ny\n", "x\ny\n"},
    {"{a}", "1\n  2", "", "1\n  2", "1<br>\n&nbsp;&nbsp;2"},
    {"{c}", "1", "2", "", ""},
};

START_TEST(a_template_is_filled_in_one_pass)
{
	struct arena *arena = arena_new(0);
	const char *error = NULL;
	struct template_value values[] = {
	    {"a", fill_rows[_i].a, false},
	    {"b", fill_rows[_i].b, false}};

	for (int html = 0; html < 2; html++) {
		struct template *t = template_load(
		    arena, span_of(fill_rows[_i].text), names, html, &error);
		struct span got;

		ck_assert_ptr_nonnull(t);
		got = template_fill(arena, t, values, 2);
		ck_assert_str_eq(
		    got.at, html ? fill_rows[_i].html : fill_rows[_i].plain);
		ck_assert_uint_eq(got.len, strlen(got.at));
	}
	arena_free(arena);
}
END_TEST

static const struct {
	const char *text;
	const char *error;
} error_rows[] = {
    {"x\n{nobody}", "line 2: unknown variable {nobody}"},
    {"{}", "line 1: unknown variable {}"},
    {"{a", "line 1: a brace without its end before {}"},
    {"{a\n}", "line 1: a brace without its end before {}"},
    {"\n\n{?a}", "line 3: no end is there for {a}"},
    {"{/a}", "line 1: nothing is open for {a}"},
    {"{?a}{?b}{/a}{/b}",
	"line 1: another condition is to be closed first than {a}"},
    {"{?a}{?a}{?a}{?a}{?a}{?a}{?a}{?a}{?b}",
	"line 1: too many conditions within each other at {b}"},
    {"{?z}\n", "line 1: unknown variable {z}"},
};

START_TEST(a_wrong_template_is_refused_with_its_line)
{
	struct arena *arena = arena_new(0);
	const char *error = NULL;

	ck_assert_ptr_null(template_load(
	    arena, span_of(error_rows[_i].text), names, false, &error));
	ck_assert_str_eq(error, error_rows[_i].error);
	arena_free(arena);
}
END_TEST

static const char *const languages[] = {"en", "nl", "zh", "ar"};

static struct span
file_text(struct arena *arena, const char *language, const char *name)
{
	struct buf text = buf_in(arena);
	const char *top = getenv("srcdir");
	FILE *file = fopen(
	    arena_print(arena, "%s/templates/%s/%s", top ? top : "..",
		language, name),
	    "r");
	int c;

	if (file == NULL)
		return (struct span){NULL, 0};
	while ((c = getc(file)) != EOF)
		buf_put(&text, (char)c);
	fclose(file);
	return buf_span(&text);
}

static void
add_file(struct arena *arena, struct notice_set *set, const char *language,
    const char *name)
{
	struct span text = file_text(arena, language, name);
	const char *error = NULL;

	if (text.at != NULL)
		ck_assert_msg(notice_set_add(set, name, text, &error) == 0,
		    "%s: %s", language, error);
}

static struct notice_set *
whole_set(struct arena *arena, const char *language)
{
	static const char *const ends[] = {"txt", "html", "sms"};
	struct notice_set *set = notice_set_new(arena, language);

	ck_assert_str_eq(notice_set_missing(set), "frame.html");
	add_file(arena, set, language, "frame.html");
	add_file(arena, set, language, "words.txt");
	for (int i = NOTICE_NONE + 1; i < NOTICES; i++) {
		for (size_t e = 0; e < COUNT(ends); e++)
			add_file(arena, set, language,
			    arena_print(arena, "%s.%s",
				notice_row((enum notice)i)->word, ends[e]));
	}
	return set;
}

START_TEST(a_language_has_all_templates_and_all_words)
{
	struct arena *arena = arena_new(0);
	struct notice_set *set = whole_set(arena, languages[_i]);
	const char *file = notice_set_missing(set);
	const char *key = notice_set_unsaid(set);

	ck_assert_msg(
	    file == NULL, "templates/%s: no %s", languages[_i], file);
	ck_assert_msg(key == NULL, "templates/%s/words.txt: no %s",
	    languages[_i], key);
	arena_free(arena);
}
END_TEST

START_TEST(only_arabic_is_written_from_the_right)
{
	struct arena *arena = arena_new(0);
	struct template_value values[] = {{"desk", "Example", false}};

	for (size_t l = 0; l < COUNT(languages); l++) {
		struct notice_set *set = whole_set(arena, languages[l]);
		struct notice_text said = notice_text_fill(
		    arena, set, NOTICE_RECEIVED, values, 1);
		bool right = strcmp(languages[l], "ar") == 0;

		ck_assert_ptr_nonnull(strstr(said.html,
		    arena_print(arena, "<html lang=\"%s\" dir=\"%s\">",
			languages[l], right ? "rtl" : "ltr")));
	}
	arena_free(arena);
}
END_TEST

START_TEST(a_notice_that_a_language_lacks_is_said_in_the_first)
{
	struct arena *arena = arena_new(0);
	struct notice_set *half = notice_set_new(arena, "nl");
	const struct notice_set *sets[] = {
	    whole_set(arena, "en"), half, whole_set(arena, "ar"), NULL};

	add_file(arena, half, "nl", "frame.html");
	add_file(arena, half, "nl", "received.txt");
	ck_assert_ptr_eq(notice_set_for(sets, "nl", NOTICE_RECEIVED), sets[0]);
	add_file(arena, half, "nl", "received.html");
	ck_assert_ptr_eq(notice_set_for(sets, "nl", NOTICE_RECEIVED), half);
	ck_assert_ptr_eq(notice_set_for(sets, "nl", NOTICE_ANSWER), sets[0]);
	ck_assert_ptr_eq(notice_set_for(sets, "ar", NOTICE_ANSWER), sets[2]);
	ck_assert_ptr_eq(notice_set_for(sets, "de", NOTICE_ANSWER), sets[0]);
	ck_assert_ptr_eq(notice_set_for(sets, "", NOTICE_ANSWER), sets[0]);
	ck_assert_str_eq(notice_set_missing(half), "answer.txt");
	ck_assert_str_eq(notice_set_unsaid(half), "state.none");
	arena_free(arena);
}
END_TEST

/* What the templates themselves never say, and each value here does. */
#define EVIL "<evil onload='x0\">&{number}{?text}{{ %s \xe2\x80\xae"

static size_t
hostile_values(struct arena *arena, struct template_value *values)
{
	size_t count = 0;

	for (; notice_names[count].name != NULL; count++) {
		values[count].name = notice_names[count].name;
		values[count].text = arena_print(
		    arena, "%s\nBcc: %s", EVIL, notice_names[count].name);
	}
	return count;
}

static size_t
occurrences(const char *text, const char *what)
{
	size_t n = 0;

	for (; (text = strstr(text, what)) != NULL; text++)
		n++;
	return n;
}

START_TEST(a_notice_with_hostile_values_says_them_once_and_literally)
{
	struct arena *arena = arena_new(0);
	struct notice_set *set = whole_set(arena, languages[_i / NOTICES]);
	struct template_value values[64] = {{NULL, NULL, false}};
	size_t count = hostile_values(arena, values);
	enum notice notice = (enum notice)(_i % NOTICES);
	struct notice_text said =
	    notice_text_fill(arena, set, notice, values, count);
	const struct notice_row *row = notice_row(notice);

	if (row->mail) {
		ck_assert(said.subject[0] != '\0');
		ck_assert(said.text[0] != '\0' && said.text[0] != '\n');
		ck_assert_ptr_null(strchr(said.subject, '\n'));
		/* As often as it was filled in, never from a second pass. */
		ck_assert_uint_eq(occurrences(said.text, "<evil onload"),
		    occurrences(said.text, "{number}{?text}{{ %s"));
		ck_assert_ptr_nonnull(strstr(said.text, "<evil onload"));
		ck_assert_ptr_null(strstr(said.html, "<evil"));
		ck_assert_ptr_null(strstr(said.html, "onload='"));
		ck_assert_ptr_null(strstr(said.html, "x0\">"));
		ck_assert_uint_eq(occurrences(said.html, "&lt;evil onload"),
		    occurrences(said.html, "{number}{?text}{{ %s"));
		ck_assert_uint_eq(occurrences(said.html, "<html"), 1);
		ck_assert_uint_eq(occurrences(said.html, "http"), 0);
		ck_assert_uint_eq(occurrences(said.html, "src="), 0);
	}
	ck_assert_int_eq(row->sms, said.sms[0] != '\0');
	ck_assert_ptr_null(strchr(said.sms, '\n'));
	arena_free(arena);
}
END_TEST

/* GSM 03.38, the basic set as far as it is ASCII. */
static bool
is_gsm7(char c)
{
	return c == '\n' ||
	       (c >= 0x20 && c <= 0x7e && strchr("[\\]^`{|}~", c) == NULL);
}

START_TEST(an_sms_is_one_segment_and_has_no_text_of_a_person)
{
	struct arena *arena = arena_new(0);
	struct notice_set *set = whole_set(arena, languages[_i / NOTICES]);
	struct template_value values[] = {{"number", "1234567890", false},
	    {"desk", "Example Cloud Support", false}, {"code", "123456", false},
	    {"subject", "SECRET", false}, {"text", "SECRET", false}};
	struct notice_text said = notice_text_fill(
	    arena, set, (enum notice)(_i % NOTICES), values, 5);
	const char *error = NULL;
	bool gsm = true;

	for (const char *c = said.sms; *c != '\0'; c++)
		gsm = gsm && is_gsm7(*c);
	/* The scripts without GSM 03.38 are those of the last two. */
	ck_assert_int_eq(gsm, _i < 2 * NOTICES || said.sms[0] == '\0');
	ck_assert_msg(utf8_length(span_of(said.sms)) <= (gsm ? 160 : 70),
	    "%s: %zu characters", said.sms, utf8_length(span_of(said.sms)));
	ck_assert_ptr_null(strstr(said.sms, "SECRET"));
	ck_assert_int_eq(
	    notice_set_add(set, "code.sms", span_of("{code}\n{text}"), &error),
	    -1);
	ck_assert_str_eq(error, "code.sms: line 2: unknown variable {text}");
	arena_free(arena);
}
END_TEST

START_TEST(a_stranger_is_told_nothing_of_what_the_mail_said)
{
	struct arena *arena = arena_new(0);
	struct notice_set *set = whole_set(arena, "en");
	struct template_value values[] = {{"number", "1042", false},
	    {"desk", "Example", false}, {"subject", "SECRET", false}, {"text", "SECRET", false},
	    {"quoted", "SECRET", false}, {"attachments", "SECRET", false},
	    {"alias", "SECRET", false}, {"reason", "SECRET", false}, {"trusted", "", false}};
	struct notice_text said = notice_text_fill(
	    arena, set, NOTICE_RECEIVED, values, COUNT(values));

	ck_assert_str_eq(said.subject, "[#1042] We have your message");
	ck_assert_ptr_null(strstr(said.text, "SECRET"));
	ck_assert_ptr_null(strstr(said.html, "SECRET"));
	values[8].text = "yes";
	said = notice_text_fill(
	    arena, set, NOTICE_RECEIVED, values, COUNT(values));
	ck_assert_str_eq(said.subject, "[#1042] SECRET");
	arena_free(arena);
}
END_TEST

START_TEST(an_answer_begins_with_the_engineers_words_untouched)
{
	struct arena *arena = arena_new(0);
	struct notice_set *set = whole_set(arena, "en");
	const char *words = "Hi,\n\n\ttry {this}:  a  b\n> not a quote\n";
	struct template_value values[] = {{"number", "1042", false},
	    {"desk", "Example", false}, {"subject", "Printer", false}, {"text", words, false},
	    {"quoted", "one\n\ntwo", false}, {"engineer", "Anna", false},
	    {"customer_state", "Pending feedback", false}, {"may_close", "close", false}};
	struct notice_text said =
	    notice_text_fill(arena, set, NOTICE_ANSWER, values, COUNT(values));

	ck_assert_str_eq(said.subject, "[#1042] Printer");
	ck_assert_int_eq(strncmp(said.text, words, strlen(words)), 0);
	ck_assert_ptr_nonnull(strstr(said.text, "Anna, Example\n"));
	ck_assert_ptr_nonnull(strstr(said.text, "\n> one\n>\n> two\n"));
	ck_assert_ptr_nonnull(strstr(said.text, "the one word: close"));
	arena_free(arena);
}
END_TEST

static const struct {
	enum state state;
	const char *cancel, *close, *confirm;
} choice_rows[] = {
    {STATE_NONE, "", "", ""},
    {STATE_PENDING, "cancel", "", ""},
    {STATE_PROCESSING, "", "close", ""},
    {STATE_PENDING_FEEDBACK, "", "close", ""},
    {STATE_PENDING_REPLY, "", "close", ""},
    {STATE_PENDING_CONFIRMATION, "", "close", "yes"},
    {STATE_CANCELED, "", "", ""},
    {STATE_CLOSED, "", "", ""},
};

START_TEST(a_customer_is_offered_the_words_that_are_valid_now)
{
	struct template_value values[NOTICE_CHOICES];

	notice_choices(choice_rows[_i].state, values);
	ck_assert_str_eq(values[0].text, choice_rows[_i].cancel);
	ck_assert_str_eq(values[1].text, choice_rows[_i].close);
	ck_assert_str_eq(values[2].text, choice_rows[_i].confirm);
}
END_TEST

static const struct {
	const char *name;
	const char *text;
	const char *error;
} file_rows[] = {
    {"nobody.txt", "Subject: x\n\ny", "nobody.txt: no notice has this name"},
    {"received", "x", "received: no .txt, .html or .sms"},
    {"received.pdf", "x", "received.pdf: no .txt, .html or .sms"},
    {"received.txt", "x\n\ny",
	"received.txt: line 1: \"Subject: ...\" is missing"},
    {"received.txt", "", "received.txt: line 1: \"Subject: ...\" is missing"},
    {"received.txt", "Subject: x", "received.txt: line 2: is not empty"},
    {"received.txt", "Subject: x\ny\n", "received.txt: line 2: is not empty"},
    {"received.txt", "Subject: {x}\n\ny",
	"received.txt: line 1: unknown variable {x}"},
    {"received.txt", "Subject: x\n\n1\n2\n{y}",
	"received.txt: line 5: unknown variable {y}"},
    {"received.html", "\n{y}", "received.html: line 2: unknown variable {y}"},
    {"received.html", "<p>\n<a href={reply}>x</a>",
	"received.html: line 2: a variable in a tag needs quotes around it"},
    {"received.html", "<a {reply}>x</a>",
	"received.html: line 1: a variable in a tag needs quotes around it"},
    {"received.html", "\n\n<SCRIPT>x</script>",
	"received.html: line 3: a notice has no <script"},
    {"frame.html", "<b style=\"background:url(x)\">{body}</b>",
	"frame.html: line 1: a notice has no url("},
    {"received.html", "<p>x</p>\n<p title=\"x>y",
	"received.html: line 2: a tag without its end"},
    {"words.txt", "# x\nstate.pending = x\nnonsense",
	"words.txt: line 3: no \"key = words\""},
    {"words.txt", "state.sleeping = x",
	"words.txt: line 1: unknown key state.sleeping"},
    {"words.txt", "state.closed =",
	"words.txt: line 1: no words for state.closed"},
    {"words.txt", "state.closed = x\n\nstate.closed = y",
	"words.txt: line 3: state.closed stands here twice"},
    {"words.txt", "state.closed = \xff", "words.txt: line 1: not UTF-8"},
    {"frame.html", "{number}", "frame.html: line 1: unknown variable {number}"},
};

START_TEST(a_wrong_file_is_refused_with_its_name_and_line)
{
	struct arena *arena = arena_new(0);
	struct notice_set *set = notice_set_new(arena, "en");
	const char *error = NULL;

	ck_assert_int_eq(notice_set_add(set, file_rows[_i].name,
			     span_of(file_rows[_i].text), &error),
	    -1);
	ck_assert_str_eq(error, file_rows[_i].error);
	arena_free(arena);
}
END_TEST

void
template_tests(TCase *all)
{
	tcase_add_loop_test(
	    all, a_template_is_filled_in_one_pass, 0, COUNT(fill_rows));
	tcase_add_loop_test(all, a_wrong_template_is_refused_with_its_line, 0,
	    COUNT(error_rows));
	tcase_add_loop_test(all,
	    a_notice_with_hostile_values_says_them_once_and_literally, 0,
	    COUNT(languages) * NOTICES);
	tcase_add_loop_test(all,
	    an_sms_is_one_segment_and_has_no_text_of_a_person, 0,
	    COUNT(languages) * NOTICES);
	tcase_add_loop_test(all, a_language_has_all_templates_and_all_words, 0,
	    COUNT(languages));
	tcase_add_test(all, only_arabic_is_written_from_the_right);
	tcase_add_test(
	    all, a_notice_that_a_language_lacks_is_said_in_the_first);
	tcase_add_test(all, a_stranger_is_told_nothing_of_what_the_mail_said);
	tcase_add_test(
	    all, an_answer_begins_with_the_engineers_words_untouched);
	tcase_add_loop_test(all,
	    a_customer_is_offered_the_words_that_are_valid_now, 0,
	    COUNT(choice_rows));
	tcase_add_loop_test(all, a_wrong_file_is_refused_with_its_name_and_line,
	    0, COUNT(file_rows));
}
