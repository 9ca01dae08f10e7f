/* Passwords behind the words for them, and keys that say what they are. */
#include <string.h>

#include "secret_look.h"

#define VALUE_MOST 200 /* octets of a password that is looked for */
#define TOKEN_MOST 4096

/* ---- words for a password ----------------------------------------------- */

/* How much must be seen in the value before it is believed. */
enum proof {
	PROOF_NONE,   /* the word is for passwords alone */
	PROOF_DIGITS, /* four to eight digits */
	PROOF_STRONG, /* sixteen octets or more, letters and digits */
};

/* As they end before the ':'; ASCII in whatever case. One language a line. */
#define WORD(word, proof) {word, sizeof word - 1, proof}
static const struct {
	const char *word;
	unsigned char len;
	enum proof proof;
} words[] = {
    WORD("password", PROOF_NONE), WORD("passwd", PROOF_NONE),
    WORD("pwd", PROOF_NONE),
    WORD("passphrase", PROOF_NONE), WORD("passcode", PROOF_NONE),
    WORD("pass phrase", PROOF_NONE), WORD("pass", PROOF_STRONG),
    WORD("pin", PROOF_DIGITS), WORD("cvv", PROOF_DIGITS),
    WORD("cvc", PROOF_DIGITS),
    WORD("secret", PROOF_STRONG), WORD("secret key", PROOF_STRONG),
    WORD("secret_key", PROOF_STRONG), WORD("secret_access_key", PROOF_STRONG),
    WORD("secretaccesskey", PROOF_STRONG), WORD("api key", PROOF_STRONG),
    WORD("api_key", PROOF_STRONG), WORD("api-key", PROOF_STRONG),
    WORD("apikey", PROOF_STRONG), WORD("access key", PROOF_STRONG),
    WORD("access_token", PROOF_STRONG), WORD("access token", PROOF_STRONG),
    WORD("client_secret", PROOF_STRONG), WORD("accountkey", PROOF_STRONG),
    WORD("sharedaccesskey", PROOF_STRONG), WORD("bearer", PROOF_STRONG),
    WORD("passwort", PROOF_NONE), WORD("kennwort", PROOF_NONE), /* German */
    WORD("mot de passe", PROOF_NONE), WORD("mdp", PROOF_NONE), /* French */
    WORD("contrase\xc3\xb1" "a", PROOF_NONE), /* Spanish */
    WORD("contrasena", PROOF_NONE), WORD("clave de acceso", PROOF_NONE),
    WORD("contrasenya", PROOF_NONE), /* Catalan */
    WORD("senha", PROOF_NONE),
    WORD("palavra-passe", PROOF_NONE), /* Portuguese */
    WORD("parola d'ordine", PROOF_NONE), /* Italian */
    WORD("wachtwoord", PROOF_NONE), /* Dutch */
    WORD("l\xc3\xb6senord", PROOF_NONE), /* Swedish */
    WORD("adgangskode", PROOF_NONE), WORD("kodeord", PROOF_NONE), /* Danish */
    WORD("passord", PROOF_NONE), /* Norwegian */
    WORD("salasana", PROOF_NONE), /* Finnish */
    WORD("parool", PROOF_NONE), /* Estonian */
    WORD("parole", PROOF_NONE), /* Latvian */
    WORD("slapta\xc5\xbeodis", PROOF_NONE), /* Lithuanian */
    WORD("has\xc5\x82o", PROOF_NONE), /* Polish */
    WORD("heslo", PROOF_NONE), /* Czech, Slovak */
    WORD("jelsz\xc3\xb3", PROOF_NONE), /* Hungarian */
    WORD("parola", PROOF_NONE),
    WORD("parol\xc4\x83", PROOF_NONE), /* Romanian */
    WORD("lozinka", PROOF_NONE), WORD("zaporka", PROOF_NONE), /* Croatian */
    WORD("geslo", PROOF_NONE), /* Slovene */
    WORD("\xd0\xbb\xd0\xbe\xd0\xb7\xd0\xb8\xd0\xbd\xd0\xba\xd0\xb0",
	PROOF_NONE),
    /* Serbian */
    WORD("\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd1\x8c", PROOF_NONE),
    /* Russian, Ukrainian, without the first letter */
    WORD("\xd0\xb0\xd1\x80\xd0\xbe\xd0\xbb\xd0\xb0", PROOF_NONE),
    /* Bulgarian */
    WORD("\xce\xba\xcf\x89\xce\xb4\xce\xb9\xce\xba\xcf\x8c\xcf\x82 "
	"\xcf\x80\xcf\x81\xcf\x8c\xcf\x83\xce\xb2\xce\xb1\xcf\x83\xce\xb7\xcf"
	"\x82", PROOF_NONE), /* Greek */
    WORD("\xc5\x9f" "ifre", PROOF_NONE), WORD("\xc5\x9e" "ifre", PROOF_NONE),
    /* Turkish */
    WORD("\xd9\x83\xd9\x84\xd9\x85\xd8\xa9 "
	"\xd8\xa7\xd9\x84\xd9\x85\xd8\xb1\xd9\x88\xd8\xb1", PROOF_NONE),
    WORD("\xd9\x83\xd9\x84\xd9\x85\xd8\xa9 "
	"\xd8\xa7\xd9\x84\xd8\xb3\xd8\xb1", PROOF_NONE), /* Arabic */
    WORD("\xd7\xa1\xd7\x99\xd7\xa1\xd7\x9e\xd7\x94", PROOF_NONE),
    WORD("\xd7\xa1\xd7\x99\xd7\xa1\xd7\x9e\xd7\x90", PROOF_NONE), /* Hebrew */
    WORD("\xd8\xb1\xd9\x85\xd8\xb2 "
	"\xd8\xb9\xd8\xa8\xd9\x88\xd8\xb1", PROOF_NONE), /* Persian */
    WORD("\xe0\xa4\xaa\xe0\xa4\xbe\xe0\xa4\xb8\xe0\xa4\xb5\xe0\xa4\xb0\xe0\xa5"
	"\x8d\xe0\xa4\xa1", PROOF_NONE), /* Hindi */
    WORD("\xe0\xb8\xa3\xe0\xb8\xab\xe0\xb8\xb1\xe0\xb8\xaa\xe0\xb8\x9c\xe0\xb9"
	"\x88\xe0\xb8\xb2\xe0\xb8\x99", PROOF_NONE), /* Thai */
    WORD("m\xe1\xba\xadt kh\xe1\xba\xa9u", PROOF_NONE), /* Vietnamese */
    WORD("kata sandi", PROOF_NONE), WORD("kata laluan", PROOF_NONE), /* Malay */
    WORD("\xe3\x83\x91\xe3\x82\xb9\xe3\x83\xaf\xe3\x83\xbc\xe3\x83\x89",
	PROOF_NONE),
    WORD("\xe6\x9a\x97\xe8\xa8\xbc\xe7\x95\xaa\xe5\x8f\xb7", PROOF_NONE),
    /* Japanese */
    WORD("\xe5\xaf\x86\xe7\xa0\x81", PROOF_NONE),
    WORD("\xe5\xaf\x86\xe7\xa2\xbc", PROOF_NONE),
    WORD("\xe5\x8f\xa3\xe4\xbb\xa4", PROOF_NONE), /* Chinese */
    WORD("\xeb\xb9\x84\xeb\xb0\x80\xeb\xb2\x88\xed\x98\xb8", PROOF_NONE),
    WORD("\xec\x95\x94\xed\x98\xb8", PROOF_NONE), /* Korean */
};

