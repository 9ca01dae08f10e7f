/* credential: the token that opens a mailbox or a relay (XOAUTH2). */
#ifndef TRANSPORT_CREDENTIAL_H
#define TRANSPORT_CREDENTIAL_H

#include <stddef.h>

/* How long a helper command may take, in milliseconds. */
#define CREDENTIAL_COMMAND_MS 10000

enum credential_result {
	CREDENTIAL_OK = 0,
	CREDENTIAL_NONE = -1,	/* no file, no command, or they gave nothing */
	CREDENTIAL_OPEN = -2,	/* others than its owner may read the file */
	CREDENTIAL_BAD = -3,	/* not one printable word, or too long */
	CREDENTIAL_FAILED = -4, /* the command failed or took too long */
};

/* Reads the token afresh, from `file` or, when that is "" or NULL, from what
 * `command` prints (run by /bin/sh -c; its input and its errors are
 * /dev/null). Blanks around it are trimmed; it must be one word of printable
 * ASCII and shorter than `room`. Waits up to CREDENTIAL_COMMAND_MS for the
 * command and kills it, with all that it started, after that. SIGCHLD must
 * not be ignored by the process.
 *
 * A negative credential_result leaves a sentence in `why_r`, without any part
 * of the secret, and an empty `token_r`. */
int credential_token(const char *file, const char *command, char *token_r,
    size_t room, const char **why_r);

#endif
