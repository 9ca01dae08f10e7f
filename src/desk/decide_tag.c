#include "decision.h"
#include "tag.h"

/* Tags: each user's own, on whatever tickets he sees. */

/* The speaker's tags as they will be after the effects gathered so far. */
struct tags {
	struct tag *list;
	size_t count;
	size_t tagged;
	bool here; /* one of them is on the ticket, so he is counted there */
};

static struct tag *
find(const struct tags *tags, struct span name)
{
	for (size_t i = 0; i < tags->count; i++)
		if (span_is(name, tags->list[i].name))
			return &tags->list[i];
	return NULL;
}

static size_t
count_here(const struct tags *tags)
{
	size_t count = 0;

	for (size_t i = 0; i < tags->count; i++)
		count += tags->list[i].here;
	return count;
}

static void
replay(struct tags *tags, const struct effect *effect)
{
	struct tag *tag = find(tags, span_of(effect->text));

	if (effect->operation == OPERATION_TAG) {
		if (tag == NULL) {
			tag = &tags->list[tags->count++];
			*tag = (struct tag){.name = effect->text};
		}
		tag->here = true;
		tags->tagged++;
	} else if (tag != NULL && effect->operation == OPERATION_UNTAG) {
		tag->here = false;
	} else if (tag != NULL && effect->operation == OPERATION_RENAME_TAG) {
		tag->name = effect->name;
	} else if (tag != NULL) {
		*tag = tags->list[--tags->count];
	}
}

static struct tags
tags_now(const struct decision *decision)
{
	const struct facts *facts = decision->facts;
	struct tags tags = {
	    .list = arena_take_many(decision->arena,
		facts->tag_count + COMMANDS_MAX + 1, sizeof *tags.list),
	    .count = facts->tag_count,
	    .tagged = facts->tagged,
	};

	if (facts->tag_count > 0)
		memcpy(tags.list, facts->tags,
		    facts->tag_count * sizeof *tags.list);
	tags.here = count_here(&tags) > 0;
	for (size_t i = 0; i < decision->effects.count; i++)
		if (decision->effects.list[i].kind == EFFECT_TAG)
			replay(&tags, &decision->effects.list[i]);
	return tags;
}

/* Why it cannot be put on the ticket; NULL: it can. */
static const char *
why_not_on(const struct decision *decision, const struct tags *tags,
    const struct tag *tag)
{
	if (tag != NULL && tag->here)
		return "tagged-already";
	if (count_here(tags) >= TAGS_ON_TICKET_MAX)
		return "tag-sixth";
	if (tag == NULL && tags->count >= TAGS_MAX)
		return "tag-many";
	if (tags->tagged >= TAGGED_MAX)
		return "tag-full";
	if (!tags->here && decision->facts->taggers >= TAGGERS_MAX)
		return "tag-crowd";
	return NULL;
}

/* A new name may be the old one in other letters: "vip" becomes "VIP". */
static const char *
why_not(const struct decision *decision, const struct command *command,
    const struct tags *tags, const struct tag *tag, const char *name)
{
	const struct tag *other;

	if (command->operation == OPERATION_TAG)
		return why_not_on(decision, tags, tag);
	if (tag == NULL)
		return "no-tag";
	if (command->operation == OPERATION_UNTAG)
		return tag->here ? NULL : "not-tagged";
	other = name != NULL ? find(tags, span_of(name)) : NULL;
	return other != NULL && other != tag ? "tag-taken" : NULL;
}

/* Five tags in one mail are told of once, with what is on the ticket in the
 * end. */
static void
tell_no_more(struct decision *decision)
{
	size_t kept = 0;

	for (size_t i = 0; i < decision->effects.count; i++) {
		const struct effect *effect = &decision->effects.list[i];

		if ((effect->kind != EFFECT_ANSWER &&
			effect->notice != NOTICE_DONE) ||
		    !tag_is_operation(effect->operation))
			decision->effects.list[kept++] = *effect;
	}
	decision->effects.count = kept;
}

static const char *
done_word(enum operation operation)
{
	return operation == OPERATION_TAG	    ? "tagged"
	    : operation == OPERATION_UNTAG	    ? "untagged"
	    : operation == OPERATION_RENAME_TAG ? "tag-renamed"
						    : "tag-deleted";
}

static void
tell(struct decision *decision, enum operation operation)
{
	tell_no_more(decision);
	decision_add(decision, EFFECT_ANSWER)->operation = operation;
	if (decision->facts->speaker.engineer[0] != '\0')
		return;
	decision_tell(decision, NOTICE_DONE, done_word(operation));
	decision->effects.list[decision->effects.count - 1].operation =
	    operation;
}

const char *
decide_tag(struct decision *decision, const struct command *command,
    const char *rest)
{
	struct span words = span_of(command->argument);
	size_t first = strcspn(command->argument, " ");
	struct span old = {words.at, first};
	const char *name = command->operation == OPERATION_RENAME_TAG
	    ? arena_copy(decision->arena,
		  span_trim(span_from(words.at + first, words.at + words.len)))
	    : NULL;
	struct tags tags = tags_now(decision);
	const char *why = why_not(
	    decision, command, &tags, find(&tags, old), name);
	struct effect *effect;

	(void)rest;
	if (why != NULL)
		return why;
	effect = decision_add(decision, EFFECT_TAG);
	effect->operation = command->operation;
	effect->text = arena_copy(decision->arena, old);
	effect->name = name != NULL ? name : "";
	tell(decision, command->operation);
	decision_trace(decision, command->operation,
	    operation_row(command->operation)->verb);
	return NULL;
}
