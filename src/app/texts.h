/* texts: the templates of all languages, read from their folders. */
#ifndef APP_TEXTS_H
#define APP_TEXTS_H

#include "conf.h"
#include "house.h"

/* Reads each folder of templates/ into house->core.notices. EX_OK, or an exit
 * code after saying which file is wrong in which line, or which one is missing
 * in the conf's language. What another language lacks is said in the conf's
 * instead: that is no mistake, and stands in house->lacking. */
int texts_load(struct house *house);
/* Where the templates are: the folder of `conf`, if that is not NULL, else
 * that of the environment variable GATEPOST_TEMPLATES (for a build that is not
 * installed), else the installed one. */
const char *texts_folder(const struct conf *conf);

#endif
