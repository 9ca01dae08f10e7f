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

static void
add_number(struct buf *out, const char *what, uint64_t ticket)
{
	if (ticket == 0)
		buf_print(out, "  %-18s says nothing\n", what);
	else
		buf_print(out, "  %-18s ticket %llu\n", what,
		    (unsigned long long)ticket);
}

static void
add_ticket_rules(struct buf *out, const struct explanation *e)
{
	const struct facts *facts = e->facts;

	buf_add_text(out, "which ticket\n");
	add_number(out, "reply address", facts->thread.reply_address);
	add_number(out, "references", facts->thread.reference);
	add_number(out, "subject tag", facts->thread.subject);
	add_number(out, "known Message-ID", facts->thread.known_id);
	if (facts->thread.conflict)
		buf_add_text(out, "  keyed carriers disagree\n");
	if (facts->ticket != NULL)
		buf_print(out, "  so: ticket %llu, by a %s carrier\n",
		    (unsigned long long)facts->ticket->number,
		    e->trail.keyed ? "keyed" : "plain");
	else
		buf_add_text(out, "  so: none\n");
}

static void
add_speaker(struct buf *out, const struct explanation *e)
{
	const struct speaker *speaker = &e->facts->speaker;

	buf_add_text(out, "who speaks\n");
	buf_print(out, "  role               %s%s%s\n",
	    role_word(speaker->role), speaker->engineer[0] ? ", engineer " : "",
	    speaker->engineer);
	buf_print(out, "  vouched for        %s\n",
	    e->trail.vouched ? "yes" : "no");
	if (e->trail.auth[0] != '\0')
		buf_print(out, "  by                 %s\n", e->trail.auth);
	buf_print(out, "  assurance          %s\n",
	    assurance_word(speaker->assurance));
}

static void
add_effects(struct buf *out, const struct effects *effects)
{
	buf_add_text(out, "what would be done\n");
	for (size_t i = 0; i < effects->count; i++) {
		const struct effect *e = &effects->list[i];

		if (e->kind == EFFECT_TRACE)
			buf_print(out, "  %s%s\n",
			    operation_row(e->operation)->trace,
			    e->flag ? " (refused)" : "");
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
		    e->commands.list[i].error ? e->commands.list[i].error
					      : "");
	add_ticket_rules(&out, e);
	add_speaker(&out, e);
	add_effects(&out, &e->effects);
	buf_print(&out, "decision %s\n\n%s\n\n", explain_decision(arena, e),
	    mail->new_text);
	return buf_text(&out);
}
