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
#include "mail_read.h"
#include "sink.h"
#include "source.h"

struct conf_mailbox {
	const char *name;
	const char *address;	 /* ours: support@example.com */
	const char *service;	 /* of mails that name none */
	enum { MAILBOX_IMAP, MAILBOX_MAILDIR } kind;
	struct imap_conf imap;
	struct maildir_conf maildir;
	const char *const *authserv_ids; /* trusted, RFC 8601; ends with NULL */
	size_t authserv_count;
};

struct conf_engineer {
	const char *name;	 /* "anna": how the desk names her */
	const char *full_name;	 /* as customers see her */
	const char *address;
	bool contacts;		 /* may read customers' addresses */
};

struct conf_account {
	const char *name;
	const char *const *domains;   /* ends with NULL */
	const char *const *addresses; /* ends with NULL */
	unsigned quota;		      /* tickets a month */
};

struct conf_service {
	const char *name;
	const char *title;
	const char *tag;	 /* plus-tag that chooses it; "" none */
	const char *const *owners; /* engineers' names; ends with NULL */
	size_t owner_count;
};

struct conf {
	const char *path;
	const char *state_folder;
	const char *master_key_file;
	const char *user;	 /* to run as, when started as root; "" */
	const char *desk_name;	 /* "Example Support" */
	const char *domain;	 /* right side of Message-IDs */
	const char *template_folder;
	const char *language;
	struct policy policy;
	struct mail_limits limits;
	int log_level;

	struct conf_mailbox *mailboxes;
	size_t mailbox_count;
	struct conf_engineer *engineers;
	size_t engineer_count;
	struct conf_account *accounts;
	size_t account_count;
	struct conf_service *services; /* the first is the fallback */
	size_t service_count;

	bool mail_to_folder;	 /* the embedded sink, for mail and SMS */
	struct folder_conf folder;
	struct smtp_conf smtp;
	bool sms_enabled;
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
