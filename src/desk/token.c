#include <string.h>

#include <sodium.h>

#include "code.h"

#include "token.h"

#define MAC_OCTETS  10
#define MAC_LETTERS 16
#define HASH_OCTETS 32

/* The longest token: outbox id and slot of 20 digits each. */
#define TOKEN_MAX 80

/* What is hashed, octet by octet, so that no two tokens have the same text:
 *
 *	"gatepost token 1" use engineer secret(6) slot(8) outbox(8)
 *
 * numbers least significant octet first; the action stands in place of the
 * outbox. */
#define CONTEXT	     "gatepost token 1"
#define CONTEXT_SIZE (sizeof CONTEXT - 1)
#define HASHED_SIZE  (CONTEXT_SIZE + 2 + TOKEN_SECRET_SIZE + 16)

static const char thread_prefix[] = "ticket.";

static void
put_number(unsigned char *at, uint64_t number)
{
	for (int i = 0; i < 8; i++)
		at[i] = (unsigned char)(number >> (8 * i) & 0xff);
}

static void
token_mac(const unsigned char *key, enum token_use use,
    const struct token *token, unsigned char mac[HASH_OCTETS])
{
	unsigned char hashed[HASHED_SIZE];
	unsigned char *at = hashed;

	memcpy(at, CONTEXT, CONTEXT_SIZE);
	at += CONTEXT_SIZE;
	*at++ = (unsigned char)use;
	*at++ = token->engineer;
	memcpy(at, token->secret, TOKEN_SECRET_SIZE);
	at += TOKEN_SECRET_SIZE;
	put_number(at, token->slot);
	put_number(at + 8,
	    use == TOKEN_MESSAGE      ? token->outbox
		: use == TOKEN_ACTION ? token->action
				      : 0);
	crypto_generichash(
	    mac, HASH_OCTETS, hashed, sizeof hashed, key, TOKEN_KEY_SIZE);
}

char *
token_write(struct arena *arena, const struct token_keys *keys,
    enum token_use use, const struct token *token)
{
	unsigned char mac[HASH_OCTETS];
	const char *prefix = "";

	token_mac(keys->key[0], use, token, mac);
	if (use == TOKEN_MESSAGE)
		prefix = arena_print(
		    arena, "%llu.", (unsigned long long)token->outbox);
	if (use == TOKEN_THREAD)
		prefix = thread_prefix;
	return arena_print(arena, "%s%s-%s%llu%s%s.%s", prefix, token->secret,
	    token->engineer ? "e" : "", (unsigned long long)token->slot,
	    use == TOKEN_ACTION ? "-" : "",
	    use == TOKEN_ACTION ? action_row(token->action)->word : "",
	    code_base32(arena, (struct span){(char *)mac, MAC_OCTETS}));
}

/* A decimal number without leading zeros at the front of `text`, which is
 * moved behind it. */
static bool
take_number(struct span *text, uint64_t *number_r)
{
	uint64_t number = 0;
	size_t n = 0;

	while (n < text->len && ascii_digit((unsigned char)text->at[n])) {
		unsigned digit = (unsigned)(text->at[n] - '0');

		if (number > (UINT64_MAX - digit) / 10)
			return false;
		number = number * 10 + digit;
		n++;
	}
	if (n == 0 || (n > 1 && text->at[0] == '0'))
		return false;
	text->at += n;
	text->len -= n;
	*number_r = number;
	return true;
}

static bool
take_text(struct span *text, const char *expected)
{
	size_t len = strlen(expected);

	if (text->len < len || memcmp(text->at, expected, len) != 0)
		return false;
	text->at += len;
	text->len -= len;
	return true;
}

static bool
take_secret(struct span *text, char secret[TOKEN_SECRET_SIZE + 1])
{
	static const char letters[] = "0123456789abcdefghjkmnpqrstvwxyz";

	if (text->len < TOKEN_SECRET_SIZE)
		return false;
	for (size_t i = 0; i < TOKEN_SECRET_SIZE; i++) {
		if (memchr(letters, text->at[i], sizeof letters - 1) == NULL)
			return false;
		secret[i] = text->at[i];
	}
	secret[TOKEN_SECRET_SIZE] = '\0';
	text->at += TOKEN_SECRET_SIZE;
	text->len -= TOKEN_SECRET_SIZE;
	return true;
}

static bool
take_action(struct span *text, enum action *action)
{
	const char *end = memchr(text->at, '.', text->len);

	if (end == NULL || !take_text(text, "-"))
		return false;
	*action = action_find(span_from(text->at, end));
	*text = span_from(end, text->at + text->len);
	return *action != ACTION_NONE;
}

