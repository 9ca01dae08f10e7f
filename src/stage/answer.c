#include "arena.h"
#include "buf.h"
#include "record.h"

#include "decide.h"
#include "history.h"
#include "limit.h"
#include "people.h"
#include "tag.h"

#include "notice_text.h"
#include "store.h"

#include "answer.h"
#include "answer_list.h"
#include "tags.h"

#define HISTORY_MAX 100 /* rows of a ticket's history */

/* "#1042: vip, billing (7 / 30)": the speaker's tags on the ticket. */
static void
add_tags(struct applying *a, struct buf *out)
{
	struct Tags *tags;
	struct TagsData *known = NULL;
	const char *on;

	if (tags_of_speaker(a->view, a->facts, &tags, &known) != 1)
		known = NULL;
	on = tags_on(a->view->arena, known, a->ticket->number);
	buf_print(out, "#%llu: %s (%zu / %d)",
	    (unsigned long long)a->ticket->number, on[0] ? on : "-",
	    known != NULL ? known->n_tags : 0, TAGS_MAX);
}

/* In the language of the one who asks, as his notice will be. */
static const struct notice_words *
words_for(struct applying *a)
{
	const struct core_conf *conf = a->view->conf;
	const struct facts *facts = a->facts;
	const char *language = conf->language;

	if (facts->speaker.engineer[0] == '\0')
		language = a->ticket != NULL ? a->ticket->language
		    : facts->mail != NULL    ? facts->mail->language
					     : language;
	return notice_set_words(
	    notice_set_for(conf->notices, language, NOTICE_DONE));
}

static void
add_limits(struct applying *a, struct buf *out)
{
	struct limit limit = limits_at(a->facts->policy, 0);

	for (size_t i = 1; limit.key != NULL; i++) {
		const char *why = arena_print(a->view->arena, "%s:%lld",
		    limit.key, (long long)limit.most);

		buf_print(out, "%s%s", i > 1 ? "\n" : "",
		    notice_words_reason(a->view->arena, words_for(a), why));
		limit = limits_at(a->facts->policy, i);
	}
}

/* Of the speaker's account; to an engineer, of the ticket's. */
static void
add_quota(struct applying *a, struct buf *out)
{
	const struct people *people = a->view->conf->people;
	const char *why = "quota-none";
	const struct account *account;
	struct Quota *quota;

	if (a->facts->speaker.engineer[0] == '\0')
		account =
		    people_account(people, a->facts->speaker.address);
	else
		account = people_account_named(
		    people, a->ticket != NULL ? a->ticket->account : "");
	if (account != NULL &&
	    store_quota_get(a->view->txn, a->view->arena, account->name,
		a->view->now, &quota) == 1)
		why = arena_print(a->view->arena, "quota-of:%u / %u",
		    quota->used, account->quota + quota->added);
	buf_add_text(out,
	    notice_words_reason(a->view->arena, words_for(a), why));
}

/* "2026-11-21 10:00  Anna Berger  acceptCase", the oldest first; only the
 * newest HISTORY_MAX. */
static void
add_history(struct applying *a, struct buf *out)
{
	bool engineer = a->facts->speaker.engineer[0] != '\0';
	uint64_t number = a->ticket->audit_last;
	struct Audit *rows[HISTORY_MAX];
	size_t count = 0;

	while (number != 0 && count < HISTORY_MAX &&
	    store_audit_get(a->view->txn, a->view->arena, number,
		&rows[count]) == 1) {
		number = rows[count]->earlier;
		count += history_shows(rows[count], engineer);
	}
	if (number != 0)
		buf_add_text(out, "...\n");
	while (count-- > 0) {
		const struct Audit *row = rows[count];
		const char *time = when_text(a->view->arena, row->time);

		buf_print(out, "%.10s %.5s  %s  %s%s%s", time, time + 11,
		    history_actor(
			a->view->arena, a->view->conf->people, row),
		    row->trace, row->refused ? "  -" : "",
		    count > 0 ? "\n" : "");
	}
}

void
answer_make(struct applying *a, const struct effect *effect)
{
	struct buf out = buf_in(a->view->arena);

	buf_add_text(&out, a->answer);
	if (out.len > 0)
		buf_add_text(&out, "\n\n");
	if (tag_is_operation(effect->operation))
		add_tags(a, &out);
	else if (effect->operation == OPERATION_LIST)
		answer_list(a->view, a->facts, words_for(a), effect->text,
		    &out);
	else if (effect->operation == OPERATION_LIMITS)
		add_limits(a, &out);
	else if (effect->operation == OPERATION_QUOTA)
		add_quota(a, &out);
	else if (effect->operation == OPERATION_HISTORY)
		add_history(a, &out);
	a->answer = buf_text(&out);
}
