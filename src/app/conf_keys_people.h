/* conf_keys_people: the part of the table of keys that is about people: who
 * they are, what they are let do and promised, and who works for them. Of
 * conf_keys.c alone. */
#ifndef APP_CONF_KEYS_PEOPLE_H
#define APP_CONF_KEYS_PEOPLE_H

#include "conf.h"
#include "conf_keys.h"

#define AT(type, member) \
	.offset = offsetof(struct type, member), \
	.width = sizeof(((struct type *)0)->member)
#define BETWEEN(low, high) .least = (low), .most = (high)

extern const struct conf_key conf_engineer_keys[];
extern const struct conf_key conf_account_keys[];
extern const struct conf_key conf_group_keys[];
extern const struct conf_key conf_user_keys[];
extern const struct conf_key conf_calendar_keys[];
extern const struct conf_key conf_plan_keys[];
extern const struct conf_key conf_service_keys[];

#endif
