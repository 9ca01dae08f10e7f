#include <string.h>

#include "arena.h"
#include "when.h"

#include "access.h"
#include "action.h"
#include "notice.h"
#include "people.h"
#include "ticket.h"

#include "action_links.h"
#include "sample.h"

#define VALUES_MAX 80

/* What a customer could have written, by language; the first is for those
 * that are not here. */
static const struct {
	const char *language, *subject, *asked, *answered;
} talks[] = {
    {"en", "The printer on floor 3 smells",
	"Hello,\n\nthe printer on floor 3 smells burnt since this morning.\n"
	"Shall I pull the plug?\n\nZoe",
	"Hello Zoe,\n\nyes, please pull the plug now. A colleague comes at "
	"two.\nWhich model is it?"},
    {"zh", "三楼的打印机有焦味",
	"您好，\n\n三楼的打印机从今天早上起有烧焦的味道。\n需要拔掉电源吗？\n\n"
	"王芳",
	"王芳您好，\n\n是的，请马上拔掉电源。同事两点到（型号是 LX-300 吗？）。"},
    {"nl", "De printer op de derde verdieping stinkt",
	"Hallo,\n\nde printer op de derde verdieping ruikt sinds vanmorgen "
	"verbrand.\nZal ik de stekker eruit trekken?\n\nZoë",
	"Hallo Zoë,\n\nja, trek de stekker er alstublieft meteen uit. Een "
	"collega komt om twee uur.\nWelk model is het?"},
    {"ar", "رائحة احتراق من طابعة الطابق الثالث",
	"مرحبًا،\n\nتصدر من طابعة الطابق الثالث رائحة احتراق منذ الصباح.\n"
	"هل أفصلها عن الكهرباء؟\n\nليلى",
	"مرحبًا ليلى،\n\nنعم، افصليها الآن من فضلك. يصل زميل في الساعة "
	"الثانية.\nهل الطراز LX-300؟"},
};

/* In which state each notice is seen, and why it is sent. */
static const struct {
	enum notice notice;
	enum state state;
	const char *why;
} moments[] = {
    {NOTICE_RECEIVED, STATE_PENDING, ""},
    {NOTICE_ANSWER, STATE_PENDING_FEEDBACK, ""},
    {NOTICE_CONFIRM, STATE_PENDING_CONFIRMATION, ""},
    {NOTICE_CLOSED, STATE_CLOSED, ""},
    {NOTICE_CANCELED, STATE_CANCELED, ""},
    {NOTICE_REMINDER, STATE_PENDING_FEEDBACK, ""},
    {NOTICE_REFUSED, STATE_PROCESSING, "use-close"},
    {NOTICE_DONE, STATE_PROCESSING, "reminded"},
    {NOTICE_NEW, STATE_PENDING, ""},
    {NOTICE_MESSAGE, STATE_PENDING_REPLY, ""},
    {NOTICE_STATE, STATE_CLOSED, "confirmed"},
    {NOTICE_ESCALATION, STATE_PENDING_REPLY, ""},
    {NOTICE_COMMAND_REFUSED, STATE_PROCESSING, "no-note"},
    {NOTICE_TRANSCRIPT, STATE_PROCESSING, "forwarded"},
    {NOTICE_HELD, STATE_PROCESSING, "engineer-unsure"},
    {NOTICE_JOINED, STATE_PROCESSING, "cc-by-requester"},
    {NOTICE_ASK, STATE_CLOSED, "delete-ask"},
};

struct values {
	struct template_value list[VALUES_MAX];
	size_t count;
};

static void
set(struct values *values, const char *name, const char *text)
{
	values->list[values->count++] =
	    (struct template_value){name, text, false};
}

static enum state
state_of(enum notice notice)
{
	for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
		if (moments[i].notice == notice)
			return moments[i].state;
	}
	return STATE_PROCESSING;
}

static void
set_talk(struct values *values, const char *language, enum notice notice)
{
	bool answers = notice == NOTICE_ANSWER || notice == NOTICE_CONFIRM;
	size_t talk = 0;

	for (size_t i = 0; i < sizeof talks / sizeof *talks; i++)
		if (strcmp(talks[i].language, language) == 0)
			talk = i;
	set(values, "subject", talks[talk].subject);
	set(values, "text",
	    answers ? talks[talk].answered : talks[talk].asked);
	set(values, "quoted",
	    answers ? talks[talk].asked : talks[talk].answered);
}

static void
set_moment(struct arena *arena, struct values *values,
    const struct notice_set *texts, enum notice notice)
{
	const struct notice_words *words = notice_set_words(texts);
	struct template_value choices[NOTICE_CHOICES];
	enum state state = state_of(notice);
	const char *why = "";

	for (size_t i = 0; i < sizeof moments / sizeof *moments; i++) {
		if (moments[i].notice == notice)
			why = moments[i].why;
	}
	set(values, "state", notice_words_state(words, state));
	set(values, "customer_state",
	    notice_words_customer_state(words, state));
	if (why[0] != '\0') {
		const char *said = notice_words_reason(arena, words, why);

		set(values, "reason", said);
		set(values, "transcript", said);
	}
	if (!notice_row(notice)->to_customer) {
		set(values, "commands",
		    action_commands(arena, ROLE_ENGINEER, state));
		set(values, "over", state_is_over(state) ? "yes" : "");
	}
	if (notice == NOTICE_DONE || notice == NOTICE_TRANSCRIPT)
		set(values, "answer",
		    "#1042  2026-11-21  Pending feedback  The printer smells\n"
		    "#1040  2026-11-20  Closed  Karte 4111 & <b>Ärger</b>");
	notice_choices(state, choices);
	for (size_t i = 0; i < NOTICE_CHOICES; i++)
		set(values, choices[i].name, choices[i].text);
	if (notice == NOTICE_REFUSED)
		set(values, "commands", "/cancel");
	if (notice == NOTICE_ASK || notice == NOTICE_CLOSED ||
	    notice == NOTICE_CANCELED)
		set(values, "commands", "/delete 493817");
	if (notice == NOTICE_CLOSED || notice == NOTICE_STATE)
		set(values, "score", "5");
}

