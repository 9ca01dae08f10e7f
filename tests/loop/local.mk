# Tests of loop: the real rooms in one process, and the real daemon.

LOOP_CPPFLAGS = $(APP_CPPFLAGS) $(STAGE_CPPFLAGS) $(TEST_CPPFLAGS) \
	-I$(srcdir)/tests/store -I$(srcdir)/tests/loop \
	-DTEMPLATES='"$(pkgdatadir)/templates"' \
	-DSOURCE_FOLDER='"$(abs_srcdir)"'
# house.c is of floor 4 and in no library; a test stands on it as well.
LOOP_SOURCES = src/app/house.c src/app/house.h \
	tests/store/folder.c tests/store/folder.h \
	tests/loop/desk.c tests/loop/desk.h tests/loop/desk_rows.c \
	tests/loop/person.c tests/loop/person.h \
	tests/loop/rows.c tests/loop/rows.h
LOOP_LIBS = src/app/libconf.a $(STAGE_LIBS) $(LIBCONFIG_LIBS) $(CHECK_LIBS)

check_PROGRAMS += tests/loop/check_loop
TESTS += tests/loop/check_loop
tests_loop_check_loop_SOURCES = $(LOOP_SOURCES) \
	tests/store/failing.c tests/store/failing.h \
	tests/loop/check_loop.c tests/loop/check_loop.h \
	tests/loop/test_clock.c \
	tests/loop/test_copy.c \
	tests/loop/test_delete.c \
	tests/loop/scan.c tests/loop/scan.h \
	tests/loop/test_fail.c \
	tests/loop/test_odd.c \
	tests/loop/test_out.c \
	tests/loop/test_purge.c \
	tests/loop/test_story.c
tests_loop_check_loop_CPPFLAGS = $(LOOP_CPPFLAGS)
tests_loop_check_loop_LDADD = $(LOOP_LIBS)
# The whole loop, on real servers.

LOOP_TESTS = tests/loop/real.sh
TESTS += $(LOOP_TESTS)
EXTRA_DIST += $(LOOP_TESTS) tests/loop/real_house.sh tests/loop/letter \
	tests/loop/json

# They play with the program that was built here.
$(LOOP_TESTS:.sh=.log): src/gatepost
