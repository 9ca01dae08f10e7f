#include <string.h>

#include "mail_write.h"

#define ADDRESS_MAX 254u /* RFC 5321, section 4.5.3.1.3, without < > */
#define LOCAL_MAX   64u
#define LABEL_MAX   63u

/* RFC 5322, section 3.2.3. */
static bool
is_atext(unsigned char c)
{
	return ascii_digit(c) || ascii_alpha(c) ||
	       (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

static bool
is_local(struct span local)
{
	if (local.len == 0 || local.len > LOCAL_MAX || local.at[0] == '.' ||
	    local.at[local.len - 1] == '.')
		return false;
	for (size_t i = 0; i < local.len; i++) {
		if (local.at[i] == '.' && local.at[i - 1] == '.')
			return false;
		if (local.at[i] != '.' && !is_atext((unsigned char)local.at[i]))
			return false;
	}
	return true;
}

static bool
is_label(struct span label)
{
	if (label.len == 0 || label.len > LABEL_MAX || label.at[0] == '-' ||
	    label.at[label.len - 1] == '-')
		return false;
	for (size_t i = 0; i < label.len; i++) {
		unsigned char c = (unsigned char)label.at[i];

		if (!ascii_digit(c) && !ascii_alpha(c) && c != '-')
			return false;
	}
	return true;
}

/* Letters, digits and hyphens between dots. A last label of digits alone is
 * an IP address without its brackets, which no mail domain is. */
static bool
is_domain(struct span domain)
{
	bool letters = false;

	while (true) {
		const char *dot = memchr(domain.at, '.', domain.len);
		struct span label = {
		    domain.at, dot ? (size_t)(dot - domain.at) : domain.len};

		if (!is_label(label))
			return false;
		letters = false;
		for (size_t i = 0; i < label.len; i++)
			letters |= !ascii_digit((unsigned char)label.at[i]);
		if (dot == NULL)
			return letters;
		domain = span_from(dot + 1, domain.at + domain.len);
	}
}

bool
mail_address_ok(const char *address)
{
	size_t len = strlen(address);
	const char *at = strchr(address, '@');

	return at != NULL && len <= ADDRESS_MAX &&
	       is_local(span_from(address, at)) &&
	       is_domain(span_from(at + 1, address + len));
}

bool
mail_octets_ok(struct span octets)
{
	const size_t longest = 998; /* RFC 5322, section 2.1.1 */
	const char *at = octets.at, *end = at + octets.len;
	bool body = false;

	while (at < end) {
		const char *lf = memchr(at, '\n', (size_t)(end - at));
		size_t len;

		if (lf == NULL || lf == at || lf[-1] != '\r')
			return false;
		len = (size_t)(lf - 1 - at);
		if (len > longest || memchr(at, '\r', len) != NULL ||
		    memchr(at, '\0', len) != NULL)
			return false;
		body |= len == 0 && at > octets.at;
		at = lf + 1;
	}
	return body;
}
