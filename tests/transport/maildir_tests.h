/* maildir_tests: the Maildir part of check_source. */
#ifndef TESTS_MAILDIR_TESTS_H
#define TESTS_MAILDIR_TESTS_H

#include <check.h>

TCase *maildir_case(void);

#endif
