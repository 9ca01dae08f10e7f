#include <string.h>

#include "arena.h"
#include "span.h"

#include "html_fast.h"
#include "html_kind.h"
#include "html_tag.h"

#define OCTETS_MAX (4u * 1024 * 1024)
#define TAGS_MAX   100000
#define OPEN_MAX   200 /* open elements: each search goes over them */

struct open {
	GumboTag tag;
	enum html_kind kind;
	bool framed;  /* html_text has a frame for it */
	bool matters; /* opened anew, it would change the text */
};

struct fast {
	struct html_text *text;
	struct arena *arena;
	const char *at, *end;
	struct open stack[OPEN_MAX];
	size_t depth;
	size_t gone; /* how deep the element lies that is not shown; 0 none */
	bool doctype;
	bool after_pre; /* the line end that comes next does not count */
	bool strange;
};

static bool
special(enum html_kind kind)
{
	return kind != KIND_FORMAT && kind != KIND_INLINE;
}

/* Where searches for an open element end ("scope"): nothing outside of a
 * table's cell is closed from within. */
static bool
barrier(enum html_kind kind)
{
	return kind == KIND_TABLE || kind == KIND_CELL;
}

static struct open *
top(struct fast *fast)
{
	return &fast->stack[fast->depth - 1];
}

static bool
in_table(struct fast *fast)
{
	enum html_kind kind = fast->depth > 0 ? top(fast)->kind : KIND_BLOCK;

	return kind == KIND_TABLE || kind == KIND_ROWS || kind == KIND_ROW;
}

static void
push(struct fast *fast, const struct html_tag *tag, enum html_kind kind)
{
	struct open open = {tag->tag, kind, false, html_text_matters(tag)};
	bool shown = true;

	if (fast->depth == OPEN_MAX) {
		fast->strange = true;
		return;
	}
	if (fast->gone == 0 && open.matters) {
		shown = html_text_open(fast->text, tag);
		open.framed = shown;
	}
	fast->stack[fast->depth++] = open;
	if (!shown)
		fast->gone = fast->depth;
}

static void
push_plain(struct fast *fast, GumboTag name, enum html_kind kind)
{
	struct html_tag tag = {.tag = name,
	    .class = "",
	    .href = "",
	    .alt = "",
	    .style = {.invisible = -1, .zero_size = -1}};

	push(fast, &tag, kind);
}

/* Closes the elements above the first `depth`. A formatting element that was
 * left open goes on behind, except at a cell's end. */
static void
pop_to(struct fast *fast, size_t depth, bool cell)
{
	while (fast->depth > depth) {
		const struct open *open = top(fast);

		if (open->kind == KIND_FORMAT && open->matters &&
		    fast->depth - 1 > depth && !cell)
			fast->strange = true;
		if (open->framed)
			html_text_close(fast->text);
		if (fast->gone == fast->depth)
			fast->gone = 0;
		fast->depth--;
	}
}

#define NOWHERE ((size_t)-1)

/* The open element of that name in scope. */
static size_t
in_scope(struct fast *fast, GumboTag tag)
{
	for (size_t i = fast->depth; i-- > 0;) {
		if (fast->stack[i].tag == tag)
			return i;
		if (barrier(fast->stack[i].kind))
			break;
	}
	return NOWHERE;
}

static size_t
kind_in_scope(struct fast *fast, enum html_kind kind)
{
	for (size_t i = fast->depth; i-- > 0;) {
		if (fast->stack[i].kind == kind)
			return i;
		if (barrier(fast->stack[i].kind))
			break;
	}
	return NOWHERE;
}

static void
close_paragraph(struct fast *fast)
{
	size_t i = kind_in_scope(fast, KIND_PARAGRAPH);

	if (i != NOWHERE)
		pop_to(fast, i, false);
}

/* An open item or term ends where the next one begins, unless a list lies
 * between. */
static void
close_alike(struct fast *fast, enum html_kind kind)
{
	for (size_t i = fast->depth; i-- > 0;) {
		const struct open *open = &fast->stack[i];

		if (open->kind == kind) {
			pop_to(fast, i, false);
			return;
		}
		if (special(open->kind) && open->kind != KIND_PARAGRAPH &&
		    open->tag != GUMBO_TAG_ADDRESS &&
		    open->tag != GUMBO_TAG_DIV)
			return;
	}
}