/* Everything but the MAC, which is left in `text`. */
static bool
take_token(struct span *text, enum token_use use, struct token *token)
{
	if (use == TOKEN_MESSAGE &&
	    (!take_number(text, &token->outbox) || !take_text(text, ".")))
		return false;
	if (use == TOKEN_THREAD && !take_text(text, thread_prefix))
		return false;
	if (!take_secret(text, token->secret) || !take_text(text, "-"))
		return false;
	token->engineer = take_text(text, "e");
	return take_number(text, &token->slot) &&
	    (use != TOKEN_ACTION || take_action(text, &token->action)) &&
	    take_text(text, ".");
}

bool
token_read(const struct token_keys *keys, enum token_use use,
    struct span text, struct token *token_r)
{
	char lower[TOKEN_MAX], letters[MAC_LETTERS];
	struct span left = {lower, text.len};
	struct token token = {0};
	bool found = false;

	if (text.len > sizeof lower)
		return false;
	for (size_t i = 0; i < text.len; i++)
		lower[i] = (char)ascii_lower((unsigned char)text.at[i]);
	if (!take_token(&left, use, &token) || left.len != MAC_LETTERS)
		return false;
	/* One writing only: base32 that reads 'o' as zero would let a changed
	 * token through, and would have to be told from damage. */
	memcpy(letters, left.at, MAC_LETTERS);
	for (int i = 0; i < keys->count && i < 2; i++) {
		unsigned char mac[HASH_OCTETS], given[MAC_OCTETS];

		token_mac(keys->key[i], use, &token, mac);
		if (memchr(letters, 'i', MAC_LETTERS) == NULL &&
		    memchr(letters, 'l', MAC_LETTERS) == NULL &&
		    memchr(letters, 'o', MAC_LETTERS) == NULL &&
		    code_base32_read((struct span){letters, MAC_LETTERS},
			given, MAC_OCTETS) &&
		    sodium_memcmp(mac, given, MAC_OCTETS) == 0)
			found = true;
	}
	if (found)
		*token_r = token;
	return found;
}

char *
token_address(struct arena *arena, const char *address, const char *token)
{
	const char *at = strrchr(address, '@');
	int local = at ? (int)(at - address) : (int)strlen(address);

	return arena_print(
	    arena, "%.*s+%s%s", local, address, token, at ? at : "");
}

struct span
token_detail(struct span address)
{
	size_t end = address.len, plus;

	while (end > 0 && address.at[end - 1] != '@')
		end--;
	if (end == 0)
		return (struct span){NULL, 0};
	end--;
	/* The last '+': a mailbox such as "support+emea@" may have one. */
	for (plus = end; plus > 0; plus--) {
		if (address.at[plus - 1] == '+')
			return (struct span){address.at + plus, end - plus};
	}
	return (struct span){NULL, 0};
}

/* The length of a tag "[#1234]" at the front, 0 when there is none. */
static size_t
tag_length(struct span text, uint64_t *number_r)
{
	struct span left = text;

	if (!take_text(&left, "[#") || !take_number(&left, number_r) ||
	    !take_text(&left, "]"))
		return 0;
	return text.len - left.len;
}

uint64_t
token_subject_number(struct span subject)
{
	uint64_t number, last = 0;

	for (size_t i = 0; i < subject.len; i++) {
		struct span left = {subject.at + i, subject.len - i};

		if (tag_length(left, &number) > 0)
			last = number;
	}
	return last;
}

char *
token_subject_clean(struct arena *arena, const char *subject)
{
	struct span left = span_trim(span_of(subject));
	struct buf out = buf_in(arena);
	uint64_t number;

	if (span_begins(left, "re:")) {
		left.at += 3;
		left.len -= 3;
		left = span_trim(left);
	}
	while (left.len > 0) {
		size_t skip = tag_length(left, &number);

		if (skip == 0)
			buf_put(&out, left.at[0]);
		left.at += skip > 0 ? skip : 1;
		left.len -= skip > 0 ? skip : 1;
		/* What stood around a tag shall not leave two blanks. */
		if (skip > 0 && (out.len == 0 || out.at[out.len - 1] == ' ')) {
			while (left.len > 0 && left.at[0] == ' ') {
				left.at++;
				left.len--;
			}
		}
	}
	buf_text(&out);
	return arena_copy(arena, span_trim(buf_span(&out)));
}
