/* conf_check_plans: whether calendars and plans can be counted by; makes of
 * them what the desk counts by. Of conf_check, and of nobody else. */
#ifndef APP_CONF_CHECK_PLANS_H
#define APP_CONF_CHECK_PLANS_H

#include "conf_check_people.h"

void conf_check_plans(struct checking *checking);

#endif
