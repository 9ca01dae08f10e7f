/* conf_check: a conf whose values are each right, looked at as a whole. */
#ifndef APP_CONF_CHECK_H
#define APP_CONF_CHECK_H

#include "conf.h"
#include "conf_wrong.h"

/* Fills in what follows from other values, and adds to `wrongs` what does not
 * go together. */
void conf_check(struct conf_wrongs *wrongs, struct conf *conf);

#endif
