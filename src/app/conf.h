/* conf: what the admin wrote, checked whole, as one constant value.
 *
 * One table of keys (conf_keys.c: path, type, unit, bounds, default, help) is
 * what the tree is walked against, and what conf/gatepost.conf and the manual
 * page are printed from. Whoever needs a part of it gets that part as a const
 * argument; nobody asks for a key by name. */
#ifndef APP_CONF_H
#define APP_CONF_H

#include <stdbool.h>
#include <stddef.h>

#include "arena.h"

#include "decide.h"
#include "people.h"
#include "worktime.h"

#include "mail_read.h"
#include "sink.h"
#include "source.h"

struct conf_mailbox {
	struct door door; /* its name, our address, what it trusts */
	enum { MAILBOX_IMAP, MAILBOX_MAILDIR } kind;
	struct imap_conf imap;
	struct maildir_conf maildir;
};

struct conf_calendar {
	const char *name;
	const char *zone;
	const char *const *hours;    /* as written; ends with NULL */
	const char *const *holidays; /* likewise */
	struct worktime worktime;    /* what they come to */
};

struct conf {
	const char *path;
	const char *state_folder;
	const char *master_key_file;
	const char *user;	 /* to run as, when started as root; "" */
	const char *desk_name;	 /* "Example Support" */
	const char *domain;	 /* right side of Message-IDs */
	const char *template_folder; /* "" those that were installed */
	const char *quote_patterns; /* a file of more of them; "" */
	const char *language;
	struct policy policy;
	struct mail_limits limits;
	int log_level;		 /* as log_level() takes it */

	struct conf_mailbox *mailboxes;
	size_t mailbox_count;
	struct conf_calendar *calendars; /* of the plans */
	size_t calendar_count;
	struct people people; /* doors[i] is that of mailboxes[i]; the first
				 service is the fallback */

	bool mail_to_folder;	 /* the embedded sink, for mail and SMS */
	struct folder_conf folder;
	struct smtp_conf smtp;
	bool sms_enabled;	 /* by the folder, or by a gateway */
	const char *sms_preset;	 /* "kannel", ...; "" all is said in sms */
	struct sms_conf sms;
	const char *const *sms_countries; /* "+49", ...; ends with NULL */
	unsigned retries_mail_hours;	  /* a notice is given up after */
	unsigned retries_sms_hours;
};

/* Reads a file and what it includes. NULL when anything is wrong; every
 * mistake found (not only the first) is in `errors_r`, one a line:
 *	gatepost.conf:12: mailboxes[0].prot: unknown key; did you mean "port"?
 * All in the arena. */
const struct conf *conf_load(
    struct arena *arena, const char *path, const char **errors_r);

/* The example conf, file by file ("gatepost.conf", "mailboxes.conf", ...),
 * and the section CONFIGURATION of the manual page, from the table. */
char *conf_example(struct arena *arena, const char *file);
char *conf_manual(struct arena *arena);

#endif
