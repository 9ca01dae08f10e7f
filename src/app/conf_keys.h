/* conf_keys: the one table of what a conf may say.
 *
 * Loading walks the file against it; the example conf and the manual are
 * printed from it. A section is a group, or a list of groups, in the file; a
 * key is a member of it and a member of a struct in memory. */
#ifndef APP_CONF_KEYS_H
#define APP_CONF_KEYS_H

#include <stddef.h>
#include <stdint.h>

/* How a value is written, checked and kept. All but COUNT, FLAG and TEXTS
 * are strings in the file. */
enum conf_type {
	CONF_TEXT,	 /* any; const char * */
	CONF_NAME,	 /* letters, digits, - and _; const char * */
	CONF_ADDRESS,	 /* of mail: local@domain */
	CONF_HOST,	 /* a host or domain name, or an IP address */
	CONF_PREFIX,	 /* a telephone country: "+49" */
	CONF_PATH,	 /* kept whole; relative to the conf's folder */
	CONF_COUNT,	 /* an integer */
	CONF_OCTETS,	 /* "64KiB", "32MiB" */
	CONF_TIME,	 /* "90s", "4h", "3d"; kept in `unit` */
	CONF_FLAG,	 /* true, false; bool */
	CONF_WORD,	 /* one of `words`; enum or int */
	CONF_TEXTS,	 /* a list of `element`; ends with NULL */
	CONF_SECRET,	 /* a file that holds it; kept is what it holds */
	CONF_CREDENTIAL, /* likewise by the name of a systemd credential */
	CONF_SECRET_PATH, /* a file that holds it; kept is its path */
	CONF_CREDENTIAL_PATH,
};

struct conf_word {
	const char *word;
	int value;
};

struct conf_key {
	const char *name;
	enum conf_type type;
	size_t offset, width;	/* of the member in memory */
	const char *otherwise;	/* when it is not there; NULL: it must be */
	int64_t least, most;	/* COUNT, OCTETS; TIME in milliseconds */
	int64_t unit;		/* milliseconds of one, TIME */
	const struct conf_word *words; /* ends with a NULL word */
	enum conf_type element;	/* TEXTS */
	size_t count_offset;	/* TEXTS: a size_t beside it; 0 none */
	const char *example;	/* what the example conf says; NULL: the
				   default, commented out */
	const char *help;
};

struct conf_section {
	const char *name;
	const char *file;	/* of the example conf */
	size_t item;		/* a list: octets of one; 0: a group */
	size_t offset;		/* a list: of the pointer in struct conf */
	size_t count_offset;	/* and of its size_t */
	const struct conf_key *keys; /* ends with a NULL name */
	const char *help;
};

/* Ends with a NULL name. */
const struct conf_section *conf_sections(void);

#endif