/* What people write behind the word where a password would stand. */
static const char *const no_values[] = {"required", "incorrect", "wrong",
    "expired", "invalid", "forgotten", "forgot", "reset", "changed", "change",
    "unknown", "missing", "none", "null", "nil", "true", "false", "yes", "no",
    "empty", "n/a", "hidden", "removed", "redacted", "rejected", "accepted",
    "ok", "failed", "not", "same", "see", "help", "lost", "is", "the",
    "falsch", "vergessen", "abgelaufen", "ung\xc3\xbcltig", "nein", "ja",
    "siehe", "oubli\xc3\xa9", "incorrecto", "incorrecta", "olvidada",
    "vergeten", "verlopen", "string", "password", "passwort", "todo", "tbd",
    "your", "my", "prompt", "ask", "protected", "enabled", "disabled",
    "protection", "policy", "manager", "recovery", "problem", "error"};

/* Letter by letter from the end, which hardly any word gets past. */
static bool
ends_with(struct span text, size_t end, const char *word, size_t len)
{
	if (len > end)
		return false;
	while (len > 0 &&
	    ascii_lower((unsigned char)text.at[end - 1]) ==
		(unsigned char)word[len - 1]) {
		end--;
		len--;
	}
	return len == 0;
}

/* Not a letter of ASCII before the word: "bypass:" is none. */
static const char *
word_before(struct span text, size_t end, enum proof *proof_r)
{
	unsigned char last = end > 0 ? (unsigned char)text.at[end - 1] : 0;

	/* They all end in a letter, and most of what stands before the colons
	 * of a log or table does not. */
	if (!ascii_alpha(last) && last < 0x80)
		return NULL;
	for (size_t i = 0; i < sizeof words / sizeof *words; i++) {
		size_t len = words[i].len;

		if (!ends_with(text, end, words[i].word, len) ||
		    (ascii_alpha((unsigned char)words[i].word[0]) &&
			end > len && secret_is_alnum(text, end - len - 1)))
			continue;
		*proof_r = words[i].proof;
		return words[i].word;
	}
	return NULL;
}

