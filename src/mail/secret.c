#include <limits.h>
#include <string.h>

#include "arena.h"
#include "buf.h"
#include "span.h"

#include "secret.h"
#include "secret_look.h"

/* What an octet may be part of; most of a text is none of a secret's. */
enum part {
	PART_WORD = 1,	/* a letter or digit of ASCII */
	PART_TOKEN = 2, /* what an access key is made of */
	PART_MARK = 4,	/* begins an armour, ends a password's word */
};

struct finding {
	struct arena *arena;
	struct span text;
	unsigned char parts[UCHAR_MAX + 1]; /* enum part, or'ed */
	size_t run_from; /* before it no access key begins */
	size_t seen;	/* up to here no armour begins */
	struct secrets secrets;
	size_t room;
};

static void
set_parts(struct finding *f)
{
	for (unsigned c = 0; c < 128; c++)
		if (ascii_digit((unsigned char)c) ||
		    ascii_alpha((unsigned char)c))
			f->parts[c] = PART_WORD | PART_TOKEN;
	f->parts['_'] |= PART_TOKEN;
	f->parts['.'] |= PART_TOKEN;
	f->parts['-'] |= PART_TOKEN | PART_MARK;
	f->parts['P'] |= PART_MARK;
	f->parts[':'] |= PART_MARK;
	f->parts['='] |= PART_MARK;
	f->parts[0xef] |= PART_MARK; /* of the colon of East Asia */
}

static enum part
part_at(const struct finding *f, size_t at)
{
	return (enum part)f->parts[(unsigned char)f->text.at[at]];
}

/* The last digits tell the writer which card is meant, and nobody else
 * anything: receipts print them too. */
static const char *
mask_ending(struct finding *f, const char *what, size_t at, size_t len)
{
	char last[5] = "";
	size_t count = 4;

	for (size_t i = len; i-- > 0 && count > 0;)
		if (secret_is_alnum(f->text, at + i))
			last[--count] = f->text.at[at + i];
	return arena_print(f->arena, "[%s ending %s: kept apart]", what, last);
}

static const char *
mask_of(struct finding *f, enum secret_kind kind, size_t at, size_t len)
{
	switch (kind) {
	case SECRET_CARD:
		return mask_ending(f, "card", at, len);
	case SECRET_IBAN:
		return mask_ending(f, "IBAN", at, len);
	case SECRET_KEY:
		return "[private key: kept apart]";
	case SECRET_PASSWORD:
		return "[password: kept apart]";
	case SECRET_TOKEN:
	case SECRET_KINDS:
		break;
	}
	return "[access key: kept apart]";
}

static void
add(struct finding *f, enum secret_kind kind, size_t at, size_t len)
{
	struct secrets *secrets = &f->secrets;
	size_t size = sizeof *secrets->list;

	if (secrets->count == f->room) {
		size_t room = f->room ? f->room * 2 : 4;

		secrets->list = arena_grow(f->arena, secrets->list,
		    f->room * size, room * size);
		f->room = room;
	}
	secrets->list[secrets->count++] =
	    (struct secret){kind, at, len, mask_of(f, kind, at, len)};
}

/* Every word of every mail comes by here, and nearly all of them stand in a
 * run that is shorter than the shortest access key. The run is looked at from
 * where it would have to reach: the first octet that does not belong to one
 * rules out all words before it. */
static size_t
look_for_token(struct finding *f, size_t at)
{
	size_t i = at + SECRET_TOKEN_LEAST;

	if (at < f->run_from || i > f->text.len)
		return 0;
	while (i > at && (part_at(f, i - 1) & PART_TOKEN) != 0)
		i--;
	f->run_from = i;
	return i == at ? secret_look_token(f->text, at) : 0;
}

/* At the first octet of a word: how many are a secret. */
static size_t
look_at_word(struct finding *f, size_t at)
{
	char first = f->text.at[at];
	enum secret_kind kind = SECRET_CARD;
	size_t len = 0;

	if (ascii_digit((unsigned char)first))
		len = secret_look_card(f->text, at);
	if (len == 0 && ascii_alpha((unsigned char)first)) {
		kind = SECRET_IBAN;
		len = secret_look_iban(f->text, at);
	}
	if (len == 0) {
		kind = SECRET_TOKEN;
		len = look_for_token(f, at);
	}
	if (len > 0)
		add(f, kind, at, len);
	return len;
}

/* Where to go on; `at` when there is none. */
static size_t
look_at_mark(struct finding *f, size_t at)
{
	char c = f->text.at[at];
	size_t start = at, len;

	if (c == '-' || c == 'P') {
		len = at >= f->seen ? secret_look_key(f->text, at, &f->seen)
				    : 0;
		if (len > 0)
			add(f, SECRET_KEY, at, len);
		return at + len;
	}
	len = secret_look_password(f->text, at, &start);
	if (len == 0)
		return at;
	add(f, SECRET_PASSWORD, start, len);
	return start + len;
}

/* From `at`, which is behind something: over the rest of a word, and over what
 * stands between two. */
static size_t
next_place(const struct finding *f, size_t at)
{
	if ((part_at(f, at - 1) & PART_WORD) != 0)
		while (at < f->text.len &&
		    (part_at(f, at) & (PART_WORD | PART_MARK)) == PART_WORD)
			at++;
	while (at < f->text.len &&
	    (part_at(f, at) & (PART_WORD | PART_MARK)) == 0)
		at++;
	return at;
}

static bool
begins_word(const struct finding *f, size_t at)
{
	return (part_at(f, at) & PART_WORD) != 0 &&
	    (at == 0 || (part_at(f, at - 1) & PART_WORD) == 0);
}

struct secrets
secret_find(struct arena *arena, struct span text)
{
	struct finding f = {.arena = arena, .text = text};
	size_t at = 0;

	set_parts(&f);
	while (at < text.len) {
		size_t next = at;

		if (begins_word(&f, at))
			next += look_at_word(&f, at);
		if (next == at && (part_at(&f, at) & PART_MARK) != 0)
			next = look_at_mark(&f, at);
		at = next_place(&f, next > at ? next : at + 1);
	}
	return f.secrets;
}

char *
secret_mask(
    struct arena *arena, struct span text, const struct secrets *secrets)
{
	struct buf out = buf_in(arena);
	size_t at = 0;

	for (size_t i = 0; i < secrets->count; i++) {
		const struct secret *one = &secrets->list[i];

		buf_add(&out, span_from(text.at + at, text.at + one->at));
		buf_add_text(&out, one->mask);
		at = one->at + one->len;
	}
	if (at < text.len)
		buf_add(&out, span_from(text.at + at, text.at + text.len));
	return buf_text(&out);
}

const char *
secret_word(enum secret_kind kind)
{
	static const char *const words[SECRET_KINDS] = {
	    [SECRET_CARD] = "card",
	    [SECRET_IBAN] = "iban",
	    [SECRET_KEY] = "private-key",
	    [SECRET_PASSWORD] = "password",
	    [SECRET_TOKEN] = "access-key",
	};

	return (unsigned)kind < SECRET_KINDS ? words[kind] : "unknown";
}
