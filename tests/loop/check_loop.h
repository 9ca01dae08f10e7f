/* check_loop: the suites of the loop, one a file. */
#ifndef TESTS_LOOP_CHECK_LOOP_H
#define TESTS_LOOP_CHECK_LOOP_H

#include <check.h>

Suite *suite_story(void);
Suite *suite_clock(void);
Suite *suite_copy(void);
Suite *suite_delete(void);
Suite *suite_creation(void);
Suite *suite_quota(void);
Suite *suite_link(void);
Suite *suite_action(void);
Suite *suite_roles(void);
Suite *suite_tags(void);
Suite *suite_lists(void);
Suite *suite_plan(void);
Suite *suite_owner(void);
Suite *suite_answers(void);
Suite *suite_held(void);
Suite *suite_quoted(void);
Suite *suite_undo(void);
Suite *suite_guard(void);
Suite *suite_out(void);
Suite *suite_odd(void);
Suite *suite_purge_loop(void);
Suite *suite_fail_loop(void);

#endif
