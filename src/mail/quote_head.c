#include "utf8.h"

#include "quote_head.h"

/* How far below its first line a block may go on, and how many lines without
 * a name (a long list of addresses, folded) may stand between two fields. */
#define BLOCK_LINES	   14
#define CONTINUATION_LINES 3
#define NAME_OCTETS	   72
#define SEEN_OCTETS	   200

enum role {
	ROLE_NONE = 0,
	ROLE_FROM = 1,
	ROLE_DATE = 2,
	ROLE_TO = 4,
	ROLE_SUBJECT = 8,
	ROLE_OTHER = 16,
};

static const struct {
	enum quote_sign sign;
	enum role role;
} roles[] = {
    {QUOTE_FROM, ROLE_FROM},
    {QUOTE_SENT, ROLE_DATE},
    {QUOTE_TO, ROLE_TO},
    {QUOTE_SUBJECT, ROLE_SUBJECT},
    {QUOTE_FIELD, ROLE_OTHER},
};

/* Whether a colon, ASCII's or the wide one of Chinese and Japanese, stands
 * where a name may end: a cheap look that most lines do not pass. */
static bool
has_name(struct span line)
{
	size_t len = line.len < NAME_OCTETS ? line.len : NAME_OCTETS;
	size_t more = len + 2 < line.len ? len + 2 : line.len;
	const char *wide;

	if (len == 0 || memchr(line.at, ':', len) != NULL)
		return len > 0;
	wide = memchr(line.at, QUOTE_WIDE_COLON[0], len);
	/* It may begin on the last octet of these. */
	return wide != NULL && memmem(wide, (size_t)(line.at + more - wide),
				   QUOTE_WIDE_COLON, 3) != NULL;
}

static enum role
role_of(const struct quote_matcher *matcher, struct span line)
{
	if (!has_name(line))
		return ROLE_NONE;
	if (line.len > SEEN_OCTETS)
		line.len = utf8_cut(line, SEEN_OCTETS);
	for (size_t i = 0; i < sizeof roles / sizeof *roles; i++) {
		if (quote_matches(matcher, roles[i].sign, line))
			return roles[i].role;
	}
	return ROLE_NONE;
}

/* A sender, and two of: when, to whom, about what; and a subject or somebody's
 * address among them. A person who books a journey writes such lines too
 * ("From: Berlin", "To: Munich", "Date: Monday"). */
static bool
enough(unsigned seen, bool address)
{
	int others = ((seen & ROLE_DATE) != 0) + ((seen & ROLE_TO) != 0) +
	    ((seen & ROLE_SUBJECT) != 0);

	return (seen & ROLE_FROM) != 0 && others >= 2 &&
	    (address || (seen & ROLE_SUBJECT) != 0);
}

static bool
has_address(struct span line)
{
	return line.len > 0 && memchr(line.at, '@', line.len) != NULL;
}

bool
quote_head_may_begin(const struct quote_matcher *matcher, struct span line)
{
	enum role role = role_of(matcher, line);

	return role == ROLE_FROM || role == ROLE_DATE ||
	       role == ROLE_SUBJECT || role == ROLE_TO;
}

bool
quote_head_begins(const struct quote_matcher *matcher,
    const struct span *lines, size_t count)
{
	enum role role = role_of(matcher, lines[0]);
	unsigned seen = role;
	size_t unnamed = 0;
	bool address = has_address(lines[0]);

	if (count > BLOCK_LINES)
		count = BLOCK_LINES;
	for (size_t i = 1; i < count && !enough(seen, address); i++) {
		role = role_of(matcher, lines[i]);
		address |= has_address(lines[i]);
		if (role == ROLE_NONE) {
			if (++unnamed > CONTINUATION_LINES)
				return false;
			continue;
		}
		/* The same field twice is a list of something else. */
		if ((seen & role & ~(unsigned)ROLE_OTHER) != 0)
			return false;
		seen |= role;
		unnamed = 0;
	}
	return enough(seen, address);
}
