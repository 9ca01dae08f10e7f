/* check_loop: the real rooms in one process: whole stories, the clock, what
 * must not happen, and every call made to fail once. */
#include <stdlib.h>

#include "check_loop.h"

int
main(void)
{
	SRunner *runner = srunner_create(suite_story());
	int failed;

	srunner_add_suite(runner, suite_clock());
	srunner_add_suite(runner, suite_copy());
	srunner_add_suite(runner, suite_delete());
	srunner_add_suite(runner, suite_creation());
	srunner_add_suite(runner, suite_quota());
	srunner_add_suite(runner, suite_link());
	srunner_add_suite(runner, suite_action());
	srunner_add_suite(runner, suite_roles());
	srunner_add_suite(runner, suite_tags());
	srunner_add_suite(runner, suite_lists());
	srunner_add_suite(runner, suite_plan());
	srunner_add_suite(runner, suite_owner());
	srunner_add_suite(runner, suite_answers());
	srunner_add_suite(runner, suite_held());
	srunner_add_suite(runner, suite_quoted());
	srunner_add_suite(runner, suite_undo());
	srunner_add_suite(runner, suite_guard());
	srunner_add_suite(runner, suite_out());
	srunner_add_suite(runner, suite_odd());
	srunner_add_suite(runner, suite_purge_loop());
	srunner_add_suite(runner, suite_fail_loop());
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
