#include <string.h>

#include "buf.h"
#include "encode.h"

#include "notice_text.h"
#include "template_html.h"

#define VALUE_LINE_MAX 900u
#define SMS_MAX	       480u

const struct notice_name notice_names[] = {
    {"number", false, "the ticket's number, 1042"},
    {"subject", false, "the ticket's subject"},
    {"state", false, "its state in the engineers' words"},
    {"customer_state", false, "its state in the customers' words"},
    {"desk", false, "the desk's name, as in the conf"},
    {"reply", false, "the keyed address that replies go to"},
    {"service", false, "the service's name"},
    {"owner", false, "the engineer who holds the ticket; empty: nobody"},
    {"engineer", false, "the engineer who wrote or did this"},
    {"alias", false, "the customer as engineers see them, j...@acme.example"},
    {"text", true, "the message: its new text"},
    {"quoted", true, "the message before it, to be quoted"},
    {"reason", true, "why, or what happened: a sentence of the desk's"},
    {"commands", true, "the lines of commands: refused, or available now"},
    {"answer", true, "what was asked for: a list, limits, the tags"},
    {"over", false, "set when the ticket is closed or canceled"},
    {"code", false,
	"the verification code, or the code that answers a question"},
    {"verb", false, "the command that the code is for"},
    {"days", false, "how many days are left for an answer, a number"},
    {"attachments", true, "names of the attachments, one a line"},
    {"cc_added", false,
	"who has come onto CC since the reader was told last, by alias"},
    {"cc_dropped", false, "who has left CC since then, by alias"},
    {"cc_proposed", false,
	"who is on a mail's CC and waits to be accepted, by alias"},
    {"quota", false,
	"how many tickets the customer's account used this month, \"27 / "
	"30\"; empty: they are not counted"},
    {"granted", false,
	"who may open tickets for the account of a colleague who may not, by "
	"name"},
    {"severity", false,
	"how grave it is, by the customer's support plan; empty: no plan"},
    {"answer_by", false,
	"up to when that plan promises an answer, while it waits for one"},
    {"linked", false,
	"the tickets that it is linked with: engineers see them"},
    {"links", false, "how many these are: customers see that"},
    {"copies", false,
	"how many people the customer's mail has in copy, who wait to be "
	"accepted, a number"},
    {"cc", false, "who is on CC, by alias"},
    {"since", false, "since when it has been like this, a date"},
    {"limit", false, "the largest mail that is taken, \"32 MiB\""},
    {"score", false, "the customer's rating, 1 to 5"},
    {"transcript", true, "what was done, one a line"},
    {"recipients", false,
	"in a transcript: who gets the engineer's text, by alias"},
    {"was", false, "in a transcript: the state before, where it changed"},
    {"until", false,
	"in a transcript: when an answer leaves that can be called back until "
	"then"},
    {"trusted", false, "set when the reader may see what the mail said"},
    {"confidential", false, "set when secrets were set apart from the mail"},
    {"agreement", true,
	"the agreement that the ticket is opened under; empty: none, or it is "
	"accepted"},
    {"agreement_version", false, "its version"},
    {"agree_by_reply", false, "set when any reply accepts it"},
    {"files_refused", true,
	"the customer's files that were not kept, each with the reason, one a "
	"line"},
    {"fields", true,
	"what the customer filled in, \"EIP: 198.51.100.7\", one a line"},
    {"form", true,
	"the keys that the customer is asked to fill in, \"EIP:\", one a "
	"line"},
    {"known", true,
	"what may stand behind these, \"Region: Frankfurt, Paris\", one a "
	"line"},
    {"actions", true,
	"what the customer can do with one tap: in .txt files lines with "
	"mailto: addresses, in .html files buttons"},
    {"may_cancel", false, "set while the customer may cancel"},
    {"may_close", false, "set while the customer may close"},
    {"may_confirm", false, "set while we wait for a confirmation"},
    {NULL, false, NULL},
};

/* The frame has no values of a stranger: what it shows was filled in and
 * escaped before. */
static const char *const frame_names[] = {"body", "desk", NULL};
/* An SMS goes over networks that anybody reads: no text of a person. */
static const char *const sms_names[] = {
    "number", "state", "customer_state", "code", "desk", NULL};

/* The templates of one notice. */
struct notice_forms {
	struct template *subject;
	struct template *text;
	struct template *html;
	struct template *sms;
};

struct notice_set {
	struct arena *arena;
	const char *language;
	struct notice_words *words; /* NULL: the desk's own */
	const char **names; /* those of notice_names, for template_load() */
	struct template *frame;
	struct notice_forms forms[NOTICES];
};