static size_t
back_over_blanks(struct span text, size_t end)
{
	size_t most = 4;

	while (end > 0 && most-- > 0 &&
	    strchr(" \t*_\"'`", text.at[end - 1]) != NULL)
		end--;
	return end;
}

struct looks {
	bool lower, upper, digit, other;
};

static struct looks
looks_of(struct span value)
{
	struct looks l = {0};

	for (size_t i = 0; i < value.len; i++) {
		unsigned char c = (unsigned char)value.at[i];

		l.digit |= ascii_digit(c);
		l.lower |= c >= 'a' && c <= 'z';
		l.upper |= c >= 'A' && c <= 'Z';
		l.other |= !ascii_digit(c) && !ascii_alpha(c);
	}
	return l;
}

static bool
is_no_value(struct span value)
{
	size_t same = 1;

	while (value.len > 0 &&
	    strchr(".,;!?)", value.at[value.len - 1]) != NULL)
		value.len--;
	for (size_t i = 0; i < sizeof no_values / sizeof *no_values; i++)
		if (span_is(value, no_values[i]))
			return true;
	while (same < value.len && value.at[same] == value.at[0])
		same++;
	/* "****", "xxxx", "<your password>", "$PASSWORD", "{{ it }}" */
	return value.len < 3 || same == value.len ||
	    strchr("<[{$%*", value.at[0]) != NULL ||
	    (unsigned char)value.at[0] == 0xe2; /* bullets */
}

/* Several words behind the colon are a sentence, unless the first of them is
 * no word of any language. */
static bool
is_proven(enum proof proof, struct span value, bool alone)
{
	struct looks l = looks_of(value);
	int kinds = l.lower + l.upper + l.digit + l.other;

	switch (proof) {
	case PROOF_NONE:
		break;
	case PROOF_DIGITS:
		return l.digit && kinds == 1 && value.len <= 8;
	case PROOF_STRONG:
		return value.len >= 16 && l.digit && (l.lower || l.upper);
	}
	if (is_no_value(value))
		return false;
	if (alone)
		return true;
	return l.digit ? kinds >= 2 : l.lower && l.upper && l.other;
}

/* A run without blanks, or what stands in quotes. In an address of the web
 * the next parameter ends it. */
static struct span
take_value(struct span text, size_t at, char separator)
{
	const char *ends = separator == '=' ? "&<>\"" : "<>\"";
	char quote = text.at[at];
	size_t len = 0;

	if (quote == '"' || quote == '\'' || quote == '`') {
		at++;
		while (at + len < text.len && len <= VALUE_MOST &&
		    text.at[at + len] != quote && text.at[at + len] != '\n')
			len++;
		return (struct span){text.at + at, len};
	}
	while (at + len < text.len && len <= VALUE_MOST &&
	    !ascii_blank((unsigned char)text.at[at + len]) &&
	    strchr(ends, text.at[at + len]) == NULL)
		len++;
	return (struct span){text.at + at, len};
}

/* Nothing else on the line, however long the blanks are. */
static bool
is_alone(struct span text, size_t end)
{
	size_t most = 80;

	while (end < text.len && most-- > 0 &&
	    (text.at[end] == ' ' || text.at[end] == '\t' ||
		text.at[end] == '\r' || strchr("\"'`>", text.at[end]) != NULL))
		end++;
	return end >= text.len || text.at[end] == '\n' ||
	    text.at[end] == '&' || text.at[end] == '<';
}

size_t
secret_look_password(struct span text, size_t at, size_t *start_r)
{
	size_t width = 1, begin, most = 8;
	enum proof proof;
	struct span value;

	if (text.at[at] == '\xef') { /* the colon of East Asia */
		if (at + 3 > text.len ||
		    memcmp(text.at + at, "\xef\xbc\x9a", 3) != 0)
			return 0;
		width = 3;
	}
	if (word_before(text, back_over_blanks(text, at), &proof) == NULL)
		return 0;
	begin = at + width;
	while (begin < text.len && most-- > 0 &&
	    strchr(" \t*=", text.at[begin]) != NULL)
		begin++;
	if (begin >= text.len || text.at[begin] == '\n')
		return 0;
	value = take_value(text, begin, text.at[at]);
	if (value.len == 0 || value.len > VALUE_MOST ||
	    !is_proven(proof, value,
		is_alone(text, (size_t)(value.at - text.at) + value.len)))
		return 0;
	*start_r = (size_t)(value.at - text.at);
	return value.len;
}

