/* check_store: what is written down, and its keys. */
#include <stdlib.h>

#include "log.h"

#include "check_store.h"

int
main(void)
{
	SRunner *runner = srunner_create(suite_kv());
	int failed;

	log_level(3);
	srunner_add_suite(runner, suite_keyring());
	srunner_add_suite(runner, suite_store());
	srunner_add_suite(runner, suite_fail());
	srunner_add_suite(runner, suite_purge());
	srunner_add_suite(runner, suite_apart());
	srunner_add_suite(runner, suite_crash());
	srunner_run_all(runner, CK_NORMAL);
	failed = srunner_ntests_failed(runner);
	srunner_free(runner);
	return failed == 0 ? EXIT_SUCCESS : EXIT_FAILURE;
}
