#include <string.h>

#include "arena.h"
#include "buf.h"
#include "record.h"
#include "span.h"

#include "charset.h"
#include "clean.h"
#include "flag.h"
#include "message_id.h"

#define ID_MAX 998 /* RFC 5322's longest line */

static char *
copy_id(struct arena *arena, struct span raw, struct flags *flags)
{
	struct buf out = buf_in(arena);

	for (size_t i = 0; i < raw.len && out.len < ID_MAX; i++)
		if (!ascii_blank((unsigned char)raw.at[i]))
			buf_put(&out, raw.at[i]);
	return clean_text(arena,
	    charset_to_utf8(arena, buf_span(&out), span_of("utf-8"), flags),
	    flags);
}

static void
add(struct arena *arena, struct message_ids *ids, struct span raw,
    struct flags *flags)
{
	char *id = copy_id(arena, raw, flags);

	if (id[0] != '\0')
		record_append(arena, (void ***)&ids->list, &ids->count, id);
}

/* The field has no '<'. */
static void
add_bare(struct arena *arena, struct message_ids *ids, struct span body,
    struct flags *flags)
{
	size_t i = 0;

	while (i < body.len) {
		struct span word = {body.at + i, 0};

		while (i < body.len &&
		       !ascii_blank((unsigned char)body.at[i]) &&
		       body.at[i] != ',' && body.at[i] != ';')
			i++;
		word.len = (size_t)(body.at + i - word.at);
		if (word.len > 0 && memchr(word.at, '@', word.len))
			add(arena, ids, word, flags);
		i++;
	}
}

void
message_ids_read(struct arena *arena, struct span body, struct message_ids *ids,
    struct flags *flags)
{
	const char *end = body.at + body.len, *start = NULL;

	if (body.len == 0)
		return;
	if (memchr(body.at, '<', body.len) == NULL) {
		add_bare(arena, ids, body, flags);
		return;
	}
	for (const char *at = body.at; at < end; at++) {
		if (*at == '<') {
			start = at + 1;
		} else if (*at == '>' && start != NULL) {
			add(arena, ids, span_from(start, at), flags);
			start = NULL;
		}
	}
	if (start != NULL) /* cut off on the way */
		add(arena, ids, span_from(start, end), flags);
}

char *
message_id_read(struct arena *arena, struct span body, struct flags *flags)
{
	struct message_ids ids = {0};

	message_ids_read(arena, body, &ids, flags);
	return ids.count > 0 ? ids.list[0] : copy_id(arena, body, flags);
}
