#include "template_html.h"

/* Where in the HTML we are. */
enum place { PLACE_TEXT, PLACE_TAG, PLACE_QUOTED };

/* What a notice needs none of. */
static const char *const forbidden[] = {"<script", "<style", "<link", "<iframe",
    "<img", "<base", "src=", "url(", "http://", "https://", NULL};

static const char *
forbidden_at(struct span text)
{
	for (size_t i = 0; forbidden[i] != NULL; i++)
		if (span_begins(text, forbidden[i]))
			return forbidden[i];
	return NULL;
}

static enum place
next_place(enum place place, char c, char *quote)
{
	switch (place) {
	case PLACE_TEXT:
		return c == '<' ? PLACE_TAG : PLACE_TEXT;
	case PLACE_TAG:
		*quote = c;
		return c == '>'		       ? PLACE_TEXT
		       : c == '"' || c == '\'' ? PLACE_QUOTED
					       : PLACE_TAG;
	case PLACE_QUOTED:
		return c == *quote ? PLACE_TAG : PLACE_QUOTED;
	}
	return place;
}

const char *
template_html_wrong(struct arena *arena, struct span text)
{
	enum place place = PLACE_TEXT;
	char quote = '\0';
	size_t line = 1;

	for (; text.len > 0; text.at++, text.len--) {
		const char *bad = forbidden_at(text);
		char next = text.len > 1 ? text.at[1] : '\0';

		if (bad != NULL)
			return arena_print(arena,
			    "line %zu: a notice has no %s", line, bad);
		if (place == PLACE_TAG && text.at[0] == '{' && next != '?' &&
		    next != '!' && next != '/')
			return arena_print(arena,
			    "line %zu: a variable in a tag needs quotes "
			    "around it",
			    line);
		line += text.at[0] == '\n';
		place = next_place(place, text.at[0], &quote);
	}
	if (place != PLACE_TEXT)
		return arena_print(
		    arena, "line %zu: a tag without its end", line);
	return NULL;
}
