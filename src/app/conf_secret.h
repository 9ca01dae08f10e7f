/* conf_secret: what only its owner may read. */
#ifndef APP_CONF_SECRET_H
#define APP_CONF_SECRET_H

#include "arena.h"

#define CONF_SECRET_MAX 4096

/* Where systemd has put a credential; NULL when it has given none. */
const char *conf_credential_path(struct arena *arena, const char *name);
/* NULL when the file is there for its owner alone, who is root or us; else
 * what is wrong with it. */
const char *conf_secret_wrong(struct arena *arena, const char *path);
/* What the file holds, in `secret_r`, without the line end at its end; NULL,
 * or what is wrong with it. */
const char *conf_secret_read(
    struct arena *arena, const char *path, const char **secret_r);

#endif
