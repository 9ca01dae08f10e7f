#include <string.h>

#include "buf.h"
#include "span.h"

#include "smtp_wire.h"

static bool
is_atom(int c)
{
	return ascii_alpha(c) || ascii_digit(c) ||
	       (c != '\0' && strchr("!#$%&'*+-/=?^_`{|}~", c) != NULL);
}

/* Atoms with single dots between them. */
static bool
is_dot_atom(struct span text)
{
	bool dot = true;

	for (size_t i = 0; i < text.len; i++) {
		unsigned char c = (unsigned char)text.at[i];

		if (c == '.' ? dot : !is_atom(c))
			return false;
		dot = c == '.';
	}
	return text.len > 0 && !dot;
}

/* Letters, digits and hyphens in labels: what DNS knows as a host. */
static bool
is_host(struct span name)
{
	char before = '.';

	for (size_t i = 0; i < name.len; i++) {
		char c = name.at[i];
		bool letter = ascii_alpha((unsigned char)c) ||
			      ascii_digit((unsigned char)c);

		if (!letter && c != '-' && c != '.')
			return false;
		if ((before == '.' && !letter) || (before == '-' && c == '.'))
			return false;
		before = c;
	}
	return name.len > 0 && name.len <= 253 && before != '.' &&
	       before != '-';
}

bool
smtp_host(const char *name)
{
	return is_host(span_of(name));
}

bool
smtp_address(const char *address)
{
	const char *at = strchr(address, '@');
	struct span local;

	if (at == NULL || strlen(address) > SMTP_ADDRESS_MAX)
		return false;
	local = span_from(address, at);
	return local.len <= SMTP_LOCAL_MAX && is_dot_atom(local) &&
	       is_host(span_of(at + 1));
}

const char *
smtp_lint(struct span mail, bool *eight_r)
{
	const char *at = mail.at, *end = mail.at + mail.len;
	bool separated = false, eight = false;

	if (mail.len == 0)
		return "it is empty";
	while (at < end) {
		const char *lf = memchr(at, '\n', (size_t)(end - at));
		size_t len;

		if (lf == NULL || lf == at || lf[-1] != '\r')
			return "a line does not end with CR LF";
		len = (size_t)(lf - 1 - at);
		if (len > SMTP_TEXT_LINE)
			return "a line is longer than 998 octets";
		if (len == 0 && at == mail.at)
			return "there is no header";
		separated = separated || len == 0;
		for (size_t i = 0; i < len; i++) {
			if (at[i] == '\r')
				return "there is a CR without LF";
			if (at[i] == '\0')
				return "there is a NUL";
			eight = eight || (unsigned char)at[i] > 127;
		}
		at = lf + 1;
	}
	if (!separated)
		return "no empty line ends the header";
	*eight_r = eight;
	return NULL;
}

void
smtp_stuff(struct buf *out, struct span mail)
{
	const char *at = mail.at, *end = mail.at + mail.len;

	buf_reserve(out, mail.len + mail.len / 16 + 3);
	/* Runs between two lines that begin with a dot go in one piece. */
	if (*at == '.')
		buf_put(out, '.');
	while (at < end) {
		const char *run = memmem(at, (size_t)(end - at), "\n.", 2);

		run = run != NULL ? run + 1 : end;
		buf_add(out, span_from(at, run));
		if (run < end)
			buf_put(out, '.');
		at = run;
		/* The dot itself belongs to the next run. */
		if (at < end) {
			buf_put(out, '.');
			at++;
		}
	}
	buf_add_text(out, ".\r\n");
}
