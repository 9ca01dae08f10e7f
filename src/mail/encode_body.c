#include <string.h>

#include "code.h"
#include "utf8.h"

#include "encode.h"

/* RFC 2045, section 6.7, rule 5: a line and its soft break. */
#define QUOTED_MAX 76u

/* How many octets from `i` on need nothing done to them. */
static size_t
clean_run(struct span text, size_t i)
{
	size_t from = i;

	while (i < text.len) {
		unsigned char c = (unsigned char)text.at[i];

		if ((c < 0x20 && c != '\n' && c != '\t') || c == 0x7f)
			break;
		i++;
	}
	return i - from;
}

struct span
encode_text(struct arena *arena, struct span text)
{
	struct buf clean = buf_in(arena);
	struct buf out = buf_in(arena);
	struct span all;

	utf8_add_clean(&clean, text);
	all = buf_span(&clean);
	buf_reserve(&out, all.len + 1);
	for (size_t i = 0; i < all.len; i++) {
		size_t run = clean_run(all, i);

		buf_add(&out, (struct span){all.at + i, run});
		i += run;
		if (i < all.len && all.at[i] == '\r' &&
		    (i + 1 == all.len || all.at[i + 1] != '\n'))
			buf_put(&out, '\n');
	}
	if (out.len > 0 && out.at[out.len - 1] != '\n')
		buf_put(&out, '\n');
	return buf_span(&out);
}

bool
encode_is_quoted(struct span text)
{
	size_t special = 0;

	for (size_t i = 0; i < text.len; i++) {
		if ((text.at[i] & 0x80) != 0 || text.at[i] == '=')
			special++;
	}
	/* Each costs two octets more; base64 costs a third of all. */
	return special * 6 <= text.len;
}

/* Whether the octet at `i` must leave as =XX. Besides what the standard says:
 * a dot or "From " at the start of a line, which SMTP and mbox would touch,
 * though each would put it right again. */
static bool
must_quote(struct span text, size_t i, size_t column)
{
	unsigned char c = (unsigned char)text.at[i];
	bool last = i + 1 == text.len || text.at[i + 1] == '\n';

	if (c == ' ' || c == '\t')
		return last;
	if (c < 0x20 || c > 0x7e || c == '=')
		return true;
	if (column > 0)
		return false;
	return c == '.' ||
	       (text.len - i >= 5 && memcmp(text.at + i, "From ", 5) == 0);
}

/* How many octets from `i` on, within a line that has begun, leave as they
 * are and leave room for a soft break. Nearly all do. */
static size_t
plain_run(struct span text, size_t i, size_t column)
{
	size_t from = i, most;

	if (column == 0 || column + 1 >= QUOTED_MAX)
		return 0;
	most = QUOTED_MAX - 1 - column;
	while (i < text.len && i - from < most) {
		unsigned char c = (unsigned char)text.at[i];

		if (c < 0x21 || c > 0x7e || c == '=') {
			if (c != ' ' || i + 1 >= text.len ||
			    text.at[i + 1] == '\n')
				break;
		}
		i++;
	}
	return i - from;
}

void
encode_quoted(struct buf *out, struct span text)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t column = 0;

	for (size_t i = 0; i < text.len; i++) {
		size_t width = plain_run(text, i, column);
		unsigned char c;
		bool last;

		buf_add(out, (struct span){text.at + i, width});
		i += width;
		column += width;
		if (i == text.len)
			break;
		c = (unsigned char)text.at[i];
		last = i + 1 == text.len || text.at[i + 1] == '\n';
		if (c == '\n') {
			buf_add_text(out, "\r\n");
			column = 0;
			continue;
		}
		width = must_quote(text, i, column) ? 3 : 1;
		/* The last octet of a line needs no soft break behind it. */
		if (column + width + (last ? 0 : 1) > QUOTED_MAX) {
			buf_add_text(out, "=\r\n");
			column = 0;
			width = must_quote(text, i, column) ? 3 : 1;
		}
		if (width == 3) {
			buf_put(out, '=');
			buf_put(out, hex[c >> 4]);
			buf_put(out, hex[c & 15]);
		} else {
			buf_put(out, (char)c);
		}
		column += width;
	}
	if (column > 0)
		buf_add_text(out, "\r\n");
}

void
encode_base64(struct buf *out, struct span text)
{
	struct buf lines = buf_in(out->arena);

	while (text.len > 0) {
		const char *lf = memchr(text.at, '\n', text.len);
		size_t len = lf ? (size_t)(lf - text.at) : text.len;

		buf_add(&lines, (struct span){text.at, len});
		if (lf != NULL)
			buf_add_text(&lines, "\r\n");
		len += lf != NULL;
		text = (struct span){text.at + len, text.len - len};
	}
	code_base64(out, buf_span(&lines), true);
}
