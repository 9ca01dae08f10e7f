/* conf_check_fields: whether what a service's tickets are opened with fits
 * together. Of conf_check, and of nobody else. */
#ifndef APP_CONF_CHECK_FIELDS_H
#define APP_CONF_CHECK_FIELDS_H

#include "conf_check_people.h"

/* Of one list of the conf. */
#define CONF_TABLE_MAX 100

void conf_check_fields(
    struct checking *checking, const struct service *service);

void conf_check_agreement(struct checking *checking);

#endif
