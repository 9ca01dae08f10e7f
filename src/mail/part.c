#include <string.h>

#include "arena.h"
#include "buf.h"
#include "span.h"
#include "utf8.h"

#include "charset.h"
#include "flag.h"
#include "flowed.h"
#include "header.h"
#include "part.h"
#include "transfer.h"

#define META_SEEN 2048 /* octets in which HTML declares its charset */
/* More octets than this are no text that anybody reads; without a bound each
 * step of reading one would take memory of several times the mail. */
#define TEXT_OCTETS_MAX (4u * 1024 * 1024)

struct span
part_octets(struct arena *arena, const struct part *part)
{
	return transfer_decode(arena, part->body, part->encoding, part->flags);
}

/* <meta charset=x>, <meta ... content="text/html; charset=x">: what an HTML
 * part says of itself when its header says nothing. */
static struct span
meta_charset(struct span html)
{
	struct span head = {
	    html.at, html.len < META_SEEN ? html.len : META_SEEN};

	for (size_t i = 0; i + 8 < head.len; i++) {
		struct span rest = {head.at + i, head.len - i};
		size_t len = 0;

		if (!span_begins(rest, "charset="))
			continue;
		rest = (struct span){rest.at + 8, rest.len - 8};
		while (
		    rest.len > 0 && (rest.at[0] == '"' || rest.at[0] == '\'')) {
			rest.at++;
			rest.len--;
		}
		while (len < rest.len && (rest.at[len] > ' ') &&
		       strchr("\"'>;/", rest.at[len]) == NULL)
			len++;
		return (struct span){rest.at, len};
	}
	return (struct span){"", 0};
}

/* CR LF, and CR alone, are LF. */
static struct span
line_ends(struct arena *arena, struct span text)
{
	const char *at = text.at, *end = at + text.len;
	char *first, *to;

	if (text.len == 0 || memchr(text.at, '\r', text.len) == NULL)
		return text;
	first = to = arena_take_unset(arena, text.len);
	while (at < end) {
		const char *cr = memchr(at, '\r', (size_t)(end - at));
		size_t len = (size_t)((cr ? cr : end) - at);

		memcpy(to, at, len);
		to += len;
		if (cr == NULL)
			break;
		at = cr + 1;
		/* CR CR LF comes from a line end translated twice. */
		if (at + 1 < end && at[0] == '\r' && at[1] == '\n')
			at++;
		if (at < end && *at == '\n')
			at++;
		*to++ = '\n';
	}
	return span_from(first, to);
}

struct span
part_text(struct arena *arena, const struct part *part)
{
	struct span octets = part_octets(arena, part);
	struct span charset = span_of(part->charset);
	struct span text;

	if (octets.len > TEXT_OCTETS_MAX) {
		flag_raise(part->flags, FLAG_LIMIT_TEXT);
		octets.len = TEXT_OCTETS_MAX;
	}
	if (charset.len == 0 && strcmp(part->type, "text/html") == 0)
		charset = meta_charset(octets);
	text = charset_to_utf8(arena, octets, charset, part->flags);
	if (text.len >= 3 && memcmp(text.at, "\xef\xbb\xbf", 3) == 0)
		text = (struct span){text.at + 3, text.len - 3};
	text = line_ends(arena, text);
	if (part->format_flowed && strcmp(part->type, "text/plain") == 0)
		text = flowed_join(arena, text, part->delsp);
	return text;
}

const char *
part_field(struct arena *arena, const struct part *part, const char *name)
{
	const struct header_field *field = header_find(&part->fields, name, 0);
	struct buf out = buf_in(arena);

	if (field == NULL)
		return "";
	utf8_add_clean(&out,
	    header_unfold(arena, field->body, field->body.len, part->flags));
	return buf_text(&out);
}