static size_t
nearest_table(struct fast *fast)
{
	for (size_t i = fast->depth; i-- > 0;)
		if (fast->stack[i].kind == KIND_TABLE)
			return i;
	return NOWHERE;
}

static void
start_table_part(struct fast *fast, const struct html_tag *tag, enum html_kind kind)
{
	size_t table = nearest_table(fast), depth;

	if (table == NOWHERE)
		return;
	depth = table + 1;
	if (kind == KIND_ROWS) {
		pop_to(fast, depth, true);
		push(fast, tag, kind);
		return;
	}
	if (fast->depth == depth)
		push_plain(fast, GUMBO_TAG_TBODY, KIND_ROWS);
	depth++;
	if (kind == KIND_ROW) {
		pop_to(fast, depth, true);
		push(fast, tag, kind);
		return;
	}
	if (fast->depth == depth)
		push_plain(fast, GUMBO_TAG_TR, KIND_ROW);
	pop_to(fast, depth + 1, true);
	push(fast, tag, kind);
}

/* The rules for elements in a body, as far as they are plain. */
static void
start_in_body(struct fast *fast, const struct html_tag *tag, enum html_kind kind)
{
	if (in_table(fast)) {
		/* It would be moved before the table. */
		fast->strange = true;
		return;
	}
	switch ((int)kind) {
	case KIND_FORMAT:
		if (tag->tag == GUMBO_TAG_A &&
		    in_scope(fast, GUMBO_TAG_A) != NOWHERE)
			fast->strange = true;
		break;
	case KIND_INLINE:
		fast->strange |= tag->tag == GUMBO_TAG_UNKNOWN &&
				 html_text_matters(tag);
		break;
	case KIND_TABLE:
		/* Whether it ends a paragraph depends on the document type. */
		if (kind_in_scope(fast, KIND_PARAGRAPH) != NOWHERE)
			fast->strange = true;
		break;
	case KIND_ITEM:
	case KIND_TERM:
		close_alike(fast, kind);
		close_paragraph(fast);
		/* Items ask what they stand in: that must be their list. */
		if (fast->depth > 0 && !top(fast)->framed && fast->gone == 0)
			fast->strange = true;
		break;
	case KIND_HEADING:
		close_paragraph(fast);
		if (fast->depth > 0 && top(fast)->kind == KIND_HEADING)
			pop_to(fast, fast->depth - 1, false);
		break;
	default:
		close_paragraph(fast);
		break;
	}
	push(fast, tag, kind);
	fast->after_pre = tag->tag == GUMBO_TAG_PRE;
}

static void
start_void(struct fast *fast, const struct html_tag *tag)
{
	if (tag->tag != GUMBO_TAG_BR && tag->tag != GUMBO_TAG_IMG &&
	    tag->tag != GUMBO_TAG_HR)
		return;
	if (in_table(fast)) {
		fast->strange = true;
		return;
	}
	if (tag->tag == GUMBO_TAG_HR)
		close_paragraph(fast);
	if (fast->gone == 0 && html_text_open(fast->text, tag))
		html_text_close(fast->text);
}

/* An end tag of a formatting element. Where a block was left open in it the
 * block is taken out of it, which changes nothing that has no effect. */
static void
end_format(struct fast *fast, GumboTag tag)
{
	size_t i = in_scope(fast, tag);

	if (i == NOWHERE)
		return;
	for (size_t above = i + 1; above < fast->depth; above++) {
		if (!special(fast->stack[above].kind))
			continue;
		if (fast->stack[i].matters || fast->gone > 0) {
			fast->strange = true;
			return;
		}
		memmove(&fast->stack[i], &fast->stack[i + 1],
		    (fast->depth - i - 1) * sizeof fast->stack[0]);
		fast->depth--;
		return;
	}
	pop_to(fast, i, false);
}

static void
end_inline(struct fast *fast, GumboTag tag)
{
	for (size_t i = fast->depth; i-- > 0;) {
		if (fast->stack[i].tag == tag) {
			pop_to(fast, i, false);
			return;
		}
		if (special(fast->stack[i].kind))
			return;
	}
}

