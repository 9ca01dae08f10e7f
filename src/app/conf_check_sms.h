/* conf_check_sms: the SMS gateway of a conf, whole. */
#ifndef APP_CONF_CHECK_SMS_H
#define APP_CONF_CHECK_SMS_H

#include "conf.h"
#include "conf_wrong.h"

/* Puts in what a preset knows, where the conf says nothing else, and adds to
 * `wrongs` what cannot work or would give texts away. */
void conf_check_sms(struct conf_wrongs *wrongs, struct conf *conf);

#endif
