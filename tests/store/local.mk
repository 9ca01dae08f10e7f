# Tests of store.

check_PROGRAMS += tests/store/check_store
TESTS += tests/store/check_store
tests_store_check_store_SOURCES = \
	tests/store/check_store.c tests/store/check_store.h \
	tests/store/desk_day.c tests/store/desk_day.h \
	tests/store/failing.c tests/store/failing.h \
	tests/store/folder.c tests/store/folder.h \
	tests/store/test_apart.c \
	tests/store/test_crash.c \
	tests/store/test_fail.c \
	tests/store/test_keyring.c \
	tests/store/test_kv.c \
	tests/store/test_purge.c \
	tests/store/test_store.c
tests_store_check_store_CPPFLAGS = $(STORE_CPPFLAGS) $(TEST_CPPFLAGS)
tests_store_check_store_LDADD = $(STORE_LIBS) $(CHECK_LIBS)
