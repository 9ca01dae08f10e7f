#include <string.h>

#include "template.h"

enum piece_kind {
	PIECE_TEXT,   /* stands as it is */
	PIECE_VALUE,  /* the variable's value */
	PIECE_IF,     /* go on at `end` when the variable is empty */
	PIECE_UNLESS, /* go on at `end` when it is not */
};

struct piece {
	enum piece_kind kind;
	struct span text; /* the text, or the variable's name */
	size_t end;	  /* index of the piece behind the matching {/name} */
};

struct template
{
	struct piece *pieces;
	size_t count;
	size_t room;
	bool html;
};

/* A template while it is read. */
struct loading {
	struct arena *arena;
	struct template *template;
	const char *const *names;
	size_t line;
	size_t open[TEMPLATE_DEPTH]; /* indices of IFs that are not closed */
	size_t depth;
	const char *error;
};

static void
add_piece(struct loading *l, enum piece_kind kind, struct span text)
{
	struct template *t = l->template;

	if (t->count == t->room) {
		size_t room = t->room * 2 + 16;

		t->pieces = arena_grow(l->arena, t->pieces,
		    t->room * sizeof *t->pieces, room * sizeof *t->pieces);
		t->room = room;
	}
	t->pieces[t->count++] = (struct piece){kind, text, 0};
}

static void
fail(struct loading *l, const char *what, struct span name)
{
	if (l->error == NULL)
		l->error = arena_print(l->arena, "line %zu: %s {%.*s}", l->line,
		    what, (int)name.len, name.at);
}

static bool
same(struct span a, struct span b)
{
	return a.len == b.len && memcmp(a.at, b.at, a.len) == 0;
}

static bool
is_known(const struct loading *l, struct span name)
{
	for (size_t i = 0; l->names[i] != NULL; i++) {
		if (same(name, span_of(l->names[i])))
			return true;
	}
	return false;
}

static void
close_condition(struct loading *l, struct span name)
{
	struct piece *piece;

	if (l->depth == 0) {
		fail(l, "nothing is open for", name);
		return;
	}
	piece = &l->template->pieces[l->open[l->depth - 1]];
	if (!same(piece->text, name)) {
		fail(l, "another condition is to be closed first than", name);
		return;
	}
	piece->end = l->template->count;
	l->depth--;
}

/* What stands between the braces. */
static void
read_tag(struct loading *l, struct span tag)
{
	char mark = tag.len > 0 ? tag.at[0] : '\0';
	struct span name = tag;

	if (mark == '?' || mark == '!' || mark == '/') {
		name.at++;
		name.len--;
	}
	if (!is_known(l, name)) {
		fail(l, "unknown variable", name);
	} else if (mark == '/') {
		close_condition(l, name);
	} else if (mark != '?' && mark != '!') {
		add_piece(l, PIECE_VALUE, name);
	} else if (l->depth == TEMPLATE_DEPTH) {
		fail(l, "too many conditions within each other at", name);
	} else {
		l->open[l->depth++] = l->template->count;
		add_piece(l, mark == '?' ? PIECE_IF : PIECE_UNLESS, name);
	}
}

/* Whether the line consists of conditions' marks and blanks, at least one
 * mark: then it is there for the writer of the template, not for the reader
 * of the mail. */
static bool
is_marks_only(struct span line)
{
	bool found = false;

	line = span_trim(line);
	while (line.len > 0) {
		const char *end = memchr(line.at, '}', line.len);

		if (end == NULL || line.len < 3 || line.at[0] != '{' ||
		    (line.at[1] != '?' && line.at[1] != '!' &&
			line.at[1] != '/'))
			return false;
		line = span_trim(span_from(end + 1, line.at + line.len));
		found = true;
	}
	return found;
}

static void
read_line(struct loading *l, struct span line)
{
	bool silent = is_marks_only(line);

	while (line.len > 0 && l->error == NULL) {
		const char *end = line.at + line.len;
		const char *brace = memchr(line.at, '{', line.len);
		const char *close;

		if (brace == NULL)
			brace = end;
		if (brace > line.at && !silent)
			add_piece(l, PIECE_TEXT, span_from(line.at, brace));
		if (brace == end)
			return;
		if (brace + 1 < end && brace[1] == '{') {
			add_piece(l, PIECE_TEXT, (struct span){brace, 1});
			line = span_from(brace + 2, end);
			continue;
		}
		close = memchr(brace, '}', (size_t)(end - brace));
		if (close == NULL) {
			fail(l, "a brace without its end before",
			    (struct span){"", 0});
			return;
		}
		read_tag(l, span_from(brace + 1, close));
		line = span_from(close + 1, end);
	}
}

struct template *
template_load(struct arena *arena, struct span text, const char *const *names,
    bool html, const char **error_r)
{
	struct loading l = {.arena = arena, .names = names, .line = 0};

	l.template = arena_take(arena, sizeof *l.template);
	l.template->html = html;
	while (text.len > 0 && l.error == NULL) {
		const char *end = memchr(text.at, '\n', text.len);
		size_t len = end ? (size_t)(end - text.at) + 1 : text.len;

		l.line++;
		read_line(&l, (struct span){text.at, len});
		text.at += len;
		text.len -= len;
	}
	if (l.depth > 0)
		fail(&l, "no end is there for",
		    l.template->pieces[l.open[l.depth - 1]].text);
	if (l.error != NULL) {
		*error_r = l.error;
		return NULL;
	}
	return l.template;
}

void
template_escape(struct buf *out, struct span text)
{
	bool indent = true;

	for (size_t i = 0; i < text.len; i++) {
		char c = text.at[i];
		bool blank = c == ' ';

		if (c == '&')
			buf_add_text(out, "&amp;");
		else if (c == '<')
			buf_add_text(out, "&lt;");
		else if (c == '>')
			buf_add_text(out, "&gt;");
		else if (c == '"')
			buf_add_text(out, "&quot;");
		else if (c == '\'')
			buf_add_text(out, "&#39;");
		else if (c == '\n')
			buf_add_text(out, "<br>\n");
		else if (blank && indent && i > 0)
			buf_add_text(out, "&nbsp;");
		else
			buf_put(out, c);
		indent = c == '\n' || blank;
	}
}

static const struct template_value *
value_of(const struct template *template, const struct template_value *values,
    size_t count, struct span name)
{
	static const struct template_value none = {"", "", false};
	const struct template_value *found = &none;

	for (size_t i = count; i-- > 0;) {
		if (values[i].html && !template->html)
			continue;
		if (same(name, span_of(values[i].name)) &&
		    (!found->html || values[i].html))
			found = &values[i];
	}
	return found;
}

struct span
template_fill(struct arena *arena, const struct template *template,
    const struct template_value *values, size_t count)
{
	struct buf out = buf_in(arena);
	size_t i = 0;

	while (i < template->count) {
		const struct piece *piece = &template->pieces[i];
		const struct template_value *known;
		struct span value;

		i++;
		if (piece->kind == PIECE_TEXT) {
			buf_add(&out, piece->text);
			continue;
		}
		known = value_of(template, values, count, piece->text);
		value = span_of(known->text);
		if (piece->kind != PIECE_VALUE) {
			if ((piece->kind == PIECE_IF) != (value.len > 0))
				i = piece->end;
		} else if (template->html && !known->html) {
			template_escape(&out, value);
		} else {
			buf_add(&out, value);
		}
	}
	buf_text(&out);
	return buf_span(&out);
}