/* As the customer of the ticket would see them. */
static void
set_actions(const struct house *house, struct values *values,
    const struct notice_set *texts, enum notice notice)
{
	struct arena *arena = house->arena;
	enum role role =
	    notice == NOTICE_JOINED ? ROLE_CC : ROLE_REQUESTER;
	struct action_link list[ACTIONS];
	struct action_links links = {.list = list,
	    .number = 1042,
	    .subject = "",
	    .words = notice_set_words(texts)};

	if (!notice_row(notice)->to_customer)
		return;
	for (int i = ACTION_NONE + 1; i < ACTIONS; i++)
		if (action_offered(
			(enum action)i, role, state_of(notice),
			notice == NOTICE_CLOSED))
			list[links.count++] = (struct action_link){
			    (enum action)i,
			    arena_print(arena,
				"support+k7w2m5-0-%s.0d9vqhx3m5k7w2c4@%s",
				action_row((enum action)i)->word,
				house->core.domain)};
	set(values, "actions", action_links_text(arena, &links));
	values->list[values->count++] = (struct template_value){
	    "actions", action_links_html(arena, &links), true};
}

struct notice_text
sample_friendly(const struct house *house, const struct notice_set *texts,
    enum notice notice)
{
	struct arena *arena = house->arena;
	struct values values = {.count = 0};
	const struct service *service = people_service(house->core.people, "");

	set(&values, "number", "1042");
	set(&values, "desk", house->core.desk_name);
	set(&values, "reply",
	    arena_print(arena, "support+r.k7w2m5qhx3@%s", house->core.domain));
	set(&values, "service", service ? service->title : "");
	set(&values, "owner", notice == NOTICE_NEW ? "" : "Anna Berger");
	set(&values, "engineer", "Anna Berger");
	set(&values, "alias", "z•••@acme.example");
	set(&values, "cc", "k•••@acme.example");
	set(&values, "cc_proposed", "p•••@acme.example");
	set(&values, "granted", "");
	set(&values, "severity",
	    notice_words_severity(notice_set_words(texts), SEVERITY_MAJOR));
	set(&values, "answer_by", "2026-11-23 14:00 UTC");
	set(&values, "linked", "1017, 1038");
	set(&values, "links", "2");
	set(&values, "copies", "1");
	set(&values, "quota", "27 / 30");
	set(&values, "verb", "delete");
	set(&values, "code", "493817");
	set(&values, "days", "7");
	set(&values, "since", "2026-11-21");
	set(&values, "limit", "32 MiB");
	set(&values, "attachments", "label.jpg");
	set(&values, "fields", "Region: Frankfurt\nEIP: 198.51.100.7");
	set(&values, "form",
	    notice == NOTICE_RECEIVED ? "Problem type:\nECS ID:" : "");
	set(&values, "known",
	    notice == NOTICE_RECEIVED ? "Problem type: Login, Network" : "");
	set(&values, "agreement",
	    notice == NOTICE_RECEIVED ? "https://desk.example/terms" : "");
	set(&values, "agreement_version", "2026-11");
	set(&values, "agree_by_reply", "");
	set(&values, "files_refused",
	    notice == NOTICE_RECEIVED ? "drivers.zip: Only JPEG, BMP, GIF, "
					"PNG and plain text files are kept."
				      : "");
	set(&values, "trusted", "yes");
	set_talk(&values, notice_set_language(texts), notice);
	set_moment(arena, &values, texts, notice);
	set_actions(house, &values, texts, notice);
	return notice_text_fill(
	    arena, texts, notice, values.list, values.count);
}

struct notice_text
sample_hard(const struct house *house, const struct notice_set *texts,
    enum notice notice)
{
	struct values values = {.count = 0};

	for (size_t i = 0; notice_names[i].name != NULL; i++)
		set(&values, notice_names[i].name, SAMPLE_HARD);
	return notice_text_fill(
	    house->arena, texts, notice, values.list, values.count);
}

int
sample_mail(const struct house *house, const struct notice_set *texts,
    const struct notice_text *text, struct span *octets_r,
    const char **why_r)
{
	struct arena *arena = house->arena;
	struct mail_draft draft = {
	    .date = when_now(),
	    .from_name = house->core.desk_name,
	    .from_address = house->core.people->doors[0].address,
	    .to_name = "Zoe Jansen",
	    .to_address = "zoe@acme.example",
	    .reply_to_name = "",
	    .reply_to_address = "",
	    .subject = text->subject,
	    .message_id = arena_print(arena, "preview@%s", house->core.domain),
	    .in_reply_to = "",
	    .language = notice_set_language(texts),
	    .boundary = "preview",
	    .text = text->text,
	    .html = text->html,
	    .automatic = true,
	};

	return mail_write(arena, &draft, octets_r, why_r);
}
