#include "buf.h"
#include "utf8.h"

#include "action_links.h"
#include "template.h"

#define SUBJECT_MAX 90 /* octets of a subject, three of the link for each */

static const char button[] =
    "display:inline-block;margin:0 4px 8px;padding:7px 14px;"
    "border:1px solid #888888;border-radius:6px;text-decoration:none";

/* Everything but what RFC 3986 leaves alone; '+' too, which web mailers take
 * for a blank. */
static void
add_escaped(struct buf *out, struct span text)
{
	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];

		if (ascii_alpha(c) || ascii_digit(c) ||
		    octet_in((char)c, "-._~@"))
			buf_put(out, (char)c);
		else
			buf_print(out, "%%%02X", c);
	}
}

/* "Re: [#7] The printer": should it open a ticket, that has a subject. */
static const char *
subject_of(struct arena *arena, const struct action_links *links)
{
	const char *subject = links->subject;
	size_t cut = utf8_cut(span_of(subject), SUBJECT_MAX);

	return arena_print(arena, "Re: [#%llu]%s%.*s",
	    (unsigned long long)links->number, cut > 0 ? " " : "", (int)cut,
	    subject);
}

/* What is written in the mail beforehand stands in brackets, line by line, so
 * that it is known when it comes back (decide_action.c). */
static const char *
body_of(struct arena *arena, const struct action_links *links,
    const struct action_row *row)
{
	const char *label = notice_words_action(links->words, row->key);
	const char *how = notice_words_action(
	    links->words, row->words ? "write" : "send");

	if (row->score > 0)
		return arena_print(arena, "[#%llu: %d / 5]\r\n[%s]\r\n",
		    (unsigned long long)links->number, row->score, how);
	return arena_print(arena, "[#%llu: %s]\r\n[%s]\r\n",
	    (unsigned long long)links->number, label, how);
}

static void
add_button(struct arena *arena, struct buf *out,
    const struct action_links *links, const struct action_link *link)
{
	const struct action_row *row = action_row(link->action);

	buf_print(out, "<a style=\"%s\" href=\"mailto:", button);
	add_escaped(out, span_of(link->address));
	buf_add_text(out, "?subject=");
	add_escaped(out, span_of(subject_of(arena, links)));
	buf_add_text(out, "&amp;body=");
	add_escaped(out, span_of(body_of(arena, links, row)));
	buf_add_text(out, "\">");
	if (row->score > 0)
		buf_print(out, "%d", row->score);
	else
		template_escape(out,
		    span_of(notice_words_action(links->words, row->key)));
	buf_add_text(out, "</a>\n");
}

const char *
action_links_html(struct arena *arena, const struct action_links *links)
{
	struct buf out = buf_in(arena);
	bool asked = false;

	if (links->count == 0)
		return "";
	buf_add_text(&out, "<div style=\"margin:16px -4px 8px\">\n");
	for (size_t i = 0; i < links->count; i++) {
		const struct action_row *row =
		    action_row(links->list[i].action);

		if (row->score > 0 && !asked) {
			buf_add_text(&out, "<div style=\"margin:4px\">");
			template_escape(&out,
			    span_of(notice_words_action(
				links->words, row->key)));
			buf_add_text(&out, "</div>\n");
			asked = true;
		}
		add_button(arena, &out, links, &links->list[i]);
	}
	buf_add_text(&out, "</div>");
	return buf_text(&out);
}

/* A line with the label, one with the address: short enough to be read aloud,
 * and whole on one line, as programs look for links. */
const char *
action_links_text(struct arena *arena, const struct action_links *links)
{
	struct buf out = buf_in(arena);
	bool asked = false;

	if (links->count == 0)
		return "";
	buf_add_text(&out, notice_words_action(links->words, "tap"));
	for (size_t i = 0; i < links->count; i++) {
		const struct action_link *link = &links->list[i];
		const struct action_row *row = action_row(link->action);

		if (row->score == 0 || !asked)
			buf_print(&out, "\n\n  %s",
			    notice_words_action(links->words, row->key));
		asked = asked || row->score > 0;
		buf_add_text(&out, "\n  ");
		if (row->score > 0)
			buf_print(&out, "%d  ", row->score);
		buf_print(&out, "mailto:%s?subject=%%5B%%23%llu%%5D",
		    link->address, (unsigned long long)links->number);
	}
	return buf_text(&out);
}
