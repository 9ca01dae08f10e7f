/* auth_field: the words of an Authentication-Results field (RFC 8601). Pure.
 *
 *	mx.example.com 1; dkim/1=pass (2048 bit) reason="good"
 *		header.d=a.example header.i="@a.example"; spf = none
 *
 * Comments are left out, of whatever depth, and quoted strings taken as they
 * are, so that what a sender can influence (a local part, a reason) is never
 * read as a result. */
#ifndef MAIL_AUTH_FIELD_H
#define MAIL_AUTH_FIELD_H

#include <stdbool.h>

#include "span.h"

#define AUTH_NAME_MAX 40

/* What is left of a field. */
struct auth_field {
	struct span rest;
};

/* What one method says: "dkim" "pass" "a.example". */
struct auth_result {
	char method[AUTH_NAME_MAX]; /* without its version, in lower case */
	struct span value;
	struct span domain; /* of header.from, header.d or header.i, or
			       smtp.mailfrom: whichever the method speaks of;
			       empty when it names two */
};

/* Takes the authserv-id, which stands first and may be quoted; what version
 * follows is skipped. False when there is none. */
bool auth_field_id(struct auth_field *field, struct span *id_r);
/* Takes "i=1;" from the front (RFC 8617); 0 when it is not there. */
unsigned auth_field_instance(struct auth_field *field);
/* Takes the next result. False at the end. */
bool auth_field_next(struct auth_field *field, struct auth_result *result_r);
/* The value of a tag in "v=1; d=a.example; l=200" (RFC 6376, 3.2), trimmed;
 * an empty span at NULL when it has none. */
struct span auth_tag(struct span body, const char *name);

#endif
