/* conf_check_people: whether what the conf says of people fits together; and
 * what all parts of the check share. Of conf_check, and of nobody else. */
#ifndef APP_CONF_CHECK_PEOPLE_H
#define APP_CONF_CHECK_PEOPLE_H

#include "span.h"

#include "conf.h"
#include "conf_wrong.h"

struct checking {
	struct conf_wrongs *wrongs;
	struct conf *conf;
};

#define WRONG(at, ...) conf_wrong_at(checking->wrongs, (at), __VA_ARGS__)

/* Two items of a list must not say the same in the text at `offset`. */
void conf_check_once(struct checking *checking, const void *list, size_t count,
    size_t item, size_t offset);

#define ONCE(list, count, type, member)                                        \
	conf_check_once(checking, (list), (count), sizeof(struct type),        \
	    offsetof(struct type, member))

/* Both say something, and the same without regard to case. */
bool conf_same(const char *a, const char *b);

void conf_check_people(struct checking *checking);

#endif
