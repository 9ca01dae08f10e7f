/* core_conf: what the core stage is told, and by which pipes it is told it.
 * All constant, all owned by the app, all valid as long as the process. */
#ifndef STAGE_CORE_CONF_H
#define STAGE_CORE_CONF_H

#include <stdbool.h>
#include <stddef.h>

#include "decide.h"
#include "notice_text.h"
#include "people.h"
#include "token.h"
#include "when.h"

struct core_conf {
	const char *desk_name;	/* "Example Support" */
	const char *domain;	/* right side of Message-IDs */
	const char *language;
	const struct policy *policy;
	const struct people *people;
	const char *const *engineer_names; /* of all engineers */
	const char *const *our_addresses;  /* no customer's: our doors', our
					      engineers' */
	size_t our_count;
	/* One a language, the conf's first; ends with NULL. */
	const struct notice_set *const *notices;
	bool sms_enabled;
	when give_up_mail;	/* a notice's age at which it is given up */
	when give_up_sms;
	unsigned parcels_most;	/* in the air at once */
};

#endif