struct notice_set *
notice_set_new(struct arena *arena, const char *language)
{
	struct notice_set *set = arena_take(arena, sizeof *set);
	size_t count = sizeof notice_names / sizeof *notice_names;

	set->arena = arena;
	set->language = language;
	set->names = arena_take_many(arena, count, sizeof *set->names);
	for (size_t i = 0; i < count; i++)
		set->names[i] = notice_names[i].name;
	return set;
}

static int
wrong_file(struct notice_set *set, const char *file_name, const char *why,
    const char **error_r)
{
	*error_r = arena_print(set->arena, "%s: %s", file_name, why);
	return -1;
}

static enum notice
notice_of_word(struct span word)
{
	for (int i = NOTICE_NONE + 1; i < NOTICES; i++) {
		if (span_is(word, notice_row((enum notice)i)->word))
			return (enum notice)i;
	}
	return NOTICE_NONE;
}

/* "Subject: ...", an empty line, the text. */
static int
add_mail(struct notice_set *set, struct notice_forms *forms, struct span text,
    const char **why_r)
{
	const char *end = memchr(text.at, '\n', text.len);
	size_t first = end ? (size_t)(end - text.at) : text.len;
	struct span subject = {text.at, first};
	struct span body;

	if (!span_begins(subject, "Subject: ")) {
		*why_r = "line 1: \"Subject: ...\" is missing";
		return -1;
	}
	if (end == NULL || first + 1 >= text.len || end[1] != '\n') {
		*why_r = "line 2: is not empty";
		return -1;
	}
	subject = span_from(subject.at + strlen("Subject: "), end);
	forms->subject =
	    template_load(set->arena, subject, set->names, false, why_r);
	if (forms->subject == NULL)
		return -1;
	/* With the two line ends before it, so that errors count lines from
	 * the file's first one; notice_text_fill() takes them off again. */
	body = span_from(end, text.at + text.len);
	forms->text = template_load(set->arena, body, set->names, false, why_r);
	return forms->text != NULL ? 0 : -1;
}

int
notice_set_add(struct notice_set *set, const char *file_name, struct span text,
    const char **error_r)
{
	const char *dot = strrchr(file_name, '.');
	struct template **form = NULL;
	struct notice_forms *forms;
	const char *why = NULL;
	const char *const *names = set->names;
	enum notice notice;

	if (dot != NULL && strcmp(dot, ".html") == 0)
		why = template_html_wrong(set->arena, text);
	if (why != NULL)
		return wrong_file(set, file_name, why, error_r);
	if (dot == NULL)
		return wrong_file(
		    set, file_name, "no .txt, .html or .sms", error_r);
	notice = notice_of_word(span_from(file_name, dot));
	forms = &set->forms[notice];
	if (strcmp(file_name, "frame.html") == 0) {
		/* Escaped before it comes here: not once more. */
		set->frame =
		    template_load(set->arena, text, frame_names, false, &why);
		return set->frame ? 0
				  : wrong_file(set, file_name, why, error_r);
	}
	if (strcmp(file_name, "words.txt") == 0) {
		set->words = notice_words_read(set->arena, text, &why);
		return set->words ? 0
				  : wrong_file(set, file_name, why, error_r);
	}
	if (notice == NOTICE_NONE)
		return wrong_file(
		    set, file_name, "no notice has this name", error_r);
	if (strcmp(dot, ".txt") == 0)
		return add_mail(set, forms, text, &why) == 0
			   ? 0
			   : wrong_file(set, file_name, why, error_r);
	if (strcmp(dot, ".html") == 0)
		form = &forms->html;
	if (strcmp(dot, ".sms") == 0) {
		form = &forms->sms;
		names = sms_names;
	}
	if (form == NULL)
		return wrong_file(
		    set, file_name, "no .txt, .html or .sms", error_r);
	*form =
	    template_load(set->arena, text, names, form == &forms->html, &why);
	return *form ? 0 : wrong_file(set, file_name, why, error_r);
}

/* How the name of the file ends that `notice` lacks; NULL: none. */
static const char *
missing_form(const struct notice_set *set, enum notice notice)
{
	const struct notice_row *row = notice_row(notice);
	const struct notice_forms *forms = &set->forms[notice];

	if (row->mail && forms->text == NULL)
		return "txt";
	if (row->mail && forms->html == NULL)
		return "html";
	return row->sms && forms->sms == NULL ? "sms" : NULL;
}

const char *
notice_set_missing(const struct notice_set *set)
{
	if (set->frame == NULL)
		return "frame.html";
	for (int i = NOTICE_NONE + 1; i < NOTICES; i++) {
		const char *end = missing_form(set, (enum notice)i);

		if (end != NULL)
			return arena_print(set->arena, "%s.%s",
			    notice_row((enum notice)i)->word, end);
	}
	return NULL;
}