static void
end_table_part(struct fast *fast, GumboTag tag, enum html_kind kind)
{
	size_t i = nearest_table(fast), place = i;

	if (i == NOWHERE)
		return;
	place += kind == KIND_TABLE  ? 0
		 : kind == KIND_ROWS ? 1
		 : kind == KIND_ROW  ? 2
				     : 3;
	if (place < fast->depth && fast->stack[place].tag == tag)
		pop_to(fast, place, true);
}

static void
end_tag(struct fast *fast, GumboTag tag, enum html_kind kind)
{
	size_t i = NOWHERE;

	switch (kind) {
	case KIND_FORMAT:
		end_format(fast, tag);
		return;
	case KIND_INLINE:
		end_inline(fast, tag);
		return;
	case KIND_TABLE:
	case KIND_ROWS:
	case KIND_ROW:
	case KIND_CELL:
		end_table_part(fast, tag, kind);
		return;
	case KIND_PARAGRAPH:
		i = in_scope(fast, tag);
		/* An end without a beginning is both. */
		fast->strange |= i == NOWHERE;
		break;
	case KIND_HEADING:
		i = kind_in_scope(fast, kind);
		break;
	case KIND_ITEM:
		i = in_scope(fast, tag);
		for (size_t k = i; i != NOWHERE && k < fast->depth; k++)
			fast->strange |= fast->stack[k].tag == GUMBO_TAG_UL ||
					 fast->stack[k].tag == GUMBO_TAG_OL;
		break;
	case KIND_BLOCK:
	case KIND_TERM:
		i = in_scope(fast, tag);
		break;
	case KIND_VOID:
		fast->strange |= tag == GUMBO_TAG_BR;
		break;
	case KIND_ROOT:
	case KIND_RAW:
		break;
	case KIND_STRANGE:
		fast->strange = true;
		break;
	}
	if (i != NOWHERE)
		pop_to(fast, i, false);
}

static void
skip_raw(struct fast *fast, struct span name)
{
	const char *at = fast->at;

	while ((at = memchr(at, '<', (size_t)(fast->end - at))) != NULL) {
		struct span rest = span_from(at, fast->end);

		/* A comment may hide the end of a script. */
		if (rest.len > 3 && memcmp(at, "<!--", 4) == 0 &&
		    span_is(name, "script"))
			break;
		if (rest.len > name.len + 2 && at[1] == '/' &&
		    memchr("> \t\n\f\r/", at[2 + name.len], 7) != NULL) {
			char *word = arena_copy(fast->arena, name);

			if (span_is((struct span){at + 2, name.len}, word)) {
				fast->at = at;
				return;
			}
		}
		at++;
	}
	fast->strange = true;
}

static void
start_tag(struct fast *fast, struct span name, struct span attributes)
{
	GumboTag known = gumbo_tagn_enum(name.at, (unsigned)name.len);
	enum html_kind kind = html_kind_of(known);
	struct html_tag tag;

	if (kind == KIND_STRANGE ||
	    !html_tag_read(fast->arena, known, attributes, &tag)) {
		fast->strange = true;
		return;
	}
	switch ((int)kind) {
	case KIND_VOID:
		start_void(fast, &tag);
		break;
	case KIND_RAW:
		skip_raw(fast, name);
		break;
	case KIND_ROOT:
		fast->strange |= tag.style.gone || tag.style.invisible >= 0 ||
				 tag.style.zero_size >= 0;
		break;
	case KIND_ROWS:
	case KIND_ROW:
	case KIND_CELL:
		start_table_part(fast, &tag, kind);
		break;
	default:
		start_in_body(fast, &tag, kind);
		break;
	}
}

/* Behind the '>' of the tag whose attributes begin at `at`; NULL when there
 * is none. */
static const char *
tag_end(const char *at, const char *end)
{
	char before = ' ';

	for (; at < end && *at != '>'; at++) {
		/* A quote begins a value only behind its '='. */
		if ((*at == '"' || *at == '\'') && before == '=') {
			at = memchr(at + 1, *at, (size_t)(end - at - 1));
			if (at == NULL)
				return NULL;
		}
		if (!ascii_blank((unsigned char)*at) && *at != '\f')
			before = *at;
	}
	return at < end ? at + 1 : NULL;
}

