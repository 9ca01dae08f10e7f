#include "buf.h"

#include "plan.h"

static const struct {
	const char *word, *name;
} words[SEVERITIES] = {
    [SEVERITY_NONE] = {"none", "None"},
    [SEVERITY_CRITICAL] = {"critical", "Critical"},
    [SEVERITY_MAJOR] = {"major", "Major"},
    [SEVERITY_MINOR] = {"minor", "Minor"},
    [SEVERITY_QUESTION] = {"question", "Question"},
};

static size_t
row_of(enum severity severity)
{
	return (unsigned)severity < SEVERITIES ? severity : SEVERITY_NONE;
}

const char *
severity_word(enum severity severity)
{
	return words[row_of(severity)].word;
}

const char *
severity_name(enum severity severity)
{
	return words[row_of(severity)].name;
}

enum severity
severity_find(struct span word)
{
	for (int i = SEVERITY_NONE + 1; i < SEVERITIES; i++)
		if (span_is(word, words[i].word))
			return (enum severity)i;
	return SEVERITY_NONE;
}

when
plan_target(const struct plan *plan, enum severity severity)
{
	when target = plan->target[row_of(severity)];

	return target > 0 ? target : plan->target[plan->severity];
}

when
plan_answer_by(const struct plan *plan, enum severity severity, when since,
    unsigned times)
{
	return worktime_after(plan->worktime, since,
	    plan_target(plan, severity) * (when)times);
}

char *
plan_severities(struct arena *arena, const struct plan *plan)
{
	struct buf out = buf_in(arena);

	for (int i = SEVERITY_NONE + 1; i < SEVERITIES; i++)
		if (plan->target[i] > 0)
			buf_print(&out, "%s%s", out.len > 0 ? ", " : "",
			    words[i].word);
	return buf_text(&out);
}