const char *
notice_set_unsaid(const struct notice_set *set)
{
	if (strcmp(set->language, "en") == 0 && set->words == NULL)
		return NULL;
	return notice_words_missing(set->arena, set->words);
}

const char *
notice_set_language(const struct notice_set *set)
{
	return set->language;
}

const struct notice_words *
notice_set_words(const struct notice_set *set)
{
	return set->words;
}

const struct notice_set *
notice_set_for(const struct notice_set *const *sets, const char *language,
    enum notice notice)
{
	for (size_t i = 0; sets[i] != NULL; i++) {
		if (strcmp(sets[i]->language, language) == 0 &&
		    sets[i]->frame != NULL &&
		    missing_form(sets[i], notice) == NULL)
			return sets[i];
	}
	return sets[0];
}

static const char *
clean_value(struct arena *arena, const struct template_value *value)
{
	for (const struct notice_name *n = notice_names; n->name; n++) {
		if (strcmp(n->name, value->name) == 0 && n->lines)
			return value->text;
	}
	return encode_clean(arena, span_of(value->text), VALUE_LINE_MAX);
}

/* As plain text quotes: "> " before each line, without blanks at its end. */
static const char *
quote_value(struct arena *arena, const char *text)
{
	struct buf out = buf_in(arena);

	while (*text != '\0') {
		size_t len = strcspn(text, "\n");

		buf_add_text(&out, len > 0 ? "> " : ">");
		buf_add(&out, (struct span){text, len});
		text += len;
		if (*text == '\n') {
			buf_put(&out, '\n');
			text++;
		}
	}
	return buf_text(&out);
}

static const char *
fill(struct arena *arena, const struct template *template,
    const struct template_value *values, size_t count)
{
	if (template == NULL)
		return "";
	return template_fill(arena, template, values, count).at;
}

static const char *
fill_text(struct arena *arena, const struct template *template,
    const struct template_value *values, size_t count)
{
	struct template_value *quoted =
	    arena_take_many(arena, count + 1, sizeof *quoted);
	const char *text;

	for (size_t i = 0; i < count; i++) {
		quoted[i] = values[i];
		if (strcmp(values[i].name, "quoted") == 0)
			quoted[i].text = quote_value(arena, values[i].text);
	}
	text = fill(arena, template, quoted, count);
	/* The two line ends that add_mail() left before it. */
	return text[0] != '\0' ? text + strlen("\n\n") : text;
}

struct notice_text
notice_text_fill(struct arena *arena, const struct notice_set *set,
    enum notice notice, const struct template_value *values, size_t count)
{
	const struct notice_forms *forms = &set->forms[notice];
	struct template_value *clean =
	    arena_take_many(arena, count + 1, sizeof *clean);
	struct template_value frame[2] = {
	    {"body", "", false}, {"desk", "", false}};
	struct notice_text said = {"", "", "", ""};
	struct span sms;

	for (size_t i = 0; i < count; i++) {
		clean[i].name = values[i].name;
		clean[i].html = values[i].html;
		clean[i].text = values[i].html ? values[i].text
					       : clean_value(arena, &values[i]);
		if (strcmp(clean[i].name, "desk") == 0) {
			struct buf desk = buf_in(arena);

			template_escape(&desk, span_of(clean[i].text));
			frame[1].text = buf_text(&desk);
		}
	}
	said.subject = fill(arena, forms->subject, clean, count);
	said.text = fill_text(arena, forms->text, clean, count);
	if (forms->html != NULL && set->frame != NULL) {
		frame[0].text = fill(arena, forms->html, clean, count);
		said.html = fill(arena, set->frame, frame, 2);
	}
	sms = span_of(fill(arena, forms->sms, clean, count));
	said.sms = encode_clean(arena, sms, SMS_MAX);
	return said;
}

void
notice_choices(enum state state, struct template_value values_r[NOTICE_CHOICES])
{
	bool cancel = state == STATE_PENDING;
	bool confirm = state == STATE_PENDING_CONFIRMATION;
	bool close = confirm || state == STATE_PROCESSING ||
		     state == STATE_PENDING_FEEDBACK ||
		     state == STATE_PENDING_REPLY;

	values_r[0] = (struct template_value){
	    "may_cancel", cancel ? "cancel" : "", false};
	values_r[1] = (struct template_value){
	    "may_close", close ? "close" : "", false};
	values_r[2] = (struct template_value){
	    "may_confirm", confirm ? "yes" : "", false};
}
