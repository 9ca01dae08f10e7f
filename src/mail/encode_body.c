#include <string.h>

#include "code.h"
#include "utf8.h"

#include "encode.h"

/* RFC 2045, section 6.7, rule 5: a line and its soft break. */
#define QUOTED_MAX 76u

struct span
encode_text(struct arena *arena, struct span text)
{
	struct buf clean = buf_in(arena);
	struct buf out = buf_in(arena);

	utf8_add_clean(&clean, text);
	for (size_t i = 0; i < clean.len; i++) {
		unsigned char c = (unsigned char)clean.at[i];

		if (c == '\r') {
			if (i + 1 < clean.len && clean.at[i + 1] == '\n')
				continue;
			c = '\n';
		}
		if ((c >= 0x20 && c != 0x7f) || c == '\n' || c == '\t')
			buf_put(&out, (char)c);
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

void
encode_quoted(struct buf *out, struct span text)
{
	static const char hex[] = "0123456789ABCDEF";
	size_t column = 0;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];
		bool last = i + 1 == text.len || text.at[i + 1] == '\n';
		size_t width;

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

	for (size_t i = 0; i < text.len; i++) {
		if (text.at[i] == '\n')
			buf_put(&lines, '\r');
		buf_put(&lines, text.at[i]);
	}
	code_base64(out, buf_span(&lines), true);
}