/* ---- keys that say what they are ---------------------------------------- */

enum letters {
	UPPER,	/* and digits */
	ALNUM,
	WORD,	/* and _ */
	URL,	/* and _ - */
	DOTTED, /* and _ - . */
};

/* By how the services publish their forms; `least` and `most` count what
 * stands behind the prefix. */
static const struct {
	const char *prefix;
	enum letters letters;
	size_t least, most;
} tokens[] = {
    {"AKIA", UPPER, 16, 16}, {"ASIA", UPPER, 16, 16}, /* Amazon */
    {"AIza", URL, 35, 35}, {"ya29.", DOTTED, 20, 2000}, /* Google */
    {"ghp_", ALNUM, 36, 255}, {"gho_", ALNUM, 36, 255}, /* GitHub */
    {"ghu_", ALNUM, 36, 255}, {"ghs_", ALNUM, 36, 255},
    {"ghr_", ALNUM, 36, 255}, {"github_pat_", WORD, 22, 255},
    {"glpat-", URL, 20, 255}, /* GitLab */
    {"xoxb-", URL, 20, 255}, {"xoxp-", URL, 20, 255}, /* Slack */
    {"xoxa-", URL, 20, 255}, {"xoxr-", URL, 20, 255},
    {"xoxs-", URL, 20, 255}, {"xapp-", URL, 20, 255},
    {"sk_live_", ALNUM, 16, 255}, {"rk_live_", ALNUM, 16, 255}, /* Stripe */
    {"whsec_", ALNUM, 24, 255},
    {"sk-proj-", URL, 32, 255}, {"sk-ant-", URL, 32, 255}, /* models */
    {"npm_", ALNUM, 36, 36}, {"pypi-", URL, 50, 400}, /* registries */
    {"hf_", ALNUM, 34, 34}, {"dop_v1_", ALNUM, 64, 64},
    {"shpat_", ALNUM, 32, 32}, {"SG.", DOTTED, 60, 70},
};

static bool
is_letter(enum letters letters, unsigned char c)
{
	bool alnum = ascii_digit(c) || ascii_alpha(c);

	switch (letters) {
	case UPPER:
		return ascii_digit(c) || (c >= 'A' && c <= 'Z');
	case ALNUM:
		return alnum;
	case WORD:
		return alnum || c == '_';
	case URL:
		return alnum || c == '_' || c == '-';
	case DOTTED:
		return alnum || c == '_' || c == '-' || c == '.';
	}
	return false;
}

static size_t
run_length(struct span text, size_t at, enum letters letters, size_t most)
{
	size_t len = 0;

	while (at + len < text.len && len <= most &&
	    is_letter(letters, (unsigned char)text.at[at + len]))
		len++;
	return len;
}

/* RFC 7519: three parts of base64, the first two of which are objects. */
static size_t
look_jwt(struct span text, size_t at)
{
	size_t head, body, sign, i = at;

	if (memcmp(text.at + at, "eyJ", 3) != 0)
		return 0;
	head = run_length(text, i, URL, TOKEN_MOST);
	i += head;
	if (head < 12 || head > TOKEN_MOST || i + 4 > text.len ||
	    memcmp(text.at + i, ".eyJ", 4) != 0)
		return 0;
	body = run_length(text, i + 1, URL, TOKEN_MOST);
	i += 1 + body;
	if (body < 12 || body > TOKEN_MOST || i >= text.len ||
	    text.at[i] != '.')
		return 0;
	sign = run_length(text, i + 1, URL, TOKEN_MOST);
	return sign >= 16 && sign <= TOKEN_MOST ? i + 1 + sign - at : 0;
}

size_t
secret_look_token(struct span text, size_t at)
{
	for (size_t i = 0; i < sizeof tokens / sizeof *tokens; i++) {
		size_t prefix, len;

		if (text.at[at] != tokens[i].prefix[0])
			continue;
		prefix = strlen(tokens[i].prefix);
		if (memcmp(text.at + at, tokens[i].prefix, prefix) != 0)
			continue;
		len = run_length(
		    text, at + prefix, tokens[i].letters, tokens[i].most);
		if (len >= tokens[i].least && len <= tokens[i].most)
			return prefix + len;
	}
	return look_jwt(text, at);
}
