/* token: the access token for XOAUTH2, read anew at each login because it
 * lives for an hour. */
#ifndef TRANSPORT_TOKEN_H
#define TRANSPORT_TOKEN_H

#include "arena.h"

enum token_result {
	TOKEN_OK = 0,
	TOKEN_MISSING = -1, /* the file or the program gives none */
	TOKEN_BAD = -2,	    /* too long, or octets that no token has */
	TOKEN_SLOW = -3,    /* the program took longer than `timeout` */
};

/* From `file`, or when that is NULL or "" from the standard output of
 * `command`, which /bin/sh runs. `timeout` in milliseconds. */
enum token_result token_read(const char *file, const char *command,
    int timeout, struct arena *arena, char **token_r);
/* What is wrong, in a few words for the log. */
const char *token_word(enum token_result result);

#endif
