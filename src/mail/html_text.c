#include <string.h>

#include "utf8.h"

#include "html_text.h"

/* Far above what html_tame() lets gumbo nest. */
#define DEPTH_MAX   4000
#define ADDRESS_MAX 1500 /* of a link; longer ones only count readers */

/* Elements whose content is not for reading. */
static bool
is_skipped(GumboTag tag)
{
	switch ((int)tag) {
	case GUMBO_TAG_HEAD:
	case GUMBO_TAG_STYLE:
	case GUMBO_TAG_SCRIPT:
	case GUMBO_TAG_TITLE:
	case GUMBO_TAG_TEMPLATE:
	case GUMBO_TAG_IFRAME:
	case GUMBO_TAG_SVG:
	case GUMBO_TAG_MATH:
	case GUMBO_TAG_AUDIO:
	case GUMBO_TAG_VIDEO:
	case GUMBO_TAG_CANVAS:
	case GUMBO_TAG_NOEMBED:
	case GUMBO_TAG_NOFRAMES:
	case GUMBO_TAG_DATALIST:
		return true;
	default:
		return false;
	}
}

/* How many line ends stand between such an element and what is around it; 0
 * for what flows within a line. */
static size_t
margin(const struct html_tag *tag)
{
	switch ((int)tag->tag) {
	case GUMBO_TAG_P:
		/* Word's own paragraphs have no space between them. */
		return strncmp(tag->class, "Mso", 3) == 0 ? 1 : 2;
	case GUMBO_TAG_H1:
	case GUMBO_TAG_H2:
	case GUMBO_TAG_H3:
	case GUMBO_TAG_H4:
	case GUMBO_TAG_H5:
	case GUMBO_TAG_H6:
	case GUMBO_TAG_BLOCKQUOTE:
	case GUMBO_TAG_PRE:
	case GUMBO_TAG_DL:
		return 2;
	case GUMBO_TAG_DIV:
	case GUMBO_TAG_LI:
	case GUMBO_TAG_UL:
	case GUMBO_TAG_OL:
	case GUMBO_TAG_TABLE:
	case GUMBO_TAG_TR:
	case GUMBO_TAG_CAPTION:
	case GUMBO_TAG_DT:
	case GUMBO_TAG_DD:
	case GUMBO_TAG_ADDRESS:
	case GUMBO_TAG_ARTICLE:
	case GUMBO_TAG_ASIDE:
	case GUMBO_TAG_CENTER:
	case GUMBO_TAG_FIELDSET:
	case GUMBO_TAG_FIGURE:
	case GUMBO_TAG_FIGCAPTION:
	case GUMBO_TAG_FOOTER:
	case GUMBO_TAG_FORM:
	case GUMBO_TAG_HEADER:
	case GUMBO_TAG_HR:
	case GUMBO_TAG_MAIN:
	case GUMBO_TAG_NAV:
	case GUMBO_TAG_OPTION:
	case GUMBO_TAG_SECTION:
	case GUMBO_TAG_BODY:
		return 1;
	default:
		return 0;
	}
}

/* Gmail indents by the same element, without a bar at its side; those are
 * the person's own words. */
static bool
is_quote(const struct html_tag *tag)
{
	return tag->tag == GUMBO_TAG_BLOCKQUOTE &&
	       (!tag->style.borderless || tag->cited ||
		   strstr(tag->class, "quote") != NULL);
}

static struct html_frame *
top(struct html_text *walk)
{
	return &walk->frames[walk->depth - 1];
}

static struct html_frame *
parent_frame(struct html_text *walk)
{
	return &walk->frames[walk->depth - 2];
}

/* "- " or "3. " for the first line of an item. */
static void
begin_item(struct html_text *walk)
{
	struct html_frame *list = parent_frame(walk);

	if (!list->ordered)
		walk->out.item = "- ";
	else
		walk->out.item =
		    arena_print(walk->out.text.arena, "%zu. ", ++list->items);
}

