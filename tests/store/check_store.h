/* check_store: the suites of the store, one a file. */
#ifndef TESTS_STORE_CHECK_STORE_H
#define TESTS_STORE_CHECK_STORE_H

#include <check.h>

Suite *suite_kv(void);
Suite *suite_keyring(void);
Suite *suite_store(void);
Suite *suite_fail(void);
Suite *suite_purge(void);
Suite *suite_apart(void);
Suite *suite_crash(void);

#endif
