/* conf_value: the words of a conf as values, and back. */
#ifndef APP_CONF_VALUE_H
#define APP_CONF_VALUE_H

#include <stdbool.h>
#include <stdint.h>

#include "arena.h"

#include "conf_keys.h"

/* "90s", "15m", "4h", "3d", "500ms" in milliseconds; false: it is not. */
bool conf_time(const char *text, int64_t *time_r);
/* "512", "64KiB", "32MiB" in octets. */
bool conf_octets(const char *text, int64_t *octets_r);
/* The shortest such text. */
char *conf_time_text(struct arena *arena, int64_t time);
char *conf_octets_text(struct arena *arena, int64_t octets);
/* NULL when `text` is such a thing, else what it should be. */
const char *conf_text_wrong(enum conf_type type, const char *text);
/* Whether it names this very machine. */
bool conf_loopback(const char *host);

#endif
