#include "buf.h"

#include "quote_attribution.h"

static bool
ends_with(struct span s, const char *end)
{
	size_t len = strlen(end);

	return s.len >= len && memcmp(s.at + s.len - len, end, len) == 0;
}

/* Without blanks and without the marks of direction that stand round an
 * attribution in Hebrew and Arabic (U+200E, U+200F, U+202A to U+202E). */
static struct span
trim_end(struct span s)
{
	s = span_trim(s);
	while (s.len >= 3 && s.at[s.len - 3] == '\xe2' &&
	       s.at[s.len - 2] == '\x80' &&
	       octet_in(s.at[s.len - 1], "\x8e\x8f\xaa\xab\xac\xad\xae"))
		s.len -= 3;
	return span_trim(s);
}

/* An attribution ends in a colon; Zoho and some phones forget it. */
bool
quote_attribution_may_end(struct span s)
{
	s = trim_end(s);
	return s.len > 0 && s.len <= QUOTE_ATTRIBUTION_OCTETS &&
	       (ends_with(s, ":") || ends_with(s, "：") ||
		   ends_with(s, "wrote") || ends_with(s, "wrote ----") ||
		   ends_with(s, ":*") || ends_with(s, ": "));
}

/* The lines, which stand last to first, as one; `bare`: without what stands
 * in angle brackets, because addresses hold digits that are no date. */
static struct span
join(struct arena *arena, const struct span *lines, size_t count, bool bare)
{
	struct buf out = buf_in(arena);
	bool inside = false;

	while (count-- > 0) {
		struct span s = span_trim(lines[count]);

		for (size_t k = 0; k < s.len; k++) {
			if (s.at[k] == '<')
				inside = true;
			if (!inside || !bare)
				buf_put(&out, s.at[k]);
			if (s.at[k] == '>')
				inside = false;
		}
		buf_put(&out, ' ');
	}
	return span_trim(buf_span(&out));
}

static bool
has_address(struct span s)
{
	return s.len > 0 && memchr(s.at, '@', s.len) != NULL;
}

/* "Name <address>:" and no more: how an attribution ends that has no verb. */
static bool
ends_with_address(struct span s)
{
	s = trim_end(s);
	return ends_with(s, ">:") || ends_with(s, ">：") ||
	       ends_with(s, "> :") || ends_with(s, ">:*");
}

/* "Name <address> wrote:": nothing but the verb behind the address. "Quoting
 * Name <address>:" a person may write too, above what he quotes by hand. */
static bool
ends_soon_after_address(struct span s)
{
	size_t blanks = 0;

	if (ends_with_address(s))
		return false;
	for (size_t i = s.len; i > 0; i--) {
		if (s.at[i - 1] == '>')
			return blanks <= 3;
		blanks += s.at[i - 1] == ' ';
	}
	return false;
}

/* So few words stand round an address and a date in what Mutt and others put
 * above a quote: "* Anna <anna@example.org> [2026-11-02 10:00]:". */
#define FEW_WORDS 4

static bool
has_few_words(struct span bare)
{
	size_t words = 0;
	bool inside = false;

	for (size_t i = 0; i < bare.len; i++) {
		int c = (unsigned char)bare.at[i];
		bool letter = ascii_alpha(c) || c >= 0x80;

		words += letter && !inside;
		inside = letter;
	}
	return words <= FEW_WORDS;
}

/* "10:00", "10.00", "10h00": clients tell the minute, people the day; and
 * clients leave a blank line below. */
static bool
has_clock(struct span s)
{
	for (size_t i = 1; i + 2 < s.len; i++) {
		bool one = ascii_digit((unsigned char)s.at[i - 1]);
		bool two = one && i > 1 &&
		    ascii_digit((unsigned char)s.at[i - 2]);
		size_t before = i - 1 - two;

		/* In whatever digits. */
		if (s.at[i] == ':' && s.at[i - 1] != ' ' && s.at[i + 1] != ' ')
			return true;
		if (one && (s.at[i] == '.' || s.at[i] == 'h') &&
		    ascii_digit((unsigned char)s.at[i + 1]) &&
		    ascii_digit((unsigned char)s.at[i + 2]) &&
		    (before == 0 || s.at[before - 1] == ' ') &&
		    (i + 3 == s.len || !octet_in(s.at[i + 3], ".0123456789")))
			return true;
	}
	return false;
}

/* How sure it is that these lines are an attribution: 0 not at all;
 * 1 when a quote below must bear it out; 2 sure, though it may begin above; 3
 * whole. A person's sentence may hold a date and an address and end in a colon
 * too, so that is not enough. */
static int
weight_of(struct arena *arena, const struct quote_matcher *m,
    const struct span *lines, size_t count, bool apart)
{
	struct span whole = join(arena, lines, count, false);
	struct span bare = join(arena, lines, count, true);
	bool verb = quote_matches(m, QUOTE_VERB, whole);
	bool dated;

	if (!verb && !has_address(whole))
		return 0;
	dated = quote_matches(m, QUOTE_DATE, bare);
	if (dated && (verb || ends_with_address(whole)) &&
	    (apart || has_address(whole) || has_clock(bare)) &&
	    quote_matches(m, QUOTE_OPENING, whole))
		return 3;
	if (verb && has_address(whole) &&
	    (dated || ends_soon_after_address(whole)))
		return 2;
	return verb || (dated && has_few_words(bare)) ? 1 : 0;
}

size_t
quote_attribution_length(struct arena *arena,
    const struct quote_matcher *matcher, const struct span *lines, size_t count,
    bool apart, bool *sure_r)
{
	size_t length = 0;
	int weight = 0;

	/* The nearest beginning that makes it whole is taken, so that the
	 * sentence above is not swallowed. */
	for (size_t n = 1; n <= count && weight < 3; n++) {
		int found;

		if (lines[n - 1].len > QUOTE_ATTRIBUTION_OCTETS)
			break;
		found = weight_of(arena, matcher, lines, n, apart);
		if (found > weight) {
			weight = found;
			length = n;
		}
	}
	*sure_r = weight >= 2;
	return length;
}