static void
begin_cell(struct html_text *walk)
{
	struct html_frame *row = parent_frame(walk);
	struct html_out *out = &walk->out;

	if (row->cells && out->line_open && out->owed == 0)
		out->cell = true;
	out->fresh = true;
	row->cells = true;
}

/* What the open element has put out so far, without the ends and marks of
 * lines that were owed before it. */
static struct span
words_of(struct html_text *walk)
{
	size_t begins = top(walk)->begins;
	struct span s = {NULL, 0};

	if (walk->out.text.len > begins)
		s = (struct span){
		    walk->out.text.at + begins, walk->out.text.len - begins};
	while (s.len > 0 && octet_in(s.at[0], "\n >|-")) {
		s.at++;
		s.len--;
	}
	return s;
}

/* A cell whose content stayed on its line leaves the line open for the next
 * one, though paragraphs within it ended theirs. */
static void
end_cell(struct html_text *walk)
{
	struct html_out *out = &walk->out;
	struct span words = words_of(walk);

	out->cell = out->fresh = false;
	if (words.len > 0 && out->line_open &&
	    memchr(words.at, '\n', words.len) == NULL)
		out->owed = 0;
}

static void
show_image(struct html_text *walk, const struct html_tag *tag)
{
	struct span words = span_trim(span_of(tag->alt));

	if (words.len == 0 || tag->pixel)
		return;
	html_out_words(&walk->out, span_of("["), false);
	html_out_words(&walk->out, words, false);
	walk->out.space = false;
	html_out_words(&walk->out, span_of("]"), false);
}

/* Elements without content. */
static void
show_void(struct html_text *walk, const struct html_tag *tag)
{
	if (tag->tag == GUMBO_TAG_BR) {
		html_out_break(&walk->out);
	} else if (tag->tag == GUMBO_TAG_HR) {
		html_out_block(&walk->out, 1);
		html_out_words(&walk->out, span_of("----------"), false);
		html_out_block(&walk->out, 1);
	} else if (tag->tag == GUMBO_TAG_IMG) {
		show_image(walk, tag);
	}
}

static void
enter(struct html_text *walk, const struct html_tag *tag)
{
	struct html_frame *frame = top(walk);
	struct html_out *out = &walk->out;

	html_out_block(out, margin(tag));
	frame->begins = out->text.len;
	switch ((int)tag->tag) {
	case GUMBO_TAG_UL:
	case GUMBO_TAG_OL:
		frame->ordered = tag->tag == GUMBO_TAG_OL;
		if (walk->depth > 1)
			out->indent += 2;
		break;
	case GUMBO_TAG_LI:
		if (walk->depth > 1)
			begin_item(walk);
		break;
	case GUMBO_TAG_TD:
	case GUMBO_TAG_TH:
		if (walk->depth > 1)
			begin_cell(walk);
		break;
	case GUMBO_TAG_PRE:
	case GUMBO_TAG_TEXTAREA:
		frame->exact = true;
		break;
	default:
		break;
	}
	if (is_quote(tag)) {
		frame->quote = true;
		out->quotes++;
	}
}

/* The part of an address that text may name instead of it. */
static struct span
bare_address(struct span s)
{
	static const char *const schemes[] = {
	    "mailto:", "tel:", "https://", "http://", "www."};

	s = span_trim(s);
	for (size_t i = 0; i < sizeof schemes / sizeof *schemes; i++) {
		if (span_begins(s, schemes[i])) {
			s.at += strlen(schemes[i]);
			s.len -= strlen(schemes[i]);
		}
	}
	while (s.len > 0 && s.at[s.len - 1] == '/')
		s.len--;
	return s;
}

static bool
is_shown_scheme(struct span s)
{
	return span_begins(s, "http://") || span_begins(s, "https://") ||
	       span_begins(s, "mailto:") || span_begins(s, "tel:") ||
	       span_begins(s, "ftp://") || span_begins(s, "sip:");
}

