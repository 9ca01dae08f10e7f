/* check_write: the two halves of the tests of what leaves by mail. */
#ifndef TESTS_CHECK_WRITE_H
#define TESTS_CHECK_WRITE_H

#include <check.h>

/* Templates and notices: check_template.c. */
void template_tests(TCase *all);

#endif
