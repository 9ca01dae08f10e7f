#include <stdarg.h>
#include <stdio.h>
#include <string.h>

#include "conf_wrong.h"

#define NEAR_MAX 40

__attribute__((format(printf, 3, 0))) static void
add(struct conf_wrongs *wrongs, struct conf_where where, const char *format,
    va_list values)
{
	char text[1000];

	vsnprintf(text, sizeof text, format, values);
	buf_print(&wrongs->lines, "%s:%d: %s%s%s\n", where.file, where.line,
	    where.key, where.key[0] == '\0' ? "" : ": ", text);
}

void
conf_wrong(struct conf_wrongs *wrongs, struct conf_where where,
    const char *format, ...)
{
	va_list values;

	va_start(values, format);
	add(wrongs, where, format, values);
	va_end(values);
}

void
conf_wrong_at(
    struct conf_wrongs *wrongs, const void *place, const char *format, ...)
{
	const struct conf_mark *mark = conf_marked(wrongs, place);
	struct conf_where nowhere = {"?", 0, ""};
	va_list values;

	va_start(values, format);
	add(wrongs, mark != NULL ? mark->where : nowhere, format, values);
	va_end(values);
}

void
conf_mark(struct conf_wrongs *wrongs, const void *place,
    struct conf_where where, bool said)
{
	struct conf_mark *mark = arena_take(wrongs->arena, sizeof *mark);

	mark->place = place;
	mark->where = where;
	mark->said = said;
	mark->next = wrongs->marks;
	wrongs->marks = mark;
}

const struct conf_mark *
conf_marked(const struct conf_wrongs *wrongs, const void *place)
{
	const struct conf_mark *mark = wrongs->marks;

	while (mark != NULL && mark->place != place)
		mark = mark->next;
	return mark;
}

static size_t
least(size_t a, size_t b, size_t c)
{
	size_t ab = a < b ? a : b;

	return ab < c ? ab : c;
}

/* How many letters have to be added, left out, exchanged or swapped with
 * their neighbour. Both words are shorter than NEAR_MAX. */
static size_t
distance(const char *a, const char *b)
{
	size_t rows[NEAR_MAX + 1][NEAR_MAX + 1];
	size_t a_len = strlen(a), b_len = strlen(b);

	for (size_t i = 0; i <= a_len; i++)
		rows[i][0] = i;
	for (size_t j = 0; j <= b_len; j++)
		rows[0][j] = j;
	for (size_t i = 1; i <= a_len; i++) {
		for (size_t j = 1; j <= b_len; j++) {
			rows[i][j] =
			    least(rows[i - 1][j] + 1, rows[i][j - 1] + 1,
				rows[i - 1][j - 1] + (a[i - 1] != b[j - 1]));
			if (i > 1 && j > 1 && a[i - 1] == b[j - 2] &&
			    a[i - 2] == b[j - 1] &&
			    rows[i - 2][j - 2] + 1 < rows[i][j])
				rows[i][j] = rows[i - 2][j - 2] + 1;
		}
	}
	return rows[a_len][b_len];
}

const char *
conf_near(struct arena *arena, const char *word, const char *const *words)
{
	size_t best = strlen(word) / 3 + 1;
	const char *near = NULL;

	if (strlen(word) >= NEAR_MAX)
		return "";
	for (; *words != NULL; words++) {
		size_t far;

		if (strlen(*words) >= NEAR_MAX)
			continue;
		/* "password" for password_file is near, if not by letters. */
		far =
		    strlen(word) > 3 && strncmp(word, *words, strlen(word)) == 0
			? 1
			: distance(word, *words);
		if (far <= best && far < strlen(*words)) {
			best = far - (far > 0);
			near = *words;
		}
	}
	return near == NULL
		   ? ""
		   : arena_print(arena, "; did you mean \"%s\"?", near);
}
