#include "creation.h"
#include "decision.h"

/* What a customer wrote as `Key: value` lines. */

const struct service *
decide_service_named(const struct facts *facts, const char *name)
{
	for (size_t i = 0; i < facts->service_count; i++)
		if (span_is(span_of(name), facts->services[i].name))
			return &facts->services[i];
	return NULL;
}

static void
keep(struct decision *decision, const struct creation *creation)
{
	for (size_t i = 0; i < creation->count; i++) {
		const struct creation_line *line = &creation->list[i];
		struct effect *effect = decision_add(decision, EFFECT_FIELD);

		effect->name = line->key;
		effect->text = line->value;
		effect->flag = line->unknown;
	}
}

/* A mail of nothing but such lines is its own description. */
const char *
decide_creation_new(struct decision *decision)
{
	const struct facts *facts = decision->facts;
	struct creation creation = creation_read(decision->arena,
	    decide_service_named(facts, facts->service), facts->mail->new_text);

	keep(decision, &creation);
	return text_is_blank(creation.rest) ? facts->mail->new_text
					    : creation.rest;
}

/* Only while something is asked for: else such a line is talk. */
void
decide_creation_reply(struct decision *decision, const char *text)
{
	struct arena *arena = decision->arena;
	const struct service *service =
	    decide_service_named(decision->facts, decision->ticket->service);
	struct CreationData filled;
	struct creation creation;

	if (service == NULL || decision->facts->created == NULL ||
	    creation_form(arena, service, decision->facts->created)[0] == '\0')
		return;
	creation = creation_read(arena, service, text);
	if (creation.count == 0)
		return;
	keep(decision, &creation);
	filled = (struct CreationData)CREATION_DATA__INIT;
	for (size_t i = 0; i < decision->facts->created->n_fields; i++) {
		const struct CreationField *old =
		    decision->facts->created->fields[i];

		creation_fill(
		    arena, &filled, old->key, old->value, old->unknown);
	}
	for (size_t i = 0; i < creation.count; i++)
		creation_fill(arena, &filled, creation.list[i].key,
		    creation.list[i].value, creation.list[i].unknown);
	decision_tell(decision, NOTICE_DONE,
	    creation_form(arena, service, &filled)[0] == '\0' ? "form-filled"
							      : "form-missing");
}
