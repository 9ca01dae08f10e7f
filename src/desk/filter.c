#include <string.h>

#include "buf.h"
#include "span.h"

#include "filter.h"

#define ALL  ((1u << STATES) - 2)
#define OVER (1u << STATE_CANCELED | 1u << STATE_CLOSED)

struct reading {
	struct arena *arena;
	struct span left;
	bool admin;
	struct filter filter;
};

static struct span
take_word(struct span *left)
{
	struct span word = {left->at, 0};

	while (word.len < left->len && left->at[word.len] != ' ')
		word.len++;
	*left = span_trim(
	    span_from(left->at + word.len, left->at + left->len));
	return word;
}

static struct span
take_all(struct span *left)
{
	struct span all = *left;

	left->len = 0;
	return all;
}

static uint64_t
read_number(struct span word)
{
	uint64_t number = 0;

	if (word.len > 0 && word.at[0] == '#') {
		word.at++;
		word.len--;
	}
	if (word.len == 0 || word.len > 18)
		return 0;
	for (size_t i = 0; i < word.len; i++) {
		if (!ascii_digit((unsigned char)word.at[i]))
			return 0;
		number = number * 10 + (uint64_t)(word.at[i] - '0');
	}
	return number;
}

/* "2026-11-23", a day that there is; 0: it is none. */
static when
read_day(struct arena *arena, struct span word)
{
	struct when_civil civil = {0};
	when day;

	if (word.len != 10 || word.at[4] != '-' || word.at[7] != '-')
		return 0;
	civil.year = (int)read_number((struct span){word.at, 4});
	civil.month = (int)read_number((struct span){word.at + 5, 2});
	civil.day = (int)read_number((struct span){word.at + 8, 2});
	if (civil.year < 1971 || civil.month < 1 || civil.month > 12 ||
	    civil.day < 1 || civil.day > 31)
		return 0;
	day = when_from_civil(civil);
	return memcmp(when_text(arena, day), word.at, 10) == 0 ? day : 0;
}

static unsigned
states_called(struct span word)
{
	if (span_is(word, "open"))
		return ALL & ~OVER;
	if (span_is(word, "over"))
		return OVER;
	if (span_is(word, "submitted"))
		return 1u << STATE_PENDING;
	for (int state = STATE_PENDING; state < STATES; state++)
		if (span_is(word, state_word((enum state)state)))
			return 1u << state;
	return 0;
}

/* What stands behind a word that needs another. */
static bool
take_value(struct reading *r, struct span key)
{
	struct filter *f = &r->filter;
	struct span word = take_word(&r->left);
	const char *text = arena_copy(r->arena, word);

	if (word.len == 0)
		return false;
	if (span_is(key, "tag"))
		f->tag = text;
	else if (span_is(key, "by"))
		f->by = text;
	else if (span_is(key, "account"))
		f->account = text;
	else if (span_is(key, "group"))
		f->in_group = text;
	else if (span_is(key, "number"))
		return (f->number = read_number(word)) != 0;
	else if (span_is(key, "below"))
		return (f->below = read_number(word)) != 0;
	else if (span_is(key, "from"))
		return (f->from = read_day(r->arena, word)) != 0;
	else if ((f->to = read_day(r->arena, word)) != 0)
		f->to += WHEN_DAY;
	else
		return false;
	return true;
}

static bool
needs_value(const struct reading *r, struct span word)
{
	static const char *const keys[] = {
	    "tag", "by", "number", "below", "from", "to"};

	for (size_t i = 0; i < sizeof keys / sizeof *keys; i++)
		if (span_is(word, keys[i]))
			return true;
	return r->admin && (span_is(word, "account") || span_is(word, "group"));
}

bool
filter_read(struct arena *arena, const char *text, bool admin,
    struct filter *filter_r)
{
	struct reading r = {.arena = arena,
	    .left = span_trim(span_of(text)),
	    .admin = admin};

	while (r.left.len > 0) {
		struct span before = r.left;
		struct span word = take_word(&r.left);
		unsigned states = states_called(word);

		if (states != 0) {
			r.filter.states |= states;
		} else if (needs_value(&r, word)) {
			if (!take_value(&r, word))
				return false;
		} else if (span_is(word, "group")) {
			r.filter.group = true;
		} else {
			/* "words open door" looks for "open door". */
			r.filter.words = arena_copy(arena,
			    span_is(word, "words") ? r.left : before);
			break;
		}
	}
	if (r.filter.states == 0)
		r.filter.states = ALL;
	*filter_r = r.filter;
	return true;
}

static bool
is_in(char *const *names, size_t count, const char *name)
{
	for (size_t i = 0; i < count; i++)
		if (span_is(span_of(name), names[i]))
			return true;
	return false;
}

bool
filter_fits(const struct filter *f, const struct Ticket *ticket)
{
	return (f->states & 1u << ticket->state) != 0 &&
	    (f->number == 0 || ticket->number == f->number) &&
	    (f->below == 0 || ticket->number < f->below) &&
	    (f->from == 0 || ticket->created >= f->from) &&
	    (f->to == 0 || ticket->created < f->to) &&
	    (f->account == NULL ||
		span_is(span_of(f->account), ticket->account)) &&
	    (f->in_group == NULL ||
		is_in(ticket->groups, ticket->n_groups, f->in_group));
}

static bool
occurs(struct span word, const char *text)
{
	for (size_t len = strlen(text); len >= word.len; len--, text++) {
		size_t i = 0;

		while (i < word.len &&
		    ascii_lower((unsigned char)text[i]) ==
			ascii_lower((unsigned char)word.at[i]))
			i++;
		if (i == word.len)
			return true;
	}
	return false;
}

bool
filter_found(const char *words, const char *subject, const char *description)
{
	struct span left = span_trim(span_of(words));

	while (left.len > 0) {
		struct span word = take_word(&left);

		if (!occurs(word, subject) && !occurs(word, description))
			return false;
	}
	return true;
}

const char *
filter_rest(struct arena *arena, const char *text, uint64_t number)
{
	struct buf out = buf_in(arena);
	struct span left = span_trim(span_of(text));

	buf_print(&out, "/list below %llu", (unsigned long long)number);
	while (left.len > 0) {
		struct span word = take_word(&left);

		if (span_is(word, "below")) {
			take_word(&left);
			continue;
		}
		buf_put(&out, ' ');
		buf_add(&out, word);
		if (states_called(word) || span_is(word, "group"))
			continue;
		/* A value, or else words, to the end. */
		if (needs_value(&(struct reading){.admin = false}, word))
			word = take_word(&left);
		else
			word = take_all(&left);
		if (word.len > 0)
			buf_put(&out, ' ');
		buf_add(&out, word);
	}
	return buf_text(&out);
}
