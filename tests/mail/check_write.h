/* check_write: the parts of the tests of what leaves by mail. */
#ifndef TESTS_CHECK_WRITE_H
#define TESTS_CHECK_WRITE_H

#include <check.h>

/* mail_address_ok() and mail_octets_ok(): check_address.c. */
void address_tests(TCase *all);
/* language_of() and the desk's words: check_language.c. */
void language_tests(TCase *all);
/* Templates and notices: check_template.c. */
void template_tests(TCase *all);

#endif
