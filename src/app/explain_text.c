#include <string.h>

#include "arena.h"
#include "buf.h"
#include "mail_words.h"
#include "record.h"

#include "access.h"
#include "decide.h"
#include "notice.h"
#include "operation.h"

#include "explain_text.h"

char *
explain_decision(struct arena *arena, const struct explanation *e)
{
	const struct effect *last;

	if (e->effects.count == 0)
		return arena_copy_text(arena, "none");
	last = &e->effects.list[e->effects.count - 1];
	return arena_print(arena, "%s (%s)", outcome_word(last->outcome),
	    last->text ? last->text : "");
}

/* Budgets that count for this mail, and what of them is spent. */
static void
add_budgets(struct buf *out, const struct facts *facts)
{
	for (int i = BUDGET_NONE + 1; i < BUDGETS; i++)
		if (budget_row((enum budget)i)->limited &&
		    facts->used[i] > 0 && facts->policy->budget[i] > 0)
			buf_print(out, "  %-24s %u of %u%s\n",
			    budget_row((enum budget)i)->word, facts->used[i],
			    facts->policy->budget[i],
			    facts->used[i] >= facts->policy->budget[i]
				? ": spent"
				: "");
}

/* The rung that each class of operations asks for, beside what was reached. */
static void
add_ladder(struct buf *out, const struct facts *facts)
{
	const struct ladder *ladder = &facts->policy->ladder;
	const struct {
		const char *what;
		enum assurance least;
	} rungs[] = {{"open", ladder->open}, {"append", ladder->append},
	    {"manage", ladder->manage}, {"engineer", ladder->engineer}};

	for (size_t i = 0; i < sizeof rungs / sizeof *rungs; i++)
		buf_print(out, "  %-24s wants %s: %s\n", rungs[i].what,
		    assurance_word(rungs[i].least),
		    facts->speaker.assurance >= rungs[i].least ? "yes" : "no");
}

static void
add_part(struct buf *out, const struct explanation *e, const char *part)
{
	for (size_t i = 0; i < e->trail.rule_count; i++) {
		const struct facts_rule *rule = &e->trail.rules[i];

		if (strcmp(rule->part, part) == 0)
			buf_print(out, "  %-24s %s%s%s\n", rule->rule,
			    rule->value, rule->value[0] ? " -> " : "",
			    rule->says);
	}
}

static void
add_rules(struct buf *out, const struct explanation *e)
{
	const struct facts *facts = e->facts;

	buf_add_text(out, "which ticket\n");
	add_part(out, e, "ticket");
	if (facts->ticket != NULL)
		buf_print(out, "  so: ticket %llu, by a %s carrier\n",
		    (unsigned long long)facts->ticket->number,
		    e->trail.keyed ? "keyed" : "plain");
	else
		buf_add_text(out, "  so: none\n");
	buf_add_text(out, "who speaks\n");
	add_part(out, e, "speaker");
	buf_print(out, "  so: %s%s%s, assurance %s\n",
	    role_word(facts->speaker.role),
	    facts->speaker.engineer[0] ? ", engineer " : "",
	    facts->speaker.engineer, assurance_word(facts->speaker.assurance));
	buf_add_text(out, "what he may do\n");
	add_ladder(out, facts);
	buf_add_text(out, "budgets\n");
	add_budgets(out, facts);
	if (facts->apart != NULL)
		buf_print(out, "set apart\n");
	for (size_t i = 0; facts->apart && i < facts->apart->n_secrets; i++)
		buf_print(out, "  %s\n", facts->apart->secrets[i]->mask);
}

static void
rule_json(struct json *json, const char *part, const char *rule,
    const char *value, const char *says)
{
	json_object(json, NULL);
	json_text(json, "part", part);
	json_text(json, "rule", rule);
	json_text(json, "value", value);
	json_text(json, "says", says);
	json_end_object(json);
}

void
explain_rules_json(
    struct arena *arena, struct json *json, const struct explanation *e)
{
	const struct facts *facts = e->facts;
	const struct effect *last;