static void
take_comment(struct fast *fast)
{
	struct span rest = span_from(fast->at, fast->end);
	const char *close;

	if (rest.len > 4 && memcmp(rest.at, "<!--", 4) == 0) {
		/* The short forms and a "--!>" are left to gumbo. */
		close = memmem(rest.at + 4, rest.len - 4, "--", 2);
		if (rest.at[4] == '>' || rest.at[4] == '-' || close == NULL)
			close = NULL;
		while (close != NULL && fast->end - close > 2 &&
		       close[2] != '>') {
			if (close[2] == '!')
				close = NULL;
			else
				close = memmem(close + 1,
				    (size_t)(fast->end - close - 1), "--", 2);
		}
		close = close && fast->end - close > 2 ? close + 2 : NULL;
	} else {
		fast->doctype |= span_begins(rest, "<!doctype");
		close = memchr(rest.at, '>', rest.len);
	}
	if (close == NULL)
		fast->strange = true;
	else
		fast->at = close + 1;
}

static void
take_tag(struct fast *fast)
{
	bool end = fast->at[1] == '/';
	const char *name = fast->at + 1 + end, *stop = name, *close;

	while (stop < fast->end && *stop != '>' && *stop != '/' &&
	       *stop != '\f' && !ascii_blank((unsigned char)*stop))
		stop++;
	close = tag_end(stop, fast->end);
	if (close == NULL) {
		fast->strange = true;
		return;
	}
	fast->at = close;
	fast->after_pre = false;
	if (end) {
		GumboTag tag = gumbo_tagn_enum(name, (unsigned)(stop - name));

		end_tag(fast, tag, html_kind_of(tag));
	} else {
		start_tag(
		    fast, span_from(name, stop), span_from(stop, close - 1));
	}
}

static void
take_words(struct fast *fast, struct span words)
{
	if (fast->after_pre && words.len > 0 && words.at[0] == '\n') {
		words.at++;
		words.len--;
	}
	fast->after_pre = false;
	if (words.len == 0)
		return;
	if (!html_decode(fast->arena, words, false, &words) ||
	    (in_table(fast) && span_trim(words).len > 0))
		fast->strange = true;
	else if (fast->gone == 0)
		html_text_words(fast->text, words);
}

/* The next '<' that begins something; others are text. */
static const char *
next_mark(const char *at, const char *end)
{
	while ((at = memchr(at, '<', (size_t)(end - at))) != NULL) {
		const char *letter = at + 1;

		if (letter < end && *letter == '/')
			letter++;
		if (letter < end && ascii_alpha((unsigned char)*letter))
			return at;
		if (at + 1 < end && (at[1] == '!' || at[1] == '?' ||
					at[1] == '/'))
			return at;
		at++;
	}
	return end;
}

bool
html_fast(struct html_text *text, struct span html)
{
	struct fast *fast = arena_take(text->scratch, sizeof *fast);
	struct html_tag root = {.tag = GUMBO_TAG_BODY,
	    .class = "",
	    .href = "",
	    .alt = "",
	    .style = {.invisible = -1, .zero_size = -1}};

	if (html.len == 0 || html.len > OCTETS_MAX ||
	    memchr(html.at, '\0', html.len) != NULL ||
	    memchr(html.at, '\r', html.len) != NULL)
		return false;
	fast->text = text;
	fast->arena = text->scratch;
	fast->at = html.at;
	fast->end = html.at + html.len;
	/* Two, as gumbo's html and body are. */
	html_text_open(text, &root);
	html_text_open(text, &root);
	for (size_t tags = 0; fast->at < fast->end && !fast->strange &&
			      !text->out.full;
	     tags++) {
		const char *mark = next_mark(fast->at, fast->end);

		take_words(fast, span_from(fast->at, mark));
		fast->at = mark;
		if (mark == fast->end || fast->strange)
			break;
		if (tags == TAGS_MAX)
			return false;
		if (fast->end - mark > 2 && !ascii_alpha((unsigned char)mark[1]) &&
		    !(mark[1] == '/' && ascii_alpha((unsigned char)mark[2])))
			take_comment(fast);
		else if (fast->end - mark <= 2)
			fast->strange = true;
		else
			take_tag(fast);
	}
	pop_to(fast, 0, true);
	return !fast->strange;
}
