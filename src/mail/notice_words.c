#include <string.h>

#include "buf.h"
#include "utf8.h"

#include "action.h"
#include "decide.h"

#include "notice_words.h"

struct entry {
	const char *key; /* "reason.rated" */
	const char *words;
};

struct notice_words {
	struct entry *entries;
	size_t count;
	size_t room;
};

static const char *
find(const struct notice_words *words, const char *kind, const char *name)
{
	size_t len = strlen(kind);

	for (size_t i = 0; words != NULL && i < words->count; i++) {
		const struct entry *entry = &words->entries[i];

		if (strncmp(entry->key, kind, len) == 0 &&
		    strcmp(entry->key + len, name) == 0)
			return entry->words;
	}
	return NULL;
}

#define SEVERITY_KEYS (SEVERITIES - SEVERITY_CRITICAL)

/* The desk's keys in order, the states twice; NULL behind the last. */
static const char *
desk_key(struct arena *arena, size_t i)
{
	const char *why, *label;
	size_t first;

	if (i < STATES)
		return arena_print(
		    arena, "state.%s", state_word((enum state)i));
	if (i < 2 * STATES)
		return arena_print(arena, "customer.%s",
		    state_word((enum state)(i - STATES)));
	why = action_key(i - 2 * STATES, &label);
	if (why != NULL)
		return arena_print(arena, "action.%s", why);
	/* Where the actions end the severities begin, and then the reasons. */
	for (first = 0; action_key(first, &label) != NULL;)
		first++;
	i -= 2 * STATES + first;
	if (i < SEVERITY_KEYS)
		return arena_print(arena, "severity.%s",
		    severity_word((enum severity)(SEVERITY_CRITICAL + i)));
	why = decide_reason_key(i - SEVERITY_KEYS);
	return why != NULL ? arena_print(arena, "reason.%s", why) : NULL;
}

static bool
is_desk_key(struct arena *arena, const char *key)
{
	const char *known;

	for (size_t i = 0; (known = desk_key(arena, i)) != NULL; i++) {
		if (strcmp(known, key) == 0)
			return true;
	}
	return false;
}

/* Whether the desk's own sentence has a place for a word. */
static bool
has_place(struct arena *arena, const char *key)
{
	return strncmp(key, "reason.", 7) == 0 &&
	    strchr(decide_reason(arena, key + 7), '%') != NULL;
}

static void
add(struct arena *arena, struct notice_words *words, struct entry entry)
{
	if (words->count == words->room) {
		size_t room = words->room * 2 + 64;

		words->entries = arena_grow(arena, words->entries,
		    words->room * sizeof *words->entries,
		    room * sizeof *words->entries);
		words->room = room;
	}
	words->entries[words->count++] = entry;
}

/* "key = words"; what is wrong with it, or NULL. */
static const char *
read_line(struct arena *arena, struct notice_words *words, struct span line)
{
	const char *equals = memchr(line.at, '=', line.len);
	struct span text;
	struct entry entry;

	if (equals == NULL)
		return "no \"key = words\"";
	text = span_trim(span_from(equals + 1, line.at + line.len));
	entry.key = arena_copy(arena, span_trim(span_from(line.at, equals)));
	entry.words = arena_copy(arena, text);
	if (!is_desk_key(arena, entry.key))
		return arena_print(arena, "unknown key %s", entry.key);
	if (text.len == 0)
		return arena_print(arena, "no words for %s", entry.key);
	if (!utf8_valid(text))
		return "not UTF-8";
	if (strchr(entry.words, '%') == NULL &&
	    has_place(arena, entry.key))
		return arena_print(arena, "no %% in %s", entry.key);
	if (find(words, "", entry.key) != NULL)
		return arena_print(arena, "%s stands here twice", entry.key);
	add(arena, words, entry);
	return NULL;
}

struct notice_words *
notice_words_read(struct arena *arena, struct span text, const char **error_r)
{
	struct notice_words *words = arena_take(arena, sizeof *words);

	for (size_t number = 1; text.len > 0; number++) {
		const char *end = memchr(text.at, '\n', text.len);
		size_t len = end ? (size_t)(end - text.at) : text.len;
		struct span line = span_trim((struct span){text.at, len});
		const char *wrong = NULL;

		if (line.len > 0 && line.at[0] != '#')
			wrong = read_line(arena, words, line);
		if (wrong != NULL) {
			*error_r =
			    arena_print(arena, "line %zu: %s", number, wrong);
			return NULL;
		}
		text.at += end ? len + 1 : len;
		text.len -= end ? len + 1 : len;
	}
	return words;
}

const char *
notice_words_missing(struct arena *arena, const struct notice_words *words)
{
	const char *key;

	for (size_t i = 0; (key = desk_key(arena, i)) != NULL; i++) {
		if (find(words, "", key) == NULL)
			return key;
	}
	return NULL;
}

const char *
notice_words_state(const struct notice_words *words, enum state state)
{
	const char *found = find(words, "state.", state_word(state));

	return found != NULL ? found : state_name(state);
}

const char *
notice_words_customer_state(
    const struct notice_words *words, enum state state)
{
	const char *found = find(words, "customer.", state_word(state));

	return found != NULL ? found : state_customer_name(state);
}

const char *
notice_words_severity(
    const struct notice_words *words, enum severity severity)
{
	const char *found = find(words, "severity.", severity_word(severity));

	return found != NULL ? found : severity_name(severity);
}

const char *
notice_words_action(const struct notice_words *words, const char *key)
{
	const char *found = find(words, "action.", key);
	const char *known, *label;

	for (size_t i = 0;
	     found == NULL && (known = action_key(i, &label)) != NULL; i++)
		if (strcmp(known, key) == 0)
			found = label;
	return found != NULL ? found : key;
}

const char *
notice_words_reason(struct arena *arena, const struct notice_words *words,
    const char *why)
{
	size_t len;
	const char *word = decide_reason_word(why, &len);
	const char *found = find(words, "reason.",
	    arena_copy(arena, (struct span){why, len}));

	return found != NULL ? decide_reason_fill(arena, found, word)
			     : decide_reason(arena, why);
}
