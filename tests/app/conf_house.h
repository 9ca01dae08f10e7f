/* conf_house: a folder with a conf and secrets in it, for tests of the conf. */
#ifndef TESTS_CONF_HOUSE_H
#define TESTS_CONF_HOUSE_H

#include <sys/types.h>

#include "arena.h"

#include "conf.h"

struct house {
	struct arena *arena;
	char folder[64];
};

/* With the secrets "secret" (pw), "open", "empty" and "lines". */
struct house house_new(void);
void house_free(struct house *house);
void house_put(
    struct house *house, const char *name, const char *text, mode_t mode);
/* Writes gatepost.conf and loads it; `errors_r` is "" when it is right. */
const struct conf *house_load(
    struct house *house, const char *text, const char **errors_r);
/* A right conf, and the same with the first `from` in it replaced. */
const char *house_good(void);
char *house_changed(struct arena *arena, const char *from, const char *to);

#endif
