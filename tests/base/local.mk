# Tests of floor 0.

check_PROGRAMS += tests/base/check_base
TESTS += tests/base/check_base
tests_base_check_base_SOURCES = tests/base/check_base.c
tests_base_check_base_CPPFLAGS = $(BASE_CPPFLAGS) $(TEST_CPPFLAGS)
tests_base_check_base_LDADD = $(BASE_LIBS) $(CHECK_LIBS)
