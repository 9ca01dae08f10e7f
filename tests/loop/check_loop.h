/* check_loop: the suites of the loop, one a file. */
#ifndef TESTS_LOOP_CHECK_LOOP_H
#define TESTS_LOOP_CHECK_LOOP_H

#include <check.h>

Suite *suite_story(void);
Suite *suite_clock(void);
Suite *suite_copy(void);

#endif
