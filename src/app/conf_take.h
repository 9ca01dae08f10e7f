/* conf_take: a value of the file, checked alone, into its place in memory. */
#ifndef APP_CONF_TAKE_H
#define APP_CONF_TAKE_H

#include <stdbool.h>
#include <stdint.h>

#include "conf_keys.h"
#include "conf_wrong.h"

struct conf_loading {
	struct arena *arena;
	struct conf_wrongs *wrongs;
	const char *folder;
	struct conf_where top;
};

/* One value on its way: from the line `where`, or a default when not said. */
struct conf_arrival {
	const struct conf_key *key;
	void *place;
	struct conf_where where;
	bool said;
};

void conf_put_number(const struct conf_arrival *to, int64_t value);
void conf_put_text(const struct conf_arrival *to, const char *text);
/* Whether the key allows it; else that is one more mistake. */
bool conf_between(
    struct conf_loading *loading, const struct conf_arrival *to, int64_t value);
/* A value that is a string in the file, of whatever type. */
void conf_take_text(struct conf_loading *loading, const struct conf_arrival *to,
    const char *text);

#endif