	json_array(json, "rules");
	for (size_t i = 0; i < e->trail.rule_count; i++) {
		const struct facts_rule *rule = &e->trail.rules[i];

		rule_json(json, rule->part, rule->rule, rule->value,
		    rule->says);
	}
	for (int i = BUDGET_NONE + 1; i < BUDGETS; i++)
		if (budget_row((enum budget)i)->limited &&
		    budget_over(facts->policy->budget, facts->used,
			(enum budget)i))
			rule_json(json, "budget",
			    budget_row((enum budget)i)->word, "", "spent");
	if (e->effects.count > 0) {
		last = &e->effects.list[e->effects.count - 1];
		rule_json(json, "decision", last->text,
		    outcome_word(last->outcome),
		    decide_reason(arena, last->text));
	}
	json_end_array(json);
}

static void
add_effects(
    struct arena *arena, struct buf *out, const struct effects *effects)
{
	buf_add_text(out, "what would be done\n");
	for (size_t i = 0; i < effects->count; i++) {
		const struct effect *e = &effects->list[i];

		if (e->kind == EFFECT_TRACE)
			buf_print(out, "  %s%s%s%s\n",
			    operation_row(e->operation)->trace,
			    e->flag ? " (refused)" : "",
			    e->text[0] ? ": " : "",
			    decide_reason(arena, e->text));
		else if (e->kind == EFFECT_DIGEST)
			buf_print(out, "  digest: %s\n",
			    budget_row((enum budget)e->number)->word);
		else if (e->kind == EFFECT_STATE)
			buf_print(out, "  state: %s\n", state_name(e->state));
		else if (e->kind == EFFECT_NOTICE ||
		    e->kind == EFFECT_SENDER_NOTICE)
			buf_print(out, "  notice: %s\n",
			    notice_row(e->notice)->word);
		else if (e->kind == EFFECT_HOLD)
			buf_print(out, "  held: %s\n", e->text ? e->text : "");
	}
}

static void
add_list(struct buf *out, const char *what, char *const *list, size_t count)
{
	if (count == 0)
		return;
	buf_print(out, "%-8s", what);
	for (size_t i = 0; i < count; i++)
		buf_print(out, "%s%s", i ? ", " : " ", list[i]);
	buf_put(out, '\n');
}

char *
explain_text(struct arena *arena, const char *file, const struct Mail *mail,
    const struct explanation *e)
{
	struct buf out = buf_in(arena);

	buf_print(&out, "%s\n", file);
	for (size_t i = 0; i < mail->n_from; i++)
		buf_print(&out, "from     %s <%s>\n", mail->from[i]->name,
		    mail->from[i]->address);
	buf_print(&out, "subject  %s\n", mail->subject);
	buf_print(&out, "kind     %s: %s\n",
	    mail_kind_word((enum mail_kind)mail->kind), mail->kind_reason);
	add_list(&out, "flags", mail->flags, mail->n_flags);
	for (size_t i = 0; i < mail->n_attachments; i++)
		buf_print(&out, "attached %s (%s, %llu octets)%s%s\n",
		    mail->attachments[i]->name, mail->attachments[i]->type,
		    (unsigned long long)mail->attachments[i]->size,
		    mail->attachments[i]->kept ? "" : ": not kept, ",
		    mail->attachments[i]->reason);
	for (size_t i = 0; i < e->commands.count; i++)
		buf_print(&out, "command  %s%s%s\n", e->commands.list[i].line,
		    e->commands.list[i].error ? ": " : "",
		    e->commands.list[i].error
			? decide_reason(arena, e->commands.list[i].error)
			: "");
	add_rules(&out, e);
	add_effects(arena, &out, &e->effects);
	buf_print(&out, "decision %s\n", explain_decision(arena, e));
	if (e->effects.count > 0)
		buf_print(&out, "         %s\n",
		    decide_reason(arena,
			e->effects.list[e->effects.count - 1].text));
	buf_print(&out, "\n%s\n\n", e->facts->mail->new_text);
	return buf_text(&out);
}
