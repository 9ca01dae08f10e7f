/* wire_tests: what an IMAP server may say. A part of check_source. */
#ifndef TESTS_WIRE_TESTS_H
#define TESTS_WIRE_TESTS_H

#include <check.h>

TCase *wire_case(void);

#endif
