#include "arena.h"
#include "buf.h"
#include "record.h"

#include "decide.h"
#include "tag.h"

#include "store.h"

#include "answer.h"
#include "tags.h"

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

void
answer_make(struct applying *a, const struct effect *effect)
{
	struct buf out = buf_in(a->view->arena);

	buf_add_text(&out, a->answer);
	if (out.len > 0)
		buf_add_text(&out, "\n\n");
	if (tag_is_operation(effect->operation))
		add_tags(a, &out);
	a->answer = buf_text(&out);
}