static bool
is_plain_address(struct span s)
{
	if (s.len == 0 || s.len > ADDRESS_MAX)
		return false;
	for (size_t i = 0; i < s.len; i++) {
		unsigned char c = (unsigned char)s.at[i];

		if (c <= ' ' || c == '<' || c == '>' || c == 0x7f)
			return false;
	}
	return true;
}

/* The address of a link behind its words, unless they say the same. */
static void
show_address(struct html_text *walk, const struct html_tag *tag)
{
	struct html_out *out = &walk->out;
	struct span address = span_trim(span_of(tag->href));
	struct span words, bare = bare_address(address);

	if (!is_plain_address(address) || !is_shown_scheme(address))
		return;
	words = bare_address(words_of(walk));
	if (words.len == 0 ||
	    (words.len == bare.len && memcmp(words.at, bare.at, bare.len) == 0))
		return;
	if (span_begins(address, "mailto:"))
		address = bare;
	out->space = true;
	html_out_words(out, span_of("<"), false);
	html_out_words(out, address, true);
	html_out_words(out, span_of(">"), false);
}

void
html_text_close(struct html_text *walk)
{
	struct html_frame *frame = top(walk);
	const struct html_tag *tag = &frame->tag;
	struct html_out *out = &walk->out;

	switch ((int)tag->tag) {
	case GUMBO_TAG_UL:
	case GUMBO_TAG_OL:
		if (walk->depth > 1)
			out->indent -= 2;
		break;
	case GUMBO_TAG_LI:
		out->item = NULL;
		break;
	case GUMBO_TAG_TD:
	case GUMBO_TAG_TH:
		end_cell(walk);
		break;
	case GUMBO_TAG_A:
		show_address(walk, tag);
		break;
	default:
		break;
	}
	html_out_block(out, margin(tag));
	if (frame->quote)
		out->quotes--;
	walk->depth--;
}

bool
html_text_open(struct html_text *walk, const struct html_tag *tag)
{
	struct html_frame frame = {.tag = *tag};

	if (is_skipped(tag->tag) || tag->style.gone)
		return false;
	if (walk->depth == DEPTH_MAX) {
		walk->cut = true;
		return false;
	}
	if (walk->depth > 0) {
		const struct html_frame *above = top(walk);

		frame.invisible = above->invisible;
		frame.zero_size = above->zero_size;
		frame.exact = above->exact;
	}
	if (tag->style.invisible >= 0)
		frame.invisible = tag->style.invisible;
	if (tag->style.zero_size >= 0)
		frame.zero_size = tag->style.zero_size;
	if (walk->depth == walk->room) {
		size_t old = walk->room * sizeof *walk->frames;

		walk->room = 2 * walk->room + 64;
		walk->frames = arena_grow(walk->scratch, walk->frames, old,
		    walk->room * sizeof *walk->frames);
	}
	walk->frames[walk->depth++] = frame;
	enter(walk, tag);
	if (!frame.invisible)
		show_void(walk, tag);
	return true;
}

void
html_text_words(struct html_text *walk, struct span words)
{
	const struct html_frame *frame = top(walk);

	if (!frame->invisible && !frame->zero_size)
		html_out_words(&walk->out, words, frame->exact);
}

bool
html_text_matters(const struct html_tag *tag, bool hides)
{
	const struct html_style *style = &tag->style;

	return margin(tag) > 0 || style->gone || style->invisible > 0 ||
	       style->zero_size > 0 ||
	       (hides && (style->invisible == 0 || style->zero_size == 0)) ||
	       is_skipped(tag->tag) ||
	       tag->tag == GUMBO_TAG_TD || tag->tag == GUMBO_TAG_TH ||
	       (tag->tag == GUMBO_TAG_A &&
		   is_shown_scheme(span_trim(span_of(tag->href))));
}
