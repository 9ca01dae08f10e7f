#include <stdio.h>
#include <string.h>

#include "buf.h"
#include "span.h"
#include "utf8.h"

#include "sms_template.h"

enum sms_place
sms_body_place(const char *content_type)
{
	struct span type = span_of(content_type);
	const char *end = strchr(content_type, ';');

	if (end != NULL)
		type = span_trim(span_from(content_type, end));
	if (span_is(type, "application/x-www-form-urlencoded"))
		return SMS_IN_FORM;
	if (span_is(type, "application/json") ||
	    (type.len > 5 &&
		span_is((struct span){type.at + type.len - 5, 5}, "+json")))
		return SMS_IN_JSON;
	return SMS_IN_TEXT;
}

bool
sms_number(const char *number)
{
	size_t digits = strspn(number + (number[0] == '+'), "0123456789");

	return number[0] == '+' && number[1] != '0' && digits >= 7 &&
	       digits <= 15 && number[digits + 1] == '\0';
}

bool
sms_is_gsm(const char *text)
{
	/* 3GPP TS 23.038, 6.2.1 and 6.2.1.1, beyond the ASCII that it has. */
	static const char more[] = "£¥èéùìòÇØøÅåΔΦΓΛΩΠΨΣΘΞÆæßÉ¤¡ÄÖÑÜ§¿äöñüà€";
	static const char not_there[] = "`\t";
	struct span rest = span_of(text);

	while (rest.len > 0) {
		size_t len;
		char one[5] = "";
		uint32_t c = utf8_read(rest, &len);

		if (c == UTF8_BAD)
			return false;
		memcpy(one, rest.at, len);
		if (c < 0x80
			? (c < 0x20 && c != '\n' && c != '\r') || c == 0x7f ||
			      strchr(not_there, (int)c) != NULL
			: strstr(more, one) == NULL)
			return false;
		rest.at += len;
		rest.len -= len;
	}
	return true;
}

static void
add_percent(struct buf *out, const char *value)
{
	for (; *value != '\0'; value++) {
		unsigned char c = (unsigned char)*value;

		if (ascii_alpha(c) || ascii_digit(c) || c == '-' || c == '.' ||
		    c == '_' || c == '~')
			buf_put(out, (char)c);
		else
			buf_print(out, "%%%02X", c);
	}
}

static void
add_json(struct buf *out, const char *value)
{
	struct buf clean = buf_in(out->arena);

	utf8_add_clean(&clean, span_of(value));
	for (size_t i = 0; i < clean.len; i++) {
		unsigned char c = (unsigned char)clean.at[i];

		if (c == '"' || c == '\\')
			buf_print(out, "\\%c", c);
		else if (c < 0x20)
			buf_print(out, "\\u%04x", c);
		else
			buf_put(out, (char)c);
	}
}

static int
add_value(struct buf *out, const char *value, enum sms_place place)
{
	switch (place) {
	case SMS_IN_URL:
	case SMS_IN_FORM:
		add_percent(out, value);
		return 0;
	case SMS_IN_JSON:
		add_json(out, value);
		return 0;
	case SMS_IN_HEADER:
		for (const char *s = value; *s != '\0'; s++) {
			if ((unsigned char)*s < 0x20 || *s == 0x7f)
				return -1;
		}
		break;
	case SMS_IN_TEXT:
		break;
	}
	buf_add_text(out, value);
	return 0;
}

/* The value that `{name}` at the beginning of `at` stands for, with its
 * length in `len_r`; NULL when it is no such name. */
static const char *
find_value(const char *at, const struct sms_values *values, size_t *len_r)
{
	bool gsm = sms_is_gsm(values->text);
	const struct {
		const char *name, *value;
	} rows[] = {
	    {"{to}", values->to},
	    {"{digits}", values->to + (values->to[0] == '+')},
	    {"{text}", values->text},
	    {"{reference}", values->reference},
	    {"{user}", values->user},
	    {"{password}", values->password},
	    {"{from}", values->from},
	    {"{coding}", gsm ? "0" : "2"},
	    {"{type}", gsm ? "text" : "unicode"},
	};

	for (size_t i = 0; i < sizeof rows / sizeof *rows; i++) {
		size_t len = strlen(rows[i].name);

		if (strncmp(at, rows[i].name, len) == 0) {
			*len_r = len;
			return rows[i].value;
		}
	}
	return NULL;
}

int
sms_expand(struct buf *out, const char *template, enum sms_place place,
    const struct sms_values *values)
{
	while (*template != '\0') {
		const char *brace = strchr(template, '{');
		const char *value;
		size_t len = 0;

		if (brace == NULL) {
			buf_add_text(out, template);
			break;
		}
		buf_add(out, span_from(template, brace));
		value = find_value(brace, values, &len);
		if (value == NULL) {
			buf_put(out, '{');
			template = brace + 1;
			continue;
		}
		if (add_value(out, value, place) < 0)
			return -1;
		template = brace + len;
	}
	return 0;
}
