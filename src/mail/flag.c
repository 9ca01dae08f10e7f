#include "arena.h"
#include "record.h"

#include "flag.h"

static const char *const words[FLAG_COUNT] = {
    [FLAG_NUL] = "nul",
    [FLAG_BARE_CR] = "bare-cr",
    [FLAG_JUNK_IN_HEADER] = "junk-in-header",
    [FLAG_NO_HEADER] = "no-header",
    [FLAG_NO_EMPTY_LINE] = "no-empty-line",
    [FLAG_DUPLICATE_FIELD] = "duplicate-field",
    [FLAG_SEVERAL_FROM] = "several-from",
    [FLAG_DUPLICATE_MIME] = "duplicate-mime-field",
    [FLAG_DUPLICATE_PARAMETER] = "duplicate-parameter",
    [FLAG_MIXED_PARAMETER] = "mixed-parameter",
    [FLAG_BAD_PARAMETER] = "bad-parameter",
    [FLAG_BAD_TYPE] = "bad-type",
    [FLAG_UNKNOWN_ENCODING] = "unknown-encoding",
    [FLAG_ENCODED_MULTIPART] = "encoded-multipart",
    [FLAG_BAD_BASE64] = "bad-base64",
    [FLAG_BAD_QUOTED_PRINTABLE] = "bad-quoted-printable",
    [FLAG_BAD_BOUNDARY] = "bad-boundary",
    [FLAG_NO_END_BOUNDARY] = "no-end-boundary",
    [FLAG_BAD_ADDRESS] = "bad-address",
    [FLAG_BAD_WORD] = "bad-encoded-word",
    [FLAG_HIDDEN_CHARACTER] = "hidden-character",
    [FLAG_UNKNOWN_CHARSET] = "unknown-charset",
    [FLAG_BAD_CHARSET] = "bad-charset",
    [FLAG_UNDECLARED_8BIT] = "undeclared-8bit",
    [FLAG_ENCRYPTED] = "encrypted",
    [FLAG_LIMIT_MAIL] = "limit-mail",
    [FLAG_LIMIT_HEADER] = "limit-header",
    [FLAG_LIMIT_FIELD] = "limit-field",
    [FLAG_LIMIT_FIELDS] = "limit-fields",
    [FLAG_LIMIT_ADDRESSES] = "limit-addresses",
    [FLAG_LIMIT_WORDS] = "limit-words",
    [FLAG_LIMIT_REFERENCES] = "limit-references",
    [FLAG_LIMIT_DEPTH] = "limit-depth",
    [FLAG_LIMIT_PARTS] = "limit-parts",
    [FLAG_LIMIT_PARAMETERS] = "limit-parameters",
    [FLAG_LIMIT_TEXT] = "limit-text",
};

const char *
flag_word(enum flag flag)
{
	return words[flag];
}

void
flag_write(struct arena *arena, const struct flags *flags, struct Mail *mail)
{
	for (int flag = 0; flag < FLAG_COUNT; flag++)
		if (flag_raised(flags, (enum flag)flag))
			record_append(arena, (void ***)&mail->flags,
			    &mail->n_flags,
			    arena_copy_text(arena, words[flag]));
}
