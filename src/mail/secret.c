#include <string.h>

#include "arena.h"
#include "buf.h"
#include "span.h"

#include "secret.h"
#include "secret_look.h"

struct finding {
	struct arena *arena;
	struct span text;
	struct secrets secrets;
	size_t room;
};

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

/* At the first octet of a word: where to go on, `at` when there is none. */
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
		len = secret_look_token(f->text, at);
	}
	if (len > 0)
		add(f, kind, at, len);
	return at + len;
}

struct secrets
secret_find(struct arena *arena, struct span text)
{
	struct finding f = {.arena = arena, .text = text};
	size_t at = 0, seen = 0;

	while (at < text.len) {
		char c = text.at[at];
		size_t next = at, start = at, len = 0;

		/* The rest of a word, of which nearly all of a text is. */
		if (at > 0 && c != 'P' && secret_is_alnum(text, at) &&
		    secret_is_alnum(text, at - 1)) {
			at++;
			continue;
		}

		if (secret_is_alnum(text, at) &&
		    (at == 0 || !secret_is_alnum(text, at - 1)))
			next = look_at_word(&f, at);
		if (next == at && at >= seen && (c == '-' || c == 'P')) {
			len = secret_look_key(text, at, &seen);
			if (len > 0)
				add(&f, SECRET_KEY, at, len);
			next = at + len;
		}
		if (next == at && (c == ':' || c == '=' || c == '\xef')) {
			len = secret_look_password(text, at, &start);
			if (len > 0)
				add(&f, SECRET_PASSWORD, start, len);
			next = start + len;
		}
		at = next > at ? next : at + 1;
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
