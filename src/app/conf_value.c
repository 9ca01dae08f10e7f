#include <arpa/inet.h>
#include <string.h>

#include "span.h"

#include "conf_value.h"

struct unit {
	const char *name;
	int64_t size;
};

static const struct unit times[] = {{"d", 86400000}, {"h", 3600000},
    {"m", 60000}, {"s", 1000}, {"ms", 1}, {NULL, 0}};
static const struct unit octets[] = {
    {"MiB", 1024 * 1024}, {"KiB", 1024}, {"", 1}, {NULL, 0}};

/* At most nine digits, so that no product overflows. */
static bool
quantity(const char *text, const struct unit *units, int64_t *value_r)
{
	int64_t value = 0;
	const char *at = text;

	while (ascii_digit((unsigned char)*at) && at - text < 9)
		value = value * 10 + (*at++ - '0');
	if (at == text)
		return false;
	for (; units->name != NULL; units++) {
		if (strcmp(at, units->name) == 0) {
			*value_r = value * units->size;
			return true;
		}
	}
	return false;
}

static char *
quantity_text(struct arena *arena, int64_t value, const struct unit *units)
{
	while (units[1].name != NULL &&
	    (value == 0 || value % units->size != 0))
		units++;
	return arena_print(arena, "%lld%s",
	    (long long)(value / units->size), units->name);
}

bool
conf_time(const char *text, int64_t *time_r)
{
	return quantity(text, times, time_r);
}

bool
conf_octets(const char *text, int64_t *octets_r)
{
	return quantity(text, octets, octets_r);
}

char *
conf_time_text(struct arena *arena, int64_t time)
{
	return time == 0 ? arena_copy_text(arena, "0s")
			 : quantity_text(arena, time, times);
}

char *
conf_octets_text(struct arena *arena, int64_t count)
{
	return quantity_text(arena, count, octets);
}

static bool
every(const char *text, const char *also)
{
	for (; *text != '\0'; text++) {
		if (!ascii_alpha((unsigned char)*text) &&
		    !ascii_digit((unsigned char)*text) &&
		    strchr(also, *text) == NULL)
			return false;
	}
	return true;
}

/* Labels of letters, digits and hyphens (RFC 1123), or an address in digits.
 * Names in other scripts are written in their ASCII form. */
static bool
is_host(const char *text)
{
	unsigned char address[16];
	const char *dot;
	size_t len;

	if (inet_pton(AF_INET6, text, address) == 1)
		return true;
	if (strlen(text) > 253)
		return false;
	for (;; text = dot + 1) {
		dot = strchrnul(text, '.');
		len = (size_t)(dot - text);
		if (len == 0 || len > 63 || *text == '-' || dot[-1] == '-')
			return false;
		if (*dot == '\0')
			break;
	}
	return true;
}

static bool
is_address(const char *text)
{
	const char *at = strrchr(text, '@');

	if (at == NULL || at == text || at - text > 64 || text[0] == '.' ||
	    at[-1] == '.' || strstr(text, "..") != NULL)
		return false;
	for (const char *c = text; c < at; c++) {
		if (!ascii_alpha((unsigned char)*c) &&
		    !ascii_digit((unsigned char)*c) &&
		    strchr("!#$%&'*/=?^_`{|}~.+-", *c) == NULL)
			return false;
	}
	return every(at + 1, ".-") && is_host(at + 1);
}

static bool
is_prefix(const char *text)
{
	size_t len = strlen(text);

	if (text[0] != '+' || len < 2 || len > 8 || text[1] == '0')
		return false;
	return strspn(text + 1, "0123456789") == len - 1;
}

/* Texts reach mails, requests and logs: no line ends, no controls. */
static bool
is_text(const char *text)
{
	for (; *text != '\0'; text++) {
		if ((unsigned char)*text < ' ' || *text == 127)
			return false;
	}
	return true;
}

const char *
conf_text_wrong(enum conf_type type, const char *text)
{
	if (!is_text(text))
		return "has a control character or a line end in it";
	if (type == CONF_NAME && !every(text, "-_"))
		return "is a name: only letters, digits, - and _";
	if (type == CONF_ADDRESS && !is_address(text))
		return "is not a mail address: write local@domain, in ASCII";
	if (type == CONF_HOST &&
	    !(every(text, ".-:") && (*text == '\0' || is_host(text))))
		return "is not a host name or an IP address";
	if (type == CONF_PREFIX && !is_prefix(text))
		return "is not the beginning of a number: write + and digits, "
		       "\"+49\"";
	return NULL;
}

bool
conf_loopback(const char *host)
{
	return span_is(span_of(host), "localhost") ||
	    strcmp(host, "::1") == 0 ||
	    (strncmp(host, "127.", 4) == 0 &&
		strspn(host, "0123456789.") == strlen(host));
}
