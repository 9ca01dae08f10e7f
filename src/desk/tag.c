#include "utf8.h"

#include "tag.h"

/* Beyond ASCII whatever is no blank, no punctuation of Unicode's own block,
 * no ideographic punctuation and no invisible or private character. */
static bool
is_letter(uint32_t c)
{
	if (c < 0x80)
		return ascii_alpha((int)c) || ascii_digit((int)c);
	return c >= 0xaa && c != 0xab && c != 0xad && c != 0xbb &&
	    c != 0xbf && (c < 0x2000 || c > 0x206f) &&
	    (c < 0x3000 || c > 0x3004) && (c < 0x3008 || c > 0x3020) &&
	    (c < 0xe000 || c > 0xf8ff) && c != 0x61c && c != 0x180e &&
	    (c < 0xfe00 || c > 0xfe0f) && c != 0xfeff &&
	    (c < 0xff01 || c > 0xff0f) && c < 0xe0000;
}

bool
tag_is_operation(enum operation operation)
{
	return operation == OPERATION_TAG || operation == OPERATION_UNTAG ||
	    operation == OPERATION_RENAME_TAG ||
	    operation == OPERATION_DELETE_TAG;
}

bool
tag_is_name(struct span text)
{
	bool letters = false;

	if (text.len == 0 || !utf8_valid(text) ||
	    utf8_length(text) > TAG_LENGTH_MAX)
		return false;
	while (text.len > 0) {
		size_t len;
		uint32_t c = utf8_read(text, &len);

		if (is_letter(c))
			letters = true;
		else if (c >= 0x80 || !octet_in((char)c, "-_."))
			return false;
		text.at += len;
		text.len -= len;
	}
	return letters;
}

bool
tag_are_two(struct span text)
{
	const char *blank = memchr(text.at, ' ', text.len);

	return blank != NULL &&
	    tag_is_name(span_from(text.at, blank)) &&
	    tag_is_name(span_trim(span_from(blank, text.at + text.len)));
}
